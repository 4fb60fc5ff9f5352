package decode

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	mfit "github.com/muktihari/fit/decoder"
	"github.com/muktihari/fit/profile/filedef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/profile/untyped/mesgnum"
)

// second is what another decoder says of a file.
type second struct {
	records  int
	sessions []secondOpinion
	activity bool // a file of it is an activity
}

type secondOpinion struct {
	start           time.Time
	elapsed, timer  float64
	distance        float64
	calories        float64
	avg, max        float64
	hasDist, hasCal bool
}

// muktihariSays decodes with muktihari's decoder, the checksum test off. ok is
// false for what it refuses.
func muktihariSays(data []byte) (s second, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	d := mfit.New(bytes.NewReader(data), mfit.WithIgnoreChecksum())
	for d.Next() {
		file, err := d.Decode()
		if err != nil {
			return s, false
		}
		for _, m := range file.Messages {
			s.records += count(m.Num == mesgnum.Record)
		}
		a := filedef.NewActivity(file.Messages...)
		s.activity = s.activity || a.FileId.Type == typedef.FileActivity
		for _, m := range a.Sessions {
			s.sessions = append(s.sessions, secondOpinion{
				start: m.StartTime, elapsed: m.TotalElapsedTimeScaled(), timer: m.TotalTimerTimeScaled(), distance: m.TotalDistanceScaled(),
				calories: float64(m.TotalCalories), avg: float64(m.AvgHeartRate), max: float64(m.MaxHeartRate),
				hasDist: m.TotalDistance != math.MaxUint32, hasCal: m.TotalCalories != math.MaxUint16,
			})
		}
	}
	return s, true
}

// agrees holds ours against what muktihari's decoder takes. What it takes and
// holds an activity must be read, with as many records and sessions, and with
// their figures.
func agrees(t *testing.T, name string, data []byte) (compared bool) {
	t.Helper()
	theirs, ok := muktihariSays(data)
	if !ok || len(theirs.sessions) == 0 {
		return false
	}
	rec, err := File(name, data)
	if errors.Is(err, ErrTooLarge) {
		return false
	}
	records := 0
	for _, s := range rec.Sessions {
		records += s.Records
	}
	if len(rec.Sessions) != len(theirs.sessions) || records != theirs.records {
		t.Errorf("%s: %d sessions and %d records, muktihari has %d and %d (%v)", name, len(rec.Sessions), records, len(theirs.sessions), theirs.records, err)
		return true
	}
	if len(theirs.sessions) > 1 {
		return true // in another order
	}
	s, m := rec.Sessions[0], theirs.sessions[0]
	near := func(what string, ours, theirs float64) {
		if math.Abs(ours-theirs) > 0.001*math.Abs(theirs)+0.006 {
			t.Errorf("%s: %s %v, muktihari %v", name, what, ours, theirs)
		}
	}
	if s.Knows(HasElapsed) && s.Elapsed > 0 {
		near("elapsed", s.Elapsed.Seconds(), m.elapsed)
	}
	if s.Knows(HasTimer) && s.Timer > 0 {
		near("timer", s.Timer.Seconds(), m.timer)
	}
	if m.hasDist {
		near("distance", s.Distance, m.distance)
	}
	if m.hasCal {
		near("calories", s.Calories, m.calories)
	}
	if m.avg < 255 {
		near("average heart rate", s.AvgHR, m.avg)
	}
	if m.max < 255 {
		near("maximum heart rate", s.MaxHR, m.max)
	}
	if !s.Start.IsZero() && !s.Start.Equal(m.start) {
		t.Errorf("%s: start %v, muktihari %v", name, s.Start, m.start)
	}
	return true
}

// FuzzOracleTakesNothingThatOursRefuses: what muktihari's decoder reads is read,
// and as it reads it.
func FuzzOracleTakesNothingThatOursRefuses(f *testing.F) {
	f.Add(written(f, binary.LittleEndian))
	f.Add(written(f, binary.BigEndian))
	f.Add(raw(isActivityFile, kindOf(3, 132, 10, 3, 0x0d, 6, 2, 2), rowOf(3, []byte{0x00, 0x0a, 0xc0}, uint8(120), uint8(130))))
	f.Fuzz(func(t *testing.T, data []byte) { agrees(t, "x.fit", data) })
}

// TestBentFilesAreReadAsTheOracleReadsThem bends FIT files in the ways of real
// ones, and, for as long as CLUBRUN_FUZZ says, at random.
func TestBentFilesAreReadAsTheOracleReadsThem(t *testing.T) {
	files, _ := common(t)
	r := rand.New(rand.NewPCG(3, 4))
	span, _ := time.ParseDuration(os.Getenv("CLUBRUN_FUZZ"))
	if span > 0 {
		seed := uint64(time.Now().UnixNano())
		t.Logf("seed %d", seed)
		r = rand.New(rand.NewPCG(seed, 4))
	}
	compared, until := 0, time.Now().Add(span)
	for i := 0; i < len(files) || time.Now().Before(until); i++ {
		data := files[i%len(files)].data
		if len(data) > 200_000 {
			continue
		}
		b := bent(r, data)
		checkFile(t, "x.fit", b)
		if agrees(t, files[i%len(files)].name, b) {
			compared++
		}
		if t.Failed() {
			if name := os.Getenv("CLUBRUN_FUZZ_KEEP"); name != "" {
				_ = os.WriteFile(name, b, 0o600)
			}
			return
		}
	}
	t.Logf("%d compared", compared)
}
