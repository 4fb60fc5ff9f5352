package charts

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/wcharczuk/go-chart/v2"
)

// Sample is one moment of a recorded activity.
type Sample struct {
	Seconds  float64 // since the start
	Distance float64 // metres since the start
	Speed    float64 // metres per second; where it is not known it follows from distance and time
	Heart    float64 // beats per minute; 0 or NaN where it is not known
}

// Panel is the text over one curve and the mean in it.
type Panel struct {
	Title string
	Note  string  // after the title, such as "min/km, faster is higher"
	Mean  string  // such as "avg 4:55"; empty for no line
	At    float64 // the mean: seconds over Over metres, Length metres an hour, or beats per minute
}

// PaceHeart is the pace, or the speed, and the heart rate of one activity over
// its distance; over its time where it has none. A curve without data has no
// panel.
type PaceHeart struct {
	Eyebrow  string // small line over the title, shown in capitals
	Title    string
	Subtitle string
	Stats    []Stat // at most four
	Samples  []Sample
	Pace     Panel
	Heart    Panel
	Over     float64                // metres that a pace is over, such as 1000 or 100; 0 shows speed
	Length   float64                // metres to one unit of distance; 0 means 1000
	Unit     string                 // of distance
	Minutes  string                 // unit of the axis where there is no distance
	Scale    func(v float64) string // text of a value on an axis; nil for plain digits
	Alt      string                 // what the picture says, in one sentence
	Dark     bool
}

// Draw draws the curves. It fails with ErrEmpty where no curve has data.
func (p PaceHeart) Draw() (Picture, error) { return p.draw(1) }

// pace is a PaceHeart that has been laid out.
type pace struct {
	*canvas
	in     PaceHeart
	x1     float64 // the end of the axis, in its unit
	ticks  []float64
	labels []string
	left   Rect // the plot's place from side to side
}

// The measures of a pace card.
const (
	statsHigh   = 148.0 // of the row of figures
	panelHigh   = 452.0
	panelAlone  = 640.0
	panelGap    = 28.0
	panelHead   = 118.0 // from panel to the highest line
	panelFoot   = 80.0
	curveWidth  = 5.0
	curveBottom = 46.0 // under the last panel
)

func (p PaceHeart) draw(scale float64) (Picture, error) {
	if !(p.Length >= 1 && p.Length < 1e9) {
		p.Length = 1000
	}
	ts, err := newTypesetter()
	if err != nil {
		return Picture{}, err
	}
	p = ts.cleanPace(p)
	run := newRecording(p.Samples)
	curves := p.curves(run)
	if len(curves) == 0 {
		return Picture{}, ErrEmpty
	}
	th := themeFor(p.Dark)
	head := ts.cleanHeader(p.Eyebrow, p.Title, p.Subtitle)
	top := head.bottom()
	if len(p.Stats) > 0 {
		top += statsHigh
	}
	high := panelHigh
	if len(curves) == 1 {
		high = panelAlone
	}
	n := float64(len(curves))
	around := top + (n-1)*panelGap + curveBottom
	high = min(high, math.Floor((tallest-around)/n))

	l := pace{in: p, canvas: newCanvas(ts, th, around+n*high, scale)}
	l.header(head)
	l.stats(p.Stats, head.bottom()-34, 58)
	l.layAxis(run, curves)
	for i, k := range curves {
		card := Rect{edge, top + float64(i)*(high+panelGap), width - 2*edge, high}
		if err := l.drawPanel(card, k); err != nil {
			return Picture{}, err
		}
	}
	return l.picture(p.Alt), nil
}

// cleanPace makes the strings drawable.
func (ts *typesetter) cleanPace(p PaceHeart) PaceHeart {
	p.Stats = ts.cleanStats(p.Stats, 4)
	for _, s := range []*string{&p.Pace.Title, &p.Pace.Note, &p.Pace.Mean, &p.Heart.Title, &p.Heart.Note, &p.Heart.Mean, &p.Unit, &p.Minutes} {
		*s = ts.text(*s)
	}
	return p
}

// curve is what one panel shows.
type curve struct {
	Panel
	heart  bool
	pieces [][]pt // unbroken, in the units of the axes
	lines  []float64
	down   bool // less is higher
	label  func(v float64) string
}

