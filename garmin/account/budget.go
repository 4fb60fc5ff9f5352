package account

import (
	"context"
	"fmt"
	"time"

	"clubrun/store"
)

// Budget is how many requests with tokens all accounts together make that
// nobody waits for, in an hour and a day of UTC. What a person waits for is
// counted, and made all the same.
type Budget struct {
	Hour int // 0 means 6,000
	Day  int // 0 means 100,000
}

// What 500 accounts need in an hour that lists them all, and in a day with a
// probe each hour, files and figures of health, and as much again for bad days.
const (
	budgetHour = 6_000
	budgetDay  = 100_000
)

func (b Budget) orDefault() Budget {
	if b.Hour == 0 {
		b.Hour = budgetHour
	}
	if b.Day == 0 {
		b.Day = budgetDay
	}
	return b
}

// Requests are those of the whole instance, and what it may make. Those of an
// earlier process are among them from this one's first request on.
type Requests struct {
	Hour, Day int // made in this hour and this day of UTC
	Budget    Budget
	Until     time.Time // when those go on that nobody waits for; zero while they do
}

// budgetKey is the counter of requests: the hour, those made in it, the day,
// those made in it. It runs ahead of what was made by up to a block, so that a
// killed process has counted too many and not too few, and not each request
// writes to the disk.
const (
	budgetKey   = "garmin.requests"
	budgetBlock = 25 // requests
)

// spent counts requests; guarded by the keeper's lock.
type spent struct {
	known     bool  // it was read from the store
	hour, day int64 // since 1970
	inHour    int
	inDay     int
	kept      int // of inDay, which the store knows already
}

// at returns the count as it is at a time.
func (s spent) at(now time.Time) spent {
	if hour := now.Unix() / 3600; hour != s.hour {
		s.hour, s.inHour = hour, 0
	}
	if day := now.Unix() / 86400; day != s.day {
		s.day, s.inDay, s.kept = day, 0, 0
	}
	return s
}

// text is the counter's value after so many more requests.
func (s spent) text(more int) string {
	return fmt.Sprintf("%d %d %d %d", s.hour, s.inHour+more, s.day, s.inDay+more)
}

// until is when those requests may be made that nobody waits for.
func (s spent) until(b Budget) time.Time {
	switch {
	case s.inDay >= b.Day:
		return time.Unix((s.day+1)*86400, 0).UTC()
	case s.inHour >= b.Hour:
		return time.Unix((s.hour+1)*3600, 0).UTC()
	}
	return time.Time{}
}

func (k *Keeper) requests(now time.Time) Requests {
	s, b := k.spent.at(now), k.Budget.orDefault()
	return Requests{Hour: s.inHour, Day: s.inDay, Budget: b, Until: s.until(b)}
}

// turn waits until a request may go out, and counts it.
func (k *Keeper) turn(ctx context.Context, l *lane) error {
	if err := k.affords(ctx); err != nil {
		return err
	}
	if err := k.pace(ctx, l); err != nil {
		return err
	}
	return k.spend(ctx)
}

// affords is ErrUsedUp where a request is one too many.
func (k *Keeper) affords(ctx context.Context) error {
	if !store.IsUnattended(ctx) {
		return nil
	}
	k.mu.Lock()
	until := k.requests(k.Now()).Until
	k.mu.Unlock()
	if until.IsZero() {
		return nil
	}
	return fmt.Errorf("%w until %s", ErrUsedUp, until.Format(time.RFC3339))
}

// spend counts a request before it is made.
func (k *Keeper) spend(ctx context.Context) error {
	leave, err := k.enterTurn(ctx, &k.spending)
	if err != nil {
		return err
	}
	defer leave()
	if err := k.recall(ctx); err != nil {
		return fmt.Errorf("count a request: %w", err)
	}
	if err := k.affords(ctx); err != nil {
		return err
	}
	k.mu.Lock()
	s := k.spent.at(k.Now())
	s.inHour, s.inDay = s.inHour+1, s.inDay+1
	k.spent = s
	k.mu.Unlock()
	if s.inDay <= s.kept {
		return nil
	}
	if err := k.Store.SetCounter(context.WithoutCancel(ctx), budgetKey, s.text(budgetBlock-1)); err != nil {
		return fmt.Errorf("count a request: %w", err)
	}
	k.mu.Lock()
	k.spent.kept = s.inDay + budgetBlock - 1
	k.mu.Unlock()
	return nil
}

// recall reads what an earlier process has counted.
func (k *Keeper) recall(ctx context.Context) error {
	if k.spent.known {
		return nil
	}
	text, err := k.Store.Counter(ctx, budgetKey)
	if err != nil {
		return err
	}
	s := spent{known: true}
	if text != "" {
		if _, err := fmt.Sscanf(text, "%d %d %d %d", &s.hour, &s.inHour, &s.day, &s.inDay); err != nil {
			return fmt.Errorf("counter %s: %w", budgetKey, err)
		}
	}
	s.kept = s.inDay
	k.mu.Lock()
	k.spent = s
	k.mu.Unlock()
	return nil
}
