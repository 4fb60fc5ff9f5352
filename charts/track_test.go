package charts

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// form is an invented closed course: its radius in metres at a share of the
// way round, and where it begins.
type form struct {
	mean, turn float64
	high, at   [9]float64
}

// wavy makes a pleasant form; each seed another one.
func wavy(seed uint64, mean float64) form {
	rnd := rand.New(rand.NewPCG(seed, 7))
	f := form{mean: mean, turn: rnd.Float64()}
	for i, most := range [9]float64{0.12, 0.42, 0.22, 0.13, 0.1, 0.08, 0.06, 0.06, 0.05} {
		f.high[i], f.at[i] = most*(0.35+0.65*rnd.Float64()), rnd.Float64()
	}
	return f
}

func (f form) radius(t float64) float64 {
	r := 1.0
	for i := range f.high {
		r += f.high[i] * math.Sin(2*math.Pi*(t*float64(i+1)+f.at[i]))
	}
	return f.mean * max(0.3, r)
}

// course makes a track round a form. It runs at about speed, faster and slower
// in turn, over two hills.
func course(lat, lon, laps, speed float64, f form) Track {
	var out Track
	seconds := 0.0
	var before Fix
	for i := range int(720*laps) + 1 {
		t := float64(i) / 720
		sin, cos := math.Sincos(2 * math.Pi * (t + f.turn))
		r := f.radius(t)
		fix := offset(lat, lon, r*sin, r*cos)
		if i > 0 {
			v := speed * (1 + 0.09*math.Sin(2*math.Pi*t*3) + 0.05*math.Sin(2*math.Pi*t*7))
			seconds += before.vec().far(fix.vec()) / v
		}
		fix.Seconds = seconds
		fix.Altitude = 31 + 34*math.Exp(-sq((t-0.42)/0.09)) + 19*math.Exp(-sq((t-0.76)/0.06)) + 3*math.Sin(9*t)
		out = append(out, fix)
		before = fix
	}
	return out
}

// offset is the fix so many metres to the east and north of a place.
func offset(lat, lon, east, north float64) Fix {
	p := newPlane([]Track{{{Lat: lat, Lon: lon}}})
	far := math.Hypot(east, north)
	sin, cos := math.Sincos(far / earth)
	if far == 0 {
		far = 1
	}
	e, n := sin*east/far, sin*north/far
	v := vec{
		p.middle.x*cos + p.east.x*e + p.north.x*n,
		p.middle.y*cos + p.east.y*e + p.north.y*n,
		p.middle.z*cos + p.east.z*e + p.north.z*n,
	}
	return Fix{Lat: math.Asin(max(-1, min(1, v.z))) * 180 / math.Pi, Lon: math.Atan2(v.y, v.x) * 180 / math.Pi}
}

func loop12() Track { return course(43.37, -8.4, 1, 3.4, wavy(15, 1460)) }

// nearest is the least distance, in metres, of what is drawn of a way to a place.
func (w way) nearest(p plane, to Fix, eps float64) float64 {
	end, least := p.spot(to), math.Inf(1)
	for _, piece := range w.pieces {
		line := simplify(piece, eps)
		for i := 1; i < len(line); i++ {
			least = min(least, aside(end, line[i-1], line[i]))
		}
	}
	return least
}

func mustWay(t testing.TB, track Track, id string) way {
	t.Helper()
	w, err := newWay(track, id)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestNothingNearTheEndsOfATrackIsShown(t *testing.T) {
	tracks := map[string]Track{
		"loop":           loop12(),
		"two laps":       course(43.37, -8.4, 2.3, 3.4, wavy(3, 900)),
		"there and back": thereAndBack(43.37, -8.4, 4000),
		"one way":        oneWay(43.37, -8.4, 9000),
		"antimeridian":   course(-16.8, 179.99, 1, 3, wavy(4, 2000)),
		"north pole":     course(90, 0, 1, 3, wavy(5, 2000)),
		"near a pole":    course(-89.999, 12, 1, 3, wavy(6, 2000)),
	}
	for name, track := range tracks {
		for _, id := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
			w := mustWay(t, track, id)
			p := newPlane(nearby(track.valid().stretches()))
			for _, end := range []Fix{track[0], track[len(track)-1]} {
				if d := w.nearest(p, end, mostEps); d < 200 || d > 400 && name != "one way" {
					t.Errorf("%s, %s: the line comes within %.0f m of an end", name, id, d)
				}
			}
		}
	}
}

func thereAndBack(lat, lon, far float64) Track {
	var out Track
	for i := range 401 {
		at := far * (1 - math.Abs(float64(i)/200-1))
		f := offset(lat, lon, at, 0.1*at+90*math.Sin(at/300))
		f.Seconds, f.Altitude = float64(i)*far/600, 12+at/60
		out = append(out, f)
	}
	return out
}

func oneWay(lat, lon, far float64) Track {
	var out Track
	for i := range 301 {
		at := far * float64(i) / 300
		f := offset(lat, lon, 500*math.Sin(at/1100), at)
		f.Seconds, f.Altitude = float64(i)*far/1000, math.NaN()
		out = append(out, f)
	}
	return out
}

