// Package encode writes activities as FIT files: what was typed, and what came
// as GPX or TCX, in the format that every other program reads. It turns
// recordings as garmin/decode reads them into bytes and is pure: it opens no
// file and asks no network. It never makes up a figure: what a recording does
// not know is not in the file, but for the one lap without which a FIT activity
// is none.
package encode

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"clubrun/garmin/decode"

	"github.com/tormoder/fit"
)

// ErrNoStart says that a recording has a session of which nobody knows when it
// was, such as a route that was drawn: a FIT file cannot hold it.
var ErrNoStart = errors.New("no start is known")

// told says whether FIT can tell a time: in 32 bits of seconds since the end of
// 1989, of which the smallest count from the start of a device; a year of room
// is left for what lasts.
func told(t time.Time) bool {
	const epoch, device, year = 631065600, 0x10000000, 366 * 24 * 3600
	return t.Unix() >= epoch+device && t.Unix() < epoch+math.MaxUint32-year
}

// FIT writes a recording as a FIT activity file: file_id, events of the timer,
// a record for each moment that has a time, lengths, laps, sessions, the
// activity. Times are whole seconds in it, durations milliseconds, distances
// centimetres. The file names no device: it says that a program wrote it. Equal
// recordings are equal bytes.
func FIT(w io.Writer, rec decode.Recording) error {
	if len(rec.Sessions) == 0 {
		return fmt.Errorf("write a FIT file: %w", decode.ErrNoActivity)
	}
	f, err := fit.NewFile(fit.FileTypeActivity, fit.NewHeader(fit.V20, true))
	if err != nil {
		return fmt.Errorf("write a FIT file: %w", err)
	}
	a, err := f.Activity()
	if err != nil {
		return fmt.Errorf("write a FIT file: %w", err)
	}
	sessions := slices.Clone(rec.Sessions)
	slices.SortStableFunc(sessions, func(x, y decode.Session) int { return cmp.Compare(x.Begin().Unix(), y.Begin().Unix()) })
	m := messages{file: a}
	for i := range sessions {
		s := sessions[i].Completed()
		if s.Start = start(s); !told(s.Start) {
			return fmt.Errorf("write a FIT file: %w", ErrNoStart)
		}
		m.session(s)
	}
	f.FileId.Manufacturer, f.FileId.Product = fit.ManufacturerDevelopment, 0
	f.FileId.TimeCreated = m.file.Sessions[0].StartTime
	a.Activity = m.closing(sessions[len(sessions)-1])
	var out bytes.Buffer
	if err := fit.Encode(&out, f, binary.LittleEndian); err != nil {
		return fmt.Errorf("write a FIT file: %w", err)
	}
	body, err := ordered(out.Bytes())
	if err != nil {
		return fmt.Errorf("write a FIT file: %w", err)
	}
	_, err = w.Write(body)
	return err
}

// start is when a session began, to FIT's whole second.
func start(s decode.Session) time.Time {
	if s.Start.IsZero() {
		s.Start = s.Begin()
	}
	return s.Start.UTC().Truncate(time.Second)
}

// messages are those of a file while it is written.
type messages struct {
	file  *fit.ActivityFile
	gone  float64 // metres of the sessions before
	timer time.Duration
	end   time.Time // the latest that anything tells
}

// session adds a session with all that is in it. Distances go on from session to
// session, as a watch counts them.
func (m *messages) session(s decode.Session) {
	first := len(m.file.Laps)
	m.records(s)
	m.lengths(s)
	m.laps(s)
	end := m.after(s.Start.Add(max(s.Elapsed, s.Timer)))
	msg := sessionOf(s)
	msg.MessageIndex = fit.MessageIndex(len(m.file.Sessions))
	msg.Timestamp, msg.FirstLapIndex, msg.NumLaps = end, uint16(min(first, math.MaxUint16-1)), count(len(m.file.Laps)-first)
	m.file.Sessions = append(m.file.Sessions, msg)
	m.file.Events = append(m.file.Events, event(s.Start, fit.EventTypeStart), event(end, fit.EventTypeStopAll))
	m.timer += timerOf(s)
	m.end = m.after(end)
}

// after returns a time, or the end of what was written before where that is
// later.
func (m *messages) after(t time.Time) time.Time {
	t = t.Truncate(time.Second)
	if t.Before(m.end) {
		return m.end
	}
	return t
}

// timerOf is how long the timer ran; without a timer it never stopped.
func timerOf(s decode.Session) time.Duration {
	if s.Timer > 0 {
		return s.Timer
	}
	return s.Elapsed
}

func event(at time.Time, kind fit.EventType) *fit.EventMsg {
	e := fit.NewEventMsg()
	e.Timestamp, e.Event, e.EventType = at, fit.EventTimer, kind
	return e
}

// closing is the activity message, which alone tells the local time.
func (m *messages) closing(last decode.Session) *fit.ActivityMsg {
	a := fit.NewActivityMsg()
	a.Timestamp, a.TotalTimerTime = m.end, millis(m.timer)
	a.NumSessions, a.Type, a.Event, a.EventType = count(len(m.file.Sessions)), fit.ActivityModeManual, fit.EventActivity, fit.EventTypeStop
	if len(m.file.Sessions) > 1 {
		a.Type = fit.ActivityModeAutoMultiSport
	}
	if !last.Local.IsZero() {
		_, east := last.Local.Zone()
		a.LocalTimestamp = m.end.Add(time.Duration(east) * time.Second)
	}
	return a
}
