package charts

import (
	"image/color"
	"math"
	"strconv"
)

// The measures of the profile, from the upper edge of its card.
const (
	profileHead = 58.0
	profileTop  = 112.0 // the highest point
	profileBase = 246.0
	profileText = 290.0
	profileFlat = 40.0 // metres that fill the height at least
)

// profile draws the heights over the way, with the highest point named.
func (m *routeMap) profile(r Route, card Rect) {
	th := m.theme
	m.panel(card)
	m.writeFit(r.Elevation, inner, card.Y+profileHead, 600, style{size: 36, weight: semibold, ink: th.ink})
	plot := Rect{inner, card.Y + profileTop, width - 2*inner, profileBase - profileTop}
	from, long := m.way.first().along, m.way.length()
	span := max(profileFlat, m.way.high-m.way.low)
	at := func(s spot) pt {
		share := 0.1 + 0.9*(s.height-m.way.low)/span
		return pt{plot.X + plot.W*(s.along-from)/long, plot.Bottom() - plot.H*share}
	}
	col := th.sports[WalkHike]
	var peak pt
	high := math.Inf(-1)
	for _, piece := range m.way.pieces {
		pts := make([]pt, 0, len(piece))
		for _, s := range piece {
			pts = append(pts, at(s))
			if s.height > high {
				high, peak = s.height, at(s)
			}
		}
		m.hill(pts, plot, col)
		m.polyline(pts, stroke{width: 5, data: true}, col)
	}
	m.rect(Rect{plot.X, plot.Bottom(), plot.W, 2}, corners{}, th.axis)
	m.ways(r.Unit, plot, card.Y+profileText)
	m.circle(peak.x, peak.y, 11, th.card)
	m.circle(peak.x, peak.y, 8, th.ink)
	st := style{size: 32, weight: semibold, ink: th.ink, digits: true, align: 0.5}
	s, _ := m.fit(r.Peak, st, 300)
	half := m.measure(s, st) / 2
	m.write(s, max(inner+half, min(right-half, peak.x)), peak.y-19, st)
}

// hill fills the area under heights, fading towards the base line.
func (m *routeMap) hill(pts []pt, plot Rect, col color.NRGBA) {
	m.moveTo(pts[0].x, plot.Bottom())
	for _, p := range pts {
		m.lineTo(p.x, p.y)
	}
	m.lineTo(pts[len(pts)-1].x, plot.Bottom())
	m.gc.Close()
	m.fillShade(func(_, y float64) color.NRGBA {
		return alpha(col, 0.08+0.5*max(0, plot.Bottom()-y)/plot.H)
	})
}

// roundStep is the least of 1, 2, 3, 5 and so on that is not less than v.
func roundStep(v float64) float64 {
	for ten := 1.0; ; ten *= 10 {
		for _, k := range []float64{1, 2, 3, 5} {
			if k*ten >= v || ten > 1e6 {
				return k * ten
			}
		}
	}
}

// ways writes the distances under the base line, the unit at the last.
func (m *routeMap) ways(unit string, plot Rect, y float64) {
	units := m.way.length() / m.unit
	st := m.theme.axisText().to(0.5)
	if unit, _ = m.fit(unit, st, 140); unit != "" {
		unit = "\u00a0" + unit
	}
	step := roundStep(units / 5)
	widest := 1.5 * m.measure(strconv.FormatFloat(units, 'f', 0, 64)+unit, st)
	for step < units && plot.W*step/units < widest {
		step = roundStep(1.01 * step)
	}
	for n := 0.0; n <= units; n += step {
		s := strconv.FormatFloat(n, 'f', 0, 64)
		if n+step > units {
			s += unit
		}
		half := m.measure(s, st) / 2
		x := plot.X + plot.W*n/units
		m.write(s, max(plot.X+half, min(plot.Right()-half, x)), y, st)
	}
}
