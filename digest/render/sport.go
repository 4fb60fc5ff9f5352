package render

import (
	"clubrun/charts"
	"clubrun/store"
)

// icon is the emoji of a sport.
func icon(s store.Sport) string {
	switch s {
	case store.Run:
		return "🏃"
	case store.Ride:
		return "🚴"
	case store.EBike:
		return "🚲"
	case store.Swim:
		return "🏊"
	case store.Walk:
		return "🚶"
	case store.Hike:
		return "🥾"
	case store.Row:
		return "🚣"
	case store.Ski:
		return "⛷️"
	case store.Strength:
		return "🏋️"
	case store.Yoga:
		return "🧘"
	case store.Team:
		return "⚽"
	}
	return "🤸"
}

// drawn is the sport as pictures tell it apart.
func drawn(s store.Sport) charts.Sport {
	switch s {
	case store.Run:
		return charts.Run
	case store.Ride, store.EBike:
		return charts.Ride
	case store.Swim:
		return charts.Swim
	case store.Walk, store.Hike:
		return charts.WalkHike
	case store.Strength:
		return charts.Strength
	}
	return charts.Other
}

// sportName is a sport as a heading, "Run".
func (p pen) sportName(s store.Sport) string { return p.sportKey("sport.", s) }

// sportOne is one workout of a sport within a sentence, "run".
func (p pen) sportOne(s store.Sport) string { return p.sportKey("sport.one.", s) }

func (p pen) sportKey(prefix string, s store.Sport) string {
	if p.Has(prefix + string(s)) {
		return p.Say(prefix + string(s))
	}
	return p.Say(prefix + string(store.Other))
}
