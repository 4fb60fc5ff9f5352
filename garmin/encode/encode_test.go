package encode_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"clubrun/garmin/decode"
	"clubrun/garmin/encode"
	"clubrun/store"

	"github.com/google/go-cmp/cmp"
	mfit "github.com/muktihari/fit/decoder"
	"github.com/muktihari/fit/profile/filedef"
	"github.com/tormoder/fit"
)

// corpus is a folder of real files; what needs it is skipped where it is not.
const corpus = "../../../shared/corpus"

func bytesOf(t testing.TB, rec decode.Recording) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode.FIT(&b, rec); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// plain is what a file tells that must come back equal.
type plain struct {
	Start, Local          string
	Elapsed, Timer        time.Duration
	Sport                 store.Sport
	Type                  string
	Distance, Climb       float64
	Calories, Avg, Max    float64
	Records, Laps, Places int
	Hearts, Steps, Watts  int
}

func plainOf(s decode.Session, zone *time.Location) plain {
	if s.Start.IsZero() {
		s.Start = s.Begin()
	}
	a := s.Activity(1, "file", "x", zone)
	p := plain{
		Start: a.Start.Truncate(time.Second).Format(time.RFC3339), Local: a.Local.Truncate(time.Second).Format(time.RFC3339),
		Elapsed: a.Elapsed, Timer: a.Timer, Sport: a.Sport, Type: strings.TrimSuffix(a.Type, "/generic"),
		Distance: math.Round(a.Distance * 100), Climb: math.Round(a.Climb), Calories: math.Round(a.Calories), Avg: math.Round(a.AvgHR), Max: math.Round(a.MaxHR),
		Laps: max(1, s.Laps),
	}
	for m := range s.Moments() {
		p.Records++
		p.Places += btoi(!math.IsNaN(m.Latitude))
		p.Hearts += btoi(!math.IsNaN(m.Heart))
		p.Steps += btoi(!math.IsNaN(m.Cadence))
		p.Watts += btoi(!math.IsNaN(m.Power))
	}
	return p
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// checkBack writes a recording and reads it back by our own reader and by
// muktihari's.
func checkBack(t *testing.T, rec decode.Recording) {
	t.Helper()
	data := bytesOf(t, rec)
	back, err := decode.File("x.fit", data)
	if err != nil || len(back.Sessions) != len(rec.Sessions) {
		t.Fatalf("%d sessions of %d, %v", len(back.Sessions), len(rec.Sessions), err)
	}
	records, laps := 0, 0
	for i, s := range back.Sessions {
		_, east := s.Start.Zone()
		if !s.Local.IsZero() {
			_, east = s.Local.Zone()
		}
		zone := time.FixedZone("", east)
		got, want := plainOf(s, zone), plainOf(rec.Sessions[i], zone)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("session %d: %s", i, d)
		}
		records, laps = records+got.Records, laps+got.Laps
	}
	theirs := muktihari(t, data)
	if len(theirs.Records) != records || len(theirs.Laps) != laps || len(theirs.Sessions) != len(back.Sessions) || theirs.Activity == nil {
		t.Fatalf("muktihari reads %d records, %d laps, %d sessions, activity %v; want %d, %d, %d", len(theirs.Records), len(theirs.Laps), len(theirs.Sessions),
			theirs.Activity, records, laps, len(back.Sessions))
	}
	for i, m := range theirs.Sessions {
		s := back.Sessions[i]
		if !m.StartTime.Equal(s.Start) || m.TotalElapsedTimeScaled() != s.Elapsed.Seconds() || m.TotalTimerTimeScaled() != s.Timer.Seconds() ||
			s.Distance > 0 && math.Abs(m.TotalDistanceScaled()-s.Distance) > 0.001*s.Distance {
			t.Errorf("session %d: muktihari %v %v %v %v; ours %v %v %v %v", i, m.StartTime, m.TotalElapsedTimeScaled(), m.TotalTimerTimeScaled(), m.TotalDistanceScaled(),
				s.Start, s.Elapsed, s.Timer, s.Distance)
		}
		sport, sub := decode.SportNumbers(s.Sport, s.SubSport)
		if byte(m.Sport) != sport || byte(m.SubSport) != sub || s.AvgHR > 0 && float64(m.AvgHeartRate) != s.AvgHR || s.MaxHR > 0 && float64(m.MaxHeartRate) != s.MaxHR {
			t.Errorf("session %d: muktihari %v/%v %d %d; ours %s/%s %v %v", i, m.Sport, m.SubSport, m.AvgHeartRate, m.MaxHeartRate, s.Sport, s.SubSport, s.AvgHR, s.MaxHR)
		}
	}
	if _, err := fit.Decode(bytes.NewReader(data)); err != nil {
		t.Errorf("tormoder: %v", err)
	}
}

