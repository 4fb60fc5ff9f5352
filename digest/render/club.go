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
	digest.KindLongest, digest.KindFar, digest.KindClimb, digest.KindStreak, digest.KindEvery,
}

// clubNames is how many names a line has before the rest is counted.
const clubNames = 6

// club writes to a group too large to name everybody: the first of the board,
// then one line for each kind of news.
func (p pen) club() string {
	news := p.news()
	return fit(clubText, len(news), func(lines int) string {
		return blocks(p.title(), p.totals(), "", p.board(), "", strings.Join(news[:lines], "\n"), "", p.Say("close.rank"))
	})
}

// news is one line for each kind of highlight that there was.
func (p pen) news() []string {
	var lines []string
	for _, kind := range clubKinds {
		items := p.items(kind)
		if len(items) == 0 {
			continue
		}
		all := len(items)
		list := strings.Join(items[:min(all, clubNames)], ", ")
		if all > clubNames && counted(kind) {
			list += " " + p.Say("club.more", "n", all-clubNames)
		}
		lines = append(lines, p.Say("club."+string(kind), "n", all)+": "+list)
	}
	return lines
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

// items are the entries of one kind, each member once.
func (p pen) items(kind digest.Kind) []string {
	var items []string
	var seen []int64
	race := ""
	for _, h := range p.ordered(kind) {
		if kind != digest.KindRace && slices.Contains(seen, h.Athlete) {
			continue
		}
		seen = append(seen, h.Athlete)
		item := p.item(h)
		if kind == digest.KindRace {
			if name := p.race(h); name != race { // the distance once, before its first runner
				item, race = name+": "+item, name
			}
		}
		items = append(items, item)
	}
	return items
}

// ordered are the highlights of one kind, races by distance and time.
func (p pen) ordered(kind digest.Kind) []digest.Highlight {
	found := slices.DeleteFunc(slices.Clone(p.r.Notable), func(h digest.Highlight) bool {
		return h.Kind != kind && (kind != digest.KindBest || h.Kind != digest.KindRecord)
	})
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

// item is a name with what a line of names has room for.
func (p pen) item(h digest.Highlight) string {
	name := p.name(h.Athlete, h.Name)
	switch h.Kind {
	case digest.KindRace:
		text := name + " " + p.Clock(h.Time)
		if h.Better > 0 {
			text += " *PB*"
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
