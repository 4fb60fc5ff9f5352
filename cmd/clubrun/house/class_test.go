package house

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"clubrun/bot/schedule"
	"clubrun/digest/locale"
	"clubrun/garmin"
	"clubrun/garmin/account"
	"clubrun/garmin/ingest"
	"clubrun/store"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
)

// Every class has an answer to each question that a failure asks.
func TestEachClassDecidesEverything(t *testing.T) {
	m := newMeters()
	syncs, calls := seriesOf(t, m.syncs), seriesOf(t, m.calls)
	seen := map[string]bool{}
	for _, c := range AllClasses() {
		if c.Name == "" || seen[c.Name] || c.Words == "" || ClassWords(c.Name) != c.Words {
			t.Errorf("%+v", c)
		}
		seen[c.Name] = true
		if g := garmin.Class(c.Name); c.Name != unfinished && c.Name != internal && g.Retry() != c.Retry {
			t.Errorf("%s: retry %t", c.Name, c.Retry)
		}
		for _, lang := range locale.Languages() {
			key := "bot.refused." + string(c.Told)
			if text := locale.For(lang, store.Kilometres).Say(key, "time", "12:00"); text == "" || strings.Contains(text, key) {
				t.Errorf("%s: nothing to say in %s", c.Name, lang)
			}
		}
		if f := (store.Failures{c.Name: 2}); store.ParseFailures(f.String())[c.Name] != 2 {
			t.Errorf("%s is lost in a job run", c.Name)
		}
		if _, counted := syncs[c.Name]; !counted {
			t.Errorf("no metric counts %s", c.Name)
		}
	}
	for _, class := range append(garmin.Classes(), "") {
		if _, counted := calls[string(garmin.CallProbe)+" "+LabelOf(class)]; !counted {
			t.Errorf("no metric counts calls that end with %q", class)
		}
	}
}

func TestTheErrorOfASyncIsCountedByClass(t *testing.T) {
	limited := &garmin.Error{Kind: garmin.RateLimited}
	failed, other := Failed(errors.Join(
		&ingest.Failure{Athlete: 1, Err: fmt.Errorf("list: %w", account.ErrSignedOut)},
		&ingest.Failure{Athlete: 2, Err: errors.Join(fmt.Errorf("list: %w", account.ErrCooling), limited)},
		&ingest.Failure{Athlete: 3, Err: fmt.Errorf("list: %w", &garmin.Error{Kind: garmin.Blocked})},
		&ingest.Failure{Athlete: 4, Err: fmt.Errorf("list: %w", account.ErrUsedUp)},
		&ingest.Failure{Athlete: 5, Err: context.DeadlineExceeded},
		&ingest.Failure{Athlete: 6, Err: errors.New("database is locked")},
		&ingest.Failure{Athlete: 7, Err: &garmin.Error{Kind: garmin.Network, Err: context.DeadlineExceeded}},
		context.Canceled,
	))
	want := store.Failures{"authentication": 1, "rate_limit": 2, "service": 1, "unfinished": 1, "internal": 1, "network": 1}
	if diff := cmp.Diff(want, failed); diff != "" || !errors.Is(other, context.Canceled) {
		t.Errorf("%s %v", diff, other)
	}
	lost := errors.New("sync: database is locked")
	if failed, other := Failed(lost); failed != nil || !errors.Is(other, lost) {
		t.Errorf("%v and %v", failed, other)
	}
	if ClassOf(nil) != fine {
		t.Error(ClassOf(nil))
	}
}

// seriesOf returns what a collector counts, by the values of its labels.
func seriesOf(t *testing.T, c prometheus.Collector) map[string]float64 {
	t.Helper()
	r := prometheus.NewPedanticRegistry()
	r.MustRegister(c)
	families, err := r.Gather()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			var labels []string
			for _, l := range m.GetLabel() {
				labels = append(labels, l.GetValue())
			}
			all[strings.Join(labels, " ")] = m.GetCounter().GetValue() + m.GetGauge().GetValue()
		}
	}
	return all
}

func nonzero(all map[string]float64) map[string]float64 {
	maps.DeleteFunc(all, func(_ string, n float64) bool { return n == 0 })
	return all
}

func TestALabelThatIsNoneOfTheListedIsOther(t *testing.T) {
	c := counted("asked_total", "Asked.", label{"call", []string{"list", "probe"}}, label{"class", []string{"ok", "bad"}})
	for _, name := range []string{"Ana", "+351910000001", "ana@example.org", ""} {
		c.WithLabelValues("list", name).Inc()
		c.WithLabelValues(name, name).Inc()
	}
	want := map[string]float64{"list ok": 0, "list bad": 0, "probe ok": 0, "probe bad": 0, "list other": 4, "other other": 4}
	if diff := cmp.Diff(want, seriesOf(t, c)); diff != "" {
		t.Error(diff)
	}
}

// said is an error of a sender, which says of itself what it means.
type said struct{ permanent, doubt, limited bool }

func (said) Error() string     { return "not sent" }
func (s said) Permanent() bool { return s.permanent }
func (s said) InDoubt() bool   { return s.doubt }
func (s said) Limited() bool   { return s.limited }

func TestAttemptsToSendAreCountedByWhatTheySay(t *testing.T) {
	for err, want := range map[error]string{
		nil: sent, said{}: later, said{permanent: true}: dead, said{doubt: true}: doubt, said{limited: true}: limited, errors.New("closed"): later,
	} {
		if got := fateOf(err); got != want {
			t.Errorf("%v: %s, want %s", err, got, want)
		}
	}
}

func TestADigestThatComesLateIsCountedAsLate(t *testing.T) {
	m := newMeters()
	m.onDigest(schedule.Posted, 2*time.Minute)
	m.onDigest(schedule.Posted, lateAfter+time.Second)
	m.onDigest(schedule.Missed, 40*time.Hour)
	if diff := cmp.Diff(map[string]float64{"posted": 1, lateDigest: 1, "missed": 1}, nonzero(seriesOf(t, m.digests))); diff != "" {
		t.Error(diff)
	}
}
