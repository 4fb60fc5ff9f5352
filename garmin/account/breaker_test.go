package account_test

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"clubrun/garmin"
	"clubrun/garmin/account"
	"clubrun/garmin/garmintest"
	"clubrun/store"
	"clubrun/store/storetest"
)

// crowd links athletes without a code.
func (w *world) crowd(t *testing.T, n int) (all []store.Athlete) {
	t.Helper()
	for i := range n {
		name := "p" + strconv.Itoa(i)
		err := w.Add(garmintest.Member{Name: name, Email: name + "@example.org", Password: name + "-pass-1", Training: garmintest.Training{Archetype: garmintest.Runner}})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, w.linked(t, name))
	}
	return all
}

// calls is how many requests of a crowd reached the data host.
func (w *world) calls(n int) (sum int) {
	for i := range n {
		sum += w.Counts("p" + strconv.Itoa(i) + "@example.org").Calls
	}
	return sum
}

func TestThreeAccountsThatFailAlikePauseAll(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		all := w.crowd(t, 12)
		for _, a := range all {
			if _, err := w.week(t.Context(), a); err != nil {
				t.Fatal(err)
			}
		}
		w.disturb(t, "", "down", "")
		for i, a := range all[:3] {
			if open := w.keeper.Standing().Data.Open; open {
				t.Fatalf("paused after %d", i)
			}
			if _, err := w.week(t.Context(), a); errors.Is(err, account.ErrPaused) || err == nil {
				t.Fatal(err)
			}
		}
		s := w.keeper.Standing().Data
		if !s.Open || s.Class != garmin.ServiceDown || s.Failing != 3 || s.Asked != 12 || !s.Until.Equal(w.now().Add(30*time.Minute)) {
			t.Fatalf("%+v", s)
		}
		before := w.calls(12)
		for _, a := range all {
			if _, err := w.week(t.Context(), a); !errors.Is(err, account.ErrPaused) {
				t.Errorf("%v", err)
			}
			if w.account(t, a).State != store.AccountHealthy {
				t.Error("the account pays for it")
			}
		}
		if n := w.calls(12) - before; n != 0 {
			t.Errorf("%d requests in the pause", n)
		}
		time.Sleep(30 * time.Minute)
		var asks sync.WaitGroup
		for _, a := range all {
			asks.Go(func() { _, _ = w.week(t.Context(), a) })
		}
		asks.Wait()
		if n := w.calls(12) - before; n != 1 {
			t.Errorf("%d requests to see whether it works again", n)
		}
		w.disturb(t, "", "ok", "")
		time.Sleep(30 * time.Minute)
		for _, a := range all {
			if _, err := w.week(t.Context(), a); err != nil {
				t.Error(err)
			}
		}
		if s := w.keeper.Standing(); s.Data.Open || s.Data.Failing != 0 || s.Outcomes[""] < 24 || s.Outcomes[garmin.ServiceDown] != 4 {
			t.Errorf("%+v", s)
		}
	})
}

// TestWhoHasLittleTimeLosesLittleOfIt: before a digest each athlete has some
// seconds. An outage costs a few of them theirs, and not all.
func TestWhoHasLittleTimeLosesLittleOfIt(t *testing.T) {
	for trouble, most := range map[string]time.Duration{"down": 15 * time.Second, "slow": 22 * time.Second} {
		inWorld(t, func(t *testing.T, w *world) {
			all := w.crowd(t, 9)
			w.disturb(t, "", trouble, "")
			began := w.now()
			for _, a := range all {
				ctx, end := context.WithTimeout(t.Context(), 7*time.Second)
				if _, err := w.week(ctx, a); err == nil {
					t.Error("no error")
				}
				end()
			}
			if took := w.now().Sub(began); took > most || !w.keeper.Standing().Data.Open {
				t.Errorf("%s: %v, %+v", trouble, took, w.keeper.Standing().Data)
			}
		})
	}
}

// TestWhoGivesUpSaysNothingOfGarmin: callers that are stopped pause nobody.
func TestWhoGivesUpSaysNothingOfGarmin(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		all := w.crowd(t, 4)
		w.disturb(t, "", "slow", "")
		for _, a := range all {
			ctx, stop := context.WithCancel(t.Context())
			time.AfterFunc(time.Second, stop)
			if _, err := w.week(ctx, a); !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		}
		if s := w.keeper.Standing().Data; s.Open || s.Failing != 0 {
			t.Errorf("%+v", s)
		}
	})
}

