package bot

import (
	"context"
	"errors"
	"fmt"

	"clubrun/store"
)

// owesWord says whether somebody who is refused so is to be written to once it
// works again: it is not about them, and nobody can say when that will be.
func (t *turn) owesWord(r *store.Refusal) bool {
	if r.Kind != store.RefusedDown || t.Direct == nil || !t.known() {
		return false
	}
	return r.Why == "" || r.Why == store.WhyAll || r.Why == store.WhyWall
}

// promise keeps that the sender is to be written to, and says so; where that
// fails, what they can do instead.
func (t *turn) promise(ctx context.Context) string {
	p := store.Promise{Athlete: t.athlete.ID, Source: garmin, Region: t.notes().Region, Made: t.Now()}
	if err := t.Store.Promise(ctx, p); err != nil {
		t.logger(ctx).Error().Err(err).Msg("promise not kept")
		return t.loc.Say("bot.refused.again")
	}
	return t.loc.Say("bot.refused.promise")
}

// Again writes to those who were refused because Garmin let nobody in, once,
// when it is known to do so again: by day, a few at once, and while that is not
// certain one at a time, who finds out for the others. It returns how many it
// told, and is to be called several times an hour.
func (b *Bot) Again(ctx context.Context) (told int, err error) {
	if b.Direct == nil {
		return 0, nil
	}
	all, err := b.Store.Promises(ctx)
	if err != nil {
		return 0, fmt.Errorf("promises: %w", err)
	}
	sent := false // somebody to find out
	for _, p := range all {
		if told == mostTold {
			break
		}
		seen, fresh, err := b.again(ctx, p, sent)
		if err != nil {
			return told, fmt.Errorf("promise to athlete %d: %w", p.Athlete, err)
		}
		if fresh {
			told++
			sent = sent || !seen
		}
	}
	return told, nil
}

// again keeps one promise where its time has come. Certain says that nothing
// less will do.
func (b *Bot) again(ctx context.Context, p store.Promise, certain bool) (seen, fresh bool, err error) {
	account, err := b.Store.Account(ctx, p.Athlete, p.Source)
	if quiet(err) != nil {
		return false, false, err
	}
	if err == nil && account.State != store.AccountSignedOut { // in by another way
		return false, false, quiet(b.Store.EndPromise(ctx, p.Athlete, p.Source, store.Reply{}))
	}
	t, err := b.toward(ctx, p.Athlete)
	if err != nil || !t.awake() || t.Now().In(t.zone).Hour() == sleepingHour-1 { // it has this day alone
		return false, false, quiet(err)
	}
	if left, _, err := b.Accounts.SignInsLeft(ctx, p.Athlete); err != nil || left == 0 {
		return false, false, err
	}
	seen, likely, err := b.Accounts.Works(ctx, p.Region, p.Made)
	if err != nil || !likely || certain && !seen {
		return false, false, err
	}
	words := "bot.again"
	if !seen {
		words = "bot.again.likely"
	}
	t.announceByDay(fmt.Sprintf("again:%d:%d", p.Athlete, p.Made.UnixMilli()), t.loc.Say(words))
	err = b.Store.EndPromise(ctx, p.Athlete, p.Source, store.Reply{Owed: t.owed})
	if errors.Is(err, store.ErrNotFound) {
		return seen, false, nil
	}
	return seen, err == nil, err
}
