package digest

import (
	_ "embed"
	"sync"
	"time"

	"clubrun/store"
)

// The rules of the board, of streaks and of what a recording can be, in one
// place. What an operator may set is in rules.toml.
const (
	activeDay    = 15 * time.Minute // of counted activity
	streakDays   = 3                // active days that keep a week's streak
	streakWeeks  = 10               // weeks that earn one forgiven week
	boardActive  = 4                // active members below which nobody is ranked
	boardFull    = 12               // members up to which everybody is on the board
	boardTop     = 5                // rows of a larger group
	overlapShare = 0.6              // of the shorter recording: the same workout twice
	baseWeeks    = 4                // weeks of an average
	baseTime     = time.Hour        // weekly mean below which no average is told
	history      = store.Day(7305)  // days before the span that are looked at: twenty years
	longestWork  = 7 * 24 * time.Hour
	mostMetres   = 5e6 // of one workout; above it the figure is unknown
	mostClimb    = 3e4
	mostMinutes  = 1e4 // of intensity in one workout
)

// Rules are what an operator may set: how sports are counted and which prizes
// there are. They are read from a file and never changed afterwards.
type Rules struct {
	cap    float64 // effort of one day
	sports map[store.Sport]sportRule
	prizes []PrizeRule // those that are on, by key

	written  map[string]writtenPrize // all prizes, as written
	compiled map[string]PrizeRule
}

// sportRule says how a sport is counted.
type sportRule struct {
	factor  float64 // effort per minute where nothing was measured
	still   bool    // counted by elapsed time, since it does not move
	fastest float64 // average km/h above which it was something else; 0 for no limit
	from    float64 // metres from which fastest holds
}

//go:embed rules.toml
var rulesFile []byte

// builtIn are the rules of a server whose operator set none.
var builtIn = sync.OnceValue(func() *Rules {
	r, err := (&Rules{}).overlay(rulesFile)
	if err != nil {
		panic("digest: the built-in rules: " + err.Error())
	}
	return r
})

// rules returns the rules that hold for an input.
func (in Input) rules() *Rules {
	if in.Rules == nil {
		return builtIn()
	}
	return in.Rules
}

// sport returns the rule of a sport; a sport that is not in the table is
// counted as any other.
func (r *Rules) sport(s store.Sport) sportRule {
	if rule, known := r.sports[s]; known {
		return rule
	}
	return r.sports[store.Other]
}

// Prizes returns the rules of the prize, by key.
func (r *Rules) Prizes() []PrizeRule {
	if r == nil {
		r = builtIn()
	}
	return r.prizes
}

// Prize returns the rule of that key.
func (r *Rules) Prize(key string) (PrizeRule, bool) {
	for _, p := range r.Prizes() {
		if p.Key == key {
			return p, true
		}
	}
	return PrizeRule{}, false
}
