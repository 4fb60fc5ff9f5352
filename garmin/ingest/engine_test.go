package ingest_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"clubrun/garmin/account"
	"clubrun/garmin/garmintest"
	"clubrun/garmin/ingest"
	"clubrun/store"
)

func TestAFirstSyncKeepsAYearAndASecondChangesNothing(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Triathlete)
		w.engine.Backfill = 0
		first := w.sync(t, a)
		acts := w.all(t, a)
		if first.New != first.Listed || first.New < 150 || len(acts) != first.New || first.Unreadable != 0 {
			t.Fatalf("%+v, %d kept", first, len(acts))
		}
		if span := acts[len(acts)-1].Start.Sub(acts[0].Start); span < 350*24*time.Hour {
			t.Errorf("only %v", span)
		}
		second := w.sync(t, a)
		same(t, "second sync", store.Tally{Listed: second.Listed}, second)
		if second.Listed == 0 || second.Listed >= first.Listed/3 {
			t.Errorf("%d rows listed again", second.Listed)
		}
		same(t, "activities", acts, w.all(t, a))
		kept, err := w.db.Athlete(t.Context(), a.ID)
		if err != nil || kept.LastSync.IsZero() {
			t.Errorf("%v %v", kept.LastSync, err)
		}
	})
}

func TestTheBackfillIsAsLongAsTheEngineSays(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		w.engine.Backfill = 14
		w.sync(t, a)
		acts := w.all(t, a)
		if len(acts) == 0 || acts[0].Start.Before(w.now().AddDate(0, 0, -15)) {
			t.Errorf("%d activities", len(acts))
		}
	})
}

func TestAnEditIsTakenOver(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		w.sync(t, a)
		before := w.all(t, a)
		time.Sleep(12 * time.Hour)
		w.sync(t, a)
		w.disturb(t, "ana", "rename", "last Round the lake")
		got := w.sync(t, a)
		same(t, "tally", store.Tally{Listed: got.Listed, Changed: 1}, got)
		found := false
		for _, act := range w.all(t, a) {
			found = found || act.Name == "Round the lake"
		}
		if !found || len(w.all(t, a)) < len(before) {
			t.Error("the new name is not kept")
		}
	})
}

func TestADeletedActivityIsDroppedWithItsFile(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		w.wantFiles(t, a)
		w.sync(t, a)
		acts, files := w.all(t, a), w.onDisk(t)
		last := acts[len(acts)-1]
		w.disturb(t, "ana", "delete", "last")
		got := w.sync(t, a)
		same(t, "tally", store.Tally{Listed: got.Listed, Gone: 1}, got)
		same(t, "activities", acts[:len(acts)-1], w.all(t, a))
		if now := w.onDisk(t); len(now) != len(files)-1 || strings.Contains(strings.Join(now, " "), last.External) {
			t.Errorf("%d files before, now %v", len(files), now)
		}
		again := w.sync(t, a)
		same(t, "next sync", store.Tally{Listed: again.Listed}, again)
	})
}

func TestALateUploadIsFound(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		w.sync(t, a)
		acts := w.all(t, a)
		late := acts[len(acts)-3] // as if it had not been there
		gone := store.Change{Athlete: a.ID, Sources: []string{"garmin"}, Gone: []store.Record{late.Key()}, Reason: "test"}
		if _, err := w.db.Reconcile(t.Context(), gone, ingest.Merge); err != nil {
			t.Fatal(err)
		}
		got := w.sync(t, a)
		same(t, "tally", store.Tally{Listed: got.Listed, New: 1}, got)
		if len(w.all(t, a)) != len(acts) {
			t.Error("it is not back")
		}
	})
}

func TestWorkoutsArriveAsTheClockMoves(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		before := w.sync(t, a).New
		sum := 0
		for range 7 {
			time.Sleep(24 * time.Hour)
			sum += w.sync(t, a).New
		}
		if sum < 2 || len(w.all(t, a)) != before+sum {
			t.Errorf("%d new in a week", sum)
		}
	})
}

