package charts

import (
	"image/color"
	"math"

	"github.com/wcharczuk/go-chart/v2"
)

// The series here implement chart.Series beside those of the library.

// barSeries draws a standing bar from 0 for each value, at x = 0, 1, 2 and so
// on, as wide as a share of one step.
type barSeries struct {
	values []float64
	share  float64
	round  float64 // radius of the upper corners, in pixels
	paint  func(c *canvas, i int, box Rect, k corners)
}

func (s barSeries) GetName() string           { return "" }
func (s barSeries) GetStyle() chart.Style     { return chart.Style{} }
func (s barSeries) GetYAxis() chart.YAxisType { return chart.YAxisPrimary }
func (s barSeries) Validate() error           { return nil }
func (s barSeries) Len() int                  { return len(s.values) }

// GetValues lets the chart find its ranges, and other series the values.
func (s barSeries) GetValues(i int) (x, y float64) { return float64(i), s.values[i] }

// Render implements chart.Series.
func (s barSeries) Render(r chart.Renderer, box chart.Box, xr, yr chart.Range, _ chart.Style) {
	own, ok := r.(*Renderer)
	if !ok {
		return
	}
	step := float64(xr.GetDomain()) / max(xr.GetDelta(), 1e-9) / Units
	for i, v := range s.values {
		if v = amount(v); v == 0 {
			continue
		}
		mid := own.at(float64(box.Left+xr.Translate(float64(i))), float64(box.Bottom))
		high := v / yr.GetDelta() * float64(yr.GetDomain()) / Units
		w := math.Round(min(step*s.share, 132))
		bar := Rect{mid.x - w/2, mid.y - max(high, barLeast), w, max(high, barLeast)}
		own.c.mark(MarkBar, i, "", bar)
		s.paint(own.c, i, bar, corners{tl: s.round, tr: s.round})
	}
}

// areaSeries draws a line with a fading area under it.
type areaSeries struct {
	chart.ContinuousSeries
	col color.NRGBA
}

// The cover of a fading area, from its upper to its lower edge.
const (
	fadeFrom = 0.34
	fadeTo   = 0.03
)

// Render implements chart.Series.
func (s areaSeries) Render(r chart.Renderer, box chart.Box, xr, yr chart.Range, defaults chart.Style) {
	if own, ok := r.(*Renderer); ok && s.Len() > 1 {
		first, _ := s.GetFirstValues()
		last, _ := s.GetLastValues()
		own.MoveTo(box.Left+xr.Translate(first), box.Bottom)
		for i := range s.Len() {
			x, y := s.GetValues(i)
			own.LineTo(box.Left+xr.Translate(x), box.Bottom-yr.Translate(y))
		}
		own.LineTo(box.Left+xr.Translate(last), box.Bottom)
		own.Close()
		own.SetFillColor(ink(s.col))
		own.FillFade(box.Top, box.Bottom, fadeFrom, fadeTo)
	}
	s.ContinuousSeries.Render(r, box, xr, yr, defaults)
}

// from is the end of a series from its nth value on.
type from struct {
	chart.ValuesProvider
	n int
}

func (f from) Len() int                       { return max(0, f.ValuesProvider.Len()-f.n) }
func (f from) GetValues(i int) (x, y float64) { return f.ValuesProvider.GetValues(f.n + i) }

// lineSeries draws the values of another series as a line.
type lineSeries struct {
	values chart.ValuesProvider
	style  chart.Style
}

func (s lineSeries) GetName() string           { return "" }
func (s lineSeries) GetStyle() chart.Style     { return s.style }
func (s lineSeries) GetYAxis() chart.YAxisType { return chart.YAxisPrimary }
func (s lineSeries) Validate() error           { return nil }

// Render implements chart.Series.
func (s lineSeries) Render(r chart.Renderer, box chart.Box, xr, yr chart.Range, defaults chart.Style) {
	chart.Draw.LineSeries(r, box, xr, yr, s.style.InheritFrom(defaults), s.values)
}
