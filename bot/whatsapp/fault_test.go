package whatsapp_test

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"clubrun/bot/whatsapp"

	"github.com/rs/zerolog"
)

func TestADamagedDatabaseIsToldFromANewerOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "whatsapp.db")
	open := func() error {
		c, err := whatsapp.Open(t.Context(), whatsapp.Options{Path: path, Log: zerolog.Nop()})
		if err != nil {
			return err
		}
		return c.Close()
	}
	if err := open(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(`UPDATE whatsmeow_version SET version = 9999, compat = 9999`)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	if err := open(); !errors.Is(err, whatsapp.ErrNewer) {
		t.Errorf("a newer one: %v", err)
	}
	for name, damaged := range map[string][]byte{
		"no database": bytes.Repeat([]byte("no database "), 500),
		"cut":         whole[:1000],
		"overwritten": append(bytes.Clone(whole[:4096]), bytes.Repeat([]byte{0xff}, len(whole)-4096)...),
	} {
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := open(); !errors.Is(err, whatsapp.ErrCorrupt) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
