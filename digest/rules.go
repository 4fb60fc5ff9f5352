package digest

import (
	"time"

	"clubrun/store"
)

// The rules of the score and of the board, in one place.
const (
	dailyCap     = 240              // effort of one day, so that a stage race does not end the week
	activeDay    = 15 * time.Minute // of counted activity
	streakDays   = 3                // active days that keep a week's streak
	streakWeeks  = 10               // weeks that earn one forgiven week
	boardActive  = 4                // active members below which nobody is ranked
	boardFull    = 12               // members up to which everybody is on the board
	boardTop     = 5                // rows of a larger group
	overlapShare = 0.6              // of the shorter recording: the same workout twice
	baseWeeks    = 4                // weeks of an average
	baseTime     = time.Hour        // weekly mean below which no average is told
	history      = store.Day(800)   // days before the span that are looked at
	longestWork  = 7 * 24 * time.Hour
	mostMetres   = 5e6 // of one workout; above it the figure is unknown
	mostClimb    = 3e4
)

// Rules are what an operator may set: how sports are counted and which prizes
// there are.
type Rules struct{}

// sportRule says how a sport is counted.
type sportRule struct {
	factor  float64 // effort per minute where nothing was measured
	still   bool    // counted by elapsed time, since it does not move
	fastest float64 // average km/h above which it was something else; 0 for no limit
	from    float64 // metres from which fastest holds
}

// ruleOf returns the rule of a sport. The factors follow MET ratios; limits
// are well above what people do and below what cars do.
func ruleOf(s store.Sport) sportRule {
	switch s {
	case store.Run:
		return sportRule{factor: 1.6, fastest: 23, from: 1000}
	case store.Ride:
		return sportRule{factor: 1.1, fastest: 55}
	case store.EBike:
		return sportRule{factor: 0.75, fastest: 55}
	case store.Swim:
		return sportRule{factor: 1.6, fastest: 7}
	case store.Walk:
		return sportRule{factor: 0.5, fastest: 12}
	case store.Hike:
		return sportRule{factor: 0.9, fastest: 12}
	case store.Row:
		return sportRule{factor: 1.4}
	case store.Ski:
		return sportRule{factor: 1.6}
	case store.Strength:
		return sportRule{factor: 0.8, still: true}
	case store.Yoga:
		return sportRule{factor: 0.4, still: true}
	case store.Team:
		return sportRule{factor: 1.2, still: true}
	}
	return sportRule{factor: 0.8, still: true}
}
