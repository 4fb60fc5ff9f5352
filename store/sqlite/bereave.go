package sqlite

import (
	"encoding/json"
	"maps"
	"slices"

	"clubrun/store"
)

// bereave removes, of activities that others still tell of, the files of the
// records that are no more, and what is known of files that were not to be had:
// they are asked for anew, of who tells of it now. A file is named by its
// record's id; what another record was read from, too, stays.
func (w *rewriting) bereave(all []store.Workout) error {
	still, sums := map[store.Record]bool{}, []string{}
	for _, work := range all {
		for _, a := range work.Told {
			still[a.Key()] = true
			if a.Checksum != "" {
				sums = append(sums, a.Checksum)
			}
		}
	}
	kept, err := json.Marshal(sums)
	if err != nil {
		return err
	}
	for _, key := range slices.SortedFunc(maps.Keys(w.before), compareKeys) {
		row := w.before[key].row
		if still[key] {
			continue
		}
		const theirs = ` FROM file WHERE activity = ? AND sha256 NOT IN (SELECT value FROM json_each(?)) AND instr(path, '/activity_' || ? || '_') > 0`
		args := []any{row, string(kept), key.External}
		paths, err := list(w.ctx, w.sql, scanText, `SELECT path`+theirs+` ORDER BY path`, args...)
		if err != nil {
			return err
		}
		w.done.Paths = append(w.done.Paths, paths...)
		if err := w.exec(`DELETE`+theirs, args...); err != nil {
			return err
		}
		// A second file of a format is the first one now.
		if err := w.exec(`UPDATE OR IGNORE file SET format = substr(format, 1, 3) WHERE activity = ? AND format GLOB '???-[0-9]*'`, row); err != nil {
			return err
		}
		if w.rows[row].Key() != key {
			continue
		}
		if err := w.exec(`DELETE FROM file WHERE activity = ? AND path = ''`, row); err != nil {
			return err
		}
	}
	return nil
}
