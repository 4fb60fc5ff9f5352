package charts

import (
	"image/color"
	"math"
	"strings"
)

// dial is the year as a circle of rays.
type dial struct {
	x, y float64 // middle
	r    float64 // where rays begin
	long float64 // length of a ray that stands for top
	top  float64 // the value whose ray is longest
	days []Ray
}

// The measures of a dial, in pixels.
const (
	rayWide   = 4.2
	rayMost   = 246.0
	rayLeast  = 6.0
	raySide   = 54.0 // from the end of a ray to the edge of the sheet
	rayRoom   = 22.0 // from the end of a ray to text
	dialLeast = 232.0
	dialWide  = 284.0
)

// newDial lays the days into a room that begins at dialTop and is high pixels
// high. The year stands over it: rays keep off it as off the edges.
func newDial(days []Ray, high, year float64) dial {
	d := dial{x: width / 2, r: max(dialLeast, min(dialWide, 0.3*high)), days: days}
	d.top = topRay(days)
	// The fullest months may lie anywhere: the middle goes where rays can be
	// longest, and of such places where the room over and under them is alike.
	lean := math.Inf(1)
	for at := dialTop + d.r + 20; at <= dialTop+high-d.r-20; at += 2 {
		try := d
		try.y = at
		try.long = try.room(dialTop+high, year)
		if tilt := try.lean(dialTop + high); try.long > d.long+0.5 || try.long > d.long-0.5 && tilt < lean {
			d, lean = try, tilt
		}
	}
	return d
}

// lean is how much more room there is on one side of the rays, over or under
// them.
func (d dial) lean(low float64) float64 {
	up, down := d.r, d.r
	for i, r := range d.days {
		cos := math.Cos(2 * math.Pi * d.turn(i))
		up, down = max(up, cos*(d.r+d.length(r))), max(down, -cos*(d.r+d.length(r)))
	}
	return math.Abs((d.y - up - dialTop) - (low - d.y - down))
}

// topRay is the value of the longest ray. A day far beyond all others is cut,
// so that it does not make dots of them.
func topRay(days []Ray) float64 {
	var v []float64
	for _, r := range days {
		if r.Value > 0 {
			v = append(v, r.Value)
		}
	}
	if len(v) == 0 {
		return 1
	}
	return min(quantile(v, 1), 3*quantile(v, 0.9))
}

// share is how much of the longest ray a day has.
func (d dial) share(r Ray) float64 { return min(1, r.Value/d.top) }

// turn is where a day stands.
func (d dial) turn(i int) float64 { return (float64(i) + 0.5) / float64(len(d.days)) }

// room is how long the longest ray can be so that none touches the year, the
// lower end of the room or the sides.
func (d dial) room(low, year float64) float64 {
	long := rayMost
	for i, r := range d.days {
		s := d.share(r)
		if s == 0 {
			continue
		}
		sin, cos := math.Sincos(2 * math.Pi * d.turn(i))
		reach := (d.x - raySide) / max(1e-9, math.Abs(sin))
		if cos < 0 {
			reach = min(reach, (low-rayRoom-d.y)/-cos)
		}
		if cos > 0 {
			reach = min(reach, d.under(sin, cos, year))
		}
		long = min(long, (reach-d.r)/s)
	}
	return long
}

// under is how far a ray upwards gets: to the year, or beside it to the eyebrow.
func (d dial) under(sin, cos, year float64) float64 {
	reach := (d.y - dialTop) / cos
	if beside := (year/2 + rayRoom) / max(1e-9, math.Abs(sin)); beside < reach {
		// It leaves the width of the year before it comes to its height.
		return (d.y - posterEyebrow - rayRoom) / cos
	}
	return reach
}

// backdrop lights the sheet behind the dial.
func (p *poster) backdrop(d dial) {
	th := p.theme
	blue := th.sports[Ride]
	p.traceRect(Rect{0, 0, width, posterHigh}, corners{})
	p.fillShade(func(x, y float64) color.NRGBA {
		t := math.Hypot((x-d.x)/760, (y-d.y)/700)
		return ramp(t, 0, 1, mix(th.ground, blue, 0.25), mix(th.ground, blue, 0.12), th.ground)
	})
}