// curves are those that have data.
func (p PaceHeart) curves(run recording) []curve {
	var out []curve
	x := func(i int) float64 { return run.at(i, p.Length) }
	y := func(v float64) float64 { return v * 3600 / p.Length }
	k := curve{Panel: p.Pace, label: p.plain}
	if p.paces() {
		y = func(v float64) float64 { return p.Over / v }
		k.down, k.label = true, clock
	}
	if k.pieces = run.curve(run.speed, x, y); len(k.pieces) > 0 && run.overDistance() {
		if k.down {
			least := 5.0
			if p.Over >= 400 {
				least = 30
			}
			k.lines = bounds(k.pieces, 0.02, clockSteps, least)
		} else {
			k.lines = bounds(k.pieces, 0.02, speedSteps, 0)
		}
		out = append(out, k)
	}
	h := curve{Panel: p.Heart, heart: true, label: p.plain}
	if h.pieces = run.curve(run.heart, x, func(v float64) float64 { return v }); len(h.pieces) > 0 {
		h.lines = bounds(h.pieces, 0, heartSteps, 0)
		out = append(out, h)
	}
	return out
}

// paces says whether pace is shown and not speed.
func (p PaceHeart) paces() bool { return p.Over >= 1 && p.Over < 1e6 }

// The steps that lines may have: seconds, units an hour, beats a minute.
var (
	clockSteps = []float64{5, 10, 15, 30, 60, 120, 300, 600, 1200, 3600}
	speedSteps = []float64{1, 2, 5, 10, 20, 50, 100, 200}
	heartSteps = []float64{10, 20, 40, 60}
)

// bounds are the values of the lines that hold a curve but for a share of its
// lowest and of its highest values: three to six, in the least step that is
// enough.
func bounds(pieces [][]pt, cut float64, steps []float64, least float64) []float64 {
	var all []float64
	for _, piece := range pieces {
		for _, p := range piece {
			all = append(all, p.y)
		}
	}
	low, lo, hi, high := slices.Min(all), quantile(all, cut), quantile(all, 1-cut), slices.Max(all)
	for i, step := range steps {
		// What is only just outside gets its room too: it is rather shown than cut.
		from, to := math.Floor(max(low, lo-0.6*step)/step), math.Ceil(min(high, hi+0.6*step)/step)
		if i < len(steps)-1 && (step < least || to-from > 5) {
			continue
		}
		to = min(to, from+200)
		for to-from < 2 {
			if from > 0 && to-from < 1 {
				from--
				continue
			}
			to++
		}
		each := math.Ceil((to - from) / 5)
		var out []float64
		for v := from; v < to+each; v += each {
			out = append(out, v*step)
		}
		return out
	}
	return nil
}

