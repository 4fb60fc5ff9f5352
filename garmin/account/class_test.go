package account_test

import (
	"fmt"
	"testing"

	"clubrun/garmin"
	"clubrun/garmin/account"
)

// Whoever was not asked has a class as if they had been.
func TestWhatWasNotAskedHasAClass(t *testing.T) {
	for err, want := range map[error]garmin.Class{account.ErrCooling: garmin.RateLimit, account.ErrSignedOut: garmin.Authentication} {
		if got := garmin.ClassOf(fmt.Errorf("list: %w", err)); got != want {
			t.Errorf("%v: class %q", err, got)
		}
	}
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		w.disturb(t, "ben", "429", "")
		for _, times := range []string{"asked", "not asked"} {
			if _, err := w.week(t.Context(), a); garmin.ClassOf(err) != garmin.RateLimit {
				t.Errorf("%s: %v", times, err)
			}
		}
	})
}
