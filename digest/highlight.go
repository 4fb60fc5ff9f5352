package digest

import (
	"cmp"
	"slices"
	"time"

	"clubrun/store"
)

// Kind says what is remarkable about a highlight.
type Kind string

// The kinds of highlights.
const (
	KindRace     Kind = "race"     // a race: Distance, Time; Better by which it beat the best before
	KindBest     Kind = "best"     // a personal best: Distance and Time of a split
	KindRecord   Kind = "record"   // a personal record by the source's word alone
	KindLongest  Kind = "longest"  // the member's longest of a sport in Months
	KindFar      Kind = "far"      // the longest of the group in a sport
	KindClimb    Kind = "climb"    // the highest climb of the group
	KindComeback Kind = "comeback" // back after Weeks
	KindJump     Kind = "jump"     // the largest Change against the own average
	KindNew      Kind = "new"      // the first workout that is known at all
	KindFirst    Kind = "first"    // the first of a sport
	KindStreak   Kind = "streak"   // Weeks in a row with three active days
	KindEvery    Kind = "every"    // active on every day of the week
	KindTogether Kind = "together" // With others on Day
	KindCheered  Kind = "cheered"  // the most cheered: People
	KindGroup    Kind = "group"    // a record of the whole group: What
)

// Highlight is one remarkable thing that a member did.
type Highlight struct {
	Kind     Kind
	Athlete  int64
	Name     string
	Activity int64 // the id of a race's activity
	Sport    store.Sport
	Day      store.Day
	Distance float64       // metres
	Climb    float64       // metres
	Time     time.Duration // of a race or a split
	Better   time.Duration // by which it beat the best before; 0 for none
	Weeks    int
	Months   int
	Change   float64
	With     []string // names of the others, in order
	People   int
	What     string  // which record of the group
	Value    float64 // of it
	weight   float64 // rarity: what is chosen first
}

// notableMost is how many highlights are kept of one report.
const notableMost = 200

// notable gathers everything remarkable, most remarkable first.
func (b *book) notable(r *Report) []Highlight {
	var all []Highlight
	for _, row := range r.Rows {
		for _, p := range b.people {
			if p.ID != row.Athlete {
				continue
			}
			longest := p.longest(r.Span)
			for _, h := range slices.Concat(p.races(r.Span), p.bests(r.Span, longest), longest, p.returns(r.Span), p.firsts(r.Span), steady(row, r.Span)) {
				h.Athlete, h.Name = p.ID, p.Name
				all = append(all, h)
			}
		}
	}
	all = append(all, b.far(r.Span)...)
	all = append(all, b.highest(r.Span)...)
	all = append(all, b.jumps(r)...)
	slices.SortFunc(all, func(x, y Highlight) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Name, y.Name),
			cmp.Compare(x.Athlete, y.Athlete), cmp.Compare(x.Day, y.Day), cmp.Compare(x.Sport, y.Sport), cmp.Compare(y.Distance, x.Distance))
	})
	return all[:min(len(all), notableMost)]
}

// highlightsMost is how many highlights a short text has room for.
const highlightsMost = 7

// choose picks highlights for a short text: each member once until everybody
// with something has been named, first no kind more than its share, then
// whatever is left; and not much more lines than people.
func choose(all []Highlight, active int) []Highlight {
	most := min(highlightsMost, active+1)
	named, kinds, told := map[int64]int{}, map[Kind]int{}, map[feat]bool{}
	taken := make([]bool, len(all))
	picked := 0
	for _, round := range []struct {
		mentions int // that a member may have before
		shared   bool
	}{{0, true}, {0, false}, {1, true}} {
		for i, h := range all {
			if picked == most {
				break
			}
			full := round.shared && kinds[h.Kind] >= share(h.Kind)
			if taken[i] || named[h.Athlete] > round.mentions || full || told[featOf(h)] {
				continue
			}
			taken[i], told[featOf(h)] = true, true
			named[h.Athlete]++
			kinds[h.Kind]++
			picked++
		}
	}
	var chosen []Highlight
	for i, h := range all {
		if taken[i] {
			chosen = append(chosen, h)
		}
	}
	return chosen
}

// feat is a workout, as far as a highlight tells it: one is told once.
type feat struct {
	athlete int64
	day     store.Day
	sport   store.Sport
	kind    Kind // where the highlight is of no single workout
}

func featOf(h Highlight) feat {
	switch h.Kind {
	case KindRace, KindBest, KindRecord, KindLongest, KindFar, KindClimb, KindFirst:
		return feat{h.Athlete, h.Day, h.Sport, ""}
	}
	return feat{h.Athlete, h.Day, h.Sport, h.Kind}
}

// share is how often a kind may be among the chosen.
func share(k Kind) int {
	switch k {
	case KindRace, KindBest, KindFirst, KindNew:
		return 3
	case KindComeback, KindLongest, KindRecord:
		return 2
	}
	return 1
}
