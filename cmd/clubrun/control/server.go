package control

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/rs/zerolog"
)

// crowd is how many commands are heard at one time; others wait their turn.
const crowd = 16

// Server hears commands.
type Server struct {
	Handle Handler
	Log    zerolog.Logger
}

// Run hears the listener's clients until ctx ends. It returns when the last
// of them has its answer; the listener is then closed.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	stop := context.AfterFunc(ctx, func() { _ = l.Close() })
	defer stop()
	var clients sync.WaitGroup
	defer clients.Wait()
	defer func() { _ = l.Close() }() // waits for the closing that ctx began
	seats := make(chan struct{}, crowd)
	for {
		conn, err := l.Accept()
		if ctx.Err() != nil {
			if err == nil {
				_ = conn.Close()
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("control socket: %w", err)
		}
		if err := samePerson(conn); err != nil {
			s.Log.Warn().Err(err).Msg("command refused")
			_ = conn.Close()
			continue
		}
		select {
		case seats <- struct{}{}:
		case <-ctx.Done():
			_ = conn.Close()
			return nil
		}
		clients.Go(func() {
			defer func() { <-seats }()
			s.Serve(ctx, conn)
		})
	}
}

// Serve hears one client, answers it and closes the connection.
func (s *Server) Serve(ctx context.Context, conn net.Conn) {
	defer func() { _ = conn.Close() }()
	if err := s.serve(ctx, conn); err != nil && ctx.Err() == nil {
		s.Log.Debug().Err(err).Msg("command not answered")
	}
}

func (s *Server) serve(ctx context.Context, conn net.Conn) error {
	r := bufio.NewReader(conn)
	words, err := hear(ctx, conn, r)
	if err != nil {
		return err
	}
	if err := writeLine(conn, frame{}); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	replies, gone := make(chan reply), make(chan struct{})
	go func() {
		defer close(gone)
		defer cancel()
		hearReplies(ctx, r, replies)
	}()
	outcome := s.guarded(ctx, words, wire{conn, replies})
	cancel() // a client has nothing more to say
	err = writeLine(conn, frame{Outcome: &outcome})
	err = errors.Join(err, conn.Close())
	<-gone
	return err
}

// hear reads the request. The end of ctx ends the wait for it.
func hear(ctx context.Context, conn net.Conn, r *bufio.Reader) ([]string, error) {
	if err := conn.SetReadDeadline(time.Now().Add(readLimit)); err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.SetReadDeadline(time.Now()) })
	defer stop()
	line, err := readLine(r, requestLimit)
	if err != nil {
		return nil, fmt.Errorf("request: %w", err)
	}
	var q request
	if err := json.Unmarshal(line, &q); err != nil {
		return nil, fmt.Errorf("request: %w", err)
	}
	if !stop() {
		return nil, ctx.Err()
	}
	return q.Words, conn.SetReadDeadline(time.Time{})
}

// guarded runs a command; its panic ends the command and nothing else.
func (s *Server) guarded(ctx context.Context, words []string, out Out) (o Outcome) {
	defer func() {
		if p := recover(); p != nil {
			s.Log.Error().Interface("panic", p).Msg("command broke")
			o = Outcome{Code: 1, Error: fmt.Sprintf("the command broke: %v", p)}
		}
	}()
	return s.Handle(ctx, words, out)
}
