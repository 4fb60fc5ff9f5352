// Package dashboard is the web server of the running bot. At present it tells
// whether the bot is alive and whether it can work, hands its figures to who
// shows a token, and has the pages on which a member signs in, or fetches an
// archive that a chat does not take. It never shows a secret, a name or a phone
// number to somebody without a token of their own, it calls nobody, and it
// changes nothing but a probe row in the database.
package dashboard

import (
	"context"
	"errors"
	"fmt"
	stdlog "log"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/rs/zerolog"
)

// Device is the bot's linked device.
type Device interface {
	// State returns "online", or one word for what is missing.
	State() string
}

// Database is what the bot keeps its rows in.
type Database interface {
	Readable(ctx context.Context) error
	Writable(ctx context.Context) error
}

// Server serves what the web sees of the bot.
type Server struct {
	Listener net.Listener
	Device   Device
	Database Database
	// Space returns how many bytes of the disk are free, of how many; nil where
	// nobody asks.
	Space    func() (free, all float64, err error)
	SignIns  SignIns        // nil where members sign in elsewhere
	Archives Archives       // nil where nobody fetches any
	Proxies  []netip.Prefix // whose word on https counts, beside this machine's
	Metrics  *Metrics       // nil where there is no such page
	Now      func() time.Time
	Log      zerolog.Logger
}

// The limits within which a visitor is served.
const (
	headerTime = 5 * time.Second
	readTime   = 15 * time.Second
	writeTime  = time.Minute
	idleTime   = 2 * time.Minute
	headerSize = 16 << 10 // bytes
	bodySize   = 1 << 20  // bytes
	visitors   = 64       // connections at once
	farewell   = 2 * time.Second
)

// Run serves until ctx ends, and returns nil then. Requests that are being
// answered may finish within two seconds.
func (s *Server) Run(ctx context.Context) error {
	web := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime,
		IdleTimeout: idleTime, MaxHeaderBytes: headerSize, ErrorLog: stdlog.New(s.Log, "", 0),
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	served := make(chan error, 1)
	go func() { served <- web.Serve(atMost(visitors, s.Listener)) }()
	select {
	case err := <-served:
		return fmt.Errorf("web server: %w", err)
	case <-ctx.Done():
	}
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	if err := web.Shutdown(limit); err != nil {
		_ = web.Close() // whoever has not finished by now is cut off
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("web server: %w", err)
	}
	return nil
}

// Handler knows every address there is.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.Handle("GET /readyz", &readiness{Server: s, turn: make(chan struct{}, 1)})
	if s.Metrics != nil && s.Metrics.Token != "" {
		mux.Handle("GET /metrics", s.Metrics.handler(s.Log))
	}
	pages, own := newSheet(s), http.NewCrossOriginProtection()
	if s.SignIns != nil {
		in := &signIn{pages}
		mux.HandleFunc("GET /l/{token}", in.open)
		mux.Handle("POST /l/{token}", own.Handler(http.HandlerFunc(in.take)))
	}
	if s.Archives != nil {
		archives := newFetch(pages)
		mux.HandleFunc("GET /d/{token}", archives.open)
		mux.Handle("POST /d/{token}", own.Handler(http.HandlerFunc(archives.give)))
	}
	return http.MaxBytesHandler(s.traced(guarded(mux)), bodySize)
}

// guarded gives every answer the headers by which a browser runs nothing,
// frames nothing, guesses nothing and keeps nothing.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		next.ServeHTTP(w, r)
	})
}