// clock is a number of seconds as minutes and seconds.
func clock(v float64) string {
	s := int(math.Round(v))
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// plain is a number on an axis.
func (p PaceHeart) plain(v float64) string {
	if p.Scale != nil {
		return p.Scale(v)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// layAxis finds the x axis and the sides of the plots, which all panels share.
func (l *pace) layAxis(run recording, curves []curve) {
	l.x1 = max(run.at(run.len()-1, l.in.Length), 1e-3)
	unit := l.in.Unit
	if !run.overDistance() {
		unit = l.in.Minutes
	}
	for _, v := range ticks(l.x1, 7) {
		if v <= l.x1*1.0001 {
			l.ticks = append(l.ticks, v)
			l.labels = append(l.labels, l.text(l.in.plain(v)))
		}
	}
	last := len(l.labels) - 1
	l.labels[last] += "\u00a0" + unit
	for i, s := range l.labels {
		l.labels[i], _ = l.fit(s, l.theme.axisText(), 220)
	}
	side := 0.0
	for _, k := range curves {
		for _, v := range k.lines {
			side = max(side, l.measure(l.text(k.label(v)), l.theme.axisText()))
		}
	}
	l.left = Rect{X: inner, W: right - inner - min(side, 200) - 22}
}

// drawPanel draws one curve on its card.
func (l *pace) drawPanel(card Rect, k curve) error {
	th := l.theme
	l.panel(card)
	l.panelTitle(card, k)
	p := plot{canvas: l.canvas, box: l.left, x0: 0, x1: l.x1, y0: k.lines[0], y1: k.lines[len(k.lines)-1]}
	p.box.Y, p.box.H = card.Y+panelHead, card.H-panelHead-panelFoot
	if k.down {
		p.y0, p.y1 = p.y1, p.y0
	}
	labels := make([]string, len(k.lines))
	for i, v := range k.lines {
		labels[i], _ = l.fit(l.text(k.label(v)), th.axisText(), 200)
	}
	p.grid(k.lines, labels, right)
	l.xLabels(&p)
	return p.draw(l.series(k, &p)...)
}

// series are the pieces of a curve and its mean.
func (l *pace) series(k curve, p *plot) []chart.Series {
	col := l.theme.sport(Ride)
	if k.heart {
		col = l.theme.vivid
	}
	var out []chart.Series
	for _, piece := range fine2(k.pieces, p) {
		s := chart.ContinuousSeries{Style: lineStyle(col, curveWidth)}
		for _, v := range piece {
			s.XValues = append(s.XValues, v.x)
			s.YValues = append(s.YValues, max(min(p.y0, p.y1), min(max(p.y0, p.y1), v.y)))
		}
		out = append(out, areaSeries{s, col})
	}
	if at := k.At; k.Mean != "" && at > min(p.y0, p.y1) && at < max(p.y0, p.y1) {
		out = append(out, chart.ContinuousSeries{
			XValues: []float64{p.x0, p.x1}, YValues: []float64{at, at}, Style: lineStyle(l.theme.ink, 3.5, 7, 9),
		})
	}
	return out
}

// panelTitle writes the line over a curve.
func (l *pace) panelTitle(card Rect, k curve) {
	th := l.theme
	base := card.Y + 62
	end := right
	if k.Mean != "" {
		st := th.label().in(th.ink)
		st.weight, st.digits = semibold, true
		mean, _ := l.fit(k.Mean, st, 300)
		end -= l.write(mean, right, base, st.to(1)) + 14
		mid := base - st.size*capHeight/2
		l.segment(end-46, mid, end, mid, stroke{width: 3.5, butt: true, dash: []float64{7, 6}}, th.ink)
		end -= 46 + 24
	}
	title, _ := l.fit(k.Title, th.heading(), end-inner)
	x := inner + l.write(title, inner, base, th.heading()) + 16
	if l.measure(k.Note, th.quiet()) <= end-x { // half a note is none
		l.write(k.Note, x, base, th.quiet())
	}
}

// xLabels writes the distances under a plot, as many as there is room for.
func (l *pace) xLabels(p *plot) {
	st := l.theme.axisText().to(0.5)
	free := right
	for i := len(l.ticks) - 1; i >= 0; i-- {
		w := l.measure(l.labels[i], st)
		x := max(p.box.X+w/2, min(p.box.Right()-w/2, p.atX(l.ticks[i])))
		if x+w/2+14 > free {
			continue
		}
		free = x - w/2
		l.write(l.labels[i], x, p.box.Bottom()+46, st)
	}
}

// fine2 thins pieces out to a point every two pixels, and leaves a gap that
// can be seen where a curve is broken.
func fine2(pieces [][]pt, p *plot) [][]pt {
	const step, gap = 2.0, 9.0
	perPixel := (p.x1 - p.x0) / p.box.W
	var out [][]pt
	for _, piece := range pieces {
		var thin []pt
		sum, n, bin := pt{}, 0.0, math.NaN()
		for i, v := range piece {
			if b := math.Floor(v.x / perPixel / step); b != bin || i == 0 {
				if n > 0 {
					thin = append(thin, pt{sum.x / n, sum.y / n})
				}
				sum, n, bin = pt{}, 0, b
			}
			sum, n = pt{sum.x + v.x, sum.y + v.y}, n+1
		}
		thin = append(thin, pt{sum.x / n, sum.y / n})
		if len(out) > 0 {
			last := out[len(out)-1]
			end := last[len(last)-1].x + gap*perPixel
			thin = slices.DeleteFunc(thin, func(v pt) bool { return v.x < end })
		}
		if len(thin) > 0 {
			out = append(out, thin)
		}
	}
	return out
}
