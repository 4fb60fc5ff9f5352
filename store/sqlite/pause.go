package sqlite

import (
	"context"
	"fmt"

	"clubrun/store"
)

func scanPause(row scanner) (store.Pause, error) {
	var p store.Pause
	err := row.Scan(&p.Athlete, day{&p.Span.Start}, day{&p.Span.End})
	return p, err
}

// Pause keeps that the athlete pauses in the span, which has a day at least.
// It takes the place of what is kept from its first day on; a pause that runs
// already then goes on until the new end, be it earlier or later. What waits to
// be posted in their groups is taken back.
func (db *DB) Pause(ctx context.Context, by store.Actor, athlete int64, span store.Span, r store.Reply) error {
	return db.freed(db.reply(ctx, r, func(tx *tx) error {
		start := span.Start.String()
		err := tx.row(`SELECT coalesce(min(start), ?) FROM pause WHERE athlete = ? AND start <= ? AND end >= ?`,
			[]any{start, athlete, start, start}, &start)
		if err != nil {
			return err
		}
		if err := tx.exec(`DELETE FROM pause WHERE athlete = ? AND start >= ?`, athlete, start); err != nil {
			return err
		}
		err = tx.exec(`INSERT INTO pause (athlete, start, end) VALUES (?, ?, ?)`, athlete, start, span.End.String())
		if err != nil {
			return fmt.Errorf("pause: %w", err)
		}
		if span.End >= store.DayOf(tx.at.UTC()) { // the present day, wherever
			if err := tx.hide(athlete); err != nil {
				return err
			}
		}
		return tx.audit(by, "athlete.pause", athleteSubject(athlete), "")
	}))
}

// Resume ends the athlete's running pause: its last day is the one before day.
// One that would have no day is dropped. store.ErrNotFound says that none runs.
func (db *DB) Resume(ctx context.Context, by store.Actor, athlete int64, day store.Day, r store.Reply) error {
	return db.reply(ctx, r, func(tx *tx) error {
		today := day.String()
		n, err := tx.count(`DELETE FROM pause WHERE athlete = ? AND start = ?`, athlete, today)
		if err != nil {
			return err
		}
		m, err := tx.count(`UPDATE pause SET end = ? WHERE athlete = ? AND start < ? AND end > ?`, today, athlete, today, today)
		if err != nil {
			return err
		}
		if n+m == 0 {
			return store.ErrNotFound
		}
		return tx.audit(by, "athlete.resume", athleteSubject(athlete), "")
	})
}

// Pauses returns the athlete's pauses in the order of time.
func (db *DB) Pauses(ctx context.Context, athlete int64) ([]store.Pause, error) {
	return list(ctx, db.reader, scanPause, `SELECT athlete, start, end FROM pause WHERE athlete = ? ORDER BY start`, athlete)
}
