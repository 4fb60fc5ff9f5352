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
	for i, e := range p.entries {
		if !e.Race || e.quiet || e.leg || !s.Contains(e.day) {
			continue
		}
		h := Highlight{
			Kind: KindRace, Activity: e.ID, Sport: e.Sport, Day: e.day, Distance: e.Distance,
			Time: cmp.Or(e.Timer, e.Elapsed, e.Moving), weight: 100,
		}
		if k, ok := knownDistance(e.Distance); ok && e.Sport == store.Run {
			h.Distance = k
			h.Better = beaten(h.Time, p.bestOver(k, i), p.earlier(i, e.Sport))
		}
		if h.Better > 0 {
			h.weight = 110
		}
		found = append(found, h)
	}
	return found
}

// bestOver is the fastest run over a known distance before the i-th entry.
func (p *person) bestOver(distance float64, i int) time.Duration {
	best := time.Duration(0)
	for _, e := range p.entries[:i] {
		if k, ok := knownDistance(e.Distance); !ok || k != distance || e.Sport != store.Run {
			continue
		}
		if t := cmp.Or(e.Timer, e.Elapsed, e.Moving); t > 0 && (best == 0 || t < best) {
			best = t
		}
	}
	return best
}

// earlier counts entries of a sport before the i-th.
func (p *person) earlier(i int, s store.Sport) int {
	n := 0
	for _, e := range p.entries[:i] {
		if e.Sport == s {
			n++
		}
	}
	return n
}

// beaten is by how much a time beats the best before: more than a second and
// more than one per cent, with enough earlier activities to mean something.
func beaten(t, before time.Duration, earlier int) time.Duration {
	better := before - t
	if t <= 0 || before <= 0 || earlier < bestEarlier || better <= time.Second || float64(better) <= float64(before)/100 {
		return 0
	}
	return better
}

// splits are the fastest splits that count as bests, longest first.
var splits = [...]struct {
	key    string
	metres float64
}{{"42195", 42195}, {"21097", 21097.5}, {"10000", 10000}, {"5000", 5000}, {"1609", 1609.344}, {"1000", 1000}}

// bests tells the personal best of a span: the longest split that beats all
// before, or the source's word for a workout of which nothing better is told.
func (p *person) bests(s store.Span, told []Highlight) []Highlight {
	var found []Highlight
	for i, e := range p.entries {
		if e.quiet || e.Race || !s.Contains(e.day) || p.earlier(i, e.Sport) < bestEarlier {
			continue
		}
		if h, ok := p.bestSplit(i); ok {
			found = append(found, h)
			continue
		}
		known := slices.ContainsFunc(told, func(h Highlight) bool { return h.Day == e.day && h.Sport == e.Sport })
		if e.Record && !known {
			found = append(found, Highlight{Kind: KindRecord, Sport: e.Sport, Day: e.day, weight: 54})
		}
	}
	slices.SortStableFunc(found, func(a, b Highlight) int { return cmp.Compare(b.weight, a.weight) })
	return found[:min(1, len(found))]
}

func (p *person) bestSplit(i int) (Highlight, bool) {
	e := p.entries[i]
	if e.Sport != store.Run {
		return Highlight{}, false
	}
	for _, split := range splits {
		t, before := e.split(split.key), time.Duration(0)
		for _, o := range p.entries[:i] {
			if ot := o.split(split.key); o.Sport == store.Run && ot > 0 && (before == 0 || ot < before) {
				before = ot
			}
		}
		if better := beaten(t, before, p.earlier(i, e.Sport)); better > 0 {
			return Highlight{
				Kind: KindBest, Sport: e.Sport, Day: e.day, Distance: split.metres,
				Time: t, Better: better, weight: 80 + split.metres/10000,
			}, true
		}
	}
	return Highlight{}, false
}

// split is the fastest time over so many metres within the entry; 0 where it
// is not known or faster than anybody runs.
func (e entry) split(key string) time.Duration {
	seconds := sane(e.Metrics.Splits[key], longestWork.Seconds())
	return time.Duration(math.Round(seconds * float64(time.Second)))
}
