package account_test

import (
	"errors"
	"testing"
	"time"

	"clubrun/garmin/account"
	"clubrun/store"
)

// asks makes so many requests that nobody waits for, and returns how many were
// made before the first that was not.
func (w *world) asks(t *testing.T, a store.Athlete, n int) (made int, err error) {
	t.Helper()
	for range n {
		if _, err := w.keeper.News(store.Unattended(t.Context()), a.ID, w.now()); err != nil {
			return made, err
		}
		made++
	}
	return made, nil
}

func TestTheInstanceMakesSoManyRequestsAnHourAndADay(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		w.keeper.Budget = account.Budget{Hour: 30, Day: 50}
		made, err := w.asks(t, a, 40)
		if made != 30 || !errors.Is(err, account.ErrUsedUp) || !errors.Is(err, store.ErrPaused) {
			t.Fatalf("%d in the hour, then %v", made, err)
		}
		r := w.keeper.Standing().Requests
		if r.Hour != 30 || r.Day != 30 || r.Budget.Day != 50 || !r.Until.Equal(time.Date(2026, time.September, 9, 12, 0, 0, 0, time.UTC)) {
			t.Errorf("standing %+v", r)
		}
		calls := w.Counts("ben@example.org").Calls
		if _, err := w.week(t.Context(), a); err != nil {
			t.Errorf("who waits is kept waiting: %v", err)
		}
		if n := w.Counts("ben@example.org").Calls - calls; n != 1 {
			t.Errorf("%d calls for who waits", n)
		}
		time.Sleep(w.until(r.Until))
		if made, err := w.asks(t, a, 40); made != 19 || !errors.Is(err, account.ErrUsedUp) {
			t.Errorf("%d in the rest of the day, then %v", made, err)
		}
		if until := w.keeper.Standing().Requests.Until; !until.Equal(time.Date(2026, time.September, 10, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("until %s", until)
		}
		time.Sleep(w.until(time.Date(2026, time.September, 10, 0, 0, 0, 0, time.UTC)))
		if made, err := w.asks(t, a, 3); made != 3 || err != nil {
			t.Errorf("%d the day after, %v", made, err)
		}
	})
}

func TestRequestsAreCountedAcrossAKill(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		made := 0
		for range 20 { // lives, none of which ends well
			w.restart()
			w.keeper.Budget = account.Budget{Hour: 300}
			n, err := w.asks(t, a, 20)
			if made += n; err != nil {
				break
			}
		}
		if made > 300 || made < 200 {
			t.Errorf("%d requests of 300 in the hour", made)
		}
		if r := w.keeper.Standing().Requests; r.Hour < made {
			t.Errorf("%d counted, %d made", r.Hour, made)
		}
	})
}
