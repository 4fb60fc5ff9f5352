package sqlite

import (
	"context"

	"clubrun/store"
)

// SaveFile records what became of an activity's file.
func (db *DB) SaveFile(ctx context.Context, f store.File) error {
	return db.write(ctx, func(tx *tx) error {
		return tx.exec(`INSERT INTO file (activity, format, path, sha256, size, state, reason, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (activity, format) DO UPDATE SET path = excluded.path, sha256 = excluded.sha256, size = excluded.size,
				state = excluded.state, reason = excluded.reason, updated = excluded.updated`,
			f.Activity, f.Format, f.Path, f.SHA256, f.Size, f.State, f.Reason, stamp(moment(f.Updated, tx.at)))
	})
}

// Files returns the athlete's files of every state, in the order of their
// activities' ids.
func (db *DB) Files(ctx context.Context, athlete int64) ([]store.File, error) {
	return list(ctx, db.reader, scanFile, `SELECT f.activity, f.format, f.path, f.sha256, f.size, f.state, f.reason, f.updated
		FROM file f JOIN activity a ON a.id = f.activity WHERE a.athlete = ? ORDER BY f.activity, f.format`, athlete)
}

func scanFile(row scanner) (store.File, error) {
	var f store.File
	err := row.Scan(&f.Activity, &f.Format, &f.Path, &f.SHA256, &f.Size, &f.State, &f.Reason, instant{&f.Updated})
	return f, err
}

// FilesWanted returns the athlete's activities whose file in the format is
// neither kept nor known to be missing at the source, in the order in which
// they began.
func (db *DB) FilesWanted(ctx context.Context, athlete int64, format string, span store.Span) ([]store.Activity, error) {
	return list(ctx, db.reader, scanActivity, `SELECT `+activityColumns+` FROM activity a
		WHERE a.athlete = ? AND a.day >= ? AND a.day < ? AND NOT EXISTS (SELECT 1 FROM file f
			WHERE f.activity = a.id AND f.format = ? AND f.state IN ('kept', 'none'))
		ORDER BY a.local, a.id`, athlete, span.Start.String(), span.End.String(), format)
}
