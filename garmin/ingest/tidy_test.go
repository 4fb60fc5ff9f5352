package ingest_test

import (
	"path"
	"testing"

	"clubrun/garmin/garmintest"
	"clubrun/store"
)

// TestWhatACrashLeavesOnTheDiskGoes: the record of an activity went, and the
// process died before its file did.
func TestWhatACrashLeavesOnTheDiskGoes(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		w.wantFiles(t, a)
		w.sync(t, a)
		files := w.onDisk(t)
		if n, err := w.engine.Tidy(t.Context()); n != 0 || err != nil || len(files) < 2 {
			t.Fatalf("%d of %d sound files removed, %v", n, len(files), err)
		}
		all, err := w.db.Files(t.Context(), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range all {
			if f.State == store.FileKept {
				f.State, f.Path = store.FileNone, ""
				if err := w.db.SaveFile(t.Context(), f); err != nil {
					t.Fatal(err)
				}
				break
			}
		}
		half := path.Join(path.Dir(all[len(all)-1].Path), ".half.fit.tmp")
		if err := w.engine.Folder.WriteFile(half, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if n, err := w.engine.Tidy(t.Context()); n != 2 || err != nil || len(w.onDisk(t)) != len(files)-1 {
			t.Errorf("%d removed, %v; %d of %d are left", n, err, len(w.onDisk(t)), len(files))
		}
	})
}
