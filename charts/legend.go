package charts

// The measures of a legend.
const (
	tile       = 44.0 // side of a coloured tile
	tileGap    = 12.0 // from tile to label
	totalGap   = 10.0 // from label to total
	legendStep = 58.0 // from line to line
	legendGap  = 36.0 // between columns
	totalMost  = 420.0
)

// legend is a legend that has been laid out in columns.
type legend struct {
	items []Legend
	cols  []float64 // widths
}

// layLegend cleans the items and finds the most columns that fit.
func (ts *typesetter) layLegend(items []Legend, th theme) legend {
	var l legend
	for _, it := range items {
		it.Label, it.Text = ts.text(it.Label), ts.text(it.Text)
		it.Text, _ = ts.fit(it.Text, th.total(), totalMost)
		it.Label, _ = ts.fit(it.Label, th.label(), width-2*margin-ts.itemWidth(Legend{Text: it.Text}, th))
		l.items = append(l.items, it)
	}
	for n := min(len(items), 6); n > 0; n-- {
		l.cols = ts.columns(l.items, n, th)
		sum := -legendGap
		for _, w := range l.cols {
			sum += w + legendGap
		}
		if sum <= width-2*margin {
			break
		}
	}
	return l
}

// columns are the widths when the items fill n columns line by line.
func (ts *typesetter) columns(items []Legend, n int, th theme) []float64 {
	cols := make([]float64, n)
	for i, it := range items {
		cols[i%n] = max(cols[i%n], ts.itemWidth(it, th))
	}
	return cols
}

func (ts *typesetter) itemWidth(it Legend, th theme) float64 {
	w := tile + tileGap + ts.measure(it.Label, th.label())
	if it.Text != "" {
		w += totalGap + ts.measure(it.Text, th.total())
	}
	return w
}

func (t theme) total() style {
	return style{size: 30, weight: semibold, ink: t.ink, digits: true}
}

// height is the room that the legend takes, 0 when it is empty.
func (l legend) height() float64 {
	if len(l.items) == 0 {
		return 0
	}
	lines := (len(l.items) + len(l.cols) - 1) / len(l.cols)
	return float64(lines-1)*legendStep + tile
}

// legend draws the legend with its upper edge at y.
func (c *canvas) legend(l legend, y float64) {
	x := margin
	for i, it := range l.items {
		col := i % len(l.cols)
		if col == 0 && i > 0 {
			x = margin
			y += legendStep
		}
		c.legendItem(it, x, y)
		x += l.cols[col] + legendGap
	}
}

func (c *canvas) legendItem(it Legend, x, y float64) {
	ground := c.theme.sport(it.Sport.known())
	c.rect(Rect{x, y, tile, tile}, round(12), ground)
	c.icon(it.Sport.icon(), x+tile/2, y+tile/2, 32, c.theme.inkOn(ground))
	x += tile + tileGap
	x += c.writeMid(it.Label, x, y+tile/2, c.theme.label())
	c.writeMid(it.Text, x+totalGap, y+tile/2, c.theme.total())
}
