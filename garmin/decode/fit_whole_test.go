package decode

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/tormoder/fit/dyncrc16"
)

// kindOf is a definition message in little endian: local and global number,
// then number, size and base type of each field.
func kindOf(local byte, global uint16, fields ...byte) []byte {
	b := []byte{0x40 | local, 0, 0, byte(global), byte(global >> 8), byte(len(fields) / 3)}
	return append(b, fields...)
}

// rowOf is a data message: numbers as wide as their type.
func rowOf(local byte, values ...any) []byte {
	b := []byte{local}
	for _, v := range values {
		switch v := v.(type) {
		case string:
			b = append(append(b, v...), 0)
		default:
			b, _ = binary.Append(b, binary.LittleEndian, v)
		}
	}
	return b
}

const noon = uint32(1_000_000_000) // FIT seconds

var isActivityFile = append(kindOf(0, 0, 0, 1, 0), rowOf(0, uint8(4))...)

func sessionFrom(t *testing.T, messages ...[]byte) Session {
	t.Helper()
	rec, err := File("x", raw(append([][]byte{isActivityFile}, messages...)...))
	if err != nil || len(rec.Sessions) != 1 {
		t.Fatalf("%+v %v", rec, err)
	}
	return rec.Sessions[0]
}

func TestTheChecksumIsFITs(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for n := range 300 {
		data := make([]byte, n)
		for i := range data {
			data[i] = byte(r.Uint32())
		}
		if got, want := checksum(data), dyncrc16.Checksum(data); got != want {
			t.Fatalf("%d bytes: %x, want %x", n, got, want)
		}
	}
}

func TestATrackHasAllColumns(t *testing.T) {
	s := sessionFrom(t,
		kindOf(1, 20, 253, 4, 0x86, 0, 4, 0x85, 1, 4, 0x85, 2, 2, 0x84, 3, 1, 2, 5, 4, 0x86, 6, 2, 0x84),
		rowOf(1, noon, int32(1<<29), int32(-1<<29), uint16(3000), uint8(140), uint32(0), uint16(3000)),
		rowOf(1, noon+2, int32(0x7fffffff), int32(0x7fffffff), uint16(0xffff), uint8(0xff), uint32(600), uint16(0xffff)),
	)
	got := s.Track()
	if len(got) != 2 || got[0].Latitude != 45 || got[0].Longitude != -45 || got[0].Altitude != 100 || got[0].Heart != 140 || got[0].Speed != 3 {
		t.Errorf("%+v", got)
	}
	if m := got[1]; m.Seconds != 2 || m.Distance != 6 || m.Speed == m.Speed || m.Heart == m.Heart || m.Latitude == m.Latitude || m.Altitude == m.Altitude {
		t.Errorf("%+v", m)
	}
}

func TestEnhancedFieldsAndOldFootpodsAreRead(t *testing.T) {
	s := sessionFrom(t,
		kindOf(1, 20, 73, 4, 0x86, 6, 2, 0x84, 253, 4, 0x86, 78, 4, 0x86),
		rowOf(1, uint32(70_000), uint16(1), noon, uint32(2600)),
		kindOf(2, 20, 253, 4, 0x86, 8, 3, 0x0d),
		rowOf(2, noon+1, []byte{0x2c, 0x01, 0xff}), // 3 m/s, 0xff0/16 m
		rowOf(2, noon+2, []byte{0x2c, 0x01, 0x01}), // rolled over: 32 sixteenths further
	)
	got := s.Track()
	if got[0].Speed != 70 || got[0].Altitude != 20 || got[1].Speed != 3 || got[1].Distance != 255 || got[2].Distance != 257 {
		t.Errorf("%+v", got)
	}
}

