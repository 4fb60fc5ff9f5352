package garmintest_test

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"clubrun/garmin"
	"clubrun/garmin/garmintest"
)

func TestTicketIsGoodForOneExchange(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		address, err := w.Ticket("ana@example.org")
		if err != nil {
			t.Fatal(err)
		}
		tokens, p, err := w.client.Redeem(t.Context(), "here: "+address+"\n")
		if err != nil || p.FullName != "ana Example" {
			t.Fatalf("profile %q, %v", p.FullName, err)
		}
		if _, err := w.client.Settings(t.Context(), tokens); err != nil {
			t.Error(err)
		}
		_, _, err = w.client.Redeem(t.Context(), address)
		wantKind(t, err, garmin.BadTicket)
		noSecret(t, err, ticketOf(t, address))
	}, somebody(t, "ana", garmintest.MFATOTP, garmintest.Runner))
}

func ticketOf(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(u.Query().Get("ticket"), "ST-") {
		t.Fatalf("no ticket in %q", address)
	}
	return u.Query().Get("ticket")
}

func TestBareTicketIsEnough(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		address, _ := w.Ticket("ana@example.org")
		if _, _, err := w.client.Redeem(t.Context(), ticketOf(t, address)); err != nil {
			t.Error(err)
		}
	}, somebody(t, "ana", "", garmintest.Runner))
}

func TestTicketRefusals(t *testing.T) {
	for name, pasted := range map[string]func(address string) string{
		"old":             func(a string) string { time.Sleep(91 * time.Second); return a },
		"another service": func(a string) string { return a + " https://mobile.integration.garmin.com/gcm/ios" },
		"none":            func(string) string { return "hello" },
		"invented":        func(string) string { return "ST-0000000-abcdef-cas" },
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, func(t *testing.T, w *world) {
				address, _ := w.Ticket("ana@example.org")
				_, _, err := w.client.Redeem(t.Context(), pasted(address))
				wantKind(t, err, garmin.BadTicket)
			}, somebody(t, "ana", "", garmintest.Runner))
		})
	}
}

func TestRefreshRotates(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		old := w.signIn(t, "ana")
		time.Sleep(time.Hour)
		fresh, err := w.client.Refresh(t.Context(), old)
		if err != nil {
			t.Fatal(err)
		}
		if fresh.Refresh == old.Refresh || fresh.Access == old.Access || !fresh.Expires.After(old.Expires) {
			t.Error("tokens did not change")
		}
		if _, err := w.client.Profile(t.Context(), fresh); err != nil {
			t.Error(err)
		}
		_, err = w.client.Refresh(t.Context(), old)
		wantKind(t, err, garmin.InvalidGrant)
		noSecret(t, err, old.Refresh)
	}, somebody(t, "ana", "", garmintest.Runner))
}

func TestAccessExpiresAndRefreshHelps(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ana")
		time.Sleep(86398 * time.Second)
		if _, err := w.client.Profile(t.Context(), tokens); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Second)
		_, err := w.client.Profile(t.Context(), tokens)
		wantKind(t, err, garmin.TokenInactive)
		if tokens, err = w.client.Refresh(t.Context(), tokens); err != nil {
			t.Fatal(err)
		}
		if _, err := w.client.Profile(t.Context(), tokens); err != nil {
			t.Error(err)
		}
		time.Sleep(31 * 24 * time.Hour)
		_, err = w.client.Refresh(t.Context(), tokens)
		wantKind(t, err, garmin.InvalidGrant)
	}, somebody(t, "ana", "", garmintest.Runner))
}

func TestRevokeKillsAllTokens(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ana")
		if err := w.Disturb("ana@example.org", "revoke", ""); err != nil {
			t.Fatal(err)
		}
		_, err := w.client.Profile(t.Context(), tokens)
		wantKind(t, err, garmin.TokenInactive)
		_, err = w.client.Refresh(t.Context(), tokens)
		wantKind(t, err, garmin.InvalidGrant)
		w.signIn(t, "ana")
	}, somebody(t, "ana", "", garmintest.Runner))
}

func TestSlowServiceDoesNotSpendARefreshToken(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ana")
		if err := w.Disturb("", "slow", ""); err != nil {
			t.Fatal(err)
		}
		_, err := w.client.Refresh(t.Context(), tokens)
		wantKind(t, err, garmin.Network)
		if err := w.Disturb("", "ok", ""); err != nil {
			t.Fatal(err)
		}
		if _, err := w.client.Refresh(t.Context(), tokens); err != nil {
			t.Error(err)
		}
	}, somebody(t, "ana", "", garmintest.Runner))
}

func TestOutagesOfTheDataHost(t *testing.T) {
	for what, kind := range map[string]garmin.Kind{"down": garmin.Unavailable, "html": garmin.Unavailable, "429": garmin.RateLimited, "slow": garmin.Network, "inactive": garmin.TokenInactive} {
		inWorld(t, func(t *testing.T, w *world) {
			tokens := w.signIn(t, "ana")
			if err := w.Disturb("", what, ""); err != nil {
				t.Fatal(err)
			}
			_, err := w.client.Activities(t.Context(), tokens, garmin.Query{})
			wantKind(t, err, kind)
			var e *garmin.Error
			if !errors.As(err, &e) || e.Retry() != (what != "inactive") {
				t.Errorf("%s: retry is wrong: %v", what, err)
			}
		}, somebody(t, "ana", "", garmintest.Runner))
	}
}

func TestSignInHidesItsTokens(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s, err := w.client.SignIn(t.Context(), "ana@example.org", "ana-pass-1")
		if err != nil {
			t.Fatal(err)
		}
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
			out := fmt.Sprintf(verb, s) + fmt.Sprintf(verb, s.Tokens()) + fmt.Sprintf(verb, struct{ T garmin.Tokens }{s.Tokens()})
			if strings.Contains(out, s.Tokens().Access) || strings.Contains(out, s.Tokens().Refresh) {
				t.Errorf("%s prints a token", verb)
			}
		}
	}, somebody(t, "ana", "", garmintest.Runner))
}
