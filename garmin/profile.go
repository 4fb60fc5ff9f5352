package garmin

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"
	"strings"
)

// Profile is whose account it is. The address that Garmin gives as user name
// is not read.
type Profile struct {
	ID          string // profile id: the one name of an account that never changes
	DisplayName string // path segment of some calls; can change
	FullName    string // may be empty
}

// Settings are what the person chose at Garmin.
type Settings struct {
	Zone   string // IANA name
	Units  string // "metric", or something that starts with "statute"
	Locale string // such as "de"
}

// Profile reads whose tokens they are.
func (c *Client) Profile(ctx context.Context, t Tokens) (p Profile, err error) {
	defer c.ended(opProfile, &err)
	return c.whose(ctx, t)
}

func (c *Client) whose(ctx context.Context, t Tokens) (Profile, error) {
	a, err := c.get(ctx, opProfile, t, pathProfile, nil, acceptJSON)
	if err != nil {
		return Profile{}, err
	}
	return readProfile(a)
}

func readProfile(a *answer) (Profile, error) {
	var f struct {
		ID   number `json:"profileId"`
		Name string `json:"displayName"`
		Full string `json:"fullName"`
	}
	switch {
	case json.Unmarshal(a.body, &f) != nil:
		return Profile{}, &Error{Op: opProfile, Kind: Malformed, Status: a.status}
	case f.ID <= 0: // an account that nobody has opened yet
		return Profile{}, &Error{Op: opProfile, Kind: NoData, Status: a.status}
	}
	return Profile{strconv.FormatInt(int64(f.ID), 10), f.Name, strings.TrimSpace(f.Full)}, nil
}

// Settings reads time zone and units.
func (c *Client) Settings(ctx context.Context, t Tokens) (s Settings, err error) {
	defer c.ended(opSettings, &err)
	a, err := c.get(ctx, opSettings, t, pathSettings, nil, acceptJSON)
	if err != nil {
		return Settings{}, err
	}
	var f struct {
		Zone   string `json:"timeZone"`
		Units  string `json:"measurementSystem"`
		Locale string `json:"preferredLocale"`
	}
	if json.Unmarshal(a.body, &f) != nil {
		return Settings{}, &Error{Op: opSettings, Kind: Malformed, Status: a.status}
	}
	return Settings(f), nil
}

// number is a whole number that Garmin writes bare, as a float or in quotes.
type number int64

// UnmarshalJSON reads the three forms; null leaves zero.
func (n *number) UnmarshalJSON(b []byte) error {
	s := string(bytes.Trim(b, `"`))
	if s == "null" || s == "" {
		return nil
	}
	if v, err := strconv.ParseInt(s, 10, 64); err == nil {
		*n = number(v)
		return nil
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v != v || v > 1<<53 || v < -(1<<53) {
		return errNumber
	}
	*n = number(v)
	return nil
}
