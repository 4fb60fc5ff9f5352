package decode

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/tormoder/fit"
	"github.com/tormoder/fit/dyncrc16"
)

var morning = time.Date(2026, time.September, 7, 6, 0, 0, 0, time.UTC)

// written is a file of one session with three records and a lap, written by
// tormoder.
func written(t testing.TB, order binary.ByteOrder) []byte {
	t.Helper()
	file, err := fit.NewFile(fit.FileTypeActivity, fit.NewHeader(fit.V20, true))
	if err != nil {
		t.Fatal(err)
	}
	activity, err := file.Activity()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		r := fit.NewRecordMsg()
		r.Timestamp, r.HeartRate = morning.Add(time.Duration(i)*time.Second), uint8(140+i)
		activity.Records = append(activity.Records, r)
	}
	lap := fit.NewLapMsg()
	lap.StartTime, lap.Timestamp = morning, morning.Add(2*time.Second)
	activity.Laps = append(activity.Laps, lap)
	s := fit.NewSessionMsg()
	s.Timestamp, s.StartTime = morning.Add(2*time.Second), morning
	s.Sport, s.SubSport = fit.SportRunning, fit.SubSportTrail
	s.TotalElapsedTime, s.TotalTimerTime, s.TotalMovingTime = 2_000, 1_900, 1_800
	s.TotalDistance, s.TotalAscent, s.TotalCalories = 1_234, 7, 11
	s.AvgHeartRate, s.MaxHeartRate = 141, 142
	activity.Sessions = append(activity.Sessions, s)
	activity.Activity = fit.NewActivityMsg()
	activity.Activity.Timestamp = morning.Add(2 * time.Second)
	activity.Activity.LocalTimestamp = time.Date(2026, time.September, 7, 8, 0, 2, 0, time.FixedZone("", 7200))
	var b bytes.Buffer
	if err := fit.Encode(&b, file, order); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wantWritten() Session {
	return Session{
		Sport: "running", SubSport: "trail", Start: morning,
		Elapsed: 2 * time.Second, Timer: 1900 * time.Millisecond, Moving: 1800 * time.Millisecond,
		Distance: 12.34, Ascent: 7, Calories: 11, AvgHR: 141, MaxHR: 142, Records: 3, Laps: 1,
		Known: HasElapsed | HasTimer | HasMoving | HasDistance | HasAscent | HasCalories | HasAvgHR | HasMaxHR,
	}
}

// figures leaves out of a comparison what is not a session's own figure.
func figures() cmp.Option {
	return cmp.Options{
		cmpopts.IgnoreUnexported(Session{}), cmpopts.IgnoreFields(Session{}, "LapList", "Device"), cmpopts.EquateApprox(0, 1e-9),
	}
}

func TestFITHasTheSessionsOwnFigures(t *testing.T) {
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		rec, err := File("x.fit", written(t, order))
		if err != nil || len(rec.Sessions) != 1 {
			t.Fatalf("%v: %v %v", order, rec, err)
		}
		got := rec.Sessions[0]
		if !got.Local.Equal(morning) {
			t.Errorf("%v: local start %v", order, got.Local)
		}
		got.Local = time.Time{}
		if diff := cmp.Diff(wantWritten(), got, figures()); diff != "" {
			t.Errorf("%v:\n%s", order, diff)
		}
	}
}

func TestChainedFITsAddUp(t *testing.T) {
	one := written(t, binary.LittleEndian)
	rec, err := File("x.fit", append(bytes.Clone(one), one...))
	if err != nil || len(rec.Sessions) != 2 || rec.Sessions[0].Records+rec.Sessions[1].Records != 6 {
		t.Errorf("%+v %v", rec, err)
	}
}

