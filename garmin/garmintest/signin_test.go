package garmintest_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"clubrun/garmin"
	"clubrun/garmin/garmintest"
)

func TestSignInWithoutCodeIsDoneAtOnce(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s, err := w.client.SignIn(t.Context(), " Ana@Example.org", "ana-pass-1")
		if err != nil {
			t.Fatal(err)
		}
		if !s.Done() || s.Challenge() != nil || s.Profile().FullName != "ana Example" || s.Profile().ID == "" {
			t.Errorf("got %v with profile %q", s, s.Profile().FullName)
		}
		if want := w.now().Add(86399 * time.Second); !s.Tokens().Expires.Equal(want.UTC().Truncate(time.Second)) {
			t.Errorf("expires %v, want %v", s.Tokens().Expires, want)
		}
	}, somebody(t, "ana", "", garmintest.Runner))
}

func TestCodesOfEachMethod(t *testing.T) {
	for _, mfa := range []string{garmintest.MFAEmail, garmintest.MFASMS, garmintest.MFATOTP} {
		inWorld(t, func(t *testing.T, w *world) {
			s, err := w.client.SignIn(t.Context(), "ana@example.org", "ana-pass-1")
			if err != nil {
				t.Fatal(err)
			}
			c := s.Challenge()
			if c == nil || c.Method != mfa || s.Done() {
				t.Fatalf("challenge %+v, want %s", c, mfa)
			}
			if mfa == garmintest.MFAEmail && c.Target != "an*****@example.org" {
				t.Errorf("target %q", c.Target)
			}
			wantKind(t, s.Answer(t.Context(), "000000"), garmin.BadCode)
			code, ok := w.Code("ana@example.org")
			if !ok || code == "000000" || len(code) != 6 {
				t.Fatalf("code %q", code)
			}
			if err := s.Answer(t.Context(), code[:3]+" "+code[3:]); err != nil {
				t.Fatal(err)
			}
			if !s.Done() || s.Challenge() != nil {
				t.Error("not done after the right code")
			}
		}, somebody(t, "ana", mfa, garmintest.Runner))
	}
}

func TestThreeWrongCodesEndASignIn(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s, err := w.client.SignIn(t.Context(), "ana@example.org", "ana-pass-1")
		if err != nil {
			t.Fatal(err)
		}
		wantKind(t, s.Answer(t.Context(), "000000"), garmin.BadCode)
		wantKind(t, s.Answer(t.Context(), "000000"), garmin.BadCode)
		wantKind(t, s.Answer(t.Context(), "000000"), garmin.TooManyCodes)
		code, _ := w.Code("ana@example.org")
		wantKind(t, s.Answer(t.Context(), code), garmin.Expired)
		if got := w.Counts("ana@example.org").Codes; got != 3 {
			t.Errorf("%d codes reached the service, want 3", got)
		}
	}, somebody(t, "ana", garmintest.MFAEmail, garmintest.Runner))
}

func TestNineWrongCodesBarCodesForADay(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		sign := func() *garmin.SignIn {
			s, err := w.client.SignIn(t.Context(), "ana@example.org", "ana-pass-1")
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		for range 3 {
			s := sign()
			for s.Challenge() != nil {
				_ = s.Answer(t.Context(), "000000")
			}
		}
		answer := func() error {
			s := sign()
			code, _ := w.Code("ana@example.org")
			return s.Answer(t.Context(), code)
		}
		wantKind(t, answer(), garmin.TooManyCodes)
		time.Sleep(25 * time.Hour)
		if err := answer(); err != nil {
			t.Error(err)
		}
	}, somebody(t, "ana", garmintest.MFAEmail, garmintest.Runner))
}

func TestACodeBelongsToOneSignInAndExpires(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		first, err := w.client.SignIn(t.Context(), "ana@example.org", "ana-pass-1")
		if err != nil {
			t.Fatal(err)
		}
		second, err := w.client.SignIn(t.Context(), "ana@example.org", "ana-pass-1")
		if err != nil {
			t.Fatal(err)
		}
		code, _ := w.Code("ana@example.org")
		wantKind(t, first.Answer(t.Context(), code), garmin.BadCode)
		time.Sleep(11 * time.Minute)
		wantKind(t, second.Answer(t.Context(), code), garmin.Expired)
	}, somebody(t, "ana", garmintest.MFASMS, garmintest.Runner))
}