func muktihari(t *testing.T, data []byte) *filedef.Activity {
	t.Helper()
	d := mfit.New(bytes.NewReader(data)) // with its checksum test on
	file, err := d.Decode()
	if err != nil {
		t.Fatalf("muktihari: %v", err)
	}
	return filedef.NewActivity(file.Messages...)
}

var typed = store.Activity{
	Athlete: 1, Source: "garmin", External: "7", Name: "Pilates am Abend", Sport: store.Yoga, Type: "pilates",
	Start: time.Date(2026, 9, 8, 17, 30, 0, 0, time.UTC), Local: time.Date(2026, 9, 8, 19, 30, 0, 0, time.FixedZone("", 7200)),
	Elapsed: 50 * time.Minute, Timer: 45*time.Minute + 500*time.Millisecond, Calories: 180, AvgHR: 98, MaxHR: 131, Manual: true,
}

func TestWhatWasTypedComesBack(t *testing.T) {
	checkBack(t, encode.Activity(typed))
	run := typed
	run.Sport, run.Type, run.Distance, run.Climb, run.Moving, run.Calories = store.Run, "treadmill_running", 10_123.45, 85, 44*time.Minute, 0
	checkBack(t, encode.Activity(run))
}

func TestATypeKeepsItsFamily(t *testing.T) {
	for _, family := range []store.Sport{
		store.Run, store.Ride, store.EBike, store.Swim, store.Walk, store.Hike, store.Row, store.Ski, store.Strength, store.Yoga, store.Team, store.Other,
	} {
		for _, kind := range []string{"", "running/trail", "treadmill_running", "gravel_cycling", "e_bike_mountain", "lap_swimming", "multi_sport", "something_new"} {
			a := typed
			a.Sport, a.Type = family, kind
			back, err := decode.File("x.fit", bytesOf(t, encode.Activity(a)))
			if err != nil {
				t.Fatal(err)
			}
			if got := back.Sessions[0].Activity(1, "file", "x", nil); got.Sport != family {
				t.Errorf("%s of type %q is %s of type %q", family, kind, got.Sport, got.Type)
			}
		}
	}
}

func TestEqualRecordingsAreEqualBytes(t *testing.T) {
	rec, err := decode.File("x.gpx", []byte(aGPX))
	if err != nil {
		t.Fatal(err)
	}
	first := bytesOf(t, rec)
	for range 20 {
		if !bytes.Equal(first, bytesOf(t, rec)) {
			t.Fatal("the same recording is written in two ways")
		}
	}
	if kind := binary.LittleEndian.Uint16(first[14+3:]); kind != 0 {
		t.Errorf("the first message is of kind %d, not file_id", kind)
	}
}

