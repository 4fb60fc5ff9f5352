package bot

import (
	"context"
	"strconv"

	"clubrun/digest/render"
	"clubrun/store"
)

// mostGroups is how many groups are told about in one direct answer.
const mostGroups = 3

// runWeek tells how a week of a group stands: the running one, the last one,
// or one by its number.
func runWeek(ctx context.Context, t *turn, args []string) error {
	groups, err := t.rooms(ctx)
	if err != nil {
		return err
	}
	for _, g := range groups {
		week, ok := whichWeek(args, t.today(g), g)
		if !ok {
			t.say("bot.week.unknown")
			return nil
		}
		if week.Start > t.today(g) {
			t.say("bot.week.future")
			return nil
		}
		r, err := t.groupReport(ctx, g, week, history)
		if err != nil {
			return err
		}
		t.tell(t.titled(groups, g, render.SoFar(r, t.loc)))
	}
	if len(groups) == 0 {
		t.say("bot.nogroup")
	}
	return nil
}

// rooms returns the groups that a question is about: the one it was asked in,
// or in a direct message those of the sender.
func (t *turn) rooms(ctx context.Context) ([]store.Group, error) {
	if t.in.Group {
		return []store.Group{t.group}, nil
	}
	groups, err := t.shownIn(ctx)
	if err == nil && len(groups) == 0 {
		groups, err = t.common(ctx)
	}
	return groups[:min(mostGroups, len(groups))], err
}

// titled puts the group's name above a text where there are several.
func (t *turn) titled(groups []store.Group, g store.Group, text string) string {
	if len(groups) < 2 {
		return text
	}
	return "*" + groupName(g) + "*\n" + text
}

// whichWeek reads which week is meant: this one, the last one, or the latest
// one of an ISO number.
func whichWeek(args []string, today store.Day, g store.Group) (store.Span, bool) {
	week := store.WeekOf(today, g.WeekStart)
	var rest []string
	for _, arg := range args {
		switch arg {
		case "this", "diese", "dieser", "esta", "cette", "questa", "deze", "so", "far", "kw", "nr", "week":
			continue
		}
		rest = append(rest, arg)
	}
	if len(rest) == 0 {
		return week, true
	}
	if len(rest) == 1 && isLast(rest[0]) {
		return week.Before(), true
	}
	n, err := strconv.Atoi(rest[0])
	if len(rest) > 1 || err != nil || n < 1 || n > 53 {
		return store.Span{}, false
	}
	for range 54 {
		thursday := week.Start + 3
		if _, number := thursday.In(g.Location()).ISOWeek(); number == n {
			return week, true
		}
		week = week.Before()
	}
	return store.Span{}, false
}
