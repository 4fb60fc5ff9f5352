package charts

import (
	"image/color"
	"math"
	"strconv"

	"github.com/wcharczuk/go-chart/v2"
)

// WeekTotal is one week in a Weeks.
type WeekTotal struct {
	Value float64 // in the unit of the card; not finite or negative counts as 0
	Label string  // the date of its first day
}

// Weeks is the trend of one figure over up to 12 weeks, with its mean of four
// weeks. A mean needs four whole weeks; the best week is marked when there are
// four to choose from.
type Weeks struct {
	Eyebrow  string // small line over the title, shown in capitals
	Title    string
	Subtitle string
	Figure   string                 // the last week's value, formatted, without unit
	Unit     string                 // after the figure, such as "km this week"
	Change   string                 // of the last week, formatted, without sign; may be empty
	Trend    Trend                  // which way Change went
	Against  string                 // what Change is against
	Weeks    []WeekTotal            // oldest first; of more than 12 the last are shown
	Running  bool                   // the last week is not over: it is hatched and in no mean
	Scale    func(v float64) string // text of a value on the axis; nil for plain digits
	Past     string                 // legend of the weeks before
	Last     string                 // legend of the last week
	Mean     string                 // legend of the mean
	Best     string                 // legend of the best week
	Alt      string                 // what the picture says, in one sentence
	Dark     bool
}

// maxWeeks is the most weeks that a picture has room for.
const maxWeeks = 12

// meanOf is how many weeks a mean is of.
const meanOf = 4

// Draw draws the weeks. It fails with ErrEmpty without weeks.
func (w Weeks) Draw() (Picture, error) { return w.draw(1) }

// weeks is a Weeks that has been laid out.
type weeks struct {
	plot
	in     Weeks
	values []float64
	labels []string
	best   int // of values; -1 for none
	whole  int // weeks that are over
}

// The measures of a trend card.
const (
	trendHeight = 1080.0
	trendHead   = 216.0 // from card to the highest tick
	trendFoot   = 84.0  // for the dates
)

func (w Weeks) draw(scale float64) (Picture, error) {
	if len(w.Weeks) == 0 {
		return Picture{}, ErrEmpty
	}
	ts, err := newTypesetter()
	if err != nil {
		return Picture{}, err
	}
	th := themeFor(w.Dark)
	head := ts.cleanHeader(w.Eyebrow, w.Title, w.Subtitle)
	p := weeks{in: ts.cleanTrend(w)}
	p.canvas = newCanvas(ts, th, trendHeight, scale)
	p.choose()

	p.header(head)
	card := Rect{edge, head.bottom(), width - 2*edge, trendHeight - edge - head.bottom()}
	p.panel(card)
	p.figures(card)
	keys := p.layKeys(p.keys(), right-inner)
	foot := card.Bottom() - 42 - keys.height()
	p.keyRows(keys, inner, foot)
	if err := p.drawPlot(card.Y+trendHead, foot-trendFoot-14); err != nil {
		return Picture{}, err
	}
	return p.picture(w.Alt), nil
}

// cleanTrend makes the strings drawable and keeps the last weeks.
func (ts *typesetter) cleanTrend(w Weeks) Weeks {
	w.Weeks = w.Weeks[max(0, len(w.Weeks)-maxWeeks):]
	for _, s := range []*string{&w.Figure, &w.Unit, &w.Change, &w.Against, &w.Past, &w.Last, &w.Mean, &w.Best} {
		*s = ts.text(*s)
	}
	return w
}

// choose takes the values and finds the best of them, the latest among equals.
func (p *weeks) choose() {
	p.best = -1
	for i, week := range p.in.Weeks {
		v := amount(week.Value)
		p.values = append(p.values, v)
		p.labels = append(p.labels, p.text(week.Label))
		if v > 0 && (p.best < 0 || v >= p.values[p.best]) {
			p.best = i
		}
	}
	p.whole = len(p.values)
	if p.in.Running {
		p.whole--
	}
	if len(p.values) < meanOf {
		p.best = -1
	}
}

// figures draws the last week's value and its change.
func (p *weeks) figures(card Rect) {
	th := p.theme
	base := card.Y + 114
	hero := p.shrink(th.hero(), 72, 520, p.in.Figure)
	figure, _ := p.fit(p.in.Figure, hero, 520)
	x := inner + p.write(figure, inner, base, hero)
	change := th.value()
	change.ink = th.ink3
	if p.in.Trend == Up {
		change.ink = th.good
	}
	text, _ := p.fit(p.in.Change, change, 220)
	side := 0.0
	if text != "" {
		const step = 34.0
		lines, up := p.even(p.in.Against, th.quiet(), 340), base-30
		if len(lines) > 1 {
			up -= 26
		}
		side = p.write(text, right, up, change.to(1))
		if p.in.Trend == Up || p.in.Trend == Down {
			p.arrow(right-side-12, up-change.size*capHeight/2, p.in.Trend == Up, change.ink)
			side += 40
		}
		for i, line := range lines {
			side = max(side, p.write(line, right, up+44+step*float64(i), th.quiet().to(1)))
		}
	}
	room := right - side - 28 - x - 20
	if room < 90 {
		return
	}
	p.writeFit(p.in.Unit, x+20, base, room, p.shrink(th.body(), 28, room, p.in.Unit))
}

