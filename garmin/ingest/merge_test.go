package ingest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"clubrun/garmin/garmintest"
	"clubrun/garmin/ingest"
	"clubrun/store"
	"clubrun/store/storetest"
)

// record is an hour's ride of 30 km.
func record(source, external string, minute int, change ...func(*store.Activity)) store.Activity {
	at := time.Date(2026, 9, 1, 7, minute, 0, 0, time.UTC)
	a := store.Activity{Athlete: 1, Source: source, External: external, Sport: store.Ride, Type: "road_biking", Start: at, Local: at, Elapsed: time.Hour, Distance: 30_000}
	for _, c := range change {
		c(&a)
	}
	return a
}

// groups tells the workouts of records in short.
func groups(told []store.Activity, apart ...store.Apart) string {
	var all []string
	for _, w := range ingest.Merge(told, apart) {
		var ids []string
		for _, a := range w.Told {
			ids = append(ids, a.Source+a.External)
		}
		all = append(all, strings.Join(ids, "+"))
	}
	return strings.Join(all, " ")
}

func TestWhichRecordsAreOneWorkout(t *testing.T) {
	leg := func(parent string) func(*store.Activity) { return func(a *store.Activity) { a.Parent = parent } }
	multi := func(a *store.Activity) {
		a.Type, a.Sport, a.Elapsed, a.Distance = "multi_sport", store.Other, 3*time.Hour, 90_000
	}
	sum := func(s string) func(*store.Activity) { return func(a *store.Activity) { a.Checksum = s } }
	run := func(a *store.Activity) { a.Sport = store.Run }
	long := func(a *store.Activity) { a.Elapsed, a.Distance = 10*time.Hour, 300_000 }
	for _, c := range []struct {
		what string
		told []store.Activity
		want string
	}{
		{"two devices", []store.Activity{record("garmin", "2", 3), record("garmin", "1", 1)}, "garmin1+garmin2"},
		{"another sport", []store.Activity{record("garmin", "1", 1), record("file", "a", 1, run)}, "garmin1 filea"},
		{"too late", []store.Activity{record("garmin", "1", 1), record("file", "a", 30)}, "garmin1 filea"},
		{"alike the lead alone", []store.Activity{record("garmin", "1", 1), record("file", "a", 10), record("later", "x", 19)}, "garmin1+filea laterx"},
		{"one id at Garmin, trimmed there", []store.Activity{record("garmin", "1", 1), record("export", "1", 1, long)}, "garmin1+export1"},
		{"one id at two strangers", []store.Activity{record("garmin", "1", 1), record("later", "1", 50)}, "garmin1 later1"},
		{"one file, edited at Garmin", []store.Activity{record("garmin", "1", 1, run), record("garmin-file", "1", 1, sum("s")), record("file", "a", 1, sum("s"))}, "garmin1+garmin-file1+filea"},
		{"an original without its activity", []store.Activity{record("garmin-file", "1", 1), record("file", "a", 1)}, "garmin-file1 filea"},
		{"legs of one event", []store.Activity{record("garmin", "9", 1, multi), record("garmin", "1", 1, leg("9")), record("garmin", "2", 2, leg("9"))}, "garmin9 garmin1 garmin2"},
		{"a computer beside a leg", []store.Activity{record("garmin", "9", 1, multi), record("garmin", "5", 0), record("garmin", "2", 2, leg("9"))}, "garmin9 garmin2+garmin5"},
		{"a triathlon that was sent", []store.Activity{
			record("garmin", "9", 1, multi), record("garmin", "1", 1, leg("9")),
			record("file", "a", 1, sum("s")), record("file", "a-2", 55, sum("s"), func(a *store.Activity) { a.Start = a.Start.Add(time.Hour) }),
		}, "garmin9+filea+filea-2 garmin1"},
		{"parts of one file", []store.Activity{record("file", "a", 1, sum("s")), record("file", "a-2", 2, sum("s"))}, "filea filea-2"},
	} {
		if got := groups(c.told); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	two := []store.Activity{record("garmin", "1", 1), record("garmin", "2", 3)}
	if got := groups(two, store.Apart{A: two[1].Key(), B: two[0].Key()}); got != "garmin1 garmin2" {
		t.Errorf("said to be apart: %s", got)
	}
}

// TestLegsHangOnTheEventThatLeads: two watches recorded a triathlon.
func TestLegsHangOnTheEventThatLeads(t *testing.T) {
	multi := func(a *store.Activity) { a.Type, a.Sport, a.Elapsed = "multi_sport", store.Other, 3*time.Hour }
	all := ingest.Merge([]store.Activity{
		record("garmin", "1", 0, multi), record("garmin", "2", 1, multi), record("garmin", "3", 1, func(a *store.Activity) { a.Parent = "2" }),
	}, nil)
	if len(all) != 2 || all[1].Row.Parent != "1" || all[1].Told[0].Parent != "2" {
		t.Errorf("%+v", all)
	}
}

// summary is the export of an account with one run of an hour and ten
// kilometres.
func summary(id int, at time.Time, more string) []byte {
	return fmt.Appendf(nil, `[{"summarizedActivitiesExport":[{"activityId":%d,"name":"exported","activityType":"running","beginTimestamp":%d,"duration":3600000,"distance":1000000%s}]}]`, id, at.UnixMilli(), more)
}

func TestAnExportedActivityThatGarminListsIsThatOne(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		at := w.now().Add(-72 * time.Hour)
		export := summary(1, at, `,"rule":"private","elevationGain":4200`)
		w.hand(t, a, "x_summarizedActivities.json", export, ingest.Imported{New: 1})
		w.hand(t, a, "x_summarizedActivities.json", export, ingest.Imported{Known: 1})
		w.hand(t, a, "run.tcx", tcx("Running", at), ingest.Imported{Known: 1})
		first := w.all(t, a)
		time.Sleep(24 * time.Hour)
		w.engine.Source = &scripted{rows: []string{fmt.Sprintf(`{"activityId":1,"activityName":"listed","activityType":{"typeKey":"running"},"beginTimestamp":%d,"duration":3500}`, at.UnixMilli())}}
		w.sync(t, a)
		acts := w.all(t, a)
		if len(first) != 1 || len(acts) != 1 || acts[0].ID != first[0].ID || !acts[0].Known.Equal(first[0].Known) {
			t.Fatalf("%+v, then %+v", first, acts)
		}
		if got := acts[0]; got.Source != "garmin" || got.Name != "listed" || got.Distance != 10_000 || got.Climb != 42 || !got.Private || got.Elapsed != 3500*time.Second {
			t.Errorf("%+v", got)
		}
	})
}

