package account_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"clubrun/garmin/account"
	"clubrun/store"
	"clubrun/store/storetest"
)

func TestLinkWithACodeWrongThenRight(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ana")
		got, err := w.keeper.Begin(t.Context(), a.ID, "ana@example.org", "ana-pass-1")
		if err != nil || got.Challenge == nil {
			t.Fatalf("%+v %v", got, err)
		}
		want := store.Challenge{Method: "email", Target: "an*****@example.org", Tries: 3, Until: w.now().Add(10 * time.Minute)}
		if c, ok := w.keeper.Waiting(a.ID); !ok || c != want || *got.Challenge != want {
			t.Errorf("waiting for %+v, want %+v", c, want)
		}
		_, err = w.keeper.Answer(t.Context(), a.ID, "000000")
		if r := wantRefusal(t, err, store.RefusedCode); r.Tries != 2 {
			t.Errorf("%d tries left", r.Tries)
		}
		if _, err := w.keeper.Link(t.Context(), storetest.Actor(a), a.ID, store.Reply{}); err == nil {
			t.Error("linked before the code was right")
		}
		code, _ := w.Code("ana@example.org")
		done, err := w.keeper.Answer(t.Context(), a.ID, code)
		if err != nil || done.Challenge != nil || done.Name != "ana Example" {
			t.Fatalf("%+v %v", done, err)
		}
		if _, ok := w.keeper.Waiting(a.ID); ok {
			t.Error("still waits for a code")
		}
		owed := store.Reply{Owed: []store.Outgoing{{Key: "re:M:0", Chat: "ana", Kind: store.KindText, Urgency: store.UrgencyReply, Text: "Linked."}}}
		acc, err := w.keeper.Link(t.Context(), storetest.Actor(a), a.ID, owed)
		if err != nil || acc.Name != "ana Example" || acc.Profile == "" || acc.State != store.AccountHealthy {
			t.Fatalf("%+v %v", acc, err)
		}
		if rows, err := w.week(t.Context(), a); err != nil || len(rows) == 0 {
			t.Errorf("%d rows, %v", len(rows), err)
		}
	})
}

func TestThreeWrongCodesEndTheSignInAndPauseTheNext(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ana")
		if _, err := w.keeper.Begin(t.Context(), a.ID, "ana@example.org", "ana-pass-1"); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			_, err := w.keeper.Answer(t.Context(), a.ID, "000000")
			wantRefusal(t, err, store.RefusedCode)
		}
		_, err := w.keeper.Answer(t.Context(), a.ID, "000000")
		r := wantRefusal(t, err, store.RefusedTries)
		if !r.Until.Equal(w.now().Add(2 * time.Hour)) {
			t.Errorf("until %v", r.Until)
		}
		_, err = w.keeper.Answer(t.Context(), a.ID, "000000")
		wantRefusal(t, err, store.RefusedExpired)
		if n := w.Counts("ana@example.org").Codes; n != 3 {
			t.Errorf("%d codes reached Garmin", n)
		}
		w.restart()
		_, err = w.keeper.Begin(t.Context(), a.ID, "ana@example.org", "ana-pass-1")
		if again := wantRefusal(t, err, store.RefusedTries); !again.Until.Equal(r.Until) {
			t.Errorf("until %v, then %v", r.Until, again.Until)
		}
		time.Sleep(w.until(r.Until))
		if _, err := w.keeper.Begin(t.Context(), a.ID, "ana@example.org", "ana-pass-1"); err != nil {
			t.Error(err)
		}
	})
}

func TestASignInIsForgottenAfterTenMinutes(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ana")
		if _, err := w.keeper.Begin(t.Context(), a.ID, "ana@example.org", "ana-pass-1"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Minute)
		if _, ok := w.keeper.Waiting(a.ID); ok {
			t.Error("still waiting")
		}
		code, _ := w.Code("ana@example.org")
		_, err := w.keeper.Answer(t.Context(), a.ID, code)
		wantRefusal(t, err, store.RefusedExpired)
		b := storetest.Athlete(t, w.db, "ben")
		if _, err := w.keeper.Begin(t.Context(), b.ID, "ben@example.org", "ben-pass-1"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(11 * time.Minute)
		_, err = w.keeper.Link(t.Context(), storetest.Actor(b), b.ID, store.Reply{})
		wantRefusal(t, err, store.RefusedExpired)
	})
}

