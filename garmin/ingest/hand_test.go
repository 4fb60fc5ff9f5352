package ingest_test

import (
	"errors"
	"testing"
	"time"

	"clubrun/garmin/ingest"
	"clubrun/store"
	"clubrun/store/storetest"
)

func entry(id, kind string, start time.Time, minutes int, metres float64) store.Activity {
	return store.Activity{
		External: id, Sport: store.Run, Type: kind, Start: start, Local: start, Elapsed: time.Duration(minutes) * time.Minute, Distance: metres,
	}
}

func (w *world) typed(t *testing.T, a store.Athlete, e store.Activity) store.Handed {
	t.Helper()
	done, err := w.engine.HandTyped(t.Context(), store.Actor{Athlete: a.ID, Message: "M" + e.External}, e)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// listed makes Garmin's list tell a run that begins at a time.
func listed(w *world, t *testing.T, a store.Athlete, id string, start time.Time, minutes int, metres float64) {
	t.Helper()
	r := store.Activity{
		Athlete: a.ID, Source: "garmin", External: id, Sport: store.Run, Type: "running", Start: start, Local: start,
		Elapsed: time.Duration(minutes) * time.Minute, Distance: metres, AvgHR: 150,
	}
	change := store.Change{Athlete: a.ID, Sources: []string{"garmin", "typed", "file"}, Kept: []store.Kept{{
		Raw: store.Raw{Athlete: a.ID, Source: "garmin", Kind: "list", External: id, Hash: id}, Activities: []store.Activity{r},
	}}}
	if _, err := w.db.Reconcile(t.Context(), change, ingest.Merge); err != nil {
		t.Fatal(err)
	}
}

func TestWhatWasTypedAndIsListedLaterIsOneWorkout(t *testing.T) {
	noon := time.Date(2026, 9, 8, 12, 0, 0, 0, time.UTC)
	evening := noon.Add(6 * time.Hour)
	for name, c := range map[string]struct {
		typed store.Activity
		one   bool
	}{
		"its time of day was not typed":      {entry("1", store.TypedDay, noon, 28, 5000), true},
		"its distance was not typed":         {entry("1", store.TypedDay, noon, 28, 0), true},
		"it was rounded":                     {entry("1", store.TypedDay, noon, 30, 5300), true},
		"it was typed half an hour off":      {entry("1", store.TypedClock, evening.Add(-30*time.Minute), 28, 5000), true},
		"it was typed for another time":      {entry("1", store.TypedClock, noon, 28, 5000), false},
		"it was typed for the day before":    {entry("1", store.TypedDay, noon.AddDate(0, 0, -1), 28, 5000), false},
		"it was twice as far":                {entry("1", store.TypedDay, noon, 56, 10000), false},
		"it was another sport on that day":   {func() store.Activity { a := entry("1", store.TypedDay, noon, 28, 5000); a.Sport = store.Ride; return a }(), false},
		"it lasted much longer, it was told": {entry("1", store.TypedDay, noon, 60, 0), false},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, func(t *testing.T, w *world) {
				a := storetest.Athlete(t, w.db, "ana")
				w.typed(t, a, c.typed)
				listed(w, t, a, "77", evening, 28, 5030)
				acts := w.all(t, a)
				if one := len(acts) == 1; one != c.one {
					t.Fatalf("%d activities: %+v", len(acts), acts)
				}
				if c.one && (acts[0].Manual || !acts[0].Start.Equal(evening) || acts[0].Distance != 5030) {
					t.Errorf("%+v", acts[0])
				}
			})
		})
	}
}

func TestTwoEntriesOfADayFindTheirOwnRuns(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ana")
		noon := time.Date(2026, 9, 8, 12, 0, 0, 0, time.UTC)
		w.typed(t, a, entry("1", store.TypedDay, noon, 28, 5000))
		if done := w.typed(t, a, entry("2", store.TypedDay, noon, 28, 5000)); done.New != 1 || len(done.Shown) != 1 {
			t.Errorf("%+v", done)
		}
		listed(w, t, a, "77", noon.Add(-5*time.Hour), 28, 5030)
		listed(w, t, a, "78", noon.Add(5*time.Hour), 29, 5010)
		if acts := w.all(t, a); len(acts) != 2 || acts[0].Manual || acts[1].Manual {
			t.Errorf("%+v", acts)
		}
	})
}

