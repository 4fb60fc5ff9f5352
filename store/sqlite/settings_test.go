package sqlite

import (
	"crypto/rand"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"clubrun/store/seal"
)

func TestEveryConnectionHasItsSettings(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "a.db"),
		Options{Key: seal.Key{1}, Rand: rand.Reader, Now: time.Now, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1", "busy_timeout": "20000",
	} {
		var got string
		if err := db.writer.QueryRow(`PRAGMA ` + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s = %s, want %s (%v)", pragma, got, want, err)
		}
	}
	_, err = db.reader.Exec(`DELETE FROM athlete`)
	if err == nil || !strings.Contains(err.Error(), "readonly") {
		t.Errorf("a reader writes: %v", err)
	}
}

func TestMigrationsAreNumberedWithoutGaps(t *testing.T) {
	all, err := migrations()
	if err != nil || len(all) == 0 {
		t.Errorf("%d migrations, %v", len(all), err)
	}
}
