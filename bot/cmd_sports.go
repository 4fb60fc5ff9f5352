package bot

import (
	"context"
	"strings"

	"clubrun/store"
)

// runSports tells which workouts count in a group, and lets its admins choose:
// sports, and whether virtual, typed and commuted ones do.
func runSports(ctx context.Context, t *turn, args []string) error {
	g, role, ok, err := t.governed(ctx, args, "sports")
	if err != nil || !ok {
		return err
	}
	if shows(args) {
		t.tellSports(g, "bot.sports.how")
		return nil
	}
	s, ok := switched(args)
	out := g.Excluded
	switch {
	case !ok, s.bare != "" && (s.on != "" || s.off != "" || s.bare != sportsOf(s.bare)):
		t.say("bot.sports.unknown")
		return nil
	case s.all:
		out = ""
	case s.bare != "": // these sports and no others
		out = excludedBut(s.bare, g.Excluded)
	default:
		out = drop(join(out, s.off), s.on)
	}
	if sportsOf(rest(out)) == "" {
		t.say("bot.sports.nothing")
		return nil
	}
	g.Excluded = out
	t.tellSports(g, "bot.sports.set")
	return t.Store.SetExcluded(ctx, t.by(role), g.ID, out, t.reply())
}

// tellSports tells what counts, the shorter way, and something more.
func (t *turn) tellSports(g store.Group, more string) {
	var lines []string
	in, out := sportsOf(rest(g.Excluded)), sportsOf(g.Excluded)
	left := g.Excluded
	if len(in.List()) < len(out.List()) {
		lines = append(lines, t.loc.Say("bot.sports.only", "in", t.classes(in)))
		left = drop(left, out)
	}
	if left != "" {
		lines = append(lines, t.loc.Say("bot.sports.not", "out", t.classes(left)))
	}
	if g.Excluded == "" {
		lines = append(lines, t.loc.Say("bot.sports.all"))
	}
	t.tell(strings.Join(append(lines, t.loc.Say(more)), "\n"))
}

// sportsOf are the sports of a set.
func sportsOf(set store.Classes) store.Classes {
	for _, c := range set.List() {
		if !c.IsSport() {
			set = set.Without(c)
		}
	}
	return set
}

// excludedBut excludes all sports but those, and what else is excluded.
func excludedBut(sports, before store.Classes) store.Classes {
	for _, c := range store.AllClasses() {
		if c.IsSport() {
			before = before.Without(c)
			if !sports.Has(c) {
				before = before.With(c)
			}
		}
	}
	return before
}
