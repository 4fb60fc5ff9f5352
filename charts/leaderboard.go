package charts

import (
	"math"
	"strconv"
	"strings"
)

// Row is one person in a Leaderboard.
type Row struct {
	ID       string  // stable; gives the person's disc its colour
	Name     string  // as the person writes it: anything may be in it
	Fallback string  // shown where no font can draw the name, such as "Member 7"
	Rank     int     // 1 is best, equal values share a rank; 0 shows none
	Value    float64 // length of the bar; not finite or negative counts as 0
	Text     string  // the value, formatted
	Change   string  // against the period before, formatted, without sign
	Trend    Trend   // which way Change went
	Parts    []Part  // how the bar divides; scaled to fill it
}

// Leaderboard is up to ten people ranked by one value. Up to eight get a full
// row, nine or ten a compact one without Change; rows after the tenth are left
// to More.
type Leaderboard struct {
	Eyebrow  string // small line over the title, shown in capitals
	Title    string
	Subtitle string
	Rows     []Row // in the order in which they are shown
	Legend   []Legend
	More     string // such as "+4 more"; may be empty
	Alt      string // what the picture says, in one sentence
	Dark     bool
}

// The most rows that a leaderboard shows, and shows in full.
const (
	maxRows     = 10
	maxFullRows = 8
)

// The measures of a leaderboard.
const (
	cardPad   = 16.0 // over the first row and under the last
	cardRound = 36.0
	moreRow   = 66.0
	fullRow   = 105.0 // height of a full row, and where it is tight
	tightRow  = 96.0
	smallRow  = 74.0
	footGap   = 36.0 // from card to legend
	footPad   = 64.0 // under the legend
	tallest   = 1350.0
)

// Draw draws the leaderboard. It fails with ErrEmpty without rows.
func (l Leaderboard) Draw() (Picture, error) { return l.draw(1) }

// board is a leaderboard that has been laid out.
type board struct {
	*canvas
	rows   []Row
	best   float64 // the value whose bar is full
	top    float64 // of the first row
	height float64 // of each row
}

func (l Leaderboard) draw(scale float64) (Picture, error) {
	if len(l.Rows) == 0 {
		return Picture{}, ErrEmpty
	}
	ts, err := newTypesetter()
	if err != nil {
		return Picture{}, err
	}
	th := themeFor(l.Dark)
	head := ts.cleanHeader(l.Eyebrow, l.Title, l.Subtitle)
	leg, more := ts.layLegend(l.Legend, th), ts.text(l.More)
	b := board{rows: ts.cleanRows(l.Rows), height: fullRow}
	n := float64(len(b.rows))

	around := head.bottom() + 2*cardPad + footPad
	if leg.height() > 0 {
		around += footGap + leg.height()
	}
	if more != "" {
		around += moreRow
	}
	switch {
	case len(b.rows) > maxFullRows:
		b.height = smallRow
	case around+n*fullRow > tallest:
		b.height = max(tightRow, float64(int((tallest-around)/n)))
	}
	b.canvas = newCanvas(ts, th, around+n*b.height, scale)
	b.top = head.bottom() + cardPad
	for _, r := range b.rows {
		b.best = max(b.best, r.Value)
	}

	b.header(head)
	card := Rect{edge, head.bottom(), width - 2*edge, n*b.height + 2*cardPad}
	if more != "" {
		card.H += moreRow
	}
	b.rect(card, round(cardRound), th.card)
	b.drawRows()
	b.more(more)
	b.legend(leg, card.Bottom()+footGap)
	return b.picture(l.Alt), nil
}

// cleanRows makes the rows that are shown drawable.
func (ts *typesetter) cleanRows(rows []Row) []Row {
	var out []Row
	for i, r := range rows[:min(len(rows), maxRows)] {
		if r.ID == "" {
			r.ID = r.Name
		}
		r.Name = ts.name(r.Name, r.Fallback)
		if r.Name == "" {
			r.Name = "#" + strconv.Itoa(i+1)
		}
		r.Text, r.Change = ts.text(r.Text), ts.text(r.Change)
		r.Value, r.Parts = amount(r.Value), merge(r.Parts)
		out = append(out, r)
	}
	return out
}

func (b *board) drawRows() {
	if len(b.rows) > maxFullRows {
		b.compactRows()
		return
	}
	for i := range b.rows {
		b.fullRow(i)
	}
}

// Where the columns of a full row stand.
const (
	rankX   = 96.0 // middle
	discX   = 176.0
	nameX   = 224.0
	barW    = 560.0
	barH    = 20.0
	nameGap = 28.0 // between a name and its value, at least

	valueMost = 420.0 // width of a value
)

// fullRow draws name and bar, value and change on two shared lines.
func (b *board) fullRow(i int) {
	r, th := b.rows[i], b.theme
	y := b.top + b.height*float64(i)
	mid := math.Floor(y + b.height/2)
	if i > 0 {
		b.rect(Rect{nameX, y - 1, right - nameX, 2}, corners{}, th.line)
	}
	b.rank(r.Rank, rankX, mid, 30)
	b.disc(r.ID, r.Name, discX, mid, 34)

	upper, lower := mid-5, mid+24
	value := style{size: 44, weight: display, ink: th.ink, align: 1, digits: true}
	name := style{size: 38, weight: semibold, ink: th.ink}
	if r.Value == 0 && r.Change == "" {
		upper = mid + value.size*capHeight/2
	}
	text, _ := b.fit(r.Text, value, valueMost)
	at := upper
	if r.Change == "" && b.measure(text, value) < right-nameX-barW-nameGap {
		at = mid + value.size*capHeight/2 // alone beside the bar
	}
	w := b.write(text, right, at, value)
	b.write(b.short(i, name, right-nameX-w-nameGap), nameX, upper, name)
	b.change(r.Change, r.Trend, right, lower, right-nameX-barW-nameGap-26)
	if r.Value > 0 {
		track := Rect{nameX, lower - barH/2, barW, barH}
		b.rect(track, round(barH/2), th.track)
		track.W = max(barLeast, barW*(r.Value/b.best))
		b.bar(track, r.Parts, i)
	}
}

// short cuts the name of a row to its room. Where that makes it the same as
// the start of another name, it is given name and initial instead.
func (b *board) short(i int, st style, room float64) string {
	name := b.rows[i].Name
	cut, isCut := b.fit(name, st, room)
	if !isCut {
		return cut
	}
	stem := strings.TrimSuffix(cut, "…")
	for j, r := range b.rows {
		words := strings.Fields(name)
		if j == i || len(words) < 2 || !strings.HasPrefix(r.Name, stem) {
			continue
		}
		last := " " + clusters(words[len(words)-1])[0] + "."
		given, _ := b.fit(words[0], st, room-b.measure(last, st))
		return given + last
	}
	return cut
}

// more draws the line under the rows.
func (b *board) more(s string) {
	if s == "" {
		return
	}
	x := nameX
	if len(b.rows) > maxFullRows {
		x = smallNameX
	}
	y := b.top + b.height*float64(len(b.rows)) + 4
	b.rect(Rect{x, y - 1, right - x, 2}, corners{}, b.theme.line)
	st := b.theme.quiet()
	s, _ = b.fit(s, st, right-x)
	b.writeMid(s, x, y+moreRow/2+2, st)
}
