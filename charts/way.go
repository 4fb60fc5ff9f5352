package charts

import (
	"math"
	"slices"
)

// way is what may be shown of a track: pieces of it between hidden parts,
// evenly spaced and smoothed.
type way struct {
	pieces     [][]spot
	slow, fast float64 // metres per second at the ends of the colours; 0 without pace
	low, high  float64 // metres above the sea; NaN without altitudes
}

// newWay finds what may be shown of a track. It fails with ErrEmpty without a
// single place and with ErrHidden where too little is left.
func newWay(t Track, id string) (way, error) {
	if id == "" {
		return way{}, errNobody
	}
	if t = t.valid(); len(t) == 0 {
		return way{}, ErrEmpty
	}
	tracks := t.stretches()
	near := nearby(tracks)
	p := newPlane(near)
	zs := zones(p, tracks, id)
	var w way
	along, seen := 0.0, 0.0
	for _, tr := range near {
		spots := lay(p, tr, along)
		if len(spots) == 0 {
			continue
		}
		along = spots[len(spots)-1].along
		w.pieces = append(w.pieces, cut(spots, zs)...)
	}
	for _, piece := range w.pieces {
		seen += piece[len(piece)-1].along - piece[0].along
	}
	if seen < leastSeen {
		return way{}, ErrHidden
	}
	w.measure()
	return w, nil
}

// nearby leaves the longest stretch and those that are not far from it.
func nearby(tracks []Track) []Track {
	longest, most := 0, -1.0
	for i, t := range tracks {
		if n := t.length(); n > most {
			longest, most = i, n
		}
	}
	reach := max(2000, most)
	home := tracks[longest][0].vec()
	return slices.DeleteFunc(slices.Clone(tracks), func(t Track) bool { return t[0].vec().far(home) > reach })
}

// length is the way along all fixes, in metres.
func (t Track) length() float64 {
	sum := 0.0
	for i := 1; i < len(t); i++ {
		sum += t[i-1].vec().far(t[i].vec())
	}
	return sum
}

// The measures of evening out, in metres and seconds.
const (
	mostSteps  = 3000
	leastStep  = 4.0
	calmPlace  = 10.0 // over which the line is smoothed to either side
	calmHeight = 40.0
	calmPace   = 15.0 // seconds to either side
)

// lay puts a stretch on the plane in equal steps, with speed, and smoothes
// what the receiver shakes. The first step is at the given distance.
func lay(p plane, t Track, along float64) []spot {
	raw := make([]spot, 0, len(t))
	for i, f := range t {
		s := p.spot(f)
		s.along = along
		if i > 0 {
			s.along = raw[i-1].along + raw[i-1].to(s)
		}
		raw = append(raw, s)
	}
	fillHeights(raw)
	total := raw[len(raw)-1].along - along
	step := max(leastStep, total/mostSteps)
	n := int(total / step)
	if n < 1 {
		return nil
	}
	speeds(raw)
	out := make([]spot, 0, n+1)
	for i, j := 0, 0; i <= n; i++ {
		at := along + total*float64(i)/float64(n)
		for j < len(raw)-2 && raw[j+1].along < at {
			j++
		}
		d := raw[j+1].along - raw[j].along
		if d <= 0 {
			out = append(out, raw[j])
			continue
		}
		out = append(out, raw[j].between(raw[j+1], max(0, min(1, (at-raw[j].along)/d))))
	}
	calm(out, int(math.Round(calmPlace/step)), func(s *spot) *float64 { return &s.x })
	calm(out, int(math.Round(calmPlace/step)), func(s *spot) *float64 { return &s.y })
	calm(out, int(math.Round(calmHeight/step)), func(s *spot) *float64 { return &s.height })
	return out
}

// fillHeights gives spots without altitude that of the one before, the first
// ones that of the next.
func fillHeights(spots []spot) {
	last := math.NaN()
	for i := range spots {
		if math.IsNaN(spots[i].height) {
			spots[i].height = last
		}
		last = spots[i].height
	}
	for i := len(spots) - 2; i >= 0; i-- {
		if math.IsNaN(spots[i].height) {
			spots[i].height = spots[i+1].height
		}
	}
}

