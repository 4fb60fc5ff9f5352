package charts

import "math"

// most is where values are cut, so that sums of them stay finite.
const most = 1e12

// amount is a value as bars take it: not finite or negative counts as nothing.
func amount(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) || v <= 0 {
		return 0
	}
	return min(v, most)
}

// merge drops empty parts and adds up parts of one sport, in the order in
// which sports first come.
func merge(parts []Part) []Part {
	var out []Part
	for _, p := range parts {
		v, s := amount(p.Value), p.Sport.known()
		if v == 0 {
			continue
		}
		i := 0
		for i < len(out) && out[i].Sport != s {
			i++
		}
		if i == len(out) {
			out = append(out, Part{Sport: s})
		}
		out[i].Value += v
	}
	return out
}

// total is the sum of parts.
func total(parts []Part) float64 {
	sum := 0.0
	for _, p := range parts {
		sum += p.Value
	}
	return sum
}

// The measures of what a bar is divided into.
const (
	partGap   = 3.0 // between parts
	partLeast = 7.0 // least length of a part with its gap, where there is room
)

// divide gives each part its length of a bar. Parts too short to be seen get
// a little from the others.
func divide(length float64, parts []Part) []float64 {
	out := make([]float64, len(parts))
	short := make([]bool, len(parts))
	for again := true; again; {
		again = false
		room, sum := length, 0.0
		for i, p := range parts {
			if short[i] {
				room -= partLeast
			} else {
				sum += p.Value
			}
		}
		if room < 0 || sum == 0 {
			return even(length, parts)
		}
		for i, p := range parts {
			if short[i] {
				continue
			}
			out[i] = room * (p.Value / sum)
			if out[i] < partLeast {
				out[i], short[i], again = partLeast, true, true
			}
		}
	}
	return out
}

// even is how a bar is divided that is too short for least lengths.
func even(length float64, parts []Part) []float64 {
	out := make([]float64, len(parts))
	sum := total(parts)
	for i, p := range parts {
		out[i] = length * (p.Value / sum)
	}
	return out
}

// barLeast is the least length of a bar that stands for something.
const barLeast = 4.0

// bar draws a lying bar in a box, divided by sport. The ends are round.
func (c *canvas) bar(box Rect, parts []Part, index int) {
	c.mark(MarkBar, index, "", box)
	end := box.H / 2
	if len(parts) == 0 {
		c.rect(box, round(end), c.theme.sport(""))
		return
	}
	x := box.X
	for i, w := range divide(box.W, parts) {
		k, gap := round(4), partGap
		if i == 0 {
			k.tl, k.bl = end, end
		}
		if i == len(parts)-1 {
			k.tr, k.br, gap = end, end, 0
		}
		part := Rect{x, box.Y, max(w-gap, 1), box.H}
		c.rect(part, k, c.theme.sport(parts[i].Sport))
		c.mark(MarkPart, index, parts[i].Sport, part)
		x += w
	}
}
