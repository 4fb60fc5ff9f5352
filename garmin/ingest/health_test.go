package ingest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/rs/zerolog"

	"clubrun/garmin"
	"clubrun/garmin/account"
	"clubrun/garmin/garmintest"
	"clubrun/garmin/ingest"
	"clubrun/store"
	"clubrun/store/storetest"
)

// healthPaths are the addresses of the metrics.
func healthPaths() map[store.HealthMetric]string {
	return map[store.HealthMetric]string{
		store.Steps: "/stats/steps/daily/", store.RestingHR: "/userstats-service/", store.Sleep: "/stats/sleep/daily/", store.HRV: "/hrv-service/",
		store.BodyBattery: "/bodyBattery/reports/", store.VO2Max: "/maxmet/", store.Intensity: "/stats/im/daily/",
	}
}

// line is the wire between the client and Garmin: it notes what health was
// asked for, and answers in Garmin's place where a test wants that.
type line struct {
	http.RoundTripper
	now    func() time.Time
	mu     sync.Mutex
	asked  map[store.HealthMetric][]asking
	answer func(m store.HealthMetric) (status int, body string) // status 0: Garmin answers
	hangs  bool                                                 // nobody answers
}

type asking struct {
	at  time.Time
	url string
}

func (l *line) RoundTrip(q *http.Request) (*http.Response, error) {
	for m, path := range healthPaths() {
		if !strings.Contains(q.URL.Path, path) {
			continue
		}
		l.mu.Lock()
		l.asked[m] = append(l.asked[m], asking{l.now(), q.URL.String()})
		answer, hangs := l.answer, l.hangs
		l.mu.Unlock()
		if hangs {
			<-q.Context().Done()
			return nil, q.Context().Err()
		}
		if answer == nil {
			break
		}
		if status, body := answer(m); status != 0 {
			return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: q}, nil
		}
	}
	return l.RoundTripper.RoundTrip(q)
}

func (l *line) times(m store.HealthMetric) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.asked[m])
}

// tapped puts a line into the world, and figures of health into its engine.
func (w *world) tapped() *line {
	l := &line{RoundTripper: w.Transport(), now: w.now, asked: map[store.HealthMetric][]asking{}}
	w.restarted(l)
	return l
}

// restarted is a keeper and an engine that remember nothing.
func (w *world) restarted(l *line) {
	w.keeper = &account.Keeper{Garmin: &garmin.Client{Transport: l, Now: w.now}, Store: w.db, Now: w.now, Log: zerolog.Nop()}
	w.engine = &ingest.Engine{Source: w.keeper, Vitals: w.keeper, Probe: w.keeper.News, Store: w.db, Now: w.now, Backfill: 60, Log: zerolog.Nop()}
}

func (w *world) agree(t *testing.T, a store.Athlete, on bool) {
	t.Helper()
	if err := w.db.SetHealth(t.Context(), storetest.Actor(a), a.ID, on, store.Reply{}); err != nil {
		t.Fatal(err)
	}
}

// days returns the days of each metric that is kept of an athlete.
func (w *world) days(t *testing.T, a store.Athlete) map[store.HealthMetric][]store.Day {
	t.Helper()
	all, err := w.db.Health(t.Context(), a.ID, store.Span{Start: 0, End: 40_000})
	if err != nil {
		t.Fatal(err)
	}
	days := map[store.HealthMetric][]store.Day{}
	for _, h := range all {
		days[h.Metric] = append(days[h.Metric], h.Day)
	}
	return days
}

func TestHealthIsReadOfWhoAgreedAlone(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.tapped()
		ana, ben := w.member(t, "ana", garmintest.Runner), w.member(t, "ben", garmintest.Runner)
		w.sync(t, ana)
		if n := w.Counts("ana@example.org").Days; n > 0 {
			t.Errorf("%d questions before the yes", n)
		}
		w.agree(t, ana, true)
		tally := w.sync(t, ana)
		w.sync(t, ben)
		if n := w.Counts("ben@example.org").Days; n > 0 || len(w.days(t, ben)) > 0 {
			t.Errorf("%d questions without a yes, kept %v", n, w.days(t, ben))
		}
		days := w.days(t, ana)
		today := store.DayOf(w.now().UTC())
		for _, m := range []store.HealthMetric{store.Steps, store.RestingHR, store.Sleep, store.Intensity, store.VO2Max} {
			if len(days[m]) == 0 || m != store.VO2Max && len(days[m]) < 15 || days[m][0] < today-26 || days[m][len(days[m])-1] > today {
				t.Errorf("%s is kept of %v", m, days[m])
			}
		}
		if tally.Health < 20 || tally.Health > 28 {
			t.Errorf("%d days were read", tally.Health)
		}
		if n := w.Counts("ana@example.org").Days; n != 7 {
			t.Errorf("%d questions for four weeks, want one for each metric", n)
		}
	})
}

