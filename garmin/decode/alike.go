package decode

import (
	"time"

	"clubrun/store"
)

// Within which bounds two recordings can be of one workout. Exports of one
// activity in several formats begin at the same second and differ by 2 % in
// distance (the way along GPX points), now and then by a third; two devices by
// minutes and by what their satellites lose.
const (
	alikeStart    = 10 * time.Minute
	alikeExport   = 2 * time.Second
	alikeOverlap  = 0.6
	alikeDistance = 0.15
)

// Alike says whether two activities of one athlete are the same workout,
// recorded or exported twice: of one family of sports, begun within ten
// minutes, and both at once for three fifths of the longer one, with distances
// that are at most 15 % apart where both are known; what begins and ends within
// the same two seconds is one workout whatever its distances. It knows nothing of parents
// and legs: the legs of one event are not to be asked about, nor are two
// activities with an id at one source.
func Alike(a, b store.Activity) bool {
	if a.Start.IsZero() || b.Start.IsZero() || a.Start.Sub(b.Start).Abs() > alikeStart || !AlikeSport(a.Sport, b.Sport) {
		return false
	}
	if a.Elapsed > 0 && a.Start.Sub(b.Start).Abs() <= alikeExport && (a.Elapsed-b.Elapsed).Abs() <= alikeExport {
		return true
	}
	long, short := max(a.Distance, b.Distance), min(a.Distance, b.Distance)
	if short > 0 && long-short > alikeDistance*long {
		return false
	}
	return Overlap(a, b, alikeOverlap)
}

// Overlap says whether both activities lasted at once for that share of the
// longer one.
func Overlap(a, b store.Activity, share float64) bool {
	begin, end := a.Start, a.Start.Add(a.Elapsed)
	if b.Start.After(begin) {
		begin = b.Start
	}
	if e := b.Start.Add(b.Elapsed); e.Before(end) {
		end = e
	}
	longer := max(a.Elapsed, b.Elapsed)
	return longer > 0 && float64(end.Sub(begin)) >= share*float64(longer)
}

// AlikeSport says whether two sources can mean one sport: what one of them only
// knows as other can be anything, an e-bike is a bike to many.
func AlikeSport(a, b store.Sport) bool {
	plain := func(s store.Sport) store.Sport {
		switch s {
		case store.EBike:
			return store.Ride
		case store.Hike:
			return store.Walk
		}
		return s
	}
	return plain(a) == plain(b) || a == store.Other || b == store.Other
}