func TestAnOutageLeavesTheDataAlone(t *testing.T) {
	for _, trouble := range []string{"down", "html", "429", "slow"} {
		inWorld(t, func(t *testing.T, w *world) {
			a := w.member(t, "ana", garmintest.Runner)
			w.sync(t, a)
			acts := w.all(t, a)
			w.disturb(t, "ana", trouble, "")
			if _, err := w.engine.Sync(t.Context(), a.ID); err == nil {
				t.Errorf("%s: no error", trouble)
			}
			same(t, trouble, acts, w.all(t, a))
			w.disturb(t, "ana", "ok", "")
			time.Sleep(2 * time.Hour)
			w.sync(t, a)
		})
	}
}

func TestOneMembersFailureStopsNoOther(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a, b, c := w.member(t, "ana", garmintest.Runner), w.member(t, "ben", garmintest.Hiker), w.member(t, "caro", garmintest.Gym)
		w.disturb(t, "ana", "revoke", "")
		w.disturb(t, "ben", "down", "")
		var heard []store.Tally
		w.engine.OnDone = func(t store.Tally, _ error) { heard = append(heard, t) }
		tally, err := w.engine.All(t.Context())
		if !errors.Is(err, account.ErrSignedOut) || !strings.Contains(err.Error(), "athlete 2") || strings.Contains(err.Error(), "athlete 3") {
			t.Errorf("got %v", err)
		}
		if len(w.all(t, a)) != 0 || len(w.all(t, b)) != 0 || len(w.all(t, c)) != tally.New || tally.New == 0 {
			t.Errorf("%+v", tally)
		}
		if len(heard) != 3 {
			t.Errorf("heard of %d syncs", len(heard))
		}
		w.disturb(t, "ben", "ok", "")
		if _, err := w.engine.All(t.Context()); err != nil {
			t.Errorf("the one who is signed out is asked again: %v", err)
		}
		if len(w.all(t, b)) == 0 {
			t.Error("ben is not synced after the outage")
		}
	})
}

func TestACoolingAccountWaitsAndComesBack(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		w.disturb(t, "ana", "429", "api")
		if _, err := w.engine.All(t.Context()); !errors.Is(err, account.ErrCooling) {
			t.Fatal(err)
		}
		w.disturb(t, "ana", "ok", "")
		if _, err := w.engine.All(t.Context()); err != nil || len(w.all(t, a)) != 0 {
			t.Errorf("asked while it cools: %v", err)
		}
		time.Sleep(2 * time.Hour)
		if _, err := w.engine.All(t.Context()); err != nil || len(w.all(t, a)) == 0 {
			t.Errorf("not asked after the cool-down: %v", err)
		}
	})
}

func TestTwoSyncsAtOnceCountOnce(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		other := make(chan store.Tally)
		go func() {
			tally, _ := w.engine.Sync(t.Context(), a.ID)
			other <- tally
		}()
		sum := w.sync(t, a).Add(<-other)
		if sum.New != len(w.all(t, a)) || sum.Changed != 0 {
			t.Errorf("%+v, %d kept", sum, len(w.all(t, a)))
		}
	})
}

// TestASyncThatIsCutOffIsTakenUpAgain: what the first sync did not reach is
// not lost behind the overlap of later ones.
func TestASyncThatIsCutOffIsTakenUpAgain(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		w.engine.Store = cutting{w.db, func() {
			if n++; n == 1 {
				cancel()
			}
		}}
		if _, err := w.engine.Sync(ctx, a.ID); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		w.engine.Store = w.db
		got := w.sync(t, a)
		if got.New != got.Listed-25 || len(w.all(t, a)) != got.Listed {
			t.Errorf("%+v, %d kept", got, len(w.all(t, a)))
		}
	})
}

// cutting calls cut after each batch that is kept.
type cutting struct {
	ingestStore
	cut func()
}

