package charts

import (
	"math"
	"math/rand/v2"
	"slices"
)

// journeySamples are the samples of the route, year and empty cards and of
// the contact sheet.
func journeySamples() []sample { return slices.Concat(routeSamples(), posterSamples(), emptySamples()) }

func route12() Route {
	return Route{
		Eyebrow: "Chloé · Sat 14 Nov", Title: "Tempo run, Harbour loop", Sport: Run,
		Track: loop12(), ID: "chloé", Unit: "km", UnitMeters: 1000, Lengths: lengths(),
		Slow: "5:18", Fast: "4:22\u00a0/km",
		Stats:     []Stat{{"12.4\u00a0km", "distance"}, {"1:00:41", "time"}, {"4:54", "per km"}, {"69\u00a0m", "climb"}},
		Elevation: "Elevation", Peak: "66\u00a0m",
		Alt: "Chloé’s tempo run of 12.4 km in 1:00:41, at 4:54 per km.",
	}
}

func lengths() []Length {
	return []Length{
		{100, "100\u00a0m"}, {200, "200\u00a0m"}, {500, "500\u00a0m"}, {1000, "1\u00a0km"}, {2000, "2\u00a0km"},
		{5000, "5\u00a0km"}, {10000, "10\u00a0km"}, {20000, "20\u00a0km"}, {50000, "50\u00a0km"}, {100000, "100\u00a0km"},
	}
}

func routeSamples() []sample {
	flat := route12()
	flat.Title, flat.Track = "Rest-day jog", flatten(course(43.37, -8.4, 1, 2.9, wavy(8, 900)))
	flat.Stats = []Stat{{"7.2\u00a0km", "distance"}, {"42:10", "time"}, {"5:51", "per km"}}
	flat.Slow, flat.Fast = "6:21", "5:35\u00a0/km"
	ride := route12()
	ride.Title, ride.Sport, ride.Track = "Over the two passes and home along the river", Ride, course(46.5, 9.8, 1, 8, wavy(21, 14000))
	ride.Stats = []Stat{{"101\u00a0km", "distance"}, {"3\u00a0h\u00a032", "time"}, {"28.6\u00a0km/h", "speed"}, {"1,640\u00a0m", "climb"}}
	ride.Peak = "2,200\u00a0m"
	ride.Slow, ride.Fast = "21.4", "34.0\u00a0km/h"
	for i := range ride.Track {
		t := float64(i) / 720
		ride.Track[i].Altitude = 700 + 1300*math.Exp(-sq((t-0.3)/0.1)) + 1500*math.Exp(-sq((t-0.62)/0.08))
	}
	plain := route12()
	plain.Title, plain.Sport, plain.Track, plain.Slow, plain.Fast = "Walk with a friend", WalkHike, timeless(thereAndBack(43, -8, 2600)), "", ""
	plain.Stats = nil
	laps := route12()
	laps.Title, laps.Track = "Two laps of the lake", course(43.37, -8.4, 2, 3.1, wavy(33, 800))
	return []sample{
		{name: "route", draw: route12().draw, golden: true, tall: true},
		{name: "route-flat", draw: flat.draw, golden: true, tall: true},
		{name: "route-ride", draw: ride.draw, tall: true},
		{name: "route-plain", draw: plain.draw, tall: true},
		{name: "route-laps", draw: laps.draw, tall: true},
	}
}

// flatten takes the hills out of a track.
func flatten(t Track) Track {
	for i := range t {
		t[i].Altitude = 4
	}
	return t
}

// timeless takes the times out of a track.
func timeless(t Track) Track {
	for i := range t {
		t[i].Seconds = 0
	}
	return t
}

// rays is a year of an invented group: more in summer and at weekends.
func rays(seed uint64, most float64, rest float64) []Ray {
	rnd := rand.New(rand.NewPCG(seed, 26))
	sports := []Sport{Run, Run, Ride, Ride, WalkHike, Swim, Strength}
	out := make([]Ray, 365)
	for i := range out {
		season := 0.62 + 0.38*math.Sin((float64(i)-95)/365*2*math.Pi)
		v := max(0, (rnd.NormFloat64()*0.45+0.75)*season*most)
		if day := (i + 3) % 7; day > 4 {
			v *= 1.55
		}
		if rnd.Float64() < rest {
			v = 0
		}
		s := sports[rnd.IntN(len(sports))]
		if season > 0.85 && rnd.Float64() < 0.5 {
			s = Ride
		}
		out[i] = Ray{Sport: s, Value: v}
	}
	return out
}

