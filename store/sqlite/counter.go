package sqlite

import (
	"context"
	"errors"

	"clubrun/store"
)

// Counter returns the small state kept under key, empty where there is none.
func (db *DB) Counter(ctx context.Context, key string) (string, error) {
	value, err := one(ctx, db.reader, scanText, `SELECT value FROM counter WHERE key = ?`, key)
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	return value, err
}

// SetCounter keeps a small state, such as a bucket's level or the end of a
// cool-down. Counters outlive Erase, so that erasing is no way around a limit:
// keep no name, number or secret in one.
func (db *DB) SetCounter(ctx context.Context, key, value string) error {
	return db.write(ctx, func(tx *tx) error {
		return tx.exec(`INSERT INTO counter (key, value, updated) VALUES (?, ?, ?)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated = excluded.updated`, key, value, stamp(tx.at))
	})
}

func scanText(row scanner) (string, error) {
	var s string
	err := row.Scan(&s)
	return s, err
}
