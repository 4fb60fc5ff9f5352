package ingest

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"clubrun/garmin/decode"
	"clubrun/store"
)

// Merge finds the workouts that an athlete's records tell of: each record, in
// an order that is theirs alone, joins the first workout that it has something
// in common with (its id at Garmin, its file), else the first whose leading
// record is alike, else it begins one. Records that are said to be apart share
// none, nor do the parts of one multisport event. It is a pure function of the
// set of records; in what order they came, and how often, does not matter.
func Merge(told []store.Activity, apart []store.Apart) []store.Workout {
	m := &merging{apart: apart, files: map[store.Record]int{}}
	all := slices.Clone(told)
	for i := range all {
		if all[i].Checksum != "" {
			m.files[fileOf(&all[i])]++
		}
	}
	slices.SortFunc(all, func(a, b store.Activity) int { return before(&a, &b) })
	placed := map[store.Record]bool{}
	for i := range all {
		if placed[all[i].Key()] {
			continue
		}
		parts := m.partsOf(&all[i], all)
		if whole := m.whole(parts); whole >= 0 {
			for _, p := range parts {
				m.groups[whole] = append(m.groups[whole], p)
				placed[p.Key()] = true
			}
			continue
		}
		m.place(all[i])
	}
	return m.workouts()
}

// before is the order in which records are placed: multisport events, their
// legs, then all others; each by rank, start and id.
func before(a, b *store.Activity) int {
	return cmp.Or(
		cmp.Compare(kindOf(a), kindOf(b)), cmp.Compare(rankOf(a), rankOf(b)), a.Start.Compare(b.Start),
		cmp.Compare(a.Source, b.Source), cmp.Compare(a.External, b.External))
}

// The kinds of records.
const (
	event = iota // a whole multisport event
	leg
	plain
)

func kindOf(a *store.Activity) int {
	switch {
	case isLeg(a):
		return leg
	case strings.Contains(strings.ToLower(a.Type), "multi"):
		return event
	}
	return plain
}

func isLeg(a *store.Activity) bool { return a.Parent != "" && a.Parent != a.External }

// rankOf orders records by who leads a workout. An original comes with its
// activity, so that the same file from elsewhere finds it.
func rankOf(a *store.Activity) int {
	return slices.Index([]origin{fromList, fromFile, fromExport, fromSent, fromLater, fromTyped}, originOf(a))
}

// fileOf names the file of a record at its source.
func fileOf(a *store.Activity) store.Record {
	return store.Record{Source: a.Source, External: a.Checksum}
}

// merging is one run of Merge.
type merging struct {
	apart  []store.Apart
	files  map[store.Record]int // how many records a file has
	groups [][]store.Activity   // the leading record first
}

// place puts one record where it belongs.
func (m *merging) place(a store.Activity) {
	for _, same := range []func(group []store.Activity, a *store.Activity) bool{m.twin, m.like} {
		for i, group := range m.groups {
			if same(group, &a) && m.may(group, &a) {
				m.groups[i] = append(group, a)
				return
			}
		}
	}
	m.groups = append(m.groups, []store.Activity{a})
}

// twin says whether a record has its id at Garmin or its whole file in common
// with one of a group.
func (m *merging) twin(group []store.Activity, a *store.Activity) bool {
	return slices.ContainsFunc(group, func(o store.Activity) bool {
		if atGarmin(a) && atGarmin(&o) && a.External == o.External {
			return true
		}
		return a.Checksum != "" && a.Checksum == o.Checksum && !m.isPart(a) && !m.isPart(&o)
	})
}

// atGarmin says whether the record's id is one of Garmin's.
func atGarmin(a *store.Activity) bool {
	return a.Source == garmin || a.Source == recorded || a.Source == exported
}

// isPart says whether a record is one of several of a file that was handed in.
func (m *merging) isPart(a *store.Activity) bool { return a.Source == sent && m.files[fileOf(a)] > 1 }

