package garmintest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"clubrun/garmin"
	"clubrun/garmin/garmintest"
)

// TestTheNextRoadIsTakenOnlyAtAWall: what the first road says to the person
// holds for all roads.
func TestTheNextRoadIsTakenOnlyAtAWall(t *testing.T) {
	for name, c := range map[string]struct {
		what, arg, password string
		kind                garmin.Kind
		road                string
		passwords           int
	}{
		"well":                {"ok", "", "ana-pass-1", "", "mobile", 1},
		"firewall on one":     {"waf", "mobile", "ana-pass-1", "", "widget", 2},
		"firewall on other":   {"waf", "widget", "ana-pass-1", "", "mobile", 1},
		"firewall on both":    {"waf", "", "ana-pass-1", garmin.Blocked, "", 2},
		"another is wanted":   {"427", "", "ana-pass-1", "", "widget", 2},
		"dead tokens":         {"inactive", "mobile", "ana-pass-1", "", "widget", 2},
		"dead tokens on both": {"inactive", "", "ana-pass-1", garmin.TokenInactive, "", 2},
		"password":            {"ok", "", "wrong", garmin.BadCredentials, "", 1},
		"locked":              {"locked", "", "ana-pass-1", garmin.Interaction, "", 1},
		"captcha":             {"captcha", "", "ana-pass-1", garmin.Interaction, "", 1},
		"limit":               {"429", "sso", "ana-pass-1", garmin.RateLimited, "", 1},
		"limit in JSON":       {"429", "sso json", "ana-pass-1", garmin.RateLimited, "", 1},
		"outage":              {"down", "", "ana-pass-1", garmin.Unavailable, "", 1},
		"time-out":            {"slow", "", "ana-pass-1", garmin.Network, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, func(t *testing.T, w *world) {
				if err := w.Disturb("ana@example.org", c.what, c.arg); err != nil {
					t.Fatal(err)
				}
				s, err := w.client.SignIn(t.Context(), "ana@example.org", c.password)
				wantKind(t, err, c.kind)
				noSecret(t, err, "ana@example.org", c.password)
				if err == nil && (s.Road() != c.road || !s.Done()) {
					t.Errorf("by %s, want %s", s.Road(), c.road)
				}
				if n := w.Logins("ana@example.org"); n != c.passwords {
					t.Errorf("%d passwords were tried, want %d", n, c.passwords)
				}
			}, somebody(t, "ana", "", garmintest.Runner))
		})
	}
}

// onForm signs somebody in on the form, by its table.
func (w *world) onForm(t *testing.T, password string) (*garmin.SignIn, error) {
	t.Helper()
	table, err := garmin.ParseSignIn([]byte(`roads = ["widget"]`))
	if err != nil {
		t.Fatal(err)
	}
	w.client.Table = table
	return w.client.SignIn(t.Context(), "ana@example.org", password)
}

func TestTheFormAsksForEachKindOfCode(t *testing.T) {
	for mfa, target := range map[string]string{garmintest.MFAEmail: "an*****@example.org", garmintest.MFASMS: "*******", garmintest.MFATOTP: ""} {
		inWorld(t, func(t *testing.T, w *world) {
			s, err := w.onForm(t, "ana-pass-1")
			if err != nil {
				t.Fatal(err)
			}
			c := s.Challenge()
			if c == nil || c.Method != mfa || !strings.HasPrefix(c.Target, target) || (c.Resend == 0) != (mfa == garmintest.MFATOTP) {
				t.Fatalf("challenge %+v", c)
			}
			if sent := w.Counts("ana@example.org").CodesSent; (sent == 1) == (mfa == garmintest.MFATOTP) {
				t.Errorf("%d codes were sent", sent)
			}
			wantKind(t, s.Answer(t.Context(), "000000"), garmin.BadCode)
			wantKind(t, s.Answer(t.Context(), "000000"), garmin.BadCode)
			code, _ := w.Code("ana@example.org")
			if err := s.Answer(t.Context(), code); err != nil || !s.Done() || s.Profile().FullName != "ana Example" {
				t.Errorf("%v %v", s, err)
			}
		}, somebody(t, "ana", mfa, garmintest.Runner))
	}
}

