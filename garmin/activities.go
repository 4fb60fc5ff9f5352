package garmin

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// MaxPage is the most rows that Garmin lists at once.
const MaxPage = 1000

var errNumber = errors.New("not a number")

// Query says which activities are listed. Offsets shift when an activity
// arrives meanwhile: overlap pages and drop repeated ids.
type Query struct {
	Start int    // rows to skip
	Limit int    // rows at most, up to MaxPage; 0 means 20
	From  string // first local day, 2026-09-07; empty means all
	To    string // last local day, inclusive
}

func (q Query) values() url.Values {
	if q.Limit == 0 {
		q.Limit = 20
	}
	v := url.Values{"start": {strconv.Itoa(q.Start)}, "limit": {strconv.Itoa(q.Limit)}}
	if q.From != "" {
		v.Set("startDate", q.From)
	}
	if q.To != "" {
		v.Set("endDate", q.To)
	}
	return v
}

// Activities lists activities as Garmin gives them, newest local start first;
// past the end the list is empty.
func (c *Client) Activities(ctx context.Context, t Tokens, q Query) (rows []json.RawMessage, err error) {
	defer c.ended(opList, &err)
	a, err := c.get(ctx, opList, t, pathList, q.values(), acceptJSON)
	var none *Error
	if errors.As(err, &none) && none.Status == http.StatusNoContent {
		return nil, nil
	}
	if err != nil { // an empty page and a refusal are no word that there is nothing
		return nil, hollow(err)
	}
	return readRows(a)
}

// readRows takes a list apart. One row without an id is its own trouble; where
// none has one, it is no list of activities.
func readRows(a *answer) ([]json.RawMessage, error) {
	var rows []json.RawMessage
	if json.Unmarshal(a.body, &rows) != nil {
		return nil, &Error{Op: opList, Kind: Malformed, Status: a.status}
	}
	named := func(row json.RawMessage) bool {
		_, ok := ActivityID(row)
		return ok
	}
	if len(rows) > 0 && !slices.ContainsFunc(rows, named) {
		return nil, &Error{Op: opList, Kind: Malformed, Status: a.status, Err: errors.New("rows without an id")}
	}
	return rows, nil
}

// ActivityID reads the id of a list row or of an activity.
func ActivityID(raw json.RawMessage) (int64, bool) {
	var f struct {
		ID number `json:"activityId"`
	}
	if json.Unmarshal(raw, &f) != nil || f.ID <= 0 {
		return 0, false
	}
	return int64(f.ID), true
}

// Count returns how many activities the list has in all: legs of multisport
// activities, which Garmin counts too, are left out.
func (c *Client) Count(ctx context.Context, t Tokens) (n int, err error) {
	defer c.ended(opCount, &err)
	a, err := c.get(ctx, opCount, t, pathCount, nil, acceptJSON)
	if err != nil {
		return 0, err
	}
	var f struct {
		Total *number `json:"totalCount"`
		Legs  number  `json:"multisportChildCount"`
	}
	if json.Unmarshal(a.body, &f) != nil || f.Total == nil || *f.Total < f.Legs || f.Legs < 0 {
		return 0, &Error{Op: opCount, Kind: Malformed, Status: a.status}
	}
	return int(*f.Total - f.Legs), nil
}

// Activity reads one activity as Garmin gives it. NotFound means that it was
// deleted.
func (c *Client) Activity(ctx context.Context, t Tokens, id int64) (raw json.RawMessage, err error) {
	defer c.ended(opActivity, &err)
	a, err := c.get(ctx, opActivity, t, pathActivity+strconv.FormatInt(id, 10), nil, acceptJSON)
	if err != nil {
		return nil, err
	}
	if got, ok := ActivityID(a.body); !ok || got != id {
		return nil, &Error{Op: opActivity, Kind: Malformed, Status: a.status, Err: errors.New("not the activity that was asked for")}
	}
	return a.body, nil
}

// LastUpload returns when a device last uploaded: the cheap question whether a
// list is worth asking for. It is zero for an account without a device.
func (c *Client) LastUpload(ctx context.Context, t Tokens) (at time.Time, err error) {
	defer c.ended(opUpload, &err)
	a, err := c.get(ctx, opUpload, t, pathLastUpload, nil, acceptJSON)
	if err != nil {
		if KindOf(err) == NoData {
			return time.Time{}, nil
		}
		return time.Time{}, err
	}
	var f struct {
		Time number `json:"lastUsedDeviceUploadTime"` // milliseconds
	}
	if json.Unmarshal(a.body, &f) != nil {
		return time.Time{}, &Error{Op: opUpload, Kind: Malformed, Status: a.status}
	}
	if f.Time <= 0 {
		return time.Time{}, nil
	}
	return time.UnixMilli(int64(f.Time)).UTC(), nil
}
