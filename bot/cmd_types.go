package bot

import (
	"context"
)

// runTypes says which of the sender's workouts no group sees, by sport or by
// what they are, and changes that.
func runTypes(ctx context.Context, t *turn, args []string) error {
	if linked, err := t.linked(ctx); err != nil || !linked {
		return err
	}
	prefs := t.athlete.Prefs
	if shows(args) {
		key := "bot.types.none"
		if prefs.Hidden != "" {
			key = "bot.types.are"
		}
		t.tell(t.loc.Say(key, "out", t.classes(prefs.Hidden)) + "\n" + t.loc.Say("bot.types.how"))
		return nil
	}
	s, ok := switched(args)
	if !ok || s.bare != "" {
		t.say("bot.types.unknown")
		return nil
	}
	prefs.Hidden = drop(join(prefs.Hidden, s.off), s.on)
	if s.all {
		prefs.Hidden = ""
	}
	if prefs.Hidden == "" {
		t.say("bot.types.shown")
		return t.keep(ctx, prefs)
	}
	t.say("bot.types.set", "out", t.classes(prefs.Hidden))
	return t.keep(ctx, prefs)
}
