package sqlite_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"clubrun/store"
	"clubrun/store/storetest"
)

func full(athlete int64) store.Activity {
	start := time.Date(2026, 9, 6, 22, 30, 1, 250e6, time.UTC)
	return store.Activity{
		ID: 1, Athlete: athlete, Source: "garmin", External: "77", Parent: "70", Name: "Läufchen", Sport: store.Run, Type: "trail_running",
		Start: start, Local: start.In(time.FixedZone("", 2*3600)), Elapsed: 3601500 * time.Millisecond, Timer: time.Hour, Moving: 59 * time.Minute,
		Distance: 10012.5, Climb: 120, Calories: 640, AvgHR: 151, MaxHR: 178, Moderate: 10, Vigorous: 45,
		Metrics: store.Metrics{Zones: [5]float64{1, 2, 3, 4, 5}, Splits: map[string]float64{"1000": 292.1}, Device: "FR", Load: 88},
		Private: true, Manual: true, Race: true, Record: true, Synced: noon, Known: noon,
	}
}

var always = store.Span{Start: store.Date(2000, 1, 1), End: store.Date(2100, 1, 1)}

func TestActivityIsKeptAsItIs(t *testing.T) {
	db := atNoon(t)
	a := storetest.Athlete(t, db, "ana")
	want := full(a.ID)
	body := bytes.Repeat([]byte(`{"distance": 10012.5}`), 100)
	record := store.Raw{Athlete: a.ID, Source: "garmin", Kind: "list", External: "77", Hash: "h1", Body: body, Fetched: noon}
	for i, want := range []int{1, 0} {
		if created, err := db.Keep(t.Context(), record, []store.Activity{full(a.ID)}); created != want || err != nil {
			t.Errorf("keep %d: created %d, %v", i, created, err)
		}
	}
	got, err := db.Activities(t.Context(), a.ID, always)
	if diff := cmp.Diff([]store.Activity{want}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if _, offset := got[0].Local.Zone(); offset != 2*3600 {
		t.Errorf("offset %d", offset)
	}
	kept, err := db.Raw(t.Context(), a.ID, "garmin", "list", "77")
	if diff := cmp.Diff(record, kept); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestChangedActivityIsReplacedInItsPlace(t *testing.T) {
	db := atNoon(t)
	a := storetest.Athlete(t, db, "ana")
	first := storetest.Activity(t, db, a.ID, noon)
	changed := first
	changed.Name, changed.Distance = "Race", 21_097.5
	record := store.Raw{Athlete: a.ID, Source: "garmin", Kind: "list", External: first.External, Hash: "new"}
	_, err := db.Keep(t.Context(), record, []store.Activity{changed})
	check(t, err)
	got, err := db.Activities(t.Context(), a.ID, always)
	if diff := cmp.Diff([]store.Activity{changed}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	seen, err := db.Seen(t.Context(), a.ID, "garmin")
	if diff := cmp.Diff(map[string]string{first.External: "new"}, seen); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestActivityBelongsToTheDayWhereItHappened(t *testing.T) {
	db := atNoon(t)
	a := storetest.Athlete(t, db, "ana")
	// Sunday 23:30 in UTC, and already Monday in Helsinki.
	sunday := time.Date(2026, 9, 6, 23, 30, 0, 0, time.UTC)
	storetest.Activity(t, db, a.ID, sunday.Add(-time.Minute))
	storetest.Activity(t, db, a.ID, sunday.In(time.FixedZone("", 3*3600)))
	week := store.WeekOf(store.Date(2026, 9, 7), time.Monday)
	for _, c := range []struct {
		span store.Span
		want int
	}{{week.Before(), 1}, {week, 1}, {store.Span{Start: week.Start - 1, End: week.Start}, 1}, {always, 2}} {
		acts, err := db.Activities(t.Context(), a.ID, c.span)
		if err != nil || len(acts) != c.want {
			t.Errorf("%v: %d activities, %v, want %d", c.span, len(acts), err, c.want)
		}
	}
}

func TestUnreadableRecordIsKeptWithItsReason(t *testing.T) {
	db := atNoon(t)
	a := storetest.Athlete(t, db, "ana")
	want := store.Raw{Athlete: a.ID, Source: "file", Kind: "fit", External: "x", Hash: "h", Body: []byte{0xff, 0}, Fetched: noon, Reason: "no header"}
	created, err := db.Keep(t.Context(), want, nil)
	if created != 0 || err != nil {
		t.Errorf("created %d, %v", created, err)
	}
	got, err := db.Raw(t.Context(), a.ID, "file", "fit", "x")
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestRecordAndActivitiesAreKeptTogether(t *testing.T) {
	db := atNoon(t)
	a, b := storetest.Athlete(t, db, "ana"), storetest.Athlete(t, db, "ben")
	nameless := full(a.ID)
	nameless.External = ""
	record := store.Raw{Athlete: a.ID, Source: "garmin", Kind: "list", External: "77", Hash: "h"}
	for _, bad := range []store.Activity{nameless, full(b.ID)} {
		if _, err := db.Keep(t.Context(), record, []store.Activity{full(a.ID), bad}); err == nil {
			t.Error("kept")
		}
	}
	if seen, err := db.Seen(t.Context(), a.ID, "garmin"); len(seen) != 0 || err != nil {
		t.Errorf("seen %v, %v", seen, err)
	}
}

func TestWhatIsGoneTakesItsLegsAndRecordsAlong(t *testing.T) {
	db := atNoon(t)
	a := storetest.Athlete(t, db, "ana")
	stays := storetest.Activity(t, db, a.ID, noon)
	for _, external := range []string{"70", "77"} {
		act := full(a.ID)
		act.External = external
		if external == "70" {
			act.Parent = ""
		}
		record := store.Raw{Athlete: a.ID, Source: "garmin", Kind: "list", External: external, Hash: "h"}
		_, err := db.Keep(t.Context(), record, []store.Activity{act})
		check(t, err)
	}
	for range 2 { // the second time nothing is left
		reconcile(t, db, alone, store.Change{Athlete: a.ID, Gone: []store.Record{{Source: "garmin", External: "70"}}, Reason: "gone"})
	}
	acts, err := db.Activities(t.Context(), a.ID, always)
	if diff := cmp.Diff([]store.Activity{stays}, acts); diff != "" || err != nil {
		t.Error(diff, err)
	}
	seen, err := db.Seen(t.Context(), a.ID, "garmin")
	if len(seen) != 1 || err != nil {
		t.Errorf("seen %v, %v", seen, err)
	}
	entries, err := db.Audited(t.Context(), 10)
	if len(entries) != 1 || err != nil || entries[0].Detail != "gone" {
		t.Errorf("audited %v, %v", entries, err)
	}
}

func TestAFileIsKnownByItsLastAttempt(t *testing.T) {
	db := atNoon(t)
	ctx := t.Context()
	a := storetest.Athlete(t, db, "ana")
	one := storetest.Activity(t, db, a.ID, noon)
	other := storetest.Activity(t, db, a.ID, noon.Add(time.Hour))
	failed := store.File{Activity: one.ID, Format: "fit", State: store.FileFailed, Reason: "503", Attempts: 2, Retry: noon.Add(24 * time.Hour), Updated: noon}
	check(t, db.SaveFile(ctx, failed))
	kept := store.File{Activity: one.ID, Format: "fit", Path: "files/1/a.fit", SHA256: "ab", Size: 9, State: store.FileKept, Attempts: 3, Updated: noon}
	check(t, db.SaveFile(ctx, kept))
	failed.Activity, failed.Format = other.ID, "tcx"
	check(t, db.SaveFile(ctx, failed))
	files, err := db.Files(ctx, a.ID)
	if diff := cmp.Diff([]store.File{kept, failed}, files); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// BenchmarkGroupActivities reads the week of a group of 1,000 members with
// five activities each, of 20 weeks that are kept.
func BenchmarkGroupActivities(b *testing.B) {
	db := storetest.Open(b)
	g := storetest.Group(b, db, "G")
	week := store.WeekOf(store.DayOf(noon), time.Monday)
	for i := range 1000 {
		a := storetest.Athlete(b, db, fmt.Sprint("member ", i))
		m := store.Membership{Athlete: a.ID, Group: g.ID, Consent: store.Consent{Text: "v1"}}
		if err := db.Share(b.Context(), storetest.Actor(a), m, "", store.Reply{}); err != nil {
			b.Fatal(err)
		}
		var acts []store.Activity
		for n := range 100 {
			act := full(a.ID)
			act.External = fmt.Sprint(n)
			act.Start = (week.Start - store.Day(7*(n/5)) + store.Day(n%5)).In(time.UTC).Add(9 * time.Hour)
			act.Local = act.Start
			acts = append(acts, act)
		}
		if _, err := db.Keep(b.Context(), store.Raw{Athlete: a.ID, Source: "garmin", Kind: "list", External: "x"}, acts); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		acts, err := db.GroupActivities(b.Context(), g.ID, week)
		if err != nil || len(acts) != 5000 {
			b.Fatalf("%d activities, %v", len(acts), err)
		}
	}
}
