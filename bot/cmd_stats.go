package bot

import (
	"context"
	"fmt"
	"strings"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
)

// runStats tells the longer view: of the group in a group, one's own in a
// direct message; without words this month and this year.
func runStats(ctx context.Context, t *turn, args []string) error {
	if len(args) == 0 && !t.in.Group {
		return runMe(ctx, t, nil)
	}
	if len(args) == 0 {
		return t.longer(ctx, []store.Group{t.group})
	}
	a := asking{command: "stats", unit: locale.UnitWeek, args: args, picture: true}
	if t.in.Group {
		return t.figures(ctx, a)
	}
	return t.privateStats(ctx, a)
}

// privateStats answers in a direct message: about the sender, unless somebody
// else or everybody is asked for.
func (t *turn) privateStats(ctx context.Context, a asking) error {
	groups, err := t.rooms(ctx)
	if err != nil {
		return err
	}
	g := t.defaults()
	var known []store.Athlete
	if len(groups) > 0 {
		g = groups[0]
		if known, err = t.visible(ctx, g); err != nil {
			return err
		}
	}
	q := t.asks(a.args, g, a.unit, known)
	switch {
	case len(groups) > 0 && (q.group || q.name != ""):
		return t.figures(ctx, a)
	case !t.sensible(q, g, a.command):
		return nil
	case !q.timed && q.sport != "":
		q.span = store.YearOf(t.today(g))
	case !q.timed:
		return runMe(ctx, t, nil)
	}
	return t.ownFigures(ctx, g, q)
}

// longer tells this month and this year of groups.
func (t *turn) longer(ctx context.Context, groups []store.Group) error {
	for _, g := range groups {
		month, err := t.groupReport(ctx, g, store.MonthOf(t.today(g)), "")
		if err != nil {
			return err
		}
		year, err := t.groupReport(ctx, g, store.YearOf(t.today(g)), "")
		if err != nil {
			return err
		}
		t.tell(t.titled(groups, g, render.Longer(month, year, t.loc)))
		card, drawn, err := render.LongerPicture(year, t.loc)
		t.show(ctx, card, drawn, err)
	}
	return nil
}

// runMe tells one's own week, month and year, or a period; with "why", what of
// the week no group sees; with "health", figures of one's health.
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
	if len(args) > 0 && isWhy(args[0]) {
		return t.why(ctx, g, shown)
	}
	if len(args) > 0 && t.isHealth(args[0]) {
		return t.ownHealth(ctx, args[1:])
	}
	if len(args) > 0 {
		if d, ok := drawings(args[0]); ok {
			return t.ownTrack(ctx, d, args[1:])
		}
		return t.mine(ctx, g, args)
	}
	week, err := t.ownWeek(ctx, g)
	if err != nil {
		return err
	}
	month, err := t.ownReport(ctx, g, store.MonthOf(t.today(g)), "", "")
	if err != nil {
		return err
	}
	year, err := t.ownReport(ctx, g, store.YearOf(t.today(g)), "", "")
	if err != nil {
		return err
	}
	latest, err := t.latest(ctx)
	if err != nil {
		return err
	}
	text := render.Own(week, month, year, t.athlete.ID, t.loc)
	if row, _ := week.Own(t.athlete.ID); len(t.chosenOut(row)) > 0 {
		text += "\n" + strings.Join(t.chosenOut(row), "\n")
	}
	if len(latest) > 0 {
		text += "\n\n" + t.numberedLines(latest, listedMe, nil) + "\n" + t.loc.Say("bot.hide.me")
	}
	t.tell(text)
	return t.ownPicture(ctx, g, week)
}

// mine tells a period of one's own.
func (t *turn) mine(ctx context.Context, g store.Group, args []string) error {
	q := t.asks(args, g, locale.UnitWeek, nil)
	if q.name != "" {
		q.rest = []string{q.name}
	}
	if !t.sensible(q, g, "me") {
		return nil
	}
	return t.ownFigures(ctx, g, q)
}

// ownPicture owes the picture of one's own period: the rings of a week, the
// poster of a year, the last half year for anything else that runs.
func (t *turn) ownPicture(ctx context.Context, g store.Group, r digest.Report) error {
	switch {
	case r.Span.Days() == 7:
		card, drawn, err := render.OwnPicture(r, t.athlete.ID, t.loc)
		t.show(ctx, card, drawn, err)
	case r.Span == store.YearOf(r.Span.Start):
		wall, err := t.wall(ctx, r.Span)
		if err != nil {
			return err
		}
		card, drawn, err := render.YearPicture(r, t.athlete.ID, t.loc, wall...)
		t.show(ctx, card, drawn, err)
	case r.SoFar && r.Span.Days() > 7:
		return t.ownDays(ctx, g)
	}
	return nil
}

// halfYear is how many days the picture of one's own days has.
const halfYear = 182

