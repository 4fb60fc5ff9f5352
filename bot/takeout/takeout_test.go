package takeout_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"clubrun/bot/takeout"
	"clubrun/garmin/decode"
	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 9, 9, 11, 0, 0, 0, time.UTC)

// words are the keys themselves, with what is filled in.
func words(key string, args ...any) string { return fmt.Sprintln(append([]any{key}, args...)...) }

const gpx = `<?xml version="1.0"?><gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Round</name><type>running</type><trkseg>
<trkpt lat="38.70" lon="-9.14"><ele>10</ele><time>2026-09-07T06:00:00Z</time></trkpt>
<trkpt lat="38.71" lon="-9.14"><ele>12</ele><time>2026-09-07T06:06:00Z</time></trkpt>
<trkpt lat="38.72" lon="-9.14"><ele>14</ele><time>2026-09-07T06:12:00Z</time></trkpt>
</trkseg></trk></gpx>`

// world is Ana with an original, a GPX file and a workout without a file, and
// Ben beside her.
type world struct {
	db    *sqlite.DB
	maker *takeout.Maker
	ana   store.Athlete
	acts  []store.Activity
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{db: storetest.OpenAt(t, filepath.Join(t.TempDir(), "clubrun.db"), func() time.Time { return noon })}
	g := storetest.Group(t, w.db, "Runners")
	w.ana = storetest.Member(t, w.db, g, "canary-ana")
	ben := storetest.Member(t, w.db, g, "canary-ben")
	files := fstest.MapFS{}
	for i, format := range []string{"fit", "gpx", ""} {
		start := noon.Add(time.Duration(i-3) * 24 * time.Hour)
		a := storetest.Activity(t, w.db, w.ana.ID, start)
		w.acts = append(w.acts, a)
		storetest.Activity(t, w.db, ben.ID, start)
		if format == "" {
			continue
		}
		f := store.File{Activity: a.ID, Format: format, State: store.FileKept,
			Path: fmt.Sprintf("files/%d/2026/09/activity_%s_%s.%s", w.ana.ID, a.External, start.Format("20060102T150405Z"), format)}
		if err := w.db.SaveFile(t.Context(), f); err != nil {
			t.Fatal(err)
		}
		files[f.Path] = &fstest.MapFile{Data: []byte(map[string]string{"fit": strings.Repeat("an original ", 1000), "gpx": gpx}[format])}
	}
	d := store.Duel{Group: g.ID, From: ben.ID, To: w.ana.ID, Metric: store.ByDays, Week: store.WeekOf(store.DayOf(noon), time.Monday)}
	if err := w.db.AskDuel(t.Context(), storetest.Actor(ben), d, store.Reply{}); err != nil {
		t.Fatal(err)
	}
	w.maker = &takeout.Maker{Store: w.db, Files: files}
	return w
}

func (w *world) pack(t *testing.T, format string) []byte {
	t.Helper()
	data, whole, err := w.maker.Pack(t.Context(), w.ana.ID, format, words)
	if err != nil || !whole {
		t.Fatal(whole, err)
	}
	return data
}

// unpacked are the files of an archive by name, and their names in order.
func unpacked(t *testing.T, data []byte) (files map[string]string, names []string) {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files = map[string]string{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
		names = append(names, f.Name)
	}
	return files, names
}

func TestEachFormatHasItsFiles(t *testing.T) {
	w := newWorld(t)
	original := "files/2026/09/activity_" + w.acts[0].External + "_20260906T110000Z.fit"
	track := "files/2026/09/activity_" + w.acts[1].External + "_20260907T110000Z.gpx"
	made := []string{"fit/activity_" + w.acts[1].External + "_20260907T110000Z.fit", "fit/activity_" + w.acts[2].External + "_20260908T110000Z.fit"}
	for format, want := range map[string][]string{
		takeout.All:  {"activities.csv", "member.json", original, track, "README.txt"},
		takeout.CSV:  {"activities.csv", "README.txt"},
		takeout.JSON: {"member.json", "README.txt"},
		takeout.FIT:  {"activities.csv", "member.json", original, track, made[0], made[1], "README.txt"},
	} {
		_, names := unpacked(t, w.pack(t, format))
		if diff := cmp.Diff(want, names); diff != "" {
			t.Errorf("format %q (-want +got):\n%s", format, diff)
		}
	}
}

