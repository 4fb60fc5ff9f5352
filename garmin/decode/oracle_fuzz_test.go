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
	"github.com/muktihari/fit/profile/factory"
	"github.com/muktihari/fit/profile/filedef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/profile/untyped/fieldnum"
	"github.com/muktihari/fit/profile/untyped/mesgnum"
	"github.com/muktihari/fit/proto"
)

// second is what another decoder says of a file.
type second struct {
	records  int
	sessions []secondOpinion
	activity bool          // a file of it is an activity
	bent     map[byte]bool // fields of sessions that are not laid out as in the profile
}

// OnMesgDef notes the fields of a session that are declared twice or in another
// type than the profile's. We read them as the file declares them, muktihari as
// the profile does, and so their figures cannot be held against each other.
func (s *second) OnMesgDef(def proto.MessageDefinition) {
	if def.MesgNum != mesgnum.Session {
		return
	}
	seen := map[byte]bool{}
	for _, f := range def.FieldDefinitions {
		want := factory.CreateField(def.MesgNum, f.Num).BaseType
		if seen[f.Num] || f.BaseType != want || f.Size != want.Size() {
			s.bent[f.Num] = true
		}
		seen[f.Num] = true
	}
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
	s.bent = map[byte]bool{}
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	d := mfit.New(bytes.NewReader(data), mfit.WithIgnoreChecksum(), mfit.WithMesgDefListener(&s))
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
	near := func(field byte, what string, ours, figure float64) {
		if !theirs.bent[field] && math.Abs(ours-figure) > 0.001*math.Abs(figure)+0.006 {
			t.Errorf("%s: %s %v, muktihari %v", name, what, ours, figure)
		}
	}
	if s.Knows(HasElapsed) && s.Elapsed > 0 {
		near(fieldnum.SessionTotalElapsedTime, "elapsed", s.Elapsed.Seconds(), m.elapsed)
	}
	if s.Knows(HasTimer) && s.Timer > 0 {
		near(fieldnum.SessionTotalTimerTime, "timer", s.Timer.Seconds(), m.timer)
	}
	if m.hasDist {
		near(fieldnum.SessionTotalDistance, "distance", s.Distance, m.distance)
	}
	if m.hasCal {
		near(fieldnum.SessionTotalCalories, "calories", s.Calories, m.calories)
	}
	if m.avg < 255 {
		near(fieldnum.SessionAvgHeartRate, "average heart rate", s.AvgHR, m.avg)
	}
	if m.max < 255 {
		near(fieldnum.SessionMaxHeartRate, "maximum heart rate", s.MaxHR, m.max)
	}
	if !theirs.bent[fieldnum.SessionStartTime] && !s.Start.IsZero() && !s.Start.Equal(m.start) {
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
