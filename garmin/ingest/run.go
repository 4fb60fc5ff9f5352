package ingest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"clubrun/garmin/decode"
	"clubrun/store"
	"clubrun/store/failpoint"
)

// fresh is how long after its start an activity is read again even where no
// one edited it: the source computes figures for minutes to hours after the
// upload, and the hash does not cover them.
const fresh = 48 * time.Hour

// maxChecks is the most vanished activities that one sync asks about.
const maxChecks = 50

// run is one sync of one athlete.
type run struct {
	*Engine
	athlete store.Athlete
	span    store.Span
	tally   store.Tally

	rows   []store.Raw
	listed map[string]bool
	kept   map[string]store.Activity // by external id
}

// list asks the source before anything is touched: when it fails, nothing
// changes.
func (r *run) list(ctx context.Context) error {
	rows, err := r.Source.List(ctx, r.athlete.ID, r.span.Start, r.span.Last())
	if err != nil {
		return err
	}
	failpoint.Hit(ctx, failpoint.SyncListed)
	r.rows, r.listed = rows, make(map[string]bool, len(rows))
	for _, row := range rows {
		r.listed[row.External] = true
	}
	r.tally.Listed = len(rows)
	acts, err := r.Store.Activities(ctx, r.athlete.ID, r.span)
	if err != nil {
		return err
	}
	r.kept = make(map[string]store.Activity, len(acts))
	for _, a := range acts {
		if a.Source == garmin {
			r.kept[a.External] = a
		}
	}
	return nil
}

// quiet says whether the source has nothing new since the last list. Edits,
// deletions and what was typed show in no probe: they wait for the day's first
// list, for a digest or for whoever asks.
func (r *run) quiet(ctx context.Context) (bool, error) {
	if r.Probe == nil {
		return false, nil
	}
	since, err := r.since(ctx)
	if err != nil {
		return false, err
	}
	news, err := r.Probe(ctx, r.athlete.ID, since)
	return !news, err
}

// take keeps what is new or changed, oldest first. A row that fails stops no
// other.
func (r *run) take(ctx context.Context) error {
	seen, err := r.Store.Seen(ctx, r.athlete.ID, garmin)
	if err != nil {
		return err
	}
	var errs []error
	var news []store.Kept
	for _, row := range slices.Backward(r.rows) {
		row.Hash = decode.StableHash(row.Body)
		hash, known := seen[row.External]
		if k, worth := r.read(ctx, row, known && hash == row.Hash); worth {
			news = append(news, k)
		}
	}
	for some := range slices.Chunk(news, batch) {
		if ctx.Err() != nil {
			return errors.Join(append(errs, ctx.Err())...)
		}
		errs = append(errs, r.keepRows(ctx, some))
	}
	return errors.Join(errs...)
}

// batch is how many rows are kept in one transaction.
const batch = 25

// read reads one row and says whether it is worth keeping. A row that cannot
// be read is kept with the reason, for a better decoder. No row is kept with
// the places in it.
func (r *run) read(ctx context.Context, row store.Raw, same bool) (k store.Kept, worth bool) {
	before, kept := r.kept[row.External]
	if same && (!kept || r.Now().Sub(before.Start) > fresh) {
		return store.Kept{}, false
	}
	act, err := decode.Garmin(r.athlete.ID, row.Body)
	row.Body = decode.WithoutPlaces(row.Body)
	if err != nil {
		row.Reason = err.Error()
		if !same {
			r.Log.Warn().Ctx(ctx).Err(err).Int64("athlete", row.Athlete).Str("external", row.External).Msg("record not readable")
		}
		return store.Kept{Raw: row}, !same
	}
	act.Synced = r.Now()
	return store.Kept{Raw: row, Activities: []store.Activity{act}}, !same || !equal(before, act)
}

// keepRows keeps some rows at once, or, when one of them cannot be kept, each by
// itself.
func (r *run) keepRows(ctx context.Context, some []store.Kept) error {
	created, err := r.Store.KeepAll(ctx, some)
	if err != nil && len(some) > 1 && ctx.Err() == nil {
		var errs []error
		for i := range some {
			errs = append(errs, r.keepRows(ctx, some[i:i+1]))
		}
		return errors.Join(errs...)
	}
	if err != nil {
		return err
	}
	read := 0
	for _, k := range some {
		read += len(k.Activities)
	}
	failpoint.Hit(ctx, failpoint.SyncKept)
	r.tally.New += created
	r.tally.Changed += read - created
	r.tally.Unreadable += len(some) - read
	return nil
}

// equal compares what the source tells of an activity.
func equal(a, b store.Activity) bool {
	_, east := a.Local.Zone()
	_, other := b.Local.Zone()
	if !a.Start.Equal(b.Start) || east != other {
		return false
	}
	a.ID, a.Synced, a.Known, a.Start, a.Local = b.ID, b.Synced, b.Known, b.Start, b.Local
	return reflect.DeepEqual(a, b)
}

// sweep drops activities that the list no longer shows, each only after the
// source has said that it is gone. The window's edges are left out, where the
// source may count days otherwise.
func (r *run) sweep(ctx context.Context) error {
	checks := 0
	for _, a := range r.vanished() {
		if checks++; checks > maxChecks {
			r.Log.Warn().Ctx(ctx).Int64("athlete", r.athlete.ID).Msg("more activities have vanished than one sync checks")
			return nil
		}
		gone, err := r.Source.Gone(ctx, r.athlete.ID, a.External)
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

func (r *run) vanished() (gone []store.Activity) {
	inner := store.Span{Start: r.span.Start + 1, End: r.span.End - 1}
	for _, a := range r.kept {
		if !r.listed[a.External] && a.Parent == "" && inner.Contains(a.Day()) {
			gone = append(gone, a)
		}
	}
	slices.SortFunc(gone, func(a, b store.Activity) int { return int(a.ID - b.ID) })
	return gone
}

// drop removes an activity with its files.
func (r *run) drop(ctx context.Context, a store.Activity) error {
	paths, err := r.paths(ctx, a.ID)
	if err != nil {
		return err
	}
	if err := r.Store.Drop(ctx, r.athlete.ID, garmin, a.External, "deleted at the source"); err != nil {
		return err
	}
	return r.remove(paths)
}
