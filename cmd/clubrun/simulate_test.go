package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"clubrun/garmin"
	"clubrun/garmin/garmintest"
)

// simulation is a `simulate garmin` that runs.
type simulation struct {
	address string
	lines   chan string // what it printed, after the address
	stop    func() (code int, errs string)
}

func startGarmin(t *testing.T, args ...string) simulation {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r, w := io.Pipe()
	var errs bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		ended <- execute(ctx, append([]string{"simulate", "garmin", "--listen", "127.0.0.1:0"}, args...), nil, w, &errs)
		_ = w.Close()
	}()
	s := simulation{lines: make(chan string, 1000)}
	s.stop = func() (int, string) { cancel(); code := <-ended; return code, errs.String() }
	first := make(chan string, 1)
	go func() {
		defer close(s.lines)
		defer close(first)
		for in := bufio.NewScanner(r); in.Scan(); {
			if _, at, ok := strings.Cut(in.Text(), " listens on "); ok {
				first <- at
				continue
			}
			s.lines <- in.Text()
		}
	}()
	if s.address = <-first; s.address == "" {
		t.Fatalf("it does not listen: %s", errs.String())
	}
	return s
}

// via reaches the simulation as a client that trusts the folder's ca.pem.
func (s simulation) via(t *testing.T, dir string) http.RoundTripper {
	t.Helper()
	ca, err := os.ReadFile(filepath.Join(dir, "ca.pem"))
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(ca) {
		t.Fatal("no CA")
	}
	return &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", s.address)
	}}
}

func TestSimulatedGarminPrintsTheCodeThatSignsIn(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sim")
	s := startGarmin(t, "--tls-dir", dir)
	client := &garmin.Client{Transport: s.via(t, dir), Now: time.Now}
	signIn, err := client.SignIn(t.Context(), "ana@example.org", "ana-pass-1")
	if err != nil {
		t.Fatal(err)
	}
	sent := regexp.MustCompile(`^code for ana@example\.org: (\d{6})$`)
	for line := range s.lines {
		if m := sent.FindStringSubmatch(line); m != nil {
			if err := signIn.Answer(t.Context(), m[1]); err != nil {
				t.Error(err)
			}
			break
		}
	}
	rows, err := client.Activities(t.Context(), signIn.Tokens(), garmin.Query{From: time.Now().AddDate(0, 0, -14).Format(time.DateOnly)})
	if err != nil || len(rows) == 0 {
		t.Errorf("%d activities in the last two weeks, %v", len(rows), err)
	}
	if code, errs := s.stop(); code != exitOK || errs != "" {
		t.Errorf("it ended with %d: %s", code, errs)
	}
}

func TestSimulatedGarminKeepsItsAuthority(t *testing.T) {
	dir := t.TempDir()
	first := startGarmin(t, "--tls-dir", dir)
	old := first.via(t, dir)
	first.stop()
	second := startGarmin(t, "--tls-dir", dir)
	defer second.stop()
	old.(*http.Transport).DialContext = second.via(t, dir).(*http.Transport).DialContext
	res, err := (&http.Client{Transport: old}).Get("https://sso.garmin.com/_sim/codes")
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if info, err := os.Stat(filepath.Join(dir, "ca-key.pem")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key: %v, %v", info.Mode(), err)
	}
}

func TestSimulatedGarminOverwritesNoCertificate(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ca.pem")
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := execute(t.Context(), []string{"simulate", "garmin", "--tls-dir", dir}, nil, &out, &errs); code != exitFailure {
		t.Errorf("exit code %d: %s", code, errs.String())
	}
	if kept, _ := os.ReadFile(path); string(kept) != "mine" {
		t.Errorf("ca.pem is now %q", kept)
	}
}

func TestSimulateRefuses(t *testing.T) {
	for args, says := range map[string]string{
		"garmin --tls-dir x --listen 0.0.0.0:0":              "other machines could reach it",
		"garmin --tls-dir x --listen :8443":                  "other machines could reach it",
		"garmin --tls-dir x --listen 192.0.2.1:8443":         "other machines could reach it",
		"garmin --tls-dir x --listen 127.0.0.1":              "missing port",
		"garmin":                                             "--tls-dir is needed",
		"garmin --tls-dir x --assume moon=true":              `no such switch: "moon"`,
		"garmin --tls-dir x --assume page-first=maybe":       "like false, please",
		"garmin --tls-dir x --assume wrong-code-status=late": "like 200, please",
		"garmin --tls-dir x --world nowhere.json":            "nowhere.json",
		"garmin extra":                                       "extra",
		"strava":                                             `no simulated network "strava"`,
	} {
		var out, errs bytes.Buffer
		code := execute(t.Context(), append([]string{"simulate"}, strings.Fields(args)...), nil, &out, &errs)
		if code != exitUsage || !strings.Contains(errs.String(), says) {
			t.Errorf("%s: exit code %d, %s", args, code, errs.String())
		}
	}
	if _, err := os.Stat("x"); err == nil {
		t.Error("a refused start left a folder behind")
	}
}

func TestAllowNetworkWarns(t *testing.T) {
	s := startGarmin(t, "--tls-dir", t.TempDir(), "--allow-network")
	if code, errs := s.stop(); code != exitOK || !strings.Contains(errs, "warning") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}

func TestAssumptionsAreListedAndChosen(t *testing.T) {
	var out, errs bytes.Buffer
	if code := execute(t.Context(), []string{"simulate", "garmin", "--assumptions"}, nil, &out, &errs); code != exitOK {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	for _, a := range garmintest.Assumed() {
		if !strings.Contains(out.String(), a.Name+"=") {
			t.Errorf("%s is not listed", a.Name)
		}
	}
	dir := t.TempDir()
	s := startGarmin(t, "--tls-dir", dir, "--assume", "page-first=true")
	defer s.stop()
	q, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://sso.garmin.com/mobile/api/login?clientId=GCM_IOS_DARK&service=https%3A%2F%2Fx",
		strings.NewReader(`{"username":"ana@example.org","password":"ana-pass-1"}`))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("User-Agent", "Mozilla/5.0 (X11)")
	res, err := s.via(t, dir).RoundTrip(q)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusTooManyRequests {
		t.Errorf("status %d for a sign-in without a page", res.StatusCode)
	}
}

func TestTheHelpOfSimulatedGarminIsTrue(t *testing.T) {
	cmd := simulateGarminCommand()
	for _, d := range garmintest.Disturbances() {
		if !strings.Contains(cmd.Long, "\n  "+d.Form+"\n") {
			t.Errorf("the help does not know %q", d.Form)
		}
	}
	dir := t.TempDir()
	s := startGarmin(t, "--tls-dir", dir)
	defer s.stop()
	client := &http.Client{Transport: s.via(t, dir)}
	examples := regexp.MustCompile(`/_sim/disturb -d '(.*)'`).FindAllStringSubmatch(cmd.Example, -1)
	if len(examples) == 0 {
		t.Error("no example disturbs")
	}
	for _, m := range examples {
		res, err := client.Post("https://127.0.0.1/_sim/disturb", "application/x-www-form-urlencoded", strings.NewReader(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		if _ = res.Body.Close(); res.StatusCode != http.StatusNoContent {
			t.Errorf("%s: status %d", m[1], res.StatusCode)
		}
	}
	for _, path := range []string{"activities?email=ben@example.org", "days?email=ben@example.org&from=2026-01-01&to=2026-01-02"} {
		res, err := client.Get("https://127.0.0.1/_sim/" + path)
		if err != nil {
			t.Fatal(err)
		}
		if _ = res.Body.Close(); res.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", path, res.StatusCode)
		}
	}
}