// What is kept of Garmin's record is the figure and its day: no sample, no
// time, nothing that was not told of in the question.
func TestARawRecordOfHealthHoldsNothingElse(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.tapped()
		ana := w.member(t, "ana", garmintest.Runner)
		w.agree(t, ana, true)
		w.sync(t, ana)
		known := []string{"calendarDate", "date", "totalSteps", "value", "values", "totalSleepTimeInSeconds", "lastNightAvg", "bodyBatteryValuesArray",
			"generic", "cycling", "vo2MaxPreciseValue", "vo2MaxValue", "moderateValue", "vigorousValue"}
		for m, days := range w.days(t, ana) {
			for _, day := range days {
				raw, err := w.db.Raw(t.Context(), ana.ID, "garmin", store.HealthKind(m), day.String())
				if err != nil {
					t.Fatal(err)
				}
				if strings.Count(string(raw.Body), ",") > 3 || len(raw.Body) > 120 || !strings.Contains(string(raw.Body), day.String()) {
					t.Errorf("%s of %s is %s", m, day, raw.Body)
				}
				d := json.NewDecoder(bytes.NewReader(raw.Body))
				for {
					token, err := d.Token()
					if err != nil {
						break
					}
					if word, ok := token.(string); ok && word != day.String() && !slices.Contains(known, word) {
						t.Errorf("%s keeps %q: %s", m, word, raw.Body)
					}
				}
			}
		}
	})
}

func TestNoMetricIsAskedForTwiceInFiveMinutes(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		l := w.tapped()
		ana := w.member(t, "ana", garmintest.Runner)
		w.agree(t, ana, true)
		for i := range 40 {
			switch {
			case i%3 == 1:
				w.restarted(l)
			case i%7 == 2: // neither does it help to switch off and on
				w.agree(t, ana, false)
				w.agree(t, ana, true)
			}
			w.sync(t, ana)
			time.Sleep(50 * time.Second)
		}
		for m, asked := range l.asked {
			for i := range asked[1:] {
				if gap := asked[i+1].at.Sub(asked[i].at); gap < 5*time.Minute {
					t.Errorf("%s is asked for again after %v", m, gap)
				}
			}
			if len(asked) < 5 {
				t.Errorf("%s is asked for %d times in half an hour and more", m, len(asked))
			}
		}
	})
}

// A question that was cut off by a kill counts as asked, too.
func TestAKillInAQuestionAsksNoSooner(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		l := w.tapped()
		ana := w.member(t, "ana", garmintest.Runner)
		w.agree(t, ana, true)
		l.hangs = true
		if _, err := w.engine.Some(t.Context(), []int64{ana.ID}, time.Minute); err != nil {
			t.Fatal(err)
		}
		if n := l.times(store.Steps); n > 0 {
			t.Errorf("before a digest, health was asked for %d times", n)
		}
		if _, err := w.engine.All(t.Context()); err == nil {
			t.Error("a sync that was cut off is whole")
		}
		l.hangs = false
		w.restarted(l)
		w.sync(t, ana)
		if n := l.times(store.Steps); n != 1 {
			t.Errorf("asked for %d times within five minutes", n)
		}
		if len(w.all(t, ana)) == 0 {
			t.Error("health cost the activities")
		}
		time.Sleep(5 * time.Minute)
		w.sync(t, ana)
		if n := len(w.days(t, ana)[store.Steps]); n == 0 {
			t.Error("it was not asked for again")
		}
	})
}

