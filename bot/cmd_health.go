package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"clubrun/digest/locale"
	"clubrun/store"
)

// topicHealth is the dialogue of the yes to having figures of health kept.
const topicHealth = "health"

// runHealth asks for the yes to keep daily figures of health, takes it back,
// tells the figures of a period, or how it stands and what would be kept.
func runHealth(ctx context.Context, t *turn, args []string) error {
	if linked, err := t.linkedAtGarmin(ctx); err != nil || !linked {
		return err
	}
	kept := !t.athlete.Prefs.Health.IsZero()
	switch {
	case len(args) == 1 && isOn(args[0]) && !kept:
		t.await(topicHealth, "confirm", shortLife, notes{})
		t.say("bot.health.ask", "what", t.healthWhat())
		return nil
	case len(args) == 1 && isOff(args[0]) && kept:
		t.say("bot.health.off")
		return t.Store.SetHealth(ctx, t.by(store.RoleMember), t.athlete.ID, false, t.reply())
	case len(args) > 0 && !isOn(args[0]) && !isOff(args[0]) && kept:
		return t.ownHealth(ctx, args)
	}
	t.healthStands()
	return nil
}

// healthStands tells whether figures of health are kept, and which.
func (t *turn) healthStands() {
	if since := t.athlete.Prefs.Health; !since.IsZero() {
		t.say("bot.health.are.on", "day", t.loc.NamedDay(store.DayOf(since.In(t.zone))), "what", t.healthWhat())
		return
	}
	t.say("bot.health.are.off", "what", t.healthWhat())
}

// healthWhat lists all that is kept of a day of who said yes, in words.
func (t *turn) healthWhat() string {
	all := store.HealthMetrics()
	var list []string
	for _, m := range all[:len(all)-1] {
		list = append(list, t.loc.Say("bot.health.what."+string(m)))
	}
	return t.loc.And(strings.Join(list, ", "), t.loc.Say("bot.health.what."+string(all[len(all)-1])))
}

// healthTerm says what is read of somebody's health: nothing, or, to nobody
// but themselves, what they said yes to. In a group it is the same whoever asks.
func (t *turn) healthTerm() string {
	switch {
	case t.in.Group:
		return t.loc.Say("bot.privacy.room")
	case t.athlete.Prefs.Health.IsZero():
		return t.loc.Say("bot.privacy.never")
	}
	return t.loc.Say("bot.privacy.health", "what", t.healthWhat())
}

// healthStep takes the answer to the question. After a yes the last weeks are
// read at once.
func (t *turn) healthStep(ctx context.Context, f string) (taken bool, err error) {
	switch {
	case isNo(f):
		t.end()
		t.say("bot.health.no")
		return true, nil
	case isYes(f):
		if linked, err := t.linked(ctx); err != nil || !linked {
			t.end()
			return true, err
		}
		t.end()
		t.say("bot.health.on")
		if err := t.Store.SetHealth(ctx, t.by(store.RoleMember), t.athlete.ID, true, t.reply()); err != nil {
			return true, err
		}
		t.readHealth(ctx)
		return true, nil
	case t.book().Parse(t.text).Command != "" || isThanks(f) || phrase(f) != "":
		return false, nil
	}
	t.say("bot.health.again")
	return true, nil
}

// healthTime is for the first reading, while which the sender waits for other
// answers.
const healthTime = 45 * time.Second

// readHealth reads what there is. The answer is given already, and what is
// missing comes with the next sync.
func (t *turn) readHealth(ctx context.Context) {
	ctx, stop := context.WithTimeout(ctx, healthTime)
	defer stop()
	if _, err := t.Sync.Sync(ctx, t.athlete.ID); err != nil {
		t.logger(ctx).Warn().Err(err).Msg("figures of health not read yet")
	}
}

// isHealth says whether a word after /me means one's health.
func (t *turn) isHealth(word string) bool { return t.book().name(word) == topicHealth }

// lastDays is how many days one's health is told of without a period.
const lastDays = 7

// ownHealth tells the sender their figures of health, in words and to nobody
// else: of the last days, or of a period.
func (t *turn) ownHealth(ctx context.Context, args []string) error {
	if t.in.Group {
		t.pointer(Command{Name: topicHealth})
		return nil
	}
	if t.athlete.Prefs.Health.IsZero() {
		t.healthStands()
		return nil
	}
	today := store.DayOf(t.Now().In(t.zone))
	span := store.Span{Start: today + 1 - lastDays, End: today + 1}
	if len(args) > 0 {
		g, err := t.homeGroup(ctx)
		if err != nil {
			return err
		}
		q := t.asks(args, g, locale.UnitWeek, nil)
		if q.name != "" || q.sport != "" || q.group || !q.timed {
			q.rest = args
		}
		if !t.sensible(q, g, "health") {
			return nil
		}
		span = q.span
	}
	all, err := t.Store.Health(ctx, t.athlete.ID, span)
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	if len(all) == 0 {
		t.say("bot.health.none", "span", t.loc.Span(span))
		return nil
	}
	t.tell(t.healthLines(span, all))
	return nil
}

// healthLines tells figures of some days, a metric a line; what has none has
// no line.
func (t *turn) healthLines(span store.Span, all []store.Health) string {
	lines := []string{t.loc.Say("bot.health.title", "span", t.loc.Span(span))}
	for _, m := range store.HealthMetrics() {
		s, ok := sumUp(all, m)
		if !ok {
			continue
		}
		write := func(x float64) string { return t.loc.Number(x, 0) }
		if m == store.Sleep {
			write = func(x float64) string { return t.loc.Duration(time.Duration(x) * time.Second) }
		}
		reach := ""
		if s.least < s.most {
			reach = " (" + write(s.least) + "–" + write(s.most) + ")"
		}
		lines = append(lines, t.loc.Say("bot.health.line."+string(m), "mean", write(s.sum/float64(s.days)), "range", reach, "most", write(s.most),
			"day", t.loc.NamedDay(s.best), "last", t.loc.Number(s.last, 1), "sum", write(s.sum)))
	}
	return strings.Join(lines, "\n")
}

// summary is what some days tell of one metric.
type summary struct {
	days                   int
	sum, least, most, last float64
	best                   store.Day // of the most
}

// sumUp sums up one metric of days that are in their order; false where there
// is none.
func sumUp(all []store.Health, m store.HealthMetric) (s summary, ok bool) {
	for _, h := range all {
		if h.Metric != m {
			continue
		}
		if s.days == 0 || h.Value < s.least {
			s.least = h.Value
		}
		if s.days == 0 || h.Value > s.most {
			s.most, s.best = h.Value, h.Day
		}
		s.days++
		s.sum += h.Value
		s.last = h.Value
	}
	return s, s.days > 0
}
