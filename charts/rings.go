package charts

import (
	"image/color"
	"math"
)

// The measures of rings, where the card is as high as it can be.
const (
	ringMiddle = 316.0
	ringOuter  = 226.0 // radius of the middle of the outermost ring
	ringStep   = 66.0  // from ring to ring
	ringWide   = 54.0
	ringPad    = 37.0 // from the card to the outermost ring
	ringTrack  = 0.17 // how strong the rest of a ring is
	ringLight  = 0.26 // how much lighter the end of a second lap is
	ringHalo   = 9.0  // what keeps a head apart from the start under it
)

// rings draws the rings and beside them what they say.
func (c progress) rings(rings []Ring, card Rect) {
	k := min(1, (card.H-2*ringPad)/(2*ringOuter+ringWide))
	y := card.Y + card.H/2
	cols := []Sport{Run, Ride, WalkHike}
	for i, r := range rings {
		c.goalRing(r, i, ringMiddle, y, k*(ringOuter-ringStep*float64(i)), k*ringWide, c.theme.sport(cols[i]))
	}

	if len(rings) == 1 {
		c.ringMiddle(rings[0].Percent, y, k)
		rings[0].Percent = ""
	}

	step := min(ringTextGap, (card.H-70)/float64(len(rings)))
	line := min(1, step/ringTextGap) * (ringTextH - 25) / 2
	first := y - (step*float64(len(rings)-1)+2*line-25)/2
	value := c.theme.stat().to(0)
	value.size, value.track = math.Floor(66*line*2/(ringTextH-25)), -1
	for _, r := range rings {
		value = c.shrink(value, 44, right-ringColumn, r.Text)
	}
	for i, r := range rings {
		c.ringWords(r, first+step*float64(i), line, value, c.theme.sport(cols[i]))
	}
}

// ringMiddle writes the share of a ring that is alone into it.
func (c progress) ringMiddle(percent string, y, k float64) {
	room := 2*k*(ringOuter-ringWide/2) - 80
	st := c.theme.hero().to(0.5)
	st.digits = true
	st = c.shrink(st, 44, room, percent)
	percent, _ = c.fit(percent, st, room)
	c.writeMid(percent, ringMiddle, y, st)
}

// ringWords writes what a ring says under its sign, the first base line at y
// and the last one two lines below it.
func (c progress) ringWords(r Ring, y, line float64, value style, col color.NRGBA) {
	th, x := c.theme, ringColumn
	if r.Sign.known() {
		c.iconDisc(string(r.Sign), x+20, y-12, 20, col, th.inkOn(col))
	} else {
		c.circle(x+20, y-12, 11, col)
	}
	c.writeFit(r.Label, x+54, y, right-x-54, th.body())
	c.writeFit(r.Text, x, y+line*1.23, right-x, value)
	percent := style{size: 30, weight: semibold, ink: th.ink, align: 1, digits: true}
	text, _ := c.fit(r.Percent, percent, 160)
	w := c.write(text, right, y+2*line, percent)
	c.writeFit(r.Goal, x, y+2*line, right-x-w-20, th.quiet())
}

// goalRing draws a ring of a goal: a pale track, the lap so far, and over a
// whole lap a second one that grows lighter. The middle of the round head is
// at the share.
func (c *canvas) goalRing(r Ring, index int, x, y, radius, wide float64, col color.NRGBA) {
	th := c.theme
	c.ring(x, y, radius, wide, th.pale(col, ringTrack))
	out := radius + wide/2
	c.mark(MarkRing, index, "", Rect{x - out, y - out, 2 * out, 2 * out})
	under, over := laps(r.Share)
	ink := th.inkOn(col)
	switch {
	case over > 0:
		c.ring(x, y, radius, wide, col)
		c.secondLap(x, y, radius, wide, over, col)
	case under == 1:
		c.ring(x, y, radius, wide, col)
	case under > 0:
		c.firstLap(x, y, radius, wide, under, col)
	default:
		ink = th.ink3
	}
	if r.Sign.known() {
		c.icon(string(r.Sign), x, y-radius, wide*0.63, ink)
	}
}

// firstLap draws a lap with round ends. A head that reaches the start is kept
// apart from it by the track: the lap is not yet whole.
func (c *canvas) firstLap(x, y, radius, wide, share float64, col color.NRGBA) {
	c.band(x, y, radius, wide, 0, share, true, col)
	end := wide / (2 * math.Pi * radius) // of two round ends, in turns
	if share < 1-end-0.004 {
		return
	}
	c.ahead(x, y, radius, wide/2, share, ringHalo, c.theme.pale(col, ringTrack))
	c.band(x, y, radius, wide, share-end, share, false, col)
	tip := onCircle(x, y, radius, share)
	c.circle(tip.x, tip.y, wide/2, col)
}

// ahead draws a disc some way before the head of a lap.
func (c *canvas) ahead(x, y, radius, r, turn, way float64, col color.NRGBA) {
	tip := onCircle(x, y, radius, turn)
	s, k := math.Sincos(2 * math.Pi * turn)
	c.circle(tip.x+k*way, tip.y+s*way, r, col)
}

// secondLap draws what is over a whole lap, ever lighter, with a shade before
// its head.
func (c *canvas) secondLap(x, y, radius, wide, share float64, col color.NRGBA) {
	light := mix(col, hex(0xFFFFFF), ringLight)
	lighter := func(px, py float64) color.NRGBA {
		turn := math.Atan2(px-x, y-py) / (2 * math.Pi)
		if turn < 0 {
			turn++
		}
		if turn > (1+share)/2 && share < 1 {
			turn = 0
		}
		return mix(col, light, min(1, turn/share))
	}
	c.traceBand(x, y, radius, wide, 0, share, false)
	c.fillShade(lighter)
	shade := alpha(mix(col, hex(0), 0.8), 0.055)
	for way := 8.0; way >= 1; way-- {
		c.ahead(x, y, radius, wide/2, share, way*1.7, shade)
	}
	c.traceBand(x, y, radius, wide, max(0, share-wide/(2*math.Pi*radius)), share, false)
	c.fillShade(lighter)
	tip := onCircle(x, y, radius, share)
	c.circle(tip.x, tip.y, wide/2, light)
}
