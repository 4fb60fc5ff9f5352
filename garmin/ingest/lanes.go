package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"clubrun/store"
)

// How many athletes are synced at once: a club one after the other, a crowd in
// several lanes, so that even where each answer takes its time a round is over
// before the next one. The source paces each account for itself.
const (
	perLane   = 32 // athletes, to whom a lane is opened
	lanesMost = 16
)

// each syncs the athletes whose account can be asked, each for so long at most.
// An athlete's failure stops no other, but that the source is left alone by
// everybody: this is said once, and who was not asked is first in the next
// round.
func (e *Engine) each(ctx context.Context, limit time.Duration, probe bool, meant func(athlete int64) bool) (store.Tally, error) {
	accounts, err := e.Store.Accounts(ctx)
	if err != nil {
		return store.Tally{}, fmt.Errorf("sync: %w", err)
	}
	e.company.only(accounts)
	r := round{ended: map[int64]ending{}}
	for _, acc := range accounts {
		if e.askable(acc) && meant(acc.Athlete) && !slices.Contains(r.queue, acc.Athlete) {
			r.queue = append(r.queue, acc.Athlete)
		}
	}
	if probe {
		r.queue = e.since(r.queue)
	}
	r.run(ctx, func(athlete int64) (store.Tally, error) {
		return e.syncWithin(store.Unattended(ctx), athlete, limit, probe)
	})
	if probe {
		e.leftOff(r.left())
	}
	return r.sum(ctx)
}

// round is one turn of all lanes through a queue of athletes.
type round struct {
	queue []int64

	mu     sync.Mutex // guards what follows; never held while waiting
	next   int        // in the queue
	paused bool       // the source is left alone
	ended  map[int64]ending
}

// ending is how an athlete's sync ended.
type ending struct {
	tally store.Tally
	err   error
}

// run goes through the queue. The first athlete goes alone: where the source
// was left alone, one request has to show that it is well again. It returns
// when all lanes have ended; the caller's goroutine is one of them.
func (r *round) run(ctx context.Context, do func(athlete int64) (store.Tally, error)) {
	next := func() bool {
		athlete, more := r.take(ctx)
		if more {
			tally, err := do(athlete)
			r.note(athlete, ending{tally, err})
		}
		return more
	}
	lane := func() {
		for next() {
		}
	}
	next()
	var others sync.WaitGroup
	defer others.Wait()
	for range min(lanesMost, (len(r.queue)+perLane-1)/perLane) - 1 {
		others.Go(lane)
	}
	lane()
}

// take returns whose turn it is.
func (r *round) take(ctx context.Context) (athlete int64, more bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if ctx.Err() != nil || r.paused || r.next == len(r.queue) {
		return 0, false
	}
	r.next++
	return r.queue[r.next-1], true
}

func (r *round) note(athlete int64, how ending) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended[athlete] = how
	r.paused = r.paused || errors.Is(how.err, store.ErrPaused)
}

// left is the first in the queue who was not asked, 0 where everybody was.
func (r *round) left() int64 {
	for _, athlete := range r.queue {
		if how, asked := r.ended[athlete]; !asked || errors.Is(how.err, store.ErrPaused) {
			return athlete
		}
	}
	return 0
}

// sum adds up in the order of the queue. That the source is left alone is one
// error, however many lanes have met it.
func (r *round) sum(ctx context.Context) (store.Tally, error) {
	var sum store.Tally
	var errs []error
	told := false
	for _, athlete := range r.queue {
		how := r.ended[athlete]
		sum = sum.Add(how.tally)
		paused := errors.Is(how.err, store.ErrPaused)
		if how.err != nil && !(paused && told) {
			errs = append(errs, how.err)
		}
		told = told || paused
	}
	if ctx.Err() != nil && len(r.ended) < len(r.queue) {
		errs = append(errs, ctx.Err())
	}
	return sum, errors.Join(errs...)
}

// since turns a queue so that it begins with who was left off.
func (e *Engine) since(queue []int64) []int64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	at := slices.Index(queue, e.first)
	if at <= 0 {
		return queue
	}
	return slices.Concat(queue[at:], queue[:at])
}

func (e *Engine) leftOff(athlete int64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.first = athlete
}

func (e *Engine) syncWithin(ctx context.Context, athlete int64, limit time.Duration, probe bool) (store.Tally, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return e.syncOne(ctx, athlete, how{files: true, probe: probe, health: probe})
}