func TestDamagedFITGivesWhatIsReadable(t *testing.T) {
	whole := written(t, binary.LittleEndian)
	wrong := bytes.Clone(whole)
	wrong[len(wrong)-1] ^= 0xff
	cases := map[string]struct {
		data    []byte
		records int
	}{
		"wrong checksum":     {wrong, 3},
		"cut checksum":       {whole[:len(whole)-2], 3},
		"cut tail":           {whole[:len(whole)-4], 2},
		"length never set":   {lengthless(whole), 3},
		"header only":        {whole[:14], 0},
		"cut in the header":  {whole[:11], 0},
		"header beyond file": {append([]byte{255}, whole[1:14]...), 0},
	}
	for name, c := range cases {
		rec, err := File("x.fit", c.data)
		if !errors.Is(err, ErrDamaged) && !(c.records == 0 && errors.Is(err, ErrNoActivity)) {
			t.Errorf("%s: %v", name, err)
		}
		records := 0
		for _, s := range rec.Sessions {
			records += s.Records
		}
		if records != c.records {
			t.Errorf("%s: %d records, want %d", name, records, c.records)
		}
	}
}

func lengthless(data []byte) []byte {
	data = bytes.Clone(data)
	binary.LittleEndian.PutUint32(data[4:], 0)
	return data
}

// raw builds a FIT file of raw messages with a header of 12 bytes.
func raw(messages ...[]byte) []byte {
	data := []byte{12, 0x10, 0, 0, 0, 0, 0, 0, '.', 'F', 'I', 'T'}
	for _, m := range messages {
		data = append(data, m...)
	}
	binary.LittleEndian.PutUint32(data[4:], uint32(len(data)-12))
	return binary.LittleEndian.AppendUint16(data, dyncrc16.Checksum(data))
}

func TestFITFieldsOfAnyWidthAreRead(t *testing.T) {
	data := raw(
		[]byte{0x40, 0, 0, 0, 0, 1, 0, 1, 0x00}, []byte{0, 4}, // file_id: activity
		// A session: sport, an array of times (8 bytes of uint32), distance of
		// an unknown base type, calories as one byte, and a developer field.
		[]byte{0x60, 0, 0, 18, 0, 4, 5, 1, 0x00, 7, 8, 0x86, 9, 4, 0x1f, 11, 1, 0x84, 1, 0, 3, 0},
		[]byte{0, 2, 0x88, 0x13, 0, 0, 1, 0, 0, 0, 0x10, 0x27, 0, 0, 42, 9, 9, 9},
	)
	rec, err := File("x", data)
	if err != nil || len(rec.Sessions) != 1 {
		t.Fatalf("%+v %v", rec, err)
	}
	want := Session{Sport: "cycling", Elapsed: 5 * time.Second, Distance: 100, Calories: 42, Known: HasElapsed | HasDistance | HasCalories}
	if diff := cmp.Diff(want, rec.Sessions[0], figures()); diff != "" {
		t.Error(diff)
	}
}

func TestFITCompressedTimesRollOver(t *testing.T) {
	const base = 1_000_000_000 // lowest five bits: 0
	stamp := binary.LittleEndian.AppendUint32(nil, base+30)
	data := raw(
		[]byte{0x40, 0, 0, 0, 0, 1, 0, 1, 0x00}, []byte{0, 4},
		[]byte{0x41, 0, 0, 20, 0, 1, 253, 4, 0x86}, append([]byte{1}, stamp...),
		[]byte{0x42, 0, 0, 20, 0, 1, 3, 1, 0x02}, // a record without a time
		[]byte{0x80 | 2<<5 | 31, 120}, []byte{0x80 | 2<<5 | 1, 121},
	)
	rec, err := File("x", data)
	if err != nil || len(rec.Sessions) != 1 {
		t.Fatalf("%+v %v", rec, err)
	}
	if s := rec.Sessions[0]; s.Elapsed != 3*time.Second || s.Records != 3 || !s.Start.Equal(fitTime(base+30)) {
		t.Errorf("%+v", s)
	}
}

