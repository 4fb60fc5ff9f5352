package garmintest

import (
	"math"

	"github.com/tormoder/fit"
)

// lapMessages cuts the records into automatic laps.
func (w *workout) lapMessages(records []*fit.RecordMsg) []*fit.LapMsg {
	laps := make([]*fit.LapMsg, 0, w.laps)
	first := 0
	for n := range w.laps {
		last := len(records) - 1
		if n < w.laps-1 {
			last = first
			for last < len(records)-1 && float64(records[last].Distance) < float64(n+1)*w.sport.lap*100 {
				last++
			}
		}
		laps = append(laps, w.lapMessage(n, records, first, last))
		first = last
	}
	return laps
}

// lapMessage sums up the records from first to last; the laps' times and
// distances add up to the session's.
func (w *workout) lapMessage(n int, records []*fit.RecordMsg, first, last int) *fit.LapMsg {
	m := fit.NewLapMsg()
	m.MessageIndex = fit.MessageIndex(n)
	m.StartTime, m.Timestamp = records[first].Timestamp, records[last].Timestamp
	m.Event, m.EventType, m.LapTrigger = fit.EventLap, fit.EventTypeStop, fit.LapTriggerDistance
	if n == w.laps-1 {
		m.LapTrigger = fit.LapTriggerSessionEnd
	}
	m.Sport, m.SubSport = w.sport.fit, w.sport.sub
	timer := w.at(last) - w.at(first)
	m.TotalTimerTime = milliseconds(timer)
	pause := 0.0
	if border := w.timer * 2 / 3; w.at(first) <= border && w.at(last) > border {
		pause = w.elapsed - w.timer
	}
	m.TotalElapsedTime = milliseconds(timer + pause)
	m.TotalCalories = uint16(math.Round(w.calories * timer / max(w.timer, 1)))
	if w.distance > 0 {
		m.TotalDistance = records[last].Distance - records[first].Distance
		m.AvgSpeed = uint16(math.Round(float64(m.TotalDistance) / 100 / max(timer, 1) * 1000))
	}
	if w.gps() {
		m.StartPositionLat, m.StartPositionLong = records[first].PositionLat, records[first].PositionLong
		m.EndPositionLat, m.EndPositionLong = records[last].PositionLat, records[last].PositionLong
	}
	var sum, top int
	for _, r := range records[first : last+1] {
		sum += int(r.HeartRate)
		top = max(top, int(r.HeartRate))
	}
	m.AvgHeartRate, m.MaxHeartRate = uint8(sum/(last-first+1)), uint8(top)
	return m
}
