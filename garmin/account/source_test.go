package account_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"clubrun/garmin"
	"clubrun/garmin/account"
	"clubrun/store"
)

func TestTwentyCallsAtOnceRefreshOnce(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		before := w.account(t, a).Tokens
		time.Sleep(24 * time.Hour)
		var calls sync.WaitGroup
		for range 20 {
			calls.Go(func() {
				if _, err := w.week(t.Context(), a); err != nil {
					t.Error(err)
				}
			})
		}
		calls.Wait()
		n := w.Counts("ben@example.org")
		if n.Refreshes != 1 || n.Lists != 20 {
			t.Errorf("%d refreshes, %d lists", n.Refreshes, n.Lists)
		}
		if w.account(t, a).Tokens == before {
			t.Error("the new tokens are not kept")
		}
	})
}

func TestTokensRotateForMonths(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		for range 6 {
			time.Sleep(20 * 24 * time.Hour)
			w.restart()
			if _, err := w.week(t.Context(), a); err != nil {
				t.Fatal(err)
			}
		}
		if n := w.Counts("ben@example.org").Refreshes; n != 6 {
			t.Errorf("%d refreshes", n)
		}
		if n := w.Logins("ben@example.org"); n != 1 {
			t.Errorf("%d sign-ins", n)
		}
	})
}

// TestThePreviousTokensHaveOneMoreTry: where the newest refresh token is
// refused, the one before may still be alive.
func TestThePreviousTokensHaveOneMoreTry(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		acc := w.account(t, a)
		alive, err := garmin.DecodeTokens(acc.Tokens.Reveal())
		if err != nil {
			t.Fatal(err)
		}
		dead := alive
		dead.Access, dead.Refresh, dead.Expires = "dead", "dead", w.now()
		if err := w.db.SaveTokens(t.Context(), acc.ID, store.Secret(dead.Encode()+"\n"+alive.Encode())); err != nil {
			t.Fatal(err)
		}
		if _, err := w.week(t.Context(), a); err != nil {
			t.Error(err)
		}
		if err := w.db.SaveTokens(t.Context(), acc.ID, store.Secret(dead.Encode()+"\n"+dead.Encode())); err != nil {
			t.Fatal(err)
		}
		if _, err := w.week(t.Context(), a); !errors.Is(err, account.ErrSignedOut) {
			t.Error(err)
		}
	})
}

func TestARevokedAccountIsSignedOutAndLeftAlone(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		w.disturb(t, "ben", "revoke", "")
		if _, err := w.week(t.Context(), a); !errors.Is(err, account.ErrSignedOut) {
			t.Fatalf("got %v", err)
		}
		if acc := w.account(t, a); acc.State != store.AccountSignedOut || acc.Reason == "" {
			t.Errorf("%+v", acc)
		}
		before := w.Counts("ben@example.org")
		if _, err := w.week(t.Context(), a); !errors.Is(err, account.ErrSignedOut) || w.Counts("ben@example.org") != before {
			t.Errorf("%v; asked again: %+v", err, w.Counts("ben@example.org"))
		}
		if n := w.Logins("ben@example.org"); n != 1 {
			t.Errorf("%d sign-ins: it signed in by itself", n)
		}
		if w.linked(t, "ben"); w.account(t, a).State != store.AccountHealthy {
			t.Error("linking again does not help")
		}
	})
}

func TestOutagesDoNotSignOut(t *testing.T) {
	for _, trouble := range []string{"down", "html", "slow"} {
		inWorld(t, func(t *testing.T, w *world) {
			a := w.linked(t, "ben")
			time.Sleep(24 * time.Hour)
			w.disturb(t, "ben", trouble, "")
			if _, err := w.week(t.Context(), a); err == nil {
				t.Error("no error")
			}
			if state := w.account(t, a).State; state != store.AccountHealthy {
				t.Errorf("%s: %s", trouble, state)
			}
			w.disturb(t, "ben", "ok", "")
			if _, err := w.week(t.Context(), a); err != nil {
				t.Errorf("after %s: %v", trouble, err)
			}
		})
	}
}

// TestACancelledCallerKeepsTheNewTokens: whoever gives up in the middle of a
// refresh must not lose what Garmin has already rotated.
func TestACancelledCallerKeepsTheNewTokens(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		time.Sleep(24 * time.Hour)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		w.keeper.Garmin.Transport = hangUp{w.Transport(), cancel}
		if _, err := w.week(ctx, a); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		w.restart()
		if _, err := w.week(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		if n := w.Counts("ben@example.org").Refreshes; n != 1 {
			t.Errorf("%d refreshes", n)
		}
	})
}

// hangUp cancels somebody once Garmin has answered a refresh.
type hangUp struct {
	http.RoundTripper
	cancel func()
}

func (h hangUp) RoundTrip(q *http.Request) (*http.Response, error) {
	res, err := h.RoundTripper.RoundTrip(q)
	if strings.HasPrefix(q.URL.Host, "diauth.") {
		h.cancel()
	}
	return res, err
}

