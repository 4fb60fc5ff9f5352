package sqlite

import (
	"context"

	"clubrun/store"
)

// SaveFile records what became of an activity's file.
func (db *DB) SaveFile(ctx context.Context, f store.File) error {
	return db.write(ctx, func(tx *tx) error {
		return tx.exec(`INSERT INTO file (activity, format, path, sha256, size, state, reason, attempts, retry, updated)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (activity, format) DO UPDATE SET path = excluded.path, sha256 = excluded.sha256, size = excluded.size,
				state = excluded.state, reason = excluded.reason, attempts = excluded.attempts, retry = excluded.retry, updated = excluded.updated`,
			f.Activity, f.Format, f.Path, f.SHA256, f.Size, f.State, f.Reason, f.Attempts, stamp(f.Retry), stamp(moment(f.Updated, tx.at)))
	})
}

// Files returns the athlete's files of every state, in the order of their
// activities' ids.
func (db *DB) Files(ctx context.Context, athlete int64) ([]store.File, error) {
	return list(ctx, db.reader, scanFile, fileColumns+` JOIN activity a ON a.id = f.activity WHERE a.athlete = ? ORDER BY f.activity, f.format`, athlete)
}

const fileColumns = `SELECT f.activity, f.format, f.path, f.sha256, f.size, f.state, f.reason, f.attempts, f.retry, f.updated FROM file f`

func scanFile(row scanner) (store.File, error) {
	var f store.File
	err := row.Scan(&f.Activity, &f.Format, &f.Path, &f.SHA256, &f.Size, &f.State, &f.Reason, &f.Attempts, instant{&f.Retry}, instant{&f.Updated})
	return f, err
}