func TestRecordsAndLapsBelongToTheirLeg(t *testing.T) {
	kind := func(local, global byte, start byte) []byte {
		return []byte{0x40 | local, 0, 0, global, 0, 1, start, 4, 0x86}
	}
	at := func(local byte, sec uint32) []byte {
		return binary.LittleEndian.AppendUint32([]byte{local}, 1_000_000_000+sec)
	}
	data := raw(
		kind(0, 18, 2), at(0, 100), at(0, 0), // two legs, not in order
		kind(1, 20, 253), at(1, 0), at(1, 50), at(1, 100), at(1, 101), at(1, 102),
		kind(2, 19, 2), at(2, 0), at(2, 100), at(2, 101),
	)
	rec, err := File("x", data)
	if err != nil || len(rec.Sessions) != 2 {
		t.Fatalf("%+v %v", rec, err)
	}
	got := [][2]int{{rec.Sessions[0].Records, rec.Sessions[0].Laps}, {rec.Sessions[1].Records, rec.Sessions[1].Laps}}
	if diff := cmp.Diff([][2]int{{2, 1}, {3, 2}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestOtherKindsOfFITAreNoActivity(t *testing.T) {
	for _, kind := range []byte{2, 5, 6, 9, 15} {
		data := raw([]byte{0x40, 0, 0, 0, 0, 1, 0, 1, 0x00}, []byte{0, kind},
			[]byte{0x41, 0, 0, 20, 0, 1, 3, 1, 0x02}, []byte{1, 120})
		if rec, err := File("x.fit", data); !errors.Is(err, ErrNoActivity) || len(rec.Sessions) > 0 {
			t.Errorf("type %d: %+v %v", kind, rec, err)
		}
	}
}

func TestSportsAreNamedAsFITNamesThem(t *testing.T) {
	for v, want := range map[byte]string{0: "generic", 1: "running", 12: "cross_country_skiing", 21: "e_biking", 37: "stand_up_paddleboarding", 62: "hiit", 82: "snorkeling", 200: "", 255: ""} {
		if got := sportName(v); got != want {
			t.Errorf("sport %d is %q, want %q", v, got, want)
		}
	}
	for v, want := range map[byte]string{0: "generic", 6: "indoor_cycling", 28: "e_bike_fitness", 39: "rc_drone", 58: "virtual_activity", 78: "triathlon", 117: "fly_wx", 255: ""} {
		if got := subSportName(v); got != want {
			t.Errorf("sub sport %d is %q, want %q", v, got, want)
		}
	}
}

func TestAWatchWhoseClockWasNeverSetGivesNoDate(t *testing.T) {
	const on = 17_570_664 // seconds since it was switched on
	second := func(n uint32) []byte { return binary.LittleEndian.AppendUint32(nil, on+n) }
	session := append([]byte{1}, second(0)...)
	session = binary.LittleEndian.AppendUint32(session, 60_000)
	data := raw(
		[]byte{0x40, 0, 0, 20, 0, 1, 253, 4, 0x86}, append([]byte{0}, second(0)...), append([]byte{0}, second(60)...),
		[]byte{0x41, 0, 0, 18, 0, 2, 2, 4, 0x86, 7, 4, 0x86}, session,
	)
	rec, err := File("x.fit", data)
	if err != nil || len(rec.Sessions) != 1 {
		t.Fatalf("%+v %v", rec, err)
	}
	s := rec.Sessions[0]
	if want := time.Date(1990, 7, 22, 8, 44, 24, 0, time.UTC); !s.Start.Equal(want) || s.Dated() || s.Elapsed != time.Minute {
		t.Errorf("%+v", s)
	}
	if a := s.Activity(1, "file", "x", time.UTC); !a.Start.IsZero() || !a.Local.IsZero() || a.Elapsed != time.Minute {
		t.Errorf("%+v", a)
	}
	s.Start = time.Unix(fitEpochUnix+fitSystemTime, 0)
	if a := s.Activity(1, "file", "x", time.UTC); !a.Start.Equal(s.Start) || !a.Local.Equal(s.Start) {
		t.Errorf("%+v", a)
	}
}

func TestAFITFileWithoutAnActivitySaysWhatItIs(t *testing.T) {
	for kind, want := range map[byte]string{2: "a FIT file of type settings (2)", 8: "a FIT file of an unknown type (8)", 255: "a FIT file that does not say its type"} {
		_, err := File("x.fit", raw([]byte{0x40, 0, 0, 0, 0, 1, 0, 1, 0x00}, []byte{0, kind}))
		if err == nil || err.Error() != "holds no activity: "+want {
			t.Errorf("type %d: %v", kind, err)
		}
	}
}
