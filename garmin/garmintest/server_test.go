package garmintest_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"clubrun/garmin"
	"clubrun/garmin/garmintest"
)

// ask sends one request as a client that calls itself agent.
func ask(t *testing.T, via http.RoundTripper, method, url, agent string, header ...string) (*http.Response, string) {
	t.Helper()
	q, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("User-Agent", agent)
	for i := 0; i < len(header); i += 2 {
		q.Header.Set(header[i], header[i+1])
	}
	res, err := via.RoundTrip(q)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

const api = "https://connectapi.garmin.com"

func TestTheDataHostChecksTheBearerFirst(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		via := w.Transport()
		for _, path := range []string{"/userprofile-service/socialProfile", "/nowhere"} {
			res, _ := ask(t, via, "GET", api+path, "GCM-Android-5.23", "Authorization", "Bearer x")
			if res.StatusCode != 401 || !strings.Contains(res.Header.Get("WWW-Authenticate"), "Token is not active") {
				t.Errorf("%s: status %d, %q", path, res.StatusCode, res.Header.Get("WWW-Authenticate"))
			}
		}
		tokens := w.signIn(t, "ana")
		res, body := ask(t, via, "GET", api+"/nowhere", "GCM-Android-5.23", "Authorization", "Bearer "+tokens.Access)
		if res.StatusCode != 404 || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") || !strings.Contains(body, "<html>") {
			t.Errorf("unknown path: status %d, %q", res.StatusCode, body)
		}
		if res.Header.Get("Server") != "cloudflare" || res.Header.Get("CF-RAY") == "" {
			t.Errorf("headers %v", res.Header)
		}
	}, somebody(t, "ana", "", garmintest.Runner))
}

func TestTheFirewallLooksAtTheAgent(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		via := w.Transport()
		for _, c := range []struct {
			method, url, agent string
			status             int
		}{
			{"GET", api + "/x", "Go-http-client/1.1", 403},
			{"GET", api + "/x", "GCM-iOS-5.22.1.4", 401},
			{"POST", "https://sso.garmin.com/mobile/api/login", "GCM-iOS-5.22.1.4", 403},
			{"POST", "https://sso.garmin.com/mobile/api/login", "Mozilla/5.0 (iPhone; …)", 400},
			{"POST", "https://diauth.garmin.com/di-oauth2-service/oauth/token", "GCM-Android-5.23", 401},
			{"GET", "https://connect.garmin.com/", "Mozilla/5.0 (X11)", 404},
		} {
			if res, _ := ask(t, via, c.method, c.url, c.agent); res.StatusCode != c.status {
				t.Errorf("%s as %s: status %d, want %d", c.url, c.agent, res.StatusCode, c.status)
			}
		}
	})
}

func TestServedOnASocketWithItsOwnCA(t *testing.T) {
	s, err := garmintest.New(garmintest.Options{Seed: 3, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Add(somebody(t, "ana", garmintest.MFAEmail, garmintest.Hiker)); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(s.CA()) {
		t.Fatal("no CA")
	}
	via := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", l.Addr().String())
	}}
	client := &garmin.Client{Transport: via, Now: time.Now}
	signIn, err := client.SignIn(t.Context(), "ana@example.org", "ana-pass-1")
	if err != nil {
		t.Fatal(err)
	}
	_, body := ask(t, via, "GET", "https://localhost/_sim/codes", "curl")
	var codes map[string]string
	if err := json.Unmarshal([]byte(body), &codes); err != nil {
		t.Fatal(err)
	}
	if err := signIn.Answer(t.Context(), codes["ana@example.org"]); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
	if err := s.Serve(l); err == nil {
		t.Error("served after Close")
	}
}

func TestCloseEndsSlowAnswers(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.disturb(t, "slow", "10m")
		ended := make(chan error, 1)
		go func() {
			_, err := w.client.SignIn(t.Context(), "ana@example.org", "ana-pass-1")
			ended <- err
		}()
		time.Sleep(time.Second)
		if err := w.Close(); err != nil {
			t.Error(err)
		}
		wantKind(t, <-ended, garmin.Network)
		_, err := w.client.SignIn(t.Context(), "ana@example.org", "ana-pass-1")
		wantKind(t, err, garmin.Network)
	}, somebody(t, "ana", "", garmintest.Runner))
}

func TestAddRefusesNonsense(t *testing.T) {
	s, err := garmintest.New(garmintest.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	good := somebody(t, "ana", "", garmintest.Runner)
	if err := s.Add(good); err != nil {
		t.Fatal(err)
	}
	bad := []garmintest.Member{good, {Email: "x", Password: "y"}, {Email: "a@b"}, {Email: "a@b", Password: "c", MFA: "fax"},
		{Email: "a@b", Password: "c", Training: garmintest.Training{Archetype: "astronaut"}}}
	for _, m := range bad {
		if s.Add(m) == nil {
			t.Errorf("added %+v", m)
		}
	}
	if s.Disturb("", "storm", "") == nil || s.Disturb("nobody@example.org", "ok", "") == nil || s.Disturb("", "delete first", "") == nil {
		t.Error("an unknown disturbance was taken")
	}
}