func TestWhatRefusesASignIn(t *testing.T) {
	for name, c := range map[string]struct {
		what, arg, password string
		kind                garmin.Kind
		says                string
	}{
		"bad password": {"ok", "", "nonsense-9", garmin.BadCredentials, "status 401"},
		"locked":       {"locked", "", "ana-pass-1", garmin.Interaction, "account locked"},
		"captcha":      {"captcha", "", "ana-pass-1", garmin.Interaction, "captcha"},
		"limiter page": {"429", "", "ana-pass-1", garmin.RateLimited, "status 429"},
		"limiter JSON": {"429", "json", "ana-pass-1", garmin.RateLimited, "status 200"},
		"firewall":     {"waf", "", "ana-pass-1", garmin.Blocked, "web page"},
		"down":         {"down", "", "ana-pass-1", garmin.Unavailable, "status 503"},
		"html":         {"html", "", "ana-pass-1", garmin.Blocked, "web page"},
		"slow":         {"slow", "", "ana-pass-1", garmin.Network, "deadline"},
		"inactive":     {"inactive", "", "ana-pass-1", garmin.TokenInactive, "status 401"},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, func(t *testing.T, w *world) {
				if err := w.Disturb("ana@example.org", c.what, c.arg); err != nil {
					t.Fatal(err)
				}
				_, err := w.client.SignIn(t.Context(), "ana@example.org", c.password)
				wantKind(t, err, c.kind)
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("error %v does not say %q", err, c.says)
				}
				noSecret(t, err, "ana@example.org", c.password)
				if err := w.Disturb("", "ok", ""); err != nil {
					t.Fatal(err)
				}
				w.signIn(t, "ana")
			}, somebody(t, "ana", "", garmintest.Runner))
		})
	}
}

func noSecret(t *testing.T, err error, secrets ...string) {
	t.Helper()
	for _, s := range secrets {
		if err != nil && strings.Contains(err.Error(), s) {
			t.Errorf("error %q holds a secret", err)
		}
	}
}

func TestUnknownAddressIsRefusedLikeABadPassword(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		_, err := w.client.SignIn(t.Context(), "nobody@example.org", "x")
		wantKind(t, err, garmin.BadCredentials)
	})
}

func TestFiveWrongPasswordsLock(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		for range 5 {
			_, err := w.client.SignIn(t.Context(), "ana@example.org", "wrong")
			wantKind(t, err, garmin.BadCredentials)
		}
		_, err := w.client.SignIn(t.Context(), "ana@example.org", "ana-pass-1")
		wantKind(t, err, garmin.Interaction)
		if got := w.Logins("ana@example.org"); got != 6 {
			t.Errorf("%d logins counted, want 6", got)
		}
	}, somebody(t, "ana", "", garmintest.Runner))
}

func TestRetryAfterReachesTheCaller(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		if err := w.Disturb("", "429", "7200"); err != nil {
			t.Fatal(err)
		}
		_, err := w.client.SignIn(t.Context(), "ana@example.org", "ana-pass-1")
		var e *garmin.Error
		if !errors.As(err, &e) || e.RetryAfter != 2*time.Hour || !e.Retry() {
			t.Errorf("got %v", err)
		}
	}, somebody(t, "ana", "", garmintest.Runner))
}

func TestTroubleOfOneIsNotTroubleOfAnother(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		if err := w.Disturb("ana@example.org", "429", ""); err != nil {
			t.Fatal(err)
		}
		_, err := w.client.SignIn(t.Context(), "ana@example.org", "ana-pass-1")
		wantKind(t, err, garmin.RateLimited)
		w.signIn(t, "ben")
	}, somebody(t, "ana", "", garmintest.Runner), somebody(t, "ben", "", garmintest.Hiker))
}
