package publish_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"clubrun/digest"
	"clubrun/digest/gather"
	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"

	"github.com/google/go-cmp/cmp"
)

// past is a year and a half of very different workouts of four members: with
// streaks, bests, races, pauses, what was done together, and ways to work that
// one of them hides.
func past(t *testing.T, db *sqlite.DB, g store.Group, begin time.Time, days int) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	var members []store.Athlete
	for _, name := range []string{"ana", "ben", "caro", "dev"} {
		members = append(members, storetest.Member(t, db, g, name))
	}
	prefs := store.Prefs{Hidden: store.NewClasses(store.ClassCommute)}
	if err := db.SetPrefs(t.Context(), storetest.Actor(members[1]), members[1].ID, prefs, store.Reply{}); err != nil {
		t.Fatal(err)
	}
	for i, m := range members {
		var kept []store.Kept
		for day := range days {
			if r.IntN(7) > 3 && i != 0 || day%97 < 9 {
				continue
			}
			start := begin.AddDate(0, 0, day).Add(time.Duration(r.IntN(600)) * time.Minute)
			km := 3 + r.Float64()*float64(9+i*4)
			took := time.Duration(km*(280+r.Float64()*120)) * time.Second
			a := store.Activity{
				Athlete: m.ID, Source: "garmin", External: fmt.Sprint(day), Name: []string{"Morning run", "Commute", "Zur Arbeit"}[r.IntN(3)], Sport: store.Run, Type: "running",
				Start: start, Local: start, Elapsed: took, Timer: took, Moving: took, Distance: km * 1000, Climb: r.Float64() * 300, Calories: 400, AvgHR: 130 + r.Float64()*30, MaxHR: 185,
				Moderate: r.IntN(40), Vigorous: r.IntN(30), Race: r.IntN(60) == 0, Private: r.IntN(40) == 0, Known: start, Synced: start,
				Metrics: store.Metrics{Splits: map[string]float64{"1000": 240 + r.Float64()*60, "5000": 1300 + r.Float64()*300}, Device: "watch", Load: 90},
			}
			if r.IntN(9) == 0 {
				a.Metrics.Zones, a.Moderate, a.Vigorous = [5]float64{100, 200, 900, 700, 90}, 0, 0
			}
			kept = append(kept, store.Kept{Raw: store.Raw{Athlete: m.ID, Source: "garmin", Kind: "list", External: a.External, Hash: "h", Body: []byte("{}"), Fetched: start}, Activities: []store.Activity{a}})
		}
		if _, err := db.KeepAll(t.Context(), kept); err != nil {
			t.Fatal(err)
		}
	}
	for _, day := range []int{60, 200, 400} {
		from := store.DayOf(begin) + store.Day(day)
		if err := db.Pause(t.Context(), storetest.Actor(members[2]), members[2].ID, store.Span{Start: from, End: from + 14}, store.Reply{}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFiguresAreTheSameAfterWhatIsOldHasGone(t *testing.T) {
	begin := time.Date(2025, 1, 6, 6, 0, 0, 0, time.UTC)
	const days = 560
	now := begin
	db := storetest.OpenAt(t, filepath.Join(t.TempDir(), "clubrun.db"), func() time.Time { return now })
	g := storetest.Group(t, db, "Tuesday Runners")
	past(t, db, g, begin, days)
	today := store.DayOf(begin) + days
	var spans []store.Span
	for w := range 5 { // the goal of a year and weeks, also long gone ones
		week := store.WeekOf(today, time.Monday)
		spans = append(spans, store.Span{Start: week.Start - store.Day(w*7*12), End: week.End - store.Day(w*7*12)})
	}
	spans = append(spans, store.Span{Start: today - 365, End: today})
	goal := store.Goal{Group: g.ID, Metric: store.ByEffort, Target: 90_000, Span: store.Span{Start: store.DayOf(begin) + 9, End: today + 60}}
	if err := db.SetGoal(t.Context(), store.Actor{}, goal, store.Reply{}); err != nil {
		t.Fatal(err)
	}
	look := func() (all []string) {
		t.Helper()
		for _, metric := range []store.Metric{store.ByEffort, store.ByDistance, store.ByPoints} {
			g.Metric = metric
			for _, span := range spans {
				in, err := gather.Input(t.Context(), db, g, span, now, nil)
				if err != nil {
					t.Fatal(err)
				}
				report := digest.Compute(in)
				text, err := (*render.Templates)(nil).Digest(report, (*locale.Wording)(nil).For("en", store.Kilometres))
				if err != nil {
					t.Fatal(err)
				}
				figures, err := json.Marshal(report)
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, fmt.Sprintf("%v\n%s\n%s", span, text.Body, figures))
			}
		}
		return all
	}
	for _, keep := range []time.Duration{sqlite.Usual, 60 * 24 * time.Hour} {
		now = today.In(time.UTC).Add(12 * time.Hour)
		before := look()
		removed, err := db.Retain(t.Context(), keep, nil)
		if err != nil || len(removed) == 0 {
			t.Fatal(removed, err)
		}
		if diff := cmp.Diff(before, look()); diff != "" {
			t.Errorf("after %v have gone (%v): %s", removed, keep, diff)
		}
	}
}
