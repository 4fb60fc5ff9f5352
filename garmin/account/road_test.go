package account_test

import (
	"strings"
	"testing"
	"time"

	"clubrun/garmin"
	"clubrun/garmin/garmintest"
	"clubrun/store"
	"clubrun/store/storetest"
)

// onForm lets sign-ins go by Garmin's form only.
func (w *world) onForm(t *testing.T) {
	t.Helper()
	table, err := garmin.ParseSignIn([]byte(`roads = ["widget"]`))
	if err != nil {
		t.Fatal(err)
	}
	w.keeper.Garmin.Table = table
}

func TestAnotherCodeIsSentWhenItsTimeHasCome(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.onForm(t)
		a := storetest.Athlete(t, w.db, "ana")
		_, err := w.keeper.Resend(t.Context(), a.ID)
		wantRefusal(t, err, store.RefusedExpired)
		got, err := w.keeper.Begin(t.Context(), a.ID, "ana@example.org", "ana-pass-1")
		if err != nil || got.Challenge == nil || !got.Challenge.Again.Equal(w.now().Add(30*time.Second)) {
			t.Fatalf("%+v %v", got.Challenge, err)
		}
		_, err = w.keeper.Resend(t.Context(), a.ID)
		if r := wantRefusal(t, err, store.RefusedSoon); !r.Until.Equal(got.Challenge.Again) || r.Tries != 3 {
			t.Errorf("%+v", r)
		}
		for sent := 2; sent <= 3; sent++ {
			time.Sleep(30 * time.Second)
			if got, err = w.keeper.Resend(t.Context(), a.ID); err != nil {
				t.Fatal(err)
			}
			if n := w.Counts("ana@example.org").CodesSent; n != sent {
				t.Errorf("%d codes were sent, want %d", n, sent)
			}
		}
		if !got.Challenge.Again.IsZero() {
			t.Errorf("a fourth code at %v", got.Challenge.Again)
		}
		time.Sleep(5 * time.Minute)
		_, err = w.keeper.Resend(t.Context(), a.ID)
		if r := wantRefusal(t, err, store.RefusedSoon); !r.Until.IsZero() || w.Counts("ana@example.org").CodesSent != 3 {
			t.Errorf("%+v", r)
		}
		code, _ := w.Code("ana@example.org")
		if done, err := w.keeper.Answer(t.Context(), a.ID, code); err != nil || done.Challenge != nil {
			t.Errorf("%+v %v", done, err)
		}
	})
}

func TestAResendThatFailsLeavesTheSignInOpen(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.onForm(t)
		hiccup := &failing{RoundTripper: w.keeper.Garmin.Transport, status: 503}
		w.keeper.Garmin.Transport = hiccup
		a := storetest.Athlete(t, w.db, "ana")
		if _, err := w.keeper.Begin(t.Context(), a.ID, "ana@example.org", "ana-pass-1"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(30 * time.Second)
		hiccup.left = 1
		_, err := w.keeper.Resend(t.Context(), a.ID)
		wantRefusal(t, err, store.RefusedDown)
		if c, ok := w.keeper.Waiting(a.ID); !ok || !c.Again.Equal(w.now().Add(30*time.Second)) {
			t.Errorf("waiting %t, %+v", ok, c)
		}
		code, _ := w.Code("ana@example.org")
		if _, err := w.keeper.Answer(t.Context(), a.ID, code); err != nil {
			t.Error(err)
		}
	})
}

func TestTheAppsRoadOffersNoOtherCode(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ana")
		if _, err := w.keeper.Begin(t.Context(), a.ID, "ana@example.org", "ana-pass-1"); err != nil {
			t.Fatal(err)
		}
		_, err := w.keeper.Resend(t.Context(), a.ID)
		if r := wantRefusal(t, err, store.RefusedSoon); !r.Until.IsZero() {
			t.Errorf("%+v", r)
		}
		if _, ok := w.keeper.Waiting(a.ID); !ok {
			t.Error("the sign-in is lost")
		}
	})
}

