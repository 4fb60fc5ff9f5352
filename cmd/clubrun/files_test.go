package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"clubrun/cmd/clubrun/control"
	"clubrun/cmd/clubrun/story"

	"github.com/google/go-cmp/cmp"
)

// ran is a TCX file of a run.
func ran(day int) []byte {
	at := time.Date(2026, 3, day, 7, 0, 0, 0, time.UTC).Format(time.RFC3339)
	return fmt.Appendf(nil, `<TrainingCenterDatabase><Activities><Activity Sport="Running"><Id>%s</Id><Lap StartTime="%s">`+
		`<TotalTimeSeconds>3600</TotalTimeSeconds><DistanceMeters>10000</DistanceMeters></Lap></Activity></Activities></TrainingCenterDatabase>`, at, at)
}

// zipped returns an archive of names and contents.
func zipped(t *testing.T, files ...any) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i].(string))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(files[i+1].([]byte)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write(data)
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// laid writes files into a folder and returns it.
func laid(t *testing.T, files map[string][]byte) string {
	t.Helper()
	folder := t.TempDir()
	for name, data := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestAFeedReadsFoldersAndArchivesInEachOther(t *testing.T) {
	deep := zipped(t, "d.tcx", ran(1))
	for range 4 {
		deep = zipped(t, "more.zip", deep)
	}
	folder := laid(t, map[string][]byte{
		"a.tcx": ran(1), "b.tcx.gz": gzipped(t, ran(2)), "notes.txt": []byte("x"), ".hidden.fit": []byte("x"), ".git/c.tcx": ran(1), "sub/c.GPX": []byte("gpx"),
		"export.zip": zipped(t, "DI/part1.zip", zipped(t, "1.fit", []byte("one"), "__MACOSX/2.fit", []byte("x")), "customer.json", []byte("{}"), "DI/ana_0_summarizedActivities.json", []byte("[]"), "z.tcx", ran(3)),
		"torn.zip":   []byte("PK\x03\x04 no more"), "very.zip": deep, "torn.fit.gz": []byte("no gzip"),
	})
	f := feed{named: []string{folder}}
	var got []string
	for {
		given, err := f.next(folder)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		text := strings.TrimPrefix(given.Name, folder+"/")
		if given.Reason != "" {
			text += ": " + given.Reason
		} else if len(given.Data) == 0 {
			t.Errorf("%s is empty", given.Name)
		}
		got = append(got, text)
	}
	want := []string{
		"a.tcx", "b.tcx.gz", "export.zip/DI/part1.zip/1.fit", "export.zip/DI/ana_0_summarizedActivities.json", "export.zip/z.tcx", "sub/c.GPX", "torn.fit.gz: unexpected EOF", "torn.zip: zip: not a valid zip file",
		"very.zip/more.zip/more.zip/more.zip: archives are nested too deeply",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "clubrun-*.zip")); len(left) != 0 {
		t.Errorf("left in the folder of temporary files: %v", left)
	}
}

func TestAFeedReadsNothingThatWasNotNamed(t *testing.T) {
	folder := laid(t, map[string][]byte{"a.tcx": ran(1)})
	f := feed{named: []string{"b.tcx"}}
	if given, err := f.next(filepath.Join(folder, "a.tcx")); !errors.Is(err, control.ErrNoFiles) {
		t.Error(given.Name, err)
	}
}

func TestImportTellsWhatBecameOfEachFile(t *testing.T) {
	data := used(t)
	meet(t, data, "Ana")
	folder := laid(t, map[string][]byte{
		"new.tcx": ran(1), "same.tcx": ran(1), "torn.tcx": ran(2)[:120], "export.zip": zipped(t, "in/it.tcx", ran(3)),
		"route.gpx": []byte(`<gpx><trk><trkseg><trkpt lat="1" lon="2"/></trkseg></trk></gpx>`),
	})
	t.Chdir(folder)
	args := []string{"import", "--data", data, "--member", "ana", "new.tcx", "same.tcx", "torn.tcx", "export.zip", "route.gpx", "none.fit"}
	want := `new.tcx: 1 new activity
same.tcx: known already
torn.tcx: skipped: damaged: the file ends early, on line 1
export.zip/in/it.tcx: 1 new activity
route.gpx: holds no activity that has a date and a duration
none.fit: skipped: no such file or directory
Read 6 files of Ana: 2 new, 1 known already; 1 holds no activity; 2 broken. The files themselves are not kept: Ana has not agreed to that (/files on).
`
	code, out, errs := command(t, args...)
	if code != exitFailure || errs != "clubrun: 2 files could not be read and were skipped\nclubrun: hint: clubrun inspect FILE says how far one can be read\n" {
		t.Errorf("%d\n%s", code, errs)
	}
	if diff := cmp.Diff(want, out); diff != "" {
		t.Error(diff)
	}
	hearing(t, data) // and once more beside a running instance
	code, out, errs = command(t, "import", "--data", data, "--member", "1", ".")
	if code != exitFailure || !strings.Contains(out, "Read 5 files of Ana: 0 new, 3 known already; 1 holds no activity; 1 broken.\n") {
		t.Errorf("%d\n%s%s", code, out, errs)
	}
	code, out, _ = command(t, "list", "--offline", "--data", data)
	if code != exitOK || strings.Count(out, "not agreed that files are kept") != 2 {
		t.Errorf("%d\n%s", code, out)
	}
	if _, out, _ := command(t, "audit", "--data", data); !strings.Contains(out, "activity.import") || !strings.Contains(out, "2 new, 0 files kept") {
		t.Error(out)
	}
}

func TestImportWantsAMemberAndAFile(t *testing.T) {
	data := used(t)
	for want, args := range map[string][]string{
		"import needs --member":                        {"import", "a.fit"},
		"import needs a file, a folder or an archive":  {"import", "--member", "Ana"},
		`nobody called "Ana" has written to the bot\n`: {"import", "a.fit", "--member", "Ana"},
	} {
		code, out, errs := command(t, append(args, "--data", data)...)
		if code == exitOK || out != "" || !strings.Contains(errs, strings.TrimSuffix(want, `\n`)) || !strings.Contains(errs, "hint: ") {
			t.Errorf("%v: %d %s%s", args, code, out, errs)
		}
	}
}

func TestNoCommandTakesADemosTokensToGarmin(t *testing.T) {
	data := used(t)
	if err := os.WriteFile(filepath.Join(data, story.Mark), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"sync"}, {"list"}, {"download", "--missing"}, {"link", "--member", "Ana"}} {
		if code, out, errs := command(t, append(args, "--data", data)...); code != exitConfig || out != "" || !strings.Contains(errs, "belongs to a demo") {
			t.Errorf("%v: %d\n%s%s", args, code, out, errs)
		}
	}
}

// meet makes a data folder know somebody.
func meet(t *testing.T, data, name string) {
	t.Helper()
	h := opened(t, data)
	_, err := h.DB.Meet(t.Context(), "lid-"+name, "", name)
	if err := errors.Join(err, h.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestABarSaysHowFarItIsInOneLine(t *testing.T) {
	for want, s := range map[string]control.Step{
		"████████████░░░░░░░░░░░░ 5/10 Ana": {Done: 5, Total: 10, Line: "Ana"},
		"░░░░░░░░░░░░░░░░░░░░░░░░ 0/1 a ve": {Total: 1, Line: "a very long line"},
		"7 in/it.tcx": {Done: 7, Line: "in/it.tcx"},
	} {
		if got := barOf(s, 33); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
