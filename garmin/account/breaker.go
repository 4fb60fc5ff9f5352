package account

import (
	"fmt"
	"time"

	"clubrun/garmin"
)

// When the whole instance leaves Garmin alone: several accounts whose newest
// request within an hour failed alike, or a share of all that asked.
const (
	alikeSpan  = time.Hour
	alikeMost  = 3  // accounts
	alikeLeast = 2  // accounts, from which the share counts: one alone is its own trouble
	alikeShare = 30 // percent
	probeAfter = 30 * time.Minute
	pauseMost  = 2 * time.Hour // that a Retry-After of some holds up all
)

// breaker lets requests through until several accounts fail alike. Then one
// request passes each half hour, until one succeeds. Who uses it holds the
// keeper's lock.
type breaker struct {
	newest map[int64]outcome // of each athlete within the hour
	class  garmin.Class      // of the failures that opened it; empty while it is closed
	until  time.Time         // the next request may pass
}

type outcome struct {
	class garmin.Class // empty for success
	at    time.Time
}

// refuses says whether a request has to stay, and until when. Who may pass
// while it is open passes for all others.
func (b *breaker) refuses(now time.Time) (until time.Time, refused bool) {
	switch {
	case b.class == "":
		return time.Time{}, false
	case now.Before(b.until):
		return b.until, true
	}
	b.until = now.Add(probeAfter)
	return time.Time{}, false
}

// note counts how an athlete's request ended.
func (b *breaker) note(athlete int64, class garmin.Class, now time.Time, asked time.Duration) {
	if b.newest == nil {
		b.newest = map[int64]outcome{}
	}
	if class == "" && b.class != "" { // it works again, for everybody
		b.class = ""
		clear(b.newest)
	}
	b.newest[athlete] = outcome{class, now}
	failing, all := b.count(class, now)
	if class == "" || failing < alikeMost && (failing < alikeLeast || failing*100 < all*alikeShare) {
		return
	}
	b.class = class
	if until := now.Add(max(probeAfter, min(asked, pauseMost))); until.After(b.until) {
		b.until = until
	}
}

// count returns how many accounts fail in a way, of how many that asked.
func (b *breaker) count(class garmin.Class, now time.Time) (failing, all int) {
	for id, o := range b.newest {
		if !now.Before(o.at.Add(alikeSpan)) {
			delete(b.newest, id)
			continue
		}
		all++
		if o.class == class && class != "" {
			failing++
		}
	}
	return failing, all
}

// Gate is the state of one kind of request for the whole instance.
type Gate struct {
	Open    bool         // nothing is asked before Until
	Class   garmin.Class // of the failures that opened it
	Until   time.Time    // when one request passes, to see whether it works again
	Failing int          // accounts whose newest request within an hour failed
	Asked   int          // accounts that asked within an hour
}

// Standing is how the instance stands with Garmin.
type Standing struct {
	Data    Gate
	SignIns Gate
	// Outcomes counts how requests and sign-ins ended since the start, by class;
	// the empty one is success.
	Outcomes map[garmin.Class]int
	Requests Requests
}

// Standing returns how the instance stands with Garmin.
func (k *Keeper) Standing() Standing {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.Now()
	s := Standing{Data: k.data.gate(now), SignIns: k.door.gate(now), Outcomes: map[garmin.Class]int{}, Requests: k.requests(now)}
	for class, n := range k.outcomes {
		s.Outcomes[class] = n
	}
	return s
}

func (b *breaker) gate(now time.Time) Gate {
	g := Gate{Open: b.class != "", Class: b.class}
	if g.Open {
		g.Until = b.until
	}
	succeeded := 0
	_, g.Asked = b.count("", now)
	for _, o := range b.newest {
		if o.class == "" {
			succeeded++
		}
	}
	g.Failing = g.Asked - succeeded
	return g
}

// closed is an error while a breaker is open.
func (k *Keeper) closed(b *breaker) (until time.Time, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	until, refused := b.refuses(k.Now())
	if !refused {
		return time.Time{}, nil
	}
	return until, &halt{fmt.Sprintf("%s until %s, for %s", ErrPaused, until.UTC().Format(time.RFC3339), b.class), b.class, ErrPaused}
}

// noted counts how a request ended. Garmin is well where it says no to one
// person or one record.
func (k *Keeper) noted(b *breaker, athlete int64, err error) {
	class := garmin.ClassOf(err)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.outcomes == nil {
		k.outcomes = map[garmin.Class]int{}
	}
	k.outcomes[class]++
	refusesFresh := garmin.KindOf(err) == garmin.TokenInactive
	if class == garmin.DataIntegrity || class == garmin.Authentication && !refusesFresh {
		class = ""
	}
	before := b.class
	b.note(athlete, class, k.Now(), retryAfter(err))
	if b.class != before {
		k.Log.Warn().Str("was", string(before)).Str("is", string(b.class)).Time("until", b.until).Msg("standing with garmin")
	}
}

// opened says whether a breaker is open for a class.
func (k *Keeper) opened(b *breaker, class garmin.Class) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return b.class == class
}
