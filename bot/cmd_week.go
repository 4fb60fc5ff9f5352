package bot

import (
	"context"
	"strconv"
	"strings"

	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
)

// mostGroups is how many groups are told about in one direct answer.
const mostGroups = 3

// runWeek tells how a week of a group stands: the running one, or any other;
// of one sport or of one member, where asked.
func runWeek(ctx context.Context, t *turn, args []string) error {
	return t.figures(ctx, asking{command: "week", unit: locale.UnitWeek, args: args})
}

// runMonth tells a month of a group, with a picture.
func runMonth(ctx context.Context, t *turn, args []string) error {
	return t.figures(ctx, asking{command: "month", unit: locale.UnitMonth, args: args, picture: true})
}

// runYear tells a year of a group, with a picture.
func runYear(ctx context.Context, t *turn, args []string) error {
	return t.figures(ctx, asking{command: "year", unit: locale.UnitYear, args: args, picture: true})
}

// asking is a command that asks for figures.
type asking struct {
	command string
	unit    locale.Unit
	args    []string
	picture bool
}

// figures answers a question about a period, for each group that it is about.
func (t *turn) figures(ctx context.Context, a asking) error {
	groups, err := t.rooms(ctx)
	if err != nil {
		return err
	}
	if len(groups) == 0 {
		t.say("bot.nogroup")
		return nil
	}
	for i, g := range groups {
		known, err := t.visible(ctx, g)
		if err != nil {
			return err
		}
		q := t.asks(a.args, g, a.unit, known)
		if a.command == "stats" && !q.timed {
			if q.group && q.sport == "" && len(q.rest) == 0 {
				return t.longer(ctx, groups)
			}
			q.span = store.YearOf(t.today(g))
		}
		switch {
		case !t.sensible(q, g, a.command):
			return nil
		case q.self:
			return t.ownFigures(ctx, g, q)
		case q.name != "":
			if len(q.named(known)) == 0 && i+1 < len(groups) {
				continue // perhaps in the next group
			}
			return t.figuresOf(ctx, g, q, a, known)
		}
		if err := t.figuresAll(ctx, groups, g, q, a); err != nil {
			return err
		}
	}
	return nil
}

// mostPeriod is how many days a period may have.
const mostPeriod = 3*366 + 1

// sensible says whether a question can be answered, and says why it cannot.
func (t *turn) sensible(q question, g store.Group, command string) bool {
	switch {
	case len(q.rest) > 0:
		t.say("bot." + command + ".unknown")
	case q.span.Start > t.today(g):
		t.say("bot.future")
	case q.span.Days() > mostPeriod:
		t.say("bot.toolong")
	default:
		return true
	}
	return false
}

// figuresAll tells a whole group's period.
func (t *turn) figuresAll(ctx context.Context, groups []store.Group, g store.Group, q question, a asking) error {
	r, err := t.groupReport(ctx, g, q.span, q.sport)
	if err != nil {
		return err
	}
	text := render.Period(r, t.loc)
	if q.span.Days() == 7 {
		text = t.yeared(q.span, g, render.SoFar(r, t.loc))
	}
	t.tell(t.titled(groups, g, t.sported(q.sport, text)))
	if a.picture && r.Active > 0 {
		card, drawn, err := render.LongerPicture(r, t.loc)
		t.show(ctx, card, drawn, err)
	}
	return nil
}

// yeared adds the year to the title of a week that is not of this year.
func (t *turn) yeared(week store.Span, g store.Group, text string) string {
	year, _, _ := week.Last().Date()
	if now, _, _ := t.today(g).Date(); year == now {
		return text
	}
	title, rest, _ := strings.Cut(text, "\n")
	return title + " " + strconv.Itoa(year) + "\n" + rest
}

// sported says above a text that it is about one sport alone.
func (t *turn) sported(s store.Sport, text string) string {
	if s == "" {
		return text
	}
	return t.loc.Say("bot.sport.only", "sport", render.Sport(s, t.loc)) + "\n" + text
}

// figuresOf tells one member's period, as the group may see it.
func (t *turn) figuresOf(ctx context.Context, g store.Group, q question, a asking, known []store.Athlete) error {
	who, ok, err := t.single(ctx, g, q, a.command, a.args, known)
	if err != nil || !ok {
		return err
	}
	r, err := t.groupReport(ctx, g, q.span, q.sport)
	if err != nil {
		return err
	}
	text, ok := render.One(r, who.ID, t.loc)
	if !ok {
		if t.chosen == who.ID {
			q.name, q.tag = who.Name, false
		}
		t.nothingOf(q)
		return nil
	}
	t.tell(t.sported(q.sport, text))
	return nil
}

// ownFigures tells the sender's own period: in private only.
func (t *turn) ownFigures(ctx context.Context, g store.Group, q question) error {
	if t.in.Group {
		t.pointer(Command{Name: "me"})
		return nil
	}
	if linked, err := t.linked(ctx); err != nil || !linked {
		return err
	}
	r, err := t.ownReport(ctx, g, q.span, "", q.sport)
	if err != nil {
		return err
	}
	text, ok := render.Mine(r, t.athlete.ID, t.loc)
	if !ok {
		return t.nothingOwn(ctx, q.span)
	}
	t.tell(t.sported(q.sport, text))
	return t.ownPicture(ctx, g, r)
}

// nothingOwn says that the sender did nothing in a span that counts, and what
// they did last; and more, in lines of their own.
func (t *turn) nothingOwn(ctx context.Context, span store.Span, more ...string) error {
	all, err := t.latest(ctx)
	if err != nil {
		return err
	}
	text := t.loc.Say("bot.own.nothing", "span", t.loc.Span(span))
	for _, a := range all {
		if a.Hidden.IsZero() && !a.Private && !span.Contains(a.Day()) {
			text += " " + t.loc.Say("bot.own.last", "what", t.what(a))
			break
		}
	}
	t.tell(strings.Join(append([]string{text}, more...), "\n"))
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
	if t.about != 0 {
		return justThat(groups, t.about), err
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
