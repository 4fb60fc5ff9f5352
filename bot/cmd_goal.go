package bot

import (
	"context"
	"errors"

	"clubrun/bot/access"
	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
)

// setsGoal says whether a goal is set or ended.
func setsGoal(args []string) bool { return len(args) > 0 && !(len(args) == 1 && isShow(args[0])) }

// runGoal tells how a group's goal comes on, and lets its admins set one.
func runGoal(ctx context.Context, t *turn, args []string) error {
	if !setsGoal(args) {
		return t.showGoals(ctx)
	}
	g, role, ok, err := t.ruled(ctx, access.SetGoal, "goal")
	if err != nil || !ok {
		return err
	}
	if len(args) == 1 && isOff(args[0]) {
		return t.endGoal(ctx, g, role)
	}
	c := locale.Calendar{Lang: t.loc.Language(), Today: t.today(g), First: g.WeekStart}
	goal, lack := readGoal(c, args, t.routes())
	if lack != "" {
		t.say("bot.goal."+lack, "routes", someRoute(c.Today))
		return nil
	}
	goal.Group, goal.Set = g.ID, t.Now()
	t.tell(t.goalSet(g, goal))
	return t.Store.SetGoal(ctx, t.by(role), goal, t.reply())
}

// someRoute is the name of a journey to try, another one each month.
func someRoute(today store.Day) string {
	all := digest.Routes()
	if len(all) == 0 {
		return ""
	}
	_, month, _ := today.Date()
	return all[int(month)%len(all)].Key
}

// goalSet says what was understood of a goal.
func (t *turn) goalSet(g store.Group, goal store.Goal) string {
	what := render.Amount(goal.Metric, goal.Sport, goal.Target, t.loc)
	if goal.Metric == store.ByClimb {
		what = "⛰️ " + what
	}
	if goal.Sport != "" {
		what += " " + render.Sport(goal.Sport, t.loc)
	}
	lead := ""
	if !t.in.Group {
		lead = "*" + groupName(g) + "*: "
	}
	days := max(goal.Span.Days(), 1)
	args := []any{
		"what", what, "first", t.loc.NamedDay(goal.Span.Start), "last", t.loc.NamedDay(goal.Span.Last()),
		"n", days, "route", render.Route(goal.Route, t.loc),
	}
	if goal.Route != "" {
		return lead + t.loc.Say("bot.goal.set.route", args...)
	}
	return lead + t.loc.Say("bot.goal.set", args...)
}

func (t *turn) endGoal(ctx context.Context, g store.Group, role store.Role) error {
	if _, err := t.Store.Goal(ctx, g.ID); err != nil {
		if errors.Is(err, store.ErrNotFound) {
			t.say("bot.goal.none")
		}
		return quiet(err)
	}
	t.say("bot.goal.off")
	return t.Store.EndGoal(ctx, t.by(role), g.ID, t.reply())
}

// showGoals tells the goals of the groups that are asked about.
func (t *turn) showGoals(ctx context.Context) error {
	groups, err := t.rooms(ctx)
	if err != nil {
		return err
	}
	told := 0
	for _, g := range groups {
		shown, err := t.showGoal(ctx, groups, g)
		if err != nil {
			return err
		}
		if shown {
			told++
		}
	}
	switch {
	case len(groups) == 0:
		t.say("bot.nogroup")
	case told == 0:
		t.say("bot.goal.none")
	}
	return nil
}

// showGoal tells how a group's goal comes on; of one that is over, how it
// ended. In private there is a picture too. It is false where there is none.
func (t *turn) showGoal(ctx context.Context, groups []store.Group, g store.Group) (bool, error) {
	goal, err := t.Store.Goal(ctx, g.ID)
	if err != nil {
		return false, quiet(err)
	}
	week := t.week(g)
	if goal.Span.Last() < week.Start {
		week = store.WeekOf(goal.Span.Last(), g.WeekStart)
	}
	if goal.Span.Start >= week.End {
		t.tell(t.goalSet(g, goal)) // it has not begun
		return true, nil
	}
	r, err := t.groupReport(ctx, g, week, "")
	if err != nil {
		return false, err
	}
	t.tell(t.titled(groups, g, render.Goal(r, t.loc)))
	if !t.in.Group {
		card, drawn, err := render.GoalPicture(r, t.loc)
		t.show(ctx, card, drawn, err)
	}
	return true, nil
}
