package garmin_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"net"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/garmin"
	"clubrun/garmin/garmintest"
)

// android returns a client whose sign-ins greet as Android does.
func android(t *testing.T, plain http.RoundTripper) *garmin.Client {
	t.Helper()
	table, err := garmin.ParseSignIn([]byte(`transport = "android"`))
	if err != nil {
		t.Fatal(err)
	}
	over, err := table.Over(plain)
	if err != nil {
		t.Fatal(err)
	}
	return &garmin.Client{Transport: over, Table: table, Now: time.Now}
}

// inSimulation starts a Garmin at which Ana needs a code by e-mail.
func inSimulation(t *testing.T, f func(t *testing.T, s *garmintest.Server)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s, err := garmintest.New(garmintest.Options{Seed: 1, Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		err = s.Add(garmintest.Member{Name: "Ana", Email: "ana@example.org", Password: "ana-pass-1", MFA: garmintest.MFAEmail,
			Training: garmintest.Training{Archetype: garmintest.Runner}})
		if err != nil {
			t.Fatal(err)
		}
		f(t, s)
	})
}

func TestAWholeSignInPassesTheAndroidHandshake(t *testing.T) {
	for _, road := range []string{"mobile", "widget"} {
		t.Run(road, func(t *testing.T) {
			inSimulation(t, func(t *testing.T, sim *garmintest.Server) {
				c := android(t, sim.Transport())
				defer c.Transport.(interface{ CloseIdleConnections() }).CloseIdleConnections()
				c.Table.Roads = []string{road}
				s, err := c.SignIn(t.Context(), "ana@example.org", "ana-pass-1")
				if err != nil {
					t.Fatal(err)
				}
				code, _ := sim.Code("ana@example.org")
				if err := s.Answer(t.Context(), code); err != nil || !s.Done() {
					t.Fatal(s, err)
				}
				if p, err := c.Profile(t.Context(), s.Tokens()); err != nil || p.FullName != "Ana" {
					t.Error(p.FullName, err)
				}
			})
		})
	}
}

func TestTheAndroidHandshakeRefusesAStrangersCertificate(t *testing.T) {
	inSimulation(t, func(t *testing.T, sim *garmintest.Server) {
		plain := sim.Transport().(*http.Transport)
		plain.TLSClientConfig = &tls.Config{RootCAs: x509.NewCertPool(), MinVersion: tls.VersionTLS12}
		_, err := android(t, plain).SignIn(t.Context(), "ana@example.org", "ana-pass-1")
		var bad *tls.CertificateVerificationError
		if garmin.KindOf(err) != garmin.Network || !errors.As(err, &bad) {
			t.Error(err)
		}
	})
}

// greetings is a listener's certificate, and the hellos that came.
type greetings struct {
	config *tls.Config
	roots  *x509.CertPool
	heard  []*tls.ClientHelloInfo
}

func newGreetings(t *testing.T, hosts ...string) *greetings {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cert := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: hosts[0]}, DNSNames: hosts, IsCA: true,
		BasicConstraintsValid: true, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	g := &greetings{roots: x509.NewCertPool()}
	if cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	g.roots.AddCert(cert)
	g.config = &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}},
		GetConfigForClient: func(h *tls.ClientHelloInfo) (*tls.Config, error) { g.heard = append(g.heard, h); return nil, nil }}
	return g
}

// hello asks a host for a page and returns how the client greeted it.
func hello(t *testing.T, table *garmin.SignInTable, host string) (*tls.ClientHelloInfo, error) {
	t.Helper()
	g := newGreetings(t, "sso.garmin.com", "connectapi.garmin.com")
	plain := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: g.roots, MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: true, DisableKeepAlives: true}
	var served chan struct{}
	plain.DialContext = func(context.Context, string, string) (net.Conn, error) {
		here, there := net.Pipe()
		served = make(chan struct{})
		go func() {
			defer close(served)
			defer func() { _ = there.Close() }()
			_ = tls.Server(there, g.config).HandshakeContext(t.Context())
		}()
		return here, nil
	}
	over, err := table.Over(plain)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://"+host+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := over.RoundTrip(req)
	if err == nil {
		_ = res.Body.Close()
	}
	<-served
	if len(g.heard) != 1 {
		t.Fatalf("%d greetings", len(g.heard))
	}
	return g.heard[0], err
}

func TestOnlySignInHostsSeeTheAndroidHandshake(t *testing.T) {
	table, err := garmin.ParseSignIn([]byte(`transport = "android"`))
	if err != nil {
		t.Fatal(err)
	}
	usual, _ := hello(t, nil, "sso.garmin.com")
	if !slices.Contains(usual.SupportedProtos, "h2") {
		t.Errorf("net/http is not the default: it offers %q", usual.SupportedProtos)
	}
	other, _ := hello(t, table, "connectapi.garmin.com")
	if !slices.Equal(other.CipherSuites, usual.CipherSuites) || !slices.Equal(other.SupportedProtos, usual.SupportedProtos) {
		t.Error("a data host sees another greeting than usual")
	}
	own, _ := hello(t, table, "sso.garmin.com")
	want := []uint16{
		tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
		tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
		tls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, tls.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, tls.TLS_RSA_WITH_AES_128_GCM_SHA256,
		tls.TLS_RSA_WITH_AES_256_GCM_SHA384, tls.TLS_RSA_WITH_AES_128_CBC_SHA, tls.TLS_RSA_WITH_AES_256_CBC_SHA,
	}
	if len(own.SupportedProtos) != 0 || !slices.Equal(own.CipherSuites, want) || own.ServerName != "sso.garmin.com" {
		t.Errorf("the sign-in host sees %q, %x for %q", own.SupportedProtos, own.CipherSuites, own.ServerName)
	}
}

// The certificate of sso.garmin.com is none of sso.garmin.cn.
func TestTheAndroidHandshakeVerifiesTheName(t *testing.T) {
	table, err := garmin.ParseSignIn([]byte(`transport = "android"`))
	if err != nil {
		t.Fatal(err)
	}
	_, err = hello(t, table, "sso.garmin.cn")
	var name x509.HostnameError
	if !errors.As(err, &name) {
		t.Errorf("got %v, want another name", err)
	}
}

func TestTransportsOfATable(t *testing.T) {
	if _, err := garmin.ParseSignIn([]byte(`transport = "chrome"`)); err == nil {
		t.Error("an unknown transport was taken")
	}
	table, err := garmin.ParseSignIn([]byte(`transport = "android"`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := table.Over(http.NewFileTransport(nil)); err == nil {
		t.Error("a transport that does not dial was taken")
	}
	if over, err := table.Over(nil); over == nil || err != nil {
		t.Error(over, err)
	}
}
