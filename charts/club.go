package charts

import (
	"image/color"
	"math"
	"slices"
)

// Club is a large group: its first ten by one value, and everyone as a thin
// bar, so that each member finds the own place without being named. It stands
// for 9 to 1,000 members; above 236 the thin bars touch.
type Club struct {
	Eyebrow  string // small line over the title, shown in capitals
	Title    string
	Subtitle string
	Rows     []Row  // in the order in which they are shown, at most ten; without Change and Parts
	Unit     string // shown small after each value; empty where the texts hold it
	Sport    Sport  // whose colour the bars have; empty for the accent

	Everyone []float64 // one value for each member, in any order; what rests has 0
	Heading  string    // over everyone's bars, such as "Everyone"
	Note     string    // beside it, such as "one bar per member"
	Median   string    // the middle value of those above 0, such as "median 13.7 km"
	First    string    // under the first bar, such as "1st"
	More     string    // under the first bar without a row, such as "+50 more"
	Rested   string    // under those at 0, such as "5 rested": they are counted, never named

	Alt  string // what the picture says, in one sentence
	Dark bool
}

// MarkMember is one member's bar among everyone's.
const MarkMember MarkKind = "member"

// The measures of a club's picture.
const (
	cardGap  = 28.0 // between cards
	cardFoot = 36.0 // under the last card
	clubRow  = 74.0 // height of a row, at most

	clubNameX = 140.0
	clubName  = 376.0 // width of the names, at most
	clubBarX  = 536.0
	clubBar   = 292.0 // length of a full bar, at most
	clubBarH  = 38.0
)

// Draw draws the club. It fails with ErrEmpty without rows.
func (l Club) Draw() (Picture, error) { return l.draw(1) }

// club is a Club that has been laid out.
type club struct {
	board
	unit  string
	tones [3]color.NRGBA // of the first three, of the other rows, of everyone else
}

func (l Club) draw(scale float64) (Picture, error) {
	if len(l.Rows) == 0 {
		return Picture{}, ErrEmpty
	}
	ts, err := newTypesetter()
	if err != nil {
		return Picture{}, err
	}
	th := themeFor(l.Dark)
	head := ts.cleanHeader(l.Eyebrow, l.Title, l.Subtitle)
	c := club{board: board{rows: ts.cleanRows(l.Rows)}, unit: ts.text(l.Unit), tones: tonesOf(th, l.Sport)}
	n := float64(len(c.rows))

	around := head.bottom() + 2*cardPad + cardFoot
	if len(l.Everyone) > 0 {
		around += cardGap + stripH
	}
	c.height = min(clubRow, math.Floor((tallest-around)/n))
	c.canvas = newCanvas(ts, th, around+n*c.height, scale)
	c.top = head.bottom() + cardPad
	for _, r := range c.rows {
		c.best = max(c.best, r.Value)
	}

	c.header(head)
	card := Rect{edge, head.bottom(), width - 2*edge, n*c.height + 2*cardPad}
	c.panel(card)
	c.drawTop()
	if len(l.Everyone) > 0 {
		c.strip(l, card.Bottom()+cardGap)
	}
	return c.picture(l.Alt), nil
}

// drawTop draws each person with a row on one line: rank, name, bar, value.
func (c *club) drawTop() {
	th := c.theme
	name := style{size: 36, weight: semibold, ink: th.ink}
	value, unit := th.value().to(1), th.quiet().to(1)

	end := right
	unitText, _ := c.fit(c.unit, unit, 120)
	if unitText != "" {
		end -= c.measure(unitText, unit) + 14
	}
	texts, wide := make([]string, len(c.rows)), 0.0
	for i, r := range c.rows {
		texts[i], _ = c.fit(r.Text, value, 300)
		wide = max(wide, c.measure(texts[i], value))
	}
	most := min(clubBar, end-wide-smallGap-clubBarX)
	barX := min(clubBarX, end-wide-smallGap-smallBar)
	most = max(most, smallBar)
	for i, r := range c.rows {
		mid := math.Floor(c.top + c.height*(float64(i)+0.5))
		c.rank(r.Rank, smallRankX, mid, 26)
		c.writeMid(c.short(i, name, min(clubName, barX-smallGap-clubNameX)), clubNameX, mid, name)
		c.writeMid(texts[i], end, mid, value)
		c.writeMid(unitText, right, mid, unit)
		if r.Value > 0 {
			box := Rect{barX, mid - clubBarH/2, max(barLeast, most*(r.Value/c.best)), clubBarH}
			end := min(20, box.W/2)
			c.rect(box, corners{6, end, end, 6}, c.tones[c.toneOf(i)])
			c.mark(MarkBar, i, "", box)
		}
	}
}

// toneOf is the tone of the nth member: the medals, the rows, the others.
func (c *club) toneOf(n int) int {
	switch {
	case n >= len(c.rows):
		return 2
	case c.rows[n].Rank >= 1 && c.rows[n].Rank <= len(c.theme.medals):
		return 0
	}
	return 1
}

// ordered are the values of all members, largest first, and how many of them
// are above 0.
func ordered(values []float64) (all []float64, active int) {
	all = make([]float64, len(values))
	for i, v := range values {
		all[i] = amount(v)
		if all[i] > 0 {
			active++
		}
	}
	slices.Sort(all)
	slices.Reverse(all)
	return all, active
}
