package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const twoTracks = `<?xml version="1.0"?><gpx version="1.1"><trk><name>Lake</name><type>trail_running</type><trkseg>
<trkpt lat="47.0" lon="8.0"><ele>400</ele><time>2026-09-07T06:00:00Z</time></trkpt>
<trkpt lat="47.001" lon="8.0"><ele>410</ele><time>2026-09-07T06:00:40Z</time></trkpt></trkseg></trk>
<trk><trkseg><trkpt lat="47.0" lon="8.0"/></trkseg></trk></gpx>`

func inspect(t *testing.T, args ...string) (string, error) {
	t.Helper()
	cmd := inspectCommand()
	var out bytes.Buffer
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	cmd.SilenceUsage, cmd.SilenceErrors = true, true
	cmd.SetArgs(args)
	err := cmd.Execute()
	return out.String(), err
}

func TestInspectPrintsOneObjectALineAndGoesOnPastABadFile(t *testing.T) {
	dir := t.TempDir()
	good, bad, none := filepath.Join(dir, "two.gpx"), filepath.Join(dir, "bad.fit"), filepath.Join(dir, "none.fit")
	inspectWrite(t, good, twoTracks)
	inspectWrite(t, bad, "not a fit file")
	out, err := inspect(t, "-o", "json", bad, none, good)
	if err == nil {
		t.Error("no error though two files cannot be read")
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d lines:\n%s", len(lines), out)
	}
	for i, line := range lines[:2] {
		var f inspectedFile
		if err := json.Unmarshal([]byte(line), &f); err != nil || f.Error == "" || len(f.Sessions) != 0 {
			t.Errorf("line %d: %s %v", i, line, err)
		}
	}
	want := `{"file":` + inspectQuote(good) + `,"format":"gpx","sessions":[` +
		`{"sport":"running","sub_sport":"trail","start":"2026-09-07T06:00:00Z","elapsed_s":40,"distance_m":111.195,"ascent_m":10,"records":2,"laps":1},` +
		`{"records":1,"laps":1}]}`
	if lines[2] != want {
		t.Errorf("got  %s\nwant %s", lines[2], want)
	}
}

func TestInspectTableNamesWhatIsUnknown(t *testing.T) {
	file := filepath.Join(t.TempDir(), "two.gpx")
	inspectWrite(t, file, twoTracks)
	out, err := inspect(t, file)
	if err != nil || !strings.Contains(out, "running/trail  2026-09-07 06:00:00  40s") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestInspectRefusesAnUnknownOutput(t *testing.T) {
	if _, err := inspect(t, "-o", "xml", "x"); err == nil {
		t.Error("xml was accepted")
	}
}

func inspectWrite(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func inspectQuote(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}
