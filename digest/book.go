package digest

import (
	"cmp"
	"slices"
	"sort"

	"clubrun/store"
)

// book holds what counts, per member.
type book struct {
	group  store.Group
	rules  *Rules
	people []*person // by id
	byID   map[int64]*person
	held   []Held
}

// person is a member with what counts, all of it in order of day and time.
type person struct {
	store.Athlete
	entries              []entry
	held, twice, private []entry
	out                  []entry      // by choice
	pauses               []store.Span // in order, apart from each other
	count                int          // of activities, whether they count or not
}

// open sorts the activities by member and leaves out what does not count.
func open(in Input) *book {
	b := &book{group: in.Group, rules: in.rules(), byID: make(map[int64]*person, len(in.Members))}
	for _, m := range in.Members {
		if p, twice := b.byID[m.ID]; twice {
			if cmp.Compare(m.Name, p.Name) < 0 {
				p.Athlete = m
			}
			continue
		}
		p := &person{Athlete: m}
		b.byID[m.ID] = p
		b.people = append(b.people, p)
	}
	slices.SortFunc(b.people, func(x, y *person) int { return cmp.Compare(x.ID, y.ID) })
	b.deal(in)
	b.rest(in.Pauses)
	for _, p := range b.people {
		p.sift()
		for _, e := range p.heldIn(in.Span) {
			b.held = append(b.held, Held{p.ID, e.ID})
		}
	}
	return b
}

// deal gives each member the own activities up to the end of the span.
func (b *book) deal(in Input) {
	zone := in.Group.Location()
	owners := make([]*person, len(in.Activities))
	for i := range in.Activities { // counted first, so that each list is made once
		if p := b.byID[in.Activities[i].Athlete]; p != nil {
			owners[i] = p
			p.count++
		}
	}
	for _, p := range b.people {
		p.entries = make([]entry, 0, p.count)
	}
	for i, p := range owners {
		if p == nil {
			continue
		}
		a := &in.Activities[i]
		e := enter(a, zone, b.rules)
		e.out = p.chosen(a, b.group)
		if e.day < in.Span.End && e.day >= in.Span.Start-history {
			p.entries = append(p.entries, e)
		}
	}
}

// in returns the person's entries of a span.
func (p *person) in(s store.Span) []entry { return spanned(p.entries, s) }

// before returns the person's entries before a day.
func (p *person) before(d store.Day) []entry { return p.entries[:at(p.entries, d)] }

// heldIn returns what is held out of a span.
func (p *person) heldIn(s store.Span) []entry { return spanned(p.held, s) }

// spanned returns the entries of a span out of those in order of day.
func spanned(entries []entry, s store.Span) []entry {
	if s.End <= s.Start {
		return nil
	}
	from := at(entries, s.Start)
	return entries[from : from+at(entries[from:], s.End)]
}

// at is where the entries from a day on begin.
func at(entries []entry, d store.Day) int {
	return sort.Search(len(entries), func(i int) bool { return entries[i].day >= d })
}
