package charts

// key is one entry of a legend inside a card: a sample of what is drawn and
// what it stands for.
type key struct {
	label string
	width float64 // of the sample
	paint func(x, y float64)
}

// keyRows is a legend that has been divided into rows.
type keyRows struct {
	rows [][]key
	st   style
	gap  float64 // between entries
}

// The measures of a legend inside a card.
const (
	keyStep  = 50.0 // from row to row
	keyGap   = 34.0 // between entries
	keyTight = 26.0 // the same where there is little room
	keyPad   = 14.0 // from sample to label
)

// layKeys fills rows of the given width with the entries that have a label:
// one row in the smallest type where that is enough.
func (c *canvas) layKeys(keys []key, room float64) keyRows {
	out := c.fillKeys(keys, room, c.theme.label(), keyGap)
	if len(out.rows) > 1 {
		st := c.theme.label()
		st.size = 28
		if small := c.fillKeys(keys, room, st, keyTight); len(small.rows) == 1 {
			return small
		}
	}
	return out
}

func (c *canvas) fillKeys(keys []key, room float64, st style, gap float64) keyRows {
	out := keyRows{st: st, gap: gap}
	at := 0.0
	for _, k := range keys {
		if k.label == "" {
			continue
		}
		k.label, _ = c.fit(k.label, out.st, room-k.width-keyPad)
		w := k.width + keyPad + c.measure(k.label, out.st)
		if n := len(out.rows); n == 0 || at+gap+w > room {
			out.rows = append(out.rows, []key{k})
			at = w
			continue
		}
		at += gap + w
		out.rows[len(out.rows)-1] = append(out.rows[len(out.rows)-1], k)
	}
	return out
}

// height is the room that the rows take.
func (k keyRows) height() float64 { return max(0, float64(len(k.rows)-1)*keyStep) }

// keyRows draws the entries; y is the middle of the first row.
func (c *canvas) keyRows(k keyRows, x, y float64) {
	for i, row := range k.rows {
		at, mid := x, y+float64(i)*keyStep
		for _, e := range row {
			e.paint(at, mid)
			at += e.width + keyPad
			at += c.writeMid(e.label, at, mid, k.st) + k.gap
		}
	}
}

// keys are the entries of a trend card.
func (p *weeks) keys() []key {
	const side = 28.0
	swatch := func(i int) func(x, y float64) {
		return func(x, y float64) {
			p.paintBar(p.canvas, i, Rect{x, y - side/2, side, side}, round(7))
		}
	}
	last := len(p.values) - 1
	keys := []key{{p.in.Last, side, swatch(last)}}
	if last > 0 {
		keys = append([]key{{p.in.Past, side, swatch(0)}}, keys...)
	}
	if p.hasMean() {
		keys = append(keys, key{p.in.Mean, 46, func(x, y float64) {
			p.segment(x+3, y, x+43, y, stroke{width: 6}, p.theme.ink)
		}})
	}
	if p.best >= 0 {
		keys = append(keys, key{p.in.Best, 34, func(x, y float64) { p.icon("emoji_events", x+17, y, 36, p.theme.medals[0]) }})
	}
	return keys
}
