package digest

import (
	"cmp"
	"slices"
	"time"

	"clubrun/store"
)

// Kind says what is remarkable about a highlight.
type Kind string

// The kinds of highlights, with the fields that they fill besides Athlete,
// Name and Day.
const (
	KindRace     Kind = "race"     // a race: Activity, Sport, Distance, Time; Better by which it beat the best before
	KindBest     Kind = "best"     // a personal best of a run: Distance and Time of a split, Better
	KindRecord   Kind = "record"   // a personal record by the source's word alone: Sport
	KindLongest  Kind = "longest"  // the member's longest of a Sport in Months: Distance
	KindFar      Kind = "far"      // the longest of the group in a Sport: Distance
	KindClimb    Kind = "climb"    // the highest climb of the group: Sport, Climb
	KindComeback Kind = "comeback" // back after Weeks: Sport
	KindJump     Kind = "jump"     // a Change against the own average; the largest comes first
	KindNew      Kind = "new"      // the first workout that is known at all: Sport
	KindFirst    Kind = "first"    // the first of a Sport
	KindStreak   Kind = "streak"   // Weeks in a row with three active days
	KindEvery    Kind = "every"    // active on every day of the week
	KindTogether Kind = "together" // With others (Others, People in all) in a Sport; What is "joint" for the most ever
	KindCheered  Kind = "cheered"  // the most cheered, by People: Activity, Sport, Distance, Time; Day may be in the week before
	KindGroup    Kind = "group"    // a record of the group: What (as of Record) and Value; without an Athlete of the group as a whole
	KindWeek     Kind = "week"     // the own week with the most Time for Weeks, that is of all before it that are known or a year
	KindDays     Kind = "days"     // Days active, more than in any of the four weeks before
	KindDid      Kind = "did"      // nothing else: the largest workout, Sport, Distance, Climb, Time; Days active
)

// Highlight is one remarkable thing that a member did.
type Highlight struct {
	Kind     Kind
	Athlete  int64 // 0 for the group as a whole
	Name     string
	Activity int64 // the id of the activity of a race, or of one that was cheered
	Sport    store.Sport
	Day      store.Day
	Distance float64       // metres
	Climb    float64       // metres
	Time     time.Duration // of a race, a split, an activity or a week
	Better   time.Duration // by which it beat the best before; 0 for none
	Weeks    int
	Months   int
	Days     int
	Change   float64
	With     []string // names of the others, in order
	Others   []int64  // the same by id
	People   int
	What     string  // which record of the group
	Value    float64 // of it: seconds, workouts, metres
	weight   float64 // rarity: what is chosen first
}

// notableMost is how many highlights are kept of one report.
const notableMost = 200

// remark sets the highlights and the group's records.
func (b *book) remark(r *Report, season store.Season) {
	joints := b.joints(season.Together)
	past, now := b.annals(r.Span, joints)
	r.Records = b.records(r, past, now)
	all := b.notable(r, season, joints, past, now)
	r.Highlights = choose(all, r, season.Mentions)
	all = slices.DeleteFunc(all, func(h Highlight) bool { return h.Kind == KindDid })
	r.Notable = all[:min(len(all), notableMost)]
}

// notable gathers everything remarkable, most remarkable first, and last what
// is told only for want of something else. Of who is in a pause nothing is.
func (b *book) notable(r *Report, season store.Season, joints []joint, past, now annals) []Highlight {
	var all []Highlight
	for i := range r.Rows {
		p := b.byID[r.Rows[i].Athlete]
		if r.Rows[i].Paused {
			continue
		}
		longest := p.longest(r.Span)
		for _, found := range [...][]Highlight{
			p.races(r.Span), p.bests(r.Span, longest), longest, p.returns(r.Span), p.firsts(r.Span),
			steady(&r.Rows[i], r.Span), p.week(r.Span), p.did(r.Span),
		} {
			for _, h := range found {
				h.Athlete, h.Name = p.ID, p.Name
				all = append(all, h)
			}
		}
	}
	for _, found := range [...][]Highlight{
		b.far(r.Span), b.highest(r.Span), b.jumps(r, season.Mentions),
		b.broken(r, past, now), b.together(r, joints, past), b.cheered(r, season.Cheers, season.Mentions),
	} {
		all = append(all, found...)
	}
	all = slices.DeleteFunc(all, func(h Highlight) bool { return h.Athlete != 0 && b.byID[h.Athlete].silent(r) })
	slices.SortFunc(all, byRarity)
	return all
}

// byRarity orders highlights, the rarest first.
func byRarity(x, y Highlight) int {
	if x.weight != y.weight {
		return cmp.Compare(y.weight, x.weight)
	}
	return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Name, y.Name), cmp.Compare(x.Athlete, y.Athlete),
		cmp.Compare(x.Day, y.Day), cmp.Compare(x.Sport, y.Sport), cmp.Compare(y.Distance, x.Distance),
		cmp.Compare(y.Time, x.Time), cmp.Compare(x.Activity, y.Activity), cmp.Compare(x.What, y.What), slices.Compare(x.Others, y.Others))
}

// feat is a workout, as far as a highlight tells it: one is told once.
type feat struct {
	athlete int64
	day     store.Day
	sport   store.Sport
	kind    Kind // where the highlight is of no single workout
	what    string
}

func featOf(h Highlight) feat {
	switch {
	case h.Kind == KindGroup && h.Athlete == 0:
		return feat{kind: h.Kind, what: h.What}
	case h.Kind == KindTogether, h.Kind == KindCheered:
		return feat{h.Athlete, h.Day, h.Sport, h.Kind, ""}
	case slices.Contains([]Kind{KindStreak, KindEvery, KindJump, KindWeek, KindDays}, h.Kind):
		return feat{h.Athlete, h.Day, "", h.Kind, ""}
	}
	return feat{h.Athlete, h.Day, h.Sport, "", ""}
}
