package charts

import (
	"image/color"
	"io"
	"math"

	"github.com/wcharczuk/go-chart/v2"
)

// plot is a place on the sheet where series are drawn, with its two scales.
type plot struct {
	*canvas
	box    Rect
	x0, x1 float64 // values at the left and at the right side
	y0, y1 float64 // values at the lower and at the upper side; y0 may be the greater
}

// draw has the series drawn by a chart without axes of its own.
func (p *plot) draw(series ...chart.Series) error {
	if len(series) == 0 {
		return nil
	}
	if !(p.x1 > p.x0) || p.y0 == p.y1 || p.box.W < 1 || p.box.H < 1 {
		return errScale
	}
	hide := chart.Style{Hidden: true}
	nothing := chart.Style{FillColor: chart.ColorTransparent, StrokeColor: chart.ColorTransparent, Padding: chart.Box{IsSet: true}}
	ch := chart.Chart{
		Width: int(math.Round(p.box.W * Units)), Height: int(math.Round(p.box.H * Units)), DPI: 72,
		Background: nothing, Canvas: nothing, TitleStyle: hide,
		XAxis:          chart.XAxis{Style: hide, Range: &chart.ContinuousRange{Min: p.x0, Max: p.x1}},
		YAxis:          chart.YAxis{Style: hide, Range: &chart.ContinuousRange{Min: min(p.y0, p.y1), Max: max(p.y0, p.y1), Descending: p.y0 > p.y1}},
		YAxisSecondary: chart.YAxis{Style: hide},
		Series:         series,
	}
	provider := func(int, int) (chart.Renderer, error) {
		return &Renderer{c: p.canvas, origin: pt{p.box.X, p.box.Y}}, nil
	}
	return ch.Render(provider, io.Discard)
}

// atX is where a value stands on the sheet.
func (p *plot) atX(v float64) float64 { return p.box.X + p.box.W*(v-p.x0)/(p.x1-p.x0) }

// atY is where a value stands on the sheet.
func (p *plot) atY(v float64) float64 { return p.box.Bottom() - p.box.H*(v-p.y0)/(p.y1-p.y0) }

// grid draws a line at each value, and its label to the right of the plot,
// ending at x.
func (p *plot) grid(values []float64, labels []string, x float64) {
	st := p.theme.axisText().to(1)
	for i, v := range values {
		y := math.Round(p.atY(v))
		line := Rect{p.box.X, y - 1, p.box.W, 2}
		col := p.theme.line
		if y >= math.Round(p.box.Bottom()) {
			col = p.theme.axis
		}
		p.rect(line, corners{}, col)
		p.mark(MarkLine, i, "", line)
		p.writeMid(labels[i], x, y, st)
	}
}

// lineStyle is how a series is stroked.
func lineStyle(col color.NRGBA, width float64, dash ...float64) chart.Style {
	return chart.Style{StrokeColor: ink(col), StrokeWidth: width, StrokeDashArray: dash, FillColor: chart.ColorTransparent}
}

// widest is the width of the widest of some texts.
func (ts *typesetter) widest(st style, texts ...string) float64 {
	w := 0.0
	for _, s := range texts {
		w = max(w, ts.measure(s, st))
	}
	return w
}
