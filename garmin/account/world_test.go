package account_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rs/zerolog"

	"clubrun/garmin"
	"clubrun/garmin/account"
	"clubrun/garmin/garmintest"
	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

// world is a Garmin server and a database in a bubble, with a keeper between
// them.
type world struct {
	*garmintest.Server
	db     *sqlite.DB
	keeper *account.Keeper
	now    func() time.Time
}

// until is how long it is until a time.
func (w *world) until(t time.Time) time.Duration { return t.Sub(w.now()) }

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
		for name, mfa := range map[string]string{"ana": garmintest.MFAEmail, "ben": "", "caro": garmintest.MFATOTP} {
			err := s.Add(garmintest.Member{Name: name + " Example", Email: name + "@example.org", Password: name + "-pass-1", MFA: mfa,
				Training: garmintest.Training{Archetype: garmintest.Runner}})
			if err != nil {
				t.Fatal(err)
			}
		}
		w := &world{Server: s, db: storetest.OpenAt(t, filepath.Join(t.TempDir(), "clubrun.db"), now), now: now}
		w.restart()
		f(t, w)
	})
}

// restart forgets what is in memory.
func (w *world) restart() {
	w.keeper = &account.Keeper{
		Garmin: &garmin.Client{Transport: w.Transport(), Now: w.now},
		Store:  w.db, Now: w.now, Log: zerolog.Nop(),
	}
}

// linked meets somebody without a code and links their account.
func (w *world) linked(t *testing.T, name string) store.Athlete {
	t.Helper()
	a := storetest.Athlete(t, w.db, name)
	if _, err := w.keeper.Begin(t.Context(), a.ID, name+"@example.org", name+"-pass-1"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.keeper.Link(t.Context(), storetest.Actor(a), a.ID, store.Reply{}); err != nil {
		t.Fatal(err)
	}
	return a
}

func (w *world) account(t *testing.T, a store.Athlete) store.Account {
	t.Helper()
	acc, err := w.db.Account(t.Context(), a.ID, "garmin")
	if err != nil {
		t.Fatal(err)
	}
	return acc
}

// week lists the days up to now.
func (w *world) week(ctx context.Context, a store.Athlete) ([]store.Raw, error) {
	today := store.DayOf(w.now().UTC())
	return w.keeper.List(ctx, a.ID, today-7, today)
}

func (w *world) disturb(t *testing.T, name, what, arg string) {
	t.Helper()
	if name != "" {
		name += "@example.org"
	}
	if err := w.Disturb(name, what, arg); err != nil {
		t.Fatal(err)
	}
}

// wantRefusal returns the refusal after checking its kind.
func wantRefusal(t *testing.T, err error, kind store.RefusalKind) *store.Refusal {
	t.Helper()
	var r *store.Refusal
	if !errors.As(err, &r) || r.Kind != kind {
		t.Fatalf("got %v, want refusal %s", err, kind)
	}
	return r
}