func TestTheFormSendsAnotherCodeAfterHalfAMinute(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s, err := w.onForm(t, "ana-pass-1")
		if err != nil {
			t.Fatal(err)
		}
		first, _ := w.Code("ana@example.org")
		wantKind(t, s.Resend(t.Context()), garmin.RateLimited)
		time.Sleep(s.Challenge().Resend)
		if err := s.Resend(t.Context()); err != nil || s.Challenge().Target != "an*****@example.org" {
			t.Fatalf("%v %+v", err, s.Challenge())
		}
		wantKind(t, s.Answer(t.Context(), first), garmin.BadCode)
		second, _ := w.Code("ana@example.org")
		wantKind(t, s.Answer(t.Context(), second), "")
		wantKind(t, s.Resend(t.Context()), garmin.Expired)
	}, somebody(t, "ana", garmintest.MFAEmail, garmintest.Runner))
}

func TestTheAppsRoadSendsNoOtherCode(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s, err := w.client.SignIn(t.Context(), "ana@example.org", "ana-pass-1")
		if err != nil {
			t.Fatal(err)
		}
		wantKind(t, s.Resend(t.Context()), garmin.Interaction)
		code, _ := w.Code("ana@example.org")
		wantKind(t, s.Answer(t.Context(), code), "")
	}, somebody(t, "ana", garmintest.MFAEmail, garmintest.Runner))
}

func TestWhatTheFormRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		what, arg, password string
		kind                garmin.Kind
	}{
		"password":  {"ok", "", "wrong", garmin.BadCredentials},
		"locked":    {"locked", "", "ana-pass-1", garmin.Interaction},
		"telephone": {"phone", "", "ana-pass-1", garmin.Interaction},
		"limit":     {"429", "", "ana-pass-1", garmin.RateLimited},
		"firewall":  {"waf", "", "ana-pass-1", garmin.Blocked},
		"outage":    {"down", "", "ana-pass-1", garmin.Unavailable},
		"page":      {"html", "", "ana-pass-1", garmin.Blocked},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, func(t *testing.T, w *world) {
				if err := w.Disturb("ana@example.org", c.what, c.arg); err != nil {
					t.Fatal(err)
				}
				_, err := w.onForm(t, c.password)
				wantKind(t, err, c.kind)
				noSecret(t, err, "ana@example.org", c.password)
				if n := w.Logins("ana@example.org"); n != 1 {
					t.Errorf("%d passwords were tried", n)
				}
			}, somebody(t, "ana", "", garmintest.Runner))
		})
	}
}

// TestASignInWaitsAsAPersonDoes: the password never follows the page at once.
func TestASignInWaitsAsAPersonDoes(t *testing.T) {
	for road, want := range map[string][2]time.Duration{"mobile": {2 * time.Second, 5 * time.Second}, "widget": {3 * time.Second, 8 * time.Second}} {
		for i, draw := range []float64{0, 0.999999} {
			inWorld(t, func(t *testing.T, w *world) {
				table, err := garmin.ParseSignIn([]byte(`roads = ["` + road + `"]`))
				if err != nil {
					t.Fatal(err)
				}
				w.client.Table, w.client.Rand = table, func() float64 { return draw }
				began := w.now()
				w.signIn(t, "ana")
				if took := w.now().Sub(began).Round(100 * time.Millisecond); took != want[i] {
					t.Errorf("%s: %v, want %v", road, took, want[i])
				}
			}, somebody(t, "ana", "", garmintest.Runner))
		}
	}
}

