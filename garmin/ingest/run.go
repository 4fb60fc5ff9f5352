package ingest

import (
	"context"
	"errors"
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

// run is one sync of one athlete's records of one feed.
type run struct {
	*Engine
	feed      Feed
	athlete   store.Athlete
	signedOut bool // the account waits for its athlete
	span      store.Span
	again     bool // it was listed today
	quiet     bool // there is nothing new
	tally     store.Tally

	rows    []store.Raw
	listed  map[string]bool
	skipped store.Span                // days that an earlier backfill has listed
	told    map[string]store.Activity // by external id
}

// read lists the source and keeps what is new or changed, slice by slice.
func (r *run) read(ctx context.Context, do how) error {
	if do.probe && r.again && r.feed.Name == garmin {
		quiet, err := r.probe(ctx)
		if err != nil {
			return err
		}
		if r.quiet = quiet; quiet {
			return nil
		}
	}
	if err := r.remember(ctx); err != nil {
		return err
	}
	parts, err := r.slices(ctx)
	if err != nil {
		return err
	}
	for _, days := range parts {
		rows, err := r.list(ctx, days)
		if err != nil {
			return err
		}
		if err := r.take(ctx, rows); err != nil {
			return err
		}
	}
	return nil
}

// settle does what can be done once the lists are read: whom it was with, what
// has vanished, health and files.
func (r *run) settle(ctx context.Context, do how) (err error) {
	if !r.quiet {
		if r.feed.Name == garmin {
			err = r.meet(ctx)
		}
		err = errors.Join(err, r.sweep(ctx))
	}
	if do.health && r.feed.Name == garmin {
		err = errors.Join(err, r.health(ctx, r.quiet))
	}
	if do.files && r.feed.Name == garmin {
		err = errors.Join(err, r.files(ctx))
	}
	return err
}

// list asks the source before anything of those days is touched: when it fails,
// nothing of them changes.
func (r *run) list(ctx context.Context, days store.Span) ([]store.Raw, error) {
	rows, err := r.feed.Source.List(ctx, r.athlete.ID, days.Start, days.Last())
	if err != nil {
		return nil, err
	}
	failpoint.Hit(ctx, failpoint.SyncListed)
	r.rows = append(r.rows, rows...)
	for _, row := range rows {
		r.listed[row.External] = true
	}
	r.tally.Listed = len(r.listed)
	return rows, nil
}

// remember recalls what the records of the days to list have told so far.
func (r *run) remember(ctx context.Context) error {
	wide := store.Span{Start: r.span.Start - 1, End: r.span.End + 1} // the source may count days otherwise
	told, err := r.Store.Told(ctx, r.athlete.ID, r.feed.Name, wide)
	if err != nil {
		return err
	}
	r.listed, r.told = map[string]bool{}, make(map[string]store.Activity, len(told))
	for _, s := range told {
		r.told[s.Told.External] = s.Told
	}
	return nil
}

// probe says whether the source has nothing new since the last list. Edits,
// deletions and what was typed show in no probe: they wait for the day's first
// list, for a digest or for whoever asks.
func (r *run) probe(ctx context.Context) (bool, error) {
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
func (r *run) take(ctx context.Context, rows []store.Raw) error {
	seen, err := r.Store.Seen(ctx, r.athlete.ID, r.feed.Name)
	if err != nil {
		return err
	}
	var errs []error
	var news []store.Kept
	for _, row := range slices.Backward(rows) {
		row.Hash = r.feed.Hash(row.Body)
		hash, known := seen[row.External]
		if k, worth := r.decode(ctx, row, known && hash == row.Hash); worth {
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

// decode reads one row and says whether it is worth keeping. A row that cannot
// be read is kept with the reason, and read again whenever it is listed, for a
// newer program may know how. No row is kept with the places in it.
func (r *run) decode(ctx context.Context, row store.Raw, same bool) (k store.Kept, worth bool) {
	before, kept := r.told[row.External]
	if same && kept && r.Now().Sub(before.Start) > fresh {
		return store.Kept{}, false
	}
	act, err := r.feed.Read(r.athlete.ID, row.Body)
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
	failpoint.Hit(ctx, failpoint.SyncRead)
	done, err := r.reconcile(ctx, store.Change{Athlete: r.athlete.ID, Kept: some})
	if err != nil && len(some) > 1 && ctx.Err() == nil {
		var errs []error
		for i := range some {
			errs = append(errs, r.keepRows(ctx, some[i:i+1]))
		}
		return errors.Join(errs...)
	}
	if errors.Is(err, store.ErrCrowded) {
		r.Log.Warn().Ctx(ctx).Err(err).Int64("athlete", r.athlete.ID).Str("external", some[0].Raw.External).Msg("record not kept")
		r.tally.Unreadable++
		return nil
	}
	if err != nil {
		return err
	}
	read := 0
	for _, k := range some {
		read += len(k.Activities)
	}
	failpoint.Hit(ctx, failpoint.SyncKept)
	r.tally.New += done.New
	r.tally.Changed += max(0, read-done.New)
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
	a.Hidden, a.Vouched, a.Apart = b.Hidden, b.Vouched, b.Apart
	return reflect.DeepEqual(a, b)
}
