package account

import (
	"context"
	"fmt"
	"strings"
	"time"

	"clubrun/garmin"
	"clubrun/store"
)

// margin is how long before its end an access token is no longer used.
const margin = 15 * time.Minute

// pair is what is sealed: the tokens, and those that they replaced. Garmin
// rotates the refresh token with each use; the one before is kept for one more
// try, since it is not known to die at once.
type pair struct {
	current, previous garmin.Tokens
}

// seal returns the pair on two lines, or one without a previous one: a secret
// that the store seals.
func (p pair) seal() store.Secret {
	text := p.current.Encode()
	if p.previous.Refresh != "" {
		text += "\n" + p.previous.Encode()
	}
	return store.Secret(text)
}

func openPair(s store.Secret) (p pair, err error) {
	first, second, more := strings.Cut(s.Reveal(), "\n")
	if p.current, err = garmin.DecodeTokens(first); err != nil {
		return pair{}, err
	}
	if more {
		p.previous, err = garmin.DecodeTokens(second)
	}
	return p, err
}

// patient is how long a trade of tokens goes on after its caller has given up:
// long enough for an answer that is on its way, short enough for a program
// that is told to stop.
const patient = 5 * time.Second

// outlasting returns a context that ends some time after ctx does, and the
// function that ends it at once.
func outlasting(ctx context.Context, by time.Duration) (context.Context, context.CancelFunc) {
	longer, end := context.WithCancel(context.WithoutCancel(ctx))
	forget := context.AfterFunc(ctx, func() {
		timer := time.NewTimer(by)
		defer timer.Stop()
		select {
		case <-timer.C:
			end()
		case <-longer.Done():
		}
	})
	return longer, func() {
		forget()
		end()
	}
}

// refresh trades the tokens for new ones and keeps these before anybody uses
// them. Only a refusal of both refresh tokens signs the account out. A trade
// ends the life of what is stored, so that it goes on for a moment when the
// caller gives up, and what it brought is kept in any case.
func (k *Keeper) refresh(ctx context.Context, l *lane, acc store.Account, p pair) (garmin.Tokens, error) {
	if err := k.turn(ctx, l); err != nil {
		return garmin.Tokens{}, err
	}
	trading, end := outlasting(ctx, patient)
	defer end()
	fresh, err := k.Garmin.Refresh(trading, p.current)
	k.paced(l)
	if garmin.KindOf(err) == garmin.InvalidGrant && p.previous.Refresh != "" && p.previous.Refresh != p.current.Refresh {
		if err := k.turn(ctx, l); err != nil {
			return garmin.Tokens{}, err
		}
		fresh, err = k.Garmin.Refresh(trading, p.previous)
		k.paced(l)
	}
	whole := context.WithoutCancel(ctx) // of a write into our own store
	if garmin.KindOf(err) == garmin.InvalidGrant {
		return garmin.Tokens{}, k.signedOut(whole, acc, "garmin ended the sign-in", err)
	}
	if err != nil {
		return garmin.Tokens{}, err
	}
	if err := k.Store.SaveTokens(whole, acc.ID, pair{fresh, p.current}.seal()); err != nil {
		return garmin.Tokens{}, fmt.Errorf("keep the new tokens: %w", err)
	}
	k.Log.Debug().Ctx(ctx).Int64("athlete", acc.Athlete).Msg("tokens refreshed")
	return fresh, nil
}

func (k *Keeper) signedOut(ctx context.Context, acc store.Account, reason string, err error) error {
	if failed := k.Store.SetAccountState(ctx, acc.ID, store.AccountSignedOut, reason, time.Time{}); failed != nil {
		return fmt.Errorf("note the sign-out: %w", failed)
	}
	k.Log.Info().Ctx(ctx).Int64("athlete", acc.Athlete).Msg("account signed out")
	return fmt.Errorf("%w: %w", ErrSignedOut, err)
}
