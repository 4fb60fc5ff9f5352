package ingest

import (
	"time"

	"clubrun/garmin/decode"
	"clubrun/store"
)

// How near what was typed is to what was recorded, or to what was typed at the
// source: people round, and remember when they began not too well.
const (
	recalledStart = 75 * time.Minute
	recalledShare = 0.10 // of the time and of the distance
	recalledOff   = 3 * time.Minute
)

// recalled says whether two records of which one or both were typed into the
// chat are one workout: of one family of sports and one day, of about the same
// time and distance, and begun at about the same time where that was typed.
func recalled(a, b *store.Activity) bool {
	if a.Source == b.Source || a.Day() != b.Day() || !decode.AlikeSport(a.Sport, b.Sport) {
		return false
	}
	if a.Type != store.TypedDay && b.Type != store.TypedDay && a.Start.Sub(b.Start).Abs() > recalledStart {
		return false
	}
	if long, short := max(a.Distance, b.Distance), min(a.Distance, b.Distance); short > 0 && long-short > recalledShare*long {
		return false
	}
	for _, x := range lasted(a) {
		for _, y := range lasted(b) {
			if off := (x - y).Abs(); off <= recalledOff || off.Seconds() <= recalledShare*max(x, y).Seconds() {
				return true
			}
		}
	}
	return false
}

// lasted are the times that people may have in mind.
func lasted(a *store.Activity) (all []time.Duration) {
	for _, d := range []time.Duration{a.Elapsed, a.Timer, a.Moving} {
		if d > 0 {
			all = append(all, d)
		}
	}
	return all
}
