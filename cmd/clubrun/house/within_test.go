package house

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	_ "github.com/mattn/go-sqlite3" // the database that is locked
)

// A database that hangs, deaf to its context, costs a collector its limit and
// no more readers than one.
func TestADatabaseThatHangsIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mend := make(chan struct{})
		var started atomic.Int64
		w := &within[int]{limit: readTime, turn: make(chan struct{}, 1), read: func(context.Context) (int, error) {
			started.Add(1)
			<-mend
			return 7, nil
		}}
		g := &gauges[int]{read: w.ask}
		g.add("kept", "Kept.", nil, func(n int) float64 { return float64(n) })
		r := prometheus.NewRegistry()
		r.MustRegister(g)
		for range 3 {
			began := time.Now()
			if families, err := r.Gather(); err == nil || len(families) > 0 {
				t.Errorf("%v, %v", families, err)
			}
			if took := time.Since(began); took != readTime {
				t.Errorf("it took %s", took)
			}
		}
		if n := started.Load(); n != 1 {
			t.Errorf("%d readers, want 1", n)
		}
		close(mend)
		synctest.Wait()
		if n, err := w.ask(); n != 7 || err != nil {
			t.Errorf("%d, %v once it answers again", n, err)
		}
	})
}

func TestALockedDatabaseIsNotWaitedFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "locked.db")
	open := func(params string) *sql.DB {
		db, err := sql.Open("sqlite3", "file:"+path+params)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		db.SetMaxOpenConns(1)
		return db
	}
	owner, reader := open(""), open("?mode=ro&_busy_timeout=60000")
	for _, q := range []string{`CREATE TABLE kept (id)`, `BEGIN EXCLUSIVE`} {
		if _, err := owner.ExecContext(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	w := &within[int]{limit: time.Millisecond, turn: make(chan struct{}, 1), read: func(ctx context.Context) (n int, err error) {
		return n, reader.QueryRowContext(ctx, `SELECT count(*) FROM kept`).Scan(&n)
	}}
	if _, err := w.ask(); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	if _, err := owner.ExecContext(t.Context(), `COMMIT`); err != nil {
		t.Fatal(err)
	}
	w.limit = time.Minute
	if _, err := w.ask(); err != nil {
		t.Errorf("%v once the lock is gone", err)
	}
}

// deaf is a database that hangs until it is mended, whoever gives up.
type deaf struct{ mended chan struct{} }

func (d deaf) Readable(context.Context) error { <-d.mended; return nil }
func (d deaf) Writable(context.Context) error { <-d.mended; return nil }

func TestWhoAsksADeafDatabaseIsToldInTimeThatItIsIll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := deaf{make(chan struct{})}
		p := newPrompt(d)
		for _, ask := range []func(context.Context) error{p.Readable, p.Writable} {
			began := time.Now()
			if err := ask(t.Context()); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != readTime {
				t.Errorf("%v after %s", err, time.Since(began))
			}
		}
		close(d.mended)
		synctest.Wait()
		if err := errors.Join(p.Readable(t.Context()), p.Writable(t.Context())); err != nil {
			t.Errorf("%v once it answers", err)
		}
	})
}
