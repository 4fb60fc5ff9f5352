package sqlite

import (
	"context"

	"clubrun/store"
)

// Vouch notes the athlete's word that a workout was what it says it was: it is
// held out no more, however fast. ErrNotFound says that the workout is gone.
func (db *DB) Vouch(ctx context.Context, by store.Actor, athlete, activity int64, r store.Reply) error {
	return db.reply(ctx, r, func(tx *tx) error {
		if err := tx.must(`UPDATE activity SET vouched = 1 WHERE athlete = ? AND id = ?`, athlete, activity); err != nil {
			return err
		}
		return tx.audit(by, "activity.vouch", athleteSubject(athlete), "")
	})
}
