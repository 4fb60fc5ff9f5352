package ingest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"clubrun/garmin/garmintest"
	"clubrun/garmin/ingest"
	"clubrun/store"
	"clubrun/store/storetest"
)

// teller lists no rows that it tells of when it is asked for one.
type teller struct {
	*scripted
	row   string
	asked int
}

func (s *teller) Tell(context.Context, int64, string) (json.RawMessage, bool, error) {
	s.asked++
	return json.RawMessage(s.row), false, nil
}

// TestAnActivityThatIsMovedOutOfTheWindowIsMoved: it counts on its new day, and
// nobody asks again.
func TestAnActivityThatIsMovedOutOfTheWindowIsMoved(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		run := func(at time.Time) string {
			return fmt.Sprintf(`{"activityId":1,"activityType":{"typeKey":"running"},"beginTimestamp":%d,"duration":3600,"distance":12000}`, at.UnixMilli())
		}
		typo := w.now().AddDate(0, 0, -3)
		right := typo.AddDate(-1, 0, 0)
		source := &teller{scripted: &scripted{rows: []string{run(typo)}}, row: run(typo)}
		w.engine.Source = source
		w.sync(t, a)
		before := w.all(t, a)
		source.rows = nil
		same(t, "not listed, and not moved", store.Tally{}, w.sync(t, a))
		source.row = run(right)
		same(t, "moved", store.Tally{Changed: 1}, w.sync(t, a))
		same(t, "moved before", store.Tally{}, w.sync(t, a))
		if source.asked != 2 {
			t.Errorf("asked %d times", source.asked)
		}
		day := store.DayOf(right)
		acts, err := w.db.Activities(t.Context(), a.ID, store.Span{Start: day, End: day + 1})
		if err != nil || len(acts) != 1 || acts[0].ID != before[0].ID || acts[0].Distance != 12000 {
			t.Fatalf("%+v, %v", acts, err)
		}
		source.rows, source.row = []string{run(typo)}, run(typo)
		same(t, "moved back", store.Tally{Listed: 1, Changed: 1}, w.sync(t, a))
		if acts := w.all(t, a); len(acts) != 1 || !acts[0].Start.Equal(typo) {
			t.Errorf("%+v", acts)
		}
	})
}

// blind is a source that says of everything that it is gone.
type blind struct{ ingest.Source }

func (blind) Gone(context.Context, int64, string) (bool, error) { return true, nil }

// TestAnotherAccountTakesNothingAway: who links another account keeps what the
// first one told, of which the other knows nothing.
func TestAnotherAccountTakesNothingAway(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		w.sync(t, a)
		before := len(w.all(t, a))
		ben := w.member(t, "ben", garmintest.Triathlete)
		if err := w.keeper.Unlink(t.Context(), storetest.Actor(ben), ben.ID, store.Reply{}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.keeper.Begin(t.Context(), a.ID, "ben@example.org", "ben-pass-1"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.keeper.Link(t.Context(), storetest.Actor(a), a.ID, store.Reply{}); err != nil {
			t.Fatal(err)
		}
		w.engine.Source = blind{w.keeper}
		if got := w.sync(t, a); got.New == 0 || got.Gone != 0 || len(w.all(t, a)) <= before {
			t.Errorf("%+v; %d kept, %d before", got, len(w.all(t, a)), before)
		}
		w.engine.Source = blind{&scripted{}}
		if got := w.sync(t, a); got.Gone == 0 {
			t.Errorf("%+v: its own are gone", got)
		}
	})
}
