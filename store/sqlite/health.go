package sqlite

import (
	"context"
	"fmt"

	"clubrun/store"
)

// healthKinds matches the kinds of raw records that figures of health were
// read from.
const healthKinds = `kind GLOB 'health.*'`

// SetHealth switches the keeping of daily figures of health on or off for an
// athlete, by their own word. Switched off, all that was kept is deleted at
// once, the raw records with it. On where it is on already changes nothing but
// what r leaves behind. store.ErrNotFound says that there is no such athlete.
func (db *DB) SetHealth(ctx context.Context, by store.Actor, athlete int64, on bool, r store.Reply) error {
	err := db.reply(ctx, r, func(tx *tx) error {
		action := "health.on"
		if on {
			err := tx.must(`UPDATE athlete SET health = coalesce(health, ?), updated = ? WHERE id = ?`, stamp(tx.at), stamp(tx.at), athlete)
			if err != nil {
				return err
			}
		} else {
			action = "health.off"
			if err := tx.must(`UPDATE athlete SET updated = ? WHERE id = ?`, stamp(tx.at), athlete); err != nil {
				return err
			}
			if err := tx.forgetHealth(athlete); err != nil {
				return err
			}
		}
		return tx.audit(by, action, athleteSubject(athlete), "")
	})
	if err != nil {
		return fmt.Errorf("set health: %w", err)
	}
	if !on {
		db.shred(ctx)
	}
	return nil
}

// forgetHealth takes the yes back and deletes all that was kept by it. When
// each figure was last asked for stays: switching off and on again is no way
// around the time between two questions.
func (t *tx) forgetHealth(athlete int64) error {
	for _, statement := range []string{
		`UPDATE athlete SET health = NULL WHERE id = ?`,
		`DELETE FROM health WHERE athlete = ?`,
		`DELETE FROM raw WHERE ` + healthKinds + ` AND athlete = ?`,
		`UPDATE health_read SET good = NULL, barren = 0 WHERE athlete = ?`,
	} {
		if err := t.exec(statement, athlete); err != nil {
			return err
		}
	}
	return nil
}

// otherBody switches health off where an account takes the place of one of
// another profile, and says whether it does.
func (t *tx) otherBody(acc store.Account) (other bool, err error) {
	err = t.row(`SELECT count(*) > 0 FROM account WHERE athlete = ? AND source = ? AND profile <> ?`,
		[]any{acc.Athlete, acc.Source, acc.Profile}, &other)
	if err != nil || !other {
		return false, err
	}
	return true, t.forgetHealth(acc.Athlete)
}

// agreedHealth refuses with store.ErrDenied where the athlete does not agree, by
// now, to have figures of health kept.
func (t *tx) agreedHealth(athlete int64) error {
	var yes bool
	if err := t.row(`SELECT health IS NOT NULL FROM athlete WHERE id = ?`, []any{athlete}, &yes); err != nil {
		return err
	}
	if !yes {
		return store.ErrDenied
	}
	return nil
}

// AskHealth notes that the source is about to be asked for a metric, before it
// is: neither a restart nor a kill asks too often. store.ErrDenied says that
// the athlete has not agreed to it.
func (db *DB) AskHealth(ctx context.Context, r store.HealthRead) error {
	err := db.write(ctx, func(tx *tx) error {
		if err := tx.agreedHealth(r.Athlete); err != nil {
			return err
		}
		return tx.saveRead(r)
	})
	if err != nil {
		return fmt.Errorf("note a question for health: %w", err)
	}
	return nil
}

// SaveHealth keeps what a source told of a metric: values and raw records take
// the place of all that was known of it on the days of the span.
// store.ErrDenied says that the athlete does not agree to that, or no longer,
// and nothing is kept.
func (db *DB) SaveHealth(ctx context.Context, k store.HealthKept) error {
	packed, bodies := make([]bool, len(k.Raw)), make([][]byte, len(k.Raw))
	for i, raw := range k.Raw {
		packed[i], bodies[i] = db.pack(raw.Body)
	}
	err := db.write(ctx, func(tx *tx) error {
		if err := tx.agreedHealth(k.Read.Athlete); err != nil {
			return err
		}
		if err := tx.clearHealth(k); err != nil {
			return err
		}
		for _, h := range k.Values {
			err := tx.exec(`INSERT INTO health (athlete, day, metric, value, updated) VALUES (?, ?, ?, ?, ?)`,
				k.Read.Athlete, h.Day.String(), k.Read.Metric, h.Value, stamp(tx.at))
			if err != nil {
				return err
			}
		}
		for i, raw := range k.Raw {
			if err := tx.saveRaw(raw, packed[i], bodies[i]); err != nil {
				return err
			}
		}
		return tx.saveRead(k.Read)
	})
	if err != nil {
		return fmt.Errorf("keep health: %w", err)
	}
	return nil
}

func (t *tx) clearHealth(k store.HealthKept) error {
	first, last := k.Span.Start.String(), k.Span.Last().String()
	err := t.exec(`DELETE FROM health WHERE athlete = ? AND metric = ? AND day BETWEEN ? AND ?`, k.Read.Athlete, k.Read.Metric, first, last)
	if err != nil {
		return err
	}
	return t.exec(`DELETE FROM raw WHERE athlete = ? AND kind = ? AND external BETWEEN ? AND ?`,
		k.Read.Athlete, store.HealthKind(k.Read.Metric), first, last)
}

func (t *tx) saveRead(r store.HealthRead) error {
	return t.exec(`INSERT INTO health_read (athlete, metric, asked, good, barren) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (athlete, metric) DO UPDATE SET asked = excluded.asked, good = excluded.good, barren = excluded.barren`,
		r.Athlete, r.Metric, stamp(moment(r.Asked, t.at)), stamp(r.Good), r.Barren)
}

// HealthReads returns how the reading of each metric stands that an athlete
// was ever asked for.
func (db *DB) HealthReads(ctx context.Context, athlete int64) ([]store.HealthRead, error) {
	return list(ctx, db.reader, func(row scanner) (store.HealthRead, error) {
		var r store.HealthRead
		err := row.Scan(&r.Athlete, &r.Metric, instant{&r.Asked}, instant{&r.Good}, &r.Barren)
		return r, err
	}, `SELECT athlete, metric, asked, good, barren FROM health_read WHERE athlete = ? ORDER BY metric`, athlete)
}

// Health returns the athlete's figures of the days of a span, by day and
// metric.
func (db *DB) Health(ctx context.Context, athlete int64, span store.Span) ([]store.Health, error) {
	return list(ctx, db.reader, func(row scanner) (store.Health, error) {
		var h store.Health
		err := row.Scan(&h.Athlete, day{&h.Day}, &h.Metric, &h.Value)
		return h, err
	}, `SELECT athlete, day, metric, value FROM health WHERE athlete = ? AND day BETWEEN ? AND ? ORDER BY day, metric`,
		athlete, span.Start.String(), span.Last().String())
}