func TestForgetDropsTheSignIn(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ana")
		if _, err := w.keeper.Begin(t.Context(), a.ID, "ana@example.org", "ana-pass-1"); err != nil {
			t.Fatal(err)
		}
		w.keeper.Forget(a.ID)
		if _, ok := w.keeper.Waiting(a.ID); ok {
			t.Error("still waiting")
		}
	})
}

func TestAWrongPasswordIsTriedOnce(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ben")
		_, err := w.keeper.Begin(t.Context(), a.ID, "ben@example.org", "hunter2-secret")
		wantRefusal(t, err, store.RefusedPassword)
		if strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "ben@") {
			t.Errorf("the error tells a secret: %v", err)
		}
		if n := w.Logins("ben@example.org"); n != 1 {
			t.Errorf("%d passwords were tried", n)
		}
	})
}

func TestThreeSignInsADay(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ben")
		first := w.now()
		for range 3 {
			_, err := w.keeper.Begin(t.Context(), a.ID, "ben@example.org", "wrong")
			wantRefusal(t, err, store.RefusedPassword)
			time.Sleep(time.Hour)
		}
		w.restart()
		_, err := w.keeper.Begin(t.Context(), a.ID, "ben@example.org", "ben-pass-1")
		r := wantRefusal(t, err, store.RefusedTries)
		if !r.Until.Equal(first.Add(24 * time.Hour)) {
			t.Errorf("until %v, want a day after %v", r.Until, first)
		}
		if n := w.Logins("ben@example.org"); n != 3 {
			t.Errorf("%d passwords were tried", n)
		}
		if _, err := w.keeper.Begin(t.Context(), storetest.Athlete(t, w.db, "x").ID, "ben@example.org", "ben-pass-1"); err != nil {
			t.Errorf("somebody else's limit: %v", err)
		}
		time.Sleep(w.until(r.Until))
		if _, err := w.keeper.Begin(t.Context(), a.ID, "ben@example.org", "ben-pass-1"); err != nil {
			t.Errorf("a day later: %v", err)
		}
	})
}

func TestTheInstanceBeginsSoManySignInsAnHour(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.keeper.Hourly = 2
		for i, name := range []string{"ana", "ben", "caro"} {
			a := storetest.Athlete(t, w.db, name)
			_, err := w.keeper.Begin(t.Context(), a.ID, name+"@example.org", name+"-pass-1")
			if i < 2 && err != nil {
				t.Fatal(err)
			}
			if i == 2 {
				r := wantRefusal(t, err, store.RefusedTries)
				time.Sleep(w.until(r.Until))
				if _, err := w.keeper.Begin(t.Context(), a.ID, name+"@example.org", name+"-pass-1"); err != nil {
					t.Error(err)
				}
			}
		}
	})
}

// TestWhoUsedUpTheirDayCostsTheOthersNothing: the instance's hour counts only
// sign-ins that are tried.
func TestWhoUsedUpTheirDayCostsTheOthersNothing(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.keeper.Hourly = 6
		a, b := storetest.Athlete(t, w.db, "ana"), storetest.Athlete(t, w.db, "ben")
		for i := range 20 {
			_, err := w.keeper.Begin(t.Context(), a.ID, "nobody@example.org", "wrong")
			if i >= 3 {
				wantRefusal(t, err, store.RefusedTries)
			}
		}
		if _, err := w.keeper.Begin(t.Context(), b.ID, "ben@example.org", "ben-pass-1"); err != nil {
			t.Error(err)
		}
	})
}

