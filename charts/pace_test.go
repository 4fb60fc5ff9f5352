package charts

import (
	"math"
	"math/rand/v2"
	"testing"
)

// tempo is an invented run of 12.4 km with a red light and a lost strap.
func tempo() PaceHeart {
	rnd := rand.New(rand.NewPCG(7, 7))
	p := PaceHeart{
		Eyebrow: "Chloé · Sat 14 Nov", Title: "Tempo run, Harbour loop",
		Stats: []Stat{{"12.4", "km"}, {"1:00:53", "time"}, {"4:55", "per km"}, {"146", "bpm avg"}},
		Pace:  Panel{"Pace", "min/km, faster is higher", "avg 4:55", 295},
		Heart: Panel{"Heart rate", "bpm", "avg 146", 146},
		Over:  1000, Unit: "km", Minutes: "min",
		Alt: "Tempo run, 12.4 km in 1:00:53, faster towards the end, at a heart rate of 146 on average.",
	}
	d, drift := 0.0, 0.0
	for t := 0.0; d < 12_400; t++ {
		k := d / 12_400
		drift = 0.985*drift + 1.3*rnd.NormFloat64()
		pace := 303 - 4*math.Sin(9*k) - 46*math.Pow(k, 5) - 26*math.Exp(-sq((k-0.56)*14)) + drift + 5*rnd.NormFloat64()
		s := Sample{Seconds: t, Distance: d, Speed: 1000 / pace, Heart: 118 + 30*(1-math.Exp(-9*k)) + 16*k*k*k + 0.02*drift + rnd.NormFloat64()}
		if t > 1300 && t < 1345 {
			s.Speed = 0
		}
		if d > 8000 && d < 8600 {
			s.Heart = 0
		}
		d += s.Speed
		p.Samples = append(p.Samples, s)
	}
	return p
}

func paceSamples() []sample {
	dark, alone, ride, indoors, wild := tempo(), tempo(), tempo(), tempo(), tempo()
	dark.Dark = true
	alone.Subtitle = "No strap, no heart rate"
	alone.Stats = alone.Stats[:3]
	ride.Title, ride.Over, ride.Dark = "Sunday ride", 0, true
	ride.Stats = []Stat{{"86.8", "km"}, {"3 h 02", "time"}, {"28.6", "km/h"}}
	ride.Pace, ride.Heart = Panel{"Speed", "km/h", "avg 28.6", 28.6}, Panel{"Heart rate", "bpm", "avg 146", 146}
	for i := range alone.Samples {
		alone.Samples[i].Heart = 0
		s := &ride.Samples[i]
		s.Seconds, s.Distance, s.Speed = s.Seconds*3, s.Distance*7, s.Speed*7/3
		indoors.Samples[i].Distance, indoors.Samples[i].Speed = 0, 0
	}
	indoors.Title, indoors.Stats = "Rowing machine", []Stat{{"1:00:53", "time"}, {"146", "bpm avg"}}
	wild.Pace = Panel{"Rythme de course à pied", "minutes par kilomètre, plus vite est plus haut", "moyenne de 4:55 par kilomètre", 295}
	wild.Unit = "kilomètres"
	return []sample{
		{name: "pace", draw: tempo().draw, golden: true},
		{name: "pace-dark", draw: dark.draw, golden: true},
		{name: "pace-alone", draw: alone.draw},
		{name: "pace-ride", draw: ride.draw},
		{name: "pace-indoors", draw: indoors.draw},
		{name: "pace-wild", draw: wild.draw},
	}
}

// curveStrokes are the pieces of the curves, without the means.
func curveStrokes(p Picture) (upper, lower []Stroke) {
	for _, s := range p.Strokes {
		if s.Width != curveWidth {
			continue
		}
		if s.Y0 < 836 {
			upper = append(upper, s)
		} else {
			lower = append(lower, s)
		}
	}
	return upper, lower
}

func TestFasterIsHigher(t *testing.T) {
	p := tempo()
	for i := range p.Samples {
		p.Samples[i].Speed = 3
		if p.Samples[i].Distance > 6000 {
			p.Samples[i].Speed = 4
		}
	}
	upper, _ := curveStrokes(mustDraw(t, p.draw, 0.2))
	first, last := upper[0], upper[len(upper)-1]
	if !(last.Y1 < first.Y0-100) {
		t.Errorf("4 m/s is at %.0f, 3 m/s at %.0f", last.Y1, first.Y0)
	}
}

