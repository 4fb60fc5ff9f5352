package store

import "time"

// AllMetrics returns every metric, in the order in which people are told of them.
func AllMetrics() []Metric {
	return []Metric{ByEffort, ByDays, ByTime, ByDistance, ByClimb, ByCount, ByPoints}
}

// PollState says what became of a poll.
type PollState string

// The states of a poll.
const (
	PollOpen PollState = "open" // votes count
	PollDone PollState = "done" // somebody was told how it went, or nobody could be
)

// Poll asks a group what it should rank by. Its options are the metrics, in
// the order of AllMetrics. It changes nothing: an admin does, who was told how it
// went.
type Poll struct {
	ID    int64
	Group int64
	Asked string // WhatsApp user id of the admin who asked
	Key   string // of the message in the outbox
	Until time.Time
	State PollState
	Made  time.Time
}

// Vote is what one person chose in a poll: the last time, where that was
// several times.
type Vote struct {
	User   string // WhatsApp user id
	Metric Metric
}
