package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/storetest"
)

// withMember makes a data folder with a member whose one activity has a file.
func withMember(t *testing.T) string {
	t.Helper()
	data := used(t)
	h := opened(t, data)
	ana := storetest.Athlete(t, h.DB, "Ana")
	act := storetest.Activity(t, h.DB, ana.ID, time.Date(2026, 9, 7, 6, 0, 0, 0, time.UTC))
	f := store.File{Activity: act.ID, Format: "fit", State: store.FileKept, Path: "files/1/2026/09/activity_7_20260907T060000Z.fit"}
	if err := h.DB.SaveFile(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(filepath.Join(data, f.Path)), 0o700); err != nil {
		t.Fatal(err)
	}
	large := bytes.Repeat([]byte("an original that takes more than one part; "), 10_000)
	if err := os.WriteFile(filepath.Join(data, f.Path), large, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAnExportIsAFileOfItsOwnerAlone(t *testing.T) {
	for _, running := range []bool{false, true} {
		data := withMember(t)
		if running {
			hearing(t, data)
		}
		folder := t.TempDir()
		to := filepath.Join(folder, "ana.zip")
		code, out, errs := command(t, "export", "--data", data, "--member", "Ana", "--to", to)
		if code != exitOK || !strings.Contains(out, "All that is kept about Ana") {
			t.Fatalf("running %t: code %d: %s%s", running, code, out, errs)
		}
		if s, err := os.Stat(to); err != nil || s.Mode().Perm() != 0o600 {
			t.Errorf("running %t: %v, %v", running, s.Mode(), err)
		}
		if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
			t.Errorf("running %t: %d files are in the folder, %v", running, len(left), err)
		}
		r, err := zip.OpenReader(to)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.File) != 4 || r.File[2].Name != "files/2026/09/activity_7_20260907T060000Z.fit" {
			t.Errorf("running %t: %d files are in the archive", running, len(r.File))
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestAnExportGoesToStandardOutputAlone(t *testing.T) {
	data := withMember(t)
	code, out, errs := command(t, "export", "--data", data, "--member", "Ana", "--format", "json", "--to", "-")
	var all map[string][]map[string]any
	if err := json.Unmarshal([]byte(out), &all); err != nil || code != exitOK || len(all["activities"]) != 1 {
		t.Errorf("code %d, %v: %.300s", code, err, out)
	}
	if !strings.Contains(errs, "All that is kept about Ana") {
		t.Errorf("said: %s", errs)
	}
	code, out, _ = command(t, "export", "--data", data, "--member", "Ana", "--to", "-")
	if _, err := zip.NewReader(strings.NewReader(out), int64(len(out))); err != nil || code != exitOK {
		t.Errorf("code %d: %v", code, err)
	}
}

func TestTheNameOfTheFileTellsTheFormat(t *testing.T) {
	data := withMember(t)
	t.Chdir(t.TempDir())
	for args, want := range map[string]string{
		"--to a.csv": "a.csv", "--format csv": "export-ana.csv", "--format csv --to a.zip": "a.zip", "": "export-ana.zip", "--to b.json": "b.json",
	} {
		line := append([]string{"export", "--data", data, "--member", "Ana"}, strings.Fields(args)...)
		if code, out, errs := command(t, line...); code != exitOK {
			t.Fatalf("%s: code %d: %s%s", args, code, out, errs)
		}
		got, err := os.ReadFile(want)
		if err != nil {
			t.Fatal(err)
		}
		if isZip := bytes.HasPrefix(got, []byte("PK")); isZip != strings.HasSuffix(want, ".zip") {
			t.Errorf("%s: %s is an archive: %t", args, want, isZip)
		}
	}
	if code, _, errs := command(t, "export", "--data", data, "--member", "Ana", "--format", "pdf"); code != exitUsage {
		t.Errorf("code %d: %s", code, errs)
	}
}

func TestWhatBreaksOffLeavesNoFile(t *testing.T) {
	folder := t.TempDir()
	s := sink{path: filepath.Join(folder, "ana.zip")}
	for range 3 {
		if err := s.Part("export.zip", []byte("half"), false); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("%d files are left, %v", len(left), err)
	}
	data := withMember(t)
	code, _, errs := command(t, "export", "--data", data, "--member", "Ana", "--to", filepath.Join(folder, "no", "such", "folder.zip"))
	if code != exitFailure || errs == "" {
		t.Errorf("code %d: %s", code, errs)
	}
}
