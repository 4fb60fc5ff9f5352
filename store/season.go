package store

import "time"

// Season is everything that a group's report is told from, as it stood at one
// moment. All of it is of members who are shown in the group.
type Season struct {
	Members    []Athlete
	Activities []Activity
	Pauses     []Pause
	Mentions   []Mention  // of the weeks before
	Together   []Together // pairs of the activities
	Cheers     []Cheer
	Posted     []Digest // the group's digests of the last weeks, latest first
	// Reads are when the accounts of those who are shown were last read, zero for
	// never; who is signed out or counts by hand is not read at all.
	Reads   []time.Time
	Goal    *Goal // nil where the group has none
	Duels   []Duel
	Edition int64 // see Digest
}

// Pause is a time in which an athlete's streak is frozen and nothing is said
// of them.
type Pause struct {
	Athlete int64
	Span    Span
}

// Mention says that a posted digest named an athlete.
type Mention struct {
	Athlete int64
	Week    Day    // the first one of the digest's week
	Kind    string // of highlight, or "prize:" and the prize's name
}

// Together says that two athletes did their activities together: they began
// within ten minutes and 300 metres of each other. Where that was is not kept.
type Together struct{ A, B int64 } // ids of activities, the lower one first

// Cheer is how many people of a group cheered an athlete's activity, by their
// reactions to what the bot posted about it.
type Cheer struct {
	Athlete  int64
	Activity int64
	People   int
}

// Goal is what a group wants to reach together.
type Goal struct {
	ID     int64
	Group  int64
	Metric Metric  // ByDistance, ByTime, ByEffort, ByClimb, ByDays or ByCount
	Sport  Sport   // counts alone; empty for all
	Target float64 // metres, seconds, minutes of effort, metres, days, workouts
	Span   Span
	Route  string // the virtual journey along which it leads; empty for none
	Set    time.Time
}

// DuelState says how far a duel has come.
type DuelState string

// The states of a duel.
const (
	DuelAsked    DuelState = "asked"
	DuelOn       DuelState = "on"
	DuelDeclined DuelState = "declined"
)

// Duel is a week in which two athletes compare themselves, each with the own
// mean. It is told only when both have said yes.
type Duel struct {
	ID     int64
	Group  int64
	From   int64 // the athlete who asked
	To     int64
	Metric Metric
	Week   Span
	State  DuelState
	Asked  time.Time
}