// speeds finds the speed at each spot over the seconds around it.
func speeds(raw []spot) {
	from, to := 0, 0
	for i := range raw {
		for from < i && raw[from].seconds < raw[i].seconds-calmPace {
			from++
		}
		for to < len(raw)-1 && (to < i || raw[to].seconds < raw[i].seconds+calmPace) {
			to++
		}
		raw[i].speed = math.NaN()
		if dt := raw[to].seconds - raw[from].seconds; dt > 0 {
			raw[i].speed = min(mostSpeed, (raw[to].along-raw[from].along)/dt)
		}
	}
	last := math.NaN()
	for i := range raw {
		if math.IsNaN(raw[i].speed) {
			raw[i].speed = last
		}
		last = raw[i].speed
	}
}

// calm takes the mean over n neighbours on either side, twice. Near the ends
// it takes fewer, so that they stay.
func calm(spots []spot, n int, of func(*spot) *float64) {
	if n < 1 {
		return
	}
	for range 2 {
		sums := make([]float64, len(spots)+1)
		for i := range spots {
			sums[i+1] = sums[i] + *of(&spots[i])
		}
		for i := range spots {
			m := min(n, i, len(spots)-1-i)
			*of(&spots[i]) = (sums[i+m+1] - sums[i-m]) / float64(2*m+1)
		}
	}
}

// leastSpread is how far the ends of the colours are apart at least, as a
// share of the speed: an even run shall look even.
const leastSpread = 0.12

// measure finds the ends of colours and heights.
func (w *way) measure() {
	var v []float64
	w.low, w.high = math.NaN(), math.NaN()
	for _, piece := range w.pieces {
		for _, s := range piece {
			if s.speed > 0 {
				v = append(v, s.speed)
			}
			if !math.IsNaN(s.height) && !(s.height >= w.low) {
				w.low = s.height
			}
			if !math.IsNaN(s.height) && !(s.height <= w.high) {
				w.high = s.height
			}
		}
	}
	if len(v) == 0 {
		return
	}
	slices.Sort(v)
	w.slow, w.fast = v[len(v)/20], v[len(v)-1-len(v)/20]
	if mid := v[len(v)/2]; w.fast-w.slow < leastSpread*mid {
		w.slow, w.fast = mid*(1-leastSpread/2), mid*(1+leastSpread/2)
	}
}

// quantile is the value below which a share of the values lies.
func quantile(v []float64, share float64) float64 {
	v = slices.Clone(v)
	slices.Sort(v)
	return v[int(share*float64(len(v)-1))]
}

// mostEps is how many metres a line may be simplified by, so that it stays out
// of the zones.
const mostEps = 15.0

// simplify leaves out the spots of a line that are nearer than eps to the line
// without them (Douglas and Peucker).
func simplify(line []spot, eps float64) []spot {
	if len(line) < 3 {
		return line
	}
	keep := make([]bool, len(line))
	keep[0], keep[len(line)-1] = true, true
	todo := [][2]int{{0, len(line) - 1}}
	for len(todo) > 0 {
		a, b := todo[len(todo)-1][0], todo[len(todo)-1][1]
		todo = todo[:len(todo)-1]
		far, at := eps, -1
		for i := a + 1; i < b; i++ {
			if d := aside(line[i], line[a], line[b]); d > far {
				far, at = d, i
			}
		}
		if at > 0 {
			keep[at] = true
			todo = append(todo, [2]int{a, at}, [2]int{at, b})
		}
	}
	var out []spot
	for i, k := range keep {
		if k {
			out = append(out, line[i])
		}
	}
	return out
}

// aside is the distance of a spot from the straight line between two others.
func aside(s, a, b spot) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	if dx == 0 && dy == 0 {
		return a.to(s)
	}
	t := ((s.x-a.x)*dx + (s.y-a.y)*dy) / (dx*dx + dy*dy)
	t = max(0, min(1, t))
	return math.Hypot(s.x-a.x-t*dx, s.y-a.y-t*dy)
}
