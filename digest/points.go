package digest

import (
	"math"

	"clubrun/store"
)

// The rule of points: each day, the first mile or quarter of an hour earns ten
// points, the second nine, and so on down to the tenth, which earns one; so
// does every further one. Going out again tomorrow is worth more than going on.
const (
	pointsFirst   = 10
	pointsMile    = 1609.344 // metres
	pointsQuarter = 15       // minutes
)

// points of a member's entries. Each entry is worth its miles or its quarters
// of an hour, whichever are more; those of one day are added and whole ones
// count: with u of them a day earns 10 + 9 + … + max(11-u, 1).
func points(entries []entry) int {
	sum := 0
	eachDay(entries, func(_ store.Day, entries []entry) {
		units := 0.0
		for i := range entries {
			e := &entries[i]
			miles := 0.0
			if e.Sport.Travels() {
				miles = e.Distance / pointsMile
			}
			units += max(miles, e.time.Minutes()/pointsQuarter)
		}
		sum += pointsOf(int(math.Floor(units + 1e-9)))
	})
	return sum
}

// pointsOf is what so many units of one day earn.
func pointsOf(units int) int {
	down := min(units, pointsFirst)
	return down*(2*pointsFirst+1-down)/2 + max(units-pointsFirst, 0)
}
