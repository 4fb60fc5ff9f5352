package bot

import (
	"context"
	"slices"
	"strings"

	"clubrun/digest"
	"clubrun/store"
)

// keepDays is how far back a workout that is held out is looked for.
const keepDays = 28

// runKeep takes the sender's word that workouts were done on foot or wheels of
// their own, although they are too fast to be true.
func runKeep(ctx context.Context, t *turn, _ []string) error {
	if linked, err := t.linked(ctx); err != nil || !linked {
		return err
	}
	today := t.today(t.defaults())
	r, err := t.ownReport(ctx, t.defaults(), store.Span{Start: today - keepDays, End: today + 2}, "", "")
	if err != nil {
		return err
	}
	all, err := t.latest(ctx)
	if err != nil {
		return err
	}
	var held []store.Activity
	for _, a := range all {
		if slices.ContainsFunc(r.Held, func(h digest.Held) bool { return h.Activity == a.ID }) {
			held = append(held, a)
		}
	}
	if len(held) == 0 {
		t.say("bot.keep.none")
		return nil
	}
	by, what := t.by(store.RoleMember), []string{}
	for i, a := range held {
		what = append(what, t.what(a))
		if i == len(held)-1 {
			break // together with the answer
		}
		if err := t.Store.Vouch(ctx, by, t.athlete.ID, a.ID, store.Reply{}); err != nil {
			return err
		}
	}
	t.say("bot.keep.done", "what", strings.Join(what, ", "))
	return t.Store.Vouch(ctx, by, t.athlete.ID, held[len(held)-1].ID, t.reply())
}
