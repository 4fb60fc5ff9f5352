package account_test

import (
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/storetest"
)

// tries is somebody who tries an address with a wrong password, so many times,
// with restarts in between; it returns how many were tried at Garmin.
func (w *world) tries(t *testing.T, a store.Athlete, times int, addresses ...string) (reached int) {
	t.Helper()
	for n := range times {
		address := addresses[n%len(addresses)]
		before := w.Logins(address)
		if _, err := w.keeper.Begin(t.Context(), a.ID, address, "a guess"); err == nil {
			t.Fatal("the guess was right")
		}
		reached += w.Logins(address) - before
		w.restart()
		time.Sleep(time.Minute)
	}
	return reached
}

func TestNobodyKeepsAMemberOutByTryingTheirAddress(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		member, newcomer := w.linked(t, "ben"), storetest.Athlete(t, w.db, "newcomer")
		w.restart()
		reached := 0
		for _, name := range []string{"mallory", "oscar", "trudy"} {
			reached += w.tries(t, storetest.Athlete(t, w.db, name), 1, "ben@example.org")
		}
		if reached != 3 {
			t.Fatalf("%d of three first tries", reached)
		}
		mallory := storetest.Athlete(t, w.db, "mallory")
		_, err := w.keeper.Begin(t.Context(), mallory.ID, "ben@example.org", "a guess")
		r := wantRefusal(t, err, store.RefusedTries)
		if until := r.Until.Sub(w.now()); until < 23*time.Hour || until > 24*time.Hour {
			t.Errorf("mallory waits for %s", until)
		}
		if _, err := w.keeper.Begin(t.Context(), member.ID, "ben@example.org", "ben-pass-1"); err != nil {
			t.Errorf("who has known the password is kept out: %v", err)
		}
		if _, err := w.keeper.Begin(t.Context(), newcomer.ID, "ben@example.org", "ben-pass-1"); err != nil {
			t.Errorf("who has not tried yet is kept out: %v", err)
		}
	})
}

func TestAnotherSpellingIsNoOtherAccount(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "mallory")
		if n := w.tries(t, a, 6, "ben@example.org", " Ben@Example.ORG", "BEN@example.org "); n != 3 {
			t.Errorf("one person tried %d times", n)
		}
		b := storetest.Athlete(t, w.db, "oscar")
		if n := w.tries(t, b, 3, "BEN@EXAMPLE.org", "ben@example.org"); n != 1 {
			t.Errorf("another person tried %d times where three were tried", n)
		}
		if n := w.tries(t, b, 1, "caro@example.org"); n != 1 {
			t.Errorf("another account was tried %d times", n)
		}
	})
}

func TestBeingErasedIsNoWayAroundALimit(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		reached := 0
		for range 5 {
			a := storetest.Athlete(t, w.db, "mallory")
			reached += w.tries(t, a, 1, "ben@example.org", "caro@example.org")
			if err := w.db.Erase(t.Context(), storetest.Actor(a), a.ID, store.Reply{}); err != nil {
				t.Fatal(err)
			}
		}
		if reached != 3 {
			t.Errorf("%d sign-ins of one person in a day", reached)
		}
	})
}

func TestOnePersonsLimitAtGarminIsNotAnothers(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.disturb(t, "ben", "429", "sso")
		mallory, ben := storetest.Athlete(t, w.db, "mallory"), storetest.Athlete(t, w.db, "ben")
		_, err := w.keeper.Begin(t.Context(), mallory.ID, "ben@example.org", "a guess")
		wantRefusal(t, err, store.RefusedRate)
		w.disturb(t, "ben", "ok", "")
		_, err = w.keeper.Begin(t.Context(), mallory.ID, "BEN@example.org", "a guess")
		wantRefusal(t, err, store.RefusedRate)
		_, err = w.keeper.Begin(t.Context(), mallory.ID, "caro@example.org", "a guess")
		wantRefusal(t, err, store.RefusedRate)
		if _, err := w.keeper.Begin(t.Context(), ben.ID, "ben@example.org", "ben-pass-1"); err != nil {
			t.Errorf("ben waits because of mallory: %v", err)
		}
	})
}
