package digest

import (
	"slices"
	"time"
)

// readsApart is how far apart the reads of members may be that one time stands for.
const readsApart = 24 * time.Hour

// AsOf returns as of when figures are that were read at these times, and whether
// that is late: at least half of them were not read for longer than they should
// have been. It is the oldest of those, but for who is a day further behind than
// the others: that is their own trouble. Who was never read does not count.
func AsOf(reads []time.Time, now time.Time, patience time.Duration) (at time.Time, late bool) {
	behind, all := lag(reads, now, patience)
	if len(behind) == 0 || 2*len(behind) < all {
		return time.Time{}, false
	}
	newest := slices.MaxFunc(behind, time.Time.Compare)
	at = newest
	for _, read := range behind {
		if newest.Sub(read) <= readsApart && read.Before(at) {
			at = read
		}
	}
	return at, true
}

// mostBehind says whether more than half of those reads are late: a digest tells
// everybody of Garmin, so half, who may have trouble of their own, are not enough.
func mostBehind(reads []time.Time, now time.Time, patience time.Duration) bool {
	behind, all := lag(reads, now, patience)
	return 2*len(behind) > all
}

// lag returns the reads that are older than they should be, and of how many.
func lag(reads []time.Time, now time.Time, patience time.Duration) (behind []time.Time, all int) {
	for _, read := range reads {
		if read.IsZero() {
			continue
		}
		all++
		if now.Sub(read) > patience {
			behind = append(behind, read)
		}
	}
	return behind, all
}
