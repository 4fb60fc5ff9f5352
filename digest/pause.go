package digest

import (
	"cmp"
	"slices"

	"clubrun/store"
)

// rest notes the members' pauses.
func (b *book) rest(pauses []store.Pause) {
	for _, pause := range pauses {
		if p := b.byID[pause.Athlete]; p != nil && pause.Span.Start < pause.Span.End {
			p.pauses = append(p.pauses, pause.Span)
		}
	}
	for _, p := range b.people {
		p.pauses = joined(p.pauses)
	}
}

// joined makes one of spans that touch.
func joined(spans []store.Span) []store.Span {
	slices.SortFunc(spans, func(a, b store.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	var apart []store.Span
	for _, s := range spans {
		if n := len(apart); n > 0 && s.Start <= apart[n-1].End {
			apart[n-1].End = max(apart[n-1].End, s.End)
			continue
		}
		apart = append(apart, s)
	}
	return apart
}

// pausedOn says whether the member is in a pause on a day.
func (p *person) pausedOn(d store.Day) bool {
	return slices.ContainsFunc(p.pauses, func(s store.Span) bool { return s.Contains(d) })
}

// silent says whether nothing is told of the member: they are in a pause on the
// last day of the report, or on the day on which it is told.
func (p *person) silent(r *Report) bool {
	return p.pausedOn(min(r.Span.Last(), r.Today)) || p.pausedOn(r.Today)
}

// pausedIn says whether any day of a span is in a pause.
func (p *person) pausedIn(s store.Span) bool {
	return slices.ContainsFunc(p.pauses, func(o store.Span) bool { return o.Start < s.End && s.Start < o.End })
}

// pausedAll says whether every day of a span is in a pause.
func (p *person) pausedAll(s store.Span) bool {
	return slices.ContainsFunc(p.pauses, func(o store.Span) bool { return o.Start <= s.Start && s.End <= o.End })
}

// pauses marks of whom nothing is told.
func (b *book) pauses(r *Report) {
	for row := range r.all() {
		row.Paused = b.byID[row.Athlete].silent(r)
	}
}
