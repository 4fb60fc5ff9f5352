package digest

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"clubrun/store"
)

// late tells what was done in the week before and is known only since that
// week's digest was made: of each member and sport in one line. What is
// private, of a member in a pause, or of one of whom that digest knew nothing
// at all, because they joined later, is not told; nor is another recording of
// what was known.
func (b *book) late(r *Report, posted []store.Digest) []Late {
	if r.Span.Days() != 7 {
		return nil
	}
	before := r.Span.Before()
	i := slices.IndexFunc(posted, func(d store.Digest) bool { return d.Week == before && !d.Generated.IsZero() })
	if i < 0 {
		return nil
	}
	var found []Late
	for _, p := range b.people {
		if !p.silent(r) && p.knownBy(posted[i].Generated) {
			found = append(found, p.late(before, posted[i].Generated)...)
		}
	}
	slices.SortFunc(found, func(x, y Late) int {
		return cmp.Or(cmp.Compare(y.Time, x.Time), cmp.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)),
			cmp.Compare(x.Athlete, y.Athlete), cmp.Compare(x.Sport, y.Sport))
	})
	return found
}

// knownBy says whether anything of the member was known at a moment. What is
// private counts for nothing: no line hangs on it.
func (p *person) knownBy(t time.Time) bool {
	early := func(e entry) bool { return !e.Known.After(t) }
	return slices.ContainsFunc(p.entries, early) || slices.ContainsFunc(p.held, early)
}

// late adds up the member's late entries of a week by sport.
func (p *person) late(week store.Span, made time.Time) []Late {
	var found []Late
	for i := range p.in(week) {
		e := &p.in(week)[i]
		if e.quiet || !e.Known.After(made) || p.otherwiseKnown(e, made) {
			continue
		}
		part := e.part()
		j := slices.IndexFunc(found, func(l Late) bool { return l.Sport == e.Sport })
		if j < 0 {
			j = len(found)
			found = append(found, Late{Athlete: p.ID, Name: p.Name, Sport: e.Sport})
		}
		l := &found[j]
		l.Day = e.day
		l.Workouts += part.Workouts
		l.Time += part.Time
		l.Distance += part.Distance
	}
	return found
}

// otherwiseKnown says whether another recording of the workout was known
// before.
func (p *person) otherwiseKnown(e *entry, made time.Time) bool {
	return slices.ContainsFunc(p.twice, func(o entry) bool { return !o.Known.After(made) && e.same(&o) })
}
