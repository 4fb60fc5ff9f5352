package bot

import (
	"time"

	"clubrun/digest"
	"clubrun/store"
)

// slowest is the average km/h below which a sport is not done all the time that
// was told.
func slowest(s store.Sport) float64 {
	switch s {
	case store.Run:
		return 3
	case store.Ride, store.EBike:
		return 4
	case store.Swim, store.Hike:
		return 0.5
	case store.Walk, store.Ski, store.Row:
		return 1
	}
	return 0
}

// The most that an entry may tell.
const (
	longestEntry  = 24 * time.Hour
	shortestEntry = time.Minute
	farthestEntry = 1_000_000 // metres
)

// plausible says whether the figures of an entry can be: nobody can have been
// that fast by the rules by which groups count, nor that slow.
func plausible(rules *digest.Rules, e entry) bool {
	if e.time < shortestEntry || e.time > longestEntry || e.metres > farthestEntry {
		return false
	}
	a := store.Activity{Sport: e.sport, Distance: e.metres, Elapsed: e.time}
	return e.metres == 0 || !rules.TooFast(&a) && e.metres/1000/e.time.Hours() >= slowest(e.sport)
}
