package ingest_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"clubrun/garmin/garmintest"
	"clubrun/garmin/ingest"
	"clubrun/store"
	"clubrun/store/storetest"
)

var lisbon = time.FixedZone("WEST", 3600)

// tcx is a file of activities of an hour and ten kilometres.
func tcx(sport string, starts ...time.Time) []byte {
	var b strings.Builder
	b.WriteString(`<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>`)
	for _, at := range starts {
		id := at.UTC().Format(time.RFC3339)
		fmt.Fprintf(&b, `<Activity Sport="%s"><Id>%s</Id><Lap StartTime="%s"><TotalTimeSeconds>3600</TotalTimeSeconds><DistanceMeters>10000</DistanceMeters><Calories>600</Calories></Lap></Activity>`, sport, id, id)
	}
	return []byte(b.String() + `</Activities></TrainingCenterDatabase>`)
}

func (w *world) hand(t *testing.T, a store.Athlete, name string, data []byte, want ingest.Imported) {
	t.Helper()
	got, err := w.engine.Import(t.Context(), a.ID, name, data, lisbon)
	if err != nil {
		t.Fatal(err)
	}
	same(t, name, want, got)
}

func TestAFileThatWasHandedInIsKeptOnce(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ana")
		at := w.now().Add(-72 * time.Hour)
		run := tcx("Running", at)
		w.hand(t, a, "run.tcx", run, ingest.Imported{New: 1})
		w.hand(t, a, "again.tcx", run, ingest.Imported{Known: 1})
		w.hand(t, a, "other bytes.tcx", append(run, '\n'), ingest.Imported{Known: 1})
		w.hand(t, a, "two.tcx", tcx("Running", at, at.Add(5*time.Hour)), ingest.Imported{New: 1, Known: 1})
		acts := w.all(t, a)
		if len(acts) != 2 || acts[0].Source != "file" || acts[0].Sport != store.Run || acts[0].Distance != 10_000 || acts[0].Local.Format("15:04 MST") == "" {
			t.Fatalf("%+v", acts)
		}
		if _, east := acts[0].Local.Zone(); east != 3600 {
			t.Errorf("%d seconds east", east)
		}
		if names := w.onDisk(t); len(names) != 0 {
			t.Errorf("files of somebody who did not agree: %v", names)
		}
		w.wantFiles(t, a)
		w.hand(t, a, "agreed since.tcx", run, ingest.Imported{Known: 1, Kept: true})
		w.hand(t, a, "kept already.tcx", run, ingest.Imported{Known: 1})
	})
}

func TestWhatIsNoActivityIsRefusedWithItsReason(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ana")
		for name, data := range map[string][]byte{
			"later.tcx": tcx("Running", w.now().Add(72*time.Hour)), "text.fit": []byte("hello"), "torn.tcx": tcx("Running", w.now())[:150], "empty.gpx": nil,
		} {
			if got, err := w.engine.Import(t.Context(), a.ID, name, data, lisbon); err == nil {
				t.Errorf("%s: %+v", name, got)
			}
		}
		route := `<gpx version="1.1"><trk><name>a way</name><trkseg><trkpt lat="38.7" lon="-9.1"/><trkpt lat="38.8" lon="-9.1"/></trkseg></trk></gpx>`
		if _, err := w.engine.Import(t.Context(), a.ID, "route.gpx", []byte(route), lisbon); !errors.Is(err, ingest.ErrNoActivity) {
			t.Error(err)
		}
		if acts := w.all(t, a); len(acts) != 0 {
			t.Errorf("%+v", acts)
		}
	})
}

func TestATrackThatIsInAFileTwiceCountsOnce(t *testing.T) {
	const way = `<trkseg><trkpt lat="38.7" lon="-9.1"><time>2026-09-07T06:00:00Z</time></trkpt><trkpt lat="38.8" lon="-9.1"><time>2026-09-07T07:00:00Z</time></trkpt></trkseg>`
	other := strings.NewReplacer("09-07", "09-06").Replace(way)
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ana")
		file := []byte("<gpx><trk>" + way + "</trk><trk>" + other + "</trk><trk><name>again</name>" + way + "</trk></gpx>")
		w.hand(t, a, "twice.gpx", file, ingest.Imported{New: 2})
		if acts := w.all(t, a); len(acts) != 2 {
			t.Errorf("%+v", acts)
		}
	})
}

func TestADamagedFileIsReadUpToTheFault(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		act := outdoors(t, w.quietly(t, a))
		_, fit, err := w.keeper.Original(t.Context(), a.ID, act.External)
		if err != nil {
			t.Fatal(err)
		}
		b := storetest.Athlete(t, w.db, "ben")
		got, err := w.engine.Import(t.Context(), b.ID, "torn.fit", fit[:len(fit)*2/3], lisbon)
		acts := w.all(t, b)
		if err != nil || got.New != 1 || !strings.Contains(got.Fault, "damaged") || len(acts) != 1 || acts[0].Distance <= 0 || acts[0].Distance >= act.Distance {
			t.Errorf("%+v %v %+v", got, err, acts)
		}
	})
}

func TestAFileOfAKnownActivityIsKeptBesideIt(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		act := outdoors(t, w.quietly(t, a))
		before := len(w.all(t, a))
		_, fit, err := w.keeper.Original(t.Context(), a.ID, act.External)
		if err != nil {
			t.Fatal(err)
		}
		w.hand(t, a, "run.fit", fit, ingest.Imported{Known: 1, Kept: true})
		same(t, "tried", map[string]string{"fit": "kept"}, w.tried(t, act))
		names := w.onDisk(t)
		if len(names) != 1 || !strings.Contains(names[0], "activity_"+act.External+"_") {
			t.Fatal(names)
		}
		if kept, err := os.ReadFile(filepath.Join(w.folder, names[0])); err != nil || string(kept) != string(fit) {
			t.Error(err)
		}
		if n := len(w.all(t, a)); n != before {
			t.Errorf("%d activities, were %d", n, before)
		}
	})
}

func TestTwoThatOneCannotDoAtOnceAreTheSame(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := storetest.Athlete(t, w.db, "ana")
		at := w.now().Add(-72 * time.Hour).Truncate(time.Hour)
		w.hand(t, a, "ride.tcx", tcx("Biking", at), ingest.Imported{New: 1})
		w.hand(t, a, "ten minutes later.tcx", tcx("Biking", at.Add(10*time.Minute)), ingest.Imported{Known: 1})
		w.hand(t, a, "half an hour later.tcx", tcx("Biking", at.Add(30*time.Minute)), ingest.Imported{New: 1})
		w.hand(t, a, "another sport.tcx", tcx("Running", at), ingest.Imported{New: 1})
		w.hand(t, a, "somebody else's.tcx", tcx("Biking", at.Add(time.Minute)), ingest.Imported{Known: 1})
		b := storetest.Athlete(t, w.db, "ben")
		w.hand(t, b, "ride.tcx", tcx("Biking", at), ingest.Imported{New: 1})
	})
}
