package charts

import (
	"bytes"
	"errors"
	"image/png"
	"io"
	"math"
	"testing"

	"github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"
)

// render draws a chart of the library, with its own axes, and returns what is
// on it.
func render(t *testing.T, ch chart.Chart) (Picture, error) {
	t.Helper()
	var own *Renderer
	err := ch.Render(func(w, h int) (chart.Renderer, error) {
		r, err := Provider(false)(w, h)
		if err == nil {
			own = r.(*Renderer)
		}
		return r, err
	}, io.Discard)
	if own == nil {
		return Picture{}, err
	}
	return own.Picture(""), err
}

func plainLine(ys ...float64) chart.Chart {
	xs := make([]float64, len(ys))
	for i := range xs {
		xs[i] = float64(i)
	}
	st := chart.Style{StrokeColor: drawing.ColorBlue, StrokeWidth: 4, DotWidth: 8, DotColor: drawing.ColorRed}
	axis := chart.Style{FontSize: 28, FontColor: drawing.ColorBlack, StrokeColor: drawing.ColorBlack, StrokeWidth: 2}
	return chart.Chart{
		Width: 800 * Units, Height: 400 * Units,
		Background: chart.Style{FillColor: drawing.ColorWhite, Padding: chart.Box{Top: 100, Left: 100, Right: 300, Bottom: 200, IsSet: true}},
		XAxis:      chart.XAxis{Style: axis, Range: &chart.ContinuousRange{Min: 0, Max: max(1, float64(len(ys)-1))}},
		YAxis:      chart.YAxis{Style: axis, Range: &chart.ContinuousRange{Min: 0, Max: 10}},
		Series:     []chart.Series{chart.ContinuousSeries{XValues: xs, YValues: ys, Style: st}},
	}
}

func TestLibraryChartIsDrawnWithOurFonts(t *testing.T) {
	var b bytes.Buffer
	ch := plainLine(1, 4, 2, 9)
	ch.Title = "Łukasz 王小明 🏃"
	ch.TitleStyle = chart.Style{FontSize: 40, FontColor: drawing.ColorBlack}
	if err := ch.Render(Provider(false), &b); err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(&b)
	if err != nil || m.Bounds().Dx() != 800 || m.Bounds().Dy() != 400 {
		t.Fatalf("%v, %v", m.Bounds(), err)
	}
	p, err := render(t, ch)
	if err != nil {
		t.Fatal(err)
	}
	find(t, p, "Łukasz 王小明 🏃")
	for _, text := range p.Texts {
		if text.Tofu {
			t.Errorf("tofu in %+v", text)
		}
	}
	if len(p.Strokes) != 3 {
		t.Errorf("%d pieces of a line through four points", len(p.Strokes))
	}
}

// What the library does with such values hangs or fails with its own renderer.
func TestRendererStandsWhatIsNoNumber(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, ys := range [][]float64{{1, nan, 3, 4}, {inf, 2, 3}, {1, 2, -inf}, {nan, nan}, {1e300, -1e300, 5}, {4}, {}} {
		p, err := render(t, plainLine(ys...))
		if len(ys) > 0 && err != nil {
			t.Errorf("%v: %v", ys, err)
		}
		for _, s := range p.Strokes {
			if !finite(s.X0) || !finite(s.X1) || !finite(s.Y0) || !finite(s.Y1) {
				t.Errorf("%v draws %+v", ys, s)
			}
		}
	}
	p, err := render(t, plainLine(1, 2, nan, 4, 5))
	if err != nil || len(p.Strokes) != 2 {
		t.Errorf("%d pieces around a hole, want 2, %v", len(p.Strokes), err)
	}
}

