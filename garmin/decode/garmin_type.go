package decode

import (
	"strings"

	"clubrun/store"
)

// family returns the sport of a Garmin type key. An unknown key is walked to
// its parent, which the source tells by number; what leads nowhere is other.
func family(key string, parent int64) store.Sport {
	key = strings.ToLower(strings.TrimSpace(key))
	for _, suffix := range []string{"", "_v2", "_ws"} {
		if sport, ok := garminFamilies[strings.TrimSuffix(key, suffix)]; ok {
			return sport
		}
	}
	if sport, ok := garminParents[parent]; ok {
		return sport
	}
	return store.Other
}

// garminFamilies are the type keys of January 2026 by sport, without _v2 and
// _ws, and without those that count as other.
var garminFamilies = map[string]store.Sport{
	"running": store.Run, "trail_running": store.Run, "street_running": store.Run, "track_running": store.Run,
	"treadmill_running": store.Run, "virtual_run": store.Run, "obstacle_run": store.Run, "indoor_running": store.Run, "ultra_run": store.Run,

	"cycling": store.Ride, "mountain_biking": store.Ride, "road_biking": store.Ride, "cyclocross": store.Ride,
	"downhill_biking": store.Ride, "track_cycling": store.Ride, "recumbent_cycling": store.Ride, "indoor_cycling": store.Ride,
	"bmx": store.Ride, "gravel_cycling": store.Ride, "virtual_ride": store.Ride, "hand_cycling": store.Ride,
	"indoor_hand_cycling": store.Ride, "enduro_mtb": store.Ride,
	"e_bike_mountain": store.EBike, "e_bike_fitness": store.EBike, "e_enduro_mtb": store.EBike,

	"swimming": store.Swim, "lap_swimming": store.Swim, "open_water_swimming": store.Swim,

	"walking": store.Walk, "casual_walking": store.Walk, "speed_walking": store.Walk,
	"hiking": store.Hike, "rucking": store.Hike, "mountaineering": store.Hike, "snow_shoe": store.Hike,

	"rowing": store.Row, "indoor_rowing": store.Row,

	"backcountry_skiing_snowboarding": store.Ski, "skate_skiing": store.Ski, "cross_country_skiing": store.Ski,
	"resort_skiing_snowboarding": store.Ski, "backcountry_skiing": store.Ski, "backcountry_snowboarding": store.Ski,
	"resort_skiing": store.Ski, "resort_snowboarding": store.Ski,

	"strength_training": store.Strength,
	"yoga":              store.Yoga, "pilates": store.Yoga, "mobility": store.Yoga,

	"team_sports": store.Team, "cricket": store.Team, "rugby": store.Team, "ice_hockey": store.Team, "field_hockey": store.Team,
	"lacrosse": store.Team, "volleyball": store.Team, "ultimate_disc": store.Team, "softball": store.Team, "soccer": store.Team,
	"american_football": store.Team, "basketball": store.Team, "baseball": store.Team,

	"multi_sport": store.Other, "fitness_equipment": store.Other, "winter_sports": store.Other, "racket_sports": store.Other,
	"water_sports": store.Other, "para_sports": store.Other, "diving": store.Other, "other": store.Other,
	"snowmobiling": store.Other, "skating": store.Other,
}

// garminParents are the numbers of the types that have others under them.
var garminParents = map[int64]store.Sport{
	1: store.Run, 2: store.Ride, 3: store.Hike, 9: store.Walk, 26: store.Swim, 206: store.Team,
}
