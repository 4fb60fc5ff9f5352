package account

import (
	"context"
	"errors"
	"fmt"

	"clubrun/garmin"
	"clubrun/store"
)

// Link commits the sign-in that Begin, Answer, Redeem or Import finished,
// together with the answer to the athlete. It is a *store.Refusal when no
// finished sign-in waits any more, or the account is somebody else's. After
// any other error the sign-in still waits.
func (k *Keeper) Link(ctx context.Context, by store.Actor, athlete int64, r store.Reply) (store.Account, error) {
	p := k.take(athlete)
	if p == nil || !p.done() {
		k.hold(athlete, p)
		return store.Account{}, &store.Refusal{Kind: store.RefusedExpired}
	}
	// Nobody refreshes the tokens of an earlier link meanwhile.
	lane, err := k.enter(ctx, athlete)
	if err != nil {
		k.hold(athlete, p)
		return store.Account{}, fmt.Errorf("link: %w", err)
	}
	defer func() { <-lane.turn }()
	account, err := k.Store.Link(ctx, by, store.Account{
		Athlete: athlete, Source: source, Profile: profileOf(p), Name: p.profile.FullName,
		Tokens: pair{current: p.tokens}.seal(), State: store.AccountHealthy,
	}, r)
	if errors.Is(err, store.ErrTaken) {
		return store.Account{}, &store.Refusal{Kind: store.RefusedTaken, Err: err}
	}
	if err != nil {
		k.hold(athlete, p)
		return store.Account{}, fmt.Errorf("link: %w", err)
	}
	k.Log.Info().Ctx(ctx).Int64("athlete", athlete).Int64("account", account.ID).Msg("account linked")
	k.warm(ctx, dataKey(athlete))
	return account, nil
}

// profileOf is the account's one name: the regions number their accounts each
// for itself.
func profileOf(p *pending) string {
	if p.tokens.Region == garmin.World {
		return p.profile.ID
	}
	return string(p.tokens.Region) + ":" + p.profile.ID
}

// Unlink forgets the athlete's account and its tokens, together with the
// answer to the athlete.
func (k *Keeper) Unlink(ctx context.Context, by store.Actor, athlete int64, r store.Reply) error {
	k.Forget(athlete)
	lane, err := k.enter(ctx, athlete)
	if err != nil {
		return fmt.Errorf("unlink: %w", err)
	}
	defer func() { <-lane.turn }()
	if err := k.Store.Unlink(ctx, by, athlete, source, r); err != nil {
		return fmt.Errorf("unlink: %w", err)
	}
	k.Log.Info().Ctx(ctx).Int64("athlete", athlete).Msg("account unlinked")
	return nil
}