// like says whether a record is alike the one that leads a group. An event is
// never one of its legs, whatever source tells of them, and no single sport. An
// original file belongs to its own activity alone.
func (m *merging) like(group []store.Activity, a *store.Activity) bool {
	lead := &group[0]
	if kindOf(lead) == event && kindOf(a) != event && (kindOf(a) == leg || a.Sport != store.Other) {
		return false
	}
	if a.Source == typed || lead.Source == typed {
		return recalled(lead, a)
	}
	return a.Source != recorded && lead.Source != recorded && decode.Alike(*lead, *a)
}

// may says whether nothing keeps a record out of a group: its athlete's word,
// or a part of the same event or file.
func (m *merging) may(group []store.Activity, a *store.Activity) bool {
	return !m.parted(group, a) && !slices.ContainsFunc(group, func(o store.Activity) bool {
		if a.Source != o.Source {
			return false
		}
		if a.Source == typed {
			return true // each was typed on purpose
		}
		family := func(a *store.Activity) string { return cmp.Or(a.Parent, a.External) }
		return (isLeg(a) || isLeg(&o)) && family(a) == family(&o) || m.isPart(a) && fileOf(a) == fileOf(&o)
	})
}

// partsOf returns all records of a file that was handed in and has several.
func (m *merging) partsOf(a *store.Activity, all []store.Activity) []store.Activity {
	if !m.isPart(a) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(all), func(o store.Activity) bool { return fileOf(&o) != fileOf(a) })
}

// whole returns the group of the multisport event that the parts together are,
// -1 where there is none.
func (m *merging) whole(parts []store.Activity) int {
	if len(parts) < 2 {
		return -1
	}
	whole := parts[0]
	for _, p := range parts {
		end := p.Start.Add(p.Elapsed)
		if p.Start.Before(whole.Start) {
			whole.Elapsed += whole.Start.Sub(p.Start)
			whole.Start = p.Start
		}
		whole.Elapsed = max(whole.Elapsed, end.Sub(whole.Start))
	}
	for i, group := range m.groups {
		if kindOf(&group[0]) != event || group[0].Start.Sub(whole.Start).Abs() > sameStart || !decode.Overlap(whole, group[0], sameOverlap) {
			continue
		}
		if !slices.ContainsFunc(parts, func(p store.Activity) bool { return m.parted(group, &p) }) {
			return i
		}
	}
	return -1
}

// parted says whether a record is said to be apart from one of a group.
func (m *merging) parted(group []store.Activity, a *store.Activity) bool {
	return slices.ContainsFunc(group, func(o store.Activity) bool {
		return slices.ContainsFunc(m.apart, func(p store.Apart) bool { return p.Names(a.Key(), o.Key()) })
	})
}

// When the parts of a file together are a multisport event: they begin that
// close to it, and last as long for that share of the longer one.
const (
	sameStart   = 15 * time.Minute
	sameOverlap = 0.6
)

// workouts tells each group as one. The parts of a file tell nothing of the
// whole event; legs of an event hang on the record that leads it.
func (m *merging) workouts() []store.Workout {
	leads := map[store.Record]store.Activity{}
	for _, group := range m.groups {
		for _, a := range group {
			leads[a.Key()] = group[0]
		}
	}
	all := make([]store.Workout, 0, len(m.groups))
	for _, group := range m.groups {
		tell := slices.Clone(group[:1])
		for _, a := range group[1:] {
			if kindOf(&group[0]) != event || !m.isPart(&a) {
				tell = append(tell, a)
			}
		}
		row := as(tell)
		if isLeg(&row) {
			lead := leads[store.Record{Source: row.Source, External: row.Parent}]
			if lead.Source == row.Source && kindOf(&lead) == event {
				row.Parent = lead.External
			}
		}
		all = append(all, store.Workout{Row: row, Told: group})
	}
	return all
}
