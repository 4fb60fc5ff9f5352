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
	newsLines      = 2    // that are for whatever is rarest
	recentDays     = 42.0 // after which something would be no news at all
	silenceMost    = 5    // weeks since a mention that is not among those of four weeks
)

// choice is a highlight with what decides whether it is chosen.
type choice struct {
	Highlight
	score float64
	taken bool
}

// chooser picks highlights for a text.
type chooser struct {
	all     []choice      // the best first
	silence map[int64]int // of who moved: weeks since the last mention, five for none in four
	named   map[int64]int // by what is picked
	kinds   map[Kind]int  // picked
	told    map[feat]bool // picked
	club    bool          // a group in which not everybody can be named
	left    int           // that may be picked
}

// choose picks highlights for a text. What counts is rarity × recency ÷ (1 +
// mentions of the member in the four weeks before). Each member is told of once
// until everybody with something has been. So that nobody is forgotten, whoever
// was not named of late goes first, the longest silence before all: in a small
// group who was not named last week, in a club who was not for three weeks;
// they have all lines but two, or half of a club's. Lines of the group as a
// whole, and of those who did something together, count for nobody. What a
// member just did is told of those alone of whom nothing was told of late, and
// goes before a second line of anybody in a small group.
func choose(all []Highlight, r *Report, mentions []store.Mention) []Highlight {
	c := newChooser(all, r, mentions)
	first, patience := c.left-newsLines, 1
	if c.club {
		first, patience = (c.left+1)/2, 3
	}
	if c.waiting(patience) <= c.left-newsLines || c.left <= newsLines {
		first = c.left
	}
	room := c.left - first
	for silence := silenceMost; silence > patience; silence-- {
		due := func(h *choice) bool { return c.fresh(h) && c.silence[h.Athlete] == silence }
		c.pick(c.left-room, func(h *choice) bool { return due(h) && c.shared(h) })
		c.pick(c.left-room, func(h *choice) bool { return due(h) && !c.club })
	}
	own := func(h *choice) bool { return c.fresh(h) && h.Kind != KindDid }
	c.pick(c.left, func(h *choice) bool { return (own(h) || ofSeveral(&h.Highlight)) && c.shared(h) })
	c.pick(c.left, func(h *choice) bool { return own(h) && !c.club })
	silent := func(h *choice) bool { return c.fresh(h) && c.silence[h.Athlete] > patience }
	c.pick(c.left, func(h *choice) bool { return silent(h) && c.shared(h) && !c.club })
	c.pick(c.left, func(h *choice) bool {
		return c.named[h.Athlete] < 2 && h.Kind != KindDid && c.shared(h) && !c.club
	})
	return c.picked()
}

func newChooser(all []Highlight, r *Report, mentions []store.Mention) *chooser {
	c := &chooser{
		silence: map[int64]int{}, named: map[int64]int{}, kinds: map[Kind]int{}, told: map[feat]bool{},
		club: r.Members > boardFull, left: min(highlightsMost, r.Active+1),
	}
	if c.club {
		c.left = min(clubMost, r.Active+1)
	}
	for i := range r.Rows {
		c.silence[r.Rows[i].Athlete] = silenceMost
	}
	recent, same := map[int64]int{}, map[store.Mention]int{}
	for _, m := range mentions {
		if m.Week >= r.Span.Start || m.Week < r.Span.Start-mentionsBack || r.Span.Days() != 7 {
			continue
		}
		recent[m.Athlete]++
		same[store.Mention{Athlete: m.Athlete, Kind: m.Kind}]++
		if weeks := int(r.Span.Start-m.Week+6) / 7; weeks < c.silence[m.Athlete] {
			c.silence[m.Athlete] = weeks
		}
	}
	last := min(r.Span.Last(), r.Today)
	for _, h := range all {
		// News ages, and so does what was told of the same member before.
		recency := max(1-float64(max(last-h.Day, 0))/recentDays, 0) /
			float64(1+same[store.Mention{Athlete: h.Athlete, Kind: string(h.Kind)}])
		c.all = append(c.all, choice{Highlight: h, score: h.weight * recency / float64(1+recent[h.Athlete])})
	}
	slices.SortStableFunc(c.all, func(x, y choice) int { return cmp.Compare(y.score, x.score) })
	return c
}

// waiting counts the members with something who were silent for longer.
func (c *chooser) waiting(patience int) int {
	found := map[int64]bool{}
	for i := range c.all {
		if h := &c.all[i]; !ofSeveral(&h.Highlight) && c.silence[h.Athlete] > patience {
			found[h.Athlete] = true
		}
	}
	return len(found)
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

// ofSeveral says whether a highlight is of the group, or of some of it; what
// was cheered is told for those who cheered.
func ofSeveral(h *Highlight) bool {
	return h.Athlete == 0 || h.Kind == KindTogether || h.Kind == KindCheered
}

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
