package ingest_test

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"testing"

	"clubrun/garmin/garmintest"
	"clubrun/store"
)

func TestATrackIsReadFromTheKeptFileOfItsOwner(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a, b := w.member(t, "ana", garmintest.Beginner), w.member(t, "ben", garmintest.Runner)
		w.wantFiles(t, a)
		w.sync(t, a)
		w.sync(t, b)
		files, err := w.db.Files(t.Context(), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		read, last := 0, store.File{}
		for _, f := range files {
			track, err := w.engine.Track(t.Context(), a.ID, f.Activity)
			if f.State != store.FileKept {
				if !errors.Is(err, store.ErrNotFound) {
					t.Errorf("without a file: %v", err)
				}
				continue
			}
			end := track[len(track)-1]
			if err != nil || len(track) < 20 || track[0].Seconds != 0 || end.Seconds < 600 || math.IsNaN(end.Heart) {
				t.Errorf("%d moments, the last %+v, %v", len(track), end, err)
			}
			read, last = read+1, f
		}
		if read == 0 {
			t.Fatal("no file was kept")
		}
		if _, err := w.engine.Track(t.Context(), b.ID, last.Activity); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("somebody else's: %v", err)
		}
		if err := os.Remove(filepath.Join(w.folder, last.Path)); err != nil {
			t.Fatal(err)
		}
		if _, err := w.engine.Track(t.Context(), a.ID, last.Activity); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("of a file that is gone: %v", err)
		}
	})
}
