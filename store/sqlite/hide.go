package sqlite

import (
	"context"

	"clubrun/store"
)

// HideActivity hides one of the athlete's activities, with its legs, from every
// group, or shows it again. What waits to be posted in their groups is taken
// back. store.ErrNotFound says that the athlete has no such activity.
func (db *DB) HideActivity(ctx context.Context, by store.Actor, athlete, activity int64, hidden bool, r store.Reply) error {
	action, since := "activity.show", any(nil)
	return db.freed(db.reply(ctx, r, func(tx *tx) error {
		if hidden {
			action, since = "activity.hide", stamp(tx.at)
		}
		err := tx.must(`UPDATE activity SET hidden = ? WHERE athlete = ? AND id = ?`, since, athlete, activity)
		if err != nil {
			return err
		}
		err = tx.exec(`UPDATE activity SET hidden = ? FROM (SELECT source, external FROM activity WHERE id = ?) AS p
			WHERE activity.athlete = ? AND activity.source = p.source AND activity.parent = p.external`, since, activity, athlete)
		if err != nil {
			return err
		}
		if err := tx.hide(athlete); err != nil {
			return err
		}
		return tx.audit(by, action, athleteSubject(athlete), "")
	}))
}
