package charts

import (
	"image/color"
	"math"
	"strconv"
)

// view lays the plane of a way on the sheet, north up, as large as it goes.
type view struct {
	x, y float64 // of the sheet, for the middle of the plane
	e, n float64 // of the plane, in its metres
	mpp  float64 // metres to a pixel
}

// newView fits pieces into a box.
func newView(pieces [][]spot, box Rect) view {
	w, e, s, n := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, p := range pieces {
		for _, a := range p {
			w, e, s, n = min(w, a.x), max(e, a.x), min(s, a.y), max(n, a.y)
		}
	}
	return view{
		x: box.X + box.W/2, y: box.Y + box.H/2, e: (w + e) / 2, n: (s + n) / 2,
		mpp: max((e-w)/box.W, (n-s)/box.H, 0.05),
	}
}

func (v view) pt(s spot) pt { return pt{v.x + (s.x-v.e)/v.mpp, v.y - (s.y-v.n)/v.mpp} }

// pts are the points of a piece that are needed to see its form.
func (v view) pts(piece []spot, eps float64) []pt {
	few := simplify(piece, min(mostEps, eps*v.mpp))
	out := make([]pt, len(few))
	for i, s := range few {
		out[i] = v.pt(s)
	}
	return out
}

// at is the spot at a distance along a way, and whether it is shown.
func (w way) at(along float64) (spot, bool) {
	for _, p := range w.pieces {
		for i := 1; i < len(p); i++ {
			a, b := p[i-1], p[i]
			if a.along <= along && along <= b.along && b.along > a.along {
				return a.between(b, (along-a.along)/(b.along-a.along)), true
			}
		}
	}
	return spot{}, false
}

// The measures of the line, in pixels.
const (
	routeWide = 14.0
	casing    = 25.0
	halo      = 84.0
	badge     = 22.0 // radius of dots
	badgeRim  = 3.5
	mostDot   = 130.0 // width of a dot with a long number
	lineEps   = 0.25  // by how much the line may differ from the way
)

// ground paints the card of the map: light in the middle, with a grid whose
// squares are as wide as the scale bar.
func (m *routeMap) ground(step float64) {
	th := m.theme
	fade := func(x, y float64) float64 {
		return max(0, 1-math.Hypot((x-width/2)/620, (y-m.view.y)/520))
	}
	m.traceRect(m.card, round(cardRound))
	m.fillShade(func(x, y float64) color.NRGBA {
		return mix(th.card, mix(th.card, th.sports[Ride], 0.2), fade(x, y))
	})
	if !(step >= 40) {
		step = 100
	}
	shade := func(x, y float64) color.NRGBA { return alpha(th.axis, 0.44*fade(x, y)) }
	thin := stroke{width: 2, butt: true}
	top, low := m.card.Y+24, m.card.Bottom()-24
	for i := range int(width / step) {
		for _, d := range []float64{(float64(i) + 0.5) * step, -(float64(i) + 0.5) * step} {
			if x := m.view.x + d; x > m.card.X+24 && x < m.card.Right()-24 {
				m.polylineShade([]pt{{x, top}, {x, low}}, thin, shade)
			}
			if y := m.view.y + d; y > top && y < low {
				m.polylineShade([]pt{{m.card.X + 24, y}, {m.card.Right() - 24, y}}, thin, shade)
			}
		}
	}
}

// line draws the way: a glow, a dark casing, and the core in the colours of
// its pace.
func (m *routeMap) line(s Sport) {
	th := m.theme
	var lines [][]pt
	for _, p := range m.way.pieces {
		lines = append(lines, m.view.pts(p, lineEps))
	}
	hue, aura := m.hues(s)
	for _, l := range lines {
		m.polylineShade(l, stroke{width: halo}, aura)
	}
	for _, l := range lines {
		m.polyline(l, stroke{width: casing}, th.ground)
	}
	for _, l := range lines {
		m.polylineShade(l, stroke{width: routeWide}, hue)
	}
}

// colourOf is the colour of a speed.
func (w way) colourOf(th theme, s Sport, speed float64) color.NRGBA {
	if w.fast == 0 || math.IsNaN(speed) {
		return th.sport(s.known())
	}
	return ramp(speed, w.slow, w.fast, th.pace[:]...)
}

// tintCell is the side of the squares in which colours are kept, in pixels.
const tintCell = 4.0

