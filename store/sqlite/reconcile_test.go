package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

// asOne is a merge by which all records are one workout but for those that are
// apart from the first; the first one leads.
func asOne(told []store.Activity, apart []store.Apart) []store.Workout {
	whole := store.Workout{Row: told[0], Told: told[:1]}
	all := []store.Workout{}
	for _, a := range told[1:] {
		parted := false
		for _, p := range apart {
			parted = parted || p.Names(told[0].Key(), a.Key())
		}
		if parted {
			all = append(all, store.Workout{Row: a, Told: []store.Activity{a}})
			continue
		}
		whole.Told = append(whole.Told, a)
	}
	return append([]store.Workout{whole}, all...)
}

// alone is a merge by which each record is a workout.
func alone(told []store.Activity, _ []store.Apart) (all []store.Workout) {
	for _, a := range told {
		all = append(all, store.Workout{Row: a, Told: []store.Activity{a}})
	}
	return all
}

// ride is a record of one hour.
func ride(athlete int64, source, external string) store.Activity {
	return store.Activity{Athlete: athlete, Source: source, External: external, Sport: store.Ride, Start: noon, Local: noon.In(time.FixedZone("", 27*3600)),
		Elapsed: 3600123456 * time.Microsecond, Distance: 30_000.125, Metrics: store.Metrics{Splits: map[string]float64{"1000": 292.1}}}
}

func reconcile(t *testing.T, db *sqlite.DB, merge store.Merge, c store.Change, told ...store.Activity) store.Changed {
	t.Helper()
	c.Sources = []string{"garmin", "file", "other"}
	for _, a := range told {
		c.Athlete = a.Athlete
		raw := store.Raw{Athlete: a.Athlete, Source: a.Source, Kind: "list", External: a.External, Hash: a.Name}
		c.Kept = append(c.Kept, store.Kept{Raw: raw, Activities: []store.Activity{a}})
	}
	done, err := db.Reconcile(t.Context(), c, merge)
	check(t, err)
	return done
}

func activities(t *testing.T, db *sqlite.DB, athlete int64) []store.Activity {
	t.Helper()
	all, err := db.Activities(t.Context(), athlete, always)
	check(t, err)
	return all
}

// count counts the rows of a query.
func count(t *testing.T, path, query string, args ...any) (n int) {
	t.Helper()
	check(t, raw(t, path).QueryRow(query, args...).Scan(&n))
	return n
}

// TestWhatHangsOnARowMovesWithIt: two rows become one, the lower, and all that
// was said of and posted about the other is now about it.
func TestWhatHangsOnARowMovesWithIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	db := storetest.OpenAt(t, path, func() time.Time { return noon })
	g := storetest.Group(t, db, "G")
	ana, ben := storetest.Member(t, db, g, "ana"), storetest.Member(t, db, g, "ben")
	reconcile(t, db, alone, store.Change{}, ride(ana.ID, "file", "f"), ride(ana.ID, "garmin", "g"))
	reconcile(t, db, alone, store.Change{}, ride(ben.ID, "garmin", "b"))
	acts, theirs := activities(t, db, ana.ID), activities(t, db, ben.ID)
	low, high := acts[0].ID, acts[1].ID
	check(t, db.HideActivity(t.Context(), storetest.Actor(ana), ana.ID, high, true, store.Reply{}))
	check(t, db.Vouch(t.Context(), storetest.Actor(ana), ana.ID, high, store.Reply{}))
	check(t, db.SaveTogether(t.Context(), []store.Together{{A: high, B: theirs[0].ID}}))
	for _, f := range []store.File{
		{Activity: low, Format: "fit", State: store.FileNone}, {Activity: high, Format: "fit", State: store.FileKept, Path: "high.fit"},
		{Activity: low, Format: "gpx", State: store.FileKept, Path: "low.gpx"}, {Activity: high, Format: "gpx", State: store.FileKept, Path: "high.gpx"},
		{Activity: low, Format: "tcx", State: store.FileKept, Path: "low.tcx"}, {Activity: high, Format: "tcx", State: store.FileFailed},
	} {
		check(t, db.SaveFile(t.Context(), f))
	}
	file := raw(t, path)
	for i, key := range []string{fmt.Sprintf("race:%d:%d", g.ID, high), fmt.Sprintf("race:%d:%d", g.ID+1, high), fmt.Sprintf("race:%d:%d", g.ID+1, low)} {
		_, err := file.Exec(`INSERT INTO outbox (key, chat, kind, urgency, text, target_message, target_sender, due, first_due, state, message, attempts, error, updated, cause)
			VALUES (?, ?, 'text', 'digest', '', '', '', '', '', 'delivered', ?, 1, '', '', '')`, key, g.Chat, fmt.Sprint("MSG", i))
		check(t, err)
	}
	check(t, db.Cheered(t.Context(), g.Chat, "MSG0", "lid-caro", "👏"))
	check(t, db.Cheered(t.Context(), g.Chat, "MSG0", "lid-dev", "👏"))

	done := reconcile(t, db, asOne, store.Change{}, ride(ana.ID, "garmin", "g"))
	now := activities(t, db, ana.ID)
	if len(now) != 1 || now[0].ID != low || now[0].Hidden.IsZero() || !now[0].Vouched || done.Gone != 1 || done.New != 0 {
		t.Fatalf("%+v, %+v", done, now)
	}
	files, err := db.Files(t.Context(), ana.ID)
	check(t, err)
	got := ""
	for _, f := range files {
		got += fmt.Sprintf("%t %s %s ", f.Activity == low, f.Format, f.Path)
	}
	same(t, "files", "true fit high.fit true gpx low.gpx true gpx-2 high.gpx true tcx low.tcx ", got)
	if n := count(t, path, `SELECT count(*) FROM together WHERE a = min(?1, ?2) AND b = max(?1, ?2)`, low, theirs[0].ID); n != 1 {
		t.Error("with whom it was is lost")
	}
	if n := count(t, path, `SELECT count(*) FROM outbox WHERE key IN (?, ?, ?)`, fmt.Sprintf("race:%d:%d", g.ID, low),
		fmt.Sprintf("race:%d:%d", g.ID+1, low), fmt.Sprintf("race:%d:%d:%d", g.ID+1, low, high)); n != 3 {
		t.Errorf("%d of three posts are about it", n)
	}
	cheers := func() int { return count(t, path, `SELECT count(*) FROM cheer WHERE activity = ?`, low) }
	if cheers() != 2 {
		t.Errorf("%d cheers moved", cheers())
	}
	check(t, db.Cheered(t.Context(), g.Chat, "MSG0", "lid-caro", "")) // under the old number
	if cheers() != 1 {
		t.Error("a cheer cannot be taken back")
	}
	check(t, db.Cheered(t.Context(), g.Chat, "MSG0", "lid-dev", "🎉"))
	if cheers() != 1 {
		t.Error("a second reaction counts twice")
	}
	dev := storetest.Athlete(t, db, "dev")
	check(t, db.Erase(t.Context(), storetest.Actor(dev), dev.ID, store.Reply{}))
	if cheers() != 0 {
		t.Error("a cheer outlives who cheered")
	}
}

