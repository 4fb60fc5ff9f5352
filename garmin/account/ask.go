package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"clubrun/garmin"
	"clubrun/store"
)

// ask makes one request with the athlete's tokens, in the athlete's lane: with
// one request in flight an account, whoever comes first refreshes the tokens
// and all others find them fresh. A token that Garmin calls inactive is
// refreshed once and the request repeated once. While the instance leaves
// Garmin alone nothing is asked.
func (k *Keeper) ask(ctx context.Context, athlete int64, do request) error {
	return k.askAtMost(ctx, tries, athlete, do)
}

// askFile is ask for files, of which one can be broken for good: it is not
// repeated, and an outage of files is not one of Garmin.
func (k *Keeper) askFile(ctx context.Context, athlete int64, do request) error {
	return k.askAtMost(ctx, 1, athlete, do)
}

// request is one request with somebody's tokens.
type request func(context.Context, garmin.Tokens) error

func (k *Keeper) askAtMost(ctx context.Context, times int, athlete int64, do request) error {
	l, err := k.enter(ctx, athlete)
	if err != nil {
		return err
	}
	defer func() { <-l.turn }()
	acc, tokens, err := k.account(ctx, athlete)
	if err != nil {
		return err
	}
	if err := k.affords(ctx); err != nil {
		return err
	}
	if _, err := k.closed(&k.data); err != nil {
		return err
	}
	err = k.asked(ctx, l, times, acc, tokens, do)
	switch kind := garmin.KindOf(err); {
	case err != nil && kind == "", errors.Is(err, context.Canceled), times == 1 && kind == garmin.Unavailable:
		// It was us, or says nothing of Garmin.
	default:
		k.noted(&k.data, athlete, err)
	}
	return k.settle(ctx, acc, err)
}

func (k *Keeper) asked(ctx context.Context, l *lane, times int, acc store.Account, tokens pair, do request) (err error) {
	fresh := tokens.current
	if !fresh.Usable(k.Now(), margin) {
		if fresh, err = k.refresh(ctx, l, acc, tokens); err != nil {
			return err
		}
	}
	err = k.tried(ctx, l, times, fresh, do)
	if garmin.KindOf(err) == garmin.TokenInactive && fresh == tokens.current {
		if fresh, err = k.refresh(ctx, l, acc, tokens); err == nil {
			err = k.tried(ctx, l, times, fresh, do)
		}
	}
	return err
}

// tries is how often a request is made that meets an outage.
const tries = 3

// tried makes a request, and repeats it where the error's own word is that this
// may help within seconds.
func (k *Keeper) tried(ctx context.Context, l *lane, times int, t garmin.Tokens, do request) error {
	for n := 1; ; n++ {
		err := k.once(ctx, l, t, do)
		var e *garmin.Error
		if n == times || ctx.Err() != nil || !errors.As(err, &e) || !e.Soon() || k.opened(&k.data, e.Kind.Class()) {
			return err
		}
		pause := k.gap() << n
		if end, hurried := ctx.Deadline(); hurried && time.Until(end) <= pause || k.sleep(ctx, pause) != nil {
			return err
		}
	}
}

func (k *Keeper) once(ctx context.Context, l *lane, t garmin.Tokens, do request) error {
	if err := k.turn(ctx, l); err != nil {
		return err
	}
	defer k.paced(l)
	return do(ctx, t)
}

// account returns an account that may be asked, and its tokens.
func (k *Keeper) account(ctx context.Context, athlete int64) (store.Account, pair, error) {
	acc, err := k.Store.Account(ctx, athlete, source)
	if err != nil {
		return store.Account{}, pair{}, err
	}
	switch {
	case acc.State == store.AccountSignedOut:
		return store.Account{}, pair{}, ErrSignedOut
	case acc.State == store.AccountCooling && k.Now().Before(acc.Until):
		return store.Account{}, pair{}, fmt.Errorf("%w until %s", ErrCooling, acc.Until.UTC().Format(time.RFC3339))
	}
	p, err := openPair(acc.Tokens)
	return acc, p, err
}

// settle draws the account's state from how a request ended.
func (k *Keeper) settle(ctx context.Context, acc store.Account, err error) error {
	whole := context.WithoutCancel(ctx)
	if garmin.KindOf(err) == garmin.RateLimited {
		until, failed := k.chill(whole, dataKey(acc.Athlete), retryAfter(err))
		if failed == nil {
			failed = k.Store.SetAccountState(whole, acc.ID, store.AccountCooling, "garmin limits the requests", until)
		}
		if failed != nil {
			return fmt.Errorf("note the cool-down: %w", failed)
		}
		return fmt.Errorf("%w: %w", ErrCooling, err)
	}
	if garmin.KindOf(err) == garmin.TokenInactive && !k.opened(&k.data, garmin.Authentication) {
		return k.signedOut(whole, acc, "garmin refuses tokens that it has just renewed", err)
	}
	if err != nil || acc.State == store.AccountHealthy {
		return err
	}
	k.warm(whole, dataKey(acc.Athlete))
	if err := k.Store.SetAccountState(whole, acc.ID, store.AccountHealthy, "", time.Time{}); err != nil {
		return fmt.Errorf("note that the account is well: %w", err)
	}
	return nil
}
