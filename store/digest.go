package store

import (
	"fmt"
	"time"
)

// DigestState says what became of a digest.
type DigestState string

// The states of a digest.
const (
	DigestPending DigestState = "pending"
	DigestSent    DigestState = "sent"
	DigestFailed  DigestState = "failed"
	DigestExpired DigestState = "expired"
)

// Digest is a group's digest of one week, unique by group and week.
type Digest struct {
	ID        int64
	Group     int64
	Week      Span
	Due       time.Time
	Content   string // the text, frozen
	State     DigestState
	Members   []int64   // the athletes that it was made of; not read back
	Mentions  []Mention // whom it names, and for what; not read back
	Edition   int64     // of the season it was made of: once somebody shown in the group has hidden something, another one; not read back
	Generated time.Time
	Sent      time.Time
}

// Cause returns the correlation id of the group's digest of that week.
func (d Digest) Cause() string {
	return NewCause(CauseDigest, fmt.Sprintf("%d %s", d.Group, d.Week.Start))
}

// JobCause returns the correlation id of the run of a job that began then.
func JobCause(operation string, start time.Time) string {
	return NewCause(CauseJob, operation+" "+start.UTC().Format(time.RFC3339Nano))
}

// JobResult is how a job run ended.
type JobResult string

// The results of a job run.
const (
	JobSuccess JobResult = "success"
	JobPartial JobResult = "partial" // some athletes or groups failed
	JobError   JobResult = "error"
)

// JobRun is one run of a job.
type JobRun struct {
	ID         int64
	Operation  string // "sync", "digest", "housekeeping"
	Start      time.Time
	End        time.Time
	Result     JobResult // empty while it runs
	Message    string
	Processed  int
	Downloaded int
	Cause      string // correlation id
}