// hues gives each place the colour of the nearest spot of the way, and the
// same fading with the distance.
func (m *routeMap) hues(s Sport) (hue, aura func(x, y float64) color.NRGBA) {
	cols, rows := int(width/tintCell)+2, int((m.card.Bottom()+halo)/tintCell)+2
	best := make([]float64, cols*rows)
	cell := make([]color.NRGBA, cols*rows)
	for i := range best {
		best[i] = math.Inf(1)
	}
	const reach = 13 // cells that the halo covers, and one more
	before := pt{math.Inf(1), 0}
	for _, p := range m.way.pieces {
		for _, a := range p {
			q := m.view.pt(a)
			if math.Hypot(q.x-before.x, q.y-before.y) < 2 {
				continue
			}
			before = q
			col := m.way.colourOf(m.theme, s, a.speed)
			cx, cy := int(q.x/tintCell), int(q.y/tintCell)
			for y := max(0, cy-reach); y <= min(rows-1, cy+reach); y++ {
				for x := max(0, cx-reach); x <= min(cols-1, cx+reach); x++ {
					d := sq(float64(x)*tintCell-q.x) + sq(float64(y)*tintCell-q.y)
					if i := y*cols + x; d < best[i] {
						best[i], cell[i] = d, col
					}
				}
			}
		}
	}
	corner := func(x, y float64) (at int, tx, ty float64) {
		x, y = max(0, x/tintCell), max(0, y/tintCell)
		i, j := min(int(x), cols-2), min(int(y), rows-2)
		return j*cols + i, min(1, x-float64(i)), min(1, y-float64(j))
	}
	hue = func(x, y float64) color.NRGBA {
		at, tx, ty := corner(x, y)
		return mix(mix(cell[at], cell[at+1], tx), mix(cell[at+cols], cell[at+cols+1], tx), ty)
	}
	aura = func(x, y float64) color.NRGBA {
		at, tx, ty := corner(x, y)
		far := func(i int) float64 { return min(halo, math.Sqrt(best[i])) }
		d := (far(at)*(1-tx)+far(at+1)*tx)*(1-ty) + (far(at+cols)*(1-tx)+far(at+cols+1)*tx)*ty
		return alpha(hue(x, y), 0.34*sq(max(0, 1-d/(halo/2))))
	}
	return hue, aura
}

func sq(v float64) float64 { return v * v }

// mostDots is how many dots a way has at most.
const mostDots = 8

// dots draws start, finish and the dots between, and records the line where
// none of them covers it. A dot that would lie on another one is left out.
func (m *routeMap) dots() {
	th := m.theme
	start, end := pushed(m.view.pt(m.way.first()), m.view.pt(m.way.last()), 2*badge+6)
	taken := []Rect{around(start, 2*badge), around(end, 2*badge)}
	first := m.way.first().along
	each := niceDots(m.way.length() / m.unit)
	for n := each; n*m.unit < m.way.length(); n += each {
		s, ok := m.way.at(first + n*m.unit)
		box := m.dotBox(int(n), m.view.pt(s))
		if !ok || box.W > mostDot || touches(taken, box, 4) {
			continue
		}
		taken = append(taken, box)
		m.dot(int(n), box)
	}
	m.sign("play_arrow", start, th.sports[WalkHike])
	m.sign("flag", end, th.vivid)
	for _, piece := range m.way.pieces {
		pts := m.view.pts(piece, lineEps)
		for i := 1; i < len(pts); i++ {
			m.recordFree(pts[i-1], pts[i], taken)
		}
	}
}

// recordFree records a piece of the line, but where dots lie on it.
func (m *routeMap) recordFree(a, b pt, taken []Rect) {
	n := int(math.Hypot(b.x-a.x, b.y-a.y)/8) + 1
	for i := range n {
		f := func(i int) pt {
			t := float64(i) / float64(n)
			return pt{a.x + (b.x-a.x)*t, a.y + (b.y-a.y)*t}
		}
		if p, q := f(i), f(i+1); !touches(taken, around(p, 0), routeWide) && !touches(taken, around(q, 0), routeWide) {
			m.record([]pt{p, q}, routeWide)
		}
	}
}

// around is a square with its middle at p.
func around(p pt, side float64) Rect { return Rect{p.x - side/2, p.y - side/2, side, side} }

