// Package ingest keeps the activities of the athletes up to date: it lists
// what a source has, skips what it has seen, decodes the rest, keeps new and
// changed activities, drops those that the source has deleted, notes who went
// together, and reads figures of health and downloads original files for who
// agreed to that. It repeats harmlessly. It keeps no places out of a list, never speaks to a network
// itself and decides nothing about groups or digests.
package ingest

import (
	"cmp"
	"context"
	"errors"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"clubrun/store"
)

// The days that a sync lists.
const (
	backfill = 365 // at an athlete's first sync, unless the engine says otherwise
	overlap  = 30  // before the last sync: for edits, deletions and late uploads
	near     = 8   // days that the syncs in between list: this week and the last
)

// budget is the longest that All stays with one athlete, unless the engine says
// otherwise. What was listed is kept; what is missing waits for the next sync.
const budget = time.Minute

// Source is where activities come from.
type Source interface {
	// List returns the raw list rows of the local days from and to and all
	// between them, newest first.
	List(ctx context.Context, athlete int64, from, to store.Day) ([]store.Raw, error)
	// Gone says whether the source has deleted an activity. An error says
	// nothing.
	Gone(ctx context.Context, athlete int64, external string) (bool, error)
	// Original returns an activity's file, store.ErrNotFound where there is
	// none.
	Original(ctx context.Context, athlete int64, external string) (name string, data []byte, err error)
}

// People are the athletes and their accounts.
type People interface {
	Athlete(ctx context.Context, id int64) (store.Athlete, error)
	Account(ctx context.Context, athlete int64, source string) (store.Account, error)
	Accounts(ctx context.Context) ([]store.Account, error)
	Synced(ctx context.Context, athlete int64, at time.Time) error
}

// Records are the kept records and activities.
type Records interface {
	Seen(ctx context.Context, athlete int64, source string) (map[string]string, error)
	Told(ctx context.Context, athlete int64, source string, span store.Span) ([]store.Sighting, error)
	Reconcile(ctx context.Context, c store.Change, merge store.Merge) (store.Changed, error)
	Activities(ctx context.Context, athlete int64, span store.Span) ([]store.Activity, error)
	SaveTogether(ctx context.Context, pairs []store.Together) error
}

// Sightings say which records tell of one activity, and which do not.
type Sightings interface {
	Sightings(ctx context.Context, athlete int64, span store.Span) ([]store.Sighting, error)
	Apart(ctx context.Context, athlete int64) ([]store.Apart, error)
}

// Files are the records of files.
type Files interface {
	Raw(ctx context.Context, athlete int64, source, kind, external string) (store.Raw, error)
	Files(ctx context.Context, athlete int64) ([]store.File, error)
	SaveFile(ctx context.Context, f store.File) error
	LastHanded(ctx context.Context, athlete int64) (store.Raw, error)
}

// Store is what an Engine keeps things in.
type Store interface {
	People
	Records
	Sightings
	Files
	Healths
}

// Engine syncs athletes. Its methods may be called from any goroutine; it owns
// none.
type Engine struct {
	More     []Feed // sources beside Garmin Connect
	Source   Source
	Vitals   Vitals // figures of health, for who agreed to that; nil reads nobody's
	Store    Store
	Folder   *os.Root // the data folder, for files; nil keeps none
	Now      func() time.Time
	NoFiles  bool          // keeps nobody's files, whatever they agreed to
	Backfill store.Day     // days that a first sync lists; 0 means 365
	Budget   time.Duration // the longest that All stays with one athlete; 0 means a minute
	Log      zerolog.Logger
	OnDone   func(store.Tally, error) // hears of each athlete's sync, maybe of several at once; may be nil

	// Probe says cheaply whether a list that was read at a time can hold
	// anything new. All asks it first, from the second list of a day on; nil
	// means that everything is always listed.
	Probe func(ctx context.Context, athlete int64, since time.Time) (news bool, err error)

	company company // who went together

	mu    sync.Mutex // guards what follows; never held while waiting
	turns map[int64]chan struct{}
	first int64 // athlete with whom the next round of all begins; 0 for the first one
}

// All syncs every athlete whose account can be asked, none for longer than the
// engine's budget: in the order of the accounts, several at once where they are
// many, first those that the last round did not come to. An athlete's failure
// stops no other; all of them are joined. When the source is left alone by
// everybody, the round ends with that one error.
func (e *Engine) All(ctx context.Context) (store.Tally, error) {
	limit := e.Budget
	if limit <= 0 {
		limit = budget
	}
	return e.each(ctx, limit, true, func(int64) bool { return true })
}

// Some is All for some athletes and another limit, without health. It counts
// also the wait for a sync of the athlete that is running already.
func (e *Engine) Some(ctx context.Context, athletes []int64, limit time.Duration) (store.Tally, error) {
	return e.each(ctx, limit, false, func(id int64) bool { return slices.Contains(athletes, id) })
}

