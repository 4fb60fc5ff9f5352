package garmintest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"time"

	"github.com/tormoder/fit"
)

// fit writes the workout's file as the device recorded it: one record each
// step, laps, a session, the activity.
func (w *workout) fit(b body) ([]byte, error) {
	f, err := fit.NewFile(fit.FileTypeActivity, fit.NewHeader(fit.V20, true))
	if err != nil {
		return nil, fmt.Errorf("new file: %w", err)
	}
	f.FileId.Manufacturer = fit.ManufacturerGarmin
	f.FileId.Product = w.device.product
	f.FileId.SerialNumber = uint32(w.device.id)
	f.FileId.TimeCreated = w.start
	a, err := f.Activity()
	if err != nil {
		return nil, fmt.Errorf("activity of the file: %w", err)
	}
	a.Records, a.Laps, a.Sessions = w.messages(b)
	a.Events = w.events()
	a.Activity = w.closing()
	var out bytes.Buffer
	if err := fit.Encode(&out, f, binary.LittleEndian); err != nil {
		return nil, fmt.Errorf("encode the file: %w", err)
	}
	return canonical(out.Bytes())
}

// clock is the wall time of a timer's second: pauses lie at two thirds.
func (w *workout) clock(second float64) time.Time {
	if second > w.timer*2/3 {
		second += w.elapsed - w.timer
	}
	return w.start.Add(time.Duration(second * float64(time.Second))).Truncate(time.Second)
}

func (w *workout) records(b body) []*fit.RecordMsg {
	heart, way := w.heart(b), w.progress()
	var track []point
	if w.gps() {
		track = w.track(way)
	}
	out := make([]*fit.RecordMsg, len(heart))
	for i := range out {
		r := fit.NewRecordMsg()
		r.Timestamp = w.clock(w.at(i))
		r.HeartRate = heart[i]
		if w.distance > 0 {
			r.Distance = uint32(math.Round(way[i] * 100))
			r.Speed = uint16(math.Round(w.pace(way, i) * 1000))
			if w.cadence > 0 {
				r.Cadence = w.fitCadence(0)
			}
		}
		if w.power > 0 {
			r.Power = uint16(w.power)
		}
		if track != nil {
			r.PositionLat, r.PositionLong = fit.NewLatitudeDegrees(track[i].lat), fit.NewLongitudeDegrees(track[i].lon)
			r.Altitude = altitude(w.height(way[i] / w.distance))
		}
		out[i] = r
	}
	return out
}

// pace is the speed at a record, metres a second.
func (w *workout) pace(way []float64, i int) float64 {
	if i == 0 {
		i = 1
	}
	if i >= len(way) || w.at(i) == w.at(i-1) {
		return w.speed()
	}
	return min((way[i]-way[i-1])/(w.at(i)-w.at(i-1)), w.topSpeed)
}

// fitCadence is in strides for what has steps, in revolutions otherwise.
func (w *workout) fitCadence(more float64) uint8 {
	c := w.cadence + more
	if w.cadence > 95 {
		c /= 2
	}
	return uint8(min(c, 254))
}

// altitude is in fifths of a metre above minus 500.
func altitude(metres float64) uint16 { return uint16(math.Round((metres + 500) * 5)) }

func milliseconds(seconds float64) uint32 { return uint32(math.Round(seconds * 1000)) }

func (w *workout) session() *fit.SessionMsg {
	m := fit.NewSessionMsg()
	m.Timestamp, m.StartTime = w.end(), w.start
	m.Event, m.EventType, m.Trigger = fit.EventSession, fit.EventTypeStop, fit.SessionTriggerActivityEnd
	m.Sport, m.SubSport = w.sport.fit, w.sport.sub
	m.TotalElapsedTime, m.TotalTimerTime = milliseconds(w.elapsed), milliseconds(w.timer)
	m.TotalCalories = uint16(w.calories)
	m.AvgHeartRate, m.MaxHeartRate, m.MinHeartRate = uint8(w.avgHR), uint8(w.maxHR), uint8(w.minHR)
	m.FirstLapIndex, m.NumLaps = 0, uint16(w.laps)
	m.TotalTrainingEffect = uint8(math.Round(w.aerobic * 10))
	if w.distance > 0 {
		m.TotalDistance = uint32(math.Round(w.distance * 100))
		m.TotalMovingTime = milliseconds(w.moving)
		m.AvgSpeed, m.MaxSpeed = uint16(math.Round(w.speed()*1000)), uint16(math.Round(w.topSpeed*1000))
		if w.cadence > 0 {
			m.AvgCadence, m.MaxCadence = w.fitCadence(0), w.fitCadence(18)
		}
	}
	if w.climb > 0 {
		m.TotalAscent, m.TotalDescent = uint16(w.climb), uint16(w.climb)
	}
	if w.power > 0 {
		m.AvgPower, m.MaxPower, m.NormalizedPower = uint16(w.power), uint16(w.power*2), uint16(w.power+8)
	}
	if w.gps() {
		m.StartPositionLat, m.StartPositionLong = fit.NewLatitudeDegrees(w.place.lat), fit.NewLongitudeDegrees(w.place.lon)
	}
	if w.pool() {
		m.PoolLength, m.PoolLengthUnit = poolLength*100, fit.DisplayMeasureMetric
		m.NumLengths, m.NumActiveLengths = uint16(w.lengths()), uint16(w.lengths())
	}
	return m
}

func (w *workout) events() []*fit.EventMsg {
	start, stop := fit.NewEventMsg(), fit.NewEventMsg()
	start.Timestamp, start.Event, start.EventType = w.start, fit.EventTimer, fit.EventTypeStart
	stop.Timestamp, stop.Event, stop.EventType = w.end(), fit.EventTimer, fit.EventTypeStopAll
	return []*fit.EventMsg{start, stop}
}

func (w *workout) closing() *fit.ActivityMsg {
	m := fit.NewActivityMsg()
	m.Timestamp = w.end()
	m.LocalTimestamp = w.end().Add(w.wall.Sub(w.start))
	m.TotalTimerTime, m.NumSessions = milliseconds(w.timer), uint16(len(w.parts()))
	m.Type, m.Event, m.EventType = fit.ActivityModeManual, fit.EventActivity, fit.EventTypeStop
	return m
}
