package decode

import (
	"bytes"
	"time"

	"github.com/tormoder/fit"
)

// secondFIT reads a file with tormoder's decoder: a second opinion for what
// ours gets nothing out of. ok is false where that finds no activity either.
func secondFIT(data []byte) (rec Recording, ok bool) {
	defer func() {
		if recover() != nil { // its code, fed with bytes from outside
			rec, ok = Recording{}, false
		}
	}()
	file, err := fit.Decode(bytes.NewReader(data))
	if err != nil {
		return Recording{}, false
	}
	activity, err := file.Activity()
	if err != nil || len(activity.Sessions) == 0 || len(activity.Records) > maxRecords {
		return Recording{}, false
	}
	var log fitLog
	for _, r := range activity.Records {
		log.points = append(log.points, secondPoint(r))
	}
	for _, s := range activity.Sessions {
		log.sessions = append(log.sessions, secondSession(s))
	}
	for _, lap := range activity.Laps {
		log.laps = append(log.laps, secondLap(lap))
	}
	return log.recording(), true
}

func secondPoint(r *fit.RecordMsg) point {
	p := blank()
	p.at = fitMillis(r.Timestamp)
	if !r.PositionLat.Invalid() && !r.PositionLong.Invalid() {
		p.lat, p.lon = r.PositionLat.Semicircles(), r.PositionLong.Semicircles()
	}
	p.distance, p.power, p.cadence = r.Distance, r.Power, r.Cadence
	if r.HeartRate != 255 {
		p.heart = r.HeartRate
	}
	p.speed = units(r.GetEnhancedSpeedScaled(), 1000)
	if p.speed == noCount {
		p.speed = units(r.GetSpeedScaled(), 1000)
	}
	p.height = millimetres(r.GetEnhancedAltitudeScaled())
	if p.height == noHeight {
		p.height = millimetres(r.GetAltitudeScaled())
	}
	return p
}

func secondSession(from *fit.SessionMsg) (s fitSession) {
	s.begin = secondTime(from.StartTime)
	s.Start = fitTime(s.begin)
	s.Sport, s.SubSport = sportName(byte(from.Sport)), subSportName(byte(from.SubSport))
	figure := func(to *float64, f Figure, v float64, most uint64) {
		if v >= 0 && v < float64(most) {
			*to, s.Known = v, s.Known|f
		}
	}
	span := func(to *time.Duration, f Figure, ms uint32) {
		if ms != noCount {
			*to, s.Known = milliseconds(float64(ms)), s.Known|f
		}
	}
	span(&s.Elapsed, HasElapsed, from.TotalElapsedTime)
	span(&s.Timer, HasTimer, from.TotalTimerTime)
	span(&s.Moving, HasMoving, from.TotalMovingTime)
	figure(&s.Distance, HasDistance, from.GetTotalDistanceScaled(), 1<<31)
	figure(&s.Ascent, HasAscent, float64(from.TotalAscent), 0xFFFF)
	figure(&s.Descent, HasDescent, float64(from.TotalDescent), 0xFFFF)
	figure(&s.Calories, HasCalories, float64(from.TotalCalories), 0xFFFF)
	figure(&s.AvgHR, HasAvgHR, float64(from.AvgHeartRate), 0xFF)
	figure(&s.MaxHR, HasMaxHR, float64(from.MaxHeartRate), 0xFF)
	figure(&s.AvgPower, HasAvgPower, float64(from.AvgPower), 0xFFFF)
	figure(&s.MaxPower, HasMaxPower, float64(from.MaxPower), 0xFFFF)
	return s
}

func secondLap(from *fit.LapMsg) (lap fitLap) {
	lap.begin = secondTime(from.StartTime)
	lap.Start = fitTime(lap.begin)
	if from.TotalElapsedTime != noCount {
		lap.Elapsed = milliseconds(float64(from.TotalElapsedTime))
	}
	if from.TotalTimerTime != noCount {
		lap.Timer = milliseconds(float64(from.TotalTimerTime))
	}
	if d := from.GetTotalDistanceScaled(); d >= 0 {
		lap.Distance = d
	}
	return lap
}

func secondTime(t time.Time) uint32 {
	if s := t.Unix() - fitEpochUnix; s > 0 && s < fitNoTime {
		return uint32(s)
	}
	return 0
}
