package sqlite

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"clubrun/store"
)

func compareKeys(a, b store.Record) int {
	return cmp.Or(strings.Compare(a.Source, b.Source), strings.Compare(a.External, b.External))
}

// rewriting brings rows and sightings to what records tell now.
type rewriting struct {
	*tx
	athlete int64
	before  map[store.Record]told
	rows    map[int64]store.Activity // of before
	done    store.Changed
}

// write writes the differences. Each row is owned by one workout: that of the
// record by which it is named, or else the first one that it told of. A workout
// keeps the lowest of its rows.
func (w *rewriting) write(all []store.Workout) (store.Changed, error) {
	if err := w.load(); err != nil {
		return w.done, err
	}
	owned := w.owners(all)
	for _, id := range slices.Sorted(maps.Keys(w.rows)) {
		if !slices.ContainsFunc(owned, func(ids []int64) bool { return slices.Contains(ids, id) }) {
			if err := w.drop(id); err != nil {
				return w.done, err
			}
		}
	}
	if err := w.bereave(all); err != nil {
		return w.done, err
	}
	for _, ids := range owned {
		for _, other := range ids[min(1, len(ids)):] {
			if err := w.move(other, ids[0]); err != nil {
				return w.done, fmt.Errorf("activity %d into %d: %w", other, ids[0], err)
			}
		}
	}
	if err := w.forget(all); err != nil {
		return w.done, err
	}
	for i, work := range all {
		id := int64(0)
		if len(owned[i]) > 0 {
			id = owned[i][0]
		}
		if err := w.save(id, work); err != nil {
			return w.done, err
		}
	}
	return w.done, nil
}

// load reads the rows by which the records were shown.
func (w *rewriting) load() error {
	w.rows = map[int64]store.Activity{}
	for _, t := range w.before {
		if _, ok := w.rows[t.row]; ok {
			continue
		}
		a, err := one(w.ctx, w.sql, scanActivity, `SELECT `+activityColumns+` FROM activity a WHERE a.id = ?`, t.row)
		if err != nil {
			return err
		}
		w.rows[t.row] = a
	}
	return nil
}

// owners returns the rows of each workout, in order.
func (w *rewriting) owners(all []store.Workout) [][]int64 {
	of := map[store.Record]int{} // the workout of each record
	first := map[int64]int{}     // the first workout that a row told of
	for i, work := range all {
		for _, a := range work.Told {
			of[a.Key()] = i
			if was, ok := w.before[a.Key()]; ok {
				if _, taken := first[was.row]; !taken {
					first[was.row] = i
				}
			}
		}
	}
	owned := make([][]int64, len(all))
	for _, id := range slices.Sorted(maps.Keys(w.rows)) {
		i, ok := of[w.rows[id].Key()]
		if !ok {
			i, ok = first[id]
		}
		if ok {
			owned[i] = append(owned[i], id)
		}
	}
	return owned
}

// drop removes a row of which nothing tells any more.
func (w *rewriting) drop(id int64) error {
	paths, err := list(w.ctx, w.sql, scanText, `SELECT path FROM file WHERE activity = ? AND path <> ''`, id)
	if err != nil {
		return err
	}
	w.done.Paths = append(w.done.Paths, paths...)
	w.done.Gone++
	return w.exec(`DELETE FROM activity WHERE id = ?`, id)
}

// forget removes the sightings of records that are no more, or that are told
// by a row alone now.
func (w *rewriting) forget(all []store.Workout) error {
	still := map[store.Record]bool{}
	for _, work := range all {
		several, err := sighted(work)
		if err != nil {
			return err
		}
		for _, a := range work.Told {
			still[a.Key()] = several
		}
	}
	for key, was := range w.before {
		if !was.sighted || still[key] {
			continue
		}
		if err := w.exec(`DELETE FROM sighting WHERE athlete = ? AND source = ? AND external = ?`, w.athlete, key.Source, key.External); err != nil {
			return err
		}
	}
	return nil
}

// save writes one workout where it differs from what is kept.
func (w *rewriting) save(id int64, work store.Workout) error {
	row := plainly(work.Row)
	was, had := w.rows[id]
	if had {
		row.Known = earlier(row.Known, was.Known)
	}
	same, err := alike(row, plainly(was))
	if err != nil {
		return err
	}
	if !had || !same {
		if id, err = w.saveRow(id, row); err != nil {
			return err
		}
	}
	if !had {
		w.done.New++
		if err := w.inherit(id, work); err != nil {
			return err
		}
	} else if !same {
		w.done.Altered++
	}
	return w.saveSightings(id, work)
}

// saveRow writes a row under the name of the record that leads now.
func (w *rewriting) saveRow(id int64, row store.Activity) (int64, error) {
	if id != 0 {
		err := w.exec(`UPDATE activity SET source = ?, external = ?, known = ? WHERE id = ?`, row.Source, row.External, stamp(row.Known), id)
		if err != nil {
			return 0, err
		}
	}
	if _, err := w.saveActivity(row); err != nil {
		return 0, err
	}
	err := w.row(`SELECT id FROM activity WHERE athlete = ? AND source = ? AND external = ?`, []any{w.athlete, row.Source, row.External}, &id)
	return id, err
}

// inherit gives a row that was a part of others what its athlete said of those.
func (w *rewriting) inherit(id int64, work store.Workout) error {
	for _, a := range work.Told {
		was, ok := w.before[a.Key()]
		if !ok {
			continue
		}
		whole := w.rows[was.row]
		err := w.exec(`UPDATE activity SET hidden = coalesce(hidden, ?), vouched = max(vouched, ?) WHERE id = ?`, stamp(whole.Hidden), whole.Vouched, id)
		if err != nil {
			return err
		}
	}
	return nil
}

// saveSightings writes what each of several records tells.
func (w *rewriting) saveSightings(id int64, work store.Workout) error {
	several, err := sighted(work)
	if err != nil || !several {
		return err
	}
	for _, a := range work.Told {
		text, err := textOf(a)
		if err != nil {
			return err
		}
		was, ok := w.before[a.Key()]
		if ok && was.sighted && was.row == id && was.text == text {
			continue
		}
		err = w.exec(`INSERT INTO sighting (athlete, source, external, parent, checksum, start, activity, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (athlete, source, external) DO UPDATE SET parent = excluded.parent, checksum = excluded.checksum, start = excluded.start,
				activity = excluded.activity, told = excluded.told`,
			w.athlete, a.Source, a.External, a.Parent, a.Checksum, stamp(a.Start), id, text)
		if err != nil {
			return err
		}
	}
	return nil
}

// sighted says whether the row is not simply what one record tells.
func sighted(work store.Workout) (bool, error) {
	if len(work.Told) != 1 {
		return true, nil
	}
	row := work.Row
	row.Synced, row.Known = work.Told[0].Synced, work.Told[0].Known
	same, err := alike(row, work.Told[0])
	return !same, err
}

// alike says whether two rows tell the same.
func alike(a, b store.Activity) (bool, error) {
	one, err := textOf(a)
	if err != nil {
		return false, err
	}
	other, err := textOf(b)
	return one == other, err
}

func earlier(a, b time.Time) time.Time {
	if b.IsZero() || !a.IsZero() && a.Before(b) {
		return a
	}
	return b
}