// TestTenThousandCodesOfAThief: few of them reach Garmin, whatever restarts.
func TestTenThousandCodesOfAThief(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ana")
		for n := range 10_000 {
			if _, waits := w.keeper.Waiting(a.ID); !waits {
				_, _ = w.keeper.Begin(t.Context(), a.ID, "ana@example.org", "ana-pass-1")
			}
			_, _ = w.keeper.Answer(t.Context(), a.ID, "000000")
			if n%1000 == 500 {
				w.restart()
			}
		}
		if c := w.Counts("ana@example.org"); c.Codes > 3 || c.CodesSent > 3 || c.Logins > 3 {
			t.Errorf("%+v", c)
		}
	})
}

func TestAnAccountInChina(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		err := w.Add(garmintest.Member{Name: "Li", Email: "li@example.org", Password: "li-pass-1", China: true, Training: garmintest.Training{Archetype: garmintest.Runner}})
		if err != nil {
			t.Fatal(err)
		}
		li := storetest.Athlete(t, w.db, "li")
		_, err = w.keeper.Begin(t.Context(), li.ID, "li@example.org", "li-pass-1")
		wantRefusal(t, err, store.RefusedPassword)
		_, err = w.keeper.BeginIn(t.Context(), "moon", li.ID, "li@example.org", "li-pass-1")
		wantRefusal(t, err, store.RefusedDown)
		if _, err := w.keeper.BeginIn(t.Context(), "cn", li.ID, "li@example.org", "li-pass-1"); err != nil {
			t.Fatal(err)
		}
		acc, err := w.keeper.Link(t.Context(), storetest.Actor(li), li.ID, store.Reply{})
		if err != nil || !strings.HasPrefix(acc.Profile, "cn:") {
			t.Fatal(acc.Profile, err)
		}
		for range 2 { // the second time with refreshed tokens
			w.restart()
			if rows, err := w.week(t.Context(), li); err != nil || len(rows) == 0 {
				t.Errorf("%d rows, %v", len(rows), err)
			}
			time.Sleep(25 * time.Hour)
		}
		if n := w.Counts("li@example.org").Refreshes; n != 1 {
			t.Errorf("%d refreshes", n)
		}
		if !strings.HasPrefix(w.keeper.Page("cn"), "https://sso.garmin.cn/") || !strings.HasPrefix(w.keeper.Page(""), "https://sso.garmin.com/") {
			t.Error(w.keeper.Page("cn"))
		}
	})
}

func TestATokenFileSignsIn(t *testing.T) {
	for name, alter := range map[string]func(garmin.Tokens) garmin.Tokens{
		"fresh": func(g garmin.Tokens) garmin.Tokens { return g },
		"old":   func(g garmin.Tokens) garmin.Tokens { g.Access = "a.b.c"; return g },
	} {
		for _, china := range []bool{false, true} {
			inWorld(t, func(t *testing.T, w *world) {
				err := w.Add(garmintest.Member{Name: "Li", Email: "li@example.org", Password: "li-pass-1", China: china, Training: garmintest.Training{Archetype: garmintest.Runner}})
				if err != nil {
					t.Fatal(err)
				}
				client := w.keeper.Garmin
				if china {
					client = client.In(garmin.China)
				}
				s, err := client.SignIn(t.Context(), "li@example.org", "li-pass-1")
				if err != nil {
					t.Fatal(err)
				}
				file, err := garmin.ExportTokens(alter(s.Tokens()))
				if err != nil {
					t.Fatal(err)
				}
				a := storetest.Athlete(t, w.db, "li")
				in, err := w.keeper.Import(t.Context(), a.ID, file)
				if err != nil || in.Name != "Li" {
					t.Fatalf("%s, china %t: %+v %v", name, china, in, err)
				}
				if _, err := w.keeper.Link(t.Context(), storetest.Actor(a), a.ID, store.Reply{}); err != nil {
					t.Fatal(err)
				}
				if rows, err := w.week(t.Context(), a); err != nil || len(rows) == 0 {
					t.Errorf("%d rows, %v", len(rows), err)
				}
				if n := w.Logins("li@example.org"); n != 1 {
					t.Errorf("%d sign-ins", n)
				}
			})
		}
	}
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ben")
		for _, bad := range []string{"", "{}", `{"di_token":"secret-9","di_refresh_token":"secret-9"}`} {
			_, err := w.keeper.Import(t.Context(), a.ID, []byte(bad))
			wantRefusal(t, err, store.RefusedTicket)
			if strings.Contains(err.Error(), "secret-9") {
				t.Error("the error tells a secret")
			}
		}
	})
}
