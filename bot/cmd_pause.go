package bot

import (
	"context"
	"errors"
	"strconv"

	"clubrun/digest/locale"
	"clubrun/store"
)

// The days of a pause.
const (
	usualPause = 14
	mostPause  = 366
)

// runPause freezes the sender's streak for a while, in which nothing is said of
// them; without words for two weeks, or it tells of the pause that runs.
func runPause(ctx context.Context, t *turn, args []string) error {
	if linked, err := t.linked(ctx); err != nil || !linked {
		return err
	}
	g, err := t.homeGroup(ctx)
	if err != nil {
		return err
	}
	c := locale.Calendar{Lang: t.loc.Language(), Today: t.today(g), First: g.WeekStart}
	running, paused, err := t.running(ctx, c.Today)
	if err != nil {
		return err
	}
	words := locale.Typed(args)
	last := c.Today + usualPause
	switch {
	case len(words) == 1 && isOff(words[0]):
		return runResume(ctx, t, nil)
	case paused && len(words) == 0:
		t.say("bot.pause.are", "day", t.farDay(running.Span.Last(), c.Today))
		return nil
	case len(words) > 0 && !(len(words) == 1 && isOn(words[0])):
		until, used, ok := c.Until(words)
		if !ok || used < len(words) {
			t.say("bot.pause.unknown")
			return nil
		}
		last = until
	}
	if last < c.Today {
		t.say("bot.pause.unknown")
		return nil
	}
	if last-c.Today > mostPause {
		t.say("bot.pause.long")
		return nil
	}
	span := store.Span{Start: c.Today, End: last + 1}
	t.say("bot.pause.set", "day", t.farDay(last, c.Today))
	return t.Store.Pause(ctx, t.by(store.RoleMember), t.athlete.ID, span, t.reply())
}

// farDay tells a day to come, with its year where that is another one.
func (t *turn) farDay(day, today store.Day) string {
	year, _, _ := day.Date()
	if now, _, _ := today.Date(); year == now {
		return t.loc.NamedDay(day)
	}
	return t.loc.NamedDay(day) + " " + strconv.Itoa(year)
}

// runResume ends the sender's pause today.
func runResume(ctx context.Context, t *turn, _ []string) error {
	if linked, err := t.linked(ctx); err != nil || !linked {
		return err
	}
	g, err := t.homeGroup(ctx)
	if err != nil {
		return err
	}
	if _, paused, err := t.running(ctx, t.today(g)); err != nil || !paused {
		if err == nil {
			t.say("bot.pause.none")
		}
		return err
	}
	before := t.owed
	t.say("bot.pause.over")
	err = t.Store.Resume(ctx, t.by(store.RoleMember), t.athlete.ID, t.today(g), t.reply())
	if errors.Is(err, store.ErrNotFound) { // it ended meanwhile
		t.done, t.owed = false, before
		t.say("bot.pause.none")
		return nil
	}
	return err
}

// running returns the pause that the sender is in.
func (t *turn) running(ctx context.Context, today store.Day) (store.Pause, bool, error) {
	all, err := t.Store.Pauses(ctx, t.athlete.ID)
	for _, p := range all {
		if p.Span.Contains(today) {
			return p, true, err
		}
	}
	return store.Pause{}, false, err
}

// homeGroup is the group by whose clock and rules a person is answered.
func (t *turn) homeGroup(ctx context.Context) (store.Group, error) {
	groups, err := t.home(ctx)
	if err != nil || len(groups) == 0 {
		return t.defaults(), err
	}
	return groups[0], nil
}
