package bot

import (
	"context"

	"clubrun/digest"
	"clubrun/digest/render"
	"clubrun/store"
)

// runStats tells this month and this year: of the group in a group, one's own
// in a direct message.
func runStats(ctx context.Context, t *turn, _ []string) error {
	if !t.in.Group {
		return runMe(ctx, t, nil)
	}
	today := t.today(t.group)
	month, err := t.groupReport(ctx, t.group, store.MonthOf(today), history)
	if err != nil {
		return err
	}
	year, err := t.groupReport(ctx, t.group, store.YearOf(today), warmUp)
	if err != nil {
		return err
	}
	t.tell(render.Longer(month, year, t.loc))
	return nil
}

// runMe tells one's own week, month and year; with "why", what of it no group
// sees.
func runMe(ctx context.Context, t *turn, args []string) error {
	if linked, err := t.linked(ctx); err != nil || !linked {
		return err
	}
	shown, err := t.shownIn(ctx)
	if err != nil {
		return err
	}
	g := t.defaults()
	if len(shown) > 0 {
		g = shown[0]
	}
	today := t.today(g)
	week, err := t.ownWeek(ctx, g)
	if err != nil {
		return err
	}
	if len(args) > 0 && isWhy(args[0]) {
		t.why(week, shown)
		return nil
	}
	month, err := t.ownReport(ctx, g, store.MonthOf(today), "")
	if err != nil {
		return err
	}
	year, err := t.ownReport(ctx, g, store.YearOf(today), "")
	if err != nil {
		return err
	}
	t.tell(render.Own(week, month, year, t.athlete.ID, t.loc))
	return nil
}

// ownWeek is the running week of a group that the sender is shown in, so that
// it tells the rank, or of the sender alone.
func (t *turn) ownWeek(ctx context.Context, g store.Group) (digest.Report, error) {
	week := store.WeekOf(t.today(g), g.WeekStart)
	if g.ID == 0 {
		return t.ownReport(ctx, g, week, "")
	}
	return t.groupReport(ctx, g, week, history)
}

func isWhy(word string) bool {
	switch word {
	case "why", "warum", "porque", "pourquoi", "perche", "waarom":
		return true
	}
	return false
}

// why tells what of the running week is left out, for which reason, and where
// the rest is shown.
func (t *turn) why(week digest.Report, shown []store.Group) {
	row, _ := week.Own(t.athlete.ID)
	text := t.loc.Say("bot.why.none")
	for _, left := range []struct {
		key string
		n   int
	}{{"own.private", row.Private}, {"own.held", row.Held}, {"own.twice", row.Twice}} {
		if left.n > 0 {
			if text == t.loc.Say("bot.why.none") {
				text = t.loc.Say("bot.why")
			}
			text += "\n" + t.loc.Say(left.key, "n", left.n)
		}
	}
	where := t.loc.Say("bot.why.nowhere")
	if len(shown) > 0 {
		where = t.loc.Say("bot.why.shown", "groups", names(shown))
	}
	t.tell(text + "\n" + where)
}

// linked says whether the sender has an account, and tells how to get one
// where there is none.
func (t *turn) linked(ctx context.Context) (bool, error) {
	if t.known() {
		_, err := t.Store.Account(ctx, t.athlete.ID, garmin)
		if err == nil || quiet(err) != nil {
			return err == nil, err
		}
	}
	t.say("bot.notlinked")
	return false, nil
}

// names lists the names of groups in one line.
func names(groups []store.Group) string {
	text := ""
	for i, g := range groups {
		if i > 0 {
			text += ", "
		}
		text += "*" + groupName(g) + "*"
	}
	return text
}
