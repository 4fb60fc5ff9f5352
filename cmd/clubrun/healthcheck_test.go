package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
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

// With a certificate of its own the bot is asked over TLS, and nobody else is
// taken for it.
func TestHealthcheckKnowsTheBotByItsCertificate(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(server.URL, "https://"))
	t.Setenv("CLUBRUN_LISTEN", ":"+port)
	for name, want := range map[string]int{"its own": exitOK, "another": exitFailure} {
		pair := server.TLS.Certificates[0]
		if name == "another" {
			pair = selfSigned(t)
		}
		cert, key := pemOf(t, pair)
		t.Setenv("CLUBRUN_TLS_CERT", cert)
		t.Setenv("CLUBRUN_TLS_KEY", key)
		var out, errs bytes.Buffer
		if code := execute(t.Context(), []string{"healthcheck", "--data", t.TempDir()}, strings.NewReader(""), &out, &errs); code != want {
			t.Errorf("%s: exit code %d, %s", name, code, &errs)
		}
	}
}

// pemOf writes a certificate and its key to files.
func pemOf(t *testing.T, pair tls.Certificate) (cert, key string) {
	t.Helper()
	private, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(t.TempDir(), "cert.pem"), filepath.Join(t.TempDir(), "key.pem")
	for file, block := range map[string]*pem.Block{
		cert: {Type: "CERTIFICATE", Bytes: pair.Certificate[0]}, key: {Type: "PRIVATE KEY", Bytes: private},
	} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

// selfSigned makes a certificate that nobody knows.
func selfSigned(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}
