package store

import "time"

// PromiseLife is how long a Promise holds.
const PromiseLife = 7 * 24 * time.Hour

// Promise says that an athlete was told, when a source let nobody in, that they
// will be written to once it does again.
type Promise struct {
	Athlete int64
	Source  string
	Region  string // of the account: "cn", or empty for the rest of the world
	Made    time.Time
}
