package sqlite_test

import (
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

// TestAGroupThatChoseNothingFollowsTheSettings: also when the operator changes
// them after the group was met.
func TestAGroupThatChoseNothingFollowsTheSettings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	meet := func(settings, own store.Group) store.Group {
		db, err := sqlite.Open(t.Context(), path, sqlite.Options{Key: storetest.Key, Rand: rand.Reader, Now: time.Now, Log: zerolog.Nop(), Groups: settings})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		met, err := db.KnowGroup(t.Context(), store.Roster{Chat: "1@g.us", Name: "Tuesday Runners"}, own)
		if err != nil {
			t.Fatal(err)
		}
		all, err := db.Groups(t.Context())
		if err != nil || len(all) != 1 || all[0].Zone != met.Zone {
			t.Fatalf("%+v, %v", all, err)
		}
		return met
	}
	utc := store.Group{Language: "en", Zone: "UTC", Units: store.Kilometres}
	lisbon := store.Group{Language: "pt", Zone: "Europe/Lisbon", Units: store.Miles}
	meet(utc, utc)
	if g := meet(lisbon, lisbon); g.Zone != "Europe/Lisbon" || g.Language != "pt" || g.Units != store.Miles {
		t.Errorf("the group is still in %s, %s, %s", g.Zone, g.Language, g.Units)
	}
}
