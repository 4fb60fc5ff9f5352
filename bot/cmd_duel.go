package bot

import (
	"context"
	"errors"
	"slices"
	"strings"

	"clubrun/digest/locale"
	"clubrun/store"
)

// leastDuel is how many days of the running week must be left for a duel to be
// in it.
const leastDuel = 4

// runDuel asks another member for a week in which both compare themselves,
// each with the own mean; it takes the answer, and tells what is open. Only
// the digest tells the group of it, and only when both said yes.
func runDuel(ctx context.Context, t *turn, args []string) error {
	if linked, err := t.linkedAside(ctx); err != nil || !linked {
		return err
	}
	switch {
	case len(args) == 0 || len(args) == 1 && isList(args[0]):
		return t.openDuels(ctx)
	case len(args) == 1 && (isYes(args[0]) || isNo(args[0])):
		taken, err := t.answerDuel(ctx, isYes(args[0]))
		if err == nil && !taken {
			t.aside("bot.duel.nothing")
		}
		return err
	}
	metric := store.ByEffort
	told := false
	if m, ok := metricOf(args[len(args)-1]); ok && len(args) > 1 {
		metric, told, args = m, true, args[:len(args)-1]
	}
	return t.defy(ctx, args, metric, told)
}

// defy finds who is meant in the groups that both are shown in, and asks.
func (t *turn) defy(ctx context.Context, args []string, metric store.Metric, told bool) error {
	shown, err := t.shownIn(ctx)
	if err != nil {
		return err
	}
	switch {
	case t.in.Group:
		shown = justThat(shown, t.group.ID)
	case t.about != 0:
		shown = justThat(shown, t.about)
	}
	if len(shown) == 0 {
		t.aside("bot.duel.join")
		return nil
	}
	q := question{name: strings.Join(args, " ")}
	if strings.HasPrefix(q.name, "@") {
		q.name, q.tag = q.name[1:], true
	}
	again := args
	if told {
		again = append(append([]string{}, args...), string(metric))
	}
	for i, g := range shown {
		known, err := t.visible(ctx, g)
		if err != nil {
			return err
		}
		if len(q.named(known)) == 0 && i+1 < len(shown) {
			continue
		}
		if n := len(args); n > 1 && len(q.named(known)) == 0 && len((question{name: strings.Join(args[:n-1], " ")}).named(known)) > 0 {
			t.aside("bot.duel.how") // a name, and then no metric
			return nil
		}
		who, ok, err := t.single(ctx, g, q, "duel", again, known)
		if err != nil || !ok {
			return err
		}
		if !told && g.Metric != "" {
			metric = g.Metric
		}
		return t.askDuel(ctx, g, who, metric)
	}
	return nil
}

// duelWeek is the week of a duel that is asked for today: the running one, or
// the next where little of it is left.
func (t *turn) duelWeek(g store.Group) store.Span {
	week := t.week(g)
	if week.End-t.today(g) < leastDuel {
		return store.Span{Start: week.End, End: week.End + 7}
	}
	return week
}

// askDuel keeps the question and owes it to who is asked, in private: somebody
// who is shown has written to the bot before.
func (t *turn) askDuel(ctx context.Context, g store.Group, who store.Athlete, metric store.Metric) error {
	if who.ID == t.athlete.ID {
		t.aside("bot.duel.self")
		return nil
	}
	d := store.Duel{Group: g.ID, From: t.athlete.ID, To: who.ID, Metric: metric, Week: t.duelWeek(g)}
	before := t.owed
	if t.in.Group {
		t.react("👍")
	}
	args := []any{"name", locale.Name(who.Name), "metric", t.loc.Say("bot.metric." + string(metric)), "span", t.loc.Range(d.Week)}
	if t.Direct == nil {
		t.aside("bot.duel.tell", args...)
	} else {
		t.aside("bot.duel.asked", args...)
		t.owed = append(t.owed, t.duelQuestion(g, who, d))
	}
	err := t.Store.AskDuel(ctx, t.by(store.RoleMember), d, t.reply())
	key := ""
	switch {
	case errors.Is(err, store.ErrTaken):
		key = "bot.duel.taken"
	case errors.Is(err, store.ErrDenied):
		key = "bot.duel.declined.before"
	case errors.Is(err, store.ErrNotFound):
		key = "bot.duel.join"
	default:
		return err
	}
	t.done, t.owed = false, before
	t.aside(key, args...)
	return nil
}

// duelQuestion is the question to who is asked, in their language.
func (t *turn) duelQuestion(g store.Group, who store.Athlete, d store.Duel) store.Outgoing {
	l := t.speech(who, g)
	text := l.Say("bot.duel.ask", "name", locale.Name(t.athlete.Name), "group", groupName(g),
		"metric", l.Say("bot.metric."+string(d.Metric)), "span", l.Range(d.Week))
	return t.to(who, t.outgoing(store.KindText, text))
}

// speech is the language in which a member of a group is written to.
func (t *turn) speech(a store.Athlete, g store.Group) *locale.Locale {
	lang, units := a.Prefs.Language, a.Prefs.Units
	if lang == "" {
		lang = g.Language
	}
	if units == "" {
		units = g.Units
	}
	return t.Words.For(lang, units)
}

