package charts

import (
	"math"
	"strconv"
)

// mostDaily is where a day's part is cut, in seconds: more than a thousand
// people can do.
const mostDaily = 1e8

// axis is a scale of hours from 0.
type axis struct {
	step float64 // hours from label to label
	top  float64 // the highest label
	unit string
}

// newAxis makes a scale for values up to peak hours: at most five labels, on
// numbers that people count in.
func newAxis(peak float64, unit string) axis {
	for _, step := range []float64{1, 2, 4, 10, 20, 40} {
		if a := (axis{step: step, unit: unit}); a.reaches(peak) {
			a.top = step * max(1, math.Ceil(peak/step-1e-9))
			if step == 1 && a.top > 2 {
				continue
			}
			return a.lowered(peak)
		}
	}
	step := 100.0
	for step*5 < peak {
		step *= 2
	}
	return axis{step: step, top: step * math.Ceil(peak/step), unit: unit}
}

// lowered is the scale without its upper half step, where nothing reaches into
// it and there is a line half a step lower.
func (a axis) lowered(peak float64) axis {
	if top := a.top - a.step/2; a.labels() > 1 && a.between() == 2 && peak <= top {
		a.top = top
	}
	return a
}

// between is how many lines there are for a label: two where labels are few.
func (a axis) between() int {
	if a.top <= 4*a.step {
		return 2
	}
	return 1
}

func (a axis) reaches(peak float64) bool { return a.step*5 >= peak }

// labels is how many labels the scale has over 0.
func (a axis) labels() int { return int(math.Floor(a.top/a.step + 1e-9)) }

// label is the text at the nth line.
func (a axis) label(n int) string {
	s := strconv.FormatFloat(a.step*float64(n), 'f', -1, 64)
	if a.unit == "" {
		return s
	}
	return s + "\u00a0" + a.unit
}

func (p *days) axisStyle() style {
	st := p.theme.quiet()
	st.align, st.digits = 1, true
	return st
}

// axisWidth is the width of the widest label.
func (p *days) axisWidth() float64 {
	w := 0.0
	for n := 1; n <= p.axis.labels(); n++ {
		w = max(w, p.measure(p.axis.label(n), p.axisStyle()))
	}
	return min(w, 200)
}

// grid draws a line at each label, a line between them where they are few,
// and the base line.
func (p *days) grid() {
	between := p.axis.between()
	lines := math.Round(p.axis.top / p.axis.step * float64(between))
	for i := 1; i <= int(lines); i++ {
		y := math.Round(p.plot.Bottom() - p.plot.H*float64(i)/lines)
		line := Rect{p.plot.X, y - 1, p.plot.W, 2}
		col := p.theme.thin
		if i%between == 0 {
			col = p.theme.line
		}
		p.rect(line, corners{}, col)
		p.mark(MarkLine, i, "", line)
		if i%between == 0 {
			s, _ := p.fit(p.axis.label(i/between), p.axisStyle(), 200)
			p.writeMid(s, p.plot.X-20, y, p.axisStyle())
		}
	}
	p.rect(Rect{p.plot.X, p.plot.Bottom(), p.plot.W, 2}, corners{}, p.theme.axis)
}