// TestAFullHourTakesNobodysDay: who was refused for the others' sake still has
// three tries.
func TestAFullHourTakesNobodysDay(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.keeper.Hourly = 1
		a, b := storetest.Athlete(t, w.db, "ana"), storetest.Athlete(t, w.db, "ben")
		if _, err := w.keeper.Begin(t.Context(), a.ID, "ana@example.org", "ana-pass-1"); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			_, err := w.keeper.Begin(t.Context(), b.ID, "ben@example.org", "ben-pass-1")
			wantRefusal(t, err, store.RefusedTries)
		}
		w.keeper.Hourly = 0
		for range 3 {
			if _, err := w.keeper.Begin(t.Context(), b.ID, "ben@example.org", "ben-pass-1"); err != nil {
				t.Error(err)
			}
		}
	})
}

// TestSignInsAtOnceAreCountedOneByOne: no two take the last place.
func TestSignInsAtOnceAreCountedOneByOne(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.keeper.Hourly, w.keeper.Store = 4, slowReader{w.db}
		var (
			begins sync.WaitGroup
			passed atomic.Int64
		)
		for i := range 12 {
			a := storetest.Athlete(t, w.db, "athlete"+strconv.Itoa(i))
			begins.Go(func() {
				_, err := w.keeper.Begin(t.Context(), a.ID, "ben@example.org", "ben-pass-1")
				var r *store.Refusal
				if err == nil || errors.As(err, &r) && r.Kind != store.RefusedTries {
					passed.Add(1)
				}
			})
		}
		begins.Wait()
		if n := passed.Load(); n != 4 {
			t.Errorf("%d sign-ins passed", n)
		}
	})
}

// slowReader takes a second to hand over a counter that it has read.
type slowReader struct{ account.Store }

func (s slowReader) Counter(ctx context.Context, key string) (string, error) {
	defer time.Sleep(time.Second)
	return s.Store.Counter(ctx, key)
}

func TestALimitedSignInCoolsDownAcrossARestartAndDoubles(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ben")
		begin := func() error {
			_, err := w.keeper.Begin(t.Context(), a.ID, "ben@example.org", "ben-pass-1")
			return err
		}
		w.disturb(t, "ben", "429", "")
		for i, span := range []time.Duration{2 * time.Hour, 4 * time.Hour, 8 * time.Hour} {
			r := wantRefusal(t, begin(), store.RefusedRate)
			if !r.Until.Equal(w.now().Add(span)) {
				t.Fatalf("cool-down %d until %v, want %v from %v", i, r.Until, span, w.now())
			}
			w.restart()
			time.Sleep(span - time.Minute)
			if again := wantRefusal(t, begin(), store.RefusedRate); !again.Until.Equal(r.Until) {
				t.Errorf("the end moved from %v to %v", r.Until, again.Until)
			}
			if n := w.Logins("ben@example.org"); n > i+1 {
				t.Fatalf("%d sign-ins reached Garmin in %d cool-downs", n, i+1)
			}
			time.Sleep(time.Minute)
		}
		w.disturb(t, "ben", "ok", "")
		time.Sleep(24 * time.Hour) // the sign-ins of the day
		if err := begin(); err != nil {
			t.Fatal(err)
		}
		w.disturb(t, "ben", "429", "json")
		time.Sleep(2 * time.Hour)
		if r := wantRefusal(t, begin(), store.RefusedRate); !r.Until.Equal(w.now().Add(2 * time.Hour)) {
			t.Errorf("after a success the cool-down lasts until %v from %v", r.Until, w.now())
		}
	})
}

func TestARetryAfterIsObeyed(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ben")
		w.disturb(t, "ben", "429", "18000")
		_, err := w.keeper.Begin(t.Context(), a.ID, "ben@example.org", "ben-pass-1")
		if r := wantRefusal(t, err, store.RefusedRate); !r.Until.Equal(w.now().Add(5 * time.Hour)) {
			t.Errorf("until %v from %v", r.Until, w.now())
		}
	})
}

