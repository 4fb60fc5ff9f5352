package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"clubrun/garmin/garmintest"
	"clubrun/garmin/ingest"
	"clubrun/store"
	"clubrun/store/storetest"
)

// slowly is a source that takes its time, and notes who was asked and how many
// at once; while it is paused it asks nobody.
type slowly struct {
	ingest.Source
	takes time.Duration

	mu        sync.Mutex
	asked     []int64
	now, most int
	paused    func(athlete int64) error
}

func (s *slowly) List(ctx context.Context, athlete int64, _, _ store.Day) ([]store.Raw, error) {
	s.mu.Lock()
	s.asked = append(s.asked, athlete)
	s.now++
	s.most = max(s.most, s.now)
	paused := s.paused
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.now--
		s.mu.Unlock()
	}()
	if paused != nil {
		if err := paused(athlete); err != nil {
			return nil, err
		}
	}
	timer := time.NewTimer(s.takes)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// crowd links so many people.
func (w *world) crowd(t *testing.T, n int) (all []store.Athlete) {
	t.Helper()
	for i := range n {
		a, _ := storetest.Linked(t, w.db, fmt.Sprintf("m%03d", i))
		all = append(all, a)
	}
	return all
}

func TestACrowdIsSyncedInSeveralLanesAndAClubInOne(t *testing.T) {
	for n, want := range map[int]int{8: 1, 32: 1, 33: 2, 100: 4} {
		inWorld(t, func(t *testing.T, w *world) {
			w.crowd(t, n)
			s := &slowly{Source: w.keeper, takes: time.Second}
			w.engine.Source = s
			began := w.now()
			if _, err := w.engine.All(t.Context()); err != nil {
				t.Fatal(err)
			}
			if took := w.now().Sub(began); s.most != want || len(s.asked) != n || took > time.Duration(n/want+2)*time.Second {
				t.Errorf("%d people: %d at once, %d asked, in %s", n, s.most, len(s.asked), took)
			}
		})
	}
}

func TestASourceThatIsLeftAloneIsSaidOnceAndNobodyElseIsAsked(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		people := w.crowd(t, 20)
		s := &slowly{Source: w.keeper, paused: func(athlete int64) error {
			if athlete >= people[5].ID {
				return fmt.Errorf("list: garmin is %w", store.ErrPaused)
			}
			return nil
		}}
		w.engine.Source = s
		_, err := w.engine.All(t.Context())
		if !errors.Is(err, store.ErrPaused) || strings.Contains(err.Error(), "\n") || len(s.asked) != 6 {
			t.Errorf("%d were asked, and told %q", len(s.asked), err)
		}
		s.asked, s.paused = nil, nil
		if _, err := w.engine.All(t.Context()); err != nil || len(s.asked) != 20 || s.asked[0] != people[5].ID || s.asked[19] != people[4].ID {
			t.Errorf("then %v, %v", s.asked, err)
		}
	})
}

// TestNobodyIsTheOnlyOneWhoIsTried lets one account be broken for good: while
// Garmin is left alone, not it alone may find out that all is well again.
func TestNobodyIsTheOnlyOneWhoIsTried(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		var people []store.Athlete
		for _, name := range []string{"ana", "ben", "caro", "dan"} {
			people = append(people, w.member(t, name, garmintest.Runner))
		}
		if err := w.Disturb("", "down", ""); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			_, _ = w.engine.All(t.Context())
			time.Sleep(10 * time.Minute)
		}
		if !w.keeper.Standing().Data.Open {
			t.Fatal("garmin is asked on")
		}
		w.disturb(t, "ana", "down", "")
		if err := w.Disturb("", "ok", ""); err != nil {
			t.Fatal(err)
		}
		w.disturb(t, "ana", "down", "")
		for range 4 {
			time.Sleep(time.Hour)
			_, _ = w.engine.All(t.Context())
		}
		for _, a := range people[1:] {
			if len(w.all(t, a)) == 0 {
				t.Errorf("%s waits for ana", a.Name)
			}
		}
	})
}

func TestARoundEndsWithItsContext(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.crowd(t, 100)
		s := &slowly{Source: w.keeper, takes: 2 * time.Second}
		w.engine.Source = s
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		_, err := w.engine.All(ctx)
		if !errors.Is(err, context.DeadlineExceeded) || len(s.asked) != 1+4+4 {
			t.Errorf("%d asked, %v", len(s.asked), err)
		}
	})
}
