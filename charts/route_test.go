package charts

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// lay repeats how a route is laid out: its way and how that came to the sheet.
func (r Route) lay(t *testing.T, p Picture) (way, view) {
	t.Helper()
	w := mustWay(t, r.Track, r.ID)
	foot := edge
	if w.hilly() {
		foot += profileH
	}
	switch {
	case len(r.Stats) > 0:
		foot += statRoom
	case w.hilly():
		foot += cardGap
	}
	high := width * float64(p.Image.Rect.Dy()) / float64(p.Image.Rect.Dx())
	return w, newView(w.pieces, Rect{mapSide, mapTop, width - 2*mapSide, math.Round(high) - foot - mapFoot - mapTop})
}

// ground is the spot under a point of the sheet.
func (v view) ground(x, y float64) spot { return spot{x: v.e + (x-v.x)*v.mpp, y: v.n - (y-v.y)*v.mpp} }

func TestNothingOfTheDrawnLineIsNearTheRealEnds(t *testing.T) {
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		r := route12()
		r.ID = id
		p := mustDraw(t, r.draw, 0.2)
		w, v := r.lay(t, p)
		middle := newPlane(r.Track.valid().stretches())
		n := 0
		for _, s := range p.Strokes {
			if s.Width != routeWide {
				continue
			}
			n++
			for _, end := range []Fix{r.Track[0], r.Track[len(r.Track)-1]} {
				if d := aside(middle.spot(end), v.ground(s.X0, s.Y0), v.ground(s.X1, s.Y1)); d < 200 {
					t.Fatalf("%s: the line comes within %.0f m of an end", id, d)
				}
			}
		}
		if long := float64(n) * 8 * v.mpp; long < w.length()/2 {
			t.Errorf("%s: only about %.0f of %.0f m are recorded", id, long, w.length())
		}
	}
}

func TestADotStandsAtEachStepOfTheLine(t *testing.T) {
	r := route12()
	r.Track = oneWay(43, -8.4, 13700) // start and finish far apart: they hide no dot
	p := mustDraw(t, r.draw, 0.2)
	w, v := r.lay(t, p)
	dots := marks(p, MarkDot)
	if want := int(w.length() / 2000); len(dots) != want {
		t.Fatalf("%d dots on %.0f m, want %d", len(dots), w.length(), want)
	}
	for i, d := range dots {
		s, _ := w.at(w.first().along + 2000*float64(i+1))
		at := v.pt(s)
		if x, y := d.Box.X+d.Box.W/2, d.Box.Y+d.Box.H/2; d.Index != 2*(i+1) || math.Hypot(x-at.x, y-at.y) > 0.5 {
			t.Errorf("dot %d stands at %.0f, %.0f; the line has that distance at %.0f, %.0f", d.Index, x, y, at.x, at.y)
		}
		find(t, p, strconv.Itoa(d.Index))
	}
}

func TestMilesHaveDotsOfTheirOwn(t *testing.T) {
	r := route12()
	r.Unit, r.UnitMeters = "mi", 1609.344
	p := mustDraw(t, r.draw, 0.2)
	w, v := r.lay(t, p)
	dots := marks(p, MarkDot)
	if len(dots) < 6 {
		t.Errorf("%d dots on %.0f m", len(dots), w.length())
	}
	for _, d := range dots {
		s, _ := w.at(w.first().along + 1609.344*float64(d.Index))
		if at := v.pt(s); math.Hypot(d.Box.X+d.Box.W/2-at.x, d.Box.Y+d.Box.H/2-at.y) > 0.5 {
			t.Errorf("mile %d stands at %+v, not %+v", d.Index, d.Box, at)
		}
	}
}

func TestTheScaleBarIsAsLongAsItSays(t *testing.T) {
	r := route12()
	p := mustDraw(t, r.draw, 0.2)
	_, v := r.lay(t, p)
	bar := marks(p, MarkTick)[0].Box
	for _, l := range r.Lengths {
		if bar.W*v.mpp > 0.999*l.Meters && bar.W*v.mpp < 1.001*l.Meters {
			find(t, p, l.Text)
			return
		}
	}
	t.Errorf("the bar is %.0f m long", bar.W*v.mpp)
}

func TestNorthIsUpAndMetresAreEqualBothWays(t *testing.T) {
	v := newView([][]spot{{{x: 0, y: 0}, {x: 300, y: 100}}}, Rect{0, 0, 600, 600})
	a, b := v.pt(spot{}), v.pt(spot{x: 300, y: 100})
	if b.y >= a.y || b.x <= a.x || math.Abs((b.x-a.x)/(a.y-b.y)-3) > 1e-9 {
		t.Errorf("from %v to %v", a, b)
	}
}

func TestTheProfileIsLeftOutOnFlatGround(t *testing.T) {
	r := route12()
	if p := mustDraw(t, r.draw, 0.2); p.Image.Rect.Dy() != 270 {
		t.Errorf("with hills the picture is %d high", p.Image.Rect.Dy())
	}
	r.Track = flatten(r.Track)
	p := mustDraw(t, r.draw, 0.2)
	if p.Image.Rect.Dy() != 216 {
		t.Errorf("without hills the picture is %d high", p.Image.Rect.Dy())
	}
	for _, text := range p.Texts {
		if text.S == r.Elevation || text.S == r.Peak {
			t.Errorf("%q stands on a picture without profile", text.S)
		}
	}
}

func TestFasterIsLighter(t *testing.T) {
	w, th := mustWay(t, loop12(), "a"), themeFor(true)
	before := 0.0
	for i := range 11 {
		light := luminance(w.colourOf(th, Run, w.slow+(w.fast-w.slow)*float64(i)/10))
		if light <= before {
			t.Errorf("step %d is not lighter than the one before", i)
		}
		before = light
	}
}

func TestSurveySaysWhatThePictureShows(t *testing.T) {
	track := loop12()
	s, err := track.Survey("a")
	if err != nil {
		t.Fatal(err)
	}
	if hidden := track.length() - s.Meters; hidden < 400 || hidden > 1200 {
		t.Errorf("%.0f m are hidden", hidden)
	}
	if s.Slow < 2.5 || s.Fast > 4.5 || s.Fast <= s.Slow || s.High-s.Low < 30 {
		t.Errorf("%+v", s)
	}
	if _, err := track[:20].Survey("a"); !errors.Is(err, ErrHidden) {
		t.Errorf("a short track gives %v", err)
	}
}

func TestARouteSaysNothingButTheGivenWordsAndCounts(t *testing.T) {
	r := route12()
	given := []string{strings.ToUpper(r.Eyebrow), r.Title, r.Slow, r.Fast, r.Elevation, r.Peak}
	for _, s := range r.Stats {
		given = append(given, s.Value, s.Label)
	}
	for _, l := range r.Lengths {
		given = append(given, l.Text)
	}
	for _, text := range mustDraw(t, r.draw, 0.2).Texts {
		n, err := strconv.Atoi(strings.TrimSuffix(text.S, "\u00a0"+r.Unit))
		if !slices.Contains(given, text.S) && (err != nil || n < 0 || n > 14) {
			t.Errorf("%q stands on the picture", text.S)
		}
	}
}

func TestARouteThatIsTooShortIsNotDrawn(t *testing.T) {
	r := route12()
	r.Track = oneWay(43, -8, 600)
	if _, err := r.Draw(); !errors.Is(err, ErrHidden) {
		t.Errorf("%v", err)
	}
}
