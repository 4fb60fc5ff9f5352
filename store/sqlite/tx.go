package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"clubrun/store"
)

// tx is one writing transaction at one moment.
type tx struct {
	ctx context.Context
	sql *sql.Tx
	at  time.Time // the moment, of all rows that it writes

	bared bool // something was deleted that is not to stay in the write-ahead log
}

// queryer is what reads: the pool of readers, or a transaction.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// scanner is a row under the cursor.
type scanner interface{ Scan(dest ...any) error }

// write runs fn in one transaction: all of it is kept, or nothing. The context
// ends the wait for the writer's turn; a transaction that has begun finishes.
// A row of something that is gone, such as an athlete who was erased
// meanwhile, is store.ErrNotFound.
func (db *DB) write(ctx context.Context, fn func(*tx) error) error {
	conn, err := db.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	ctx = context.WithoutCancel(ctx)
	t, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = t.Rollback() }() // after a commit it does nothing
	run := &tx{ctx: ctx, sql: t, at: db.now()}
	if err := fn(run); err != nil {
		return plain(err)
	}
	err = t.Commit()
	if err == nil && run.bared {
		_ = conn.Close() // the checkpoint needs the one connection
		db.wipe(ctx)
	}
	return err
}

func (t *tx) exec(query string, args ...any) error {
	_, err := t.sql.ExecContext(t.ctx, query, args...)
	return err
}

// count runs a statement and returns how many rows it changed.
func (t *tx) count(query string, args ...any) (int, error) {
	done, err := t.sql.ExecContext(t.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	n, err := done.RowsAffected()
	return int(n), err
}

// must runs a statement that has to meet a row, or else the thing is not found.
func (t *tx) must(query string, args ...any) error {
	n, err := t.count(query, args...)
	if err == nil && n == 0 {
		return store.ErrNotFound
	}
	return err
}

// insert runs an insert and returns the new row's id.
func (t *tx) insert(query string, args ...any) (int64, error) {
	done, err := t.sql.ExecContext(t.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return done.LastInsertId()
}

// row reads one value or one row into dest.
func (t *tx) row(query string, args []any, dest ...any) error {
	return found(t.sql.QueryRowContext(t.ctx, query, args...).Scan(dest...))
}

// found gives the absence of a row our name.
func found(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return store.ErrNotFound
	}
	return err
}

// list reads all rows of a query; none is not an error.
func list[T any](ctx context.Context, q queryer, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// one reads the single row of a query, or store.ErrNotFound.
func one[T any](ctx context.Context, q queryer, scan func(scanner) (T, error), query string, args ...any) (T, error) {
	row, err := scan(q.QueryRowContext(ctx, query, args...))
	return row, found(err)
}