// ownDays owes the picture of one's own days up to today.
func (t *turn) ownDays(ctx context.Context, g store.Group) error {
	today := t.today(g)
	r, err := t.ownReport(ctx, g, store.Span{Start: today + 1 - halfYear, End: today + 1}, "", "")
	if err != nil {
		return err
	}
	pauses, err := t.Store.Pauses(ctx, t.athlete.ID)
	if err != nil {
		return fmt.Errorf("pauses: %w", err)
	}
	card, drawn, err := render.StreakPicture(r, t.athlete.ID, t.loc, pauses...)
	t.show(ctx, card, drawn, err)
	return nil
}

// ownWeek is the running week of a group that the sender is shown in, so that
// it tells the rank, or of the sender alone.
func (t *turn) ownWeek(ctx context.Context, g store.Group) (digest.Report, error) {
	if g.ID == 0 {
		return t.ownReport(ctx, g, t.week(g), "", "")
	}
	return t.groupReport(ctx, g, t.week(g), "")
}

func isWhy(word string) bool {
	switch word {
	case "why", "warum", "porque", "pourquoi", "perche", "waarom":
		return true
	}
	return false
}

// why tells what of the running week is left out, for which reason, and where
// the rest is shown; where there is nothing at all, what came last.
func (t *turn) why(ctx context.Context, g store.Group, shown []store.Group) error {
	week, err := t.ownWeek(ctx, g)
	if err != nil {
		return err
	}
	row, _ := week.Own(t.athlete.ID)
	lines := append(t.byRule(row), t.chosenOut(row)...)
	key := "bot.why.shown"
	switch {
	case len(lines) == 0 && row.Workouts == 0:
		key = "bot.why.you"
	case len(lines) == 0:
		key = "bot.why.all"
	case row.Workouts == 0:
		key = "" // nothing is left that a group could see
	}
	where, err := t.seenWhere(ctx, g, shown, key)
	if err != nil {
		return err
	}
	if key == "bot.why.you" {
		return t.nothingYet(ctx, week.Span, where)
	}
	merged, err := t.mergedIn(ctx, week.Span)
	if err != nil {
		return err
	}
	if len(merged) > 0 {
		lines = append(append(lines, merged...), t.loc.Say("bot.split.how"))
	}
	head := "bot.why"
	if len(lines) == 0 {
		head = "bot.why.none"
	}
	lines = append([]string{t.loc.Say(head)}, lines...)
	if where != "" {
		lines = append(lines, where)
	}
	t.tell(strings.Join(lines, "\n"))
	return nil
}

// nothingYet says that there is nothing that could be left out, where it would
// be shown, and what may bring what is missing.
func (t *turn) nothingYet(ctx context.Context, week store.Span, where string) error {
	account, err := t.account(ctx)
	if err != nil {
		return err
	}
	if account.Source != garmin {
		return t.nothingOwn(ctx, week, where)
	}
	return t.nothingOwn(ctx, week, where, t.loc.Say("bot.help.sync"))
}

// seenWhere says in the words of a key, if any, which groups see the sender's
// workouts, or why none does.
func (t *turn) seenWhere(ctx context.Context, g store.Group, shown []store.Group, key string) (string, error) {
	groups, err := t.common(ctx)
	if err != nil {
		return "", err
	}
	pause, paused, err := t.running(ctx, t.today(g))
	switch {
	case err != nil:
		return "", err
	case len(shown) == 0 && len(groups) == 0:
		return t.loc.Say("bot.nogroup"), nil
	case len(shown) == 0:
		return t.loc.Say("bot.why.nowhere"), nil
	case paused:
		return t.loc.Say("bot.why.paused", "day", t.farDay(pause.Span.Last(), t.today(g))), nil
	}
	if key == "" {
		return "", nil
	}
	return t.loc.Say(key, "groups", names(shown)), nil
}

// byRule says what was left out by the rules that hold for everybody.
func (t *turn) byRule(row digest.Row) (lines []string) {
	for _, left := range []struct {
		key string
		n   int
	}{{"own.private", row.Private}, {"own.held", row.Held}, {"own.twice", row.Twice}} {
		if left.n > 0 {
			lines = append(lines, t.loc.Say(left.key, "n", left.n))
		}
	}
	return lines
}

// chosenOut says what was left out by the sender's choice and by the group's.
func (t *turn) chosenOut(row digest.Row) (lines []string) {
	if row.Hidden > 0 {
		lines = append(lines, t.loc.Say("bot.why.hidden", "n", row.Hidden))
	}
	if row.Excluded > 0 {
		lines = append(lines, t.loc.Say("bot.why.excluded", "n", row.Excluded))
	}
	return lines
}

// linked says whether the sender has an account, and tells how to get one
// where there is none.
func (t *turn) linked(ctx context.Context) (bool, error) {
	if t.known() {
		_, err := t.account(ctx)
		if err == nil || quiet(err) != nil {
			return err == nil, err
		}
	}
	if t.known() && !t.athlete.LastSync.IsZero() {
		t.say("bot.notlinked.more") // they were, once
		return false, nil
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
