package charts

import "math"

// Streak is up to six months of days, each a cell that is stronger the longer
// its active time was. The title tells the streak.
type Streak struct {
	Eyebrow  string // small line over the title, shown in capitals
	Title    string // such as "23 days in a row"
	Subtitle string
	Weekdays [7]string // one letter each, in the order of the columns
	Months   []Month   // one to six, oldest first; its last day that has begun is today

	Rest  string // explains the palest cell, such as "rest"
	Most  string // explains the strongest, such as "90 min +"
	Today string // explains the flame, such as "today"
	Pause string // explains paused days, such as "pause"; shown where there are any

	// Number and Words are shown large instead of the months while fewer than
	// three days were active, such as "2" and "active days since June".
	Number string
	Words  string

	Alt  string // what the picture says, in one sentence
	Dark bool
}

// Month is a month of a Streak.
type Month struct {
	Name   string // such as "November"
	Note   string // under the cells, such as "15 of 15 days"
	Column int    // of the first day of the month, 0 to 6
	Length int    // days of the month
	Days   []Day  // those that have begun; the others are drawn empty
}

// Day is a day of a Month.
type Day struct {
	Minutes float64 // of active time; not finite or negative counts as 0
	Paused  bool    // in a pause: not held against the streak
}

// heatSteps are the minutes from which a cell is stronger than the one before.
var heatSteps = [4]float64{0, 30, 60, 90}

// heatOf is the strength of a day, from 0 for rest to 4.
func heatOf(d Day) int {
	v := amount(d.Minutes)
	for step := len(heatSteps); step > 0; step-- {
		if v >= heatSteps[step-1] && v > 0 {
			return step
		}
	}
	return 0
}

// The limits of a streak's picture.
const (
	mostMonths  = 6
	leastActive = 3 // days, below which the months say nothing
)

// Draw draws the streak. It fails with ErrEmpty without months and number.
func (k Streak) Draw() (Picture, error) { return k.draw(1) }

// calendar is a Streak that has been laid out.
type calendar struct {
	*canvas
	months   []Month
	weekdays [7]string
	today    int // the last month with a day that has begun; -1 for none
	columns  int
	cell     float64 // side of a cell
	gap      float64 // between cells
	top      float64 // of the first block
}

func (k Streak) draw(scale float64) (Picture, error) {
	ts, err := newTypesetter()
	if err != nil {
		return Picture{}, err
	}
	months, active := ts.cleanMonths(k.Months)
	number, words := ts.text(k.Number), ts.text(k.Words)
	few := active < leastActive && number != ""
	if len(months) == 0 && !few {
		return Picture{}, ErrEmpty
	}
	th := themeFor(k.Dark)
	head := ts.cleanHeader(k.Eyebrow, k.Title, k.Subtitle)
	if few {
		return ts.drawFew(head, number, words, k.Alt, th, scale), nil
	}
	c := newCalendar(months)
	for i, s := range k.Weekdays {
		c.weekdays[i] = ts.text(s)
	}
	high := c.height()
	c.canvas = newCanvas(ts, th, head.bottom()+high+136, scale)
	c.top = head.bottom() + 44
	c.header(head)
	c.panel(Rect{edge, head.bottom(), width - 2*edge, high})
	for i := range c.months {
		c.month(i)
	}
	c.key(k, head.bottom()+high+62)
	return c.picture(k.Alt), nil
}

// cleanMonths makes the last six months drawable and counts active days.
func (ts *typesetter) cleanMonths(months []Month) (out []Month, active int) {
	for _, m := range months[max(0, len(months)-mostMonths):] {
		m.Name, m.Note = ts.text(m.Name), ts.text(m.Note)
		m.Column = max(0, min(6, m.Column))
		m.Length = max(1, min(31, max(m.Length, len(m.Days))))
		m.Days = m.Days[:min(len(m.Days), m.Length)]
		for _, d := range m.Days {
			if heatOf(d) > 0 {
				active++
			}
		}
		out = append(out, m)
	}
	return out, active
}

// drawFew draws one number in the place of the months.
func (ts *typesetter) drawFew(head header, number, words, alt string, th theme, scale float64) Picture {
	const high = 420.0
	c := newCanvas(ts, th, head.bottom()+high+cardFoot, scale)
	c.header(head)
	y := head.bottom()
	c.panel(Rect{edge, y, width - 2*edge, high})
	c.iconDisc(string(SignFlame), width/2, y+112, 62, th.pale(th.vivid, 0.16), th.accent)
	st := c.shrink(th.hero().to(0.5), 60, right-inner, number)
	number, _ = c.fit(number, st, right-inner)
	c.write(number, width/2, y+286, st)
	st = c.shrink(th.body().to(0.5), 30, right-inner, words)
	words, _ = c.fit(words, st, right-inner)
	c.write(words, width/2, y+352, st)
	return c.picture(alt)
}

