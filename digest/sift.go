package digest

import (
	"cmp"
	"slices"
	"time"

	"clubrun/store"
)

// sift leaves out multisport parents, what the member or the group wants left
// out, private workouts, what is too fast and what was recorded twice.
func (p *person) sift() {
	all := withoutParents(p.entries)
	leaveOut(all)
	kept := all[:0]
	for _, e := range all {
		switch {
		case e.out != isIn:
			p.out = append(p.out, e)
		case e.quiet && p.Prefs.Private != store.PrivateTotals:
			p.private = append(p.private, e)
		case e.fast:
			p.held = append(p.held, e)
		default:
			kept = append(kept, e)
		}
	}
	ordered(kept, byStart)
	p.entries, p.twice = once(kept)
	for _, list := range [][]entry{p.entries, p.held, p.twice, p.private, p.out} {
		ordered(list, inOrder)
	}
	p.markLegs()
}

// leaveOut marks the other recordings of what is left out by choice: it would be
// the same workout that is seen.
func leaveOut(all []entry) {
	var longest time.Duration
	var out []entry
	for _, e := range all {
		longest = max(longest, e.lasted)
		if e.out != isIn {
			out = append(out, e)
		}
	}
	if len(out) == 0 {
		return
	}
	ordered(all, byStart)
	for _, o := range out {
		from := o.start - int64(longest/time.Second) - 1
		i, _ := slices.BinarySearchFunc(all, from, func(e entry, at int64) int { return cmp.Compare(e.start, at) })
		for ; i < len(all) && all[i].start <= o.end(); i++ {
			if e := &all[i]; e.out == isIn && e.same(&o) {
				e.out = o.out
			}
		}
	}
}

// ordered sorts what is not in order already, as it mostly is.
func ordered(entries []entry, by func(a, b entry) int) {
	if !slices.IsSortedFunc(entries, by) {
		slices.SortFunc(entries, by)
	}
}

// once parts each workout's richest recording from the others of the same. The
// entries come in order of time, so that only neighbours have to be compared:
// runs of recordings of which each begins before the ones before it end.
func once(entries []entry) (kept, twice []entry) {
	kept = entries[:0]
	for i := 0; i < len(entries); {
		end, next := entries[i].end(), i+1
		for next < len(entries) && entries[next].start <= end {
			end = max(end, entries[next].end())
			next++
		}
		if next == i+1 {
			kept = append(kept, entries[i])
			i = next
			continue
		}
		run := slices.Clone(entries[i:next])
		slices.SortFunc(run, richer)
		from := len(kept)
		for _, e := range run {
			if slices.ContainsFunc(kept[from:], func(o entry) bool { return e.same(&o) }) {
				twice = append(twice, e)
				continue
			}
			kept = append(kept, e)
		}
		i = next
	}
	return kept, twice
}

// end is the second by which the recording is over.
func (e *entry) end() int64 { return e.start + int64(e.lasted/time.Second) + 1 }

// markLegs lets the legs of one multisport event count as one workout.
func (p *person) markLegs() {
	var seen map[[2]string]bool
	for i := range p.entries {
		e := &p.entries[i]
		if !e.child {
			continue
		}
		if seen == nil {
			seen = map[[2]string]bool{}
		}
		event := [2]string{e.Source, e.Parent}
		e.leg = seen[event]
		seen[event] = true
	}
}

// withoutParents drops multisport activities whose legs are there too.
func withoutParents(entries []entry) []entry {
	var parents map[[2]string]bool
	for _, e := range entries {
		if !e.child || e.Parent == e.External {
			continue
		}
		if parents == nil {
			parents = map[[2]string]bool{}
		}
		parents[[2]string{e.Source, e.Parent}] = true
	}
	if parents == nil {
		return entries
	}
	return slices.DeleteFunc(entries, func(e entry) bool {
		return e.External != "" && parents[[2]string{e.Source, e.External}]
	})
}
