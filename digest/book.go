package digest

import (
	"cmp"
	"slices"

	"clubrun/store"
)

// book holds what counts, per member.
type book struct {
	group  store.Group
	rules  *Rules
	people []*person // by id
	held   []Held
}

// person is a member with what counts, in order of time.
type person struct {
	store.Athlete
	entries              []entry
	held, twice, private []entry
}

// open sorts the activities by member and leaves out what does not count.
func open(in Input) *book {
	b := &book{group: in.Group, rules: in.rules()}
	byID := map[int64]*person{}
	for _, m := range in.Members {
		if p, twice := byID[m.ID]; twice {
			if cmp.Compare(m.Name, p.Name) < 0 {
				p.Athlete = m
			}
			continue
		}
		byID[m.ID] = &person{Athlete: m}
		b.people = append(b.people, byID[m.ID])
	}
	slices.SortFunc(b.people, func(x, y *person) int { return cmp.Compare(x.ID, y.ID) })
	zone := in.Group.Location()
	for _, a := range in.Activities {
		e := enter(a, zone, b.rules)
		p := byID[a.Athlete]
		if p == nil || e.day >= in.Span.End || e.day < in.Span.Start-history {
			continue
		}
		p.entries = append(p.entries, e)
	}
	for _, p := range b.people {
		p.sift()
		for _, e := range p.held {
			if in.Span.Contains(e.day) {
				b.held = append(b.held, Held{p.ID, e.ID})
			}
		}
	}
	return b
}

// sift leaves out multisport parents, private workouts, what is too fast and
// what was recorded twice.
func (p *person) sift() {
	entries := withoutParents(p.entries)
	slices.SortFunc(entries, richer)
	single := newOnce()
	for _, e := range entries {
		switch {
		case e.Private && p.Prefs.Private != store.PrivateTotals:
			p.private = append(p.private, e)
		case !e.plausible():
			p.held = append(p.held, e)
		default:
			e.quiet = e.Private
			if !single.add(e) {
				p.twice = append(p.twice, e)
			}
		}
	}
	p.entries = single.kept
	slices.SortFunc(p.entries, inOrder)
	slices.SortFunc(p.held, inOrder)
	p.markLegs()
}

// markLegs lets the legs of one multisport event count as one workout.
func (p *person) markLegs() {
	seen := map[[2]string]bool{}
	for i := range p.entries {
		e := &p.entries[i]
		if e.Parent == "" {
			continue
		}
		event := [2]string{e.Source, e.Parent}
		e.leg = seen[event]
		seen[event] = true
	}
}

// withoutParents drops multisport activities whose legs are there too.
func withoutParents(entries []entry) []entry {
	parents := map[[2]string]bool{}
	for _, e := range entries {
		if e.Parent != "" && e.Parent != e.External {
			parents[[2]string{e.Source, e.Parent}] = true
		}
	}
	return slices.DeleteFunc(entries, func(e entry) bool {
		return e.External != "" && parents[[2]string{e.Source, e.External}]
	})
}

// in returns the person's entries of a span.
func (p *person) in(s store.Span) []entry { return spanned(p.entries, s) }

func spanned(entries []entry, s store.Span) []entry {
	var found []entry
	for _, e := range entries {
		if s.Contains(e.day) {
			found = append(found, e)
		}
	}
	return found
}
