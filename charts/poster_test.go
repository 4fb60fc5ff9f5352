package charts

import (
	"errors"
	"math"
	"slices"
	"testing"
)

// raysOf are the lengths of the rays of a poster by day.
func raysOf(p Picture) map[int]float64 {
	out := map[int]float64{}
	for i, m := range marks(p, MarkRay) {
		s := p.Strokes[i]
		out[m.Index] = math.Hypot(s.X1-s.X0, s.Y1-s.Y0)
	}
	return out
}

func TestRaysAreAsLongAsTheirDays(t *testing.T) {
	for _, y := range []YearPoster{year26(), winter26()} {
		p := mustDraw(t, y.draw, 0.2)
		lengths := raysOf(p)
		longest, best := 0.0, 0.0
		for i, r := range y.Days {
			longest, best = max(longest, lengths[i]), max(best, r.Value)
		}
		if longest < 100 {
			t.Errorf("the longest ray has %.0f pixels", longest)
		}
		for i, r := range y.Days {
			want := longest * r.Value / best
			if r.Value > 0 && want < rayLeast {
				want = rayLeast
			}
			if math.Abs(lengths[i]-want) > 0.5 {
				t.Errorf("day %d: %.1f pixels, want %.1f", i, lengths[i], want)
			}
		}
	}
}

// winter26 has its long days where the title stands over the dial.
func winter26() YearPoster {
	y := year26()
	y.Days = append(slices.Clone(y.Days[182:]), y.Days[:182]...)
	return y
}

func TestRaysHaveTheColourOfTheirSportAndGoRoundTheYear(t *testing.T) {
	y := year26()
	y.Days = make([]Ray, 365)
	y.Days[0] = Ray{Sport: Swim, Value: 60}
	y.Days[91] = Ray{Sport: Ride, Value: 60}
	y.Days[273] = Ray{Sport: "curling", Value: 60}
	p := mustDraw(t, y.draw, 1)
	got := marks(p, MarkRay)
	if len(got) != 3 || got[0].Sport != Swim || got[1].Sport != Ride || got[2].Sport != Other {
		t.Fatalf("rays %+v", got)
	}
	up, right, left := p.Strokes[0], p.Strokes[1], p.Strokes[2]
	if up.Y1 >= up.Y0 || right.X1 <= right.X0 || left.X1 >= left.X0 {
		t.Errorf("rays go %+v, %+v, %+v", up, right, left)
	}
	want := themeFor(true).sports[Ride]
	at := p.Image.RGBAAt(int((right.X0+right.X1)/2), int((right.Y0+right.Y1)/2))
	if at.R != want.R || at.G != want.G || at.B != want.B {
		t.Errorf("the ray of a ride is %v, its sport %v", at, want)
	}
}

func TestOneEndlessDayDoesNotMakeDotsOfTheOthers(t *testing.T) {
	y := year26()
	y.Days[100].Value = 1e11
	if n := raysOf(mustDraw(t, y.draw, 0.2)); n[180] <= rayLeast {
		t.Errorf("a usual day has a ray of %.1f pixels", n[180])
	}
}

func TestRestHasADotAndDaysToComeHaveNothing(t *testing.T) {
	y := year26()
	y.Days = make([]Ray, 365)
	dots := mustDraw(t, y.draw, 1)
	for i := range y.Days {
		y.Days[i].Ahead = true
	}
	none := mustDraw(t, y.draw, 1)
	if slices.Equal(dots.Image.Pix, none.Image.Pix) || len(marks(none, MarkRay)) != 0 {
		t.Error("days to come look like days of rest")
	}
}

func TestTheWallHidesEndsAndLeavesOutShortRoutes(t *testing.T) {
	y := year26()
	y.Routes[3].Track = y.Routes[3].Track[:20]
	y.Routes[5].ID = ""
	p := mustDraw(t, y.draw, 0.2)
	if n := len(marks(p, MarkCell)); n != 14 {
		t.Fatalf("%d shapes hang on the wall", n)
	}
	for _, s := range p.Strokes[len(marks(p, MarkRay)):] {
		inside := slices.ContainsFunc(marks(p, MarkCell), func(m Mark) bool {
			b := m.Box
			return s.X0 > b.X-1 && s.X0 < b.Right()+1 && s.Y0 > b.Y-1 && s.Y0 < b.Bottom()+1
		})
		if !inside {
			t.Fatalf("a line leaves its place: %+v", s)
		}
	}
	r := y.Routes[0]
	w, middle := mustWay(t, r.Track, r.ID), newPlane(r.Track.valid().stretches())
	box := marks(p, MarkCell)[0].Box
	v := newView(w.pieces, box)
	for _, s := range p.Strokes[len(marks(p, MarkRay)):] {
		if s.X0 > box.Right()+1 || s.Y0 > box.Bottom()+1 {
			break
		}
		if d := aside(middle.spot(r.Track[0]), v.ground(s.X0, s.Y0), v.ground(s.X1, s.Y1)); d < 200 {
			t.Fatalf("a shape comes within %.0f m of the start", d)
		}
	}
}

func TestAPosterShowsWhatItIsGiven(t *testing.T) {
	y := year26()
	p := mustDraw(t, y.draw, 0.2)
	want := []string{"MORNING MOVERS", y.Year, y.Total, y.Unit, y.Hint, y.Biggest, "Walk & hike", "Aug"}
	for _, s := range y.Totals {
		want = append(want, s.Value, s.Label)
	}
	for _, a := range y.Awards {
		want = append(want, a.Name, a.Text)
	}
	for _, s := range want {
		find(t, p, s)
	}
}

func TestAPosterWithoutADayIsNotDrawn(t *testing.T) {
	if _, err := (YearPoster{Year: "2026"}).Draw(); !errors.Is(err, ErrEmpty) {
		t.Errorf("%v", err)
	}
}