func TestTroubleOfOneOrOfOtherKindsPausesNobody(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		all := w.crowd(t, 4)
		w.disturb(t, "p0", "down", "")
		w.disturb(t, "p1", "429", "api")
		w.disturb(t, "p2", "revoke", "")
		for range 4 {
			for _, a := range all {
				if _, err := w.week(t.Context(), a); errors.Is(err, account.ErrPaused) {
					t.Fatal(err)
				}
			}
		}
		time.Sleep(time.Hour)
		w.disturb(t, "p3", "down", "") // an hour later than p0
		w.disturb(t, "p0", "ok", "")
		if _, err := w.week(t.Context(), all[3]); err == nil || errors.Is(err, account.ErrPaused) || w.keeper.Standing().Data.Open {
			t.Errorf("%v %+v", err, w.keeper.Standing())
		}
	})
}

func TestAShareOfASmallClubPausesIt(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		all := w.crowd(t, 4)
		w.disturb(t, "p0", "down", "")
		w.disturb(t, "p1", "down", "")
		for i, a := range all {
			_, err := w.week(t.Context(), a)
			if want := i >= 2; errors.Is(err, account.ErrPaused) != want {
				t.Errorf("%d: %v", i, err)
			}
		}
	})
}

// TestSignInsArePausedApartFromData: a firewall before the sign-in takes
// nobody's day, and leaves linked accounts alone.
func TestSignInsArePausedApartFromData(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		linked := w.crowd(t, 1)[0]
		w.disturb(t, "", "waf", "")
		var last *store.Refusal
		for i, name := range []string{"ana", "ben", "caro"} {
			a := storetest.Athlete(t, w.db, name)
			_, err := w.keeper.Begin(t.Context(), a.ID, name+"@example.org", name+"-pass-1")
			last = wantRefusal(t, err, store.RefusedDown)
			if errors.Is(err, account.ErrPaused) != (i == 2) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := w.Logins("caro@example.org"); n != 0 || !last.Until.After(w.now()) || !w.keeper.Standing().SignIns.Open {
			t.Errorf("%d passwords, until %v, %+v", n, last.Until, w.keeper.Standing())
		}
		if _, err := w.week(t.Context(), linked); err != nil {
			t.Error(err)
		}
		w.disturb(t, "", "ok", "")
		time.Sleep(w.until(last.Until))
		caro := storetest.Athlete(t, w.db, "caro")
		for range 3 {
			if _, err := w.keeper.Begin(t.Context(), caro.ID, "caro@example.org", "caro-pass-1"); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestALimitOfSeveralPausesSignInsUntilItIsOver(t *testing.T) {
	for asked, want := range map[string]time.Duration{"": 30 * time.Minute, "3600": time.Hour, "86400": 2 * time.Hour} {
		inWorld(t, func(t *testing.T, w *world) {
			w.disturb(t, "", "429", "sso "+asked)
			for _, name := range []string{"ana", "ben"} {
				_, err := w.keeper.Begin(t.Context(), storetest.Athlete(t, w.db, name).ID, name+"@example.org", name+"-pass-1")
				wantRefusal(t, err, store.RefusedRate)
			}
			caro := storetest.Athlete(t, w.db, "caro")
			_, err := w.keeper.Begin(t.Context(), caro.ID, "caro@example.org", "caro-pass-1")
			r := wantRefusal(t, err, store.RefusedRate)
			if !r.Until.Equal(w.now().Add(want)) || w.Logins("caro@example.org") != 0 {
				t.Errorf("%q: until %v from %v", asked, r.Until, w.now())
			}
			w.disturb(t, "", "ok", "")
			time.Sleep(want)
			if _, err := w.keeper.Begin(t.Context(), caro.ID, "caro@example.org", "caro-pass-1"); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestFreshTokensThatAreRefusedSignOut(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		all := w.crowd(t, 8)
		for _, a := range all {
			if _, err := w.week(t.Context(), a); err != nil {
				t.Fatal(err)
			}
		}
		w.disturb(t, "p0", "inactive", "")
		if _, err := w.week(t.Context(), all[0]); !errors.Is(err, account.ErrSignedOut) {
			t.Error(err)
		}
		acc := w.account(t, all[0])
		if n := w.Counts("p0@example.org").Refreshes; acc.State != store.AccountSignedOut || !strings.Contains(acc.Reason, "renewed") || n != 1 {
			t.Errorf("%s %q after %d refreshes", acc.State, acc.Reason, n)
		}
		// Where everybody's are refused, the trouble is Garmin's.
		w.disturb(t, "", "inactive", "")
		out := 0
		for _, a := range all[1:] {
			_, _ = w.week(t.Context(), a)
			if w.account(t, a).State == store.AccountSignedOut {
				out++
			}
		}
		if s := w.keeper.Standing().Data; out != 1 || !s.Open || s.Class != garmin.Authentication {
			t.Errorf("%d more are signed out, %+v", out, s)
		}
	})
}

func TestAnOutageOfSecondsIsBridged(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		for _, c := range []struct {
			status, fail, asked int
			fails               bool
		}{{503, 2, 3, false}, {503, 9, 3, true}, {429, 9, 1, true}} {
			hiccups := &failing{RoundTripper: w.Transport(), status: c.status, left: c.fail}
			w.keeper.Garmin.Transport = hiccups
			if _, err := w.week(t.Context(), a); (err != nil) != c.fails || hiccups.asked != c.asked {
				t.Errorf("%d, %d times: %v after %d requests", c.status, c.fail, err, hiccups.asked)
			}
		}
	})
}

// failing answers some lists with a status.
type failing struct {
	http.RoundTripper
	status, left, asked int
}

func (f *failing) RoundTrip(q *http.Request) (*http.Response, error) {
	f.asked++
	if f.left--; f.left < 0 {
		return f.RoundTripper.RoundTrip(q)
	}
	return &http.Response{StatusCode: f.status, Header: http.Header{}, Body: http.NoBody, Request: q}, nil
}

func TestTenRequestsAMinuteOnTheLongRun(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		var times []time.Time
		began := w.now()
		for range 70 {
			if _, err := w.week(t.Context(), a); err != nil {
				t.Fatal(err)
			}
			times = append(times, w.now())
		}
		for i := range times[1:] {
			if gap := times[i+1].Sub(times[i]); gap < 2*time.Second {
				t.Fatalf("%v after request %d", gap, i)
			}
		}
		if took := times[69].Sub(began); took < 6*time.Minute || took > 7*time.Minute {
			t.Errorf("70 requests took %v", took)
		}
		if took := times[9].Sub(began); took > 20*time.Second {
			t.Errorf("the first ten took %v", took)
		}
	})
}

// TestALargePageThatIsRefusedBecomesSmall: what the most is that Garmin lists
// has changed before.
func TestALargePageThatIsRefusedBecomesSmall(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		today := store.DayOf(w.now().UTC())
		want, err := w.keeper.List(t.Context(), a.ID, today-365, today)
		if err != nil || w.Counts("ben@example.org").Lists != 1 {
			t.Fatal(err, w.Counts("ben@example.org").Lists)
		}
		w.keeper.Garmin.Transport = small{w.Transport()}
		got, err := w.keeper.List(t.Context(), a.ID, today-365, today)
		if err != nil || len(got) != len(want) || got[len(got)-1].External != want[len(want)-1].External {
			t.Errorf("%d rows of %d, %v", len(got), len(want), err)
		}
	})
}