func TestCurvesOfTheRendererAreRound(t *testing.T) {
	r, err := Provider(false)(400*Units, 400*Units)
	if err != nil {
		t.Fatal(err)
	}
	own := r.(*Renderer)
	r.SetFillColor(drawing.ColorBlack)
	r.Circle(100, 200*Units, 200*Units)
	r.Fill()
	r.MoveTo(200*Units, 200*Units)
	r.ArcTo(200*Units, 200*Units, 150*Units, 150*Units, 0, math.Pi/2)
	r.Close()
	r.Fill()
	r.QuadCurveTo(1, 1, 2, 2)
	r.ArcTo(0, 0, math.NaN(), 1, 0, math.Inf(1))
	r.Stroke()
	dark := 0
	for i := 0; i < len(own.c.img.Pix); i += 4 {
		if own.c.img.Pix[i] < 128 {
			dark++
		}
	}
	want := math.Pi * (100*100*0.75 + 150*150*0.25)
	if math.Abs(float64(dark)-want) > 0.005*want {
		t.Errorf("%d pixels, want %.0f", dark, want)
	}
}

func TestTurnedTextStandsWhereItIsMeasured(t *testing.T) {
	r, err := Provider(true)(400*Units, 400*Units)
	if err != nil {
		t.Fatal(err)
	}
	r.SetFontSize(40)
	r.SetFontColor(drawing.ColorWhite)
	flat := r.MeasureText("12 km")
	r.SetTextRotation(math.Pi / 2)
	turned := r.MeasureText("12 km")
	if d := flat.Width() - turned.Height(); d < -4 || d > 4 {
		t.Errorf("%v turned is %v", flat, turned)
	}
	r.Text("12 km", 200*Units, 100*Units)
	box := r.(*Renderer).c.texts[0].Box
	if box.H < 2*box.W || box.Y < 99 || box.X < 199 {
		t.Errorf("stands at %+v", box)
	}
}

func TestGraphDrawsBarsAndLines(t *testing.T) {
	g := graph30()
	p := mustDraw(t, g.draw, 1)
	bars := marks(p, MarkBar)
	if len(bars) != 30 {
		t.Fatalf("%d bars", len(bars))
	}
	for i, b := range bars {
		if want := bars[0].Box.H * g.Bars[i] / g.Bars[0]; math.Abs(b.Box.H-want) > 1 {
			t.Errorf("bar %d is %.1f high, want %.1f", i, b.Box.H, want)
		}
	}
	pieces := 0
	for _, s := range p.Strokes {
		if s.Width == 5 {
			pieces++
		}
	}
	if pieces != 26 {
		t.Errorf("%d pieces of a line with one hole", pieces)
	}
	if _, err := (Graph{Width: 800, Height: 400}).Draw(); !errors.Is(err, ErrEmpty) {
		t.Error(err)
	}
	g.Width = 10
	if _, err := g.Draw(); err == nil {
		t.Error("a graph ten pixels wide")
	}
}

func graph30() Graph {
	g := Graph{Width: 1080, Height: 480, Alt: "Messages a day."}
	l := GraphLine{Sport: Ride}
	for i := range 30 {
		g.Bars = append(g.Bars, 20+10*math.Sin(float64(i)))
		l.Values = append(l.Values, 22+8*math.Sin(float64(i)/3))
		g.Labels = append(g.Labels, []string{"3 Nov", "10 Nov", "17 Nov", "24 Nov", "1 Dec"}[i/7])
	}
	l.Values[12] = math.NaN()
	l.Values[29] = math.Inf(1)
	g.Lines = []GraphLine{l}
	return g
}

func FuzzGraphStandsAnything(f *testing.F) {
	for i, n := range hostileNames {
		f.Add(n, hostileValues[i%len(hostileValues)], hostileValues[(i*5+3)%len(hostileValues)], i*7)
	}
	f.Fuzz(func(t *testing.T, text string, v, w float64, n int) {
		g := Graph{Width: 1080, Height: 300 + (n%300+300)%300, Dark: n%2 == 0}
		for range (n%90 + 90) % 90 {
			g.Bars, g.Labels = append(g.Bars, v), append(g.Labels, text)
			v, w = w, v/2
		}
		g.Lines = []GraphLine{{Values: g.Bars}, {Values: []float64{v, w, v}, Sport: Run}}
		standsOr(t, g.draw, ErrEmpty)
	})
}