const aGPX = `<gpx version="1.1"><trk><name>Lap &amp; lap</name><type>trail_running</type>
<trkseg><trkpt lat="50.1" lon="8.6"><ele>100.4</ele><time>2026-09-08T06:00:00.25Z</time><extensions><hr>120</hr><cad>82</cad></extensions></trkpt>
<trkpt lat="50.101" lon="8.6"><ele>104</ele><time>2026-09-08T06:00:30Z</time><extensions><power>250</power></extensions></trkpt></trkseg>
<trkseg><trkpt lat="50.102" lon="8.6"><ele>104</ele><time>2026-09-08T06:02:00Z</time></trkpt>
<trkpt lat="50.103" lon="8.6"><ele>103</ele><time>2026-09-08T06:02:20Z</time><extensions><hr>150</hr></extensions></trkpt></trkseg></trk>
<trk><type>cycling</type><trkseg><trkpt lat="50.103" lon="8.6"><time>2026-09-08T07:00:00Z</time></trkpt>
<trkpt lat="50.113" lon="8.6"><time>2026-09-08T07:05:00Z</time></trkpt></trkseg></trk></gpx>`

const aTCX = `<TrainingCenterDatabase><Activities><Activity Sport="Biking"><Id>2026-09-08T06:00:00Z</Id>
<Lap StartTime="2026-09-08T06:00:00Z"><TotalTimeSeconds>60.5</TotalTimeSeconds><DistanceMeters>500</DistanceMeters><Calories>20</Calories>
<AverageHeartRateBpm><Value>130</Value></AverageHeartRateBpm><MaximumHeartRateBpm><Value>140</Value></MaximumHeartRateBpm>
<Track><Trackpoint><Time>2026-09-08T06:00:00Z</Time><DistanceMeters>0</DistanceMeters></Trackpoint>
<Trackpoint><Time>2026-09-08T06:01:00Z</Time><DistanceMeters>500</DistanceMeters><HeartRateBpm><Value>140</Value></HeartRateBpm></Trackpoint></Track></Lap>
<Lap StartTime="2026-09-08T06:03:00Z"><TotalTimeSeconds>30</TotalTimeSeconds><DistanceMeters>300</DistanceMeters><Calories>10</Calories>
<Track><Trackpoint><Time>2026-09-08T06:03:00Z</Time><DistanceMeters>500</DistanceMeters></Trackpoint>
<Trackpoint><Time>2026-09-08T06:03:30Z</Time><DistanceMeters>800</DistanceMeters></Trackpoint></Track></Lap>
</Activity></Activities></TrainingCenterDatabase>`

func TestTracksOfOtherFormatsComeBack(t *testing.T) {
	for _, text := range []string{aGPX, aTCX} {
		rec, err := decode.File("x", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		checkBack(t, rec)
	}
}

func TestADrawnRouteHasNoStart(t *testing.T) {
	rec, err := decode.File("x.gpx", []byte(`<gpx><trk><trkseg><trkpt lat="1" lon="2"/><trkpt lat="1.1" lon="2"/></trkseg></trk></gpx>`))
	if err != nil {
		t.Fatal(err)
	}
	if err := encode.FIT(&bytes.Buffer{}, rec); !errors.Is(err, encode.ErrNoStart) {
		t.Errorf("%v", err)
	}
	if err := encode.FIT(&bytes.Buffer{}, decode.Recording{}); !errors.Is(err, decode.ErrNoActivity) {
		t.Errorf("%v", err)
	}
}

func TestRealTracksComeBack(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(corpus, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	written := 0
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil || filepath.Ext(name) == ".tsv" || len(data) > 64<<10 {
			continue
		}
		rec, err := decode.File(name, data)
		if err != nil || len(rec.Sessions) == 0 {
			continue
		}
		if err := encode.FIT(&bytes.Buffer{}, rec); errors.Is(err, encode.ErrNoStart) {
			continue
		}
		written++
		t.Run(filepath.Base(name), func(t *testing.T) { checkBack(t, rec) })
	}
	if written == 0 {
		t.Skip("the corpus of real files is not here")
	}
	t.Logf("%d files", written)
}
