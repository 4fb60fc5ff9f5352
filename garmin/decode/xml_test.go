package decode

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const aTCX = `<?xml version="1.0"?><TrainingCenterDatabase xmlns:x="y"><Activities><Activity Sport="Biking"><Id>2026-09-07T06:00:00Z</Id>
<Lap StartTime="2026-09-07T06:00:00Z"><TotalTimeSeconds>60.5</TotalTimeSeconds><DistanceMeters>300</DistanceMeters><Calories>10</Calories>
<AverageHeartRateBpm><Value>120</Value></AverageHeartRateBpm><MaximumHeartRateBpm><Value>131</Value></MaximumHeartRateBpm>
<Track><Trackpoint><Time>2026-09-07T06:00:00Z</Time><AltitudeMeters>10</AltitudeMeters><DistanceMeters>0</DistanceMeters><HeartRateBpm><Value>110</Value></HeartRateBpm></Trackpoint>
<Trackpoint><Time>2026-09-07T06:01:00Z</Time><AltitudeMeters>14</AltitudeMeters><DistanceMeters>300</DistanceMeters><Extensions><x:TPX><x:Watts>200</x:Watts></x:TPX></Extensions></Trackpoint></Track></Lap>
<Lap StartTime="2026-09-07T06:01:00Z"><TotalTimeSeconds>20</TotalTimeSeconds><DistanceMeters>100</DistanceMeters><Calories>5</Calories>
<AverageHeartRateBpm><Value>160</Value></AverageHeartRateBpm>
<Track><Trackpoint><Time>2026-09-07T06:01:30Z</Time></Trackpoint></Track></Lap></Activity></Activities></TrainingCenterDatabase>`

func TestTCXAddsUpItsLaps(t *testing.T) {
	rec, err := File("x.tcx", []byte(aTCX))
	if err != nil || rec.Format != "tcx" || len(rec.Sessions) != 1 {
		t.Fatalf("%+v %v", rec, err)
	}
	want := Session{
		Sport: "cycling", Start: morning, Elapsed: 90 * time.Second, Timer: 80500 * time.Millisecond, Distance: 400, Ascent: 4, Calories: 15,
		AvgHR: (60.5*120 + 20*160) / 80.5, MaxHR: 131, Records: 3, Laps: 2,
		Known: HasElapsed | HasTimer | HasDistance | HasAscent | HasCalories | HasAvgHR | HasMaxHR,
	}
	if diff := cmp.Diff(want, rec.Sessions[0], figures()); diff != "" {
		t.Error(diff)
	}
}

func TestTCXWithoutLapDistanceTakesThePoints(t *testing.T) {
	text := strings.ReplaceAll(aTCX, "<DistanceMeters>300</DistanceMeters><Calories>", "<Calories>")
	text = strings.ReplaceAll(text, "<DistanceMeters>100</DistanceMeters>", "")
	rec, err := File("x.tcx", []byte(text))
	if err != nil || rec.Sessions[0].Distance != 300 {
		t.Errorf("%+v %v", rec, err)
	}
}

const aGPX = `<gpx xmlns:n="z"><wpt lat="1" lon="2"><time>2001-01-01T00:00:00Z</time></wpt>
<trk><name>Morning &amp; more</name><type>9</type><trkseg>
<trkpt lat="50" lon="8"><ele>100</ele><time>2026-09-07T08:00:00+02:00</time><extensions><n:TrackPointExtension><n:hr>140</n:hr></n:TrackPointExtension></extensions></trkpt>
<trkpt lat="50.001" lon="8"><ele>102</ele><time>2026-09-07T06:00:30Z</time><extensions><n:TrackPointExtension><n:hr>150</n:hr></n:TrackPointExtension></extensions></trkpt>
</trkseg><trkseg><trkpt lat="51" lon="8"><time>2026-09-07T06:02:00Z</time></trkpt></trkseg></trk>
<trk><type>road_biking</type><trkseg/></trk></gpx>`

func TestGPXGivesASessionForEachTrack(t *testing.T) {
	rec, err := File("x.gpx", []byte(aGPX))
	if err != nil || len(rec.Sessions) != 2 {
		t.Fatalf("%+v %v", rec, err)
	}
	want := []Session{
		{Name: "Morning & more", Sport: "running", Start: morning, Elapsed: 2 * time.Minute, Distance: 111.19, AvgHR: 145, MaxHR: 150,
			Records: 3, Laps: 2, Known: HasElapsed | HasDistance | HasAscent | HasAvgHR | HasMaxHR},
		{Sport: "cycling", SubSport: "road", Laps: 1},
	}
	rec.Sessions[0].Distance = math.Round(rec.Sessions[0].Distance*100) / 100
	if diff := cmp.Diff(want, rec.Sessions, figures()); diff != "" {
		t.Error(diff)
	}
}

