package garmin

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"

	utls "github.com/refraction-networking/utls"
)

// Whose TLS handshake the sign-in hosts see.
const (
	plainTransport   = "plain"
	androidTransport = "android"
)

// Over returns how a client with this table sends its requests, over a
// transport that dials and trusts as it always does. Nil stands for the
// built-in table, and for http.DefaultTransport.
func (t *SignInTable) Over(plain http.RoundTripper) (http.RoundTripper, error) {
	if t == nil || t.Transport != androidTransport {
		return plain, nil
	}
	if plain == nil {
		plain = http.DefaultTransport
	}
	base, ok := plain.(*http.Transport)
	if !ok {
		return nil, errors.New("the android handshake needs a transport of net/http below it")
	}
	return newHandshake(base), nil
}

// handshake sends what goes to the sign-in hosts over connections of its own,
// which greet as an app on Android 11 does. That greeting offers no protocol but
// HTTP/1.1. What goes elsewhere takes the plain transport.
type handshake struct {
	plain *http.Transport
	door  *http.Transport // to the sign-in hosts
	dial  func(ctx context.Context, network, address string) (net.Conn, error)
}

func newHandshake(plain *http.Transport) *handshake {
	h := &handshake{plain: plain, door: plain.Clone(), dial: plain.DialContext}
	if h.dial == nil {
		h.dial = (&net.Dialer{}).DialContext
	}
	h.door.DialTLSContext = h.greet
	h.door.ForceAttemptHTTP2 = false
	h.door.TLSNextProto = map[string]func(string, *tls.Conn) http.RoundTripper{}
	return h
}

// RoundTrip sends one request.
func (h *handshake) RoundTrip(req *http.Request) (*http.Response, error) {
	switch req.URL.Host {
	case World.hosts().sso, China.hosts().sso:
		return h.door.RoundTrip(req)
	}
	return h.plain.RoundTrip(req)
}

// CloseIdleConnections closes what waits for another request.
func (h *handshake) CloseIdleConnections() {
	h.door.CloseIdleConnections()
	h.plain.CloseIdleConnections()
}

// greet dials a host and shakes hands. Its certificate must be valid for that
// host, under the roots of the plain transport.
func (h *handshake) greet(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	raw, err := h.dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	if limit := h.plain.TLSHandshakeTimeout; limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	config := &utls.Config{ServerName: host, MinVersion: utls.VersionTLS12}
	if trust := h.plain.TLSClientConfig; trust != nil {
		config.RootCAs, config.Time = trust.RootCAs, trust.Time
	}
	conn := utls.UClient(raw, config, utls.HelloAndroid_11_OkHttp)
	if err := conn.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(asOurs(err), raw.Close())
	}
	return conn, nil
}

// asOurs returns a refused certificate as crypto/tls would tell it.
func asOurs(err error) error {
	var bad *utls.CertificateVerificationError
	if errors.As(err, &bad) {
		return &tls.CertificateVerificationError{UnverifiedCertificates: bad.UnverifiedCertificates, Err: bad.Err}
	}
	return err
}
