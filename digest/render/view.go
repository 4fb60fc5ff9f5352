package render

import (
	"slices"
	"strings"

	"clubrun/digest"
	"clubrun/store"
)

// View is a group's week in words: what a template is filled with. All of it
// is in the group's language and units, names are harmless in chat text, and
// what there is nothing to say about is empty. Lines come whole, with their
// emoji; a template chooses, orders and frames them.
type View struct {
	// Situation is "empty" when nobody moved, "quiet" when up to three did,
	// "small" up to twelve members, "club" above, "thousand" from 200 on.
	Situation string
	Active    int // how many moved
	Members   int // how many are shown in the group
	Limit     int // the signs that the text should have at most

	Group string // the group's name
	Title string // "*Week 37* · Mon 7 – Sun 13 Sep"
	Week  string // "37"; empty where weeks do not begin on Monday
	Dates string // "Mon 7 – Sun 13 Sep"

	Moved    string   // "*8 of 8 moved*"
	Workouts string   // "31 workouts"
	Time     string   // "29 h 40"
	Change   string   // "(+12 % time vs our 4-week average)"
	Sports   []string // "🏃 142 km", largest first, at most four and "+1 more"
	Climb    string   // "⛰️ 4,310 m"

	Rest string // of an empty week: a kind sentence
	Next string // of an empty week: when the next one begins

	Board  *Ranking // nil when nobody is ranked
	Medals []string // the first three of further boards, a line each
	People []string // of a quiet week: who did what, without ranks
	Points string   // how points are counted; empty where the board has none

	Highlights []string // what was remarkable, a line each
	News       []string // of a club: a line for each kind of news
	Frozen     string   // of a quiet week: the streaks that stand frozen
	Prize      string   // the prize of the week

	Month    string   // the month that ended
	Year     []string // in December: the year
	LastYear string   // the same week a year before

	Goal    string   // "🎯 September: 612 of 1,000 km ▓▓▓▓▓▓░░░░"
	Pace    string   // how the goal comes on
	Journey string   // how far the virtual journey has come
	Duels   []string // how the duels of the week ended
	Late    string   // what came too late for the week before
	Silent  string   // when Garmin was last heard from, where much may be missing

	Fun   string // a comparison to smile at
	Close string // what a reader may do in private

	prize string // without its reason
	said  []said
	pen   pen
}

// Ranking is a board.
type Ranking struct {
	Title string    // "🔥 *Effort* (intensity min) and days"
	Rows  []Ranked  // by rank
	Mono  string    // all rows in monospaced columns, at most 22 wide
	Note  string    // what a sign in it means
	First [3]string // the first three as "🥇 Ana 412"; empty where there are fewer
}

// Ranked is a row of a board.
type Ranked struct {
	Rank  string // "1"
	Name  string // "Ana"
	Value string // "412"
	Days  string // "••••••·"
}

// said is a line that names people.
type said struct {
	line  string
	about []store.Mention
}

// Say returns the text of a key of the language's words, the operator's own
// among them. Arguments come in pairs: a placeholder's name and its value;
// the value of "n" chooses the plural form.
func (v *View) Say(key string, args ...any) (string, error) { return short(v.pen.Say(key, args...)) }

// Podium is the first three of the board in a line.
func (v *View) Podium() string {
	if v.Board == nil {
		return ""
	}
	return strings.Join(kept(v.Board.First[:]), "  ")
}

// view puts the report into words.
func (p pen) view() *View {
	v := &View{
		Situation: p.situation(), Active: p.r.Active, Members: p.r.Members, Limit: p.limit(),
		Group: p.harmless(p.r.Group.Name), Title: p.title(), Week: p.weekNumber(), Dates: p.Span(p.r.Span), pen: p,
	}
	if p.r.Active == 0 {
		p.viewEmpty(v)
		return v
	}
	v.Moved, v.Workouts, v.Time, v.Change = p.moved(), p.workouts(p.r.Workouts), p.Duration(p.r.Time), p.change()
	v.Sports, v.Climb = p.sportList(sportsMost), p.climbed(p.r.Climb)
	v.Board, v.Points, v.Fun, v.Close = p.ranking(), p.pointsNote(), p.fun(), p.close()
	switch v.Situation {
	case situationQuiet:
		v.People, v.Frozen = p.people(), p.frozen()
		v.highlights(p)
	case situationClub, situationThousand:
		v.Medals = p.medals()
		v.news(p)
	default:
		v.highlights(p)
	}
	v.extras(p)
	return v
}