func TestXMLInOtherEncodings(t *testing.T) {
	text := `<gpx><trk><name>Käse</name><trkseg/></trk></gpx>`
	latin := `<?xml version="1.0" encoding="ISO-8859-1"?>` + strings.ReplaceAll(text, "ä", "\xe4")
	utf16 := []byte{0xff, 0xfe}
	for _, r := range `<?xml version="1.0" encoding="UTF-16"?>` + text {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	for name, data := range map[string]string{"utf-8": text, "bom": "\xef\xbb\xbf" + text, "latin1": latin, "utf-16": string(utf16)} {
		rec, err := File("x.gpx", []byte(data))
		if err != nil || len(rec.Sessions) != 1 || rec.Sessions[0].Name != "Käse" {
			t.Errorf("%s: %+v %v", name, rec, err)
		}
	}
}

func TestBrokenLettersStopNothing(t *testing.T) {
	rec, err := File("x.gpx", []byte("<gpx><trk><name>K\xe4se</name><trkseg/></trk></gpx>"))
	if err != nil || len(rec.Sessions) != 1 || rec.Sessions[0].Name != "K\uFFFDse" {
		t.Errorf("%+v %v", rec, err)
	}
}

func TestBrokenXMLGivesWhatIsReadable(t *testing.T) {
	for name, text := range map[string]string{
		"tcx": aTCX[:strings.Index(aTCX, "<Track><Trackpoint><Time>2026-09-07T06:01:30Z")],
		"gpx": aGPX[:strings.Index(aGPX, `<trkpt lat="51"`)],
	} {
		rec, err := File("x."+name, []byte(text))
		if !errors.Is(err, ErrDamaged) || len(rec.Sessions) != 1 || rec.Sessions[0].Records != 2 {
			t.Errorf("%s: %+v %v", name, rec, err)
		}
	}
}

func TestWhatIsNoActivityIsSaid(t *testing.T) {
	for name, text := range map[string]string{
		"waypoints.gpx": `<gpx><wpt lat="1" lon="2"/><rte><rtept lat="1" lon="2"/></rte></gpx>`,
		"course.tcx":    `<TrainingCenterDatabase><Courses><Course><Lap/><Track><Trackpoint/></Track></Course></Courses></TrainingCenterDatabase>`,
	} {
		if rec, err := File(name, []byte(text)); !errors.Is(err, ErrNoActivity) || len(rec.Sessions) > 0 {
			t.Errorf("%s: %+v %v", name, rec, err)
		}
	}
	for _, text := range []string{"", "hello", "%PDF-1.4"} {
		if _, err := File("x.pdf", []byte(text)); !errors.Is(err, ErrUnknown) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestPackedFilesAreUnpacked(t *testing.T) {
	var gz bytes.Buffer
	w := gzip.NewWriter(&gz)
	w.Write([]byte(aGPX))
	w.Close()
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	for name, text := range map[string]string{"readme.txt": "x", "1_OTHER.fit": "x", "1_ACTIVITY.fit": string(written(t, binary.LittleEndian))} {
		f, _ := z.Create(name)
		f.Write([]byte(text))
	}
	z.Close()
	for name, data := range map[string][]byte{"a.gpx.gz": gz.Bytes(), "a.zip": archive.Bytes()} {
		if rec, err := File(name, data); err != nil || len(rec.Sessions) == 0 {
			t.Errorf("%s: %+v %v", name, rec, err)
		}
	}
}

func TestABombIsTooLarge(t *testing.T) {
	var gz bytes.Buffer
	w, _ := gzip.NewWriterLevel(&gz, gzip.BestSpeed)
	zeros := make([]byte, 1<<20)
	for range maxBytes>>20 + 1 {
		w.Write(zeros)
	}
	w.Close()
	if _, err := File("x.gpx.gz", gz.Bytes()); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
	wide := []byte("<gpx><trk><trkpt " + strings.Repeat(`a="1" `, 1_000_000) + "/></trk></gpx>")
	if _, err := File("x.gpx", wide); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
	deep := []byte("<gpx>" + strings.Repeat("<a>", 1_000_000))
	if _, err := File("x.gpx", deep); !errors.Is(err, ErrDamaged) {
		t.Error(err)
	}
}

func TestATornDocumentSaysHowFarItWasRead(t *testing.T) {
	two := strings.Index(aGPX, "</trkseg><trkseg>")
	for text, want := range map[string]string{
		aGPX[:two]:                 "damaged: the file ends early; the 2 points before it are kept",
		aGPX[:two+3]:               "damaged: the file ends early, on line 5; the 2 points before it are kept",
		aGPX[:two] + "</trkpt>":    "damaged: </trkpt> closes nothing; the 2 points before it are kept",
		aGPX[:two] + "</\x01\xff>": "",
		strings.Split(aGPX, "<trkpt lat=\"50.001\"")[0]: "damaged: the file ends early; the one point before it is kept",
		"<gpx><trk>": "damaged: the file ends early",
	} {
		_, err := File("x.gpx", []byte(text))
		if !errors.Is(err, ErrDamaged) || want != "" && err.Error() != want {
			t.Errorf("%q: %v, want %s", text[max(0, len(text)-30):], err, want)
		}
	}
	_, err := File("x.tcx", []byte(aTCX[:strings.Index(aTCX, "</Track>")]))
	if err == nil || err.Error() != "damaged: the file ends early; the 2 points before it are kept" {
		t.Error(err)
	}
}

func TestAPageInThePlaceOfAFileIsNoGPX(t *testing.T) {
	for _, page := range []string{"<!DOCTYPE html><html><head><title>Sign in</title></head></html>", "\n<HTML><body>404</body></HTML>"} {
		if rec, err := File("activity.gpx", []byte(page)); !errors.Is(err, ErrUnknown) || rec.Format != "" {
			t.Errorf("%+v %v", rec, err)
		}
	}
}

func TestAPointBeyondThePoleIsNowhere(t *testing.T) {
	rec, err := File("x.gpx", []byte(strings.Replace(aGPX, `lat="50.001"`, `lat="950.001"`, 1)))
	if err != nil || rec.Sessions[0].Records != 3 || rec.Sessions[0].Distance != 0 || rec.Sessions[0].MaxHR != 150 {
		t.Errorf("%+v %v", rec, err)
	}
}
