package decode

import "strings"

// fitSport is a pair of FIT's names.
type fitSport struct{ sport, sub string }

// sportOf translates the word by which a TCX or GPX file names its sport:
// Garmin's type keys, Strava's names and numbers, FIT's own names. A word that
// is not known says nothing.
func sportOf(word string) (sport, sub string) {
	key := strings.NewReplacer(" ", "", "_", "", "-", "").Replace(strings.ToLower(word))
	if s, ok := sportWords[key]; ok {
		return s.sport, s.sub
	}
	for v := range 256 {
		name := sportName(byte(v))
		if name != "" && strings.ReplaceAll(name, "_", "") == key {
			return name, ""
		}
	}
	return "", ""
}

// sportWords are words without blanks and lines, in lower case. The numbers
// are Strava's, as its GPX export writes them.
var sportWords = map[string]fitSport{
	"other": {"generic", ""}, "uncategorized": {"generic", ""},

	"run": {"running", ""}, "jogging": {"running", ""}, "9": {"running", ""},
	"trailrunning": {"running", "trail"}, "trailrun": {"running", "trail"},
	"streetrunning": {"running", "street"}, "trackrunning": {"running", "track"},
	"treadmillrunning": {"running", "treadmill"}, "treadmill": {"running", "treadmill"},
	"indoorrunning": {"running", "indoor_running"}, "ultrarun": {"running", "ultra"},
	"virtualrun": {"running", "virtual_activity"}, "53": {"running", "virtual_activity"},
	"obstaclerun": {"running", "obstacle"},

	"ride": {"cycling", ""}, "biking": {"cycling", ""}, "bike": {"cycling", ""}, "bicycling": {"cycling", ""}, "1": {"cycling", ""},
	"roadbiking": {"cycling", "road"}, "roadcycling": {"cycling", "road"},
	"mountainbiking": {"cycling", "mountain"}, "mountainbikeride": {"cycling", "mountain"},
	"gravelcycling": {"cycling", "gravel_cycling"}, "gravelride": {"cycling", "gravel_cycling"},
	"cyclocross": {"cycling", "cyclocross"}, "downhillbiking": {"cycling", "downhill"},
	"trackcycling": {"cycling", "track_cycling"}, "recumbentcycling": {"cycling", "recumbent"},
	"indoorcycling": {"cycling", "indoor_cycling"}, "bmx": {"cycling", "bmx"},
	"virtualride": {"cycling", "virtual_activity"}, "17": {"cycling", "virtual_activity"},
	"handcycling": {"cycling", "hand_cycling"}, "51": {"cycling", "hand_cycling"}, "velomobile": {"cycling", ""}, "19": {"cycling", ""},
	"ebikeride": {"e_biking", ""}, "18": {"e_biking", ""}, "ebikefitness": {"e_biking", "e_bike_fitness"},
	"ebikemountain": {"e_biking", "e_bike_mountain"}, "emountainbikeride": {"e_biking", "e_bike_mountain"},

	"swim": {"swimming", ""}, "16": {"swimming", ""}, "lapswimming": {"swimming", "lap_swimming"}, "poolswimming": {"swimming", "lap_swimming"},
	"openwaterswimming": {"swimming", "open_water"}, "openwaterswim": {"swimming", "open_water"},

	"walk": {"walking", ""}, "10": {"walking", ""}, "casualwalking": {"walking", "casual_walking"}, "speedwalking": {"walking", "speed_walking"},
	"hike": {"hiking", ""}, "4": {"hiking", ""}, "rucking": {"hiking", "rucking"},

	"alpineski": {"alpine_skiing", ""}, "2": {"alpine_skiing", ""}, "skiing": {"alpine_skiing", ""},
	"resortskiing": {"alpine_skiing", "resort"}, "resortskiingsnowboardingws": {"alpine_skiing", "resort"},
	"backcountryski": {"alpine_skiing", "backcountry"}, "3": {"alpine_skiing", "backcountry"}, "backcountryskiing": {"alpine_skiing", "backcountry"},
	"nordicski": {"cross_country_skiing", ""}, "7": {"cross_country_skiing", ""}, "crosscountryskiingws": {"cross_country_skiing", ""},
	"skateskiingws": {"cross_country_skiing", "skate_skiing"}, "rollerski": {"cross_country_skiing", ""}, "8": {"cross_country_skiing", ""},
	"snowboard": {"snowboarding", ""}, "12": {"snowboarding", ""}, "snowshoe": {"snowshoeing", ""}, "13": {"snowshoeing", ""}, "snowshoews": {"snowshoeing", ""},
	"iceskate": {"ice_skating", ""}, "5": {"ice_skating", ""}, "skatingws": {"ice_skating", ""},
	"inlineskate": {"inline_skating", ""}, "6": {"inline_skating", ""},

	"rowingv2": {"rowing", ""}, "23": {"rowing", ""}, "indoorrowing": {"rowing", "indoor_rowing"}, "virtualrow": {"rowing", "virtual_activity"},
	"kayakingv2": {"kayaking", ""}, "22": {"kayaking", ""}, "canoe": {"canoeing", ""}, "21": {"canoeing", ""}, "paddlingv2": {"paddling", ""},
	"standuppaddling": {"stand_up_paddleboarding", ""}, "24": {"stand_up_paddleboarding", ""}, "standuppaddleboardingv2": {"stand_up_paddleboarding", ""},
	"surfingv2": {"surfing", ""}, "25": {"surfing", ""}, "kitesurf": {"kitesurfing", ""}, "14": {"kitesurfing", ""}, "kiteboardingv2": {"kitesurfing", ""},
	"windsurf": {"windsurfing", ""}, "15": {"windsurfing", ""}, "windsurfingv2": {"windsurfing", ""}, "sail": {"sailing", ""}, "sailingv2": {"sailing", ""},

	"workout": {"training", ""}, "11": {"training", ""}, "indoorcardio": {"training", "cardio_training"},
	"strengthtraining": {"training", "strength_training"}, "weighttraining": {"training", "strength_training"}, "30": {"training", "strength_training"},
	"yoga": {"training", "yoga"}, "31": {"training", "yoga"}, "pilates": {"training", "pilates"}, "crossfit": {"training", ""}, "26": {"training", ""},
	"elliptical": {"fitness_equipment", "elliptical"}, "27": {"fitness_equipment", "elliptical"},
	"stairclimbing": {"fitness_equipment", "stair_climbing"}, "stairstepper": {"fitness_equipment", "stair_climbing"}, "29": {"fitness_equipment", "stair_climbing"},
	"28": {"rock_climbing", ""}, "indoorclimbing": {"rock_climbing", "indoor_climbing"}, "bouldering": {"rock_climbing", "bouldering"},
	"football": {"soccer", ""}, "tennisv2": {"tennis", ""}, "golfing": {"golf", ""}, "52": {"wheelchair_push_run", ""},
}
