package ingest_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"clubrun/garmin/decode"
	"clubrun/garmin/garmintest"
	"clubrun/garmin/ingest"
	"clubrun/store"
	"clubrun/store/storetest"
)

type ingestStore = ingest.Store

func row(start int64, vigorous int) string {
	return fmt.Sprintf(`{"activityId":1,"beginTimestamp":%d,"duration":3600,"vigorousIntensityMinutes":%d}`, start, vigorous)
}

// wantFiles says /files on.
func (w *world) wantFiles(t *testing.T, a store.Athlete) {
	t.Helper()
	prefs := a.Prefs
	prefs.Files = true
	if err := w.db.SetPrefs(t.Context(), storetest.Actor(a), a.ID, prefs, store.Reply{}); err != nil {
		t.Fatal(err)
	}
}

func TestFilesAppearOnceAndOnlyForWhoAsked(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a, b := w.member(t, "ana", garmintest.Beginner), w.member(t, "ben", garmintest.Runner)
		w.wantFiles(t, a)
		got := w.sync(t, a)
		w.sync(t, b)
		files, err := w.db.Files(t.Context(), a.ID)
		if err != nil || got.Files == 0 {
			t.Fatal(got, err)
		}
		names, kept := w.onDisk(t), 0
		form := regexp.MustCompile(`^files/1/2026/(08|09)/activity_\d+_2026(08|09)\d\dT\d{6}Z\.fit$`)
		for _, f := range files {
			if f.State != store.FileKept {
				continue
			}
			kept++
			data, err := os.ReadFile(filepath.Join(w.folder, f.Path))
			sum := sha256.Sum256(data)
			if err != nil || !form.MatchString(f.Path) || f.SHA256 != hex.EncodeToString(sum[:]) || f.Size != int64(len(data)) || f.Reason != "" {
				t.Errorf("%+v %v", f, err)
			}
			if rec, err := decode.File(f.Path, data); err != nil || len(rec.Sessions) == 0 {
				t.Errorf("%s: %v", f.Path, err)
			}
		}
		if kept != got.Files || len(names) != kept {
			t.Errorf("%d kept, %d counted, on disk %v", kept, got.Files, names)
		}
		asked := w.Counts("ana@example.org").Files
		again := w.sync(t, a)
		same(t, "again", store.Tally{Listed: again.Listed}, again)
		if n := w.Counts("ana@example.org").Files; n != asked {
			t.Errorf("%d files were asked for again", n-asked)
		}
		if n := w.Counts("ben@example.org").Files; n != 0 {
			t.Errorf("%d files of somebody who did not ask", n)
		}
	})
}

func TestTheOriginalsFiguresAreThoseOfTheList(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		w.wantFiles(t, a)
		w.sync(t, a)
		byID := map[int64]store.Activity{}
		for _, act := range w.all(t, a) {
			byID[act.ID] = act
		}
		files, _ := w.db.Files(t.Context(), a.ID)
		if len(files) == 0 {
			t.Fatal("no files")
		}
		for _, f := range files {
			data, err := os.ReadFile(filepath.Join(w.folder, f.Path))
			if err != nil {
				t.Fatal(err)
			}
			rec, err := decode.File(f.Path, data)
			if err != nil || len(rec.Sessions) != 1 {
				t.Fatalf("%s: %v", f.Path, err)
			}
			act, list := rec.Sessions[0].Activity(a.ID, "file", "x", nil), byID[f.Activity]
			if act.Sport != list.Sport || !act.Start.Equal(list.Start.Truncate(time.Second)) || act.Distance-list.Distance > 1 || list.Distance-act.Distance > 1 {
				t.Errorf("file %+v\nlist %+v", act, list)
			}
		}
	})
}

func TestNoFileIsLeftHalfWritten(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		w.wantFiles(t, a)
		if err := os.MkdirAll(filepath.Join(w.folder, "files"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(w.folder, "files", "1"), []byte("in the way"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := w.engine.Sync(t.Context(), a.ID); err == nil {
			t.Error("no error")
		}
		if files, _ := w.db.Files(t.Context(), a.ID); len(files) != 0 {
			t.Errorf("a row without a file: %+v", files)
		}
		if len(w.all(t, a)) == 0 {
			t.Error("the activities are lost over the files")
		}
		if err := os.Remove(filepath.Join(w.folder, "files", "1")); err != nil {
			t.Fatal(err)
		}
		if got := w.sync(t, a); got.Files == 0 || len(w.onDisk(t)) != got.Files {
			t.Errorf("%+v %v", got, w.onDisk(t))
		}
	})
}

func TestWhereNoFilesAreKeptNobodysAre(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Beginner)
		w.wantFiles(t, a)
		w.engine.NoFiles = true
		if got := w.sync(t, a); got.Files != 0 || len(w.onDisk(t)) != 0 {
			t.Errorf("%+v %v", got, w.onDisk(t))
		}
	})
}

func TestClearLeavesNoFileOfTheAthlete(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a, b := w.member(t, "ana", garmintest.Beginner), w.member(t, "ben", garmintest.Beginner)
		for _, who := range []store.Athlete{a, b} {
			w.wantFiles(t, who)
			w.sync(t, who)
		}
		if err := w.engine.Clear(t.Context(), a.ID); err != nil {
			t.Fatal(err)
		}
		names := w.onDisk(t)
		for _, name := range names {
			if strings.HasPrefix(name, "files/1/") {
				t.Errorf("%s is left", name)
			}
		}
		if len(names) == 0 {
			t.Error("the other athlete's files are gone too")
		}
	})
}