func TestAnActivityLivesOnFromWhatElseTellsOfIt(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		w.wantFiles(t, a)
		at := w.now().Add(-72 * time.Hour)
		source := &scripted{rows: []string{fmt.Sprintf(`{"activityId":1,"activityType":{"typeKey":"running"},"beginTimestamp":%d,"duration":3600,"distance":10100}`, at.UnixMilli())}}
		w.engine.Source = source
		w.sync(t, a)
		w.hand(t, a, "run.tcx", tcx("Running", at), ingest.Imported{Known: 1, Kept: true})
		before := w.all(t, a)
		source.rows, source.gone = nil, map[string]bool{"1": true}
		w.sync(t, a)
		after := w.all(t, a)
		if len(after) != 1 || after[0].ID != before[0].ID || after[0].Source != "file" || after[0].Distance != 10_000 || len(w.onDisk(t)) != 1 {
			t.Errorf("%+v, %v", after, w.onDisk(t))
		}
	})
}

func TestWhatIsTakenApartStaysApartUntilItIsTakenBack(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.TwoDevices)
		w.sync(t, a)
		before := w.all(t, a)
		by := storetest.Actor(a)
		several, err := w.engine.Recordings(t.Context(), a.ID, store.Span{Start: 0, End: 40_000})
		if err != nil || len(several) == 0 {
			t.Fatal(len(several), err)
		}
		for _, act := range before {
			if len(several[act.ID]) > 1 {
				must(t, w.engine.Split(t.Context(), by, act, store.Reply{}))
				break
			}
		}
		w.sync(t, a)
		apart := 0
		for _, act := range w.all(t, a) {
			if act.Apart {
				apart++
			}
		}
		if n := len(w.all(t, a)); n != len(before)+1 || apart != 2 {
			t.Errorf("%d activities, were %d; %d are apart", n, len(before), apart)
		}
		must(t, w.engine.Unsplit(t.Context(), by, store.Reply{}))
		same(t, "joined again", before, w.all(t, a))
	})
}
