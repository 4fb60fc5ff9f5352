package charts

import (
	"errors"
	"math"
	"testing"
)

func FuzzRouteStandsAnything(f *testing.F) {
	for i, n := range hostileNames {
		v := hostileValues[i%len(hostileValues)]
		f.Add(n, v, hostileValues[(i*5+3)%len(hostileValues)], float64(i*9-90), float64(i*17-180), i*31, n)
	}
	f.Add("poles", 3.0, 2000.0, 90.0, 0.0, 700, "")
	f.Add("date line", 3.0, 2000.0, -17.0, 180.0, 700, "km")
	f.Add("far", 300.0, 1e6, 10.0, 10.0, 900, "km")
	f.Fuzz(func(t *testing.T, name string, v, w, lat, lon float64, n int, text string) {
		r := Route{Eyebrow: text, Title: name, ID: "x" + name, Unit: text, UnitMeters: v, Slow: text, Fast: name, Elevation: name, Peak: text}
		r.Lengths = []Length{{v, name}, {w, text}, {1000, "1 km"}, {math.NaN(), "?"}}
		r.Stats = []Stat{{text, name}, {name, text}, {text, text}, {name, name}}[:(n%5+5)%5%5]
		if ok := math.Abs(lat) <= 90 && math.Abs(lon) <= 180 && v > 0 && v < 100 && w > 100 && w < 1e6; ok {
			r.Track = course(lat, lon, 1, v, wavy(uint64(n), w))
		}
		for i := range 3 + (n%50+50)%50 {
			r.Track = append(r.Track, Fix{lat, lon, v, w}, Fix{lat + 0.002*float64(i), lon + v, float64(i) * 60, v}, Fix{w, v, lat, lon})
		}
		standsOr(t, r.draw, ErrHidden, ErrEmpty)
	})
}

func FuzzYearPosterStandsAnything(f *testing.F) {
	for i, n := range hostileNames {
		v := hostileValues[i%len(hostileValues)]
		f.Add(n, v, hostileValues[(i*5+3)%len(hostileValues)], i*37, n)
	}
	f.Fuzz(func(t *testing.T, name string, v, w float64, n int, text string) {
		y := YearPoster{Eyebrow: name, Year: text, Hint: text, Total: name, Unit: text, Biggest: name}
		for i := range 1 + (n%500+500)%500 {
			y.Days = append(y.Days, Ray{Value: v, Sport: Sport(text), Ahead: i%7 == 0}, Ray{Value: w / float64(i+1), Sport: Ride})
		}
		for i := range (n%20 + 20) % 20 {
			y.Months = append(y.Months, name, text)
			y.Legend = append(y.Legend, Legend{Sport: Run, Label: name}, Legend{Label: text})
			y.Totals = append(y.Totals, Stat{text, name})
			y.Awards = append(y.Awards, Award{Sign(text), name, text, name})
			y.Routes = append(y.Routes, Shape{oneWay(v, w, 3000+float64(i)), name, Run})
		}
		standsOr(t, y.draw)
	})
}

func FuzzEmptyStandsAnything(f *testing.F) {
	for _, n := range hostileNames {
		f.Add(n, n, "run")
	}
	f.Fuzz(func(t *testing.T, name, text, sport string) {
		e := Empty{Eyebrow: text, Title: name, Fact: name, Invite: text, Sport: Sport(sport), Sign: Sign(sport), Dark: len(text)%2 == 0}
		standsOr(t, e.draw, ErrEmpty)
	})
}

// standsOr fails unless the picture is drawn without a fault, or refused for
// one of the reasons.
func standsOr(t *testing.T, draw func(float64) (Picture, error), reasons ...error) {
	t.Helper()
	_, err := draw(0.1)
	for _, r := range reasons {
		if errors.Is(err, r) {
			return
		}
	}
	stands(t, draw)
}
