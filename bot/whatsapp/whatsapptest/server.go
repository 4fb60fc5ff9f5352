package whatsapptest

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

// Server is a network that answers other programs on a listener. Beside the
// websocket and the media host it serves /_sim/, over which its people can be
// made to act; Control lists what is there.
type Server struct {
	net  *Network
	http *http.Server

	mu       sync.Mutex // guards personas; never held while one connects
	personas map[*Account]*linking
}

// linking is a persona that is made or being made.
type linking struct {
	done    chan struct{} // closed when it is made
	persona *Persona
	err     error
}

// NewServer makes a server of a network that trusts itself: Network.Trust was
// called. The server closes the network.
func NewServer(n *Network) *Server {
	s := &Server{net: n, personas: map[*Account]*linking{}}
	mux := http.NewServeMux()
	mux.Handle("/_sim/", s.control())
	mux.Handle("/", n.handler())
	s.http = &http.Server{Handler: mux, ReadHeaderTimeout: headerTimeout}
	return s
}

const headerTimeout = 10 * time.Second

// Serve answers on l until Close. Where l is to speak TLS, it is a listener of
// crypto/tls.
func (s *Server) Serve(l net.Listener) error {
	if err := s.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Close ends personas, connections and the network, and waits for all.
func (s *Server) Close() error {
	err := s.http.Close()
	s.mu.Lock()
	all := s.personas
	s.personas = map[*Account]*linking{}
	s.mu.Unlock()
	for _, l := range all {
		<-l.done
		if l.persona != nil {
			l.persona.Close()
		}
	}
	s.net.Close()
	return err
}

// persona returns the person who acts for an account, linked at first use.
func (s *Server) persona(ctx context.Context, a *Account) (*Persona, error) {
	s.mu.Lock()
	l := s.personas[a]
	first := l == nil
	if first {
		l = &linking{done: make(chan struct{})}
		s.personas[a] = l
	}
	s.mu.Unlock()
	if first {
		l.persona, l.err = s.net.Persona(ctx, a)
		close(l.done)
		if l.err != nil {
			s.forget(a, l)
		}
	}
	select {
	case <-l.done:
		return l.persona, l.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// forget lets a persona that could not be made be tried again.
func (s *Server) forget(a *Account, l *linking) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.personas[a] == l {
		delete(s.personas, a)
	}
}
