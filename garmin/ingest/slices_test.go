package ingest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"clubrun/garmin/garmintest"
	"clubrun/garmin/ingest"
	"clubrun/store"
)

// sliced notes which days are listed, and lists so many times only.
type sliced struct {
	ingest.Source
	lists int
	asked []store.Span
	gone  int
}

func (s *sliced) List(ctx context.Context, athlete int64, from, to store.Day) ([]store.Raw, error) {
	if s.lists--; s.lists < 0 {
		return nil, errors.New("too slow")
	}
	s.asked = append(s.asked, store.Span{Start: from, End: to + 1})
	return s.Source.List(ctx, athlete, from, to)
}

func (s *sliced) Gone(ctx context.Context, athlete int64, external string) (bool, error) {
	s.gone++
	return s.Source.Gone(ctx, athlete, external)
}

// TestABackfillThatIsBrokenOffGoesOn: each try comes further, keeps what it has
// read, and all together keep what one would have kept.
func TestABackfillThatIsBrokenOffGoesOn(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a, b := w.member(t, "ana", garmintest.Triathlete), w.member(t, "ben", garmintest.Triathlete)
		w.engine.Backfill = 0
		whole := &sliced{Source: w.keeper, lists: 100}
		w.engine.Source = whole
		w.sync(t, b)
		if n := len(whole.asked); n < 6 || n > 8 {
			t.Errorf("a year in %d lists", n)
		}
		for i, days := range whole.asked[1:] {
			if days.End <= whole.asked[i].Start || days.End > whole.asked[i].End {
				t.Errorf("%v was listed after %v", days, whole.asked[i])
			}
		}
		source := &sliced{Source: w.keeper}
		w.engine.Source = source
		kept, tries := 0, 0
		for err := errors.New("not yet"); err != nil; tries++ {
			if tries == 10 {
				t.Fatalf("no end after %d tries: %v", tries, source.asked)
			}
			source.lists = 3
			_, err = w.engine.Sync(t.Context(), a.ID)
			if n := len(w.all(t, a)); n <= kept {
				t.Errorf("try %d: %d kept, after %d", tries, n, kept)
			} else {
				kept = n
			}
			time.Sleep(time.Minute)
		}
		if tries < 3 || kept != w.listed(t, a) {
			t.Errorf("%d kept in %d tries, want %d", kept, tries, w.listed(t, a))
		}
		if source.gone != 0 {
			t.Errorf("%d activities were thought to be gone", source.gone)
		}
	})
}

// listed is how many activities the source has of a year.
func (w *world) listed(t *testing.T, a store.Athlete) int {
	t.Helper()
	today := store.DayOf(w.now().UTC())
	rows, err := w.keeper.List(t.Context(), a.ID, today-365, today+1)
	if err != nil {
		t.Fatal(err)
	}
	return len(rows)
}
