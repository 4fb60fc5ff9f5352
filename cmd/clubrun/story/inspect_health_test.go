package story

import (
	"database/sql"
	"path/filepath"
	"testing"
)

func TestHealthWithoutAYesIsALeak(t *testing.T) {
	db, err := sql.Open("sqlite3", filepath.Join(t.TempDir(), "clubrun.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	found := func() (n int) {
		if err := inspectHealth(t.Context(), db, func(kind, _ string) { n++ }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	do := func(statement string) {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if n := found(); n != 0 {
		t.Errorf("%d leaks in another database", n)
	}
	do(`CREATE TABLE athlete (id INTEGER PRIMARY KEY, health TEXT); CREATE TABLE health (athlete INTEGER); CREATE TABLE raw (athlete INTEGER, kind TEXT)`)
	do(`INSERT INTO athlete VALUES (1, '2026-09-09T11:00:00.000Z'), (2, NULL); INSERT INTO health VALUES (1); INSERT INTO raw VALUES (1, 'health.steps'), (2, 'list')`)
	if n := found(); n != 0 {
		t.Errorf("%d leaks of who agreed", n)
	}
	do(`INSERT INTO health VALUES (2); INSERT INTO raw VALUES (2, 'health.hrv')`)
	if n := found(); n != 2 {
		t.Errorf("%d leaks, want a figure and a raw record", n)
	}
}
