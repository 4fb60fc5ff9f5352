package sqlite_test

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"clubrun/store"
	"clubrun/store/seal"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

var update = flag.Bool("update", false, "rewrite golden files")

func options(key seal.Key) sqlite.Options {
	return sqlite.Options{Key: key, Rand: rand.Reader, Now: time.Now, Log: zerolog.Nop()}
}

// raw opens the file beside the program, as a thief or a tool would.
func raw(t *testing.T, path string) *sql.DB {
	t.Helper()
	pool, err := sql.Open("sqlite3", "file:"+path+"?_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pool.Close() })
	return pool
}

// hashes returns a digest of every file in the folder but the shared memory,
// which is no content.
func hashes(t *testing.T, dir string) map[string][32]byte {
	t.Helper()
	all := map[string][32]byte{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(e.Name()) != ".db-shm" && len(content) > 0 {
			all[e.Name()] = sha256.Sum256(content)
		}
	}
	return all
}

// asKilled copies the database as a killed program leaves it: log and all.
func asKilled(t *testing.T, path string) string {
	t.Helper()
	dir := t.TempDir()
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "clubrun.db"+suffix), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "clubrun.db")
}

func TestWrongKeyIsRefusedWithoutAWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	db := storetest.OpenAt(t, path, time.Now)
	storetest.Linked(t, db, "ana")
	storetest.Athlete(t, db, "ben") // still in the log
	path = asKilled(t, path)
	before := hashes(t, filepath.Dir(path))

	_, err := sqlite.Open(t.Context(), path, options(seal.Key{1}))
	if !errors.Is(err, store.ErrWrongKey) {
		t.Errorf("err = %v, want ErrWrongKey", err)
	}
	if diff := cmp.Diff(before, hashes(t, filepath.Dir(path))); diff != "" {
		t.Errorf("files changed: %s", diff)
	}
}

func TestNewerDatabaseIsRefusedWithoutAWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	if err := storetest.OpenAt(t, path, time.Now).Close(); err != nil {
		t.Fatal(err)
	}
	file := raw(t, path)
	if _, err := file.Exec(`PRAGMA user_version = 9999`); err != nil {
		t.Fatal(err)
	}
	_ = file.Close()
	before := hashes(t, filepath.Dir(path))

	_, err := sqlite.Open(t.Context(), path, options(storetest.Key))
	if !errors.Is(err, sqlite.ErrNewer) {
		t.Errorf("err = %v, want ErrNewer", err)
	}
	if diff := cmp.Diff(before, hashes(t, filepath.Dir(path))); diff != "" {
		t.Errorf("files changed: %s", diff)
	}
}

func TestFileThatIsNoDatabaseIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	if err := os.WriteFile(path, bytes.Repeat([]byte("no database "), 500), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(t.Context(), path, options(storetest.Key)); !errors.Is(err, sqlite.ErrCorrupt) {
		t.Errorf("err = %v, want ErrCorrupt", err)
	}
}

func TestAcknowledgedRowsOutliveAKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	db := storetest.OpenAt(t, path, time.Now)
	a, _ := storetest.Linked(t, db, "ana")
	copied := storetest.OpenAt(t, asKilled(t, path), time.Now)
	acc, err := copied.Account(t.Context(), a.ID, "garmin")
	if err != nil || acc.Tokens.Reveal() != "tokens of ana" {
		t.Errorf("account after the kill: %+v, %v", acc, err)
	}
}

func TestOpeningAgainMigratesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	first := storetest.OpenAt(t, path, time.Now)
	storetest.Athlete(t, first, "ana")
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	before := schema(t, path)
	second := storetest.OpenAt(t, path, time.Now)
	if diff := cmp.Diff(before, schema(t, path)); diff != "" {
		t.Error(diff)
	}
	if _, err := second.AthleteByUser(t.Context(), storetest.User("ana")); err != nil {
		t.Error(err)
	}
}

func TestSchemaIsTheGoldenOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	storetest.OpenAt(t, path, time.Now)
	got := schema(t, path)
	const golden = "testdata/schema.golden.sql"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("a released schema changes by a new migration only (-update afterwards):\n%s", diff)
	}
}

// schema lists the version and every table and index, and holds that every
// table is STRICT.
func schema(t *testing.T, path string) string {
	t.Helper()
	file := raw(t, path)
	defer func() { _ = file.Close() }()
	var version, loose int
	if err := file.QueryRow(`PRAGMA user_version`).Scan(&version); err != nil {
		t.Fatal(err)
	}
	err := file.QueryRow(`SELECT count(*) FROM pragma_table_list
		WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND NOT strict`).Scan(&loose)
	if err != nil || loose != 0 {
		t.Errorf("%d tables are not STRICT, %v", loose, err)
	}
	rows, err := file.Query(`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	text := fmt.Sprintf("-- version %d\n", version)
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			t.Fatal(err)
		}
		text += one + ";\n"
	}
	return text
}

func TestFileIsForItsOwnerOnly(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "odd name?#%41.db")
	db := storetest.OpenAt(t, path, time.Now)
	storetest.Athlete(t, db, "ana")
	for _, suffix := range []string{"", "-wal"} {
		info, err := os.Stat(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", info.Name(), info.Mode())
		}
	}
}

func TestCloseLeavesOneFile(t *testing.T) {
	dir := t.TempDir()
	db := storetest.OpenAt(t, filepath.Join(dir, "clubrun.db"), time.Now)
	storetest.Athlete(t, db, "ana")
	if err := errors.Join(db.Close(), db.Close()); err != nil {
		t.Fatal(err)
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) != 1 {
		t.Errorf("%d files, want the database alone: %v", len(entries), entries)
	}
}

func TestQuarterPassesInABubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := storetest.Open(t)
		start := time.Now()
		for i := range 90 * 24 {
			time.Sleep(time.Hour)
			in := store.Incoming{Chat: "c", Sender: "s", Message: time.Now().Format(time.RFC3339)}
			if fresh, err := db.Receive(t.Context(), in); !fresh || err != nil {
				t.Fatalf("hour %d: %v, %v", i, fresh, err)
			}
			<-db.Arrived()
		}
		if got := time.Since(start); got != 90*24*time.Hour {
			t.Errorf("%v passed", got)
		}
		all, err := db.Unanswered(t.Context(), 10_000)
		if err != nil || len(all) != 90*24 || !all[0].Received.Equal(start.Add(time.Hour)) {
			t.Errorf("%d messages, %v", len(all), err)
		}
	})
}
