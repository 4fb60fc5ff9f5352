package dashboard

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"clubrun/store"
)

// Metrics are the figures that a Prometheus server collects at /metrics. There
// is no such page without a token.
type Metrics struct {
	Token   store.Secret                    // who asks has to show it
	All     []Metric                        // in the order in which they are told
	Refresh func(ctx context.Context) error // sets the gauges; may be nil

	turn chan struct{} // holds the one turn to refresh
}

// Metric is a figure, or several that differ in their labels. Which labels
// there are is settled when it is made, so that the number of series never
// grows, and no name or number of a person can become one.
type Metric interface {
	// write appends the metric in Prometheus' text format.
	write(b *bytes.Buffer)
}

// Label is a label with all values that it can have.
type Label struct {
	Name   string
	Values []string
}

// family is what counters and gauges are: numbers by the values of labels.
type family struct {
	name, help, kind string
	series           []string // in order, as they are written

	mu     sync.Mutex
	values map[string]float64
}

func newFamily(name, help, kind string, labels []Label) *family {
	f := &family{name: name, help: help, kind: kind, values: map[string]float64{}}
	f.series = combine(labels)
	return f
}

// combine returns all combinations of the labels' values, as they are written.
func combine(labels []Label) []string {
	all := []string{""}
	for _, l := range labels {
		var next []string
		for _, before := range all {
			for _, v := range l.Values {
				next = append(next, join(before, pair(l.Name, v)))
			}
		}
		all = next
	}
	return all
}

func pair(name, value string) string {
	return name + `="` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(value) + `"`
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "," + b
}

// change sets or adds to the series of the pairs; one that is not there from
// the beginning is left out.
func (f *family) change(series string, to func(float64) float64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if slices.Contains(f.series, series) {
		f.values[series] = to(f.values[series])
	}
}

// Has says whether there is a series of the label pairs.
func (f *family) Has(pairs ...string) bool { return slices.Contains(f.series, pairsOf(pairs)) }

// Value returns the number of the series of the label pairs.
func (f *family) Value(pairs ...string) float64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.values[pairsOf(pairs)]
}

func (f *family) write(b *bytes.Buffer) {
	head(b, f.name, f.help, f.kind)
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.series {
		sample(b, f.name, s, f.values[s])
	}
}

func head(b *bytes.Buffer, name, help, kind string) {
	b.WriteString("# HELP " + name + " " + strings.NewReplacer(`\`, `\\`, "\n", `\n`).Replace(help) + "\n# TYPE " + name + " " + kind + "\n")
}

func sample(b *bytes.Buffer, name, series string, value float64) {
	b.WriteString(name)
	if series != "" {
		b.WriteString("{" + series + "}")
	}
	b.WriteString(" " + strconv.FormatFloat(value, 'g', -1, 64) + "\n")
}

// Counter only grows. Its name ends in _total.
type Counter struct{ *family }

// NewCounter returns a counter of which all series are zero.
func NewCounter(name, help string, labels ...Label) Counter {
	return Counter{newFamily(name, help, "counter", labels)}
}

// Add adds to the series of the label pairs: name, value, name, value, in the
// order in which the labels were made.
func (c Counter) Add(n float64, pairs ...string) {
	c.change(pairsOf(pairs), func(v float64) float64 { return v + n })
}

// Set takes over what somebody else counts.
func (c Counter) Set(n float64, pairs ...string) {
	c.change(pairsOf(pairs), func(float64) float64 { return n })
}

// Gauge goes up and down.
type Gauge struct{ *family }

// NewGauge returns a gauge of which all series are zero.
func NewGauge(name, help string, labels ...Label) Gauge {
	return Gauge{newFamily(name, help, "gauge", labels)}
}

// Set sets the series of the label pairs.
func (g Gauge) Set(n float64, pairs ...string) {
	g.change(pairsOf(pairs), func(float64) float64 { return n })
}

// SetTime sets the series to a moment in seconds since 1970, zero for none.
func (g Gauge) SetTime(at time.Time, pairs ...string) {
	if at.IsZero() {
		g.Set(0, pairs...)
		return
	}
	g.Set(float64(at.UnixMilli())/1000, pairs...)
}

func pairsOf(pairs []string) (series string) {
	for i := 0; i+1 < len(pairs); i += 2 {
		series = join(series, pair(pairs[i], pairs[i+1]))
	}
	return series
}

// Histogram counts values by size.
type Histogram struct {
	name, help string
	bounds     []float64
	series     []string

	mu     sync.Mutex
	counts map[string][]uint64 // one more than bounds
	sums   map[string]float64
}

// NewHistogram returns an empty histogram with these upper bounds, ascending.
func NewHistogram(name, help string, bounds []float64, labels ...Label) *Histogram {
	h := &Histogram{name: name, help: help, bounds: bounds, series: combine(labels), counts: map[string][]uint64{}, sums: map[string]float64{}}
	for _, s := range h.series {
		h.counts[s] = make([]uint64, len(bounds)+1)
	}
	return h
}

// Observe counts a value in the series of the label pairs.
func (h *Histogram) Observe(v float64, pairs ...string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	series := pairsOf(pairs)
	if counts := h.counts[series]; counts != nil {
		at, _ := slices.BinarySearch(h.bounds, v)
		counts[at]++
		h.sums[series] += v
	}
}

func (h *Histogram) write(b *bytes.Buffer) {
	head(b, h.name, h.help, "histogram")
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.series {
		var sum uint64
		for i, n := range h.counts[s] {
			sum += n
			bound := "+Inf"
			if i < len(h.bounds) {
				bound = strconv.FormatFloat(h.bounds[i], 'g', -1, 64)
			}
			sample(b, h.name+"_bucket", join(s, pair("le", bound)), float64(sum))
		}
		sample(b, h.name+"_sum", s, h.sums[s])
		sample(b, h.name+"_count", s, float64(sum))
	}
}

// serve tells the figures to who shows the token.
func (m *Metrics) serve(s *Server) http.HandlerFunc {
	m.turn = make(chan struct{}, 1)
	return func(w http.ResponseWriter, r *http.Request) {
		if !m.admits(r) {
			w.Header().Set("WWW-Authenticate", `Bearer realm="metrics"`)
			say(w, http.StatusUnauthorized, "token")
			return
		}
		text, err := m.text(r.Context())
		if err != nil {
			s.Log.Warn().Ctx(r.Context()).Err(err).Msg("metrics not readable")
			say(w, http.StatusServiceUnavailable, "database")
			return
		}
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		_, _ = w.Write(text)
	}
}

// admits compares in a time that tells nothing of the token.
func (m *Metrics) admits(r *http.Request) bool {
	shown, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	a, b := sha256.Sum256([]byte(shown)), sha256.Sum256([]byte(m.Token.Reveal()))
	return ok && subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// text refreshes and writes the figures, for one visitor at a time.
func (m *Metrics) text(ctx context.Context) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	select {
	case m.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-m.turn }()
	if m.Refresh != nil {
		if err := m.Refresh(ctx); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	for _, one := range m.All {
		one.write(&b)
	}
	return b.Bytes(), nil
}
