package decode

import (
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// FuzzFile: whatever the bytes are, reading ends, and what is told of them can
// be.
func FuzzFile(f *testing.F) {
	f.Add("x.fit", written(f, binary.LittleEndian))
	f.Add("x.fit", written(f, binary.BigEndian))
	f.Add("x.tcx", []byte(aTCX))
	f.Add("x.gpx", []byte(aGPX))
	f.Add("x.fit", raw(isActivityFile, kindOf(3, 132, 10, 3, 0x0d, 6, 2, 2), rowOf(3, []byte{0x00, 0x0a, 0xc0}, uint8(120), uint8(130))))
	f.Add("x.gpx.gz", []byte("\x1f\x8b\x08\x00"))
	f.Add("x.zip", []byte("PK\x05\x06"+strings.Repeat("\x00", 18)))
	f.Fuzz(checkFile)
}

func checkFile(t *testing.T, name string, data []byte) {
	rec, err := File(name, data)
	if errors.Is(err, errReader) {
		t.Fatal("the reader panicked")
	}
	if err == nil && len(rec.Sessions) == 0 {
		t.Fatal("neither a session nor a reason")
	}
	if n := len(rec.Track()); n > maxRecords {
		t.Fatalf("%d moments", n)
	}
	for _, s := range rec.Sessions {
		s.Heart.Max = max(s.Heart.Max, 190)
		if s.Elapsed < 0 || s.Timer < 0 || s.Moving < 0 || !(s.Distance >= 0) || !(s.Ascent >= 0) {
			t.Fatalf("%+v", s)
		}
		if s.Points() != s.Records || s.Laps < len(s.LapList) {
			t.Fatalf("%d points and %d laps, told %d and %d", s.Points(), len(s.LapList), s.Records, s.Laps)
		}
		for _, v := range []float64{s.Distance, s.Ascent, s.Descent, s.Calories, s.AvgHR, s.MaxHR, s.AvgCadence, s.MaxCadence, s.AvgPower, s.MaxPower, s.Pool, s.Load, s.Elapsed.Seconds()} {
			if !(v >= 0) || math.IsInf(v, 0) {
				t.Fatalf("%v in %+v", v, s)
			}
		}
		a := s.Activity(1, "file", "x", nil)
		for _, v := range []float64{a.Distance, a.Climb, a.Calories, a.AvgHR, a.MaxHR, a.Metrics.Load, a.Elapsed.Seconds(), a.Moving.Seconds(), float64(a.Moderate)} {
			if !(v >= 0) || math.IsInf(v, 0) {
				t.Fatalf("%v in %+v", v, a)
			}
		}
		before := 0.0
		splits := s.Splits()
		for _, d := range Distances() {
			if v, ok := splits[d.Key]; ok {
				if v < before || math.IsNaN(v) {
					t.Fatalf("%s m in %v s, less in %v", d.Key, v, before)
				}
				before = v
			}
		}
		for _, p := range s.Powers() {
			if !(p.Watts >= 0 && p.Watts <= mostWatts) {
				t.Fatalf("%+v", p)
			}
		}
	}
}

// mutant changes one to six bytes, and now and then cuts the tail.
func mutant(r *rand.Rand, data []byte) []byte {
	out := append([]byte(nil), data...)
	for range 1 + r.IntN(6) {
		out[r.IntN(len(out))] = byte(r.Uint32())
	}
	if r.IntN(8) == 0 {
		out = out[:r.IntN(len(out))]
	}
	return out
}

func TestMutantsAreReadToTheirFault(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	seeds := [][]byte{written(t, binary.LittleEndian), written(t, binary.BigEndian), []byte(aTCX), []byte(aGPX), hour(t)[:4000]}
	for i := range 2000 {
		checkFile(t, "x", mutant(r, seeds[i%len(seeds)]))
	}
}

// BenchmarkB2 reads files with some bytes changed: of the corpus where it is
// here, else of our own. It fails on a panic and tells the slowest.
func BenchmarkB2(b *testing.B) {
	files, _ := common(b)
	r := rand.New(rand.NewPCG(9, 10))
	var slowest time.Duration
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		data := mutant(r, files[i%len(files)].data)
		took := time.Hour
		for try := 0; try == 0 || try < 5 && took > slowest; try++ { // not the time that others had the machine
			began := time.Now()
			_, _ = File("x.fit", data)
			took = min(took, time.Since(began))
		}
		slowest = max(slowest, took)
	}
	b.ReportMetric(slowest.Seconds()*1000, "worst-ms")
}
