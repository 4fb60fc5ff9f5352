package dashboard

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/http"
	"strings"

	"clubrun/store"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/rs/zerolog"
)

// Metrics are the figures that a Prometheus server collects at /metrics. There
// is no such page without a token.
type Metrics struct {
	Token store.Secret         // who asks has to show it
	From  *prometheus.Registry // its collectors end by themselves; it also gets the page's own count of faults
}

// handler tells the figures to who shows the token. What cannot be read is
// logged, counted and left out; the rest is told, and nothing of the error.
// Those who ask at the same time are told the same.
func (m *Metrics) handler(log zerolog.Logger) http.Handler {
	page := promhttp.HandlerFor(m.From, promhttp.HandlerOpts{
		ErrorLog: faults{log}, ErrorHandling: promhttp.ContinueOnError, Registry: m.From, CoalesceGather: true,
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !m.admits(r) {
			w.Header().Set("WWW-Authenticate", `Bearer realm="metrics"`)
			say(w, http.StatusUnauthorized, "token")
			return
		}
		page.ServeHTTP(w, r)
	})
}

// admits compares in a time that tells nothing of the token.
func (m *Metrics) admits(r *http.Request) bool {
	shown, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	a, b := sha256.Sum256([]byte(shown)), sha256.Sum256([]byte(m.Token.Reveal()))
	return ok && subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// faults logs what keeps figures from being read.
type faults struct{ log zerolog.Logger }

// Println logs a warning.
func (f faults) Println(words ...any) {
	f.log.Warn().Str("problem", strings.TrimSpace(fmt.Sprintln(words...))).Msg("metrics not readable")
}
