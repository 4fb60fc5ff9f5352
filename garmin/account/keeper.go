// Package account keeps the athletes' Garmin accounts: it links them, holds
// half-finished sign-ins for ten minutes in memory, refreshes tokens, paces
// requests, obeys Garmin's limits and yields raw records. It never stores a
// password or a code, never signs in by itself, and knows nothing of chats or
// of what an activity means.
package account

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"clubrun/garmin"
	"clubrun/store"
)

// source is the name of Garmin in store.
const source = "garmin"

// The errors of a source that ask for a wait or for the athlete, beside
// store.ErrNotFound for an athlete without an account.
var (
	// ErrCooling says that Garmin limits the account; nothing was asked.
	ErrCooling error = &halt{"cooling down", garmin.RateLimit, nil}
	// ErrPaused says that several accounts failed alike, so that Garmin is left
	// alone for a while; nothing was asked.
	ErrPaused = fmt.Errorf("garmin is %w", store.ErrPaused)
	// ErrUsedUp says that the instance has made all requests of the hour or the
	// day that nobody waits for; nothing was asked.
	ErrUsedUp error = &halt{"the requests are used up", garmin.RateLimit, store.ErrPaused}
	// ErrSignedOut says that the athlete has to sign in again.
	ErrSignedOut error = &halt{"signed out", garmin.Authentication, nil}
)

// halt is why Garmin was not asked: an error with a class, like those of
// Garmin's client.
type halt struct {
	text  string
	class garmin.Class
	is    error // may be nil
}

func (h *halt) Error() string { return h.text }

// Class returns whose turn it is now.
func (h *halt) Class() garmin.Class { return h.class }

// Unwrap returns what the error is an instance of.
func (h *halt) Unwrap() error { return h.is }

// Accounts are kept accounts. All that Link and Unlink do happens in one
// transaction, with the answer that is owed for it.
type Accounts interface {
	Link(ctx context.Context, by store.Actor, acc store.Account, r store.Reply) (store.Account, error)
	Unlink(ctx context.Context, by store.Actor, athlete int64, source string, r store.Reply) error
	Account(ctx context.Context, athlete int64, source string) (store.Account, error)
	SaveTokens(ctx context.Context, account int64, tokens store.Secret) error
	SetAccountState(ctx context.Context, account int64, state store.AccountState, reason string, until time.Time) error
}

// Counters are small states that outlive a restart.
type Counters interface {
	Counter(ctx context.Context, key string) (string, error)
	SetCounter(ctx context.Context, key, value string) error
}

// Names are those under which limits are kept: they tell nobody who it is, and
// outlive an erasure.
type Names interface {
	Person(ctx context.Context, athlete int64) (string, error)
	Pseudonym(text string) string
}

// Store is what a Keeper keeps things in.
type Store interface {
	Accounts
	Counters
	Names
}

// Keeper keeps the accounts of all athletes. Its methods may be called from
// any goroutine; it owns none.
type Keeper struct {
	Garmin *garmin.Client
	Store  Store
	Now    func() time.Time
	Pace   time.Duration  // between two requests of one account; 0 means 2 s
	Steady time.Duration  // between two requests of one account on the long run; 0 means 6 s: ten a minute
	Rand   func() float64 // 0 ≤ x < 1, by which the pace varies; nil means a steady pace
	Rows   int            // rows a page of a list at most; 0 means by the days that are listed, up to 1,000
	Hourly int            // sign-ins of all athletes together an hour; 0 means no limit
	Budget Budget         // requests of the whole instance
	Log    zerolog.Logger

	mu       sync.Mutex // guards what follows; never held while waiting
	lanes    map[int64]*lane
	open     map[int64]*pending
	counting chan struct{} // holds a value while somebody counts a sign-in
	data     breaker       // of data calls
	door     breaker       // of sign-ins
	outcomes map[garmin.Class]int
	spending chan struct{}     // holds a value while somebody counts a request
	spent    spent             // requests of the hour and the day
	displays map[int64]display // by athlete
	minding  chan struct{}     // holds a value while somebody notes how a sign-in ended
	knocks   map[garmin.Region]knocked
}

// lane is the one way by which requests of an account go out.
type lane struct {
	turn chan struct{} // holds a value while somebody is in the lane
	free time.Time     // not before; guarded by turn
	due  time.Time     // when the requests so far are paid off at the steady pace; guarded by turn
}

// enter waits for the athlete's lane and returns it; leave it with <-turn.
func (k *Keeper) enter(ctx context.Context, athlete int64) (*lane, error) {
	k.mu.Lock()
	l := k.lanes[athlete]
	if l == nil {
		if k.lanes == nil {
			k.lanes = map[int64]*lane{}
		}
		l = &lane{turn: make(chan struct{}, 1)}
		k.lanes[athlete] = l
	}
	k.mu.Unlock()
	select {
	case l.turn <- struct{}{}:
		return l, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// burst is how many requests may go out faster than the steady pace.
const burst = 10

// pace waits until the next request may go out. Only who is in the lane calls
// it.
func (k *Keeper) pace(ctx context.Context, l *lane) error {
	steady := k.Steady
	if steady == 0 {
		steady = 6 * time.Second
	}
	next := l.due.Add(-(burst - 1) * steady)
	if l.free.After(next) {
		next = l.free
	}
	if err := k.sleep(ctx, next.Sub(k.Now())); err != nil {
		return err
	}
	if now := k.Now(); l.due.Before(now) {
		l.due = now
	}
	l.due = l.due.Add(steady)
	return nil
}

func (k *Keeper) sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// gap is the pause after a request.
func (k *Keeper) gap() time.Duration {
	gap := k.Pace
	if gap == 0 {
		gap = 2 * time.Second
	}
	if k.Rand != nil {
		gap += time.Duration(float64(gap) * k.Rand() / 4)
	}
	return gap
}

// paced notes that a request has just ended.
func (k *Keeper) paced(l *lane) { l.free = k.Now().Add(k.gap()) }
