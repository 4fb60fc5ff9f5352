package ingest_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"clubrun/garmin/decode"
	"clubrun/garmin/garmintest"
	"clubrun/garmin/ingest"
	"clubrun/store"
)

// everything is every day that a world knows of.
var everything = store.Span{Start: 0, End: 40_000}

// quietly syncs somebody who wants files without fetching any, and returns what
// is missing.
func (w *world) quietly(t *testing.T, a store.Athlete) []store.Activity {
	t.Helper()
	w.sync(t, a)
	w.wantFiles(t, a)
	return w.missing(t, a, "")
}

func (w *world) missing(t *testing.T, a store.Athlete, format string) []store.Activity {
	t.Helper()
	acts, err := w.engine.Missing(t.Context(), a.ID, format, everything)
	if err != nil {
		t.Fatal(err)
	}
	return acts
}

func (w *world) fetch(t *testing.T, a store.Activity, format string) store.File {
	t.Helper()
	f, err := w.engine.Fetch(t.Context(), a, format)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// tried returns what became of an activity's files, by format.
func (w *world) tried(t *testing.T, a store.Activity) map[string]string {
	t.Helper()
	files, err := w.db.Files(t.Context(), a.Athlete)
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]string{}
	for _, f := range files {
		if f.Activity == a.ID {
			states[f.Format] = string(f.State)
		}
	}
	return states
}

// outdoors returns a missing activity that has a track.
func outdoors(t *testing.T, acts []store.Activity) store.Activity {
	t.Helper()
	for _, a := range acts {
		if a.Type == "running" && !a.Manual {
			return a
		}
	}
	t.Fatal("nobody ran")
	return store.Activity{}
}

func TestTheOriginalIsTriedTwiceThenTCXThenGPX(t *testing.T) {
	for _, c := range []struct {
		trouble string
		kept    string
		tried   map[string]string
		asked   int
	}{
		{"", "fit", map[string]string{"fit": "kept"}, 1},
		{"original", "tcx", map[string]string{"fit": "failed", "tcx": "kept"}, 3},
		{"none original", "tcx", map[string]string{"fit": "none", "tcx": "kept"}, 2},
		{"original tcx", "gpx", map[string]string{"fit": "failed", "tcx": "failed", "gpx": "kept"}, 4},
		{"original tcx gpx", "", map[string]string{"fit": "failed", "tcx": "failed", "gpx": "failed"}, 4},
		{"none", "", map[string]string{"fit": "none", "tcx": "none", "gpx": "none"}, 3},
		{"original void", "tcx", map[string]string{"fit": "none", "tcx": "kept"}, 2},
		{"original broken", "tcx", map[string]string{"fit": "none", "tcx": "kept"}, 2},
		{"original html", "tcx", map[string]string{"fit": "failed", "tcx": "kept"}, 3},
		{"original tcx html", "gpx", map[string]string{"fit": "failed", "tcx": "failed", "gpx": "kept"}, 4},
		{"several", "fit", map[string]string{"fit": "kept"}, 1},
		{"empty", "tcx", map[string]string{"fit": "none", "tcx": "kept"}, 2},
		{"as-gpx", "gpx", map[string]string{"fit": "none", "gpx": "kept"}, 1},
		{"as-tcx", "tcx", map[string]string{"fit": "none", "tcx": "kept"}, 1},
	} {
		t.Run(c.trouble, func(t *testing.T) {
			inWorld(t, func(t *testing.T, w *world) {
				a := w.member(t, "ana", garmintest.Runner)
				act := outdoors(t, w.quietly(t, a))
				if c.trouble != "" {
					w.disturb(t, "ana", "files", c.trouble)
				}
				before := w.Counts("ana@example.org").Files
				f := w.fetch(t, act, "")
				if (f.State == store.FileKept) != (c.kept != "") || c.kept != "" && f.Format != c.kept {
					t.Errorf("%+v", f)
				}
				same(t, "tried", c.tried, w.tried(t, act))
				if n := w.Counts("ana@example.org").Files - before; n != c.asked {
					t.Errorf("asked %d times, want %d", n, c.asked)
				}
				if f.State != store.FileKept && (f.Reason == "" || !f.Retry.After(w.now())) {
					t.Errorf("no reason, or no date to try again: %+v", f)
				}
				if f.State != store.FileKept {
					return
				}
				data, err := os.ReadFile(filepath.Join(w.folder, f.Path))
				if err != nil || decode.Format(data) != c.kept || !strings.HasSuffix(f.Path, "."+c.kept) {
					t.Errorf("%s: %q, %v", f.Path, decode.Format(data), err)
				}
			})
		})
	}
}

