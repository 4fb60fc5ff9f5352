package house

import (
	"context"
	"errors"
	"fmt"
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
)

// Every class has an answer to each question that a failure asks.
func TestEachClassDecidesEverything(t *testing.T) {
	m := newMeters("test")
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
		if !m.syncs.Has("result", c.Name) {
			t.Errorf("no metric counts %s", c.Name)
		}
	}
	for _, class := range append(garmin.Classes(), "") {
		if !m.calls.Has("call", string(garmin.CallProbe), "class", LabelOf(class)) {
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
	m := newMeters("test")
	m.onDigest(schedule.Posted, 2*time.Minute)
	m.onDigest(schedule.Posted, lateAfter+time.Second)
	m.onDigest(schedule.Missed, 40*time.Hour)
	for result, want := range map[string]float64{"posted": 1, lateDigest: 1, "missed": 1, "skipped": 0} {
		if got := m.digests.Value("result", result); got != want {
			t.Errorf("%s: %v, want %v", result, got, want)
		}
	}
}