// TestAHangingRefreshEndsSoonAfterItsCaller: who stops does not wait for a
// Garmin that does not answer, and the account stays what it was.
func TestAHangingRefreshEndsSoonAfterItsCaller(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		before := w.account(t, a)
		time.Sleep(24 * time.Hour)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		w.keeper.Garmin.Transport = hangs{cancel}
		start := w.now()
		if _, err := w.week(ctx, a); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if took := w.now().Sub(start); took != 5*time.Second {
			t.Errorf("it took %v", took)
		}
		if after := w.account(t, a); after.State != before.State || after.Tokens != before.Tokens {
			t.Errorf("%+v", after)
		}
	})
}

// hangs never answers; the caller gives up as soon as it is asked.
type hangs struct{ cancel func() }

func (h hangs) RoundTrip(q *http.Request) (*http.Response, error) {
	h.cancel()
	<-q.Context().Done()
	return nil, q.Context().Err()
}

// TestALateAnswerToARefreshIsKept: Garmin takes its time, the caller has gone,
// and the new tokens are kept all the same.
func TestALateAnswerToARefreshIsKept(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		before := w.account(t, a).Tokens
		time.Sleep(24 * time.Hour)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		w.keeper.Garmin.Transport = late{w.Transport(), cancel}
		if _, err := w.week(ctx, a); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if w.account(t, a).Tokens == before {
			t.Error("the new tokens are not kept")
		}
	})
}

// late answers four seconds after the caller has given up.
type late struct {
	http.RoundTripper
	cancel func()
}

func (l late) RoundTrip(q *http.Request) (*http.Response, error) {
	l.cancel()
	time.Sleep(4 * time.Second)
	return l.RoundTripper.RoundTrip(q)
}

func TestLimitedDataCoolsTheAccountDown(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		w.disturb(t, "ben", "429", "api")
		if _, err := w.week(t.Context(), a); !errors.Is(err, account.ErrCooling) {
			t.Fatalf("got %v", err)
		}
		acc := w.account(t, a)
		if acc.State != store.AccountCooling || !acc.Until.Equal(w.now().Add(2*time.Hour).Truncate(time.Second)) && acc.Until.Before(w.now().Add(2*time.Hour-time.Second)) {
			t.Errorf("%+v", acc)
		}
		w.restart()
		calls := w.Counts("ben@example.org").Calls
		if _, err := w.week(t.Context(), a); !errors.Is(err, account.ErrCooling) || w.Counts("ben@example.org").Calls != calls {
			t.Errorf("%v, %d calls in the cool-down", err, w.Counts("ben@example.org").Calls-calls)
		}
		w.disturb(t, "ben", "ok", "")
		time.Sleep(w.until(acc.Until))
		if _, err := w.week(t.Context(), a); err != nil || w.account(t, a).State != store.AccountHealthy {
			t.Errorf("%v, %+v", err, w.account(t, a))
		}
	})
}

func TestRequestsOfAnAccountKeepTheirPace(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		start := w.now()
		for range 4 {
			if _, err := w.week(t.Context(), a); err != nil {
				t.Fatal(err)
			}
		}
		if took := w.now().Sub(start); took < 6*time.Second || took > 7*time.Second {
			t.Errorf("four requests took %v", took)
		}
	})
}

func TestAYearIsListedOnceAndInOrder(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.keeper.Rows = 100
		a := w.linked(t, "ben")
		today := store.DayOf(w.now().UTC())
		rows, err := w.keeper.List(t.Context(), a.ID, today-365, today)
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) < 150 || w.Counts("ben@example.org").Lists < 2 {
			t.Fatalf("%d rows in %d pages", len(rows), w.Counts("ben@example.org").Lists)
		}
		seen := map[string]bool{}
		for _, row := range rows {
			if seen[row.External] || row.Kind != "list" || row.Source != "garmin" || row.Athlete != a.ID || len(row.Body) == 0 || row.Fetched.IsZero() {
				t.Fatalf("%+v", row)
			}
			seen[row.External] = true
		}
	})
}

func TestGoneIsSaidOnlyOfWhatWasDeleted(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		rows, err := w.week(t.Context(), a)
		if err != nil || len(rows) == 0 {
			t.Fatal(len(rows), err)
		}
		last := rows[0].External
		if gone, err := w.keeper.Gone(t.Context(), a.ID, last); gone || err != nil {
			t.Error(gone, err)
		}
		for _, trouble := range []string{"down", "html", "slow"} {
			w.disturb(t, "ben", trouble, "")
			if gone, err := w.keeper.Gone(t.Context(), a.ID, last); gone || err == nil {
				t.Errorf("%s: %t %v", trouble, gone, err)
			}
			w.disturb(t, "ben", "ok", "")
		}
		w.disturb(t, "ben", "delete", "last")
		if gone, err := w.keeper.Gone(t.Context(), a.ID, last); !gone || err != nil {
			t.Error(gone, err)
		}
		if _, _, err := w.keeper.Original(t.Context(), a.ID, last); !errors.Is(err, store.ErrNotFound) {
			t.Error(err)
		}
	})
}