func TestAFileThatTheSourceLacksIsAskedForAgainOnItsDate(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		act := w.quietly(t, a)[0] // two months old
		w.disturb(t, "ana", "files", "none")
		w.fetch(t, act, "")
		w.disturb(t, "ana", "ok", "")
		asked := w.Counts("ana@example.org").Files
		if f := w.fetch(t, act, ""); f.State != store.FileNone || w.Counts("ana@example.org").Files != asked {
			t.Errorf("asked again: %+v", f)
		}
		for _, m := range w.missing(t, a, "") {
			if m.ID == act.ID {
				t.Error("it is still wanted")
			}
		}
		for range 2 { // tokens that nobody uses for a month are dead
			time.Sleep(15 * 24 * time.Hour)
			w.sync(t, a)
		}
		if f := w.fetch(t, act, ""); f.State != store.FileKept || f.Attempts != 2 {
			t.Errorf("%+v", f)
		}
	})
}

func TestAnOriginalIsFetchedInPlaceOfWhatStoodInForIt(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		act := outdoors(t, w.quietly(t, a))
		w.disturb(t, "ana", "files", "original")
		w.fetch(t, act, "")
		w.disturb(t, "ana", "ok", "")
		time.Sleep(25 * time.Hour)
		if f := w.fetch(t, act, ""); f.State != store.FileKept || f.Format != "fit" {
			t.Errorf("%+v", f)
		}
	})
}

func TestOneFormatAloneIsFetched(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		act := outdoors(t, w.quietly(t, a))
		w.fetch(t, act, "")
		wanted := len(w.missing(t, a, "gpx"))
		if f := w.fetch(t, act, "gpx"); f.Format != "gpx" || f.State != store.FileKept {
			t.Errorf("%+v", f)
		}
		if n := len(w.missing(t, a, "gpx")); n != wanted-1 {
			t.Errorf("%d gpx files are missing, were %d", n, wanted)
		}
		same(t, "tried", map[string]string{"fit": "kept", "gpx": "kept"}, w.tried(t, act))
	})
}

func TestKMLIsFetchedWhereItIsNamedAndStandsInForNothing(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		act := outdoors(t, w.quietly(t, a))
		w.engine.Source = draws{w.engine.Source}
		wanted := len(w.missing(t, a, ""))
		f := w.fetch(t, act, "kml")
		if f.Format != "kml" || f.State != store.FileKept || f.Reason != "" || !strings.HasSuffix(f.Path, ".kml") {
			t.Errorf("%+v", f)
		}
		if n := len(w.missing(t, a, "")); n != wanted {
			t.Errorf("a KML file stands in for an original: %d are missing, were %d", n, wanted)
		}
	})
}

// draws is a source that makes a drawing of everything.
type draws struct{ ingest.Source }

func (draws) Export(context.Context, int64, string, string) ([]byte, error) {
	return []byte(`<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document/></kml>`), nil
}

func TestNoFileIsFetchedOfWhoDidNotAgree(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		w.sync(t, a)
		act := w.missing(t, a, "")[0]
		if f, err := w.engine.Fetch(t.Context(), act, ""); !errors.Is(err, ingest.ErrNotAgreed) {
			t.Errorf("%+v %v", f, err)
		}
		if n := w.Counts("ana@example.org").Files; n != 0 {
			t.Errorf("%d files were asked for", n)
		}
	})
}

func TestALimitIsTheAccountsFaultAndNotTheFiles(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		act := outdoors(t, w.quietly(t, a))
		w.disturb(t, "ana", "429", "api")
		if f, err := w.engine.Fetch(t.Context(), act, ""); !errors.Is(err, ingest.ErrAccount) {
			t.Errorf("%+v %v", f, err)
		}
		if got := w.tried(t, act); len(got) != 0 {
			t.Errorf("remembered: %v", got)
		}
	})
}

func TestALostNetworkIsNotTheFilesFault(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		act := outdoors(t, w.quietly(t, a))
		w.keeper.Garmin.Transport = nobody{}
		if f, err := w.engine.Fetch(t.Context(), act, ""); err == nil {
			t.Errorf("%+v", f)
		}
		if got := w.tried(t, act); len(got) != 0 {
			t.Errorf("remembered: %v", got)
		}
	})
}

// nobody is a network without anybody.
type nobody struct{}

func (nobody) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("no route to host")
}

func TestADamagedOriginalIsAskedForTwiceAndKept(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		act := outdoors(t, w.quietly(t, a))
		torn := &torn{Source: w.engine.Source}
		w.engine.Source = torn
		f := w.fetch(t, act, "")
		if f.State != store.FileKept || f.Format != "fit" || f.Attempts != 2 || torn.asked != 2 || !strings.Contains(f.Reason, "damaged") {
			t.Errorf("%+v", f)
		}
	})
}

// torn is a source whose originals end early.
type torn struct {
	ingest.Source
	asked int
}

func (s *torn) Original(ctx context.Context, athlete int64, external string) (string, []byte, error) {
	s.asked++
	name, data, err := s.Source.Original(ctx, athlete, external)
	return name, data[:len(data)*2/3], err
}
