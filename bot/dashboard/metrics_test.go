package dashboard

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/store"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"
)

const (
	token  = store.Secret("0123456789abcdef")
	bearer = "Bearer 0123456789abcdef"
)

func pageOf(m *Metrics, log zerolog.Logger) http.Handler {
	s := &Server{Device: device("online"), Database: &shelf{}, Metrics: m, Now: time.Now, Log: log}
	return s.Handler()
}

func collected(t *testing.T, page http.Handler, authorization string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil)
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	page.ServeHTTP(w, r)
	return w
}

// registry returns one with a counter that stands at 2 and what else is given.
func registry(also ...prometheus.Collector) *prometheus.Registry {
	asked := prometheus.NewCounter(prometheus.CounterOpts{Name: "asked_total", Help: "Asked."})
	asked.Add(2)
	r := prometheus.NewRegistry()
	r.MustRegister(append(also, asked)...)
	return r
}

func TestNobodyReadsMetricsWithoutTheToken(t *testing.T) {
	for _, c := range []struct {
		metrics       *Metrics
		authorization string
		status        int
	}{
		{nil, bearer, 404},
		{&Metrics{From: registry()}, "Bearer ", 404},
		{&Metrics{Token: token, From: registry()}, "", 401},
		{&Metrics{Token: token, From: registry()}, "Bearer 0123456789abcdeF", 401},
		{&Metrics{Token: token, From: registry()}, "Basic 0123456789abcdef", 401},
		{&Metrics{Token: token, From: registry()}, "0123456789abcdef", 401},
		{&Metrics{Token: token, From: registry()}, bearer, 200},
	} {
		got := collected(t, pageOf(c.metrics, zerolog.Nop()), c.authorization)
		if got.Code != c.status {
			t.Errorf("%v with %q: status %d, want %d", c.metrics != nil, c.authorization, got.Code, c.status)
		}
		if told := strings.Contains(got.Body.String(), "asked_total 2\n"); told != (c.status == 200) {
			t.Errorf("%q is told %q", c.authorization, got.Body)
		}
		if c.status == 200 && got.Header().Get("Content-Type") != "text/plain; version=0.0.4; charset=utf-8; escaping=underscores" {
			t.Errorf("content type %q", got.Header().Get("Content-Type"))
		}
	}
}

// unread is a collector that cannot read its figure.
type unread struct{ err error }

func (unread) Describe(to chan<- *prometheus.Desc) { to <- lost() }
func (u unread) Collect(to chan<- prometheus.Metric) {
	to <- prometheus.NewInvalidMetric(lost(), u.err)
}

func lost() *prometheus.Desc { return prometheus.NewDesc("lost", "Lost.", nil, nil) }

func TestAMetricThatCannotBeReadIsLeftOutLoggedAndCounted(t *testing.T) {
	alone := prometheus.NewRegistry()
	alone.MustRegister(unread{errors.New("disk of Ana")})
	for _, from := range []*prometheus.Registry{registry(unread{errors.New("disk of Ana")}), alone} {
		var log bytes.Buffer
		page := pageOf(&Metrics{Token: token, From: from}, zerolog.New(&log))
		collected(t, page, bearer)
		got := collected(t, page, bearer)
		text := got.Body.String()
		if got.Code != http.StatusOK || strings.Contains(text, "disk") || strings.Contains(text, "lost") {
			t.Errorf("%d %s", got.Code, text)
		}
		if !strings.Contains(text, `promhttp_metric_handler_errors_total{cause="gathering"} 1`+"\n") {
			t.Errorf("not counted in\n%s", text)
		}
		if strings.Count(log.String(), `"level":"warn"`) != 2 || !strings.Contains(log.String(), "disk of Ana") {
			t.Errorf("log %s", &log)
		}
	}
}

// slow is a collector that takes a second.
type slow struct{ times *atomic.Int64 }

func (slow) Describe(to chan<- *prometheus.Desc) { to <- lost() }
func (s slow) Collect(chan<- prometheus.Metric) {
	time.Sleep(time.Second)
	s.times.Add(1)
}

func TestManyWhoCollectReadOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var times atomic.Int64
		page := pageOf(&Metrics{Token: token, From: registry(slow{&times})}, zerolog.Nop())
		codes := make(chan int, 50)
		for range cap(codes) {
			go func() { codes <- collected(t, page, bearer).Code }()
		}
		for range cap(codes) {
			if code := <-codes; code != http.StatusOK {
				t.Errorf("status %d", code)
			}
		}
		if n := times.Load(); n != 1 {
			t.Errorf("read %d times", n)
		}
	})
}