// small refuses lists of more than 100 rows.
type small struct{ http.RoundTripper }

func (s small) RoundTrip(q *http.Request) (*http.Response, error) {
	if n, _ := strconv.Atoi(q.URL.Query().Get("limit")); n > 100 {
		return &http.Response{StatusCode: 400, Header: http.Header{}, Body: http.NoBody, Request: q}, nil
	}
	return s.RoundTripper.RoundTrip(q)
}

func TestNewsIsWhatADeviceUploads(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		news := func(since time.Time) bool {
			t.Helper()
			got, err := w.keeper.News(t.Context(), a.ID, since)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if !news(w.now().AddDate(0, 0, -30)) || news(w.now().AddDate(0, 0, 1)) {
			t.Error("a month has news, tomorrow has none")
		}
		found := 0
		for day, since := 0, w.now(); day < 14; day, since = day+1, w.now() {
			rows, err := w.week(t.Context(), a)
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(24 * time.Hour)
			more, err := w.week(t.Context(), a)
			if err != nil {
				t.Fatal(err)
			}
			if len(more) > 0 && (len(rows) == 0 || rows[0].External != more[0].External) && strings.Contains(string(more[0].Body), `"manualActivity":false`) {
				if found++; !news(since) {
					t.Errorf("day %d: %s is no news", day, more[0].External)
				}
			}
		}
		if lists := w.Counts("ben@example.org").Probes; found < 4 || lists < found {
			t.Errorf("%d workouts, %d probes", found, lists)
		}
		w.disturb(t, "ben", "down", "")
		if _, err := w.keeper.News(t.Context(), a.ID, w.now()); err == nil {
			t.Error("an outage is no answer")
		}
	})
}