// newCalendar finds the columns and how large the cells are.
func newCalendar(months []Month) *calendar {
	c := &calendar{months: months, today: -1, columns: min(3, len(months)), cell: 36, gap: 5}
	switch len(months) {
	case 1:
		c.cell, c.gap = 92, 10
	case 2:
		c.cell, c.gap = 54, 8
	}
	for i, m := range months {
		if len(m.Days) > 0 {
			c.today = i
		}
	}
	return c
}

// The measures of a month's block, over and under its cells.
const (
	monthName = 30.0 // to the base line of the name
	monthDays = 82.0 // to the base line of the weekdays
	monthTop  = 102.0
	monthNote = 34.0 // from the last cell to the base line of the note
	monthGap  = 66.0 // from there to the next block
)

// rows are the lines of cells that every block has room for.
func (c *calendar) rows() int {
	n := 4
	for _, m := range c.months {
		n = max(n, (m.Column+m.Length+6)/7)
	}
	return n
}

// block is the height of a block up to the base line of its note.
func (c *calendar) block() float64 {
	return monthTop + float64(c.rows())*(c.cell+c.gap) + monthNote
}

// height is that of the card.
func (c *calendar) height() float64 {
	lines := math.Ceil(float64(len(c.months)) / 3)
	return 44 + lines*c.block() + (lines-1)*monthGap + 52
}

// month draws the nth block: name, weekdays, cells, note.
func (c *calendar) month(n int) {
	m, th, step := c.months[n], c.theme, c.cell+c.gap
	wide := 7*step - c.gap
	x := inner
	if c.columns > 1 {
		x += float64(n%3) * (right - inner - wide) / float64(c.columns-1)
	} else {
		x = (width - wide) / 2
	}
	y := c.top + float64(n/3)*(c.block()+monthGap)
	c.writeFit(m.Name, x, y+monthName, wide, th.heading())
	day := th.small().to(0.5)
	for i, s := range c.weekdays {
		if s, cut := c.fit(s, day, step); !cut {
			c.write(s, x+step*float64(i)+c.cell/2, y+monthDays, day)
		}
	}
	for i := range m.Length {
		at := m.Column + i
		c.day(n, i, Rect{x + step*float64(at%7), y + monthTop + step*float64(at/7), c.cell, c.cell})
	}
	c.writeFit(m.Note, x, y+c.block(), wide, th.axisText().in(th.ink2))
}

// day draws a cell.
func (c *calendar) day(month, n int, box Rect) {
	th, corner := c.theme, round(c.cell/4)
	days := c.months[month].Days
	if n >= len(days) {
		c.rect(box, corner, th.line)
		c.rect(Rect{box.X + 2.5, box.Y + 2.5, box.W - 5, box.H - 5}, round(c.cell/4-2), th.card)
		return
	}
	heat := heatOf(days[n])
	c.rect(box, corner, th.heat[heat])
	c.mark(MarkCell, 100*month+n, "", box)
	x, y := box.X+box.W/2, box.Y+box.H/2
	switch {
	case month == c.today && n == len(days)-1:
		ink := th.ink3
		if heat > 0 {
			ink = th.inkOver(th.heat[heat])
		}
		c.icon(string(SignFlame), x, y, c.cell*0.84, ink)
	case days[n].Paused && heat == 0:
		c.paused(x, y, c.cell)
	}
}

// paused draws two strokes, as on the button of a player.
func (c *canvas) paused(x, y, cell float64) {
	w, h := cell*0.12, cell*0.4
	for _, dx := range []float64{-cell * 0.13, cell * 0.13} {
		c.rect(Rect{x + dx - w/2, y - h/2, w, h}, round(w/2), c.theme.ink3)
	}
}

// anyPaused says whether there is a day in a pause.
func (c *calendar) anyPaused() bool {
	for _, m := range c.months {
		for _, d := range m.Days {
			if d.Paused && heatOf(d) == 0 {
				return true
			}
		}
	}
	return false
}

// key explains the cells, centred on y.
func (c *calendar) key(k Streak, y float64) {
	const side, step = 36.0, 42.0
	st, room := c.theme.label(), 210.0
	word := func(s string, x float64) float64 {
		s, _ = c.fit(c.text(s), st, room)
		return c.writeMid(s, x, y, st)
	}
	x := margin
	if w := word(k.Rest, x); w > 0 {
		x += w + 18
	}
	for _, col := range c.theme.heat {
		c.rect(Rect{x, y - side/2, side, side}, round(9), col)
		x += step
	}
	x += 12 + word(k.Most, x+12)
	end := right
	if c.today >= 0 {
		s, _ := c.fit(c.text(k.Today), st, room)
		w := c.measure(s, st)
		c.writeMid(s, end-w, y, st)
		c.icon(string(SignFlame), end-w-32, y, 40, c.theme.vivid)
		end -= w + 52 + 28
	}
	s := c.text(k.Pause)
	w := c.measure(s, st)
	if s == "" || !c.anyPaused() || end-w-side-12 < x+28 {
		return
	}
	at := x + (end-x-w-side-12)/2
	c.rect(Rect{at, y - side/2, side, side}, round(9), c.theme.heat[0])
	c.paused(at+side/2, y, side)
	c.writeMid(s, at+side+12, y, st)
}
