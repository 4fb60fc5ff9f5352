package render

import (
	"cmp"
	"slices"
	"strings"

	"clubrun/digest"
)

// clubKinds are the lines of a club's digest, in order.
var clubKinds = [...]digest.Kind{
	digest.KindRace, digest.KindBest, digest.KindNew, digest.KindComeback, digest.KindFirst, digest.KindJump,
	digest.KindTogether, digest.KindCheered, digest.KindGroup,
	digest.KindLongest, digest.KindFar, digest.KindClimb, digest.KindWeek, digest.KindStreak, digest.KindEvery,
	digest.KindDays, digest.KindDid,
}

// nameCount is how many names a line has before the rest is counted.
func (p pen) nameCount() int {
	if p.situation() == situationThousand {
		return 3
	}
	return 6
}

// newsOf is the line for a kind of highlight, and whom it names; empty where
// there was none.
func (p pen) newsOf(kind digest.Kind) (line string, about []int64) {
	if kind == digest.KindTogether || kind == digest.KindCheered || kind == digest.KindGroup {
		return p.single(kind)
	}
	items, about := p.items(kind)
	if len(items) == 0 {
		return "", nil
	}
	all := len(items)
	shown := min(all, p.nameCount())
	list := strings.Join(items[:shown], ", ")
	if all > shown && counted(kind) {
		list = p.Say("list.more", "list", list, "n", all-shown)
	}
	return p.Say("club.line", "title", p.Say("club."+string(kind), "n", all), "list", list), about[:shown]
}

// single is the first highlight of a kind, as a line of its own: there is one
// of it in a week.
func (p pen) single(kind digest.Kind) (line string, about []int64) {
	for _, h := range p.r.Notable {
		if h.Kind != kind {
			continue
		}
		if line := p.highlight(h); line != "" {
			return line, []int64{h.Athlete}
		}
	}
	return "", nil
}

// counted says whether a line counts those whom it does not name; of the
// others it names the first.
func counted(k digest.Kind) bool {
	switch k {
	case digest.KindRace, digest.KindBest, digest.KindNew, digest.KindComeback, digest.KindFirst:
		return true
	}
	return false
}

// items are the entries of one kind, each member once, and whom they name.
func (p pen) items(kind digest.Kind) (items []string, about []int64) {
	race := ""
	for _, h := range p.ordered(kind) {
		if kind != digest.KindRace && slices.Contains(about, h.Athlete) {
			continue
		}
		item := p.item(h)
		if kind == digest.KindRace {
			if name := p.race(h); name != race { // the distance once, before its first runner
				item, race = p.Say("club.race.item", "race", name, "item", item), name
			}
		}
		items, about = append(items, item), append(about, h.Athlete)
	}
	return items, about
}

// ordered are the highlights of one kind, those that were chosen first, so that
// everybody is named in turn; races by distance and time.
func (p pen) ordered(kind digest.Kind) []digest.Highlight {
	all := p.r.Notable
	if kind == digest.KindDid {
		all = p.r.Highlights // it is told for want of something else, and nowhere counted
	}
	found := slices.DeleteFunc(slices.Clone(all), func(h digest.Highlight) bool {
		return h.Kind != kind && (kind != digest.KindBest || h.Kind != digest.KindRecord)
	})
	slices.SortStableFunc(found, func(a, b digest.Highlight) int { return p.chosen(a) - p.chosen(b) })
	if kind == digest.KindRace {
		slices.SortStableFunc(found, func(a, b digest.Highlight) int {
			return cmp.Or(cmp.Compare(b.Distance, a.Distance), cmp.Compare(a.Time, b.Time))
		})
	}
	if kind == digest.KindStreak {
		slices.SortStableFunc(found, func(a, b digest.Highlight) int { return cmp.Compare(b.Weeks, a.Weeks) })
	}
	return found
}

// chosen is 0 for a highlight that the report chose, 1 for another.
func (p pen) chosen(h digest.Highlight) int {
	if slices.ContainsFunc(p.r.Highlights, func(c digest.Highlight) bool {
		return c.Kind == h.Kind && c.Athlete == h.Athlete && c.Day == h.Day && c.Sport == h.Sport
	}) {
		return 0
	}
	return 1
}

// item is a name with what a line of names has room for.
func (p pen) item(h digest.Highlight) string {
	name := p.name(h.Athlete, h.Name)
	switch h.Kind {
	case digest.KindRace:
		text := name + " " + p.Clock(h.Time)
		if h.Better > 0 {
			text += " " + p.Say("club.pb")
		}
		return text
	case digest.KindLongest, digest.KindFar:
		return name + " " + icon(h.Sport) + " " + p.Distance(h.Distance, h.Sport)
	case digest.KindClimb:
		return name + " " + p.Climb(h.Climb)
	case digest.KindFirst:
		return name + " " + icon(h.Sport)
	case digest.KindStreak:
		return name + " " + p.Number(float64(h.Weeks), 0)
	case digest.KindBest:
		return name + " " + p.race(h) + " " + p.Clock(h.Time)
	}
	return name
}
