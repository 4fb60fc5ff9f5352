// Package sqlite keeps store's words in one SQLite file: schema, migrations,
// queries, outbox and audit rows. One exported method is one transaction and
// one intent. It seals every secret before it touches the disk, and it never
// decides who may do what, speaks to no network and sends nothing.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"
	"github.com/rs/zerolog"

	"clubrun/store"
	"clubrun/store/seal"
)

// The errors of Open that have their own exit codes.
var (
	// ErrNewer says that a newer version has written the database.
	ErrNewer = errors.New("database is newer than this program")
	// ErrCorrupt says that the file is damaged or not a database.
	ErrCorrupt = errors.New("database is corrupt")
)

// Options are what a database is opened with.
type Options struct {
	Key  seal.Key         // seals the secrets
	Rand io.Reader        // cryptographic source of nonces
	Now  func() time.Time // the clock of all rows
	Log  zerolog.Logger

	// Groups has the language, zone and units of groups that chose none of
	// their own. They are not written into rows: they change with the settings.
	Groups store.Group
}

// DB is the database. Writers take turns on one connection, readers share a
// small pool. Its methods may be called from any goroutine.
type DB struct {
	writer, reader *sql.DB
	sealer         *seal.Sealer
	crowd          crowd
	now            func() time.Time
	log            zerolog.Logger
	groups         store.Group // what groups follow that chose nothing
	packers        sync.Pool   // of *flate.Writer

	arrived, owed chan struct{}
	closing       sync.Once
	closed        error
}

// The settings of every connection live in its name, for an Exec would reach
// one connection of the pool only. synchronous=FULL: acknowledged rows outlive
// a power cut. secure_delete: what was erased is overwritten.
const (
	writerParams = "?_journal_mode=WAL&_synchronous=FULL&_busy_timeout=20000&_txlock=immediate&_foreign_keys=on&_secure_delete=on"
	readerParams = "?mode=ro&_busy_timeout=20000&_foreign_keys=on"
	readers      = 4
)

// Open opens the database at path, or makes it, and brings its schema up to
// date. A database that was sealed under another key (store.ErrWrongKey) or
// written by a newer version (ErrNewer) is refused before anything is written.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	db, err := open(ctx, path, o)
	if err != nil {
		return nil, fmt.Errorf("database %s: %w", path, plain(err))
	}
	return db, nil
}

func open(ctx context.Context, path string, o Options) (*DB, error) {
	if o.Rand == nil || o.Now == nil {
		return nil, errors.New("options lack Rand or Now")
	}
	sealer, err := seal.New(o.Key, o.Rand)
	if err != nil {
		return nil, err
	}
	if err := touch(path); err != nil {
		return nil, err
	}
	db := &DB{sealer: sealer, crowd: newCrowd(o.Key), now: o.Now, log: o.Log, groups: o.Groups, arrived: make(chan struct{}, 1), owed: make(chan struct{}, 1)}
	if db.reader, err = connect(path, readerParams, readers); err != nil {
		return nil, err
	}
	if err := db.inspect(ctx); err != nil {
		return nil, errors.Join(err, db.reader.Close())
	}
	if db.writer, err = connect(path, writerParams, 1); err != nil {
		return nil, errors.Join(err, db.reader.Close())
	}
	// Another process may have made the database meanwhile, under its own key.
	if err := errors.Join(db.migrate(ctx), db.inspect(ctx)); err != nil {
		return nil, errors.Join(err, db.reader.Close(), db.writer.Close())
	}
	return db, nil
}

// touch makes an empty file that only its owner may read; SQLite gives the
// same mode to the files beside it.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

func connect(path, params string, conns int) (*sql.DB, error) {
	name := url.URL{Path: filepath.Clean(path)}
	pool, err := sql.Open("sqlite3", "file:"+name.EscapedPath()+params)
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(conns)
	pool.SetMaxIdleConns(conns)
	return pool, nil
}

// plain gives the faults that a caller tells apart their names.
func plain(err error) error {
	var fault sqlite3.Error
	switch {
	case errors.Is(err, seal.ErrWrongKey):
		return fmt.Errorf("%w: %w", store.ErrWrongKey, err)
	case errors.As(err, &fault) && (fault.Code == sqlite3.ErrCorrupt || fault.Code == sqlite3.ErrNotADB):
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	case errors.As(err, &fault) && fault.ExtendedCode == sqlite3.ErrConstraintForeignKey:
		return fmt.Errorf("%w: %w", store.ErrNotFound, err)
	}
	return err
}

// Close writes everything into the one file and closes it. Closing twice is
// harmless.
func (db *DB) Close() error {
	db.closing.Do(func() {
		err := db.reader.Close()
		_, _ = db.writer.ExecContext(context.Background(), `PRAGMA busy_timeout = 2000`) // milliseconds; a stop cannot wait longer for a reader
		db.closed = errors.Join(err, db.Checkpoint(context.Background()), db.writer.Close())
	})
	return db.closed
}

// Checkpoint moves the write-ahead log into the database and empties it.
func (db *DB) Checkpoint(ctx context.Context) error {
	var busy, pages, moved int
	row := db.writer.QueryRowContext(context.WithoutCancel(ctx), `PRAGMA wal_checkpoint(TRUNCATE)`)
	if err := row.Scan(&busy, &pages, &moved); err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	if busy != 0 {
		return errors.New("checkpoint: a reader is in the way")
	}
	return nil
}

// wipe empties the log after something secret was overwritten. The effect is
// already kept, so that a failure is told and left to the next checkpoint.
func (db *DB) wipe(ctx context.Context) {
	if err := db.Checkpoint(ctx); err != nil {
		db.log.Warn().Ctx(ctx).Err(err).Msg("erased values stay in the write-ahead log until the next checkpoint")
	}
}

// Arrived is nudged after messages were received.
func (db *DB) Arrived() <-chan struct{} { return db.arrived }

// Owed is nudged after messages were owed or the way became free for others.
func (db *DB) Owed() <-chan struct{} { return db.owed }

// shred rewrites the whole file after somebody was erased. secure_delete
// overwrites what is deleted, but not the copies that SQLite leaves in the
// gaps of pages when it moves rows to their neighbours.
func (db *DB) shred(ctx context.Context) {
	if _, err := db.writer.ExecContext(context.WithoutCancel(ctx), `VACUUM`); err != nil {
		db.log.Warn().Ctx(ctx).Err(err).Msg("copies of erased rows may stay in the file until it is rewritten")
	}
	db.wipe(ctx)
}

func nudge(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
