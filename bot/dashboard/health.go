package dashboard

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"
)

// healthz says whether the process answers and the database can be read: what
// a restart may mend. A bot that is logged out is healthy.
func (s *Server) healthz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), probeTime)
	defer cancel()
	if err := s.Database.Readable(ctx); err != nil {
		s.Log.Warn().Ctx(ctx).Err(err).Msg("database not readable")
		say(w, http.StatusServiceUnavailable, "database")
		return
	}
	say(w, http.StatusOK, "ok")
}

func say(w http.ResponseWriter, status int, words ...string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, strings.Join(words, "\n")+"\n")
}

// A probe of the database takes at most probeTime; that it can be written is
// tried at most once in probeEvery, however many ask.
const (
	probeTime  = 5 * time.Second
	probeEvery = 10 * time.Second
)

// online is the state of a device that can send and receive.
const online = "online"

// readiness says whether the bot can do its work: what a restart does not
// mend.
type readiness struct {
	*Server
	turn    chan struct{} // holds the one turn to probe; whoever has it owns what follows
	probed  time.Time
	problem error
}

// ServeHTTP answers 200, or 503 with one word a line for what is missing.
func (p *readiness) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var missing []string
	if state := p.Device.State(); state != online {
		missing = append(missing, state)
	}
	if p.probe(r.Context()) != nil {
		missing = append(missing, "database")
	}
	if p.full() {
		missing = append(missing, "disk")
	}
	if len(missing) > 0 {
		say(w, http.StatusServiceUnavailable, missing...)
		return
	}
	say(w, http.StatusOK, "ready")
}

// leastSpace is the share of the disk that has to be free.
const leastSpace = 0.05

// full says whether the disk is nearly full. A disk that does not tell is not.
func (s *Server) full() bool {
	if s.Space == nil {
		return false
	}
	free, all, err := s.Space()
	return err == nil && free < leastSpace*all
}

// probe returns whether the database could be written lately.
func (p *readiness) probe(ctx context.Context) error {
	select {
	case p.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-p.turn }()
	now := p.Now()
	if age := now.Sub(p.probed); age >= 0 && age < probeEvery {
		return p.problem
	}
	// Whoever asked may leave; the answer is for the others, too.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), probeTime)
	defer cancel()
	p.problem = p.Database.Writable(ctx)
	p.probed = now
	if p.problem != nil {
		p.Log.Warn().Ctx(ctx).Err(p.problem).Msg("database not writable")
	}
	return p.problem
}
