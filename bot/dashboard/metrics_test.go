package dashboard

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"clubrun/store"

	"github.com/rs/zerolog"
)

func collected(t *testing.T, m *Metrics, authorization string) *httptest.ResponseRecorder {
	t.Helper()
	s := &Server{Device: device("online"), Database: &shelf{}, Metrics: m, Now: time.Now, Log: zerolog.Nop()}
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil)
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	s.Handler().ServeHTTP(w, r)
	return w
}

func TestNobodyReadsMetricsWithoutTheToken(t *testing.T) {
	const token = store.Secret("0123456789abcdef")
	for _, c := range []struct {
		metrics       *Metrics
		authorization string
		status        int
	}{
		{nil, "Bearer 0123456789abcdef", 404},
		{&Metrics{}, "Bearer ", 404},
		{&Metrics{Token: token}, "", 401},
		{&Metrics{Token: token}, "Bearer 0123456789abcdeF", 401},
		{&Metrics{Token: token}, "Basic 0123456789abcdef", 401},
		{&Metrics{Token: token}, "0123456789abcdef", 401},
		{&Metrics{Token: token}, "Bearer 0123456789abcdef", 200},
	} {
		if got := collected(t, c.metrics, c.authorization); got.Code != c.status {
			t.Errorf("%v with %q: status %d, want %d", c.metrics != nil, c.authorization, got.Code, c.status)
		}
	}
}

func TestMetricsAreWrittenAsPrometheusReadsThem(t *testing.T) {
	asked := NewCounter("asked_total", "Asked \\ with\na break.", Label{"kind", []string{"list", `"x"`}}, Label{"class", []string{"ok", "bad"}})
	asked.Add(2, "kind", "list", "class", "ok")
	asked.Add(1.5, "kind", `"x"`, "class", "bad")
	asked.Add(1, "kind", "ana@example.org", "class", "ok")
	plain := NewGauge("oldest_seconds", "Oldest.")
	took := NewHistogram("took_seconds", "Took.", []float64{0.5, 1}, Label{"kind", []string{"list"}})
	for _, v := range []float64{0.5, 0.7, 3} {
		took.Observe(v, "kind", "list")
	}
	took.Observe(1, "kind", "ana")
	m := &Metrics{Token: "0123456789abcdef", All: []Metric{asked, plain, took}, Refresh: func(context.Context) error {
		plain.SetTime(time.UnixMilli(1_500))
		return nil
	}}
	got := collected(t, m, "Bearer 0123456789abcdef")
	const want = `# HELP asked_total Asked \\ with\na break.
# TYPE asked_total counter
asked_total{kind="list",class="ok"} 2
asked_total{kind="list",class="bad"} 0
asked_total{kind="\"x\"",class="ok"} 0
asked_total{kind="\"x\"",class="bad"} 1.5
# HELP oldest_seconds Oldest.
# TYPE oldest_seconds gauge
oldest_seconds 1.5
# HELP took_seconds Took.
# TYPE took_seconds histogram
took_seconds_bucket{kind="list",le="0.5"} 1
took_seconds_bucket{kind="list",le="1"} 2
took_seconds_bucket{kind="list",le="+Inf"} 3
took_seconds_sum{kind="list"} 4.2
took_seconds_count{kind="list"} 3
`
	if got.Body.String() != want {
		t.Errorf("got\n%s", got.Body)
	}
	if kind := got.Header().Get("Content-Type"); kind != "text/plain; version=0.0.4; charset=utf-8" {
		t.Errorf("content type %q", kind)
	}
}

func TestMetricsThatCannotBeReadSayNoMore(t *testing.T) {
	m := &Metrics{Token: "0123456789abcdef", Refresh: func(context.Context) error { return errors.New("disk of +351910000001") }}
	if got := collected(t, m, "Bearer 0123456789abcdef"); got.Code != http.StatusServiceUnavailable || got.Body.String() != "database\n" {
		t.Errorf("%d %q", got.Code, got.Body)
	}
}

func TestTheProcessTellsOfItself(t *testing.T) {
	text := collected(t, &Metrics{Token: "0123456789abcdef", All: []Metric{Process(time.Unix(1000, 0))}}, "Bearer 0123456789abcdef").Body.String()
	for _, zero := range []string{"go_goroutines 0\n", "process_resident_memory_bytes 0\n", "process_open_fds 0\n", "go_memory_heap_bytes 0\n"} {
		if strings.Contains(text, zero) {
			t.Errorf("%s in\n%s", zero, text)
		}
	}
	if !strings.Contains(text, "process_start_time_seconds 1000\n") {
		t.Error(text)
	}
}