// TestWhatIsTakenApartStaysHidden: nothing comes to light by it.
func TestWhatIsTakenApartStaysHidden(t *testing.T) {
	db := storetest.OpenAt(t, filepath.Join(t.TempDir(), "clubrun.db"), func() time.Time { return noon })
	ana := storetest.Athlete(t, db, "ana")
	one, other := ride(ana.ID, "file", "f"), ride(ana.ID, "garmin", "g")
	reconcile(t, db, asOne, store.Change{}, one, other)
	acts := activities(t, db, ana.ID)
	told, err := db.Sightings(t.Context(), ana.ID, always)
	check(t, err)
	if len(acts) != 1 || len(told) != 2 || told[1].Told.Distance != other.Distance || told[1].Told.Local.Format("15:04") != other.Local.Format("15:04") {
		t.Fatalf("%+v %+v", acts, told)
	}
	check(t, db.HideActivity(t.Context(), storetest.Actor(ana), ana.ID, acts[0].ID, true, store.Reply{}))
	reconcile(t, db, asOne, store.Change{Athlete: ana.ID, Part: [][]store.Record{{one.Key()}, {other.Key()}}, By: storetest.Actor(ana)})
	for _, a := range activities(t, db, ana.ID) {
		if a.Hidden.IsZero() || !a.Apart {
			t.Errorf("%+v", a)
		}
	}
	apart, err := db.Apart(t.Context(), ana.ID)
	check(t, err)
	reconcile(t, db, asOne, store.Change{Athlete: ana.ID, Join: apart})
	if now := activities(t, db, ana.ID); len(now) != 1 || now[0].ID != acts[0].ID || now[0].Hidden.IsZero() || now[0].Apart {
		t.Errorf("%+v", now)
	}
}

func TestOnlyDifferencesAreWritten(t *testing.T) {
	db := storetest.OpenAt(t, filepath.Join(t.TempDir(), "clubrun.db"), func() time.Time { return noon })
	ana := storetest.Athlete(t, db, "ana")
	one, other := ride(ana.ID, "file", "f"), ride(ana.ID, "garmin", "g")
	same(t, "first", store.Changed{New: 1}, reconcile(t, db, asOne, store.Change{}, one, other))
	same(t, "again", store.Changed{}, reconcile(t, db, asOne, store.Change{}, other))
	other.Name = "edited"
	same(t, "an edit of who does not lead", store.Changed{}, reconcile(t, db, asOne, store.Change{}, other))
	one.Name = "edited"
	same(t, "an edit of who leads", store.Changed{Altered: 1}, reconcile(t, db, asOne, store.Change{}, one))
	same(t, "who leads is gone", store.Changed{Altered: 1}, reconcile(t, db, asOne, store.Change{Athlete: ana.ID, Gone: []store.Record{one.Key()}}))
	if told, err := db.Sightings(t.Context(), ana.ID, always); err != nil || len(told) != 0 {
		t.Errorf("%d sightings of one record, %v", len(told), err)
	}
	check(t, db.SaveFile(t.Context(), store.File{Activity: activities(t, db, ana.ID)[0].ID, Format: "fit", State: store.FileKept, Path: "a.fit"}))
	same(t, "the last one is gone", store.Changed{Gone: 1, Paths: []string{"a.fit"}}, reconcile(t, db, alone, store.Change{Athlete: ana.ID, Gone: []store.Record{other.Key()}}))
}

