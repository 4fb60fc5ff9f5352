package main

import (
	"bytes"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestTheBotIsAskedWhereItListens(t *testing.T) {
	for listen, want := range map[string]string{
		":8080": "127.0.0.1:8080", "0.0.0.0:80": "127.0.0.1:80", "[::]:80": "[::1]:80",
		"127.0.0.1:8080": "127.0.0.1:8080", "192.0.2.7:9": "192.0.2.7:9", "host:1": "host:1",
	} {
		if got, err := nearAddress(listen); got != want || err != nil {
			t.Errorf("%s is asked at %q, %v; want %s", listen, got, err, want)
		}
	}
	if _, err := nearAddress(""); err == nil {
		t.Error("nobody listens, and there is an address to ask")
	}
}

func TestHealthcheckEndsWithWhatTheBotSays(t *testing.T) {
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/healthz" {
			t.Errorf("asked %s", r.URL.Path)
		}
		w.WriteHeader(status)
	}))
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(server.URL, "http://"))
	t.Setenv("CLUBRUN_LISTEN", ":"+port)
	ask := func() int {
		var out, errs bytes.Buffer
		return execute(t.Context(), []string{"healthcheck", "--data", t.TempDir()}, strings.NewReader(""), &out, &errs)
	}
	if code := ask(); code != exitOK {
		t.Errorf("well: exit code %d", code)
	}
	status = http.StatusServiceUnavailable
	if code := ask(); code != exitFailure {
		t.Errorf("ill: exit code %d", code)
	}
	server.Close()
	if code := ask(); code != exitFailure {
		t.Errorf("gone: exit code %d", code)
	}
	t.Setenv("CLUBRUN_LISTEN", "off")
	if code := ask(); code != exitFailure {
		t.Errorf("no server: exit code %d", code)
	}
}
