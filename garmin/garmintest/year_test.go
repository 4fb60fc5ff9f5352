package garmintest_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"clubrun/garmin"
	"clubrun/garmin/garmintest"
)

// everyone is a member of each archetype and a club of many.
func everyone(t *testing.T) []garmintest.Member {
	t.Helper()
	var all []garmintest.Member
	for _, a := range garmintest.Archetypes() {
		all = append(all, somebody(t, a, "", a))
	}
	for i := range 59 {
		all = append(all, somebody(t, fmt.Sprintf("club%02d", i), "", ""))
	}
	return all
}

func TestEveryoneButTheComebackTrainedThisWeek(t *testing.T) {
	members := everyone(t)
	inWorld(t, func(t *testing.T, w *world) {
		kinds := map[string]bool{}
		for _, m := range members {
			name := strings.TrimSuffix(m.Email, "@example.org")
			tokens := w.signIn(t, name)
			rows := w.list(t, tokens, garmin.Query{Limit: 50, From: "2026-09-07"})
			if got, want := len(rows) > 0, m.Training.Archetype != garmintest.Comeback; got != want {
				t.Errorf("%s: %d workouts before Wednesday noon", name, len(rows))
			}
			for _, r := range rows {
				kinds[r.Type.Key] = true
			}
			n, err := w.client.Count(t.Context(), tokens)
			if err != nil || n < 40 || n > 500 {
				t.Errorf("%s: %d workouts in a year, %v", name, n, err)
			}
		}
		if len(kinds) < 12 {
			t.Errorf("only %d kinds of workout: %v", len(kinds), kinds)
		}
	}, members...)
}

func TestTheComebackIsBackThisMonthAfterABreak(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tokens := w.signIn(t, "gus")
		if n := len(w.list(t, tokens, garmin.Query{From: "2026-09-01"})); n < 2 {
			t.Errorf("%d workouts this month", n)
		}
		if n := len(w.list(t, tokens, garmin.Query{From: "2026-05-01", To: "2026-08-31"})); n != 0 {
			t.Errorf("%d workouts during the break", n)
		}
		if n := len(w.list(t, tokens, garmin.Query{To: "2026-04-30", Limit: 500})); n < 40 {
			t.Errorf("%d workouts before the break", n)
		}
		time.Sleep(4*24*time.Hour + 6*time.Hour)
		tokens = w.signIn(t, "gus")
		if n := len(w.list(t, tokens, garmin.Query{From: "2026-09-07"})); n < 2 {
			t.Errorf("%d workouts by Sunday evening", n)
		}
	}, somebody(t, "gus", "", garmintest.Comeback))
}

// year lists a member's year and a week more as text.
func year(t *testing.T, members ...garmintest.Member) string {
	t.Helper()
	var out string
	inWorld(t, func(t *testing.T, w *world) {
		time.Sleep(7 * 24 * time.Hour)
		raw, err := w.client.Activities(t.Context(), w.signIn(t, "ana"), garmin.Query{Limit: garmin.MaxPage})
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.MarshalIndent(raw, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		out = string(b)
	}, members...)
	return out
}

func TestAYearFollowsFromSeedAndAddress(t *testing.T) {
	ana, ben := somebody(t, "ana", "", ""), somebody(t, "ben", "", "")
	alone, second := year(t, ana), year(t, ben, ana)
	if diff := cmp.Diff(alone, second); diff != "" {
		t.Errorf("another company changes the year:\n%s", diff)
	}
	other := ana
	other.Email, other.Training = "ANA@example.org", garmintest.Training{Archetype: garmintest.Club}
	if year(t, other) != alone {
		t.Error("the spelling of the address changes the year")
	}
}

func TestTwoDevicesRecordOneRide(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		pairs := 0
		rows := w.list(t, w.signIn(t, "ana"), garmin.Query{Limit: garmin.MaxPage})
		for i := 1; i < len(rows); i++ {
			a, b := rows[i-1], rows[i]
			if near(float64(a.Begin), float64(b.Begin), 5*60*1000) && a.Type == b.Type {
				pairs++
				if a.Device == b.Device || a.ID == b.ID || !near(a.Distance, b.Distance, .01*a.Distance) {
					t.Errorf("not a pair: %+v %+v", a, b)
				}
			}
		}
		if pairs < 40 {
			t.Errorf("%d pairs in a year", pairs)
		}
	}, somebody(t, "ana", "", garmintest.TwoDevices))
}

func TestPrivateRacingAndTyped(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		time.Sleep(5 * 24 * time.Hour)
		share := func(name string, is func(row) bool) float64 {
			rows, n := w.list(t, w.signIn(t, name), garmin.Query{Limit: garmin.MaxPage}), 0.0
			for _, r := range rows {
				if is(r) {
					n++
				}
			}
			return n / float64(len(rows))
		}
		if got := share("private", func(r row) bool { return r.Privacy.Key == "private" }); got < .25 || got > .75 {
			t.Errorf("%.2f private", got)
		}
		if got := share("racer", func(r row) bool { return r.Event.Key == "race" }); got < .02 || got > .15 {
			t.Errorf("%.2f races", got)
		}
		if got := share("beginner", func(r row) bool { return r.Manual && r.AvgHR == 0 && !r.Polyline }); got == 0 {
			t.Error("nothing typed")
		}
		if got := share("gym", func(r row) bool { return r.Type.Key == "strength_training" && r.Distance == 0 }); got < .4 {
			t.Errorf("%.2f strength", got)
		}
		race := w.list(t, w.signIn(t, "racer"), garmin.Query{From: "2026-09-13", To: "2026-09-13"})
		if len(race) != 1 || race[0].Event.Key != "race" {
			t.Errorf("Sunday's race: %+v", race)
		}
	}, somebody(t, "private", "", garmintest.Private), somebody(t, "racer", "", garmintest.Racer),
		somebody(t, "beginner", "", garmintest.Beginner), somebody(t, "gym", "", garmintest.Gym))
}