// dial draws rays, months and the figure in the middle.
func (p *poster) dial(d dial) {
	th := p.theme
	p.ring(d.x, d.y, d.r-12, 2, th.line)
	best := 0
	for i, r := range d.days {
		if r.Value > d.days[best].Value {
			best = i
		}
		p.ray(d, i, r)
	}
	if d.days[best].Value > 0 {
		tip := onCircle(d.x, d.y, d.r+d.length(d.days[best]), d.turn(best))
		p.spark(tip.x, tip.y)
	}
	p.months(d)
	p.middle(d)
}

// spark marks the biggest day, on the dial and beside its words.
func (p *poster) spark(x, y float64) {
	p.glow(x, y, 24, alpha(p.theme.ink, 0.55))
	p.circle(x, y, 5.5, p.theme.ink)
}

// length is how long the ray of a day is, 0 for a day of rest.
func (d dial) length(r Ray) float64 {
	if r.Value == 0 {
		return 0
	}
	return max(rayLeast, d.long*d.share(r))
}

// ray draws one day: a line outwards, or a dot for rest.
func (p *poster) ray(d dial, i int, r Ray) {
	a := onCircle(d.x, d.y, d.r, d.turn(i))
	if r.Value == 0 {
		if !r.Ahead {
			p.circle(a.x, a.y, 1.7, p.theme.ink3)
		}
		return
	}
	b := onCircle(d.x, d.y, d.r+d.length(r), d.turn(i))
	p.polyline([]pt{a, b}, stroke{width: min(rayWide, 2*math.Pi*d.r/float64(len(d.days))), data: true}, p.theme.sport(r.Sport.known()))
	const half = rayWide / 2
	p.mark(MarkRay, i, r.Sport.known(), Rect{
		min(a.x, b.x) - half, min(a.y, b.y) - half, math.Abs(a.x-b.x) + rayWide, math.Abs(a.y-b.y) + rayWide,
	})
}

// months writes the names of the months on the inner side of the dial.
func (p *poster) months(d dial) {
	st := style{size: 28, weight: semibold, ink: p.theme.ink2, align: 0.5}
	for i, m := range p.Months {
		at := onCircle(d.x, d.y, d.r-50, (float64(i)+0.5)/float64(len(p.Months)))
		m, _ = p.fit(m, st, 84)
		p.writeMid(m, at.x, at.y, st)
	}
}

// middle writes hint, figure and unit into the dial.
func (p *poster) middle(d dial) {
	th, room := p.theme, 2*(d.r-112)
	total := style{size: 100, weight: heavy, ink: th.ink, align: 0.5, track: -2, digits: true}
	total = p.shrink(total, 44, room, p.Total)
	p.writeFit(p.Total, d.x, d.y+total.size*capHeight/2-4, room, total)
	unit := p.shrink(style{size: 34, weight: medium, ink: th.ink2, align: 0.5}, 28, room, p.Unit)
	p.writeFit(p.Unit, d.x, d.y+82, room, unit)
	p.hint(d, room)
}

// hint explains the rays, in two lines where the dial is too narrow for one: the
// upper one has less room.
func (p *poster) hint(d dial, room float64) {
	const upper = 0.75
	st := p.shrink(p.theme.small().to(0.5), 28, room, p.Hint)
	first, rest := "", p.Hint
	if wide := p.measure(rest, st); wide > room {
		words := strings.Fields(p.Hint)
		for i := 1; i < len(words); i++ {
			a, b := strings.Join(words[:i], " "), strings.Join(words[i:], " ")
			if w := max(p.measure(a, st)/upper, p.measure(b, st)); w < wide {
				first, rest, wide = a, b, w
			}
		}
	}
	p.writeFit(rest, d.x, d.y-66, room, st)
	if first != "" {
		p.writeFit(first, d.x, d.y-66-1.2*st.size, upper*room, st)
	}
}
