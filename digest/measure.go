package digest

import (
	"math"
	"slices"

	"clubrun/store"
)

// property is what a prize looks at in a workout.
type property struct {
	name  string
	unit  Unit
	scale float64 // from the unit that the file is written in
	exact bool    // what was typed says nothing of it
	takes string  // the measures that make sense of it
	read  func(e *entry, clock int, s store.Span) (value float64, ok bool)
}

// properties are all that a prize can look at.
var properties = [...]property{
	{"workouts", UnitWorkouts, 1, false, "count bestday share", func(e *entry, _ int, _ store.Span) (float64, bool) { return 1, !e.leg }},
	{"time", UnitTime, 60, false, "sum max min mean spread bestday share round twin", func(e *entry, _ int, _ store.Span) (float64, bool) {
		return e.time.Seconds(), e.time > 0
	}},
	{"distance", UnitDistance, 1000, false, "sum max min mean spread bestday share round twin", func(e *entry, _ int, _ store.Span) (float64, bool) {
		return e.Distance, e.Distance > 0
	}},
	{"climb", UnitClimb, 1, false, "sum max min mean spread bestday share round twin", func(e *entry, _ int, _ store.Span) (float64, bool) {
		return e.Climb, e.Climb > 0
	}},
	{"effort", UnitEffort, 1, false, "sum max min mean spread bestday share twin", func(e *entry, _ int, _ store.Span) (float64, bool) {
		return e.effort, e.effort > 0
	}},
	{"start", UnitClock, 60, true, "max min spread twin", func(_ *entry, clock int, _ store.Span) (float64, bool) {
		return float64(clock), true
	}},
	{"end", UnitClock, 60, true, "max min spread twin", func(e *entry, clock int, _ store.Span) (float64, bool) {
		return float64(clock) + e.lasted.Seconds(), e.lasted > 0
	}},
	{"moment", UnitMoment, 60, true, "max min", func(e *entry, _ int, s store.Span) (float64, bool) {
		return float64(int(e.day-s.Start)*aDay + clockOf(e.Local)), true
	}},
	{"pace", UnitPace, 1, true, "max min mean spread twin", func(e *entry, _ int, _ store.Span) (float64, bool) {
		return e.time.Seconds() / e.Distance * 1000, e.Distance >= paceFrom && e.time > 0
	}},
	{"speed", UnitSpeed, 1, true, "max min mean spread twin", func(e *entry, _ int, _ store.Span) (float64, bool) {
		return e.Distance / 1000 / e.time.Hours(), e.Distance >= paceFrom && e.time > 0
	}},
	{"slope", UnitSlope, 1, true, "max min mean spread twin", func(e *entry, _ int, _ store.Span) (float64, bool) {
		return e.Climb / e.Distance * 1000, e.Distance >= paceFrom && e.Climb > 0
	}},
	{"day", UnitDays, 1, false, "distinct inrow gap", func(e *entry, _ int, _ store.Span) (float64, bool) { return float64(e.day), true }},
	{"sport", UnitSports, 1, false, "distinct", func(e *entry, _ int, _ store.Span) (float64, bool) {
		return float64(slices.Index(sportNames[:], e.Sport)), e.Sport != store.Other
	}},
}

// paceFrom is the distance in metres from which a pace means something.
const paceFrom = 500

// look is what a measure is taken of.
type look struct {
	matching []figure  // in order of time; at least one
	all      []figure  // of the week, whether they match or not
	last     store.Day // of the time before the week; where before says so
	before   bool
	step     float64
}

// measure makes one figure of many.
type measure struct {
	name  string
	unit  map[Unit]Unit // of the value, where it is another than the property's
	twin  bool          // the value is compared with everybody else's
	exact bool          // what was typed says nothing of it
	back  bool          // it looks at the time before the week
	of    func(l look) (value float64, ok bool)
}

var (
	apart  = map[Unit]Unit{UnitClock: UnitTime, UnitPace: UnitLag}
	shares = map[Unit]Unit{
		UnitWorkouts: UnitShare, UnitTime: UnitShare, UnitDistance: UnitShare, UnitClimb: UnitShare, UnitEffort: UnitShare,
	}
)

// measures are all that a prize can make of what it looks at.
var measures = [...]measure{
	{name: "count", of: func(l look) (float64, bool) { return float64(len(l.matching)), true }},
	{name: "sum", of: func(l look) (float64, bool) { return total(l.matching), true }},
	{name: "max", of: func(l look) (float64, bool) { return slices.Max(values(l.matching)), true }},
	{name: "min", of: func(l look) (float64, bool) { return slices.Min(values(l.matching)), true }},
	{name: "mean", of: meanOf},
	{name: "spread", unit: apart, of: func(l look) (float64, bool) {
		v := values(l.matching)
		return slices.Max(v) - slices.Min(v), len(v) > 1
	}},
	{name: "distinct", of: distinct},
	{name: "bestday", of: bestDay},
	{name: "inrow", of: inRow},
	{name: "gap", back: true, of: gap},
	{name: "share", unit: shares, of: func(l look) (float64, bool) {
		whole := total(l.all)
		return total(l.matching) / whole, whole > 0
	}},
	{name: "round", exact: true, of: round},
	{name: "twin", unit: apart, twin: true, of: meanOf},
}

func values(figures []figure) []float64 {
	v := make([]float64, len(figures))
	for i, f := range figures {
		v[i] = f.value
	}
	return v
}

func total(figures []figure) float64 {
	sum := 0.0
	for _, f := range figures {
		sum += f.value
	}
	return sum
}

func meanOf(l look) (float64, bool) { return total(l.matching) / float64(len(l.matching)), true }

// distinct counts the different days or sports.
func distinct(l look) (float64, bool) {
	v := values(l.matching)
	slices.Sort(v)
	return float64(len(slices.Compact(v))), true
}

// bestDay is the most that came together on one day.
func bestDay(l look) (float64, bool) {
	days, most := map[store.Day]float64{}, 0.0
	for _, f := range l.matching {
		days[f.day] += f.value
		most = max(most, days[f.day])
	}
	return most, true
}

// inRow is the most days that follow each other.
func inRow(l look) (float64, bool) {
	days := daysOf(l.matching)
	run, most := 1, 1
	for i := 1; i < len(days); i++ {
		if run++; days[i] != days[i-1]+1 {
			run = 1
		}
		most = max(most, run)
	}
	return float64(most), true
}

// gap is how many days lie between the first one of the week and the last one
// before it.
func gap(l look) (float64, bool) {
	return float64(l.matching[0].day - l.last), l.before
}

func daysOf(figures []figure) []store.Day {
	days := make([]store.Day, len(figures))
	for i, f := range figures {
		days[i] = f.day
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// round is how far the nearest one is from a multiple of the step.
func round(l look) (float64, bool) {
	nearest := math.Inf(1)
	for _, f := range l.matching {
		if n := math.Round(f.value / l.step); n >= 1 {
			nearest = min(nearest, math.Abs(f.value-n*l.step))
		}
	}
	return nearest, true
}
