package dashboard

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rs/zerolog"
)

// device is a linked device in a state.
type device string

func (d device) State() string { return string(d) }

// shelf is a database that fails as it is told, and counts what was written.
type shelf struct {
	unreadable, unwritable error
	writes                 atomic.Int32
	slow                   time.Duration
}

func (s *shelf) Readable(context.Context) error { return s.unreadable }

func (s *shelf) Writable(ctx context.Context) error {
	s.writes.Add(1)
	select {
	case <-time.After(s.slow):
		return s.unwritable
	case <-ctx.Done():
		return ctx.Err()
	}
}

func ask(h http.Handler, method, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, path, nil))
	return w
}

func TestAnswersSayWhatIsMissing(t *testing.T) {
	broken := errors.New("disk of +351910000001 is full, token abc")
	for _, c := range []struct {
		name   string
		state  string
		shelf  *shelf
		path   string
		status int
		body   string
	}{
		{"well", "online", &shelf{}, "/healthz", 200, "ok\n"},
		{"logged out is healthy", "unpaired", &shelf{}, "/healthz", 200, "ok\n"},
		{"unreadable", "online", &shelf{unreadable: broken}, "/healthz", 503, "database\n"},
		{"ready", "online", &shelf{}, "/readyz", 200, "ready\n"},
		{"unpaired", "unpaired", &shelf{}, "/readyz", 503, "unpaired\n"},
		{"full disk", "online", &shelf{unwritable: broken}, "/readyz", 503, "database\n"},
		{"both", "connecting", &shelf{unwritable: broken}, "/readyz", 503, "connecting\ndatabase\n"},
		{"anything else", "online", &shelf{}, "/", 404, "404 page not found\n"},
		{"below", "online", &shelf{}, "/healthz/x", 404, "404 page not found\n"},
		{"debugger", "online", &shelf{}, "/debug/pprof/", 404, "404 page not found\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &Server{Device: device(c.state), Database: c.shelf, Now: time.Now, Log: zerolog.Nop()}
			got := ask(s.Handler(), http.MethodGet, c.path)
			if got.Code != c.status || got.Body.String() != c.body {
				t.Errorf("%s = %d %q, want %d %q", c.path, got.Code, got.Body, c.status, c.body)
			}
		})
	}
}

func TestANearlyFullDiskIsNotReadyAndHealthy(t *testing.T) {
	for _, c := range []struct {
		free float64
		err  error
		body string
	}{{4.9, nil, "disk\n"}, {5, nil, "ready\n"}, {0, errors.New("no such call"), "ready\n"}} {
		s := &Server{Device: device("online"), Database: &shelf{}, Now: time.Now, Log: zerolog.Nop(),
			Space: func() (free, all float64, err error) { return c.free, 100, c.err }}
		if got := ask(s.Handler(), http.MethodGet, "/readyz").Body.String(); got != c.body {
			t.Errorf("%v free: %q, want %q", c.free, got, c.body)
		}
		if got := ask(s.Handler(), http.MethodGet, "/healthz").Code; got != http.StatusOK {
			t.Errorf("%v free: health %d", c.free, got)
		}
	}
}

func TestNobodyChangesAnythingFromTheWeb(t *testing.T) {
	s := &Server{Device: device("online"), Database: &shelf{}, Now: time.Now, Log: zerolog.Nop()}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		if got := ask(s.Handler(), method, "/readyz"); got.Code != http.StatusMethodNotAllowed {
			t.Errorf("%s = %d", method, got.Code)
		}
	}
}

func TestEveryAnswerForbidsTheBrowserEverything(t *testing.T) {
	s := &Server{Device: device("online"), Database: &shelf{}, Now: time.Now, Log: zerolog.Nop()}
	for _, path := range []string{"/", "/healthz", "/readyz"} {
		h := ask(s.Handler(), http.MethodGet, path).Header()
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
			"Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
		} {
			if !strings.HasPrefix(h.Get(name), want) {
				t.Errorf("%s: %s is %q", path, name, h.Get(name))
			}
		}
	}
}

func TestManyWhoAskWriteOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := &shelf{slow: time.Second}
		s := &Server{Device: device("online"), Database: db, Now: time.Now, Log: zerolog.Nop()}
		h := s.Handler()
		answers := make(chan int, 100)
		for range cap(answers) {
			go func() { answers <- ask(h, http.MethodGet, "/readyz").Code }()
		}
		for range cap(answers) {
			if code := <-answers; code != http.StatusOK {
				t.Errorf("code %d", code)
			}
		}
		if n := db.writes.Load(); n != 1 {
			t.Errorf("%d writes, want 1", n)
		}
		db.unwritable = errors.New("full")
		time.Sleep(probeEvery)
		if code := ask(h, http.MethodGet, "/readyz").Code; code != http.StatusServiceUnavailable {
			t.Errorf("code %d after the disk filled up", code)
		}
	})
}

func TestDatabaseThatHangsIsNotReady(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Server{Device: device("online"), Database: &shelf{slow: time.Hour}, Now: time.Now, Log: zerolog.Nop()}
		start := time.Now()
		if code := ask(s.Handler(), http.MethodGet, "/readyz").Code; code != http.StatusServiceUnavailable {
			t.Errorf("code %d", code)
		}
		if took := time.Since(start); took != probeTime {
			t.Errorf("it took %s", took)
		}
	})
}

// pipes is a listener whose visitors come over pipes.
type pipes struct {
	come chan net.Conn
	gone chan struct{}
}

func newPipes() *pipes { return &pipes{make(chan net.Conn), make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.come:
		return c, nil
	case <-p.gone:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error { close(p.gone); return nil }

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

func (p *pipes) visit() net.Conn {
	here, there := net.Pipe()
	p.come <- there
	return here
}

func TestStopDoesNotWaitForSilentVisitors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		s := &Server{Listener: p, Device: device("online"), Database: &shelf{}, Now: time.Now, Log: zerolog.Nop()}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- s.Run(ctx) }()
		silent := p.visit()
		defer func() { _ = silent.Close() }()
		if _, err := io.WriteString(silent, "GET /heal"); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took > farewell {
			t.Errorf("the stop took %s", took)
		}
	})
}

func TestAfterTheLastSeatVisitorsAreTurnedAwayUntilOneLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		l := atMost(1, p)
		accepted := make(chan net.Conn, 2)
		go func() {
			for c, err := l.Accept(); err == nil; c, err = l.Accept() {
				accepted <- c
			}
		}()
		first := p.visit()
		seat := <-accepted
		second := p.visit()
		if _, err := second.Read(make([]byte, 1)); err != io.EOF {
			t.Errorf("the second visitor was not turned away: %v", err)
		}
		_, _ = seat.Close(), seat.Close() // twice frees one seat
		third := p.visit()
		seat = <-accepted
		fourth := p.visit()
		if _, err := fourth.Read(make([]byte, 1)); err != io.EOF {
			t.Errorf("the fourth visitor was not turned away: %v", err)
		}
		for _, c := range []net.Conn{first, second, third, fourth, seat} {
			_ = c.Close()
		}
		_ = l.Close()
	})
}
