package charts

import "slices"

// Ray is one day of a year.
type Ray struct {
	Sport Sport   // of which there was most
	Value float64 // such as seconds; not finite or negative counts as 0
	Ahead bool    // has not come yet: not even a dot for rest
}

// Shape is the way of one activity on the wall of a poster. Its ends are hidden
// as those of a Route are; a track that is too short for it is left out.
type Shape struct {
	Track Track
	ID    string // as in Route
	Sport Sport
}

// Award is what one person is honoured for, or one best of a person's year.
type Award struct {
	Sign     Sign
	Name     string // as the person writes it: anything may be in it
	Fallback string // shown where no font can draw the name
	Text     string // what for, formatted
}

// YearPoster is a year of a group or of a person, to be kept and printed: a
// dial with one ray for each day, then totals, the forms of routes and awards.
// It is always dark. What is empty is left out, and the rest takes its room.
type YearPoster struct {
	Eyebrow string // small line over the year, shown in capitals: whose year
	Year    string
	Days    []Ray    // at most 366, from 1 January, clockwise from the top
	Months  []string // twelve short names
	Hint    string   // explains the rays
	Total   string   // the figure in the middle, formatted, without its unit
	Unit    string   // what it counts
	Legend  []Legend // names of sports; their Text is not shown
	Totals  []Stat   // at most three
	Routes  []Shape  // at most sixteen
	Awards  []Award  // at most three
	Biggest string   // a sentence about the longest ray
	Alt     string   // what the picture says, in one sentence
}

// The most of each that a poster shows.
const (
	mostRays   = 366
	mostTotals = 3
	mostShapes = 16
	mostAwards = 3
)

// The measures of a poster.
const (
	posterHigh    = 1920.0
	posterEyebrow = 106.0 // base lines
	posterYear    = 250.0
	dialTop       = 288.0 // where rays may begin
	dialMost      = 1040.0
	blockGap      = 26.0
	totalsHigh    = 122.0
	awardHigh     = 184.0
	biggestHigh   = 30.0
	posterFoot    = 42.0
)

// Draw draws the poster. It fails with ErrEmpty without a day.
func (y YearPoster) Draw() (Picture, error) { return y.draw(1) }

// poster is a YearPoster that has been laid out.
type poster struct {
	*canvas
	YearPoster
	shapes []shape
	rows   [][]Legend // of the legend
	gap    float64    // between its entries
}

// block is a part of a poster that has its height.
type block struct {
	high float64
	gap  float64 // over it
	draw func(y float64)
}

func (y YearPoster) draw(scale float64) (Picture, error) {
	if len(y.Days) == 0 {
		return Picture{}, ErrEmpty
	}
	ts, err := newTypesetter()
	if err != nil {
		return Picture{}, err
	}
	p := poster{canvas: newCanvas(ts, themeFor(true), posterHigh, scale), YearPoster: ts.cleanPoster(y)}
	p.shapes = layShapes(y.Routes)
	p.rows = p.legendRows()
	blocks := p.blocks()
	free := posterHigh - posterFoot - dialTop
	for _, b := range blocks {
		free -= b.high + b.gap
	}
	// What the dial has no use for goes between the blocks.
	spread := max(0, free-dialMost) / float64(len(blocks)+1)
	free -= spread * float64(len(blocks)+1)

	d := newDial(p.Days, free+spread, p.yearWidth())
	p.backdrop(d)
	p.titles()
	p.dial(d)
	at := dialTop + free + spread
	for _, b := range blocks {
		b.draw(at + b.gap)
		at += b.high + b.gap + spread
	}
	return p.picture(y.Alt), nil
}

// cleanPoster makes the strings and numbers of a poster drawable.
func (ts *typesetter) cleanPoster(y YearPoster) YearPoster {
	y.Eyebrow = ts.cleanHeader(y.Eyebrow, "", "").eyebrow
	for _, s := range []*string{&y.Year, &y.Hint, &y.Total, &y.Unit, &y.Biggest} {
		*s = ts.text(*s)
	}
	y.Days = slices.Clone(y.Days[:min(len(y.Days), mostRays)])
	for i := range y.Days {
		y.Days[i].Value = amount(y.Days[i].Value)
	}
	y.Months = slices.Clone(y.Months[:min(len(y.Months), 12)])
	for i, m := range y.Months {
		y.Months[i] = ts.text(m)
	}
	y.Legend = slices.Clone(y.Legend[:min(len(y.Legend), 6)])
	for i, l := range y.Legend {
		y.Legend[i] = Legend{Sport: l.Sport, Label: ts.text(l.Label)}
	}
	y.Totals = ts.cleanStats(y.Totals, mostTotals)
	y.Awards = slices.Clone(y.Awards[:min(len(y.Awards), mostAwards)])
	for i, a := range y.Awards {
		y.Awards[i].Name, y.Awards[i].Text = ts.name(a.Name, a.Fallback), ts.text(a.Text)
	}
	return y
}

