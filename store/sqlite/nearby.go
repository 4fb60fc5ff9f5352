package sqlite

import (
	"database/sql"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"clubrun/store"
)

// nearMost is the longest time between the starts of two records that can tell
// of one workout, or of the parts of one. What begins later than that after all
// others has no bearing on them.
const nearMost = 20 * time.Minute

// crowdMost is the most records that can have a bearing on each other: which of
// them are one workout costs the square of it, and everybody waits meanwhile.
const crowdMost = 2_000

// nearby is the neighbourhood of a change: all records that have a bearing on
// how those that change are told.
type nearby struct {
	*tx
	athlete int64
	sources string // JSON list
	records map[store.Record]told
	asked   map[string]bool // what was looked for
}

func (t *tx) nearby(athlete int64, sources []string) (*nearby, error) {
	text, err := json.Marshal(append([]string{}, sources...))
	return &nearby{tx: t, athlete: athlete, sources: string(text), records: map[store.Record]told{}, asked: map[string]bool{}}, err
}

// take adds what a query finds, of activities of one record, and of sightings
// by their index, which SQLite would not choose itself.
func (n *nearby) take(where, index string, args ...any) error {
	params := named(n.athlete, args...)
	alone, err := list(n.ctx, n.sql, scanAlone, selectAlone+where, params...)
	if err != nil {
		return err
	}
	sighted, err := list(n.ctx, n.sql, scanSighting, fromSightings+index+ofAthlete+where, params...)
	if err != nil {
		return err
	}
	for _, t := range append(alone, sighted...) {
		n.records[t.Key()] = t
	}
	return nil
}

// grow adds the neighbours of the records and of those that are to come, and
// theirs, until there are no more.
func (n *nearby) grow(coming []store.Activity) error {
	for {
		all := slices.Clone(coming)
		var rows []int64
		for _, t := range n.records {
			all = append(all, t.Activity)
			if t.sighted {
				rows = append(rows, t.row)
			}
		}
		size := len(n.records)
		if err := n.kin(all); err != nil {
			return err
		}
		if err := n.takeRows(rows); err != nil {
			return err
		}
		if err := n.between(all); err != nil {
			return err
		}
		if err := n.recalled(all); err != nil {
			return err
		}
		if len(n.records) == size {
			return nil
		}
	}
}

// kin adds what hangs together however far apart it began: one id at several
// sources, parents and legs, and parts of one file.
func (n *nearby) kin(all []store.Activity) error {
	ids, parents, sums := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, a := range all {
		ids[a.External], parents[a.External] = true, true
		if a.Parent != "" {
			ids[a.Parent], parents[a.Parent] = true, true
		}
		if a.Checksum != "" {
			sums[a.Checksum] = true
		}
	}
	const listed = ` IN (SELECT value FROM json_each(:list))`
	for _, q := range []struct {
		where, index string
		names        map[string]bool
	}{
		{`a.source IN (SELECT value FROM json_each(:sources)) AND a.external` + listed, "", ids},
		{`a.parent <> '' AND a.parent` + listed, `INDEXED BY sighting_parent `, parents},
		{`a.checksum <> '' AND a.checksum` + listed, `INDEXED BY sighting_checksum `, sums},
	} {
		maps.DeleteFunc(q.names, func(name string, _ bool) bool { return n.asked[q.where+name] })
		if len(q.names) == 0 {
			continue
		}
		for name := range q.names {
			n.asked[q.where+name] = true
		}
		text, err := json.Marshal(slices.Sorted(maps.Keys(q.names)))
		if err != nil {
			return err
		}
		args := []any{"list", string(text)}
		if strings.Contains(q.where, ":sources") {
			args = append(args, "sources", n.sources)
		}
		if err := n.take(q.where, q.index, args...); err != nil {
			return err
		}
	}
	return nil
}

// takeRows adds all that tells of the rows.
func (n *nearby) takeRows(rows []int64) error {
	slices.Sort(rows)
	text, err := json.Marshal(append([]int64{}, slices.Compact(rows)...))
	if err != nil || len(rows) == 0 || n.asked[string(text)] {
		return err
	}
	n.asked[string(text)] = true
	sighted, err := list(n.ctx, n.sql, scanSighting, selectSightings+`a.activity IN (SELECT value FROM json_each(:list))`, named(n.athlete, "list", string(text))...)
	for _, t := range sighted {
		n.records[t.Key()] = t
	}
	return err
}