func (c cutting) Reconcile(ctx context.Context, change store.Change, merge store.Merge) (store.Changed, error) {
	done, err := c.ingestStore.Reconcile(context.WithoutCancel(ctx), change, merge)
	c.cut()
	return done, err
}

// TestARowThatIsNotKeptIsTriedAgain: the sync does not count as done.
func TestARowThatIsNotKeptIsTriedAgain(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		full := errors.New("the disk is full")
		w.engine.Store = failing{w.db, full}
		first, err := w.engine.Sync(t.Context(), a.ID)
		if !errors.Is(err, full) || first.New != 0 {
			t.Fatalf("%+v %v", first, err)
		}
		w.engine.Store = w.db
		if got := w.sync(t, a); got.New != first.Listed || got.New == 0 {
			t.Errorf("%+v, then %+v", first, got)
		}
	})
}

// failing keeps nothing.
type failing struct {
	ingestStore
	err error
}

func (f failing) Reconcile(context.Context, store.Change, store.Merge) (store.Changed, error) {
	return store.Changed{}, f.err
}

// choosy refuses every batch in which one record is.
type choosy struct {
	ingestStore
	external string
}

func (c choosy) Reconcile(ctx context.Context, change store.Change, merge store.Merge) (store.Changed, error) {
	for _, k := range change.Kept {
		if k.Raw.External == c.external {
			return store.Changed{}, errors.New("not this one")
		}
	}
	return c.ingestStore.Reconcile(ctx, change, merge)
}

// TestOneRowThatCannotBeKeptStopsNoOther: its batch is kept one by one.
func TestOneRowThatCannotBeKeptStopsNoOther(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		w.engine.Source = &scripted{rows: []string{
			`{"activityId":1,"beginTimestamp":1788900000000}`, `{"activityId":2,"beginTimestamp":1788905000000}`, `{"activityId":3,"beginTimestamp":1788910000000}`,
		}}
		w.engine.Store = choosy{w.db, "2"}
		if got, err := w.engine.Sync(t.Context(), a.ID); err == nil || got.New != 2 {
			t.Errorf("%+v %v, want two kept and an error", got, err)
		}
	})
}

// scripted lists what it is told to.
type scripted struct {
	rows []string
	gone map[string]bool
}

func (s *scripted) List(_ context.Context, athlete int64, _, _ store.Day) (raws []store.Raw, err error) {
	for i, row := range s.rows {
		raws = append(raws, store.Raw{Athlete: athlete, Source: "garmin", Kind: "list", External: string(rune('1' + i)), Body: []byte(row)})
	}
	return raws, nil
}

func (s *scripted) Gone(_ context.Context, _ int64, external string) (bool, error) {
	return s.gone[external], nil
}

func (s *scripted) Original(context.Context, int64, string) (string, []byte, error) {
	return "", nil, store.ErrNotFound
}

func TestAnUnreadableRowIsKeptWithItsReasonAndBlocksNoOther(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		source := &scripted{rows: []string{
			`{"activityId":1,"beginTimestamp":1788900000000,"duration":60}`, `{"activityId":2,"activityName":"no start"}`, `{"activityId":3,"beginTimestamp":1788910000000}`,
		}}
		w.engine.Source = source
		same(t, "first", store.Tally{Listed: 3, New: 2, Unreadable: 1}, w.sync(t, a))
		same(t, "second", store.Tally{Listed: 3}, w.sync(t, a))
		raw, err := w.db.Raw(t.Context(), a.ID, "garmin", "list", "2")
		if err != nil || !strings.Contains(raw.Reason, "no start") || string(raw.Body) != source.rows[1] {
			t.Errorf("%+v %v", raw, err)
		}
		source.rows[1] = `{"activityId":2,"activityName":"with a start","beginTimestamp":1788905000000}`
		same(t, "mended", store.Tally{Listed: 3, New: 1}, w.sync(t, a))
	})
}

