package ingest_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"clubrun/garmin/garmintest"
	"clubrun/store"
)

// swapped is a network on which the archives of originals are others.
type swapped struct {
	http.RoundTripper
	status int
	body   []byte
	asked  *int
}

func (s swapped) RoundTrip(req *http.Request) (*http.Response, error) {
	res, err := s.RoundTripper.RoundTrip(req)
	if err != nil || !strings.Contains(req.URL.Path, "/download-service/files/") {
		return res, err
	}
	_ = res.Body.Close()
	*s.asked++
	res.StatusCode, res.Body, res.ContentLength = s.status, io.NopCloser(bytes.NewReader(s.body)), int64(len(s.body))
	res.Header = http.Header{"Content-Type": {"application/zip"}}
	return res, nil
}

// packed zips files, given as name and content in turn.
func packed(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const gpxTrack = `<gpx version="1.1"><trk><type>running</type><trkseg><trkpt lat="50" lon="8"><time>2026-09-08T06:00:00Z</time></trkpt>
<trkpt lat="50.01" lon="8"><time>2026-09-08T06:05:00Z</time></trkpt></trkseg></trk></gpx>`

func flipped(data []byte, at int) string {
	out := bytes.Clone(data)
	out[at] ^= 0xff
	return string(out)
}

// TestEachArchiveEndsAsItDeserves hands the client one archive after another in
// place of an original.
func TestEachArchiveEndsAsItDeserves(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		acts := w.quietly(t, a)
		run := string(hourRun(t, w.now().AddDate(0, -1, 0), 150))
		other := string(hourRun(t, w.now().AddDate(0, -1, 0), 150)[:400])
		zipped := packed(t, "1_ACTIVITY.fit", run)
		broken := flipped(zipped, len(zipped)/2)
		asked := 0
		network := w.keeper.Garmin.Transport
		for i, c := range []struct {
			name   string
			status int
			body   string
			asked  int
			states string // fit, tcx, gpx
			says   string // the row of the original
			holds  string // the file that is kept
		}{
			{"a FIT file", 200, string(zipped), 1, "kept", "", run},
			{"several entries", 200, string(packed(t, "readme.txt", "hello", "1.fit", other, "2.fit", run, "x/", "")), 1, "kept", "", run},
			{"a name that lies", 200, string(packed(t, "9_ACTIVITY.fit", "not at all", "2.fit", run)), 1, "kept", "", run},
			{"names that lead elsewhere", 200, string(packed(t, "../../../../etc/cron.d/x.fit", run)), 1, "kept", "", run},
			{"a GPX original", 200, string(packed(t, "1.gpx", gpxTrack)), 1, "none - kept", "the original is gpx", gpxTrack},
			{"a TCX original", 200, string(packed(t, "1.tcx", string(tcx("Running", w.now())))), 1, "none kept", "the original is tcx", string(tcx("Running", w.now()))},
			{"a FIT file that is damaged", 200, string(packed(t, "1.fit", flipped([]byte(run), len(run)-1))), 2, "kept", "damaged: wrong checksum", flipped([]byte(run), len(run)-1)},
			{"a web page", 200, "<html>Sorry</html>", 2, "failed kept", "status 200): a web page instead of data", ""},
			{"something else", 200, "Sorry", 2, "failed kept", "not a zip archive", ""},
			{"an archive that is cut off", 200, string(zipped[:len(zipped)-30]), 2, "failed kept", "not a whole zip archive", ""},
			{"an archive with a wrong checksum", 200, broken, 2, "failed kept", "damaged", ""},
			{"a bomb", 200, string(packed(t, "1.fit", strings.Repeat("\x00", 80<<20))), 2, "failed kept", "beyond the limit", ""},
			{"nothing but a note", 200, string(packed(t, "note.txt", "gone")), 2, "failed kept", "not a FIT, TCX or GPX file", ""},
			{"an empty archive", 200, string(packed(t)), 1, "none kept", "the source has none (status 200)", ""},
			{"no such file", 404, "", 1, "none kept", "the source has none (status 404)", ""},
			{"no body", 200, "", 2, "failed kept", "status 200): an answer without a body", ""},
			{"an outage", 503, "", 2, "failed kept", "503", ""},
		} {
			act := outdoors(t, acts[i:])
			for j := range acts {
				if acts[j].ID == act.ID {
					acts[i], acts[j] = acts[j], acts[i]
				}
			}
			asked = 0
			w.keeper.Garmin.Transport = swapped{network, c.status, []byte(c.body), &asked}
			f := w.fetch(t, act, "")
			got, row := w.states(t, act)
			if asked != c.asked || got != c.states || !strings.Contains(row.Reason, c.says) || c.says == "" && row.Reason != "" {
				t.Errorf("%s: asked %d times, %s, %q", c.name, asked, got, row.Reason)
			}
			if (row.State == store.FileFailed) != row.Retry.After(w.now()) && !strings.HasPrefix(c.says, "the source has none") {
				t.Errorf("%s: again at %v", c.name, row.Retry)
			}
			if data, err := os.ReadFile(filepath.Join(w.folder, f.Path)); c.holds != "" && (err != nil || string(data) != c.holds) {
				t.Errorf("%s: %s is not the file: %v", c.name, f.Path, err)
			}
		}
		for _, name := range w.onDisk(t) {
			if !strings.HasPrefix(name, "files/1/2026/") || strings.Contains(name, ".tmp") {
				t.Errorf("%s lies where it should not", name)
			}
		}
	})
}

// states are those of the formats that are tried, in order, and the row of the
// original.
func (w *world) states(t *testing.T, a store.Activity) (states string, original store.File) {
	t.Helper()
	files, err := w.db.Files(t.Context(), a.Athlete)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]store.File{}
	for _, f := range files {
		if f.Activity == a.ID {
			by[f.Format] = f
		}
	}
	var all []string
	for _, format := range []string{"fit", "tcx", "gpx"} {
		state := string(by[format].State)
		if state == "" {
			state = "-"
		}
		all = append(all, state)
	}
	return strings.TrimRight(strings.Join(all, " "), " -"), by["fit"]
}
