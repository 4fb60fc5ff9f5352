package ingest_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"clubrun/garmin/garmintest"
	"clubrun/store"
	"clubrun/store/storetest"
)

// TestNoPlaceReachesTheDatabase: Garmin's list tells where each workout began
// and ended, and nothing of that is in any of the database's files, nor in a
// record as the database tells it.
func TestNoPlaceReachesTheDatabase(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		path := w.onPath(t)
		a := w.member(t, "ana", garmintest.Triathlete)
		today := store.DayOf(w.now().UTC())
		rows, err := w.keeper.List(t.Context(), a.ID, today-60, today+1)
		if err != nil {
			t.Fatal(err)
		}
		places := map[string]bool{}
		for _, row := range rows {
			places[placeOf(t, row.Body)] = true
		}
		delete(places, "")
		if len(places) == 0 {
			t.Fatal("the simulated list has no places")
		}
		if got := w.sync(t, a); got.New != len(rows) {
			t.Fatalf("%+v of %d", got, len(rows))
		}
		disk := bytesOf(t, path)
		for place := range places {
			if bytes.Contains(disk, []byte(place)) {
				t.Errorf("%s is in the database's files", place)
			}
		}
		for _, row := range rows {
			kept, err := w.db.Raw(t.Context(), a.ID, "garmin", "list", row.External)
			if err != nil || !strings.Contains(string(kept.Body), row.External) {
				t.Fatal(string(kept.Body), err)
			}
			for _, word := range []string{"Latitude", "Longitude", "locationName", placeOf(t, row.Body)} {
				if word != "" && strings.Contains(string(kept.Body), word) {
					t.Fatalf("%s in %s", word, kept.Body) // on the disk it is packed
				}
			}
		}
	})
}

// placeOf is the latitude of a row's start as the row spells it.
func placeOf(t *testing.T, row []byte) string {
	t.Helper()
	var r struct {
		Latitude json.Number `json:"startLatitude"`
	}
	if err := json.Unmarshal(row, &r); err != nil {
		t.Fatal(err)
	}
	return r.Latitude.String()
}

// onPath puts the world's database at a path that the test knows.
func (w *world) onPath(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "clubrun.db")
	w.db = storetest.OpenAt(t, path, w.now)
	w.keeper.Store, w.engine.Store = w.db, w.db
	return path
}

// bytesOf returns all bytes of the database's files.
func bytesOf(t *testing.T, path string) (all []byte) {
	t.Helper()
	names, err := filepath.Glob(path + "*")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, data...)
	}
	return all
}

// TestAnUnreadableRowIsKeptWithoutItsPlaces, and a list that did not change is
// still known for what it was.
func TestAnUnreadableRowIsKeptWithoutItsPlaces(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		path := w.onPath(t)
		a := w.member(t, "ana", garmintest.Runner)
		row := `{"activityId":1,"startLatitude":38.70123,"activityName":"no start","new":{"polyline":"abc"}}`
		w.engine.Source = &scripted{rows: []string{row, `{"startLongitude":-9.10456}`, `[{"endLatitude":41.15789}]`}}
		same(t, "first", store.Tally{Listed: 3, Unreadable: 3}, w.sync(t, a))
		same(t, "second", store.Tally{Listed: 3}, w.sync(t, a))
		for i, want := range []string{`{"activityId":1,"activityName":"no start","new":{}}`, `{}`, `[{}]`} {
			raw, err := w.db.Raw(t.Context(), a.ID, "garmin", "list", strconv.Itoa(i+1))
			if err != nil || string(raw.Body) != want || raw.Reason == "" {
				t.Errorf("%s %q %v", raw.Body, raw.Reason, err)
			}
		}
		for _, place := range []string{"38.70123", "9.10456", "41.15789"} {
			if bytes.Contains(bytesOf(t, path), []byte(place)) {
				t.Errorf("%s is in the database's files", place)
			}
		}
	})
}