// blocks are the parts under the dial, from top to bottom.
func (p *poster) blocks() []block {
	var out []block
	if n := len(p.rows); n > 0 {
		out = append(out, block{float64(n-1)*legendStep + tile, 16, p.legendBlock})
	}
	if len(p.Totals) > 0 {
		out = append(out, block{totalsHigh, 30, func(y float64) { p.stats(p.Totals, y-34, 64) }})
	}
	if len(p.shapes) > 0 {
		out = append(out, block{wallHigh(len(p.shapes)), blockGap + 10, p.wall})
	}
	if len(p.Awards) > 0 {
		out = append(out, block{awardHigh + p.awardMore(), blockGap, p.awards})
	}
	if p.Biggest != "" {
		out = append(out, block{biggestHigh, blockGap + 8, p.biggest})
	}
	return out
}

func (p *poster) yearStyle() style {
	st := style{size: 150, weight: heavy, ink: p.theme.ink, align: 0.5, track: -4}
	return p.shrink(st, 60, width-2*margin, p.Year)
}

// yearWidth is how wide the year is written.
func (p *poster) yearWidth() float64 {
	return min(width-2*margin, p.measure(p.Year, p.yearStyle()))
}

// titles writes whose year it is and which.
func (p *poster) titles() {
	eye := style{size: 34, weight: semibold, ink: p.theme.accent, align: 0.5, track: 4}
	eye = p.shrink(eye, 30, width-2*margin, p.Eyebrow)
	p.writeFit(p.Eyebrow, width/2, posterEyebrow, width-2*margin, eye)
	p.writeFit(p.Year, width/2, posterYear, width-2*margin, p.yearStyle())
}

// legendRows divides the legend into rows that fit: into one with smaller gaps
// where that is enough, otherwise into rows of much the same number.
func (p *poster) legendRows() [][]Legend {
	for i := range p.Legend {
		p.Legend[i].Label, _ = p.fit(p.Legend[i].Label, p.theme.label(), 420)
	}
	for _, p.gap = range []float64{legendGap, legendTight} {
		if rows := p.rowsOf(len(p.Legend)); len(rows) <= 1 {
			return rows
		}
	}
	p.gap = legendGap
	rows := p.rowsOf(len(p.Legend))
	for most := (len(p.Legend) + len(rows) - 1) / len(rows); most < len(p.Legend); most++ {
		if even := p.rowsOf(most); len(even) == len(rows) {
			return even
		}
	}
	return rows
}

// legendTight is the least gap between entries of a poster's legend.
const legendTight = 22.0

// rowsOf fills rows of at most so many entries.
func (p *poster) rowsOf(most int) [][]Legend {
	var out [][]Legend
	room := 0.0
	for _, it := range p.Legend {
		w := p.itemWidth(it, p.theme) + p.gap
		if len(out) == 0 || w > room || len(out[len(out)-1]) == most {
			out, room = append(out, nil), width-2*edge+p.gap
		}
		out[len(out)-1] = append(out[len(out)-1], it)
		room -= w
	}
	return out
}

// legendBlock draws the rows of the legend, each in the middle.
func (p *poster) legendBlock(y float64) {
	for _, row := range p.rows {
		w := -p.gap
		for _, it := range row {
			w += p.itemWidth(it, p.theme) + p.gap
		}
		x := (width - w) / 2
		for _, it := range row {
			p.legendItem(it, x, y)
			x += p.itemWidth(it, p.theme) + p.gap
		}
		y += legendStep
	}
}

// biggest writes about the longest ray, with its mark before it.
func (p *poster) biggest(y float64) {
	const room, mark = width - 2*margin - 32, 32.0
	st := p.shrink(p.theme.body().to(0.5), 28, room, p.Biggest)
	s, _ := p.fit(p.Biggest, st, room)
	w := p.measure(s, st)
	y += biggestHigh - 4
	p.spark(width/2-w/2-mark/2+6, y-st.size*capHeight/2)
	p.write(s, width/2+mark/2, y, st)
}

const awardGap = 20.0

// awardWidth is the width of an award's card.
func (p *poster) awardWidth() float64 {
	n := float64(len(p.Awards))
	return (width - 2*edge - awardGap*(n-1)) / n
}

// awardMore is the room for a second line, where a text needs it.
func (p *poster) awardMore() float64 {
	st := p.theme.label()
	st.size = 28
	for _, a := range p.Awards {
		if p.measure(a.Text, st) > p.awardWidth()-36 {
			return 36
		}
	}
	return 0
}

// awards draws a card for each award.
func (p *poster) awards(y float64) {
	w, more := p.awardWidth(), p.awardMore()
	name, text := p.theme.name().to(0.5), p.theme.label().to(0.5)
	for _, a := range p.Awards {
		name = p.shrink(name, 32, w-36, a.Name)
		text = p.shrink(text, 28, w-36, a.Text)
	}
	for i, a := range p.Awards {
		card := Rect{edge + (w+awardGap)*float64(i), y, w, awardHigh + more}
		p.rect(card, round(32), p.theme.card)
		mid := card.X + w/2
		if a.Sign.known() {
			p.icon(string(a.Sign), mid, y+48, 52, p.theme.medals[0])
		}
		p.writeFit(a.Name, mid, y+116, w-36, name)
		for j, line := range p.even(a.Text, text, w-36) {
			p.write(line, mid, y+157+36*float64(j), text)
		}
	}
}