// even breaks text into at most two lines, of much the same width.
func (ts *typesetter) even(s string, st style, room float64) []string {
	lines := ts.broken(s, st, room, 2)
	for room -= 10; len(lines) == 2 && room > 120; room -= 10 {
		narrower := ts.broken(s, st, room, 3)
		if len(narrower) > 2 {
			break
		}
		lines = narrower
	}
	return lines
}

// arrow draws a large triangle whose right corner is at x, centred on y.
func (c *canvas) arrow(x, y float64, up bool, col color.NRGBA) {
	const w, h = 27.0, 22.0
	if !up {
		y -= h / 2
		c.polygon(col, x-w, y, x, y, x-w/2, y+h)
		return
	}
	y += h / 2
	c.polygon(col, x-w, y, x, y, x-w/2, y-h)
}

// means is the mean of four weeks as the chart library has it, from the fourth
// week on. Its period counts the steps between values, not the values, and
// where it has fewer it takes the mean of those: these are left out.
func (p *weeks) means() chart.ValuesProvider {
	xs := make([]float64, p.whole)
	for i := range xs {
		xs[i] = float64(i)
	}
	values := chart.ContinuousSeries{XValues: xs, YValues: p.values[:p.whole]}
	return from{chart.SMASeries{InnerSeries: values, Period: meanOf - 1}, meanOf - 1}
}

func (p *weeks) hasMean() bool { return p.whole > meanOf }

// drawPlot draws the grid, the bars, the mean and the dates.
func (p *weeks) drawPlot(top, bottom float64) error {
	peak := 0.0
	for _, v := range p.values {
		peak = max(peak, v)
	}
	lines := ticks(peak, 5)
	labels := make([]string, len(lines))
	for i, v := range lines {
		labels[i] = p.axisLabel(v)
	}
	labels[0] = ""
	side := min(200, p.widest(p.theme.axisText(), labels...))
	for i := range labels {
		labels[i], _ = p.fit(labels[i], p.theme.axisText(), 200)
	}
	n := len(p.values)
	p.box = Rect{inner, top, right - inner - side - 22, bottom - top}
	p.x0, p.x1, p.y0, p.y1 = -0.5, float64(n)-0.5, 0, lines[len(lines)-1]
	p.grid(lines, labels, right)

	series := []chart.Series{barSeries{values: p.values, share: 0.68, round: 12, paint: p.paintBar}}
	if p.hasMean() {
		series = append(series,
			lineSeries{p.means(), lineStyle(p.theme.card, 15)},
			lineSeries{p.means(), lineStyle(p.theme.ink, 6)})
	}
	if err := p.draw(series...); err != nil {
		return err
	}
	p.trophy()
	p.dates()
	return nil
}

func (p *weeks) axisLabel(v float64) string {
	if p.in.Scale != nil {
		return p.text(p.in.Scale(v))
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// paintBar paints a week: pale, the last one strong, or hatched while it runs.
func (p *weeks) paintBar(c *canvas, i int, box Rect, k corners) {
	strong := c.theme.vivid
	pale := c.theme.pale(strong, 0.38)
	switch {
	case i < len(p.values)-1:
		c.rect(box, k, pale)
	case p.in.Running:
		c.hatch(box, k, strong)
	default:
		c.rect(box, k, strong)
	}
}

// hatch paints a rectangle with slanting stripes and an outline.
func (c *canvas) hatch(box Rect, k corners, col color.NRGBA) {
	const rim, step = 4.0, 16.0
	c.rect(box, k, col)
	in := Rect{box.X + rim, box.Y + rim, box.W - 2*rim, box.H - rim}
	if in.W <= 0 || in.H <= 0 {
		return
	}
	ground := c.theme.pale(col, 0.16)
	c.traceRect(in, corners{tl: max(0, k.tl-rim), tr: max(0, k.tr-rim)})
	c.fillShade(func(x, y float64) color.NRGBA {
		t := math.Mod(x+y, step)
		near := max(0, min(1, 3.4-math.Abs(t-step/2)))
		return mix(ground, col, near*0.62)
	})
}

// trophy marks the best week over its bar.
func (p *weeks) trophy() {
	if p.best < 0 {
		return
	}
	x, y := p.atX(float64(p.best)), p.atY(p.values[p.best])-34
	p.circle(x, y, 26, p.theme.card)
	p.icon("emoji_events", x, y, 44, p.theme.medals[0])
}

// dates writes as many dates as there is room for, always the last one.
func (p *weeks) dates() {
	st := p.theme.small().to(0.5)
	n := len(p.labels)
	step := p.box.W / float64(n)
	widest := min(p.widest(st, p.labels...), 260)
	every := max(1, int(math.Ceil((widest+24)/step)))
	if n > 8 {
		every = max(every, 2)
	}
	free := right + 24
	for i := n - 1; i >= 0; i -= every {
		s, _ := p.fit(p.labels[i], st, 260)
		half := p.measure(s, st) / 2
		x := max(inner+half, min(right-half, p.atX(float64(i))))
		if x+half+20 > free {
			continue
		}
		free = x - half
		col := st
		if i == n-1 {
			col = col.in(p.theme.ink2)
		}
		p.write(s, x, p.box.Bottom()+46, col)
	}
}