// between adds what began while the records did, or nearly so.
func (n *nearby) between(all []store.Activity) error {
	all = slices.DeleteFunc(all, func(a store.Activity) bool { return a.Start.IsZero() })
	slices.SortFunc(all, func(a, b store.Activity) int { return a.Start.Compare(b.Start) })
	for i := 0; i < len(all); {
		from, to := all[i].Start, all[i].Start
		for i++; i < len(all) && all[i].Start.Sub(to) <= nearMost; i++ {
			to = all[i].Start
		}
		from, to = from.Add(-nearMost), to.Add(nearMost)
		key := from.String() + to.String()
		if n.asked[key] {
			continue
		}
		n.asked[key] = true
		if err := n.began(from, to); err != nil {
			return err
		}
	}
	return nil
}

// began adds what began in a time. A row's day is that of its place, and its
// start may be another record's than the one that is looked for.
func (n *nearby) began(from, to time.Time) error {
	const within = `a.start >= :from AND a.start <= :to`
	args := []any{"from", stamp(from), "to", stamp(to)}
	sighted, err := list(n.ctx, n.sql, scanSighting, selectSightings+within, named(n.athlete, args...)...)
	if err != nil {
		return err
	}
	first, last := store.DayOf(from.UTC())-2, store.DayOf(to.UTC())+2
	alone, err := list(n.ctx, n.sql, scanAlone, selectAlone+within+` AND a.day >= :first AND a.day <= :last`,
		named(n.athlete, append(args, "first", first.String(), "last", last.String())...)...)
	if err != nil {
		return err
	}
	for _, t := range append(alone, sighted...) {
		n.records[t.Key()] = t
	}
	return nil
}

// recalled adds what was typed for the days of the records, and all of the days
// for which one of them was typed: when that began may be a guess.
func (n *nearby) recalled(all []store.Activity) error {
	days, typed := map[store.Day]bool{}, map[store.Day]bool{}
	for _, a := range all {
		if a.Start.IsZero() {
			continue
		}
		days[a.Day()] = true
		if a.Source == store.SourceTyped {
			typed[a.Day()] = true
		}
	}
	if err := n.ofDays(`a.source = 'typed' AND `, days); err != nil {
		return err
	}
	return n.ofDays("", typed)
}

// ofDays adds what a condition holds for and began on one of the days, by its
// own word.
func (n *nearby) ofDays(where string, days map[store.Day]bool) error {
	maps.DeleteFunc(days, func(d store.Day, _ bool) bool { return n.asked[where+d.String()] })
	if len(days) == 0 {
		return nil
	}
	var names []string
	for d := range days {
		n.asked[where+d.String()] = true
		names = append(names, d.String())
	}
	slices.Sort(names)
	text, err := json.Marshal(names)
	if err != nil {
		return err
	}
	alone, err := list(n.ctx, n.sql, scanAlone, selectAlone+where+`a.day IN (SELECT value FROM json_each(:list))`, named(n.athlete, "list", string(text))...)
	if err != nil {
		return err
	}
	first, last := slices.MinFunc(slices.Collect(maps.Keys(days)), compareDays), slices.MaxFunc(slices.Collect(maps.Keys(days)), compareDays)
	sighted, err := list(n.ctx, n.sql, scanSighting, selectSightings+where+`a.start >= :from AND a.start < :to`,
		named(n.athlete, "from", stamp((first-1).In(time.UTC)), "to", stamp((last+2).In(time.UTC)))...)
	if err != nil {
		return err
	}
	for _, t := range append(alone, sighted...) {
		if days[t.Day()] {
			n.records[t.Key()] = t
		}
	}
	return nil
}

func compareDays(a, b store.Day) int { return int(a - b) }

// named are the parameters of a query about an athlete.
func named(athlete int64, pairs ...any) []any {
	args := []any{sql.Named("athlete", athlete)}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, _ := pairs[i].(string)
		args = append(args, sql.Named(name, pairs[i+1]))
	}
	return args
}
