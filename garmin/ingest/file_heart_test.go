package ingest_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"
	"time"

	"github.com/tormoder/fit"

	"clubrun/garmin/garmintest"
	"clubrun/store"
	"clubrun/store/storetest"
)

// hourRun is an hour at 3 m/s and 300 W with an even heart rate, by a watch that
// knows nothing of its wearer.
func hourRun(t *testing.T, at time.Time, heart uint8) []byte {
	t.Helper()
	file, err := fit.NewFile(fit.FileTypeActivity, fit.NewHeader(fit.V20, true))
	if err != nil {
		t.Fatal(err)
	}
	a, err := file.Activity()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3601 {
		r := fit.NewRecordMsg()
		r.Timestamp, r.Distance, r.HeartRate, r.Power = at.Add(time.Duration(i)*time.Second), uint32(i*300), heart, 300
		a.Records = append(a.Records, r)
	}
	s := fit.NewSessionMsg()
	s.Timestamp, s.StartTime, s.TotalElapsedTime, s.TotalTimerTime = at.Add(time.Hour), at, 3_600_000, 3_600_000
	s.Sport, s.TotalDistance = fit.SportRunning, 1_080_000
	a.Sessions, a.Activity = append(a.Sessions, s), fit.NewActivityMsg()
	a.Activity.Timestamp = s.Timestamp
	var b bytes.Buffer
	if err := fit.Encode(&b, file, binary.LittleEndian); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (w *world) give(t *testing.T, a store.Athlete, data []byte) {
	t.Helper()
	if _, err := w.engine.Import(t.Context(), a.ID, "x.fit", data, time.UTC); err != nil {
		t.Fatal(err)
	}
}

func (w *world) at(t *testing.T, a store.Athlete, start time.Time) store.Activity {
	t.Helper()
	for _, act := range w.all(t, a) {
		if act.Start.Equal(start) {
			return act
		}
	}
	t.Fatalf("nothing began at %v", start)
	return store.Activity{}
}

func TestAFileTellsEffortsPowerAndLoadAgainstTheAthletesOwnHeart(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Beginner)
		day := func(n int) time.Time { return time.Date(2026, 6, n, 6, 0, 0, 0, time.UTC) }
		w.give(t, a, hourRun(t, day(1), 152))
		if got := w.at(t, a, day(1)); got.Metrics.Zones != [5]float64{} || got.Metrics.Load != 0 || got.Vigorous != 0 {
			t.Errorf("held against nothing: %+v", got)
		}
		for n := 2; n < 6; n++ { // of five workouts the highest heart rate is the most
			w.give(t, a, hourRun(t, day(n), uint8(180+2*n)))
		}
		w.give(t, a, hourRun(t, day(6), 152))
		got := w.at(t, a, day(6))
		for metres, want := range map[string]float64{"400": 400 / 3.0, "1000": 1000 / 3.0, "10000": 10000 / 3.0} {
			if math.Abs(got.Metrics.Splits[metres]-want) > 0.01 {
				t.Errorf("%s m in %v s, want %v", metres, got.Metrics.Splits[metres], want)
			}
		}
		if len(got.Metrics.Power) != 10 || got.Metrics.Power["5"] != 300 || got.Metrics.Power["3600"] != 300 {
			t.Errorf("power %v", got.Metrics.Power)
		}
		if want := [5]float64{3: 3600}; got.Metrics.Zones != want || got.Vigorous != 60 || got.Moderate != 0 { // 152 of 190 is where zone 4 begins
			t.Errorf("zones %v, %d moderate, %d vigorous", got.Metrics.Zones, got.Moderate, got.Vigorous)
		}
		reserve := (152.0 - 65) / (190 - 65)
		if want := 60 * reserve * 0.64 * math.Exp(1.92*reserve); math.Abs(got.Metrics.Load-want) > 0.1 {
			t.Errorf("load %v, want %v", got.Metrics.Load, want)
		}
	})
}

func TestTheRestingHeartRateIsThatOfWhoAgreed(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Beginner)
		day := func(n int) time.Time { return time.Date(2026, 6, n, 6, 0, 0, 0, time.UTC) }
		for n := 1; n < 6; n++ {
			w.give(t, a, hourRun(t, day(n), 190))
		}
		if err := w.db.SetHealth(t.Context(), storetest.Actor(a), a.ID, true, store.Reply{}); err != nil {
			t.Fatal(err)
		}
		k := store.HealthKept{
			Read: store.HealthRead{Athlete: a.ID, Metric: store.RestingHR, Asked: w.now(), Good: w.now()},
			Span: store.Span{Start: store.DayOf(day(1)), End: store.DayOf(day(20))},
		}
		for i, beats := range []float64{48, 90, 50} { // one bad night is not the athlete
			k.Values = append(k.Values, store.Health{Athlete: a.ID, Day: store.DayOf(day(2 + i)), Metric: store.RestingHR, Value: beats})
		}
		if err := w.db.SaveHealth(t.Context(), k); err != nil {
			t.Fatal(err)
		}
		w.give(t, a, hourRun(t, day(6), 152))
		reserve := (152.0 - 50) / (190 - 50)
		if got, want := w.at(t, a, day(6)).Metrics.Load, 60*reserve*0.64*math.Exp(1.92*reserve); math.Abs(got-want) > 0.1 {
			t.Errorf("load %v, want %v", got, want)
		}
	})
}

func TestAFetchedOriginalFillsWhatTheListDoesNotTell(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.member(t, "ana", garmintest.Runner)
		act := outdoors(t, w.quietly(t, a))
		w.fetch(t, act, "")
		for _, got := range w.all(t, a) {
			if got.ID != act.ID {
				continue
			}
			for metres, seconds := range act.Metrics.Splits {
				if got.Metrics.Splits[metres] != seconds {
					t.Errorf("%s m: %v, the list has %v", metres, got.Metrics.Splits[metres], seconds)
				}
			}
			if got.Metrics.Splits["400"] == 0 || len(got.Metrics.Splits) <= len(act.Metrics.Splits) {
				t.Errorf("splits %v, the list has %v", got.Metrics.Splits, act.Metrics.Splits)
			}
			if got.Metrics.Load != act.Metrics.Load || got.Metrics.Zones != act.Metrics.Zones || got.Distance != act.Distance {
				t.Errorf("the list's own figures are gone: %+v, were %+v", got, act)
			}
		}
	})
}
