package garmintest

import "github.com/tormoder/fit"

// sport is an activity type of Garmin's table, and how our people do it.
type sport struct {
	key     string
	id      int
	parent  int
	label   string // word in names
	fit     fit.Sport
	sub     fit.SubSport
	outdoor bool    // has GPS
	speed   float64 // metres a second of an average person; 0 means no distance
	climb   float64 // metres gained a kilometre
	cadence float64 // steps or revolutions a minute; 0 means none
	power   float64 // watts; 0 means none
	burn    float64 // kilocalories a minute
	lap     float64 // metres of an automatic lap; 0 means one lap
}

// Ids of parent types.
const (
	allTypes       = 17
	runningType    = 1
	cyclingType    = 2
	swimmingType   = 26
	fitnessType    = 29
	multisportType = 89
)

// sports are the types that occur in the simulated trainings.
var sports = []sport{
	{"running", 1, 17, "Running", fit.SportRunning, fit.SubSportGeneric, true, 2.85, 7, 168, 0, 11, 1000},
	{"trail_running", 6, 1, "Trail Running", fit.SportRunning, fit.SubSportTrail, true, 2.35, 32, 162, 0, 11.5, 1000},
	{"treadmill_running", 18, 1, "Treadmill Running", fit.SportRunning, fit.SubSportTreadmill, false, 2.75, 0, 168, 0, 10.5, 1000},
	{"track_running", 8, 1, "Track Running", fit.SportRunning, fit.SubSportTrack, true, 3.3, 0, 174, 0, 12, 400},
	{"cycling", 2, 17, "Cycling", fit.SportCycling, fit.SubSportGeneric, true, 6.3, 9, 78, 0, 9, 5000},
	{"road_biking", 10, 2, "Road Cycling", fit.SportCycling, fit.SubSportRoad, true, 7.6, 11, 85, 185, 10, 5000},
	{"gravel_cycling", 143, 2, "Gravel Cycling", fit.SportCycling, fit.SubSportGravelCycling, true, 6.1, 15, 80, 180, 10, 5000},
	{"mountain_biking", 5, 2, "Mountain Biking", fit.SportCycling, fit.SubSportMountain, true, 4.4, 28, 74, 0, 10, 5000},
	{"indoor_cycling", 25, 2, "Indoor Cycling", fit.SportCycling, fit.SubSportIndoorCycling, false, 7.8, 0, 84, 170, 9, 0},
	{"virtual_ride", 152, 2, "Virtual Cycling", fit.SportCycling, fit.SubSportVirtualActivity, false, 8.8, 8, 86, 190, 10, 0},
	{"e_bike_fitness", 176, 2, "eBiking", fit.SportEBiking, fit.SubSportEBikeFitness, true, 6.2, 10, 65, 0, 5, 5000},
	{"e_bike_mountain", 175, 2, "eMTB", fit.SportEBiking, fit.SubSportEBikeMountain, true, 4.8, 34, 66, 0, 6.5, 5000},
	{"lap_swimming", 27, 26, "Pool Swim", fit.SportSwimming, fit.SubSportLapSwimming, false, 0.72, 0, 26, 0, 9, 0},
	{"open_water_swimming", 28, 26, "Open Water Swim", fit.SportSwimming, fit.SubSportOpenWater, true, 0.66, 0, 27, 0, 9.5, 0},
	{"walking", 9, 17, "Walking", fit.SportWalking, fit.SubSportGeneric, true, 1.45, 6, 108, 0, 4.5, 1000},
	{"hiking", 3, 17, "Hiking", fit.SportHiking, fit.SubSportGeneric, true, 1.12, 48, 98, 0, 6.5, 1000},
	{"strength_training", 13, 29, "Strength", fit.SportTraining, fit.SubSportStrengthTraining, false, 0, 0, 0, 0, 5.5, 0},
	{"hiit", 180, 29, "HIIT", fit.SportTraining, fit.SubSportCardioTraining, false, 0, 0, 0, 0, 9.5, 0},
	{"yoga", 163, 29, "Yoga", fit.SportTraining, fit.SubSportYoga, false, 0, 0, 0, 0, 2.8, 0},
	{"pilates", 160, 29, "Pilates", fit.SportTraining, fit.SubSportPilates, false, 0, 0, 0, 0, 3.2, 0},
	{"elliptical", 30, 29, "Elliptical", fit.SportFitnessEquipment, fit.SubSportElliptical, false, 2.3, 0, 130, 0, 8, 0},
	{"indoor_rowing", 32, 29, "Indoor Rowing", fit.SportRowing, fit.SubSportIndoorRowing, false, 3.5, 0, 24, 150, 9, 0},
	{"rowing_v2", 237, 228, "Rowing", fit.SportRowing, fit.SubSportGeneric, true, 2.6, 0, 22, 0, 8.5, 1000},
	{"soccer", 215, 206, "Soccer", fit.SportSoccer, fit.SubSportGeneric, true, 1.7, 1, 0, 0, 9, 0},
	{"tennis_v2", 227, 219, "Tennis", fit.SportTennis, fit.SubSportGeneric, false, 0, 0, 0, 0, 7.5, 0},
	{"bouldering", 174, 29, "Bouldering", fit.SportRockClimbing, fit.SubSportGeneric, false, 0, 0, 0, 0, 6, 0},
	{"kayaking_v2", 231, 228, "Kayaking", fit.SportKayaking, fit.SubSportGeneric, true, 1.6, 0, 0, 0, 6, 1000},
	{"multi_sport", 89, 17, "Multisport", fit.SportMultisport, fit.SubSportGeneric, true, 0, 0, 0, 0, 0, 0},
	{"swimToBikeTransition_v2", 190, 4, "Transition", fit.SportTransition, fit.SubSportSwimToBikeTransition, false, 0, 0, 0, 0, 6, 0},
	{"bikeToRunTransition_v2", 191, 4, "Transition", fit.SportTransition, fit.SubSportBikeToRunTransition, false, 0, 0, 0, 0, 6, 0},
	{"other", 4, 17, "Other", fit.SportGeneric, fit.SubSportGeneric, false, 0, 0, 0, 0, 5, 0},
}

func sportOf(key string) (*sport, bool) {
	for i := range sports {
		if sports[i].key == key {
			return &sports[i], true
		}
	}
	return nil, false
}

// family is the key of the type that a type is counted with.
func (sp *sport) family() int {
	if sp.parent == allTypes {
		return sp.id
	}
	return sp.parent
}

// typeJSON is a row of Garmin's table of types.
func (sp *sport) typeJSON() map[string]any {
	return map[string]any{"typeId": sp.id, "typeKey": sp.key, "parentTypeId": sp.parent, "isHidden": false, "restricted": false, "trimmable": sp.outdoor}
}

// parents are the keys that a list can be narrowed to.
var parents = map[string]int{"running": 1, "cycling": 2, "hiking": 3, "other": 4, "walking": 9, "swimming": 26,
	"fitness_equipment": 29, "multi_sport": 89, "winter_sports": 165, "team_sports": 206, "racket_sports": 219, "water_sports": 228}
