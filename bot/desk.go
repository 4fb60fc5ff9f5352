package bot

import (
	"context"
	"time"

	"clubrun/store"
)

// Desk is what the operator may know of the running instance.
type Desk interface {
	// Health returns how the instance is.
	Health(ctx context.Context) (Health, error)
	// Complaints returns the latest warnings and errors of the log, at most n of
	// them, the newest last.
	Complaints(n int) []Complaint
}

// Health is how the instance is at one moment.
type Health struct {
	Version string
	Since   time.Time // it runs
	Online  bool      // at WhatsApp
	Paired  time.Time // when the number was linked first; zero where nobody knows
	Garmin  GarminHealth
	Members MemberHealth
	Sync    SyncHealth
	Inbox   int     // messages to answer
	Outbox  int     // messages to send
	Free    float64 // bytes on the disk of the data folder
	Disk    float64 // bytes of that disk; 0 where the system does not tell
}

// GarminHealth is how the instance stands with Garmin.
type GarminHealth struct {
	Down    bool      // it is left alone, for it fails for several alike
	Until   time.Time // when one request passes, to see whether it works again
	Failing int       // accounts whose newest request within an hour failed
	Asked   int       // accounts that asked within an hour
}

// Answers says whether Garmin has answered somebody within the hour, and is not
// left alone.
func (g GarminHealth) Answers() bool { return !g.Down && g.Asked > g.Failing }

// nextTry is when Garmin is asked again that was left alone: by the next sync
// after it may be.
func (h Health) nextTry() time.Time {
	if h.Sync.Next.After(h.Garmin.Until) {
		return h.Sync.Next
	}
	return h.Garmin.Until
}

// MemberHealth counts accounts by state.
type MemberHealth struct {
	Linked, Healthy, SignedOut, Cooling int
}

// SyncHealth is when everybody's activities were and will be read.
type SyncHealth struct {
	Last   time.Time // the end of the last round; zero for none
	Result store.JobResult
	Failed store.Failures
	Next   time.Time
}

// Complaint is a warning or an error of the log, without anybody's secrets,
// numbers or addresses.
type Complaint struct {
	At    time.Time
	Error bool // rather than a warning
	Text  string
}
