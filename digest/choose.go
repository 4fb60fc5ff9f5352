package digest

import (
	"cmp"
	"slices"

	"clubrun/store"
)

// How many highlights are chosen for a text.
const (
	highlightsMost = 7    // lines of a small group's
	clubMost       = 24   // names in the lines of a larger one
	recentDays     = 42.0 // after which something would be no news at all
)

// choice is a highlight with what decides whether it is chosen.
type choice struct {
	Highlight
	score float64
	taken bool
}

// chooser picks highlights for a text.
type chooser struct {
	all    []choice       // the best first
	recent map[int64]int  // mentions of a member in the four weeks before
	due    map[int64]bool // who was not named in the three weeks before
	named  map[int64]int  // by the picked ones, as the one whom they tell of
	among  map[int64]bool // named with others
	kinds  map[Kind]int   // picked
	told   map[feat]bool  // picked
	club   bool           // a group in which not everybody can be named
	left   int            // that may be picked
}

// choose picks highlights for a text. What counts is rarity × recency ÷ (1 +
// mentions of the member in the four weeks before). Each member is told of once
// until everybody with something has been; first come those who were not named
// for three weeks, so that nobody is forgotten: all of them where there is
// room, else for half of it. Lines of the group as a whole, and of those who
// did something together, count for nobody. What a member just did is told of
// those alone of whom nothing was told of late.
func choose(all []Highlight, r *Report, mentions []store.Mention) []Highlight {
	c := newChooser(all, r, mentions)
	waiting := map[int64]bool{}
	for i := range c.all {
		if h := &c.all[i]; h.Athlete != 0 && c.due[h.Athlete] {
			waiting[h.Athlete] = true
		}
	}
	first := c.left
	if len(waiting) > c.left {
		first = (c.left + 1) / 2
	}
	c.pick(first, func(h *choice) bool { return c.fresh(h) && c.due[h.Athlete] && c.shared(h) })
	c.pick(first, func(h *choice) bool { return c.fresh(h) && c.due[h.Athlete] && !c.club })
	own := func(h *choice) bool { return c.fresh(h) && h.Kind != KindDid }
	c.pick(c.left, func(h *choice) bool { return (own(h) || ofSeveral(&h.Highlight)) && c.shared(h) })
	c.pick(c.left, func(h *choice) bool { return own(h) && !c.club })
	c.pick(c.left, func(h *choice) bool { return c.named[h.Athlete] < 2 && h.Kind != KindDid && c.shared(h) && !c.club })
	return c.picked()
}

func newChooser(all []Highlight, r *Report, mentions []store.Mention) *chooser {
	c := &chooser{
		recent: map[int64]int{}, due: map[int64]bool{}, named: map[int64]int{}, among: map[int64]bool{},
		kinds: map[Kind]int{}, told: map[feat]bool{}, club: r.Members > boardFull,
	}
	c.left = min(highlightsMost, r.Active+1)
	if c.club {
		c.left = min(clubMost, r.Active+1)
	}
	late, same := map[int64]bool{}, map[store.Mention]int{}
	for _, m := range mentions {
		if r.Span.Days() != 7 || m.Week >= r.Span.Start || m.Week < r.Span.Start-mentionsBack {
			continue
		}
		c.recent[m.Athlete]++
		same[store.Mention{Athlete: m.Athlete, Kind: m.Kind}]++
		if m.Week >= r.Span.Start-mentionsBack+7 {
			late[m.Athlete] = true
		}
	}
	for i := range r.Rows {
		c.due[r.Rows[i].Athlete] = r.Span.Days() == 7 && !late[r.Rows[i].Athlete]
	}
	last := min(r.Span.Last(), r.Today)
	for _, h := range all {
		// News ages, and so does what was told of the same member before.
		recency := max(1-float64(max(last-h.Day, 0))/recentDays, 0) /
			float64(1+same[store.Mention{Athlete: h.Athlete, Kind: string(h.Kind)}])
		c.all = append(c.all, choice{Highlight: h, score: h.weight * recency / float64(1+c.recent[h.Athlete])})
	}
	slices.SortStableFunc(c.all, func(x, y choice) int { return cmp.Compare(y.score, x.score) })
	return c
}

// pick takes the best so many that may be taken.
func (c *chooser) pick(most int, may func(h *choice) bool) {
	for i := range c.all {
		h := &c.all[i]
		if most <= 0 || c.left <= 0 {
			return
		}
		if h.taken || c.told[featOf(h.Highlight)] || !may(h) {
			continue
		}
		h.taken, c.told[featOf(h.Highlight)] = true, true
		c.kinds[h.Kind]++
		c.left--
		most--
		if !ofSeveral(&h.Highlight) {
			c.named[h.Athlete]++
		}
	}
}

// fresh says whether it tells of a member of whom nothing is told yet.
func (c *chooser) fresh(h *choice) bool { return !ofSeveral(&h.Highlight) && c.named[h.Athlete] == 0 }

// ofSeveral says whether a highlight is of the group, or of some of it.
func ofSeveral(h *Highlight) bool { return h.Athlete == 0 || h.Kind == KindTogether }

// shared says whether a kind has not had its share yet.
func (c *chooser) shared(h *choice) bool {
	most := share(h.Kind)
	if c.club {
		most = clubShare(h.Kind)
	}
	return c.kinds[h.Kind] < most
}

// picked returns what was taken, the best first; what was taken for want of
// something else comes last.
func (c *chooser) picked() []Highlight {
	var chosen []Highlight
	for i := range c.all {
		if c.all[i].taken {
			chosen = append(chosen, c.all[i].Highlight)
		}
	}
	slices.SortStableFunc(chosen, func(x, y Highlight) int { return cmp.Compare(y.weight, x.weight) })
	return chosen
}

// share is how often a kind may be among the chosen of a small group.
func share(k Kind) int {
	switch k {
	case KindRace, KindBest, KindFirst, KindNew:
		return 3
	case KindComeback, KindLongest, KindRecord, KindDid:
		return 2
	}
	return 1
}

// clubShare is how many names of a kind a club's text has room for.
func clubShare(k Kind) int {
	switch k {
	case KindTogether, KindGroup, KindCheered:
		return 1
	case KindDid:
		return 12
	}
	return 6
}
