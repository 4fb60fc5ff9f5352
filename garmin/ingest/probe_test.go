package ingest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"clubrun/garmin/garmintest"
	"clubrun/store"
)

// TestAllListsOnlyWhereAProbeTellsNews: two weeks of hours cost few lists
// and miss nothing.
func TestAllListsOnlyWhereAProbeTellsNews(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		w.engine.Probe = w.keeper.News
		w.sync(t, a)
		began := w.Counts("ana@example.org")
		for range 14 * 24 {
			time.Sleep(time.Hour)
			if _, err := w.engine.All(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		n := w.Counts("ana@example.org")
		lists, probes := n.Lists-began.Lists, n.Probes-began.Probes
		if lists < 14 || lists > 100 || probes+14 != 14*24 {
			t.Errorf("%d lists and %d probes in %d hours", lists, probes, 14*24)
		}
		kept := w.all(t, a)
		if got := w.sync(t, a); got.New != 0 || len(kept) != len(w.all(t, a)) {
			t.Errorf("the probes have missed %d", got.New)
		}
		synced, err := w.db.Athlete(t.Context(), a.ID)
		if err != nil || w.now().Sub(synced.LastSync) > time.Hour {
			t.Errorf("last sync %v, %v", synced.LastSync, err)
		}
	})
}

// TestWhatNoProbeTellsIsFoundWithinADayOrForWhoAsks: edits and deletions move no
// upload time.
func TestWhatNoProbeTellsIsFoundWithinADayOrForWhoAsks(t *testing.T) {
	for name, look := range map[string]func(context.Context, *world, store.Athlete) error{
		"the next day": func(ctx context.Context, w *world, _ store.Athlete) error {
			time.Sleep(13 * time.Hour) // past midnight
			_, err := w.engine.All(ctx)
			return err
		},
		"a digest": func(ctx context.Context, w *world, a store.Athlete) error {
			_, err := w.engine.Some(ctx, []int64{a.ID}, time.Minute)
			return err
		},
		"somebody": func(ctx context.Context, w *world, a store.Athlete) error {
			_, err := w.engine.Sync(ctx, a.ID)
			return err
		},
	} {
		inWorld(t, func(t *testing.T, w *world) {
			a := w.member(t, "ana", garmintest.Runner)
			w.engine.Probe = func(context.Context, int64, time.Time) (bool, error) { return false, nil }
			if _, err := w.engine.All(t.Context()); err != nil { // a first sync needs no probe
				t.Fatal(err)
			}
			before := len(w.all(t, a))
			w.disturb(t, "ana", "delete", "last")
			if _, err := w.engine.All(t.Context()); err != nil || len(w.all(t, a)) != before || before == 0 {
				t.Fatalf("%d of %d, %v", len(w.all(t, a)), before, err)
			}
			if err := look(t.Context(), w, a); err != nil || len(w.all(t, a)) != before-1 {
				t.Errorf("%s: %d of %d, %v", name, len(w.all(t, a)), before, err)
			}
		})
	}
}

func TestAProbeThatFailsIsAFailedSync(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		w.sync(t, a)
		before, err := w.db.Athlete(t.Context(), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		fails := errors.New("no answer")
		w.engine.Probe = func(context.Context, int64, time.Time) (bool, error) { return false, fails }
		time.Sleep(time.Hour)
		if _, err := w.engine.All(t.Context()); !errors.Is(err, fails) {
			t.Error(err)
		}
		if after, err := w.db.Athlete(t.Context(), a.ID); err != nil || !after.LastSync.Equal(before.LastSync) {
			t.Errorf("%v, %v", after.LastSync, err)
		}
	})
}
