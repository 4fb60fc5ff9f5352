package house_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/bot/dashboard"
	"clubrun/store"
	"clubrun/store/storetest"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	"github.com/rs/zerolog"
)

const metricsToken = "0123456789abcdef-metrics"

// scraped returns what Prometheus reads of a house.
func (l *life) scraped() string {
	l.w.t.Helper()
	s := &dashboard.Server{Device: l.WhatsApp, Database: l.DB, Metrics: l.Metrics, Now: time.Now, Log: zerolog.Nop()}
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(l.w.t.Context(), http.MethodGet, "/metrics", nil)
	r.Header.Set("Authorization", "Bearer "+metricsToken)
	s.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		l.w.t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

// series returns the names and labels of the samples, without their values.
func series(text string) (all []string) {
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			all = append(all, line[:strings.LastIndexByte(line, ' ')])
		}
	}
	return all
}

// wordsOf returns all but the values, which may be any number.
func wordsOf(text string) string {
	var words strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			words.WriteString(line)
		}
	}
	return words.String() + strings.Join(series(text), "\n")
}

func TestMetricsDoNotGrowWithMembersAndNameNobody(t *testing.T) {
	if testing.Short() {
		t.Skip("short: 500 members take some seconds")
	}
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.settings.MetricsToken = metricsToken
		l := w.paired()
		before := series(l.scraped())
		g := storetest.Group(t, l.DB, "Canary Club")
		for i := range 500 {
			a, _ := storetest.Linked(t, l.DB, fmt.Sprintf("canary%d", i))
			if i%50 == 0 {
				storetest.Activity(t, l.DB, a.ID, sunday)
			}
		}
		text := l.scraped()
		after := series(text)
		if strings.Join(before, "\n") != strings.Join(after, "\n") {
			t.Errorf("%d series became %d", len(before), len(after))
		}
		for _, canary := range []string{"canary", "Canary", "ana@", "Ana", "Tuesday", string(g.Chat), "35191", "@", metricsToken} {
			if strings.Contains(wordsOf(text), canary) {
				t.Errorf("%q is in\n%s", canary, text)
			}
		}
		for _, want := range []string{
			`clubrun_accounts{state="healthy"} 500`, `clubrun_activities 10`, `clubrun_garmin_breaker_state{gate="data",state="closed"} 1`,
			`clubrun_garmin_breaker_state{gate="data",state="rate_limit"} 0`, `clubrun_garmin_requests_total{call="listing",class="ok"} 0`,
		} {
			if !strings.Contains(text, want+"\n") {
				t.Errorf("no %s in\n%s", want, text)
			}
		}
		t.Logf("%d series", len(after))
		l.end()
	})
}

// What happens moves the counters.
func TestMetricsCountWhatIsDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.settings.MetricsToken = metricsToken
		l := w.paired()
		a := storetest.Athlete(t, l.DB, "Ana")
		if _, err := l.Accounts.Begin(t.Context(), a.ID, "ana@example.org", "ana-pass-1"); err != nil {
			t.Fatal(err)
		}
		if _, err := l.Accounts.Link(t.Context(), storetest.Actor(a), a.ID, store.Reply{}); err != nil {
			t.Fatal(err)
		}
		if _, err := l.Ingest.All(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := w.garmin.Disturb("", "down", ""); err != nil {
			t.Fatal(err)
		}
		_, _ = l.Ingest.Sync(t.Context(), a.ID)
		time.Sleep(time.Minute)
		text := l.scraped()
		for _, want := range []string{
			`clubrun_garmin_requests_total{call="sign_in",class="ok"} 1`, `clubrun_garmin_requests_total{call="listing",class="ok"} 6`,
			`clubrun_garmin_requests_total{call="listing",class="service"} 3`, `clubrun_garmin_request_duration_seconds_count{call="listing"} 9`,
			`clubrun_syncs_total{result="ok"} 1`, `clubrun_syncs_total{result="service"} 1`, `clubrun_accounts{state="healthy"} 1`,
		} {
			if !strings.Contains(text, want+"\n") {
				t.Errorf("no %s in\n%s", want, text)
			}
		}
		for _, zero := range []string{"clubrun_sync_oldest_seconds 0\n", "clubrun_sync_last_success_timestamp_seconds 0\n", "clubrun_activities 0\n",
			`clubrun_garmin_budget_used_requests{period="hour"} 0`, "clubrun_disk_free_bytes 0\n"} {
			if strings.Contains(text, zero) {
				t.Errorf("%s in\n%s", zero, text)
			}
		}
		l.end()
	})
}

var metricName = regexp.MustCompile(`^(clubrun|go|process|promhttp)_[a-z0-9_]*[a-z0-9]$`)

func TestPrometheusLinterFindsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.settings.MetricsToken = metricsToken
		l := w.paired()
		text := l.scraped()
		problems, err := promlint.New(strings.NewReader(text)).Lint()
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			t.Errorf("%s: %s", p.Metric, p.Text)
		}
		for line := range strings.Lines(text) {
			if fields := strings.Fields(line); fields[0] == "#" && !metricName.MatchString(fields[2]) {
				t.Error(line)
			}
		}
		l.end()
	})
}
