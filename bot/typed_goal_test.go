package bot

import (
	"strings"
	"testing"
	"time"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// The calendar of the tests: Wednesday 9 September 2026.
func wednesday() locale.Calendar {
	return locale.Calendar{Lang: "en", Today: store.Date(2026, 9, 9), First: time.Monday}
}

func someWays() []way {
	r := digest.Route{Key: "hadrians-wall", Metric: store.ByDistance, Length: 135000}
	return []way{{r, []string{"hadrians wall", "hadrian s wall path"}}}
}

func TestGoalsAsPeopleTypeThem(t *testing.T) {
	const km, hour = 1000.0, 3600.0
	for _, c := range []struct {
		typed  string
		metric store.Metric
		sport  store.Sport
		target float64
		days   string
	}{
		{"set 1000 km by 30 sep", store.ByDistance, "", 1000 * km, "2026-09-01 2026-09-30"},
		{"1000 km run until 30.9.", store.ByDistance, store.Run, 1000 * km, "2026-09-01 2026-09-30"},
		{"1 000km laufen bis 31.10.", store.ByDistance, store.Run, 1000 * km, "2026-09-09 2026-10-31"},
		{"fijar 1.000 kilómetros hasta el 31 de octubre", store.ByDistance, "", 1000 * km, "2026-09-09 2026-10-31"},
		{"definir 500 km de corrida até 31 de outubro", store.ByDistance, store.Run, 500 * km, "2026-09-09 2026-10-31"},
		{"fixer 500 km vélo d'ici le 31 octobre", store.ByDistance, store.Ride, 500 * km, "2026-09-09 2026-10-31"},
		{"imposta 12,5 km nuoto entro il 20 settembre", store.ByDistance, store.Swim, 12.5 * km, "2026-09-09 2026-09-20"},
		{"zet 300 km fietsen tot eind oktober", store.ByDistance, store.Ride, 300 * km, "2026-09-09 2026-10-31"},
		{"100 miles", store.ByDistance, "", 160934.4, "2026-09-01 2026-09-30"},
		{"100 runs", store.ByCount, store.Run, 100, "2026-09-01 2026-09-30"},
		{"80 workouts in october", store.ByCount, "", 80, "2026-10-01 2026-10-31"},
		{"20h yoga this quarter", store.ByTime, store.Yoga, 20 * hour, "2026-07-01 2026-09-30"},
		{"200 stunden in 2026", store.ByTime, "", 200 * hour, "2026-01-01 2026-12-31"},
		{"5000 m climb by 5 oct", store.ByClimb, "", 5000, "2026-09-09 2026-10-05"},
		{"5000 climb m", store.ByClimb, "", 5000, "2026-09-01 2026-09-30"},
		{"5000 hm bis freitag", store.ByClimb, "", 5000, "2026-09-09 2026-09-11"},
		{"1000 ft up", store.ByClimb, "", 304.8, "2026-09-01 2026-09-30"},
		{"8000 m swim", store.ByDistance, store.Swim, 8000, "2026-09-01 2026-09-30"},
		{"3000 effort", store.ByEffort, "", 3000, "2026-09-01 2026-09-30"},
		{"3000 Intensität", store.ByEffort, "", 3000, "2026-09-01 2026-09-30"},
		{"3000 Intensitätsminuten", store.ByEffort, "", 3000, "2026-09-01 2026-09-30"},
		{"3000 minutes intensives", store.ByEffort, "", 3000, "2026-09-01 2026-09-30"},
		{"100 x hardlopen", store.ByCount, store.Run, 100, "2026-09-01 2026-09-30"},
		{"5000 hoogtemeters tot 30 sep", store.ByClimb, "", 5000, "2026-09-01 2026-09-30"},
		{"3000 minutes of effort for 2 weeks", store.ByEffort, "", 3000, "2026-09-09 2026-09-23"},
		{"40 active days 30 days", store.ByDays, "", 40, "2026-09-09 2026-10-09"},
		{"40 days from 1 sep until 14 sep", store.ByDays, "", 40, "2026-09-01 2026-09-14"},
		{"1000 km ab 1.10. bis 31.12.", store.ByDistance, "", 1000 * km, "2026-10-01 2026-12-31"},
		{"1000 km next month", store.ByDistance, "", 1000 * km, "2026-10-01 2026-10-31"},
		{"along hadrians-wall", store.ByDistance, "", 135 * km, "2026-09-09 2026-12-31"},
		{"along Hadrian's Wall Path by 30 sep", store.ByDistance, "", 135 * km, "2026-09-09 2026-09-30"},
		{"hadrians wall run", store.ByDistance, store.Run, 135 * km, "2026-09-09 2026-12-31"},
	} {
		g, lack := readGoal(wednesday(), strings.Fields(fold(c.typed)), someWays())
		days := g.Span.Start.String() + " " + g.Span.Last().String()
		if lack != "" || g.Metric != c.metric || g.Sport != c.sport || g.Target < c.target*0.999 || g.Target > c.target*1.001 || days != c.days {
			t.Errorf("%q is %+v (%s), lacks %q", c.typed, g, days, lack)
		}
	}
}

func TestWhatIsNoGoal(t *testing.T) {
	for typed, want := range map[string]string{
		"": "unknown", "a lot": "unknown", "1000": "unit", "1000 km km run wild": "unknown", "0 km": "unknown", "-5 km": "unknown", "1000 km by 1.1.2020": "past",
		"99999999999 km": "unknown", "along mars": "unknown", "500 km along hadrians wall": "unknown", "100 km from 1 dec until 1 oct": "end",
		"100 km until 2040": "end", "1000 bananas": "unknown", "5 km h": "unit",
	} {
		if g, lack := readGoal(wednesday(), strings.Fields(fold(typed)), someWays()); lack != want {
			t.Errorf("%q lacks %q, want %q: %+v", typed, lack, want, g)
		}
	}
}

// A goal without an end has some days to go.
func TestAGoalWithoutAnEndHasDaysToGo(t *testing.T) {
	for today, want := range map[store.Day]string{
		store.Date(2026, 9, 1):   "2026-09-01 2026-09-30",
		store.Date(2026, 9, 25):  "2026-09-25 2026-10-31",
		store.Date(2026, 8, 25):  "2026-08-25 2026-09-30",
		store.Date(2026, 12, 30): "2026-12-30 2027-01-31",
	} {
		c := wednesday()
		c.Today = today
		g, lack := readGoal(c, []string{"100", "km"}, nil)
		if days := g.Span.Start.String() + " " + g.Span.Last().String(); lack != "" || days != want {
			t.Errorf("set on %s it runs %s, want %s", today, days, want)
		}
	}
}

func FuzzGoal(f *testing.F) {
	for _, s := range []string{"set 1000 km by 30 sep", "100 runs", "5000 hm climb m", "along hadrians wall", "1 000 000 min effort from 1 sep", "d' - – @", "km 5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		g, lack := readGoal(wednesday(), strings.Fields(fold(s)), someWays())
		if lack != "" {
			return
		}
		if !(g.Target > 0) || g.Target > 1e9 || g.Span.Days() < 1 || g.Span.Days() > 3*366+1 || g.Span.End <= wednesday().Today || g.Metric == "" {
			t.Errorf("%q is %+v", s, g)
		}
	})
}
