// Package storetest opens a real, migrated database for one test, and fills it
// with people. It is for tests only.
package storetest

import (
	"crypto/rand"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"clubrun/store"
	"clubrun/store/seal"
	"clubrun/store/sqlite"
)

// Key is the fixed key of every test database.
var Key = seal.Key([]byte("clubrun storetest: 32 bytes key!"))

// Open returns an empty database in the test's own folder, which is closed
// when the test ends. Its clock is the test's: time.Now, so the bubble's
// clock inside one.
func Open(t testing.TB) *sqlite.DB {
	t.Helper()
	return OpenAt(t, filepath.Join(Folder(t), "clubrun.db"), time.Now)
}

// OpenAt returns the database at path under a clock of the test's own.
func OpenAt(t testing.TB, path string, now func() time.Time) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{Key: Key, Rand: rand.Reader, Now: now, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return db
}

// Athlete meets somebody; the WhatsApp user id and the number follow from the
// name alone.
func Athlete(t testing.TB, db *sqlite.DB, name string) store.Athlete {
	t.Helper()
	a, err := db.Meet(t.Context(), User(name), "", name)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// User returns the WhatsApp user id of the person of that name.
func User(name string) string { return "lid-" + name }

// Actor returns the athlete as somebody who does something.
func Actor(a store.Athlete) store.Actor {
	return store.Actor{Role: store.RoleMember, User: a.User, Athlete: a.ID, Message: "M-" + a.Name}
}

// Linked meets somebody and links their Garmin account.
func Linked(t testing.TB, db *sqlite.DB, name string) (store.Athlete, store.Account) {
	t.Helper()
	a := Athlete(t, db, name)
	acc, err := db.Link(t.Context(), Actor(a), store.Account{
		Athlete: a.ID, Source: "garmin", Profile: "profile-" + name, Name: name, Tokens: store.Secret("tokens of " + name),
	}, store.Reply{})
	if err != nil {
		t.Fatal(err)
	}
	return a, acc
}

// Group makes a started English group in Lisbon with weeks from Monday.
func Group(t testing.TB, db *sqlite.DB, name string) store.Group {
	t.Helper()
	g, err := db.KnowGroup(t.Context(), store.Roster{Chat: store.Chat(name + "@g.us"), Name: name}, store.Group{
		Language: "en", Units: store.Kilometres, Zone: "Europe/Lisbon", WeekStart: time.Monday,
		Metric: store.ByEffort, Allowed: true, Enabled: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// Member links somebody who agrees to be shown in the group.
func Member(t testing.TB, db *sqlite.DB, g store.Group, name string) store.Athlete {
	t.Helper()
	a, _ := Linked(t, db, name)
	m := store.Membership{Athlete: a.ID, Group: g.ID, Consent: store.Consent{Text: "v1", Message: "YES-" + name}}
	if err := db.Share(t.Context(), Actor(a), m, name, store.Reply{}); err != nil {
		t.Fatal(err)
	}
	return a
}

// Activity keeps a run of an hour and ten kilometres that the athlete began at
// start, and returns it as it is kept. Two at one moment are the same run.
func Activity(t testing.TB, db *sqlite.DB, athlete int64, start time.Time) store.Activity {
	t.Helper()
	external := fmt.Sprintf("%d-%d", athlete, start.UnixMilli())
	raw := store.Raw{Athlete: athlete, Source: "garmin", Kind: "list", External: external, Hash: external, Body: []byte(`{}`)}
	act := store.Activity{
		Athlete: athlete, Source: "garmin", External: external, Name: "Morning run", Sport: store.Run, Type: "running",
		Start: start, Local: start, Elapsed: time.Hour, Timer: time.Hour, Moving: 58 * time.Minute, Distance: 10_000,
	}
	if _, err := db.Keep(t.Context(), raw, []store.Activity{act}); err != nil {
		t.Fatal(err)
	}
	day := store.DayOf(start)
	all, err := db.Activities(t.Context(), athlete, store.Span{Start: day, End: day + 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if a.External == external {
			return a
		}
	}
	t.Fatalf("activity %s is not kept", external)
	return store.Activity{}
}