// TestVanishedRowsAreBelievedOnlyOfTheSource: a list that lacks rows, as a
// partial page does, deletes nothing.
func TestVanishedRowsAreBelievedOnlyOfTheSource(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		source := &scripted{rows: []string{`{"activityId":1,"beginTimestamp":1788900000000}`, `{"activityId":2,"beginTimestamp":1788800000000}`}}
		w.engine.Source = source
		w.sync(t, a)
		source.rows = nil
		same(t, "empty list", store.Tally{}, w.sync(t, a))
		source.gone = map[string]bool{"2": true}
		same(t, "one is gone", store.Tally{Gone: 1}, w.sync(t, a))
		if acts := w.all(t, a); len(acts) != 1 || acts[0].External != "1" {
			t.Errorf("%+v", acts)
		}
	})
}

// TestFiguresThatTheSourceComputesLaterAreTakenOver: intensity minutes appear
// some time after the upload, without a change that the hash would see.
func TestFiguresThatTheSourceComputesLaterAreTakenOver(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		start := w.now().Add(-2 * time.Hour).UnixMilli()
		source := &scripted{rows: []string{row(start, 0)}}
		w.engine.Source = source
		w.sync(t, a)
		source.rows[0] = row(start, 44)
		same(t, "computed", store.Tally{Listed: 1, Changed: 1}, w.sync(t, a))
		if acts := w.all(t, a); acts[0].Vigorous != 44 {
			t.Errorf("%+v", acts)
		}
		time.Sleep(72 * time.Hour)
		source.rows[0] = row(start, 45)
		same(t, "days later", store.Tally{Listed: 1}, w.sync(t, a))
	})
}

// window notes which days are listed.
type window struct {
	*scripted
	days []int
}

func (w *window) List(ctx context.Context, athlete int64, from, to store.Day) ([]store.Raw, error) {
	w.days = append(w.days, int(to-from)+1)
	return w.scripted.List(ctx, athlete, from, to)
}

// TestAMonthIsListedOnceADay: what was edited or uploaded late is seen within
// a day, and the hourly look stays small.
func TestAMonthIsListedOnceADay(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		source := &window{scripted: &scripted{}}
		w.engine.Source = source
		for range 3 {
			w.sync(t, a)
			time.Sleep(time.Hour)
		}
		time.Sleep(24 * time.Hour)
		w.sync(t, a)
		if len(source.days) != 4 || source.days[0] < 60 || source.days[1] > 12 || source.days[2] > 12 || source.days[3] < 31 {
			t.Errorf("listed %v days, want the whole backfill, a week, a week, a month", source.days)
		}
	})
}

// A member whose account hangs costs the job its budget, and no more.
func TestASilentAccountDelaysNoOtherForLong(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a, b := w.member(t, "ana", garmintest.Triathlete), w.member(t, "ben", garmintest.Triathlete)
		leave := w.hang(t, a)
		defer leave()
		began := time.Now()
		if _, err := w.engine.All(t.Context()); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("all: %v, want Ana's to be too late", err)
		}
		if took := time.Since(began); took < time.Minute || took > 2*time.Minute || len(w.all(t, b)) == 0 {
			t.Errorf("after %s Ben has %d activities", took, len(w.all(t, b)))
		}
	})
}

func TestSomeAreSyncedAndNoneOfThemForLong(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a, b, c := w.member(t, "ana", garmintest.Triathlete), w.member(t, "ben", garmintest.Triathlete), w.member(t, "caro", garmintest.Triathlete)
		leave := w.hang(t, a)
		defer leave()
		began := time.Now()
		if _, err := w.engine.Some(t.Context(), []int64{c.ID, a.ID}, 7*time.Second); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("some: %v, want Ana's to be too late", err)
		}
		if took := time.Since(began); took > 20*time.Second || len(w.all(t, c)) == 0 {
			t.Errorf("after %s Caro has %d activities", took, len(w.all(t, c)))
		}
		if n := len(w.all(t, b)); n != 0 {
			t.Errorf("Ben, who is none of them, has %d activities", n)
		}
	})
}
