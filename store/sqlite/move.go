package sqlite

import (
	"fmt"

	"clubrun/store"
)

// move lets one activity go up in another, with all that hangs on it.
func (w *rewriting) move(from, to int64) error {
	for _, step := range []func(from, to int64) error{w.moveWords, w.moveFiles, w.moveCompany, w.movePosts, w.moveCheers} {
		if err := step(from, to); err != nil {
			return err
		}
	}
	if err := w.exec(`UPDATE sighting SET activity = ? WHERE activity = ?`, to, from); err != nil {
		return err
	}
	for key, was := range w.before {
		if was.row == from {
			was.row = to
			w.before[key] = was
		}
	}
	w.done.Gone++
	return w.exec(`DELETE FROM activity WHERE id = ?`, from)
}

// moveWords moves what the athlete said of an activity. What was hidden, alone,
// hides both: no digest that is being made may show the other any more.
func (w *rewriting) moveWords(from, to int64) error {
	a, b := w.rows[to], w.rows[from]
	hidden := earlier(a.Hidden, b.Hidden)
	if a.Hidden.IsZero() && !hidden.IsZero() {
		if err := w.hide(w.athlete); err != nil {
			return err
		}
	}
	a.Hidden, a.Vouched, a.Known = hidden, a.Vouched || b.Vouched, earlier(a.Known, b.Known)
	w.rows[to] = a
	return w.exec(`UPDATE activity SET hidden = ?, vouched = ?, known = ? WHERE id = ?`, stamp(a.Hidden), a.Vouched, stamp(a.Known), to)
}

// moveFiles moves the files. What is kept takes the place of what is not; two
// that are kept in one format stay both, the second one under its number.
func (w *rewriting) moveFiles(from, to int64) error {
	files, err := list(w.ctx, w.sql, scanFile, fileColumns+` WHERE f.activity = ? ORDER BY f.format`, from)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.State != store.FileKept {
			err := w.exec(`UPDATE OR IGNORE file SET activity = ? WHERE activity = ? AND format = ?`, to, from, f.Format)
			if err != nil {
				return err
			}
			continue
		}
		format := f.Format
		for n := 2; ; n++ {
			var state store.FileState
			err := w.row(`SELECT coalesce(max(state), '') FROM file WHERE activity = ? AND format = ?`, []any{to, format}, &state)
			if err != nil {
				return err
			}
			if state != store.FileKept {
				break
			}
			format = fmt.Sprintf("%s-%d", f.Format, n)
		}
		if err := w.exec(`DELETE FROM file WHERE activity = ? AND format = ?`, to, format); err != nil {
			return err
		}
		if err := w.exec(`UPDATE file SET activity = ?, format = ? WHERE activity = ? AND format = ?`, to, format, from, f.Format); err != nil {
			return err
		}
	}
	return nil
}

// moveCompany moves with whom it was done.
func (w *rewriting) moveCompany(from, to int64) error {
	return w.exec(`INSERT INTO together (a, b) SELECT min(o, ?2), max(o, ?2) FROM
		(SELECT CASE a WHEN ?1 THEN b ELSE a END AS o FROM together WHERE a = ?1 OR b = ?1) WHERE o <> ?2 ON CONFLICT DO NOTHING`, from, to)
}

// movePosts makes what was posted about an activity that of the other. Where
// both were, the second one is known by both; one that waits is not sent.
func (w *rewriting) movePosts(from, to int64) error {
	const group = `substr(key, 6, instr(substr(key, 6), ':') - 1)`
	const theirs = `key GLOB 'race:*' AND ` + raceActivity + ` = ?1`
	const twice = `EXISTS (SELECT 1 FROM outbox o WHERE o.key = 'race:' || substr(outbox.key, 6, instr(substr(outbox.key, 6), ':') - 1) || ':' || ?2)`
	if err := w.exec(`DELETE FROM outbox WHERE state = 'queued' AND `+theirs+` AND `+twice, from, to); err != nil {
		return err
	}
	return w.exec(`UPDATE outbox SET key = 'race:' || `+group+` || ':' || ?2 || CASE WHEN `+twice+` THEN ':' || ?1 ELSE '' END WHERE `+theirs, from, to)
}

// moveCheers moves the cheers. Who cheered both counts once for each.
func (w *rewriting) moveCheers(from, to int64) error {
	return w.exec(`UPDATE OR IGNORE cheer SET activity = ?2, made = CASE made WHEN 0 THEN ?1 ELSE made END WHERE activity = ?1`, from, to)
}
