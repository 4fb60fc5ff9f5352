package decode

import (
	"math"
	"time"
)

// maxOffset is the widest distance from UTC that is believed; clocks set by
// hand are odd, but not by more than the date line and a day.
const maxOffset = 26 * time.Hour

// zoneOf returns a zone with a fixed offset and no name.
func zoneOf(offset time.Duration) *time.Location {
	if offset == 0 {
		return time.UTC
	}
	return time.FixedZone("", int(offset/time.Second))
}

// milliseconds turns a count of milliseconds into a duration, 0 for one that
// is none.
func milliseconds(ms float64) time.Duration { return seconds(ms / 1000) }

// seconds turns seconds into a duration to the millisecond, 0 for what is
// negative or beyond a century.
func seconds(s float64) time.Duration {
	if !(s > 0) || s > 100*366*24*3600 {
		return 0
	}
	return time.Duration(math.Round(s*1000)) * time.Millisecond
}