// askable says whether an account is well, or was cooling long enough.
func (e *Engine) askable(acc store.Account) bool {
	return e.isFeed(acc.Source) && e.rested(acc)
}

func (e *Engine) rested(acc store.Account) bool {
	return acc.State == store.AccountHealthy || acc.State == store.AccountCooling && !e.Now().Before(acc.Until)
}

// Sync brings one athlete up to date. What could be done is done and counted,
// also when an error is returned.
func (e *Engine) Sync(ctx context.Context, athlete int64) (store.Tally, error) {
	return e.syncOne(ctx, athlete, how{files: true, health: true})
}

// Look is Sync without files and health.
func (e *Engine) Look(ctx context.Context, athlete int64) (store.Tally, error) {
	return e.syncOne(ctx, athlete, how{})
}

// how a sync is done: with files, with a probe before the list, with health.
type how struct{ files, probe, health bool }

func (e *Engine) syncOne(ctx context.Context, athlete int64, do how) (store.Tally, error) {
	leave, err := e.enter(ctx, athlete)
	if err != nil {
		return store.Tally{}, &Failure{athlete, err}
	}
	defer leave()
	tally, err := e.sync(ctx, athlete, do)
	if err != nil {
		err = &Failure{athlete, err}
	}
	e.Log.Debug().Ctx(ctx).Int64("athlete", athlete).Int("listed", tally.Listed).Int("new", tally.New).Int("changed", tally.Changed).
		Int("gone", tally.Gone).Int("unreadable", tally.Unreadable).Int("files", tally.Files).Int("health", tally.Health).Bool("whole", err == nil).Msg("synced")
	if e.OnDone != nil {
		e.OnDone(tally, err)
	}
	return tally, err
}

// enter waits until nobody else syncs the athlete.
func (e *Engine) enter(ctx context.Context, athlete int64) (leave func(), err error) {
	e.mu.Lock()
	turn := e.turns[athlete]
	if turn == nil {
		if e.turns == nil {
			e.turns = map[int64]chan struct{}{}
		}
		turn = make(chan struct{}, 1)
		e.turns[athlete] = turn
	}
	e.mu.Unlock()
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// sync asks each feed at which the athlete has an account. The athlete counts as
// synced when all of them were read: what one has missed, the next sync lists
// again.
func (e *Engine) sync(ctx context.Context, id int64, do how) (sum store.Tally, err error) {
	athlete, err := e.Store.Athlete(ctx, id)
	if err != nil {
		return store.Tally{}, err
	}
	began := e.Now()
	runs, err := e.runs(ctx, athlete)
	if err != nil {
		return store.Tally{}, err
	}
	var errs []error
	for _, r := range runs {
		errs = append(errs, r.read(ctx, do))
	}
	if err = errors.Join(errs...); err == nil {
		err = e.Store.Synced(ctx, id, began)
		for _, r := range runs {
			err = errors.Join(err, r.settle(ctx, do))
		}
	}
	for _, r := range runs {
		sum = sum.Add(r.tally)
	}
	return sum, err
}

// runs returns one run for each feed at which the athlete has an account. Of
// several, one that waits for its athlete holds up no other.
func (e *Engine) runs(ctx context.Context, athlete store.Athlete) (runs []*run, err error) {
	waiting := err
	for _, f := range e.feeds() {
		acc, err := e.Store.Account(ctx, athlete.ID, f.Name)
		if errors.Is(err, store.ErrNotFound) {
			waiting = cmp.Or(waiting, err)
			continue
		}
		if err != nil {
			return nil, err
		}
		r := &run{Engine: e, feed: f, athlete: athlete, signedOut: acc.State == store.AccountSignedOut}
		r.span, r.again = e.span(athlete, acc)
		runs = append(runs, r)
	}
	if len(runs) == 0 {
		return nil, waiting
	}
	if well := slices.DeleteFunc(slices.Clone(runs), func(r *run) bool { return r.signedOut }); len(well) > 0 {
		return well, nil
	}
	return runs[:1], nil
}

// span returns the days to list: a year at first and after the account was
// linked anew, a month back once a day, a week back in between. It ends a day
// ahead, for zones where tomorrow has begun. Again says that this account was
// listed today.
func (e *Engine) span(athlete store.Athlete, acc store.Account) (span store.Span, again bool) {
	today := store.DayOf(e.Now().UTC())
	days := e.Backfill
	if days <= 0 {
		days = backfill
	}
	start := today - days
	if last := store.DayOf(athlete.LastSync.UTC()); !acc.Linked.After(athlete.LastSync) {
		back := store.Day(overlap)
		if last == today {
			back, again = near, true
		}
		start = max(start, last-back)
	}
	return store.Span{Start: start, End: today + 2}, again
}
