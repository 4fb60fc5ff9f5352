// Package garmintest is a Garmin Connect server in this process: sign-in with
// codes, tickets, tokens, activities of a seeded world, original files, limits
// and outages. The real client dials it over TLS. It follows what is known of
// the real service, not what a client would like, and refuses what the real
// service refuses; what is not known stands in Assumptions. It never talks to
// the real service.
package garmintest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/rs/zerolog"
)

// The names under which the service is reached; Host decides which part
// answers.
const (
	hostSSO     = "sso.garmin.com"
	hostAuth    = "diauth.garmin.com"
	hostAPI     = "connectapi.garmin.com"
	hostMobile  = "mobile.integration.garmin.com"
	hostConnect = "connect.garmin.com"
)

// Hosts returns the names under which the service is reached: the world's and
// China's.
func Hosts() []string {
	names := []string{hostSSO, hostAuth, hostAPI, hostMobile, hostConnect}
	for _, name := range names[:5] {
		names = append(names, inChina(name))
	}
	return names
}

// inChina is the name of a host or an address in China.
func inChina(world string) string { return strings.Replace(world, ".garmin.com", ".garmin.cn", 1) }

// here is a host's name or an address as a region's.
func here(world string, china bool) string {
	if china {
		return inChina(world)
	}
	return world
}

// Options are what a server is made of.
type Options struct {
	Seed  int64            // decides trainings, codes, tickets and tokens
	Now   func() time.Time // the service's clock
	Start time.Time        // the world's start: training goes back a year from it; zero means Now at New
	Log   zerolog.Logger
	Rules *Assumptions // nil means DefaultAssumptions

	Authority *Authority // signs the server's certificate; nil means one of its own

	// OnCode hears of each code that is sent; may be nil. It must not call
	// the server.
	OnCode func(email, code string)
}

// Server is a Garmin Connect in this process. Close ends it.
type Server struct {
	opts  Options
	rules Assumptions
	pki   *pki
	http  *http.Server

	mu       sync.Mutex // guards all below; never held while waiting
	members  map[string]*member
	order    []*member
	sessions map[string]*session
	visits   int // pages, for their names
	tickets  map[string]ticket
	access   map[string]*grant
	refresh  map[string]*grant
	ids      map[int64]*workout
	profiles map[int64]bool // profile ids in use
	issued   []Issued
	noted    map[Issued]bool // what stands in issued
	trouble  trouble         // everyone's

	pipe       *pipeListener
	transports []*http.Transport
	closed     bool
	serving    sync.WaitGroup
	conns      sync.WaitGroup
}

// New prepares a server and makes its certificates; it serves nothing yet.
func New(o Options) (*Server, error) {
	if o.Now == nil {
		return nil, errors.New("garmintest: no clock")
	}
	if o.Start.IsZero() {
		o.Start = o.Now()
	}
	p, err := newPKI(o.Authority)
	if err != nil {
		return nil, err
	}
	s := &Server{opts: o, rules: DefaultAssumptions(), pki: p,
		members: map[string]*member{}, sessions: map[string]*session{}, tickets: map[string]ticket{},
		access: map[string]*grant{}, refresh: map[string]*grant{}, ids: map[int64]*workout{}, profiles: map[int64]bool{}, noted: map[Issued]bool{}}
	if o.Rules != nil {
		s.rules = *o.Rules
	}
	s.http = &http.Server{Handler: s, ConnState: s.count, ErrorLog: log.New(silent{}, "", 0), ReadHeaderTimeout: 30 * time.Second,
		IdleTimeout: 2 * time.Minute, TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){}}
	return s, nil
}

// silent drops what net/http logs: handshakes of clients that went away.
type silent struct{}

func (silent) Write(p []byte) (int, error) { return len(p), nil }

// count follows connections, so that Close can wait for them.
func (s *Server) count(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		s.conns.Add(1)
	case http.StateClosed, http.StateHijacked:
		s.conns.Done()
	}
}

// Serve answers on a listener, over TLS, until Close. It closes the listener.
func (s *Server) Serve(l net.Listener) error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		_ = l.Close()
		return net.ErrClosed
	}
	s.serving.Add(1)
	s.mu.Unlock()
	defer s.serving.Done()
	err := s.http.Serve(tls.NewListener(l, s.pki.server(s.opts.Now)))
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Transport returns what the real client is given: it dials this server
// through a pipe in memory, with TLS inside and the server's CA trusted,
// whatever host it is asked for. Idle connections end with Close.
func (s *Server) Transport() http.RoundTripper {
	s.mu.Lock()
	if s.pipe == nil && !s.closed {
		s.pipe = newPipeListener()
		s.serving.Go(func() {
			_ = s.http.Serve(tls.NewListener(s.pipe, s.pki.server(s.opts.Now)))
		})
	}
	pipe := s.pipe
	s.mu.Unlock()
	roots := x509.NewCertPool()
	roots.AddCert(s.pki.root)
	t := &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			if pipe == nil {
				return nil, net.ErrClosed
			}
			return pipe.dial(ctx)
		},
		TLSClientConfig:     &tls.Config{RootCAs: roots, Time: s.opts.Now, MinVersion: tls.VersionTLS12},
		TLSNextProto:        map[string]func(string, *tls.Conn) http.RoundTripper{},
		TLSHandshakeTimeout: 10 * time.Second,
		IdleConnTimeout:     time.Minute,
	}
	s.mu.Lock()
	s.transports = append(s.transports, t)
	s.mu.Unlock()
	return t
}

// CA returns the certificate to trust, PEM.
func (s *Server) CA() []byte { return s.pki.pem }

// Close ends all connections and waits for everything that the server
// started.
func (s *Server) Close() error {
	s.mu.Lock()
	s.closed = true
	transports := s.transports
	s.mu.Unlock()
	_ = s.http.Close()
	s.serving.Wait()
	_ = s.http.Close() // connections that were accepted during the first
	for _, t := range transports {
		t.CloseIdleConnections()
	}
	s.conns.Wait()
	return nil
}

// now is the service's time, to the millisecond and in UTC.
func (s *Server) now() time.Time { return s.opts.Now().UTC().Truncate(time.Millisecond) }
