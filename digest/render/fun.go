package render

import (
	"math"

	"clubrun/store"
)

// landmark is something that a group's week can be compared with.
type landmark struct {
	key    string // its name is the words of "place." and this
	metres float64
}

// The heights that a climb is compared with, lowest first.
var heights = [...]landmark{
	{"eiffel-tower", 330}, // with its aerial; toureiffel.paris, 2022
	{"burj-khalifa", 828}, // Council on Tall Buildings and Urban Habitat
	{"ben-nevis", 1345},   // Ordnance Survey, 2016
	{"zugspitze", 2962},   // Bayerische Vermessungsverwaltung
	{"mont-blanc", 4806},  // survey of Haute-Savoie, 2023
	{"kilimanjaro", 5895}, // Encyclopædia Britannica
	{"everest", 8849},     // survey of Nepal and China, 2020
}

// The ways that a distance is compared with, shortest first.
var ways = [...]landmark{
	{"marathon", 42_195},          // World Athletics
	{"camino", 780_000},           // from Saint-Jean-Pied-de-Port; Oficina del Peregrino
	{"rhine", 1_233_000},          // Kommission für die Hydrologie des Rheingebietes, 2010
	{"lands-end", 1_407_000},      // the traditional way by road, 874 miles
	{"danube", 2_857_000},         // Internationale Kommission zum Schutz der Donau
	{"route-66", 3_940_000},       // 2,448 miles; National Park Service
	{"trans-siberian", 9_289_000}, // from Moscow to Vladivostok; Russian Railways
	{"equator", 40_075_000},       // WGS 84
}

// The waters that swims are compared with, narrowest first.
var waters = [...]landmark{
	{"gibraltar", 14_400},   // Asociación de Cruce a Nado del Estrecho de Gibraltar
	{"lake-zurich", 26_400}, // the marathon swim from Rapperswil to Zürich
	{"channel", 33_800},     // 21 miles; Channel Swimming Association
}

// The multiples of a landmark that are told.
const funLeast, funMost = 0.95, 9.95

// fun compares the week with something known: heights, ways and waters in
// turn, the greatest that it reaches. It says "together": nothing of one person.
func (p pen) fun() string {
	if p.r.Active < 2 {
		return ""
	}
	swum := 0.0
	for _, t := range p.r.Sports {
		if t.Sport == store.Swim {
			swum = t.Distance
		}
	}
	kinds := [...]struct {
		key    string
		metres float64
		marks  []landmark
	}{{"climb", p.r.Climb, heights[:]}, {"distance", p.r.Distance, ways[:]}, {"swim", swum, waters[:]}}
	for i := range kinds {
		k := kinds[(p.turn(len(kinds))+i)%len(kinds)]
		if mark, x, ok := nearest(k.marks, k.metres); ok {
			return p.compared(k.key, mark, x)
		}
	}
	return ""
}

// nearest is the greatest landmark that the metres reach, and how often.
func nearest(marks []landmark, metres float64) (mark landmark, times float64, ok bool) {
	for _, m := range marks {
		if x := metres / m.metres; x >= funLeast && x < funMost && m.metres > mark.metres {
			mark, times, ok = m, x, true
		}
	}
	return mark, times, ok
}

func (p pen) compared(kind string, mark landmark, x float64) string {
	place := p.Say("place." + mark.key)
	if x = math.Round(x*10) / 10; x < 1.1 {
		return p.Say("fun."+kind+".once", "place", place)
	}
	return p.Say("fun."+kind+".times", "place", place, "x", p.times(x))
}

// times is a multiple with one decimal, without one where it is a zero.
func (p pen) times(x float64) string {
	if x == math.Trunc(x) {
		return p.Number(x, 0)
	}
	return p.Number(x, 1)
}
