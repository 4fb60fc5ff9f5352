package account

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"clubrun/garmin"
	"clubrun/store"
)

// The pages of a list: rows shift while pages are read, so that each page
// repeats the end of the one before.
const (
	pageRows  = 100 // of a few weeks
	pageAgain = 5
	pageMost  = 200
	rowsADay  = 3 // for which there is room on the only page of a list
)

// List returns the athlete's activities from one local day to another, both
// included, as raw list rows, newest first and each once.
func (k *Keeper) List(ctx context.Context, athlete int64, from, to store.Day) ([]store.Raw, error) {
	limit := k.rows(from, to)
	for range 3 {
		rows, whole, err := k.pages(ctx, athlete, from, to, limit)
		if garmin.KindOf(err) == garmin.Malformed && limit > pageRows {
			limit = pageRows // a large page is refused, or too large an answer
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("list: %w", err)
		}
		if whole {
			return rows, nil
		}
	}
	return nil, fmt.Errorf("list: it changes faster than it can be read")
}

// rows is how many rows a page has: one page is one request, and no row is lost
// between pages where there is only one.
func (k *Keeper) rows(from, to store.Day) int {
	n := min(max(pageRows, rowsADay*int(to-from+1)), garmin.MaxPage)
	if k.Rows > 0 {
		n = max(min(n, k.Rows), 2*pageAgain)
	}
	return n
}

// externalOf is the id of a row. One that has none is named by its bytes, so
// that it is kept as what cannot be read, and holds up no other.
func externalOf(row json.RawMessage) string {
	if id, ok := garmin.ActivityID(row); ok {
		return strconv.FormatInt(id, 10)
	}
	sum := sha256.Sum256(row)
	return "nameless-" + hex.EncodeToString(sum[:8])
}

// settled is how long after an upload a list may still change by it: Garmin
// computes figures for a while.
const settled = 2 * time.Hour

// News asks, in one small request, whether there can be anything in a list that
// was read at a time: whether a device has uploaded since. It cannot tell of
// what no device uploads, such as edits, deletions and typed activities, for
// which a list is read once a day whatever this says. Accounts without a device
// always have news.
func (k *Keeper) News(ctx context.Context, athlete int64, since time.Time) (bool, error) {
	var last time.Time
	err := k.ask(ctx, athlete, func(ctx context.Context, t garmin.Tokens) (err error) {
		last, err = k.Garmin.LastUpload(ctx, t)
		return err
	})
	if garmin.ClassOf(err) == garmin.DataIntegrity {
		return true, nil // no answer of use: the list will tell
	}
	if err != nil {
		return false, fmt.Errorf("last upload: %w", err)
	}
	return last.IsZero() || last.After(since.Add(-settled)), nil
}

// pages reads all pages; whole is false when rows were lost between two of
// them, because others vanished meanwhile.
func (k *Keeper) pages(ctx context.Context, athlete int64, from, to store.Day, limit int) (all []store.Raw, whole bool, err error) {
	seen := map[string]bool{}
	for page := range pageMost {
		q := garmin.Query{Start: page * (limit - pageAgain), Limit: limit, From: from.String(), To: to.String()}
		var rows []json.RawMessage
		err := k.ask(ctx, athlete, func(ctx context.Context, t garmin.Tokens) (err error) {
			rows, err = k.Garmin.Activities(ctx, t, q)
			return err
		})
		if err != nil {
			return nil, false, err
		}
		fresh := k.fresh(athlete, rows, seen)
		if page > 0 && len(rows) > 0 && len(fresh) == len(rows) {
			return nil, false, nil
		}
		all = append(all, fresh...)
		if len(rows) < limit {
			return all, true, nil
		}
	}
	return nil, false, fmt.Errorf("over %d pages", pageMost)
}

// fresh returns the rows that were not seen, and marks them.
func (k *Keeper) fresh(athlete int64, rows []json.RawMessage, seen map[string]bool) (raws []store.Raw) {
	for _, row := range rows {
		external := externalOf(row)
		if seen[external] {
			continue
		}
		seen[external] = true
		raws = append(raws, store.Raw{Athlete: athlete, Source: source, Kind: "list", External: external, Body: row, Fetched: k.Now()})
	}
	return raws
}

// Gone says whether an activity was deleted. Only a plain "not found" is a
// yes.
func (k *Keeper) Gone(ctx context.Context, athlete int64, external string) (bool, error) {
	_, gone, err := k.Tell(ctx, athlete, external)
	return gone, err
}

// Tell returns what Garmin tells of one activity at present, nothing where it
// tells nothing; gone says that it was deleted.
func (k *Keeper) Tell(ctx context.Context, athlete int64, external string) (row json.RawMessage, gone bool, err error) {
	id, err := activityID(external)
	if err != nil {
		return nil, false, err
	}
	err = k.ask(ctx, athlete, func(ctx context.Context, t garmin.Tokens) (err error) {
		row, err = k.Garmin.Activity(ctx, t, id)
		return err
	})
	switch garmin.KindOf(err) {
	case garmin.NotFound:
		return nil, true, nil
	case garmin.NoData:
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("activity %s: %w", external, err)
	}
	return row, false, nil
}

// Original returns the file that the device recorded. store.ErrNotFound means
// that there is none, as for typed activities.
func (k *Keeper) Original(ctx context.Context, athlete int64, external string) (name string, data []byte, err error) {
	id, err := activityID(external)
	if err != nil {
		return "", nil, err
	}
	var files []garmin.Entry
	err = k.askFile(ctx, athlete, func(ctx context.Context, t garmin.Tokens) (err error) {
		files, err = k.Garmin.Original(ctx, t, id)
		return err
	})
	if kind := garmin.KindOf(err); kind == garmin.NotFound || kind == garmin.NoData || err == nil && len(files) == 0 {
		return "", nil, lacks("original", external, err)
	}
	if err != nil {
		return "", nil, fmt.Errorf("original of %s: %w", external, err)
	}
	best := slices.MaxFunc(files, func(a, b garmin.Entry) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(len(a.Data), len(b.Data)))
	})
	return best.Name, best.Data, nil
}

// lacks is store.ErrNotFound with what the source answered.
func lacks(what, external string, err error) error {
	if err == nil {
		return fmt.Errorf("%s of %s: %w", what, external, store.ErrNotFound)
	}
	return fmt.Errorf("%s of %s: %w: %w", what, external, store.ErrNotFound, err)
}

// rank orders the files of an archive by how likely each is the recording: what
// the bytes are counts before what the name says.
func rank(e garmin.Entry) int {
	isFIT := len(e.Data) > 12 && string(e.Data[8:12]) == ".FIT"
	name := strings.ToLower(e.Name)
	switch {
	case isFIT && strings.HasSuffix(name, "_activity.fit"):
		return 4
	case isFIT:
		return 3
	case strings.HasSuffix(name, ".tcx"), strings.HasSuffix(name, ".gpx"):
		return 2
	case strings.HasSuffix(name, ".fit"):
		return 1
	}
	return 0
}

func activityID(external string) (int64, error) {
	id, err := strconv.ParseInt(external, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("activity id %q: %w", external, store.ErrNotFound)
	}
	return id, nil
}