func TestRefusalsSayWhatIsToBeDone(t *testing.T) {
	for _, c := range []struct {
		trouble, arg string
		kind         store.RefusalKind
		why          store.Why
	}{
		{"captcha", "", store.RefusedInteraction, store.WhyCaptcha},
		{"locked", "", store.RefusedInteraction, store.WhyLocked},
		{"phone", "waf", store.RefusedInteraction, store.WhyPhone},
		{"unopened", "", store.RefusedInteraction, store.WhyProfile},
		{"down", "", store.RefusedDown, ""},
		{"html", "", store.RefusedDown, store.WhyWall},
		{"waf", "", store.RefusedDown, store.WhyWall},
		{"inactive", "", store.RefusedDown, store.WhyUnproved},
	} {
		inWorld(t, func(t *testing.T, w *world) {
			a := storetest.Athlete(t, w.db, "ben")
			w.disturb(t, "ben", c.trouble, c.arg)
			_, err := w.keeper.Begin(t.Context(), a.ID, "ben@example.org", "ben-pass-1")
			if r := wantRefusal(t, err, c.kind); r.Why != c.why {
				t.Errorf("%s: because of %q, want %q", c.trouble, r.Why, c.why)
			}
			if _, err := w.keeper.Link(t.Context(), storetest.Actor(a), a.ID, store.Reply{}); err == nil {
				t.Error("linked all the same")
			}
		})
	}
}

// What is left is told without being used up, and a cool-down leaves nothing.
func TestSignInsLeftAreCounted(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ben")
		began := w.now()
		for want := 3; want >= 0; want-- {
			left, wait, err := w.keeper.SignInsLeft(t.Context(), a.ID)
			if err != nil || left != want || (left == 0) != (wait != nil) {
				t.Errorf("%d left, %v, %v; want %d", left, wait, err, want)
			}
			if wait != nil && (wait.Kind != store.RefusedTries || !wait.Until.Equal(began.Add(24*time.Hour))) {
				t.Errorf("%s until %s", wait.Kind, wait.Until)
			}
			if _, err := w.keeper.Begin(t.Context(), a.ID, "ben@example.org", "ben-pass-1"); want > 0 && err != nil {
				t.Fatal(err)
			}
		}
	})
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ben")
		w.disturb(t, "ben", "429", "sso")
		_, err := w.keeper.Begin(t.Context(), a.ID, "ben@example.org", "ben-pass-1")
		until := wantRefusal(t, err, store.RefusedRate).Until
		if left, wait, err := w.keeper.SignInsLeft(t.Context(), a.ID); err != nil || left != 0 || wait == nil || wait.Kind != store.RefusedRate || !wait.Until.Equal(until) {
			t.Errorf("%d left, %+v, %v", left, wait, err)
		}
	})
}

func TestATicketSignsInWhileSignInsCool(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ana")
		w.disturb(t, "ana", "429", "sso")
		_, err := w.keeper.Begin(t.Context(), a.ID, "ana@example.org", "ana-pass-1")
		wantRefusal(t, err, store.RefusedRate)
		w.disturb(t, "ana", "ok", "")
		ticket, err := w.Ticket("ana@example.org")
		if err != nil {
			t.Fatal(err)
		}
		got, err := w.keeper.Redeem(t.Context(), a.ID, ticket)
		if err != nil || got.Challenge != nil || got.Name != "ana Example" {
			t.Fatalf("%+v %v", got, err)
		}
		_, err = w.keeper.Redeem(t.Context(), storetest.Athlete(t, w.db, "eve").ID, ticket)
		wantRefusal(t, err, store.RefusedTicket)
		if _, err := w.keeper.Link(t.Context(), storetest.Actor(a), a.ID, store.Reply{}); err != nil {
			t.Error(err)
		}
	})
}

func TestAnAccountBelongsToOneAthlete(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.linked(t, "ben")
		eve := storetest.Athlete(t, w.db, "eve")
		if _, err := w.keeper.Begin(t.Context(), eve.ID, "ben@example.org", "ben-pass-1"); err != nil {
			t.Fatal(err)
		}
		_, err := w.keeper.Link(t.Context(), storetest.Actor(eve), eve.ID, store.Reply{})
		wantRefusal(t, err, store.RefusedTaken)
	})
}

func TestUnlinkEndsTheAccount(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		if err := w.keeper.Unlink(t.Context(), storetest.Actor(a), a.ID, store.Reply{}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.week(t.Context(), a); err == nil {
			t.Error("the list can still be read")
		}
	})
}
