package digest

import (
	"cmp"
	"slices"

	"clubrun/store"
)

// joint is an activity that members did together.
type joint struct {
	day    store.Day
	sport  store.Sport
	people []*person // by name
}

// joints makes of pairs the sets that hang together, one for each activity
// that was done in company, in order of days. What is private is in none; of a
// workout that was recorded twice either recording stands for it.
func (b *book) joints(pairs []store.Together) []joint {
	if len(pairs) == 0 {
		return nil
	}
	found := b.paired(pairs)
	root := map[int64]int64{}
	var of func(id int64) int64
	of = func(id int64) int64 {
		up, moved := root[id]
		if !moved {
			return id
		}
		root[id] = of(up)
		return root[id]
	}
	for _, pair := range pairs {
		if found[pair.A].entry == nil || found[pair.B].entry == nil {
			continue
		}
		if x, y := of(pair.A), of(pair.B); x != y {
			root[max(x, y)] = min(x, y)
		}
	}
	sets := map[int64][]deed{}
	for id, d := range found {
		if d.entry != nil {
			sets[of(id)] = append(sets[of(id)], d)
		}
	}
	var all []joint
	for _, set := range sets {
		if j := jointOf(set); len(j.people) > 1 {
			all = append(all, j)
		}
	}
	slices.SortFunc(all, joint.compare)
	return all
}

// paired finds the activities that pairs are made of.
func (b *book) paired(pairs []store.Together) map[int64]deed {
	found := make(map[int64]deed, 2*len(pairs))
	for _, pair := range pairs {
		found[pair.A], found[pair.B] = deed{}, deed{}
	}
	maybe := make([]bool, 16*len(found)) // spares nearly every activity the look into the map
	for id := range found {
		maybe[uint64(id)%uint64(len(maybe))] = true
	}
	for _, p := range b.people {
		for _, list := range [][]entry{p.entries, p.twice} {
			for i := range list {
				e := &list[i]
				if e.quiet || !maybe[uint64(e.Activity.ID)%uint64(len(maybe))] {
					continue
				}
				if _, asked := found[e.Activity.ID]; asked {
					found[e.Activity.ID] = deed{person: p, entry: e}
				}
			}
		}
	}
	return found
}

// jointOf is what the activities of a set have in common.
func jointOf(set []deed) joint {
	slices.SortFunc(set, func(x, y deed) int {
		return cmp.Or(cmp.Compare(x.day, y.day), cmp.Compare(x.entry.Activity.ID, y.entry.Activity.ID))
	})
	j := joint{day: set[0].day}
	times := map[store.Sport]int{}
	for _, d := range set {
		if !slices.Contains(j.people, d.person) {
			j.people = append(j.people, d.person)
		}
		times[d.Sport]++
		if n, most := times[d.Sport], times[j.sport]; n > most || n == most && d.Sport < j.sport {
			j.sport = d.Sport
		}
	}
	slices.SortFunc(j.people, personByName)
	return j
}

func personByName(x, y *person) int {
	return byName(Row{Name: x.Name, Athlete: x.ID}, Row{Name: y.Name, Athlete: y.ID})
}

// compare orders joint activities by day, then the larger one first.
func (j joint) compare(o joint) int {
	return cmp.Or(cmp.Compare(j.day, o.day), cmp.Compare(len(o.people), len(j.people)), cmp.Compare(j.sport, o.sport),
		slices.CompareFunc(j.people, o.people, func(x, y *person) int { return cmp.Compare(x.ID, y.ID) }))
}

// together tells the joint activities of a span, each set of people once, with
// the first of its days. Who is in a pause is not named.
func (b *book) together(r *Report, joints []joint, past annals) []Highlight {
	var found []Highlight
	for _, j := range joints {
		if !r.Span.Contains(j.day) {
			continue
		}
		named := slices.DeleteFunc(slices.Clone(j.people), func(p *person) bool { return p.silent(r) })
		if len(named) < 2 {
			continue
		}
		h := Highlight{
			Kind: KindTogether, Athlete: named[0].ID, Name: named[0].Name, Sport: j.sport, Day: j.day,
			People: len(named), weight: 36 + 2*float64(min(len(named), 12)),
		}
		for _, p := range named[1:] {
			h.With, h.Others = append(h.With, p.Name), append(h.Others, p.ID)
		}
		if past.jointBefores > 0 && len(j.people) > max(len(past.joint.people), 2) {
			h.What, h.Value, h.weight = RecordJoint, float64(len(named)), h.weight+20
		}
		same := func(o Highlight) bool { return o.Athlete == h.Athlete && slices.Equal(o.Others, h.Others) }
		if !slices.ContainsFunc(found, same) {
			found = append(found, h)
		}
	}
	return found
}
