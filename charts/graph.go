package charts

import (
	"fmt"
	"math"
	"strconv"

	"github.com/wcharczuk/go-chart/v2"
)

// Graph is a plain chart for a page: bars and lines over steps, such as days,
// without title and card. What needs more is drawn by a chart.Chart of the
// chart library with a Provider.
type Graph struct {
	Width, Height int                    // pixels
	Labels        []string               // of the steps; as many are shown as there is room for
	Bars          []float64              // from 0; not finite or negative counts as 0
	Lines         []GraphLine            // over the bars
	Scale         func(v float64) string // text of a value on the axis; nil for plain digits
	Alt           string                 // what the picture says, in one sentence
	Dark          bool
}

// GraphLine is one line of a Graph.
type GraphLine struct {
	Values []float64 // one for each step; NaN where there is none
	Sport  Sport     // gives the colour; empty for that of text
}

// The measures of a graph.
const (
	leastGraph = 240
	graphPad   = 20.0
	graphSide  = 32.0
	graphFoot  = 66.0
)

// Draw draws the graph. It fails with ErrEmpty without values.
func (g Graph) Draw() (Picture, error) { return g.draw(1) }

func (g Graph) draw(scale float64) (Picture, error) {
	n, peak := g.extent()
	if n == 0 {
		return Picture{}, ErrEmpty
	}
	if min(g.Width, g.Height) < leastGraph || max(g.Width, g.Height) > maxPixels {
		return Picture{}, fmt.Errorf("a graph of %d by %d pixels cannot be drawn", g.Width, g.Height)
	}
	ts, err := newTypesetter()
	if err != nil {
		return Picture{}, err
	}
	th := themeFor(g.Dark)
	th.ground = th.card
	c := newSheet(ts, th, float64(g.Width), float64(g.Height), scale)
	lines := ticks(peak, max(1, min(5, (g.Height-80)/60)))
	labels := make([]string, len(lines))
	for i, v := range lines {
		labels[i], _ = ts.fit(ts.text(g.plain(v)), th.axisText(), 160)
	}
	end := float64(g.Width) - graphSide
	p := plot{canvas: c, x0: -0.5, x1: float64(n) - 0.5, y0: 0, y1: lines[len(lines)-1], box: Rect{
		graphSide, graphPad + 14, end - graphSide - ts.widest(th.axisText(), labels...) - 18, float64(g.Height) - graphPad - 14 - graphFoot,
	}}
	p.grid(lines, labels, end)
	if err := p.draw(g.series(c)...); err != nil {
		return Picture{}, err
	}
	p.steps(g.Labels, n, end)
	return c.picture(g.Alt), nil
}

// extent is the number of steps and the greatest value.
func (g Graph) extent() (n int, peak float64) {
	all := [][]float64{g.Bars}
	for _, l := range g.Lines {
		all = append(all, l.Values)
	}
	for _, values := range all {
		n = max(n, len(values))
		for _, v := range values {
			peak = max(peak, amount(v))
		}
	}
	return n, peak
}

func (g Graph) plain(v float64) string {
	if g.Scale != nil {
		return g.Scale(v)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// series are the bars and the unbroken pieces of the lines.
func (g Graph) series(c *canvas) []chart.Series {
	bars := c.theme.vivid
	if len(g.Lines) > 0 {
		bars = c.theme.pale(bars, 0.38)
	}
	out := []chart.Series{barSeries{values: g.Bars, share: 0.68, round: 8, paint: func(c *canvas, _ int, box Rect, k corners) {
		c.rect(box, k, bars)
	}}}
	for _, l := range g.Lines {
		col := c.theme.ink
		if l.Sport != "" {
			col = c.theme.sport(l.Sport)
		}
		points := make([]pt, len(l.Values))
		for i, v := range l.Values {
			points[i] = pt{float64(i), min(v, most)}
			if v < 0 {
				points[i].y = math.NaN()
			}
		}
		for _, piece := range pieces(points) {
			s := chart.ContinuousSeries{Style: lineStyle(c.theme.card, 11)}
			for _, p := range piece {
				s.XValues, s.YValues = append(s.XValues, p.x), append(s.YValues, p.y)
			}
			out = append(out, s)
			s.Style = lineStyle(col, 5)
			out = append(out, s)
		}
	}
	return out
}

// steps writes the labels of the steps, the last one always.
func (p *plot) steps(labels []string, n int, end float64) {
	st := p.theme.small().to(0.5)
	free := end + 24
	for i := min(n, len(labels)) - 1; i >= 0; i-- {
		s, _ := p.fit(p.text(labels[i]), st, 240)
		half := p.measure(s, st) / 2
		x := max(graphSide+half, min(end-half, p.atX(float64(i))))
		if s == "" || x+half+20 > free || x-half < graphSide {
			continue
		}
		free = x - half
		p.write(s, x, p.box.Bottom()+44, st)
	}
}