func TestLengthsSetsAndLapsAreRead(t *testing.T) {
	s := sessionFrom(t,
		kindOf(1, 101, 253, 4, 0x86, 2, 4, 0x86, 3, 4, 0x86, 5, 2, 0x84, 7, 1, 0, 12, 1, 0),
		rowOf(1, noon+30, noon, uint32(30_500), uint16(14), uint8(2), uint8(1)),
		rowOf(1, noon+40, noon+30, uint32(10_000), uint16(0xffff), uint8(0xff), uint8(0)),
		kindOf(2, 225, 254, 4, 0x86, 0, 4, 0x86, 3, 2, 0x84, 4, 2, 0x84, 5, 1, 2, 6, 4, 0x86, 7, 2, 0x84),
		rowOf(2, noon+90, uint32(45_000), uint16(12), uint16(20*16+8), uint8(1), noon+45, uint16(28)),
		rowOf(2, noon+120, uint32(30_000), uint16(0xffff), uint16(0xffff), uint8(0), noon+90, uint16(0xffff)),
		kindOf(3, 19, 2, 4, 0x86, 7, 4, 0x86, 8, 4, 0x86, 9, 4, 0x86, 15, 1, 2),
		rowOf(3, noon, uint32(120_000), uint32(110_000), uint32(40_000), uint8(131)),
		kindOf(4, 18, 2, 4, 0x86, 44, 2, 0x84, 168, 4, 0x85),
		rowOf(4, noon, uint16(2500), int32(65536*90)),
	)
	start := fitTime(noon)
	want := Session{Start: start, Laps: 1, Pool: 25, Load: 90, Known: HasPool | HasLoad,
		LapList: []Lap{{Start: start, Elapsed: 2 * time.Minute, Timer: 110 * time.Second, Distance: 400, AvgHR: 131}},
		Lengths: []Length{{Start: start, Elapsed: 30500 * time.Millisecond, Stroke: "breaststroke", Strokes: 14, Active: true},
			{Start: start.Add(30 * time.Second), Elapsed: 10 * time.Second}},
		Sets: []Set{{Start: start.Add(45 * time.Second), Duration: 45 * time.Second, Active: true, Repetitions: 12, Weight: 20.5, Category: 28},
			{Start: start.Add(90 * time.Second), Duration: 30 * time.Second, Category: -1}},
	}
	if diff := cmp.Diff(want, s, cmpopts.IgnoreUnexported(Session{})); diff != "" {
		t.Error(diff)
	}
}