func year26() YearPoster {
	y := YearPoster{
		Eyebrow: "Morning Movers", Year: "2026", Days: rays(26, 185, 0.1),
		Months: []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
		Hint:   "each ray is a day", Total: "8,412", Unit: "km together",
		Legend: []Legend{{Sport: Ride, Label: "Ride"}, {Sport: Run, Label: "Run"}, {Sport: WalkHike, Label: "Walk & hike"}, {Sport: Swim, Label: "Swim"}, {Sport: Strength, Label: "Strength"}},
		Totals: []Stat{{"612\u00a0h", "active"}, {"313", "days of 365"}, {"94,310\u00a0m", "climbed"}},
		Awards: []Award{
			{SignBest, "Maria José", "", "118\u00a0h active"}, {SignClimb, "Łukasz", "", "climbed 21,480\u00a0m"}, {SignFlame, "Priya", "", "41-day streak"},
		},
		Biggest: "Biggest day: 29 June, 5\u00a0h\u00a020",
		Alt:     "Morning Movers in 2026: 8,412 km together in 612 hours.",
	}
	for i := range uint64(16) {
		y.Routes = append(y.Routes, Shape{course(43.4, -8.4, 1, 3, wavy(i+40, 1700)), "chloé", []Sport{Ride, Run, WalkHike}[i%3]})
	}
	return y
}

func posterSamples() []sample {
	plain, me, winter := year26(), year26(), year26()
	plain.Routes = nil
	me.Eyebrow, me.Days, me.Total, me.Unit = "Łukasz 🚴", rays(4, 90, 0.45), "1,204", "km"
	me.Totals = []Stat{{"97\u00a0h", "active"}, {"181", "days of 365"}, {"8,310\u00a0m", "climbed"}}
	me.Awards = []Award{{SignPace, "24:51", "", "best 5\u00a0km"}, {SignDistance, "31.2\u00a0km", "", "longest run"}, {SignFlame, "11 weeks", "", "in a row"}}
	me.Routes = me.Routes[:6]
	me.Biggest = "Biggest day: 29 June, 3\u00a0h\u00a020"
	for i := range me.Days[320:] {
		me.Days[320+i] = Ray{Ahead: true}
	}
	winter.Eyebrow = "A very long name of a group that goes on and on over the line"
	winter.Days = append(winter.Days[182:], winter.Days[:182]...)
	winter.Routes, winter.Awards = winter.Routes[:11], winter.Awards[:2]
	winter.Legend = append(winter.Legend, Legend{Sport: Other, Label: "Everything else"})
	bare := YearPoster{Year: "2026", Days: rays(9, 60, 0.7), Total: "211", Unit: "km"}
	return []sample{
		{name: "year", draw: year26().draw, golden: true, tall: true},
		{name: "year-plain", draw: plain.draw, tall: true},
		{name: "year-me", draw: me.draw, tall: true},
		{name: "year-winter", draw: winter.draw, tall: true},
		{name: "year-bare", draw: bare.draw, tall: true},
	}
}

func empty1() Empty {
	return Empty{
		Eyebrow: "Morning Movers · 16–22 Nov", Title: "Weekly leaderboard", Sport: Run,
		Fact: "A quiet week so far", Invite: "The first activity takes the lead.",
		Alt: "A quiet week so far: nobody logged an activity yet.",
	}
}

func emptySamples() []sample {
	dark, long := empty1(), empty1()
	dark.Dark, dark.Sport = true, Swim
	long.Title, long.Sign = "Keine Aktivitäten in dieser Woche", SignTrend
	long.Fact = "In dieser Woche hat noch niemand eine Aktivität aufgezeichnet"
	long.Invite = "Verbinde deine Uhr mit Clubrun, dann erscheint hier schon am nächsten Sonntag dein erster Balken."
	return []sample{
		{name: "empty", draw: empty1().draw, golden: true},
		{name: "empty-dark", draw: dark.draw},
		{name: "empty-long", draw: long.draw},
	}
}
