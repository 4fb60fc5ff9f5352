package bot

import (
	"context"
	"time"

	"clubrun/digest/locale"
)

// runWeekstart sets on which day the week of a group begins, or tells it.
func runWeekstart(ctx context.Context, t *turn, args []string) error {
	g, role, ok, err := t.governed(ctx, args, "weekstart")
	if err != nil || !ok {
		return err
	}
	if shows(args) {
		t.say("bot.weekstart.is", "day", t.loc.Weekday(g.WeekStart))
		return nil
	}
	first, known := locale.ParseWeekday(args[0], t.loc.Language())
	if !known || len(args) > 1 || first != time.Monday && first != time.Saturday && first != time.Sunday {
		t.say("bot.weekstart.unknown")
		return nil
	}
	before, _, _, err := t.nextWeek(ctx, g)
	if err != nil {
		return err
	}
	skips := g.Skip != 0 && g.Skip == before.Start
	g.WeekStart, g.Skip = first, 0
	week, _, _, err := t.nextWeek(ctx, g)
	if err != nil {
		return err
	}
	if skips {
		g.Skip = week.Start // it is still the next digest that is left out
	}
	t.say("bot.weekstart.set", "day", t.loc.Weekday(first), "span", t.loc.Span(week))
	return t.Store.SetWeekStart(ctx, t.by(role), g.ID, first, g.Skip, t.reply())
}
