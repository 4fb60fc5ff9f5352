package garmintest_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tormoder/fit"

	"clubrun/garmin"
	"clubrun/garmin/garmintest"
)

func (w *world) disturb(t *testing.T, what, arg string) {
	t.Helper()
	if err := w.Disturb("ana@example.org", what, arg); err != nil {
		t.Fatal(err)
	}
}

func TestRenamedEditedDeleted(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ana")
		first := w.list(t, tokens, garmin.Query{Limit: 1})[0]
		file, err := w.client.Original(t.Context(), tokens, first.ID)
		if err != nil {
			t.Fatal(err)
		}
		before := w.detail(t, tokens, first.ID).Meta.Updated
		time.Sleep(time.Minute)

		w.disturb(t, "rename", "last Cliff run 🌊")
		w.disturb(t, "edit last", "")
		second := w.list(t, tokens, garmin.Query{Limit: 1})[0]
		if second.ID != first.ID || second.Name != "Cliff run 🌊" || second.Distance <= first.Distance {
			t.Errorf("got %+v", second)
		}
		if after := w.detail(t, tokens, first.ID).Meta.Updated; after <= before {
			t.Errorf("updated %s, before %s", after, before)
		}
		again, err := w.client.Original(t.Context(), tokens, first.ID)
		if err != nil || !bytes.Equal(file[0].Data, again[0].Data) {
			t.Errorf("the file changed, or %v", err)
		}

		w.disturb(t, "delete", "last")
		if third := w.list(t, tokens, garmin.Query{Limit: 1})[0]; third.ID == first.ID {
			t.Error("still listed")
		}
		_, err = w.client.Activity(t.Context(), tokens, first.ID)
		wantKind(t, err, garmin.NotFound)
	}, somebody(t, "ana", "", garmintest.Runner))
}

func TestUploadedFileBecomesAnActivity(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		ben, ana := w.signIn(t, "ben"), w.signIn(t, "ana")
		source := w.list(t, ben, garmin.Query{Limit: 1})[0]
		file, err := w.client.Original(t.Context(), ben, source.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Upload("ana@example.org", file[0].Data); err != nil {
			t.Fatal(err)
		}
		if err := w.Upload("ana@example.org", file[0].Data); err == nil {
			t.Error("the same file twice")
		}
		if err := w.Upload("ana@example.org", []byte("no FIT file")); err == nil {
			t.Error("nonsense was taken")
		}
		for _, r := range w.list(t, ana, garmin.Query{Limit: 50}) {
			if r.Begin != source.Begin {
				continue
			}
			if !near(r.Distance, source.Distance, .01) || !near(r.Duration, source.Duration, .001) || r.AvgHR != source.AvgHR || r.Type != source.Type {
				t.Errorf("got %+v, want %+v", r, source)
			}
			again, err := w.client.Original(t.Context(), ana, r.ID)
			if err != nil || !bytes.Equal(again[0].Data, file[0].Data) {
				t.Errorf("another file comes back: %v", err)
			}
			return
		}
		t.Error("not listed")
	}, somebody(t, "ana", "", garmintest.Gym), somebody(t, "ben", "", garmintest.TwoDevices))
}

func TestAnUploadOfAnotherFormatComesBackAsItCame(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		ben, ana := w.signIn(t, "ben"), w.signIn(t, "ana")
		source := w.list(t, ben, garmin.Query{Limit: 1})[0]
		told, err := w.client.Original(t.Context(), ben, source.ID)
		if err != nil {
			t.Fatal(err)
		}
		gpx := []byte(`<?xml version="1.0"?><gpx version="1.1"><trk></trk></gpx>`)
		if err := w.Upload("ana@example.org", gpx); !errors.Is(err, garmintest.ErrUnread) {
			t.Errorf("uploaded by itself: %v", err)
		}
		if err := w.UploadAs("ana@example.org", gpx, told[0].Data); err != nil {
			t.Fatal(err)
		}
		for _, r := range w.list(t, ana, garmin.Query{Limit: 50}) {
			if r.Begin != source.Begin {
				continue
			}
			again, err := w.client.Original(t.Context(), ana, r.ID)
			if err != nil || !bytes.Equal(again[0].Data, gpx) || !strings.HasSuffix(again[0].Name, ".gpx") {
				t.Errorf("another file comes back: %+v, %v", again, err)
			}
			if tcx, err := w.client.Export(t.Context(), ana, r.ID, "tcx"); err != nil || !bytes.Contains(tcx, []byte("<Trackpoint>")) {
				t.Errorf("its TCX has no track: %v", err)
			}
			return
		}
		t.Error("not listed")
	}, somebody(t, "ana", "", garmintest.Gym), somebody(t, "ben", "", garmintest.TwoDevices))
}