func TestAMetricThatFailsStopsNoOther(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		l := w.tapped()
		ana := w.member(t, "ana", garmintest.Runner)
		w.agree(t, ana, true)
		l.answer = func(m store.HealthMetric) (int, string) {
			switch m {
			case store.Steps:
				return 401, "{}"
			case store.RestingHR:
				return 503, "<html>"
			case store.Sleep:
				return 200, `{"individualStats":[{"calendarDate":"2026-09-08","val`
			case store.HRV:
				return 403, "<html>"
			}
			return 0, ""
		}
		for range 5 {
			w.sync(t, ana)
			time.Sleep(6 * time.Minute)
		}
		days := w.days(t, ana)
		if len(days[store.Steps])+len(days[store.RestingHR])+len(days[store.Sleep])+len(days[store.HRV]) > 0 || len(days[store.Intensity]) == 0 || len(days[store.VO2Max]) == 0 {
			t.Errorf("kept are %v", days)
		}
		acc, err := w.db.Account(t.Context(), ana.ID, "garmin")
		if err != nil || acc.State != store.AccountHealthy || w.keeper.Standing().Data.Open || w.Counts("ana@example.org").Refreshes > 0 {
			t.Errorf("the account is %s, garmin %+v, %v", acc.State, w.keeper.Standing().Data, err)
		}
		if len(w.all(t, ana)) == 0 {
			t.Error("health cost the activities")
		}
		if n := l.times(store.Steps); n != 5 {
			t.Errorf("what failed is asked for %d times in five syncs", n)
		}
		l.answer = nil
		w.sync(t, ana)
		if days := w.days(t, ana); len(days[store.Steps]) < 15 || len(days[store.Sleep]) < 15 {
			t.Errorf("when all is well again, kept are %v", days)
		}
	})
}

// Garmin's limiter is obeyed whatever was asked for.
func TestALimitOnHealthIsALimit(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		l := w.tapped()
		ana := w.member(t, "ana", garmintest.Runner)
		w.agree(t, ana, true)
		l.answer = func(store.HealthMetric) (int, string) { return 429, "" }
		_, _ = w.engine.Sync(t.Context(), ana.ID)
		asked := 0
		for m := range healthPaths() {
			asked += l.times(m)
		}
		acc, err := w.db.Account(t.Context(), ana.ID, "garmin")
		if asked != 1 || acc.State != store.AccountCooling || err != nil || len(w.all(t, ana)) == 0 {
			t.Errorf("asked %d times, account %s, %d activities, %v", asked, acc.State, len(w.all(t, ana)), err)
		}
	})
}

// A device that cannot tell something is asked about it once a week; one that
// was not worn for some days, as before.
func TestWhatADeviceCannotTellIsAskedForWeekly(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		l := w.tapped()
		ana := w.member(t, "ana", garmintest.Runner)
		w.agree(t, ana, true)
		l.answer = func(m store.HealthMetric) (int, string) {
			switch m {
			case store.HRV:
				return 404, "{}"
			case store.BodyBattery:
				return 200, `[{"date":"` + store.DayOf(w.now()).String() + `","bodyBatteryValuesArray":[]}]`
			}
			return 0, ""
		}
		w.sync(t, ana)
		l.answer = func(m store.HealthMetric) (int, string) {
			if m == store.Steps || m == store.HRV || m == store.BodyBattery {
				return 204, ""
			}
			return 0, ""
		}
		for range 7*4 - 1 {
			time.Sleep(6 * time.Hour)
			w.restarted(l)
			w.sync(t, ana)
		}
		if hrv, battery, steps := l.times(store.HRV), l.times(store.BodyBattery), l.times(store.Steps); hrv != 1 || battery != 1 || steps != 28 {
			t.Errorf("in a week, hrv is asked for %d times, body battery %d, steps %d", hrv, battery, steps)
		}
		l.answer = nil // a new watch
		time.Sleep(6*time.Hour + time.Minute)
		w.sync(t, ana)
		if n := l.times(store.HRV); n != 2 {
			t.Errorf("after a week, hrv was asked for %d times", n)
		}
	})
}

