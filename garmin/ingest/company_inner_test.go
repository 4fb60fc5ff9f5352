package ingest

import (
	"math"
	"testing"
	"time"
)

func TestNoMoreIsRememberedThanTheLastDays(t *testing.T) {
	var c company
	noon := time.Date(2026, 9, 9, 12, 0, 0, 0, time.UTC)
	for day := range 100 {
		now := noon.AddDate(0, 0, day)
		for athlete := range int64(3) {
			c.renew(listing{athlete: athlete, from: now, starts: []start{{activity: athlete*1000 + int64(day), athlete: athlete, at: now}}}, now.AddDate(0, 0, -companyDays))
		}
	}
	if len(c.starts) != 3*(companyDays+1) {
		t.Errorf("%d starts", len(c.starts))
	}
	c.renew(listing{athlete: 1, from: noon}, noon) // nothing is left of the athlete's list
	if len(c.starts) != 2*(companyDays+1) {
		t.Errorf("%d starts", len(c.starts))
	}
}

// TestMetresAreThoseOfTheGlobe: distances between towns, and across the
// poles and the line where the day changes.
func TestMetresAreThoseOfTheGlobe(t *testing.T) {
	for _, c := range []struct {
		name           string
		a, b           [2]float64
		metres, within float64
	}{
		{"Lisbon to Porto", [2]float64{38.7223, -9.1393}, [2]float64{41.1579, -8.6291}, 274_000, 1000},
		{"a hundredth of a degree", [2]float64{0, 0}, [2]float64{0, .01}, 1112, 1},
		{"at 60 degrees it is half", [2]float64{60, 0}, [2]float64{60, .01}, 556, 1},
		{"across the line", [2]float64{0, 179.999}, [2]float64{0, -179.999}, 222.4, 1},
		{"around the pole", [2]float64{89.999, 0}, [2]float64{89.999, 180}, 222.4, 1},
		{"the same spot", [2]float64{38.7, -9.1}, [2]float64{38.7, -9.1}, 0, 0},
		{"the other side of the globe", [2]float64{0, 0}, [2]float64{0, 180}, 20_015_087, 1},
	} {
		a, b := start{lat: c.a[0], lon: c.a[1]}, start{lat: c.b[0], lon: c.b[1]}
		if got := a.metres(b); math.Abs(got-c.metres) > c.within || math.Abs(got-b.metres(a)) > 1e-6 {
			t.Errorf("%s: %.1f m, want %.1f", c.name, got, c.metres)
		}
	}
}
