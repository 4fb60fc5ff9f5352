package account_test

import (
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/storetest"
)

// works is what is known of signing in since a time: "", "likely" or "seen".
func (w *world) works(t *testing.T, since time.Time) string {
	t.Helper()
	seen, likely, err := w.keeper.Works(t.Context(), "", since)
	switch {
	case err != nil || seen && !likely:
		t.Fatal(seen, likely, err)
	case seen:
		return "seen"
	case likely:
		return "likely"
	}
	return ""
}

// knocks signs in and returns when that was over.
func (w *world) knocks(t *testing.T, a store.Athlete, name, password string) (over time.Time, err error) {
	t.Helper()
	_, err = w.keeper.Begin(t.Context(), a.ID, name+"@example.org", password)
	return w.now(), err
}

func TestAnOutageIsOverWhenThePageIsThereAndSeenToBeWithASignIn(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		ben, caro := storetest.Athlete(t, w.db, "ben"), storetest.Athlete(t, w.db, "caro")
		if got := w.works(t, w.now().Add(-time.Hour)); got != "" {
			t.Errorf("before anybody tried: %q", got)
		}
		if _, err := w.knocks(t, caro, "caro", "caro-pass-1"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		w.disturb(t, "", "down", "")
		refused, err := w.knocks(t, ben, "ben", "ben-pass-1")
		wantRefusal(t, err, store.RefusedDown)
		for _, restart := range []bool{false, true} {
			if restart {
				w.restart()
			}
			if got := w.works(t, refused); got != "" {
				t.Errorf("at once, restarted %v: %q", restart, got)
			}
		}
		time.Sleep(31 * time.Minute)
		if got := w.works(t, refused); got != "" {
			t.Errorf("still down: %q", got)
		}
		w.disturb(t, "", "ok", "")
		if got := w.works(t, refused); got != "" {
			t.Errorf("looked again within half an hour: %q", got)
		}
		time.Sleep(31 * time.Minute)
		if got := w.works(t, refused); got != "likely" {
			t.Errorf("the page is there: %q", got)
		}
		time.Sleep(time.Minute)
		if _, err := w.knocks(t, caro, "caro", "wrong"); err == nil {
			t.Fatal("no refusal")
		}
		w.restart()
		if got := w.works(t, refused); got != "seen" {
			t.Errorf("Garmin refused a password: %q", got)
		}
		time.Sleep(time.Minute)
		w.disturb(t, "", "down", "")
		if _, err := w.knocks(t, ben, "ben", "ben-pass-1"); err == nil {
			t.Fatal("no refusal")
		}
		if got := w.works(t, refused); got != "" {
			t.Errorf("down again: %q", got)
		}
	})
}

// TestAWallIsGoneOnlyWhenASignInPasses: its page says nothing of what is behind.
func TestAWallIsGoneOnlyWhenASignInPasses(t *testing.T) {
	for _, trouble := range []string{"html", "waf"} {
		inWorld(t, func(t *testing.T, w *world) {
			ben := storetest.Athlete(t, w.db, "ben")
			w.disturb(t, "", trouble, "")
			refused, err := w.knocks(t, ben, "ben", "ben-pass-1")
			wantRefusal(t, err, store.RefusedDown)
			w.disturb(t, "", "ok", "")
			time.Sleep(5 * time.Hour)
			if got := w.works(t, refused); got != "" {
				t.Errorf("%s: %q", trouble, got)
			}
			if _, err := w.knocks(t, ben, "ben", "ben-pass-1"); err != nil {
				t.Fatal(err)
			}
			if got := w.works(t, refused); got != "seen" {
				t.Errorf("%s, after a sign-in: %q", trouble, got)
			}
		})
	}
}

// TestOnesOwnLimitSaysNothingOfAll: neither that it is down nor that it works.
func TestOnesOwnLimitSaysNothingOfAll(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		ben := storetest.Athlete(t, w.db, "ben")
		w.disturb(t, "ben", "429", "sso")
		refused, err := w.knocks(t, ben, "ben", "ben-pass-1")
		wantRefusal(t, err, store.RefusedRate)
		time.Sleep(time.Hour)
		if got := w.works(t, refused.Add(-time.Minute)); got != "" {
			t.Errorf("%q", got)
		}
	})
}
