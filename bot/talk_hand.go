package bot

import (
	"context"
	"errors"
	"fmt"

	"clubrun/digest/locale"
	"clubrun/store"
)

// Who has no Garmin, or does not want it here, counts by what they hand in:
// files, and what they type. They have an account of their own kind, without
// tokens: it says that they want to count, and all that asks whether somebody is
// linked finds it. Who links Garmin later has both, and what was handed in
// becomes one with what Garmin tells of the same workouts.

// account returns the sender's account at Garmin or, where there is none, the
// one by hand.
func (t *turn) account(ctx context.Context) (store.Account, error) {
	return t.accountOf(ctx, t.athlete.ID)
}

func (t *turn) accountOf(ctx context.Context, athlete int64) (store.Account, error) {
	account, err := t.Store.Account(ctx, athlete, garmin)
	if errors.Is(err, store.ErrNotFound) {
		return t.Store.Account(ctx, athlete, store.ByHand)
	}
	return account, err
}

// linkByHand makes the sender count without Garmin, and asks for the yes. The
// groups are those of the terms, nil where these were told already.
func (t *turn) linkByHand(ctx context.Context, groups []store.Group) error {
	name := locale.Name(t.in.Name)
	if name == "" {
		name = locale.Name(t.athlete.Name)
	}
	if _, err := t.Store.Account(ctx, t.athlete.ID, store.ByHand); err == nil {
		groups = nil // they were told the terms when they began
	} else if quiet(err) != nil {
		return err
	}
	acc := store.Account{Athlete: t.athlete.ID, Source: store.ByHand, Profile: fmt.Sprint(t.athlete.ID), Name: t.athlete.Name}
	if _, err := t.Store.Link(ctx, t.by(store.RoleMember), acc, store.Reply{}); err != nil {
		return err
	}
	lead := t.loc.Say("bot.linked.files", "name", name)
	if groups != nil {
		lead = paragraphs(t.terms("bot.terms.hand", groups), lead)
	}
	return t.askShare(ctx, lead)
}

// unlinkByHand ends that the sender counts by what they hand in. Over is false
// where they have an account at Garmin, which is still to go.
func (t *turn) unlinkByHand(ctx context.Context) (over bool, err error) {
	_, err = t.Store.Account(ctx, t.athlete.ID, garmin)
	if quiet(err) != nil {
		return false, err
	}
	by := t.by(store.RoleMember)
	if err == nil {
		return false, quiet(t.Store.Unlink(ctx, by, t.athlete.ID, store.ByHand, store.Reply{}))
	}
	t.say("bot.unlinked.files")
	return true, t.Store.Unlink(ctx, by, t.athlete.ID, store.ByHand, t.reply())
}

// linkedAtGarmin is linked for what only Garmin tells.
func (t *turn) linkedAtGarmin(ctx context.Context) (bool, error) {
	if linked, err := t.linked(ctx); err != nil || !linked {
		return false, err
	}
	account, err := t.account(ctx)
	if err != nil {
		return false, err
	}
	if account.Source != garmin {
		t.say("bot.hand.garmin")
		return false, nil
	}
	return true, nil
}
