package ingest_test

import (
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
			tracks, err := w.engine.Tracks(t.Context(), a.ID, 1, f.Activity)
			track := tracks[f.Activity]
			if f.State != store.FileKept {
				if err != nil || len(tracks) > 0 {
					t.Errorf("without a file: %d, %v", len(tracks), err)
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
		var ids []int64
		for _, f := range files {
			ids = append(ids, f.Activity)
		}
		if tracks, err := w.engine.Tracks(t.Context(), a.ID, read-1, ids...); err != nil || len(tracks) != read-1 {
			t.Errorf("%d tracks of at most %d, %v", len(tracks), read-1, err)
		}
		if tracks, err := w.engine.Tracks(t.Context(), b.ID, 1, last.Activity); err != nil || len(tracks) > 0 {
			t.Errorf("somebody else's: %d, %v", len(tracks), err)
		}
		if err := os.Remove(filepath.Join(w.folder, last.Path)); err != nil {
			t.Fatal(err)
		}
		if tracks, err := w.engine.Tracks(t.Context(), a.ID, 1, last.Activity); err != nil || len(tracks) > 0 {
			t.Errorf("of a file that is gone: %d, %v", len(tracks), err)
		}
	})
}