func TestAStrapsHeartRatesFindTheirRecords(t *testing.T) {
	s := sessionFrom(t,
		kindOf(1, 20, 253, 4, 0x86), rowOf(1, noon), rowOf(1, noon+1), rowOf(1, noon+2), rowOf(1, noon+3),
		// The strap's 2048/1024 s are noon and a half; the next beats come 0.5
		// and 2.5 s later, past the end of twelve bits.
		kindOf(2, 132, 253, 4, 0x86, 0, 2, 0x84, 9, 4, 0x86, 6, 1, 2), rowOf(2, noon, uint16(16384), uint32(2048), uint8(100)),
		kindOf(3, 132, 10, 3, 0x0d, 6, 2, 2), rowOf(3, []byte{0x00, 0x0a, 0x20}, uint8(120), uint8(130)),
	)
	var got []uint8
	for _, p := range s.points {
		got = append(got, p.heart)
	}
	if want := []uint8{0, 110, 0, 130}; !bytes.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestADevelopersPowerStandsInForNone(t *testing.T) {
	described := kindOf(1, 206, 0, 1, 2, 1, 1, 2, 2, 1, 2, 3, 6, 7, 8, 2, 7, 14, 2, 0x84, 15, 1, 2)
	description := rowOf(1, uint8(0), uint8(5), uint8(0x84), "Power", "W", uint16(20), uint8(7))
	kind := append(kindOf(2, 20, 253, 4, 0x86, 7, 2, 0x84), 1, 5, 2, 0)
	kind[0] |= fitDeveloper
	data := raw(isActivityFile, described, description, kind,
		rowOf(2, noon, uint16(0xffff), uint16(250)), rowOf(2, noon+1, uint16(200), uint16(250)))
	rec, err := File("x", data)
	if err != nil || len(rec.Sessions) != 1 {
		t.Fatalf("%+v %v", rec, err)
	}
	if p := rec.Sessions[0].points; p[0].power != 250 || p[1].power != 200 {
		t.Errorf("%+v", p)
	}
	if diff := cmp.Diff([]DeveloperField{{Name: "Power", Units: "W"}}, rec.Developer); diff != "" {
		t.Error(diff)
	}
}

func TestZonesOfAFileAreKept(t *testing.T) {
	s := sessionFrom(t,
		kindOf(1, 18, 2, 4, 0x86, 254, 2, 0x84), rowOf(1, noon, uint16(0)),
		kindOf(2, 216, 0, 2, 0x84, 1, 2, 0x84, 2, 28, 0x86, 6, 6, 2, 11, 1, 2, 12, 1, 2),
		rowOf(2, uint16(18), uint16(0), []uint32{1000, 2000, 3000, 4000, 5000, 6000, 7000}, []byte{90, 110, 130, 150, 170, 190}, uint8(190), uint8(48)),
	)
	if z, ok := s.Zones(); !ok || z != [5]float64{2, 3, 4, 5, 13} {
		t.Errorf("%v %v", z, ok)
	}
	if want := (Heart{Rest: 48, Max: 190, Zones: [5]float64{90, 110, 130, 150, 170}}); s.Heart != want {
		t.Errorf("%+v", s.Heart)
	}
}

func TestALegsDistanceCountsFromItsStart(t *testing.T) {
	rec, err := File("x", raw(isActivityFile,
		kindOf(1, 18, 2, 4, 0x86), rowOf(1, noon), rowOf(1, noon+10),
		kindOf(2, 20, 253, 4, 0x86, 5, 4, 0x86),
		rowOf(2, noon, uint32(0)), rowOf(2, noon+9, uint32(9000)), rowOf(2, noon+10, uint32(9100)), rowOf(2, noon+20, uint32(15_000)),
	))
	if err != nil || len(rec.Sessions) != 2 {
		t.Fatalf("%+v %v", rec, err)
	}
	leg := rec.Sessions[1].Track()
	if len(leg) != 2 || leg[0].Distance != 1 || leg[1].Distance != 60 || leg[1].Seconds != 10 {
		t.Errorf("%+v", leg)
	}
	whole := rec.Track()
	if len(whole) != 4 || whole[3].Distance != 150 || whole[3].Seconds != 20 {
		t.Errorf("%+v", whole)
	}
}

// TestTheSecondReaderSaysTheSame: what tormoder reads becomes the same
// recording as what we read.
func TestTheSecondReaderSaysTheSame(t *testing.T) {
	for _, data := range [][]byte{written(t, binary.LittleEndian), hour(t)} {
		mine, err := readFIT(data)
		theirs, ok := secondFIT(data)
		if err != nil || !ok {
			t.Fatal(err, ok)
		}
		if diff := cmp.Diff(mine.Sessions[0].points, theirs.Sessions[0].points, cmp.AllowUnexported(point{})); diff != "" {
			t.Error(diff)
		}
		theirs.Sessions[0].Local = mine.Sessions[0].Local // not asked for
		if diff := cmp.Diff(mine.Sessions, theirs.Sessions, cmpopts.IgnoreUnexported(Session{}), cmpopts.IgnoreFields(Session{}, "Device")); diff != "" {
			t.Error(diff)
		}
	}
	if _, ok := secondFIT([]byte("nothing of the kind")); ok {
		t.Error("the second reader reads anything")
	}
}

// TestNoRecordCostsAnAllocation: a file a hundred times as long makes room a few
// times more.
func TestNoRecordCostsAnAllocation(t *testing.T) {
	file := func(records int) []byte {
		messages := [][]byte{isActivityFile, kindOf(1, 20, 253, 4, 0x86, 5, 4, 0x86, 3, 1, 2)}
		for i := range records {
			messages = append(messages, rowOf(1, noon+uint32(i), uint32(i), uint8(120)))
		}
		return raw(messages...)
	}
	count := func(data []byte) float64 {
		return testing.AllocsPerRun(5, func() { _, _ = readFIT(data) })
	}
	if short, long := count(file(500)), count(file(50_000)); long > short+6 {
		t.Errorf("%v allocations for 500 records, %v for 50,000", short, long)
	}
}

func TestTooManyRecordsAreTooLarge(t *testing.T) {
	data := raw(isActivityFile, kindOf(1, 20), bytes.Repeat([]byte{1}, maxRecords+1))
	rec, err := File("x", data)
	if err == nil || len(rec.Sessions) != 1 || rec.Sessions[0].Records != maxRecords {
		t.Errorf("%v", err)
	}
}
