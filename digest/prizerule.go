package digest

import (
	"math"
	"slices"
	"time"

	"clubrun/store"
)

// Unit says what a prize's value is in.
type Unit string

// The units of prizes.
const (
	UnitWorkouts Unit = "workouts"
	UnitDays     Unit = "days"
	UnitSports   Unit = "sports"
	UnitTime     Unit = "time"     // seconds
	UnitDistance Unit = "distance" // metres
	UnitClimb    Unit = "climb"    // metres
	UnitClock    Unit = "clock"    // seconds after midnight; a day more for what belongs to the evening before
	UnitMoment   Unit = "moment"   // seconds after the midnight in which the week began
	UnitPace     Unit = "pace"     // seconds for a kilometre
	UnitLag      Unit = "lag"      // seconds for a kilometre between two paces
	UnitSpeed    Unit = "speed"    // kilometres an hour
	UnitEffort   Unit = "effort"   // minutes
	UnitShare    Unit = "share"    // of a whole, 0 to 1
	UnitSlope    Unit = "slope"    // metres up for each kilometre
)

// PrizeRule says what a prize of the week is given for.
type PrizeRule struct {
	Key   string // its name in the file and in the languages' words
	Icon  string // an emoji
	Unit  Unit   // of the value it is given for
	Words map[string]PrizeWords

	sports         []store.Sport // none for all
	from, to       int           // seconds after midnight; equal for the whole day
	days           []time.Weekday
	months         []time.Month
	long           time.Duration
	far            float64 // metres
	of             property
	take           measure
	step           float64
	least, among   int
	floor, ceiling float64
	lowest         bool
}

// PrizeWords are an operator's own words for a prize in one language. The
// text may hold {name}, {with} and {value}.
type PrizeWords struct {
	Title string `toml:"title"`
	Text  string `toml:"text"`
}

const aDay = 24 * 60 * 60 // seconds

// inSeason says whether the rule holds in the month in which a week ends.
func (rule *PrizeRule) inSeason(s store.Span) bool {
	_, month, _ := s.Last().Date()
	return len(rule.months) == 0 || slices.Contains(rule.months, month)
}

// figure is what a rule sees of one workout.
type figure struct {
	day   store.Day
	value float64
}

// value is what a person reached by the rule in a week.
func (rule *PrizeRule) value(p *person, s store.Span) (float64, bool) {
	matching, all := rule.figures(p.in(s), s)
	if len(matching) < max(rule.least, 1) {
		return 0, false
	}
	l := look{matching: matching, all: all, step: rule.step}
	if rule.take.back {
		l.last, l.before = rule.last(p.before(s.Start), s)
	}
	v, ok := rule.take.of(l)
	return v, ok && !math.IsNaN(v) && !math.IsInf(v, 0)
}

// figures returns what a rule sees of a week: what matches, and what there was
// at all.
func (rule *PrizeRule) figures(entries []entry, s store.Span) (matching, all []figure) {
	for i := range entries {
		f, fits, ok := rule.see(&entries[i], s)
		if ok {
			all = append(all, f)
		}
		if ok && fits {
			matching = append(matching, f)
		}
	}
	return matching, all
}

// last is the day of the last match among entries.
func (rule *PrizeRule) last(entries []entry, s store.Span) (store.Day, bool) {
	for i := len(entries) - 1; i >= 0; i-- {
		if f, fits, ok := rule.see(&entries[i], s); ok && fits {
			return f.day, true
		}
	}
	return 0, false
}

// see reads what the rule looks at; ok is false where the workout says nothing
// of it or is private.
func (rule *PrizeRule) see(e *entry, s store.Span) (f figure, fits, ok bool) {
	if e.quiet || e.Manual && (rule.of.exact || rule.take.exact) {
		return figure{}, false, false
	}
	clock := clockOf(e.Local)
	fits = rule.fits(e, clock)
	if fits && rule.from > rule.to && clock < rule.to {
		clock += aDay // after midnight is later than before it
	}
	v, ok := rule.of.read(e, clock, s)
	return figure{e.day, v}, fits, ok
}

// clockOf is the time of day in seconds.
func clockOf(t time.Time) int {
	h, m, s := t.Clock()
	return h*3600 + m*60 + s
}

// fits says whether the rule looks at a workout.
func (rule *PrizeRule) fits(e *entry, clock int) bool {
	switch {
	case len(rule.sports) > 0 && !slices.Contains(rule.sports, e.Sport),
		len(rule.days) > 0 && !slices.Contains(rule.days, e.day.Weekday()),
		e.time < rule.long, e.Distance < rule.far:
		return false
	case rule.from > rule.to:
		return clock >= rule.from || clock < rule.to
	case rule.from < rule.to:
		return clock >= rule.from && clock < rule.to
	}
	return true
}