func TestToHandTheSameInAgainForItsMessageSaysTheSame(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ana")
		start := w.now().Add(-26 * time.Hour)
		by := store.Actor{Athlete: a.ID, Message: "MFILE"}
		for range 2 {
			done, err := w.engine.HandFile(t.Context(), by, "run.tcx", tcx("Running", start), time.UTC)
			if err != nil || done.New != 1 || done.Again || len(done.Shown) != 1 || done.Shown[0].Manual {
				t.Fatalf("%+v, %v", done, err)
			}
		}
		by.Message = "MOTHER"
		done, err := w.engine.HandFile(t.Context(), by, "run.tcx", tcx("Running", start), time.UTC)
		if err != nil || !done.Again || len(done.Shown) != 1 {
			t.Errorf("%+v, %v", done, err)
		}
		for range 2 {
			if done := w.typed(t, a, entry("1", store.TypedDay, start.AddDate(0, 0, -3), 28, 5000)); done.New != 1 {
				t.Errorf("%+v", done)
			}
		}
		if acts := w.all(t, a); len(acts) != 2 {
			t.Errorf("%+v", acts)
		}
	})
}

func TestWhatCannotBeReadIsRefusedWithItsReason(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ana")
		by := store.Actor{Athlete: a.ID, Message: "M1"}
		for name, c := range map[string]struct {
			data string
			want store.Refused
		}{
			"a.bin": {"hello", store.RefusedFormat},
			"b.gpx": {`<gpx><rte><rtept lat="1" lon="2"/></rte></gpx>`, store.RefusedEmpty},
			"c.gpx": {`<gpx><trk><tr`, store.RefusedDamaged},
			"d.tcx": {string(tcx("Running", w.now().Add(72*time.Hour))), store.RefusedFuture},
		} {
			done, err := w.engine.HandFile(t.Context(), by, name, []byte(c.data), time.UTC)
			if err != nil || done.Refused != c.want || len(done.Shown) != 0 {
				t.Errorf("%s: %+v, %v", name, done, err)
			}
		}
		if acts := w.all(t, a); len(acts) != 0 {
			t.Errorf("%+v", acts)
		}
	})
}

// TestExactlyWhatWasHandedInIsTakenBack: a file that merged goes out of its
// activity, an entry of its own goes, and each can be handed in again.
func TestExactlyWhatWasHandedInIsTakenBack(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ana")
		prefs := a.Prefs
		prefs.Files = true
		if err := w.db.SetPrefs(t.Context(), storetest.Actor(a), a.ID, prefs, store.Reply{}); err != nil {
			t.Fatal(err)
		}
		start := w.now().Add(-26 * time.Hour).Truncate(time.Second)
		file := tcx("Running", start)
		by := store.Actor{Athlete: a.ID, Message: "MFILE"}
		if _, err := w.engine.HandFile(t.Context(), by, "run.tcx", file, time.UTC); err != nil {
			t.Fatal(err)
		}
		alone := w.all(t, a)[0]
		listed(w, t, a, "77", start, int(alone.Elapsed.Minutes()), alone.Distance)
		before := w.all(t, a)
		if len(before) != 1 || before[0].Source != "garmin" || len(w.onDisk(t)) != 1 {
			t.Fatalf("%+v %v", before, w.onDisk(t))
		}
		back := func(want int) error {
			t.Helper()
			return w.engine.TakeBack(t.Context(), by, w.now().Add(-time.Hour), func(gone []store.Activity) store.Reply {
				if len(gone) != want {
					t.Errorf("%+v", gone)
				}
				return store.Reply{}
			})
		}
		if err := back(1); err != nil {
			t.Fatal(err)
		}
		if acts := w.all(t, a); len(acts) != 1 || acts[0].External != "77" || len(w.onDisk(t)) != 0 {
			t.Errorf("%+v %v", acts, w.onDisk(t))
		}
		if err := back(1); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%v", err)
		}
		if done, err := w.engine.HandFile(t.Context(), by, "run.tcx", file, time.UTC); err != nil || done.Known != 1 || done.Again {
			t.Errorf("%+v, %v", done, err)
		}
		w.typed(t, a, entry("1", store.TypedDay, start.AddDate(0, 0, -3), 28, 5000))
		time.Sleep(time.Second)
		if err := back(1); err != nil || len(w.all(t, a)) != 1 {
			t.Errorf("%v %+v", err, w.all(t, a))
		}
		time.Sleep(2 * time.Hour)
		if err := back(0); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%v", err)
		}
	})
}
