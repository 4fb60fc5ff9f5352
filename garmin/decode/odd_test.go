package decode

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// wide turns a text into UTF-16.
func wide(text string, big, mark bool) []byte {
	var out []byte
	if mark {
		text = "\ufeff" + text
	}
	for _, u := range utf16.Encode([]rune(text)) {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out
}

func windows(t *testing.T, text string) []byte {
	t.Helper()
	out, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(out)
}

const oddGPX = `<gpx version="1.0"><wpt lat="1" lon="1"/><trk><name>Über Süd</name><type>running</type><trkseg>
<trkpt lat="50.0" lon="8.0"><ele>100</ele><time>2026-09-08T06:00:00Z</time></trkpt>
<trkpt lat="50.01" lon="8.0"><ele>110</ele><time>2026-09-08T06:05:00Z</time></trkpt></trkseg></trk></gpx>`

const oddTCX = `<TrainingCenterDatabase><Activities><Activity Sport="Running"><Lap StartTime="2026-09-08T06:00:00Z">
<TotalTimeSeconds>300</TotalTimeSeconds><DistanceMeters>1112</DistanceMeters></Lap></Activity></Activities></TrainingCenterDatabase>`

// prefixed puts every element into a namespace with a prefix.
func prefixed(text string) string {
	return strings.NewReplacer("</", "</ns3:", "<?", "<?", "<", "<ns3:").Replace(text)
}

// TestOddDocumentsAreReadAllTheSame: the ways in which programs bend XML.
func TestOddDocumentsAreReadAllTheSame(t *testing.T) {
	declared := func(version, encoding string) string {
		return `<?xml version="` + version + `" encoding="` + encoding + `"?>`
	}
	for name, data := range map[string][]byte{
		"plain":                       []byte(oddGPX),
		"declared":                    []byte(declared("1.0", "UTF-8") + oddGPX),
		"version 1.1":                 []byte(declared("1.1", "UTF-8") + oddGPX),
		"a byte order mark":           []byte("\xef\xbb\xbf" + declared("1.0", "utf-8") + oddGPX),
		"UTF-16":                      wide(declared("1.0", "UTF-16")+oddGPX, false, true),
		"UTF-16, big":                 wide(declared("1.0", "UTF-16")+oddGPX, true, true),
		"UTF-16, no mark":             wide(declared("1.0", "UTF-16")+oddGPX, false, false),
		"UTF-16, big, no mark":        wide(oddGPX, true, false),
		"says UTF-16 and is not":      []byte(declared("1.0", "utf-16") + oddGPX),
		"Windows-1252":                append([]byte(declared("1.0", "windows-1252")), windows(t, oddGPX)...),
		"Latin 1":                     append([]byte(declared("1.0", "ISO-8859-1")), windows(t, oddGPX)...),
		"says UTF-8 and is not":       append([]byte(declared("1.0", "UTF-8")), windows(t, oddGPX)...),
		"Windows-1252, unsaid":        windows(t, oddGPX),
		"an encoding nobody knows":    append([]byte(declared("1.0", "x-garmin")), windows(t, oddGPX)...),
		"zeros at the end":            []byte(oddGPX + strings.Repeat("\x00", 500)),
		"a control character":         []byte(strings.Replace(oddGPX, "Süd", "S\x01d", 1)),
		"a long comment before":       []byte("<!--" + strings.Repeat("long ", 5000) + "-->" + oddGPX),
		"blank lines before":          []byte("\r\n\r\n " + oddGPX),
		"a document type":             []byte(`<!DOCTYPE gpx SYSTEM "gpx.dtd">` + oddGPX),
		"a stylesheet":                []byte(`<?xml-stylesheet href="x"?>` + oddGPX),
		"prefixes":                    []byte(prefixed(oddGPX)),
		"decimal commas":              []byte(strings.NewReplacer("50.01", "50,01", "50.0", "50,0", "8.0", "8,0").Replace(oddGPX)),
		"fractions with a comma":      []byte(strings.ReplaceAll(oddGPX, ":00Z", ":00,000Z")),
		"an offset":                   []byte(strings.ReplaceAll(strings.ReplaceAll(oddGPX, ":00Z", ":00+0200"), "T06", "T08")),
		"an offset of hours":          []byte(strings.ReplaceAll(strings.ReplaceAll(oddGPX, ":00Z", ":00+02"), "T06", "T08")),
		"no zone":                     []byte(strings.ReplaceAll(oddGPX, ":00Z", ":00")),
		"no seconds":                  []byte(strings.ReplaceAll(oddGPX, ":00Z", "Z")),
		"a space for the T":           []byte(strings.ReplaceAll(oddGPX, "T06", " 06")),
		"small letters":               []byte(strings.NewReplacer("T06", "t06", "0Z", "0z").Replace(oddGPX)),
		"single digits":               []byte(strings.ReplaceAll(oddGPX, "2026-09-08T06", "2026-9-8T6")),
		"no segments":                 []byte(strings.NewReplacer("<trkseg>", "", "</trkseg>", "").Replace(oddGPX)),
		"single quotes":               []byte(strings.ReplaceAll(oddGPX, `"`, `'`)),
		"an ampersand":                []byte(strings.Replace(oddGPX, "Süd", "A & B &nbsp; &unknown;", 1)),
		"a point without a time":      []byte(strings.Replace(oddGPX, "</trkseg>", `<trkpt lat="50.01" lon="8"/></trkseg>`, 1)),
		"a point without a place":     []byte(strings.Replace(oddGPX, "</trkseg>", `<trkpt><time>2026-09-08T06:05:00Z</time></trkpt></trkseg>`, 1)),
		"a time that is none":         []byte(strings.Replace(oddGPX, "</trkseg>", `<trkpt lat="50.01" lon="8"><time>soon</time></trkpt></trkseg>`, 1)),
		"TCX":                         []byte(oddTCX),
		"TCX in version 1.1":          []byte(declared("1.1", "UTF-8") + oddTCX),
		"TCX with prefixes":           []byte(declared("1.0", "UTF-8") + prefixed(oddTCX)),
		"TCX with commas":             []byte(strings.Replace(oddTCX, "1112<", "1.112,0<", 1)),
		"TCX with commas for groups":  []byte(strings.Replace(oddTCX, "1112<", "1,112.0<", 1)),
		"TCX after blank lines":       []byte("\n\n" + oddTCX),
		"TCX in UTF-16":               wide(oddTCX, false, true),
		"TCX, the start only as name": []byte(strings.NewReplacer(` StartTime="2026-09-08T06:00:00Z"`, "", "<Lap", "<Id>2026-09-08T06:00:00Z</Id><Lap").Replace(oddTCX)),
	} {
		rec, err := File("", data)
		if err != nil || len(rec.Sessions) != 1 {
			t.Errorf("%s: %d sessions, %v", name, len(rec.Sessions), err)
			continue
		}
		a := rec.Sessions[0].Activity(1, "file", "x", nil)
		if !a.Start.Equal(time.Date(2026, 9, 8, 6, 0, 0, 0, time.UTC)) || a.Sport != "run" || math.Abs(a.Distance-1112) > 1 {
			t.Errorf("%s: %v %s %.1f m", name, a.Start, a.Sport, a.Distance)
		}
		if rec.Format == "gpx" && a.Elapsed != 5*time.Minute {
			t.Errorf("%s: took %v", name, a.Elapsed)
		}
	}
}

func zipOf(t *testing.T, data string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestATornArchiveIsReadToItsFault(t *testing.T) {
	whole := zipOf(t, oddGPX)
	wrong := bytes.Clone(whole)
	wrong[len(wrong)-8] ^= 1 // the checksum
	for name, data := range map[string][]byte{"wrong checksum": wrong, "no checksum": whole[:len(whole)-8]} {
		rec, err := File("x.gpx.gz", data)
		if !errors.Is(err, ErrDamaged) || len(rec.Sessions) != 1 || rec.Sessions[0].Records != 2 {
			t.Errorf("%s: %d sessions, %v", name, len(rec.Sessions), err)
		}
	}
	if rec, err := File("x.gpx.gz", whole[:12]); !errors.Is(err, ErrDamaged) || len(rec.Sessions) > 0 {
		t.Errorf("cut to nothing: %v", err)
	}
}

func TestWhatIsRefusedSaysWhyInASentence(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want error
		says string
	}{
		"empty":     {"", ErrUnknown, "it is empty"},
		"a page":    {"<!DOCTYPE html><html><body>Sign in</body></html>", ErrUnknown, "not a FIT, TCX or GPX file"},
		"a route":   {`<gpx><rte><rtept lat="1" lon="2"/></rte></gpx>`, ErrNoActivity, "a route, which is a plan, and no track"},
		"waypoints": {`<gpx><wpt lat="1" lon="2"/></gpx>`, ErrNoActivity, "waypoints and no track"},
		"nothing":   {`<gpx/>`, ErrNoActivity, "no track in a GPX file"},
		"a course":  {`<TrainingCenterDatabase><Courses><Course><Name>x</Name></Course></Courses></TrainingCenterDatabase>`, ErrNoActivity, "a course, which is a plan"},
		"a workout": {`<TrainingCenterDatabase><Workouts><Workout/></Workouts></TrainingCenterDatabase>`, ErrNoActivity, "a workout, which is a plan"},
		"a drawing": {`<kml><Document/></kml>`, ErrNoActivity, "a KML file"},
	} {
		rec, err := File("", []byte(c.data))
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) || len(rec.Sessions) > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAHeaderThatWasWrittenTooEarlyLosesNothing(t *testing.T) {
	whole := written(t, binary.LittleEndian)
	for less := uint32(1); less < 60; less++ {
		short := bytes.Clone(whole)
		binary.LittleEndian.PutUint32(short[4:], binary.LittleEndian.Uint32(whole[4:])-less)
		rec, err := File("x.fit", short)
		if !errors.Is(err, ErrDamaged) || len(rec.Sessions) != 1 || rec.Sessions[0].Records < 2 {
			t.Errorf("%d bytes less: %d sessions, %v", less, len(rec.Sessions), err)
		}
	}
	// A message that goes into the next file of a chain is a fault of its own.
	short := bytes.Clone(whole)
	binary.LittleEndian.PutUint32(short[4:], binary.LittleEndian.Uint32(whole[4:])-1)
	rec, err := File("x.fit", append(append(short[:len(short)-3], 0, 0), whole...))
	if !errors.Is(err, ErrDamaged) || len(rec.Sessions) != 2 {
		t.Errorf("chained: %d sessions, %v", len(rec.Sessions), err)
	}
}

// TestAHostileFileIsReadInLittleTime: what takes a file little room to say must
// take little time to follow. It hangs where that is not so.
func TestAHostileFileIsReadInLittleTime(t *testing.T) {
	var body []byte
	body = append(body, 0x40, 0, 0, 206, 0, 4, 0, 1, 2, 1, 1, 2, 14, 2, 0x84, 15, 1, 2)
	for n := range 9_000 {
		body = append(body, 0, byte(n>>8), byte(n), 20, 0, 3)
	}
	define := []byte{0x61, 0, 0, 20, 0, 0, 255}
	for n := range 255 {
		define = append(define, byte(n), 1, 255)
	}
	for len(body) < 16<<20 {
		body = append(body, define...)
	}
	data := append([]byte{12, 0x20, 0, 0, 0, 0, 0, 0, '.', 'F', 'I', 'T'}, body...)
	if rec, err := File("x.fit", data); err == nil || len(rec.Sessions) > 0 {
		t.Errorf("%d sessions, %v", len(rec.Sessions), err)
	}
	zones := append([]byte{12, 0x20, 0, 0, 0, 0, 0, 0, '.', 'F', 'I', 'T'}, 0x40, 0, 0, 216, 0, 1, 1, 2, 0x84, 0x41, 0, 0, 18, 0, 1, 254, 2, 0x84)
	for range 900 {
		zones = append(zones, 1, 9, 0)
	}
	for range 90_000 {
		zones = append(zones, 0, 8, 0)
	}
	if rec, _ := File("x.fit", zones); len(rec.Sessions) != 900 {
		t.Errorf("%d sessions", len(rec.Sessions))
	}
}
