package decode

import (
	"strings"
	"unicode"

	"github.com/tormoder/fit"
)

// newSports and newSubSports are the values of the FIT profile 21.200 that
// tormoder's profile does not have yet.
var newSports = map[byte]string{
	49: "baseball", 56: "shooting", 58: "winter_sport", 59: "grinding", 63: "video_gaming",
	65: "wheelchair_push_walk", 66: "wheelchair_push_run", 67: "meditation", 68: "para_sport",
	69: "disc_golf", 70: "team_sport", 71: "cricket", 72: "rugby", 73: "hockey", 74: "lacrosse",
	75: "volleyball", 78: "water_sport", 79: "archery", 80: "mixed_martial_arts",
	81: "motor_sports", 82: "snorkeling", 83: "dance", 84: "jump_rope", 85: "pool_apnea",
	86: "mobility", 87: "geocaching", 88: "canoeing",
}

var newSubSports = map[byte]string{
	63: "ccr_diving", 66: "expedition", 71: "indoor_grinding", 72: "hunting_with_dogs",
	77: "esport", 78: "triathlon", 79: "duathlon", 80: "brick", 81: "swim_run",
	82: "adventure_race", 83: "trucker_workout", 86: "indoor_wheelchair_walk",
	87: "indoor_wheelchair_run", 88: "indoor_hand_cycling", 90: "field", 91: "ice",
	92: "ultimate", 93: "platform", 94: "squash", 95: "badminton", 96: "racquetball",
	97: "table_tennis", 121: "dynamic_apnea", 123: "enduro", 124: "rucking", 125: "rally",
	126: "pool_triathlon", 127: "e_bike_enduro",
}

// sportName returns FIT's name of a sport, "" for one that is not known.
func sportName(v byte) string {
	if name, ok := newSports[v]; ok {
		return name
	}
	return known(fit.Sport(v).String())
}

// subSportName returns FIT's name of a sub-sport, "" for one that is not known.
func subSportName(v byte) string {
	if name, ok := newSubSports[v]; ok {
		return name
	}
	return known(fit.SubSport(v).String())
}

// noSport is the number by which FIT says that it knows none.
const noSport = 255

// SportNumbers returns the numbers of a sport and a sub-sport in the FIT
// profile, 255 for what it does not name.
func SportNumbers(sport, sub string) (number, subNumber byte) {
	return numberOf(sport, sportName), numberOf(sub, subSportName)
}

func numberOf(name string, names func(byte) string) byte {
	for v := range noSport {
		if name != "" && names(byte(v)) == name {
			return byte(v)
		}
	}
	return noSport
}

// SportPair returns sport and sub-sport in FIT's words of a type as activities
// keep it: FIT's own "running/trail", a key of Garmin Connect, a word of another
// program. Both are empty for a word that nobody knows.
func SportPair(kind string) (sport, sub string) {
	if sport, sub, _ = strings.Cut(kind, "/"); numberOf(sport, sportName) != noSport {
		return sport, sub
	}
	return sportOf(kind)
}

// known turns tormoder's name into FIT's; a number in brackets is no name.
func known(name string) string {
	if name == "Invalid" || strings.Contains(name, "(") {
		return ""
	}
	return snake(name)
}

// snake turns IndoorCycling into indoor_cycling.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
