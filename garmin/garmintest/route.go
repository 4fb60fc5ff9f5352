package garmintest

import (
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
)

// maxBody bounds what a client can send, bytes.
const maxBody = 1 << 20

// ServeHTTP answers as the host that is asked. What is decided is decided
// under the lock; waiting and writing happen after it.
func (s *Server) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, q.Body, maxBody))
	if err != nil {
		s.write(w, q, page(http.StatusRequestEntityTooLarge, "413 Request Entity Too Large"))
		return
	}
	if !wait(q, s.slowness(q, body)) {
		panic(http.ErrAbortHandler) // no answer at all, not an empty one, for who hung up
	}
	r := s.decide(q, body)
	s.opts.Log.Debug().Str("host", q.Host).Str("method", q.Method).Str("path", q.URL.Path).Int("status", r.status).Msg("garmin answered")
	s.write(w, q, r)
}

// wait holds an answer back; false when the client went away meanwhile.
func wait(q *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-q.Context().Done():
		return false
	}
}

func (s *Server) decide(q *http.Request, body []byte) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	if rest, ok := strings.CutPrefix(q.URL.Path, "/_sim/"); ok {
		return s.sim(q, rest, body)
	}
	switch strings.Replace(asked(q), ".garmin.cn", ".garmin.com", 1) {
	case hostSSO:
		return s.sso(q, body)
	case hostAuth:
		return s.auth(q, body)
	case hostAPI:
		return s.api(q)
	}
	return notFoundPage()
}

// asked is the host that answers: the one that the request names or, where
// that is none of ours, the one that the TLS handshake named.
func asked(q *http.Request) string {
	host := strings.ToLower(q.Host)
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if q.TLS == nil || slices.Contains(Hosts(), host) {
		return host
	}
	return strings.ToLower(q.TLS.ServerName)
}

// chinese says whether one of China's hosts is asked, which know only China's
// accounts.
func chinese(q *http.Request) bool { return strings.HasSuffix(asked(q), ".garmin.cn") }

// account finds the account of an address at the hosts that are asked.
func (s *Server) account(q *http.Request, email string) *member {
	if m := s.members[mailKey(email)]; m != nil && m.China == chinese(q) {
		return m
	}
	return nil
}

// firewalled says whether the firewall turns the client away for how it calls
// itself: the sign-in host takes browsers, the others also Garmin's apps.
func (s *Server) firewalled(q *http.Request, apps bool) bool {
	if !s.rules.AgentsOnly {
		return false
	}
	agent := q.UserAgent()
	app := strings.HasPrefix(agent, "GCM-") || strings.HasPrefix(agent, "com.garmin.android")
	return !strings.HasPrefix(agent, "Mozilla/5.0 (") && !(apps && app)
}

// foreign says whether the app's own headers are wanted and missing.
func (s *Server) foreign(q *http.Request) bool {
	return s.rules.NativeHeaders && (q.Header.Get("X-Garmin-User-Agent") == "" || q.Header.Get("X-Garmin-Client-Platform") == "")
}

// blocked is the firewall's page.
func blocked() reply {
	return page(http.StatusForbidden, "Just a moment...").with("Cf-Mitigated", "challenge")
}
