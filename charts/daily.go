package charts

import (
	"fmt"
	"math"
)

// Column is one day in a Daily.
type Column struct {
	Label string // the weekday
	Date  string // the day of the month
	Parts []Part // seconds by sport; not finite or negative counts as 0
	Text  string // the day's total, formatted
	Rest  string // the word over a day without activity; empty for a day to come
}

// Daily is the active time of each day of a week, stacked by sport.
type Daily struct {
	Eyebrow  string // small line over the title, shown in capitals
	Title    string
	Subtitle string
	Columns  []Column // one to seven
	Unit     string   // of the axis: the sign of the hour
	Legend   []Legend
	Alt      string // what the picture says, in one sentence
	Dark     bool
}

// maxColumns is the most days that a picture has room for.
const maxColumns = 7

// Draw draws the days. It fails with ErrEmpty without columns and refuses more
// than seven.
func (d Daily) Draw() (Picture, error) { return d.draw(1) }

// days is a Daily that has been laid out.
type days struct {
	*canvas
	columns []Column
	plot    Rect // where bars grow, from the base line to the highest tick
	axis    axis
	peak    float64 // seconds of the longest day
}

// The measures of a daily picture.
const (
	plotTop  = 64.0  // from the card to the highest tick
	plotRoom = 654.0 // from there to the base line
	plotIdle = 200.0 // the same when nobody did anything
	plotFoot = 154.0 // from the base line to the end of the card
	barShare = 0.66  // of a column's room
	barMost  = 132.0
)

func (d Daily) draw(scale float64) (Picture, error) {
	if len(d.Columns) == 0 {
		return Picture{}, ErrEmpty
	}
	if len(d.Columns) > maxColumns {
		return Picture{}, fmt.Errorf("%d columns: at most %d fit", len(d.Columns), maxColumns)
	}
	ts, err := newTypesetter()
	if err != nil {
		return Picture{}, err
	}
	th := themeFor(d.Dark)
	head := ts.cleanHeader(d.Eyebrow, d.Title, d.Subtitle)
	leg := ts.layLegend(d.Legend, th)
	p := days{columns: ts.cleanColumns(d.Columns)}
	for _, col := range p.columns {
		p.peak = max(p.peak, total(col.Parts))
	}
	p.axis = newAxis(p.peak/3600, ts.text(d.Unit))

	around := head.bottom() + plotTop + plotFoot + footPad
	if leg.height() > 0 {
		around += footGap + leg.height()
	}
	room := min(plotRoom, tallest-around)
	if p.peak == 0 {
		room = plotIdle
	}
	p.canvas = newCanvas(ts, th, around+room, scale)
	card := Rect{edge, head.bottom(), width - 2*edge, plotTop + room + plotFoot}
	p.header(head)
	p.rect(card, round(cardRound), th.card)
	left := inner + p.axisWidth() + 20
	p.plot = Rect{left, card.Y + plotTop, right - left, room}
	p.grid()
	p.drawColumns()
	p.legend(leg, card.Bottom()+footGap)
	return p.picture(d.Alt), nil
}

// cleanColumns makes the columns drawable and puts their parts in one order.
func (ts *typesetter) cleanColumns(cols []Column) []Column {
	out := make([]Column, len(cols))
	for i, c := range cols {
		out[i] = Column{ts.text(c.Label), ts.text(c.Date), inOrder(merge(c.Parts)), ts.text(c.Text), ts.text(c.Rest)}
	}
	return out
}

// inOrder sorts parts as they are stacked, from the bottom: the same order on
// each day, so that days can be compared.
func inOrder(parts []Part) []Part {
	var out []Part
	for _, s := range []Sport{Ride, Run, WalkHike, Swim, Strength, Other} {
		for _, p := range parts {
			if p.Sport == s {
				p.Value = min(p.Value, mostDaily)
				out = append(out, p)
			}
		}
	}
	return out
}

// columnText are the styles that all columns share, shrunk so that the
// longest word fits.
type columnText struct{ total, rest, label, date style }