// A stop has no pace: the curve leaves it out instead of falling to nothing.
func TestStopsAreGaps(t *testing.T) {
	p := tempo()
	p.Samples = nil
	d := 0.0
	for i := range 1800 {
		v := 4.0
		if i >= 600 && i < 700 {
			v = 0.1
		}
		d += v
		p.Samples = append(p.Samples, Sample{float64(i), d, v, 140})
	}
	upper, lower := curveStrokes(mustDraw(t, p.draw, 0.2))
	gaps := 0
	for i := 1; i < len(upper); i++ {
		if math.Abs(upper[i].Y0-upper[0].Y0) > 1 {
			t.Fatalf("the pace moves to %+v", upper[i])
		}
		if upper[i].X0 > upper[i-1].X1+5 {
			gaps++
		}
	}
	if gaps != 1 {
		t.Errorf("%d gaps in the pace, want 1", gaps)
	}
	for i := 1; i < len(lower); i++ {
		if lower[i].X0 > lower[i-1].X1+1 {
			t.Errorf("the heart stops at %+v", lower[i])
		}
	}
}

func TestLostHeartRateIsAGap(t *testing.T) {
	_, lower := curveStrokes(mustDraw(t, tempo().draw, 0.2))
	widest := 0.0
	for i := 1; i < len(lower); i++ {
		widest = max(widest, lower[i].X0-lower[i-1].X1)
	}
	if want := 600.0 / 12_400 * 850; math.Abs(widest-want) > 12 {
		t.Errorf("the gap is %.0f wide, want %.0f", widest, want)
	}
}

func TestOneSpikeDoesNotMoveTheCurve(t *testing.T) {
	p := tempo()
	for i := range p.Samples {
		p.Samples[i].Speed = 3.3
	}
	p.Samples[900].Speed, p.Samples[901].Speed = 12, 11
	upper, _ := curveStrokes(mustDraw(t, p.draw, 0.2))
	for _, s := range upper {
		if math.Abs(s.Y1-upper[0].Y0) > 1 {
			t.Fatalf("the curve moves to %+v", s)
		}
	}
}

func TestAUnitThatNoAxisCouldHoldIsAKilometre(t *testing.T) {
	for _, length := range []float64{5e-324, 1e-9, math.Inf(1), math.NaN(), -1} {
		p := tempo()
		p.Over, p.Length = 0, length
		if _, err := p.draw(0.2); err != nil {
			t.Errorf("%v metres: %v", length, err)
		}
	}
}

func TestNoDataIsNoPicture(t *testing.T) {
	p := tempo()
	for _, s := range [][]Sample{nil, {}, {{1, math.NaN(), math.NaN(), math.NaN()}}, {{math.Inf(1), 1, 1, 1}}} {
		p.Samples = s
		if _, err := p.Draw(); err != ErrEmpty {
			t.Errorf("%v: %v", s, err)
		}
	}
	p.Samples = []Sample{{1, 5, 3, 140}}
	if _, err := p.draw(0.2); err != nil {
		t.Errorf("one sample: %v", err)
	}
}

func TestPaceIsAClock(t *testing.T) {
	for in, want := range map[float64]string{0: "0:00", 59.6: "1:00", 240: "4:00", 299.9: "5:00", 3600: "1:00:00", 3675: "1:01:15"} {
		if got := clock(in); got != want {
			t.Errorf("%v s is %s, want %s", in, got, want)
		}
	}
}

func FuzzPaceStandsAnything(f *testing.F) {
	for i, n := range hostileNames {
		f.Add(n, hostileValues[i%len(hostileValues)], hostileValues[(i*5+3)%len(hostileValues)], float64(i), i*17)
	}
	f.Fuzz(func(t *testing.T, text string, v, w, step float64, n int) {
		p := PaceHeart{Eyebrow: text, Title: text, Subtitle: text, Unit: text, Minutes: text, Length: w, Over: v, Dark: n%2 == 0,
			Stats: []Stat{{text, text}, {text, text}, {text, text}, {text, text}, {text, text}},
			Pace:  Panel{text, text, text, v}, Heart: Panel{text, text, text, w}}
		for i := range (n%700 + 700) % 700 {
			s := Sample{Seconds: step * float64(i), Distance: v * float64(i), Speed: w, Heart: 100 + v}
			switch i % 3 {
			case 0:
				s = Sample{Seconds: float64(i), Distance: step * 10 * float64(i), Speed: 3, Heart: w}
			case 1:
				s.Seconds, s.Speed, s.Heart = float64(i)+w, v, step
			}
			p.Samples = append(p.Samples, s)
		}
		standsOr(t, p.draw, ErrEmpty)
	})
}
