package charts

// shape is a route that may hang on the wall.
type shape struct {
	way   way
	sport Sport
}

// layShapes finds what may be shown of each route and leaves out where that is
// too little.
func layShapes(routes []Shape) []shape {
	var out []shape
	for _, r := range routes {
		if len(out) == mostShapes {
			break
		}
		if w, err := newWay(r.Track, r.ID); err == nil {
			out = append(out, shape{w, r.Sport.known()})
		}
	}
	return out
}

// The measures of the wall, in pixels.
const (
	wallPad  = 26.0
	wallRow  = 96.0 // height of a shape in two rows
	wallSole = 120.0
	wallGap  = 14.0
	wallCol  = 150.0 // width for a shape, at most
	wallLine = 5.0
)

// wallRows is how many rows so many shapes take, and wallHigh how high the
// card is.
func wallRows(n int) int { return (n + mostShapes/2 - 1) / (mostShapes / 2) }

func wallHigh(n int) float64 {
	if wallRows(n) < 2 {
		return 2*wallPad + wallSole
	}
	return 2*wallPad + 2*wallRow + wallGap
}

// wall draws the shapes in one or two rows on a card, each in the colour of
// its sport and as large as its place allows.
func (p *poster) wall(y float64) {
	n := len(p.shapes)
	card := Rect{edge, y, width - 2*edge, wallHigh(n)}
	p.panel(card)
	rows := wallRows(n)
	high := (card.H - 2*wallPad - wallGap*float64(rows-1)) / float64(rows)
	per := (n + rows - 1) / rows
	col := min(wallCol, (card.W-2*wallPad)/float64(per))
	for i, s := range p.shapes {
		row := i / per
		count := min(per, n-row*per)
		x := width/2 + col*(float64(i%per)-float64(count)/2)
		p.shape(i, s, Rect{x + 13, y + wallPad + (high+wallGap)*float64(row) + 4, col - 26, high - 8})
	}
}

// shape draws a route into a box, without any measure.
func (p *poster) shape(i int, s shape, box Rect) {
	v := newView(s.way.pieces, box)
	p.mark(MarkCell, i, s.sport, box)
	for _, piece := range s.way.pieces {
		p.polyline(v.pts(piece, 0.4), stroke{width: wallLine, data: true}, p.theme.sport(s.sport))
	}
}