func TestWorkoutsAppearAsTheClockMoves(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ana")
		seen, last := map[int64]bool{}, time.Time{}
		for range 8 * 12 {
			time.Sleep(30 * time.Minute)
			if w.now().After(tokens.Expires) {
				tokens = w.signIn(t, "ana")
			}
			probe, err := w.client.LastUpload(t.Context(), tokens)
			if err != nil {
				t.Fatal(err)
			}
			fresh := 0
			for _, r := range w.list(t, tokens, garmin.Query{}) {
				end := time.UnixMilli(r.Begin).Add(time.Duration(r.Elapsed * float64(time.Second)))
				if !seen[r.ID] {
					fresh++
				}
				seen[r.ID] = true
				if late := w.now().Sub(end); late < 90*time.Second {
					t.Errorf("%s is listed %v after its end", r.Name, late)
				}
			}
			if fresh > 0 && !probe.After(last) {
				t.Errorf("%d new, and the last upload did not move from %v", fresh, last)
			}
			last = probe
		}
	}, somebody(t, "ana", "", garmintest.EBiker))
}

func TestATriathlonIsOneRowWithLegs(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ana")
		rows := w.list(t, tokens, garmin.Query{Limit: garmin.MaxPage})
		if n, err := w.client.Count(t.Context(), tokens); err != nil || n != len(rows) {
			t.Errorf("count %d, list %d, %v", n, len(rows), err)
		}
		whole := slices.DeleteFunc(rows, func(r row) bool { return r.Type.Key != "multi_sport" })
		if len(whole) < 3 {
			t.Fatalf("%d triathlons in a year", len(whole))
		}
		legs := w.detail(t, tokens, whole[0].ID).Meta.Children
		if len(legs) != 5 {
			t.Fatalf("%d legs", len(legs))
		}
		var way, timer float64
		for _, id := range legs {
			d := w.detail(t, tokens, id)
			way, timer = way+d.Summary.Distance, timer+d.Summary.Duration
			if d.Parent != whole[0].ID {
				t.Errorf("parent %d, want %d", d.Parent, whole[0].ID)
			}
			_, err := w.client.Original(t.Context(), tokens, id)
			wantKind(t, err, garmin.NotFound)
		}
		files, err := w.client.Original(t.Context(), tokens, whole[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		f, err := fit.Decode(bytes.NewReader(files[0].Data))
		if err != nil {
			t.Fatal(err)
		}
		a, err := f.Activity()
		if err != nil || len(a.Sessions) != 5 || a.Activity.NumSessions != 5 || !near(way, whole[0].Distance, .05) || !near(timer, whole[0].Duration, .01) {
			t.Errorf("%d sessions, %g of %g m in %g of %g s, %v", len(a.Sessions), way, whole[0].Distance, timer, whole[0].Duration, err)
		}
	}, somebody(t, "ana", "", garmintest.Triathlete))
}

func TestExportsOfAnActivity(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		time.Sleep(5 * 24 * time.Hour)
		tokens := w.signIn(t, "ana")
		for _, r := range w.list(t, tokens, garmin.Query{}) {
			gpx, err := w.client.Export(t.Context(), tokens, r.ID, "gpx")
			switch {
			case r.Manual:
				wantKind(t, err, garmin.NotFound)
			case !r.Polyline:
				wantKind(t, err, garmin.NoData)
			case err != nil || !bytes.Contains(gpx, []byte("<type>"+r.Type.Key+"</type>")):
				t.Errorf("GPX of %s: %v", r.Name, err)
			}
			tcx, err := w.client.Export(t.Context(), tokens, r.ID, "tcx")
			if r.Manual {
				wantKind(t, err, garmin.NotFound)
				continue
			}
			if err != nil || !bytes.Contains(tcx, []byte("<Trackpoint>")) {
				t.Errorf("TCX of %s: %v", r.Name, err)
			}
		}
		_, err := w.client.Export(t.Context(), tokens, 7, "xyz")
		wantKind(t, err, garmin.Malformed)
	}, somebody(t, "ana", "", garmintest.Beginner))
}