// TestChinaKnowsOnlyItsOwn: the regions' accounts, tickets and tokens are
// strangers to each other.
func TestChinaKnowsOnlyItsOwn(t *testing.T) {
	li, ana := somebody(t, "li", garmintest.MFAEmail, garmintest.Runner), somebody(t, "ana", "", garmintest.Runner)
	li.China = true
	inWorld(t, func(t *testing.T, w *world) {
		_, err := w.client.SignIn(t.Context(), "li@example.org", "li-pass-1")
		wantKind(t, err, garmin.BadCredentials)
		china := w.client.In(garmin.China)
		_, err = china.SignIn(t.Context(), "ana@example.org", "ana-pass-1")
		wantKind(t, err, garmin.BadCredentials)
		s, err := china.SignIn(t.Context(), "li@example.org", "li-pass-1")
		if err != nil {
			t.Fatal(err)
		}
		code, _ := w.Code("li@example.org")
		if err := s.Answer(t.Context(), code); err != nil {
			t.Fatal(err)
		}
		kept, err := garmin.DecodeTokens(s.Tokens().Encode())
		if err != nil || kept.Region != garmin.China {
			t.Fatalf("region %q, %v", kept.Region, err)
		}
		// Wherever the client signs in, tokens go to their own hosts.
		if _, err := w.client.Activities(t.Context(), kept, garmin.Query{}); err != nil {
			t.Error(err)
		}
		strayed := kept
		strayed.Region = garmin.World
		_, err = w.client.Profile(t.Context(), strayed)
		wantKind(t, err, garmin.TokenInactive)
		_, err = w.client.Refresh(t.Context(), strayed)
		wantKind(t, err, garmin.OtherRegion)
		fresh, err := w.client.Refresh(t.Context(), kept)
		if err != nil || fresh.Region != garmin.China {
			t.Fatal(err)
		}
		file, err := garmin.ExportTokens(fresh)
		if err != nil {
			t.Fatal(err)
		}
		back, err := garmin.ImportTokens(file)
		if err != nil || back.Region != garmin.China || back.Access != fresh.Access || back.Refresh != fresh.Refresh || !back.Expires.Equal(fresh.Expires) {
			t.Errorf("the file does not come back: %v", err)
		}
		ticket, err := w.Ticket("li@example.org")
		if err != nil || !strings.HasPrefix(ticket, "https://sso.garmin.cn/") {
			t.Fatal(ticket, err)
		}
		if got, _, err := w.client.Redeem(t.Context(), ticket); err != nil || got.Region != garmin.China {
			t.Errorf("a pasted address tells its region: %v", err)
		}
		if !strings.HasPrefix(china.Page(), "https://sso.garmin.cn/sso/signin?") || !slices.Contains(garmintest.Hosts(), "diauth.garmin.cn") {
			t.Error(china.Page())
		}
	}, li, ana)
}

// TestTheFormsHiddenTokenIsAlwaysTheNewest: each page has its own, and an old
// one may be refused.
func TestTheFormsHiddenTokenIsAlwaysTheNewest(t *testing.T) {
	rules := garmintest.DefaultAssumptions()
	rules.WidgetOldPage, rules.WidgetSendsCode = false, true
	inAssumedWorld(t, rules, func(t *testing.T, w *world) {
		s, err := w.onForm(t, "ana-pass-1")
		if err != nil {
			t.Fatal(err)
		}
		if n := w.Counts("ana@example.org").CodesSent; n != 1 {
			t.Errorf("%d codes were sent", n)
		}
		wantKind(t, s.Answer(t.Context(), "000000"), garmin.BadCode)
		wantKind(t, s.Answer(t.Context(), "000000"), garmin.BadCode)
		code, _ := w.Code("ana@example.org")
		wantKind(t, s.Answer(t.Context(), code), "")
	})
}

// TestEveryAnswerIsHeard: what a metric counts.
func TestEveryAnswerIsHeard(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		heard := map[string]int{}
		w.client.OnAnswer = func(op string, status int, _ time.Duration) { heard[fmt.Sprint(op, " ", status)]++ }
		tokens := w.signIn(t, "ana")
		_, _ = w.client.Activity(t.Context(), tokens, 7)
		w.mustDisturb(t, "slow", "")
		_, _ = w.client.Count(t.Context(), tokens)
		want := map[string]int{"sign in 200": 2, "exchange the ticket 200": 1, "read the profile 200": 1, "read an activity 404": 1, "count activities 0": 1}
		if diff := cmp.Diff(want, heard); diff != "" {
			t.Error(diff)
		}
	}, somebody(t, "ana", "", garmintest.Runner))
}
