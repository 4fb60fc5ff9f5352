package house

import (
	"time"

	"clubrun/bot/schedule"
)

// Figures are said to be old when they have missed two rounds of the sync, and
// a quarter of an hour that a round may take; but not before three hours.
const (
	roundsMissed = 2
	roundTakes   = 15 * time.Minute
	lateLeast    = 3 * time.Hour
	roundsAhead  = 30 // looked at, to find the longest pause between two
)

// late is after how long figures that were not read again are old.
func (h *House) late() time.Duration {
	often, err := schedule.When(h.Settings.SyncEvery)
	if err != nil {
		return lateLeast // told where the job is made of it
	}
	var longest time.Duration
	at := often.Next(h.out.Now().UTC())
	for range roundsAhead {
		next := often.Next(at)
		if next.IsZero() {
			break
		}
		longest = max(longest, next.Sub(at))
		at = next
	}
	return max(lateLeast, roundsMissed*longest+roundTakes)
}