func TestMissedDaysAreReadLater(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		l := w.tapped()
		ana := w.member(t, "ana", garmintest.Runner)
		w.agree(t, ana, true)
		w.sync(t, ana)
		first := store.DayOf(w.now().UTC())
		for _, away := range []store.Day{1, 10, 27} {
			before := store.DayOf(w.now().UTC())
			time.Sleep(time.Duration(away) * 24 * time.Hour)
			w.sync(t, ana)
			today := store.DayOf(w.now().UTC())
			asked := l.asked[store.Steps]
			from := max(before-3, today-26)
			if want := from.String() + "/" + (today + 1).String(); !strings.HasSuffix(asked[len(asked)-1].url, want) {
				t.Errorf("after %d days, asked for %s, want %s", away, asked[len(asked)-1].url, want)
			}
		}
		if days := w.days(t, ana)[store.Steps]; days[0] > first-20 {
			t.Errorf("what was read before is gone: %v", days)
		}
	})
}

// While no device has uploaded anything, the figures stand as they are.
func TestWithoutAnUploadNothingIsAskedFor(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		l := w.tapped()
		ana := w.member(t, "ana", garmintest.Runner)
		w.agree(t, ana, true)
		w.sync(t, ana)
		last := func() int { return l.times(store.Steps) }
		syncs, before := 0, last()
		for range 24 * 4 {
			time.Sleep(15 * time.Minute)
			if _, err := w.engine.All(t.Context()); err != nil {
				t.Fatal(err)
			}
			syncs++
		}
		if n := last() - before; n == 0 || n > syncs/2 {
			t.Errorf("in a day of %d syncs, steps were asked for %d times", syncs, n)
		}
	})
}

func TestSwitchedOffWhileItIsReadNothingStays(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		l := w.tapped()
		ana := w.member(t, "ana", garmintest.Runner)
		w.agree(t, ana, true)
		l.answer = func(m store.HealthMetric) (int, string) {
			if m == store.Sleep {
				w.agree(t, ana, false)
			}
			return 0, ""
		}
		w.sync(t, ana)
		if days := w.days(t, ana); len(days) > 0 || l.times(store.HRV) > 0 {
			t.Errorf("kept are %v, and hrv was asked for %d times", days, l.times(store.HRV))
		}
	})
}

// Days are those of the athlete's own clock: ahead of UTC, behind it, and on
// the days of 23 and 25 hours.
func TestDaysAreTheAthletesOwn(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		l := w.tapped()
		people := map[string]string{"kiri": "Pacific/Kiritimati", "pago": "Pacific/Pago_Pago", "lis": "Europe/Lisbon"}
		athletes := map[string]store.Athlete{}
		// 25 October 2026 has 25 hours in Lisbon.
		time.Sleep(time.Date(2026, time.October, 26, 12, 30, 0, 0, time.UTC).Sub(w.now()))
		for name, zone := range people {
			z, err := time.LoadLocation(zone)
			if err != nil {
				t.Fatal(err)
			}
			email := name + "@example.org"
			err = w.Add(garmintest.Member{Name: name, Email: email, Password: name + "-pass-1", Zone: z, Training: garmintest.Training{Archetype: garmintest.Runner}})
			if err != nil {
				t.Fatal(err)
			}
			a := storetest.Athlete(t, w.db, name)
			if _, err := w.keeper.Begin(t.Context(), a.ID, email, name+"-pass-1"); err != nil {
				t.Fatal(err)
			}
			if _, err := w.keeper.Link(t.Context(), storetest.Actor(a), a.ID, store.Reply{}); err != nil {
				t.Fatal(err)
			}
			w.agree(t, a, true)
			athletes[name] = a
		}
		for name, a := range athletes {
			w.restarted(l)
			w.sync(t, a)
			z, _ := time.LoadLocation(people[name])
			today := store.DayOf(w.now().In(z))
			steps := w.days(t, a)[store.Steps]
			if len(steps) == 0 || steps[len(steps)-1] != today && steps[len(steps)-1] != today-1 || steps[0] < today-28 {
				t.Errorf("%s, where it is %s, has steps of %v", name, today, steps)
			}
			for i := range steps[1:] {
				if steps[i+1] <= steps[i] {
					t.Errorf("%s has a day twice: %v", name, steps)
				}
			}
			if !slices.Contains(steps, store.Date(2026, time.October, 25)) {
				t.Errorf("%s has no steps of the long day: %v", name, steps)
			}
		}
	})
}