func (p *days) columnText(room float64) columnText {
	th := p.theme
	t := columnText{
		total: style{size: 34, weight: display, ink: th.ink, align: 0.5, digits: true},
		rest:  style{size: 32, weight: medium, ink: th.ink3, align: 0.5},
		label: style{size: 34, weight: semibold, ink: th.ink2, align: 0.5},
		date:  style{size: 28, weight: medium, ink: th.ink3, align: 0.5, digits: true},
	}
	for _, c := range p.columns {
		t.total = p.shrink(t.total, 28, room, c.Text)
		t.rest = p.shrink(t.rest, 28, room, c.Rest)
		t.label = p.shrink(t.label, 28, room, c.Label)
		t.date = p.shrink(t.date, 28, room, c.Date)
	}
	return t
}

func (p *days) drawColumns() {
	step := p.plot.W / float64(len(p.columns))
	st := p.columnText(step - 8)
	peaked := false
	for i, col := range p.columns {
		x := p.plot.X + step*(float64(i)+0.5)
		sum := total(col.Parts)
		label := st.label
		switch {
		case sum == p.peak && sum > 0 && !peaked:
			peaked = true
			label.ink = p.theme.ink
		case sum == 0:
			label.weight, label.ink = medium, p.theme.ink3
		}
		p.writeFit(col.Label, x, p.plot.Bottom()+56, step-8, label)
		p.writeFit(col.Date, x, p.plot.Bottom()+98, step-8, st.date)
		if sum > 0 {
			y := p.stack(col, i, x, math.Round(min(step*barShare, barMost)))
			p.total(col.Text, x, y-18, step-8, st.total)
		}
	}
	p.rests(step, st.rest)
}

// rests writes the word for rest over each day without activity, or once over
// neighbouring days where it is too wide to stand over each.
func (p *days) rests(step float64, st style) {
	for from := 0; from < len(p.columns); from++ {
		word := p.restAt(from)
		to := from + 1
		if p.measure(word, st) > step-8 {
			for p.restAt(to) == word {
				to++
			}
		}
		middle := p.plot.X + step*float64(from+to)/2
		room := min(step*float64(to-from)+step*(1-barShare)-12, 2*min(middle-inner, right-middle))
		p.writeFit(word, middle, p.plot.Bottom()-20, room, st)
		from = to - 1
	}
}

// restAt is the word over a day, empty where there is none.
func (p *days) restAt(i int) string {
	if i >= len(p.columns) || total(p.columns[i].Parts) > 0 {
		return ""
	}
	return p.columns[i].Rest
}

// total writes the sum over a bar, on a ground that hides the grid.
func (p *days) total(s string, x, y, room float64, st style) {
	s, _ = p.fit(s, st, room)
	if s == "" {
		return
	}
	w := p.measure(s, st)
	p.rect(Rect{x - w/2 - 8, y - st.size*capHeight - 8, w + 16, st.size*capHeight + 16}, round(6), p.theme.card)
	p.write(s, x, y, st)
}

// stack draws a standing bar around x and returns the y of its upper end.
func (p *days) stack(col Column, index int, x, w float64) float64 {
	h := max(barLeast, p.plot.H*(total(col.Parts)/3600/p.axis.top))
	base := p.plot.Bottom()
	p.mark(MarkBar, index, "", Rect{x - w/2, base - h, w, h})
	y := base
	for i, length := range divide(h, col.Parts) {
		k, gap := round(5), partGap
		if i == 0 {
			k.bl, k.br, gap = 0, 0, 0
		}
		if i == len(col.Parts)-1 {
			k.tl, k.tr = 16, 16
		}
		part := Rect{x - w/2, y - length, w, max(length-gap, 1)}
		s := col.Parts[i].Sport
		p.rect(part, k, p.theme.sport(s))
		p.mark(MarkPart, index, s, part)
		if part.H >= 46 {
			p.icon(s.icon(), x, part.Y+part.H/2, 40, p.theme.inkOn(p.theme.sport(s)))
		}
		y -= length
	}
	return base - h
}