// touches says whether a box comes nearer than room to any other.
func touches(boxes []Rect, b Rect, room float64) bool {
	for _, o := range boxes {
		if b.X < o.Right()+room && o.X < b.Right()+room && b.Y < o.Bottom()+room && o.Y < b.Bottom()+room {
			return true
		}
	}
	return false
}

// niceDots is the number of units from dot to dot.
func niceDots(units float64) float64 {
	return niceStep(max(1, units/(mostDots+0.999)))
}

// pushed moves two points away from each other until they have room.
func pushed(a, b pt, room float64) (pt, pt) {
	dx, dy := b.x-a.x, b.y-a.y
	d := math.Hypot(dx, dy)
	if d >= room {
		return a, b
	}
	if d < 1 {
		dx, dy, d = 1, 0, 1
	}
	k := (room - math.Hypot(b.x-a.x, b.y-a.y)) / 2 / d
	return pt{a.x - dx*k, a.y - dy*k}, pt{b.x + dx*k, b.y + dy*k}
}

func (m *routeMap) dotStyle() style {
	return style{size: 28, weight: semibold, ink: m.theme.ground, align: 0.5, digits: true}
}

// dotBox is where a dot with a number stands.
func (m *routeMap) dotBox(n int, p pt) Rect {
	w := max(2*badge, m.measure(strconv.Itoa(n), m.dotStyle())+22)
	return Rect{p.x - w/2, p.y - badge, w, 2 * badge}
}

// dot draws a disc with a number.
func (m *routeMap) dot(n int, box Rect) {
	rim := Rect{box.X - badgeRim, box.Y - badgeRim, box.W + 2*badgeRim, box.H + 2*badgeRim}
	m.rect(rim, round(rim.H/2), m.theme.ground)
	m.rect(box, round(badge), m.theme.ink)
	m.writeMid(strconv.Itoa(n), box.X+box.W/2, box.Y+badge, m.dotStyle())
	m.mark(MarkDot, n, "", box)
}

// sign draws a disc with an icon.
func (m *routeMap) sign(icon string, p pt, col color.NRGBA) {
	m.circle(p.x, p.y, badge+badgeRim, m.theme.ground)
	m.circle(p.x, p.y, badge, col)
	m.icon(icon, p.x, p.y, 30, m.theme.inkOn(col))
}

// The measures of the line under the map.
const (
	keyLine = 42.0  // its middle over the end of the card
	keyBar  = 120.0 // width of the colours
	mostBar = 200.0
	lessBar = 56.0
)

// scaleFor picks the longest length that the map has room for.
func (m *routeMap) scaleFor(lengths []Length) Length {
	var out Length
	for _, l := range lengths {
		l.Text, _ = m.fit(m.text(l.Text), m.theme.label(), 190)
		if px := l.Meters / m.view.mpp; px >= lessBar && px <= mostBar && l.Meters > out.Meters {
			out = l
		}
	}
	return out
}

// scaleBar draws a line of the length with its text.
func (m *routeMap) scaleBar(l Length) {
	if l.Text == "" {
		return
	}
	y, x := m.card.Bottom()-keyLine, 76.0
	px := l.Meters / m.view.mpp
	m.segment(x, y, x+px, y, stroke{width: 4, butt: true}, m.theme.ink2)
	for _, at := range []float64{x + 2, x + px - 2} {
		m.segment(at, y-9, at, y+9, stroke{width: 4, butt: true}, m.theme.ink2)
	}
	m.mark(MarkTick, 0, "", Rect{x, y - 9, px, 18})
	m.writeMid(l.Text, x+px+16, y, m.theme.label())
}

// paceKey explains the colours, on the right.
func (m *routeMap) paceKey(slow, fast string) {
	if m.way.fast == 0 || slow == "" && fast == "" {
		return
	}
	st := m.theme.label()
	st.digits = true
	slow, _ = m.fit(slow, st, 170)
	fast, _ = m.fit(fast, st, 220)
	y, x := m.card.Bottom()-keyLine, width-76.0
	x -= m.writeMid(fast, x, y, st.to(1)) + 16 + keyBar
	bar := Rect{x, y - 6, keyBar, 12}
	m.traceRect(bar, round(6))
	m.fillShade(func(px, _ float64) color.NRGBA { return ramp(px, bar.X, bar.Right(), m.theme.pace[:]...) })
	m.writeMid(slow, x-16, y, st.to(1))
}