func TestTheSameDoorIsHiddenByTheSameDiscs(t *testing.T) {
	const lat, lon = 48.1372, 11.5756
	p := newPlane([]Track{{{Lat: lat, Lon: lon}}})
	home := Fix{Lat: lat, Lon: lon}
	if zoneAt(p, home, "ana") != zoneAt(p, home, "ana") {
		t.Error("an end moved between two pictures")
	}
	seen := map[zone]bool{}
	for _, id := range []string{"ana", "ben", "chloe"} {
		for _, end := range []Fix{home, {Lat: lat + 0.1, Lon: lon}} {
			z := zoneAt(p, end, id)
			z.x, z.y = z.x-p.spot(end).x, z.y-p.spot(end).y
			if seen[z] {
				t.Errorf("%s has the disc of another place or person", id)
			}
			seen[z] = true
			if shift := math.Hypot(z.x, z.y); shift < zoneShift || z.r-shift < zoneNear-0.01 || z.r+shift > zoneFar+0.01 {
				t.Errorf("%s: disc of %.0f m, moved by %.0f", id, z.r, shift)
			}
		}
	}
}

func TestALoopIsHiddenByOneShape(t *testing.T) {
	// Start and finish lie on two sides of a border between square kilometres.
	track := Track{offset(43.375, -8.4, 0, -30), offset(43.375, -8.4, 2000, 0), offset(43.375, -8.4, 0, 30)}
	zs := zones(newPlane([]Track{track}), []Track{track}, "a")
	if len(zs) != 2 || zs[0].r != zs[1].r || math.Abs(math.Hypot(zs[0].x-zs[1].x, zs[0].y-zs[1].y)-60) > 1 {
		t.Errorf("zones %+v", zs)
	}
}

func TestWhatCannotBeShownSaysWhy(t *testing.T) {
	short := oneWay(43, -8, 700)
	tests := []struct {
		name  string
		track Track
		want  error
	}{
		{"nothing", nil, ErrEmpty},
		{"no place", Track{{Lat: math.NaN(), Lon: 3}, {Lat: 91, Lon: 1}, {}}, ErrEmpty},
		{"one fix", loop12()[:1], ErrHidden},
		{"a fix that repeats", Track{short[0], short[0], short[0]}, ErrHidden},
		{"a short way", short, ErrHidden},
		{"laps of a stadium", course(43, -8, 25, 3, form{mean: 64}), ErrHidden},
	}
	for _, tt := range tests {
		if _, err := newWay(tt.track, "a"); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	if _, err := newWay(loop12(), ""); err == nil {
		t.Error("a track without an id is shown")
	}
}

func TestAWrongFixNeitherLeadsTheLineAstrayNorOpensAnEnd(t *testing.T) {
	clean := loop12()
	p := newPlane([]Track{clean})
	spike := append(Track{}, clean...)
	spike[300].Lat += 0.2
	if w := mustWay(t, spike, "a"); len(w.pieces) != 1 {
		t.Errorf("a single wrong fix leaves %d pieces", len(w.pieces))
	}
	late := append(Track{{Lat: 42, Lon: -8.4}, {Lat: 42, Lon: -8.4, Seconds: 1}}, clean...)
	for i := range late[2:] {
		late[i+2].Seconds += 5
	}
	if d := mustWay(t, late, "a").nearest(p, clean[0], mostEps); d < 200 {
		t.Errorf("behind a wrong first fix the start is %.0f m from the line", d)
	}
}

func TestAnEvenPaceShowsTheSpeedThatWasRun(t *testing.T) {
	var track Track
	for i := range 1201 {
		f := offset(50, 8, float64(i)*3, 0)
		f.Seconds = float64(i)
		if i > 600 {
			f = offset(50, 8, 1800+float64(i-600)*4, 0)
			f.Seconds = float64(i)
		}
		track = append(track, f)
	}
	w := mustWay(t, track, "a")
	if math.Abs(w.slow-3) > 0.02 || math.Abs(w.fast-4) > 0.02 {
		t.Errorf("speeds %.2f to %.2f", w.slow, w.fast)
	}
}

func TestMetresAreTrueOnThePlane(t *testing.T) {
	for _, lat := range []float64{0, 43, -70, 89.9, 90} {
		track := course(lat, 179.999, 1, 3, form{mean: 5000})
		p := newPlane([]Track{track})
		sum := 0.0
		for i := 1; i < len(track); i++ {
			sum += p.spot(track[i-1]).to(p.spot(track[i]))
		}
		if want := 2 * math.Pi * 5000; math.Abs(sum-want) > want*0.002 {
			t.Errorf("at %v°: %.0f m round a circle of %.0f", lat, sum, want)
		}
	}
}

func TestSimplifyKeepsTheForm(t *testing.T) {
	line := mustWay(t, loop12(), "a").pieces[0]
	few := simplify(line, 5)
	if len(few) > len(line)/4 {
		t.Errorf("%d of %d spots are left", len(few), len(line))
	}
	for _, s := range line {
		least := math.Inf(1)
		for i := 1; i < len(few); i++ {
			least = min(least, aside(s, few[i-1], few[i]))
		}
		if least > 5 {
			t.Fatalf("a spot is %.1f m aside", least)
		}
	}
}