// answerDuel takes a yes or a no to the duel that the sender was asked for; it
// is false where none waits.
func (t *turn) answerDuel(ctx context.Context, yes bool) (taken bool, err error) {
	if !t.known() {
		return false, nil
	}
	open, err := t.Store.DuelsOf(ctx, t.athlete.ID)
	if err != nil {
		return false, err
	}
	for _, d := range open {
		g, names, err := t.duellists(ctx, d)
		if err != nil {
			return false, err
		}
		if d.To != t.athlete.ID || d.Week.End <= t.today(g) {
			continue
		}
		return true, t.settleDuel(ctx, d, g, names[0], yes)
	}
	return false, nil
}

// settleDuel keeps the answer and tells it to who asked.
func (t *turn) settleDuel(ctx context.Context, d store.Duel, g store.Group, from store.Athlete, yes bool) error {
	mine, theirs := "bot.duel.on", "bot.duel.accepted"
	if !yes {
		mine, theirs = "bot.duel.no", "bot.duel.declined"
	}
	before := t.owed
	if t.in.Group {
		t.react("👍")
	}
	t.aside(mine, "name", locale.Name(from.Name), "span", t.loc.Range(d.Week))
	if t.Direct != nil && from.User != "" {
		l := t.speech(from, g)
		text := l.Say(theirs, "name", locale.Name(t.athlete.Name), "span", l.Range(d.Week))
		t.owed = append(t.owed, t.to(from, t.outgoing(store.KindText, text)))
	}
	err := t.Store.AnswerDuel(ctx, t.by(store.RoleMember), d.ID, yes, t.reply())
	if errors.Is(err, store.ErrNotFound) {
		t.done, t.owed = false, before
		t.aside("bot.duel.nothing")
		return nil
	}
	return err
}

// duellists returns a duel's group and its two members, who asked first.
func (t *turn) duellists(ctx context.Context, d store.Duel) (g store.Group, both [2]store.Athlete, err error) {
	groups, err := t.agreedIn(ctx)
	if err != nil {
		return g, both, err
	}
	for _, one := range justThat(groups, d.Group) {
		g = one
	}
	members, err := t.Store.Members(ctx, d.Group)
	for _, m := range members {
		switch m.ID {
		case d.From:
			both[0] = m
		case d.To:
			both[1] = m
		}
	}
	return g, both, err
}

// openDuels tells the sender's duels: those that wait for an answer, and those
// of this week and the next.
func (t *turn) openDuels(ctx context.Context) error {
	groups, err := t.shownIn(ctx)
	if err != nil {
		return err
	}
	var lines []string
	for _, g := range groups {
		span := t.week(g)
		all, err := t.Store.Duels(ctx, g.ID, store.Span{Start: span.Start, End: span.End + 7})
		if err != nil {
			return err
		}
		for _, d := range all {
			line, err := t.duelLine(ctx, d)
			if err != nil {
				return err
			}
			if line != "" {
				lines = append(lines, line)
			}
		}
	}
	t.asideText(strings.Join(append(lines, t.loc.Say("bot.duel.how")), "\n"))
	return nil
}

// duelLine tells a duel to one of the two; it is empty for others and for one
// that was declined.
func (t *turn) duelLine(ctx context.Context, d store.Duel) (string, error) {
	if d.State == store.DuelDeclined || d.From != t.athlete.ID && d.To != t.athlete.ID {
		return "", nil
	}
	_, both, err := t.duellists(ctx, d)
	if err != nil {
		return "", err
	}
	key, other := "bot.duel.line.on", both[0]
	if d.From == t.athlete.ID {
		other = both[1]
	}
	switch {
	case d.State == store.DuelOn:
	case d.From == t.athlete.ID:
		key = "bot.duel.line.waits"
	default:
		key = "bot.duel.line.asks"
	}
	return t.loc.Say(key, "name", locale.Name(other.Name), "span", t.loc.Range(d.Week)), nil
}

// linkedAside is linked for a command that may be written in a group: there it
// leads to the direct chat.
func (t *turn) linkedAside(ctx context.Context) (bool, error) {
	if !t.in.Group {
		return t.linked(ctx)
	}
	if t.known() {
		_, err := t.account(ctx)
		if err == nil || quiet(err) != nil {
			return err == nil, err
		}
	}
	t.pointer(Command{Name: "duel"})
	return false, nil
}

// aside says something in the sender's direct chat, where they can be written
// to, and else where they asked.
func (t *turn) aside(key string, args ...any) { t.asideText(t.loc.Say(key, args...)) }

// longAside is for what is too long for a group.
// longAside is for what is too long for a group: who cannot be written to is
// led to the direct chat, with the command that asks for it there.
func (t *turn) longAside(command, text string) {
	if t.in.Group && (t.Direct == nil || !t.known()) {
		t.say("bot.pointer", "link", t.opens(command))
		return
	}
	if t.in.Group {
		t.react("✅")
	}
	t.asideText(text)
}

// asideText says something in the sender's direct chat; a sign in the group
// says so where none does yet.
func (t *turn) asideText(text string) {
	if t.Direct == nil || !t.known() {
		t.tell(text)
		return
	}
	if t.in.Group && !slices.ContainsFunc(t.owed, func(o store.Outgoing) bool { return o.Kind == store.KindReaction }) {
		t.react("👉")
	}
	t.write(text)
}
