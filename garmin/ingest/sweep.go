package ingest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"clubrun/garmin/decode"
	"clubrun/store"
)

// maxChecks is the most vanished activities that one sync asks about.
const maxChecks = 50

// Teller is a Source that tells of one activity at present: nothing where it
// tells nothing, and whether it was deleted.
type Teller interface {
	Tell(ctx context.Context, athlete int64, external string) (row json.RawMessage, gone bool, err error)
}

// sweep drops activities that the list no longer shows, each only after the
// source has said that it is gone, and moves those that were given another day
// beyond the window. The window's edges are left out, where the
// source may count days otherwise.
func (r *run) sweep(ctx context.Context) error {
	checks := 0
	for _, a := range r.vanished() {
		other, err := r.others(ctx, a)
		if err != nil {
			return err
		}
		if other {
			continue
		}
		if checks++; checks > maxChecks {
			r.Log.Warn().Ctx(ctx).Int64("athlete", r.athlete.ID).Msg("more activities have vanished than one sync checks")
			return nil
		}
		gone, err := r.fate(ctx, a)
		if err != nil {
			return fmt.Errorf("vanished: %w", err)
		}
		if !gone {
			continue
		}
		if err := r.drop(ctx, a); err != nil {
			return err
		}
		r.tally.Gone++
	}
	return nil
}

// others says whether an activity was told by another profile than the one that
// is linked now. That one knows nothing of it, and says of everything that it is
// gone.
func (r *run) others(ctx context.Context, a store.Activity) (bool, error) {
	raw, err := r.Store.Raw(ctx, r.athlete.ID, r.feed.Name, "list", a.External)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	acc, err := r.Store.Account(ctx, r.athlete.ID, r.feed.Name)
	if err != nil {
		return false, err
	}
	profile := acc.Profile
	if _, abroad, is := strings.Cut(profile, ":"); is {
		profile = abroad // without its region
	}
	owner := decode.Owner(raw.Body)
	return owner != "" && owner != profile, nil
}

// fate says whether an activity is gone. One that is not may have been moved to
// a day that is not listed.
func (r *run) fate(ctx context.Context, a store.Activity) (gone bool, err error) {
	teller, can := r.feed.Source.(Teller)
	if !can {
		return r.feed.Source.Gone(ctx, r.athlete.ID, a.External)
	}
	row, gone, err := teller.Tell(ctx, r.athlete.ID, a.External)
	if err != nil || gone || row == nil {
		return gone, err
	}
	at, err := r.feed.Read(r.athlete.ID, row)
	if err != nil || at.External != a.External || at.Start.Sub(a.Start).Abs() < time.Minute && at.Day() == a.Day() {
		return false, nil //nolint:nilerr // what cannot be read moves nothing
	}
	a.Start, a.Local, a.Synced = at.Start, at.Local, r.Now()
	raw := store.Raw{Athlete: a.Athlete, Source: a.Source, Kind: "detail", External: a.External, Body: decode.WithoutPlaces(row), Fetched: r.Now()}
	if _, err := r.reconcile(ctx, store.Change{Athlete: a.Athlete, Kept: []store.Kept{{Raw: raw, Activities: []store.Activity{a}}}}); err != nil {
		return false, err
	}
	r.tally.Changed++
	return false, nil
}

func (r *run) vanished() (gone []store.Activity) {
	inner := store.Span{Start: r.span.Start + 1, End: r.span.End - 1}
	for _, a := range r.told {
		if !r.listed[a.External] && a.Parent == "" && inner.Contains(a.Day()) && !r.skipped.Contains(a.Day()) {
			gone = append(gone, a)
		}
	}
	slices.SortFunc(gone, func(a, b store.Activity) int {
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.External, b.External))
	})
	return gone
}

// drop forgets what a record tells, and what its file does. Where nothing else
// tells of the activity, it goes with its files.
func (r *run) drop(ctx context.Context, a store.Activity) error {
	gone := []store.Record{a.Key()}
	if a.Source == garmin {
		for _, t := range r.told {
			if t.Parent == a.External || t.External == a.External {
				gone = append(gone, store.Record{Source: recorded, External: t.External})
			}
		}
	}
	_, err := r.reconcile(ctx, store.Change{Athlete: r.athlete.ID, Gone: gone, Reason: "deleted at the source"})
	return err
}
