package sqlite

import "context"

// Readable says whether the database can be read.
func (db *DB) Readable(ctx context.Context) error {
	var n int
	return db.reader.QueryRowContext(ctx, `SELECT count(*) FROM meta`).Scan(&n)
}

// Writable says whether the database can be written: it commits one small row
// to the disk.
func (db *DB) Writable(ctx context.Context) error {
	return db.SetCounter(ctx, "probe", "written")
}
