package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"clubrun/store"
)

const athleteColumns = `a.id, a.user, a.phone, a.name, a.language, a.units, a.zone, a.private, a.keep_files, a.hidden, a.remind, a.health, a.created, a.updated, a.last_sync`

func scanAthlete(row scanner) (store.Athlete, error) {
	var a store.Athlete
	err := row.Scan(&a.ID, &a.User, &a.Phone, &a.Name, &a.Prefs.Language, &a.Prefs.Units, &a.Prefs.Zone, &a.Prefs.Private, &a.Prefs.Files, &a.Prefs.Hidden,
		&a.Prefs.Remind, instant{&a.Prefs.Health}, instant{&a.Created}, instant{&a.Updated}, instant{&a.LastSync})
	return a, err
}

// Meet returns the athlete with that WhatsApp user id. A new one is created
// with the name; of a known one the phone number is brought up to date, where
// it is told, and the name stays. Whoever else was known by the number has lost
// it.
func (db *DB) Meet(ctx context.Context, user, phone, name string) (store.Athlete, error) {
	known, err := db.AthleteByUser(ctx, user)
	if err == nil && (phone == "" || phone == known.Phone) {
		return known, nil
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return store.Athlete{}, err
	}
	var met store.Athlete
	err = db.write(ctx, func(tx *tx) error {
		if err := tx.takeNumber(user, phone); err != nil {
			return err
		}
		err := tx.exec(`INSERT INTO athlete (user, phone, name, language, units, zone, private, keep_files, created, updated)
			VALUES (?, ?, ?, '', '', '', ?, 0, ?, ?)
			ON CONFLICT (user) DO UPDATE SET phone = excluded.phone, updated = excluded.updated WHERE excluded.phone <> ''`,
			user, phone, name, store.PrivateOut, stamp(tx.at), stamp(tx.at))
		if err != nil {
			return err
		}
		met, err = one(tx.ctx, tx.sql, scanAthlete, `SELECT `+athleteColumns+` FROM athlete a WHERE a.user = ?`, user)
		return err
	})
	if err != nil {
		return store.Athlete{}, fmt.Errorf("meet: %w", err)
	}
	return met, nil
}

// Athlete returns the athlete with that id.
func (db *DB) Athlete(ctx context.Context, id int64) (store.Athlete, error) {
	return one(ctx, db.reader, scanAthlete, `SELECT `+athleteColumns+` FROM athlete a WHERE a.id = ?`, id)
}

// AthleteByUser returns the athlete with that WhatsApp user id.
func (db *DB) AthleteByUser(ctx context.Context, user string) (store.Athlete, error) {
	return one(ctx, db.reader, scanAthlete, `SELECT `+athleteColumns+` FROM athlete a WHERE a.user = ?`, user)
}

// Athletes returns everybody, in the order of their ids.
func (db *DB) Athletes(ctx context.Context) ([]store.Athlete, error) {
	return list(ctx, db.reader, scanAthlete, `SELECT `+athleteColumns+` FROM athlete a ORDER BY a.id`)
}

// SetPrefs replaces the athlete's settings, but for Health. No policy for private activities
// means that they stay out. Where less is to be seen from now on, what waits to
// be posted in the athlete's groups is taken back.
func (db *DB) SetPrefs(ctx context.Context, by store.Actor, athlete int64, p store.Prefs, r store.Reply) error {
	p.Private = either(p.Private, store.PrivateOut)
	return db.freed(db.reply(ctx, r, func(tx *tx) error {
		was, err := one(tx.ctx, tx.sql, scanAthlete, `SELECT `+athleteColumns+` FROM athlete a WHERE a.id = ?`, athlete)
		if err != nil {
			return err
		}
		err = tx.must(`UPDATE athlete SET language = ?, units = ?, zone = ?, private = ?, keep_files = ?, hidden = ?, remind = ?, updated = ? WHERE id = ?`,
			p.Language, p.Units, p.Zone, p.Private, p.Files, p.Hidden, p.Remind, stamp(tx.at), athlete)
		if err != nil {
			return err
		}
		if p.Hidden != was.Prefs.Hidden || p.Private != was.Prefs.Private && p.Private == store.PrivateOut {
			if err := tx.hide(athlete); err != nil {
				return err
			}
		}
		return tx.audit(by, "athlete.prefs", athleteSubject(athlete), "")
	}))
}

// SetName sets the name under which the athlete is shown, everywhere. What
// waits to be posted under the former one is taken back.
func (db *DB) SetName(ctx context.Context, by store.Actor, athlete int64, name string, r store.Reply) error {
	return db.freed(db.reply(ctx, r, func(tx *tx) error {
		if err := tx.must(`UPDATE athlete SET name = ?, updated = ? WHERE id = ?`, name, stamp(tx.at), athlete); err != nil {
			return err
		}
		if err := tx.hide(athlete); err != nil {
			return err
		}
		return tx.audit(by, "athlete.name", athleteSubject(athlete), "")
	}))
}

// Synced records when the athlete's activities were last fetched.
func (db *DB) Synced(ctx context.Context, athlete int64, at time.Time) error {
	return db.write(ctx, func(tx *tx) error {
		return tx.must(`UPDATE athlete SET last_sync = ?, updated = ? WHERE id = ?`, stamp(at), stamp(tx.at), athlete)
	})
}