// TestTheFilesOfARecordGoWithIt, though others tell of the activity: but for one
// that another record was read from, too.
func TestTheFilesOfARecordGoWithIt(t *testing.T) {
	db := storetest.Open(t)
	ana := storetest.Athlete(t, db, "ana")
	one, other := ride(ana.ID, "garmin", "1"), ride(ana.ID, "garmin", "2")
	other.Checksum = "both"
	reconcile(t, db, asOne, store.Change{}, one, other)
	id := activities(t, db, ana.ID)[0].ID
	for _, f := range []store.File{
		{Format: "fit", Path: "files/1/activity_1_x.fit", SHA256: "one"}, {Format: "tcx", Path: "files/1/activity_1_x.tcx", SHA256: "both"},
		{Format: "fit-2", Path: "files/1/activity_2_x.fit", SHA256: "other"}, {Format: "gpx", State: store.FileNone},
	} {
		f.Activity = id
		if f.Path != "" {
			f.State = store.FileKept
		}
		check(t, db.SaveFile(t.Context(), f))
	}
	done := reconcile(t, db, asOne, store.Change{Athlete: ana.ID, Gone: []store.Record{one.Key()}})
	same(t, "done", store.Changed{Altered: 1, Paths: []string{"files/1/activity_1_x.fit"}}, done)
	files, err := db.Files(t.Context(), ana.ID)
	check(t, err)
	if len(files) != 2 || files[0].Format != "fit" || files[0].SHA256 != "other" || files[1].Format != "tcx" {
		t.Errorf("%+v", files)
	}
}

// TestAChangeIsWholeOrNothing: what dies between matching and the commit has
// left no trace.
func TestAChangeIsWholeOrNothing(t *testing.T) {
	db := storetest.OpenAt(t, filepath.Join(t.TempDir(), "clubrun.db"), func() time.Time { return noon })
	ana := storetest.Athlete(t, db, "ana")
	a := ride(ana.ID, "garmin", "g")
	c := store.Change{Athlete: ana.ID, Kept: []store.Kept{{Raw: store.Raw{Athlete: ana.ID, Source: "garmin", Kind: "list", External: "g"}, Activities: []store.Activity{a}}}}
	func() {
		defer func() { _ = recover() }()
		_, _ = db.Reconcile(t.Context(), c, func([]store.Activity, []store.Apart) []store.Workout { panic("killed") })
	}()
	if _, err := db.Raw(t.Context(), ana.ID, "garmin", "list", "g"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a raw record without its activity: %v", err)
	}
	c.Athlete = ana.ID + 1
	if _, err := db.Reconcile(context.Background(), c, alone); err == nil {
		t.Error("another athlete's record is kept")
	}
}

// TestACrowdOfRecordsIsRefused: what would keep everybody waiting is not kept,
// and can be taken back.
func TestACrowdOfRecordsIsRefused(t *testing.T) {
	db := storetest.Open(t)
	a := storetest.Athlete(t, db, "ana")
	var many []store.Activity
	for i := range 2_000 {
		many = append(many, ride(a.ID, "garmin", fmt.Sprint(i)))
	}
	one := func(name string) store.Change {
		r := ride(a.ID, "file", name)
		return store.Change{Athlete: a.ID, Sources: []string{"garmin", "file"}, Kept: []store.Kept{{
			Raw: store.Raw{Athlete: a.ID, Source: "file", Kind: "fit", External: name}, Activities: []store.Activity{r}}}}
	}
	reconcile(t, db, alone, store.Change{}, many...)
	if _, err := db.Reconcile(t.Context(), one("x"), alone); !errors.Is(err, store.ErrCrowded) {
		t.Errorf("one more: %v", err)
	}
	if _, err := db.Raw(t.Context(), a.ID, "file", "fit", "x"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("its raw record: %v", err)
	}
	if done := reconcile(t, db, alone, store.Change{Athlete: a.ID, Gone: []store.Record{{Source: "garmin", External: "7"}}}); done.Gone != 1 {
		t.Errorf("%+v", done)
	}
	if _, err := db.Reconcile(t.Context(), one("x"), alone); err != nil {
		t.Errorf("after one went: %v", err)
	}
}