func TestTheSameDataGivesTheSameBytes(t *testing.T) {
	w := newWorld(t)
	if !bytes.Equal(w.pack(t, takeout.FIT), w.pack(t, takeout.FIT)) {
		t.Error("the second archive is another one")
	}
}

func TestNothingOfSomebodyElseAndNoTokenIsHandedOver(t *testing.T) {
	w := newWorld(t)
	files, _ := unpacked(t, w.pack(t, takeout.FIT))
	for name, text := range files {
		for _, canary := range []string{"canary-ben", "tokens of"} {
			if strings.Contains(name+text, canary) {
				t.Errorf("%q stands in %s", canary, name)
			}
		}
	}
	if !strings.Contains(files["member.json"], "another member") {
		t.Error("the duel does not say that there was somebody else")
	}
}

func TestTheDocumentHasEveryRowOfTheHoldings(t *testing.T) {
	w := newWorld(t)
	files, _ := unpacked(t, w.pack(t, takeout.All))
	var got map[string][]map[string]any
	if err := json.Unmarshal([]byte(files["member.json"]), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]int{}
	err := w.db.Holdings(t.Context(), w.ana.ID, func(h store.Holding) error {
		row := got[h.Part][want[h.Part]]
		if len(row) != len(h.Names) {
			t.Errorf("%s has the columns %v, want %v", h.Part, row, h.Names)
		}
		want[h.Part]++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for part, rows := range got {
		if len(rows) != want[part] {
			t.Errorf("%d %s, want %d", len(rows), part, want[part])
		}
	}
	if len(want) < 6 || got["profile"][0]["name"] != "canary-ana" {
		t.Errorf("parts: %v", want)
	}
}

func TestTheTableIsSafeInASpreadsheet(t *testing.T) {
	w := newWorld(t)
	for i, name := range []string{`=HYPERLINK("http://x","y")`, "+1", "-2", "@x", "\tz", `a "b", c`, "line\nbreak"} {
		a := w.acts[0]
		a.ID, a.External, a.Name, a.Start, a.Distance = 0, fmt.Sprint("named-", i), name, noon.Add(time.Duration(i)*time.Hour), 1234.5
		a.Local = a.Start.In(time.FixedZone("", 3600))
		raw := store.Raw{Athlete: w.ana.ID, Source: "garmin", Kind: "list", External: a.External}
		if _, err := w.db.Keep(t.Context(), raw, []store.Activity{a}); err != nil {
			t.Fatal(err)
		}
	}
	files, _ := unpacked(t, w.pack(t, takeout.CSV))
	rows, err := csv.NewReader(strings.NewReader(files["activities.csv"])).ReadAll()
	if err != nil || len(rows) != 1+3+7 {
		t.Fatal(err, len(rows))
	}
	head := rows[0]
	cell := func(row int, name string) string { return rows[row][slices.Index(head, name)] }
	var names []string
	for i := 4; i < len(rows); i++ {
		names = append(names, cell(i, "name"))
	}
	want := []string{`'=HYPERLINK("http://x","y")`, "'+1", "'-2", "'@x", "'\tz", `a "b", c`, "line\nbreak"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	if got := cell(4, "start_utc") + " " + cell(4, "start_local") + " " + cell(4, "distance_m") + " " + cell(4, "elapsed_s") + " " + cell(4, "climb_m"); got != "2026-09-09T11:00:00Z 2026-09-09T12:00:00+01:00 1234.5 3600 " {
		t.Errorf("figures: %s", got)
	}
	if !strings.Contains(files["activities.csv"], "\r\n") {
		t.Error("lines do not end as RFC 4180 has it")
	}
}

func TestActivitiesWithoutAFITFileGetOne(t *testing.T) {
	w := newWorld(t)
	files, _ := unpacked(t, w.pack(t, takeout.FIT))
	for i, points := range map[int]bool{1: true, 2: false} {
		name := "fit/activity_" + w.acts[i].External + "_" + w.acts[i].Start.Format("20060102T150405Z") + ".fit"
		rec, err := decode.File(name, []byte(files[name]))
		if err != nil || len(rec.Sessions) != 1 {
			t.Fatalf("%s: %v, %d sessions", name, err, len(rec.Sessions))
		}
		s := rec.Sessions[0]
		if s.Sport != "running" || (s.Points() > 0) != points {
			t.Errorf("%s: %s with %d points", name, s.Sport, s.Points())
		}
		if !points && (s.Distance != 10_000 || s.Elapsed != time.Hour) {
			t.Errorf("%s: %.0f m in %s", name, s.Distance, s.Elapsed)
		}
	}
}

func TestAFileThatIsGoneIsTold(t *testing.T) {
	w := newWorld(t)
	w.maker.Files = fstest.MapFS{}
	files, names := unpacked(t, w.pack(t, takeout.All))
	if len(names) != 3 || !strings.Contains(files["README.txt"], "takeout.lost n 2") || strings.Contains(files["README.txt"], "takeout.files") {
		t.Errorf("%v\n%s", names, files["README.txt"])
	}
}

func TestBeyondTheLimitTheFilesAreLeftOut(t *testing.T) {
	w := newWorld(t)
	big := make([]byte, 300_000)
	for i, x := 0, uint32(1); i < len(big); i++ {
		x = x*1664525 + 1013904223
		big[i] = byte(x >> 24)
	}
	files, ok := w.maker.Files.(fstest.MapFS)
	if !ok {
		t.Fatal("no files")
	}
	for name := range files {
		files[name] = &fstest.MapFile{Data: big}
	}
	w.maker.Limit = 100_000
	data, whole, err := w.maker.Pack(t.Context(), w.ana.ID, takeout.All, words)
	if err != nil || whole || len(data) > 100_000 {
		t.Fatalf("%d bytes, whole %t, %v", len(data), whole, err)
	}
	texts, names := unpacked(t, data)
	if len(names) != 3 || !strings.Contains(texts["README.txt"], "takeout.bare number 1") {
		t.Errorf("%v\n%s", names, texts["README.txt"])
	}
	w.maker.Limit = 500
	if data, _, err := w.maker.Pack(t.Context(), w.ana.ID, takeout.All, words); data != nil || err != nil {
		t.Errorf("%d bytes, %v: want none", len(data), err)
	}
}

func TestWhoIsErasedMeanwhileGetsNothing(t *testing.T) {
	w := newWorld(t)
	erase := func(int, int, string) error {
		err := w.db.Erase(context.WithoutCancel(t.Context()), storetest.Actor(w.ana), w.ana.ID, store.Reply{})
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	}
	err := w.maker.Write(t.Context(), io.Discard, takeout.Order{Athlete: w.ana.ID, Say: words, Step: erase})
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("%v, want ErrNotFound", err)
	}
}

func TestAnotherProgramOpensTheArchive(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not here")
	}
	w := newWorld(t)
	name := filepath.Join(t.TempDir(), "export.zip")
	if err := os.WriteFile(name, w.pack(t, takeout.FIT), 0o600); err != nil {
		t.Fatal(err)
	}
	const script = `import sys, zipfile, json, csv, io
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
json.loads(z.read("member.json"))
print(len(z.namelist()), len(list(csv.DictReader(io.StringIO(z.read("activities.csv").decode())))))`
	out, err := exec.CommandContext(t.Context(), python, "-c", script, name).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "7 3" {
		t.Errorf("%v: %s", err, out)
	}
}
