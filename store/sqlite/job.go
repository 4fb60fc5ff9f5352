package sqlite

import (
	"context"

	"clubrun/store"
)

// StartJob records that a job began and returns its id. A zero Start is now.
func (db *DB) StartJob(ctx context.Context, j store.JobRun) (int64, error) {
	var id int64
	err := db.write(ctx, func(tx *tx) (err error) {
		id, err = tx.insert(`INSERT INTO job_run (operation, start, end, result, message, processed, downloaded, cause)
			VALUES (?, ?, NULL, '', ?, ?, ?, ?)`,
			j.Operation, stamp(moment(j.Start, tx.at)), j.Message, j.Processed, j.Downloaded, j.Cause)
		return err
	})
	return id, err
}

// EndJob records how the job j.ID ended. A zero End is now.
func (db *DB) EndJob(ctx context.Context, j store.JobRun) error {
	return db.write(ctx, func(tx *tx) error {
		return tx.must(`UPDATE job_run SET end = ?, result = ?, message = ?, processed = ?, downloaded = ? WHERE id = ?`,
			stamp(moment(j.End, tx.at)), j.Result, j.Message, j.Processed, j.Downloaded, j.ID)
	})
}

// Jobs returns the latest runs, the newest first.
func (db *DB) Jobs(ctx context.Context, limit int) ([]store.JobRun, error) {
	return list(ctx, db.reader, scanJob, `SELECT id, operation, start, end, result, message, processed, downloaded, cause
		FROM job_run ORDER BY id DESC LIMIT ?`, limit)
}

func scanJob(row scanner) (store.JobRun, error) {
	var j store.JobRun
	err := row.Scan(&j.ID, &j.Operation, instant{&j.Start}, instant{&j.End}, &j.Result, &j.Message, &j.Processed, &j.Downloaded, &j.Cause)
	return j, err
}
