package garmintest_test

import (
	"testing"
	"testing/synctest"
	"time"

	"clubrun/garmin"
	"clubrun/garmin/garmintest"
)

// world is a server in a bubble, on the story's Wednesday, with a client.
type world struct {
	*garmintest.Server
	client *garmin.Client
	now    func() time.Time
}

// storyStart is Wednesday 9 September 2026, 12:00 in Lisbon.
func storyStart(t *testing.T) time.Time {
	t.Helper()
	return time.Date(2026, 9, 9, 12, 0, 0, 0, lisbon(t))
}

func lisbon(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// inWorld runs f in a bubble with a server of one seed.
func inWorld(t *testing.T, f func(t *testing.T, w *world), members ...garmintest.Member) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		start := storyStart(t)
		shift := start.Sub(time.Now())
		now := func() time.Time { return time.Now().Add(shift) }
		s, err := garmintest.New(garmintest.Options{Seed: 1, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for _, m := range members {
			if err := s.Add(m); err != nil {
				t.Fatal(err)
			}
		}
		f(t, &world{s, &garmin.Client{Transport: s.Transport(), Now: now}, now})
	})
}

// somebody is a member with a name, a way of asking codes and a training.
func somebody(t *testing.T, name, mfa, archetype string) garmintest.Member {
	t.Helper()
	return garmintest.Member{Name: name + " Example", Email: name + "@example.org", Password: name + "-pass-1", MFA: mfa,
		Zone: lisbon(t), Training: garmintest.Training{Archetype: archetype}}
}

// signIn signs a member in who is asked no code.
func (w *world) signIn(t *testing.T, name string) garmin.Tokens {
	t.Helper()
	s, err := w.client.SignIn(t.Context(), name+"@example.org", name+"-pass-1")
	if err != nil {
		t.Fatal(err)
	}
	if !s.Done() {
		t.Fatal("sign-in is not done")
	}
	return s.Tokens()
}

func wantKind(t *testing.T, err error, kind garmin.Kind) {
	t.Helper()
	if garmin.KindOf(err) != kind {
		t.Errorf("got %v, want %s", err, kind)
	}
}
