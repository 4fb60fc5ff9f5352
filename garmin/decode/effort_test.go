package decode

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// ran is a run of one point a row: seconds, metres.
func ran(rows ...[2]float64) Session {
	s := Session{Sport: "running", Start: morning}
	for _, r := range rows {
		p := blank()
		p.at, p.distance = fitMillis(morning)+int64(r[0]*1000), units(r[1], 100)
		s.points = append(s.points, p)
	}
	return s
}

func TestTheFastestStretchLiesBetweenPoints(t *testing.T) {
	// 100 m at 4 m/s, 400 m at 5 m/s, 100 m at 2 m/s.
	s := ran([2]float64{0, 0}, [2]float64{25, 100}, [2]float64{105, 500}, [2]float64{155, 600})
	for metres, want := range map[float64]time.Duration{
		400: 80 * time.Second, 200: 40 * time.Second, 450: 92500 * time.Millisecond, 600: 155 * time.Second,
	} {
		if got, ok := s.Fastest(metres); !ok || got != want {
			t.Errorf("%v m: %v %v, want %v", metres, got, ok, want)
		}
	}
	if got, ok := s.Fastest(601); ok {
		t.Errorf("601 m of 600: %v", got)
	}
	if got := s.Splits(); len(got) != 1 || got["400"] != 80 {
		t.Errorf("splits %v", got)
	}
}

func TestAPauseCountsAndAnErrorOfTheSatellitesDoesNot(t *testing.T) {
	paused := ran([2]float64{0, 0}, [2]float64{50, 200}, [2]float64{110, 200}, [2]float64{160, 400})
	if got, _ := paused.Fastest(400); got != 160*time.Second {
		t.Errorf("with a pause %v", got)
	}
	if got, _ := paused.Fastest(200); got != 50*time.Second {
		t.Errorf("beside a pause %v", got)
	}
	jump := ran([2]float64{0, 0}, [2]float64{50, 200}, [2]float64{51, 700}, [2]float64{101, 900})
	if got, ok := jump.Fastest(400); ok {
		t.Errorf("across a jump of 500 m in a second: %v", got)
	}
	back := ran([2]float64{0, 0}, [2]float64{50, 200}, [2]float64{60, 0}, [2]float64{120, 300})
	if got, _ := back.Fastest(300); got != time.Minute {
		t.Errorf("after a reset %v", got)
	}
}

// TestNoStartIsFaster holds the shortest time against many other starts of
// random runs.
func TestNoStartIsFaster(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 150 {
		var c course
		at, d := 0.0, 0.0
		for range 2 + r.IntN(40) {
			c.at, c.sum = append(c.at, at), append(c.sum, d)
			at += 1 + r.Float64()*9
			d += math.Floor(r.Float64()*3) * 10 * r.Float64() // now and then nothing
		}
		total := c.sum[len(c.sum)-1]
		amount := total * (0.05 + 0.9*r.Float64())
		if total < 1 {
			continue
		}
		best, least := c.shortest(amount), math.Inf(1)
		for i := range 1001 {
			from := (total - amount) * float64(i) / 1000
			least = min(least, c.first(from+amount)-c.last(from))
		}
		if best > least+1e-6 || best < least-at/20 {
			t.Fatalf("%.3f of %.3f: %.4f, by hand %.4f\n%v", amount, total, best, least, c)
		}
	}
}

// first and last return when the sum is reached and when it is left.
func (c course) first(sum float64) float64 {
	for i := range c.at {
		if c.sum[i] >= sum-1e-9 {
			if i == 0 || c.sum[i] == c.sum[i-1] {
				return c.at[i]
			}
			return c.when(i-1, sum)
		}
	}
	return c.at[len(c.at)-1]
}

func (c course) last(sum float64) float64 {
	for i := len(c.at) - 1; i >= 0; i-- {
		if c.sum[i] <= sum {
			if i == len(c.at)-1 {
				return c.at[i]
			}
			return c.when(i, sum)
		}
	}
	return c.at[0]
}

// strong is a ride with a power a second.
func strong(watts ...uint16) Session {
	s := Session{Sport: "cycling", Start: morning}
	for i, w := range watts {
		p := blank()
		p.at, p.power = fitMillis(morning)+int64(i)*1000, w
		s.points = append(s.points, p)
	}
	return s
}

func TestTheStrongestStretch(t *testing.T) {
	s := strong(100, 100, 300, 400, 500, 400, 300, 100, 100, noPower)
	for span, want := range map[time.Duration]float64{5 * time.Second: 380, time.Second: 500, 10 * time.Second: 230, 2500 * time.Millisecond: 440} {
		if got, ok := s.Strongest(span); !ok || got != want {
			t.Errorf("%v: %v %v, want %v", span, got, ok, want)
		}
	}
	if _, ok := s.Strongest(11 * time.Second); ok {
		t.Error("11 of 10 seconds")
	}
	if got := s.Powers(); len(got) != 2 || got[0] != (Power{5 * time.Second, 380}) {
		t.Error(got)
	}
	if got := strong(noPower, noPower).Powers(); len(got) > 0 {
		t.Errorf("power out of nothing: %v", got)
	}
}

func TestTheStrongestStretchMayEndAtAPoint(t *testing.T) {
	s := strong(100, 500, 0)
	for i, at := range []int64{0, 3, 7} { // 100 W for 3 s, 500 W for 4 s
		s.points[i].at = fitMillis(morning) + at*1000
	}
	if got, _ := s.Strongest(5 * time.Second); got != 420 {
		t.Errorf("%v", got)
	}
	s.points[2].at += 20_000 // the second reading stands ten seconds, then nothing does
	if got, _ := s.Strongest(20 * time.Second); got != 265 {
		t.Errorf("%v", got)
	}
}

// TestNoWindowIsStronger holds the highest mean against every window of random
// rides at a reading a second.
func TestNoWindowIsStronger(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		watts := make([]uint16, 5+r.IntN(80))
		for i := range watts {
			watts[i] = uint16(1 + r.IntN(600))
		}
		n := 1 + r.IntN(len(watts))
		want := 0.0
		for i := 0; i+n <= len(watts); i++ {
			sum := 0
			for _, w := range watts[i : i+n] {
				sum += int(w)
			}
			want = max(want, float64(sum)/float64(n))
		}
		if got, ok := strong(watts...).Strongest(time.Duration(n) * time.Second); !ok || math.Abs(got-want) > 0.051 {
			t.Fatalf("%d s of %v: %v, want %v", n, watts, got, want)
		}
	}
}
