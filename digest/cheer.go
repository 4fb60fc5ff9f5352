package digest

import (
	"slices"

	"clubrun/store"
)

// cheersLeast is from how many people on cheers are worth a line.
const cheersLeast = 2

// cheered tells the activity that most people cheered: one of the span, else
// one of the span before, where its report told of none. What is private or of
// a member in a pause is not told; of equal ones it is the latest.
func (b *book) cheered(r *Report, cheers []store.Cheer, told []store.Mention) []Highlight {
	if h, ok := b.mostCheered(r.Span, cheers); ok {
		return []Highlight{h}
	}
	before := r.Span.Before()
	if r.Span.Days() != 7 || slices.ContainsFunc(told, func(m store.Mention) bool {
		return m.Week == before.Start && m.Kind == string(KindCheered)
	}) {
		return nil
	}
	if h, ok := b.mostCheered(before, cheers); ok {
		return []Highlight{h}
	}
	return nil
}

func (b *book) mostCheered(s store.Span, cheers []store.Cheer) (best Highlight, ok bool) {
	for _, c := range cheers {
		p := b.byID[c.Athlete]
		if p == nil || c.People < cheersLeast || c.People < best.People {
			continue
		}
		entries := p.in(s)
		i := slices.IndexFunc(entries, func(e entry) bool { return e.Activity.ID == c.Activity && !e.quiet })
		if i < 0 {
			continue
		}
		e := &entries[i]
		if c.People == best.People && (e.day < best.Day || e.day == best.Day && e.Activity.ID <= best.Activity) {
			continue
		}
		best = Highlight{
			Kind: KindCheered, Athlete: p.ID, Name: p.Name, Activity: e.Activity.ID, Sport: e.Sport, Day: e.day,
			Distance: e.Distance, Time: e.time, People: c.People, weight: 46 + float64(min(c.People, 20)),
		}
	}
	return best, best.People > 0
}
