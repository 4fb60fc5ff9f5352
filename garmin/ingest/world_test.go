package ingest_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"clubrun/garmin"
	"clubrun/garmin/account"
	"clubrun/garmin/garmintest"
	"clubrun/garmin/ingest"
	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

// world is a Garmin server, a database and a folder in a bubble, with an
// engine between them.
type world struct {
	*garmintest.Server
	db     *sqlite.DB
	keeper *account.Keeper
	engine *ingest.Engine
	folder string
	now    func() time.Time
}

func inWorld(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		shift := time.Date(2026, time.September, 9, 11, 0, 0, 0, time.UTC).Sub(time.Now())
		now := func() time.Time { return time.Now().Add(shift) }
		s, err := garmintest.New(garmintest.Options{Seed: 1, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		folder, err := os.OpenRoot(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer folder.Close()
		w := &world{Server: s, db: storetest.OpenAt(t, filepath.Join(t.TempDir(), "clubrun.db"), now), folder: folder.Name(), now: now}
		w.keeper = &account.Keeper{Garmin: &garmin.Client{Transport: s.Transport(), Now: now}, Store: w.db, Now: now, Log: zerolog.Nop()}
		w.engine = &ingest.Engine{Source: w.keeper, Store: w.db, Folder: folder, Now: now, Backfill: 60, Log: zerolog.Nop()}
		f(t, w)
	})
}

// member is somebody with an account at Garmin, linked.
func (w *world) member(t *testing.T, name, archetype string) store.Athlete {
	t.Helper()
	err := w.Add(garmintest.Member{Name: name, Email: name + "@example.org", Password: name + "-pass-1", Training: garmintest.Training{Archetype: archetype}})
	if err != nil {
		t.Fatal(err)
	}
	a := storetest.Athlete(t, w.db, name)
	if _, err := w.keeper.Begin(t.Context(), a.ID, name+"@example.org", name+"-pass-1"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.keeper.Link(t.Context(), storetest.Actor(a), a.ID, store.Reply{}); err != nil {
		t.Fatal(err)
	}
	return a
}

func (w *world) sync(t *testing.T, a store.Athlete) store.Tally {
	t.Helper()
	tally, err := w.engine.Sync(t.Context(), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	return tally
}

// all returns what is kept of an athlete.
func (w *world) all(t *testing.T, a store.Athlete) []store.Activity {
	t.Helper()
	acts, err := w.db.Activities(t.Context(), a.ID, store.Span{Start: 0, End: 40_000})
	if err != nil {
		t.Fatal(err)
	}
	return acts
}

func (w *world) disturb(t *testing.T, name, what, arg string) {
	t.Helper()
	if err := w.Disturb(name+"@example.org", what, arg); err != nil {
		t.Fatal(err)
	}
}

// onDisk lists the files of the folder.
func (w *world) onDisk(t *testing.T) (names []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(w.folder), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s:\n%s", what, diff)
	}
}

// hang begins a sync of somebody that lasts until the test leaves it.
func (w *world) hang(t *testing.T, a store.Athlete) (leave func()) {
	t.Helper()
	engine, source := w.engine, w.engine.Source
	engine.Source = stuck{source, a.ID}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = engine.Sync(ctx, a.ID)
	}()
	synctest.Wait()
	return func() {
		cancel()
		<-done
	}
}

// stuck is a source that never answers for one athlete.
type stuck struct {
	ingest.Source
	athlete int64
}

func (s stuck) List(ctx context.Context, athlete int64, from, to store.Day) ([]store.Raw, error) {
	if athlete == s.athlete {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return s.Source.List(ctx, athlete, from, to)
}