// viewEmpty is a week in which nobody moved.
func (p pen) viewEmpty(v *View) {
	if p.r.Members == 0 {
		v.Rest = p.Say("empty.nobody")
		return
	}
	v.Rest, v.Next = p.pick("empty."), p.Say("empty.next", "day", p.NamedDay(p.r.Span.End))
	v.extras(p)
	v.LastYear = "" // a year when there was something is no comfort
	if v.Silent != "" {
		v.Rest, v.Silent = v.Silent, "" // nobody knows whether anybody rested
	}
}

// extras is what does not depend on the situation.
func (v *View) extras(p pen) {
	v.Month, v.Year, v.LastYear = p.month(), p.year(), p.lastYear()
	v.Goal, v.Pace, v.Journey = p.goal(), p.pace(), p.journey()
	if p.reachedNow() {
		v.Goal, v.Pace = blocks(v.Goal, v.Pace), "" // the news of the week
	}
	v.Duels, v.Late, v.Silent = p.duels(), p.late(), p.silent()
	if v.Prize, v.prize = p.prize(); v.Prize != "" {
		about := p.r.Prize.Mentions(p.r.Span.Start)
		v.note(v.Prize, about...)
		v.note(v.prize, about...)
	}
}

func (v *View) highlights(p pen) {
	for _, h := range p.r.Highlights {
		line := p.highlight(h)
		if line == "" {
			continue
		}
		v.Highlights = append(v.Highlights, line)
		v.note(line, whom(h)...)
	}
}

// whom are those whom the line of a highlight names: none where it only tells
// how many there were.
func whom(h digest.Highlight) []store.Mention {
	if len(h.With)+1 > namesMost {
		return nil
	}
	about := []store.Mention{{Athlete: h.Athlete, Kind: string(h.Kind)}}
	for _, id := range h.Others {
		about = append(about, store.Mention{Athlete: id, Kind: string(h.Kind)})
	}
	return about
}

func (v *View) news(p pen) {
	for _, kind := range clubKinds {
		line, about := p.newsOf(kind)
		if line == "" {
			continue
		}
		v.News = append(v.News, line)
		var all []store.Mention
		for _, athlete := range about {
			all = append(all, store.Mention{Athlete: athlete, Kind: string(kind)})
		}
		v.note(line, all...)
	}
}

// note remembers whom a line names.
func (v *View) note(line string, about ...store.Mention) {
	for i := range about {
		about[i].Week = v.pen.r.Span.Start
	}
	v.said = append(v.said, said{line, about})
}

// mentions are those whom the text names, in the order of its lines.
func (v *View) mentions(text string) []store.Mention {
	var all []store.Mention
	for _, s := range v.said {
		if strings.Contains(text, s.line) {
			for _, m := range s.about {
				if m.Athlete != 0 && !slices.Contains(all, m) {
					all = append(all, m)
				}
			}
		}
	}
	return all
}

// limit is how long the text may be.
func (p pen) limit() int {
	switch p.situation() {
	case situationClub, situationThousand:
		return clubText
	}
	return smallText
}

// close is the private call to action.
func (p pen) close() string {
	switch p.situation() {
	case situationQuiet:
		return p.pick("quiet.close.")
	case situationSmall:
		return p.Say("close.own")
	}
	return p.Say("close.rank")
}

// kept drops what is empty.
func kept(parts []string) []string {
	var all []string
	for _, part := range parts {
		if part != "" {
			all = append(all, part)
		}
	}
	return all
}
