package digest

import (
	"cmp"
	"math"
	"slices"
	"time"

	"clubrun/store"
)

// bestEarlier is how many earlier activities of a sport a best needs; with
// fewer it is no best but a beginning.
const bestEarlier = 5

// known are the distances, in metres, that people race.
var known = [...]float64{1000, 1609.344, 5000, 10000, 15000, 21097.5, 42195}

// knownSlack is how far from such a distance a watch may measure it.
const knownSlack = 0.015

// knownDistance returns the distance that people race, within the error of a
// watch; ok is false where it is none.
func knownDistance(metres float64) (distance float64, ok bool) {
	for _, k := range known {
		if math.Abs(metres-k) <= k*knownSlack {
			return k, true
		}
	}
	return 0, false
}

// races tells the races of a span, with what they beat.
func (p *person) races(s store.Span) []Highlight {
	var found []Highlight
	for i := at(p.entries, s.Start); i < len(p.entries) && p.entries[i].day < s.End; i++ {
		e := &p.entries[i]
		if !e.Race || e.quiet || e.leg {
			continue
		}
		h := Highlight{
			Kind: KindRace, Activity: e.ID, Sport: e.Sport, Day: e.day, Distance: e.Distance,
			Time: e.clock(), weight: 100,
		}
		if k, ok := knownDistance(e.Distance); ok && e.Sport == store.Run {
			h.Distance = k
			h.Better = p.beaten(h.Time, i, k)
		}
		if h.Better > 0 {
			h.weight = 110
		}
		found = append(found, h)
	}
	return found
}

// practised says whether the member did the sport of the i-th entry often
// enough before it for a best to mean something.
func (p *person) practised(i int) bool {
	n, sport := 0, p.entries[i].Sport
	for j := i - 1; j >= 0 && n < bestEarlier; j-- {
		if p.entries[j].Sport == sport {
			n++
		}
	}
	return n == bestEarlier
}

// beaten is by how much a run, the i-th entry, beats the best over a distance
// before it: more than a second and more than one per cent.
func (p *person) beaten(t time.Duration, i int, distance float64) time.Duration {
	best := time.Duration(0)
	if t <= 0 || !p.practised(i) {
		return 0
	}
	for j := i - 1; j >= 0; j-- {
		o := &p.entries[j]
		if o.Sport != store.Run {
			continue
		}
		if d := o.over(distance); d > 0 && (best == 0 || d < best) {
			if best = d; !clearly(t, best) {
				return 0 // as nearly every run turns out soon
			}
		}
	}
	if best == 0 {
		return 0
	}
	return best - t
}

// clearly says whether a time beats another one by more than a second and more
// than one per cent.
func clearly(t, before time.Duration) bool {
	better := before - t
	return better > time.Second && float64(better) > float64(before)/100
}

// splits are the fastest splits that count as bests, longest first.
var splits = [...]struct {
	key    string
	metres float64
}{{"42195", 42195}, {"21097", 21097.5}, {"10000", 10000}, {"5000", 5000}, {"1609", 1609.344}, {"1000", 1000}}

// bests tells the personal best of a span: the longest split that beats all
// before, or the source's word for a workout of which nothing better is told.
// A race is told as one; its splits are bests all the same.
func (p *person) bests(s store.Span, told []Highlight) []Highlight {
	var found []Highlight
	for i := at(p.entries, s.Start); i < len(p.entries) && p.entries[i].day < s.End; i++ {
		e := &p.entries[i]
		if e.quiet || !p.practised(i) {
			continue
		}
		if h, ok := p.bestSplit(i); ok {
			found = append(found, h)
			continue
		}
		same := func(h Highlight) bool { return h.Day == e.day && h.Sport == e.Sport }
		if e.Record && !e.Race && !slices.ContainsFunc(told, same) {
			found = append(found, Highlight{Kind: KindRecord, Sport: e.Sport, Day: e.day, weight: 54})
		}
	}
	slices.SortStableFunc(found, func(a, b Highlight) int { return cmp.Compare(b.weight, a.weight) })
	return found[:min(1, len(found))]
}

// bestSplit is the longest split of the i-th entry that beats all before. A
// race over a known distance is left to tell that distance itself.
func (p *person) bestSplit(i int) (Highlight, bool) {
	e := &p.entries[i]
	if e.Sport != store.Run || len(e.Metrics.Splits) == 0 {
		return Highlight{}, false
	}
	raced, _ := knownDistance(e.Distance)
	for _, split := range splits {
		t := e.split(split.metres)
		if t == 0 || e.Race && split.metres == raced {
			continue
		}
		if better := p.beaten(t, i, split.metres); better > 0 {
			return Highlight{
				Kind: KindBest, Sport: e.Sport, Day: e.day, Distance: split.metres,
				Time: t, Better: better, weight: 80 + split.metres/10000,
			}, true
		}
	}
	return Highlight{}, false
}

// over is the fastest that the entry is known to have covered a distance in: a
// split, or the whole of a run that was as long.
func (e *entry) over(distance float64) time.Duration {
	t := e.split(distance)
	if d, ok := knownDistance(e.Distance); ok && d == distance && e.clock() > 0 && (t == 0 || e.clock() < t) {
		return e.clock()
	}
	return t
}

// fastestRun is faster than anybody runs, in metres a second: a split above it
// is a fault of the watch.
const fastestRun = 8

// split is the fastest time over so many metres within the entry; 0 where it
// is not known or faster than anybody runs.
func (e *entry) split(metres float64) time.Duration {
	if len(e.Metrics.Splits) == 0 {
		return 0
	}
	for _, s := range splits {
		if s.metres != metres {
			continue
		}
		if seconds := sane(e.Metrics.Splits[s.key], longestWork.Seconds()); seconds*fastestRun > metres {
			return time.Duration(math.Round(seconds * float64(time.Second)))
		}
	}
	return 0
}
