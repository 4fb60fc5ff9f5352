package decode

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/tormoder/fit"
)

// fitLog gathers what the messages of a FIT file say.
type fitLog struct {
	types    []fit.FileType
	sessions []fitSession
	laps     []uint32 // start times
	records  []uint32 // times
	distance float64  // of the last record that has one, for files without a session
	offset   *time.Duration
}

// fitSession is a session with its start in FIT seconds.
type fitSession struct {
	Session
	begin uint32
}

// take notes one message.
func (l *fitLog) take(m fitMessage) error {
	switch m.kind.global {
	case fit.MesgNumRecord:
		l.record(m)
	case fit.MesgNumLap:
		begin, ok := m.stamp(2)
		if !ok {
			begin = m.time
		}
		l.laps = append(l.laps, begin)
	case fit.MesgNumSession:
		l.sessions = append(l.sessions, sessionOf(m))
	case fit.MesgNumActivity:
		l.activity(m)
	case fit.MesgNumFileId:
		kind, ok := m.number(0)
		if !ok {
			kind = float64(fit.FileTypeInvalid)
		}
		l.types = append(l.types, fit.FileType(kind))
	}
	if len(l.records) > maxRecords || len(l.laps) > maxLaps || len(l.sessions) > maxSessions {
		return ErrTooLarge
	}
	return nil
}

func (l *fitLog) record(m fitMessage) {
	l.records = append(l.records, m.time)
	if d, ok := m.scaled(5, 100); ok {
		l.distance = d
	}
}

// activity reads the offset of local time, whole minutes of at most 26 hours:
// field 5 is the timestamp as the device's clock shows it.
func (l *fitLog) activity(m fitMessage) {
	utc, ok1 := m.stamp(fitTimestamp)
	local, ok2 := m.stamp(5)
	if !ok1 || !ok2 {
		return
	}
	d := (time.Duration(local) - time.Duration(utc)) * time.Second
	if d = d.Round(time.Minute); d.Abs() <= maxOffset {
		l.offset = &d
	}
}

// sessionOf reads a session message; the numbers are those of the FIT profile.
func sessionOf(m fitMessage) fitSession {
	var s fitSession
	if v, ok := m.number(5); ok {
		s.Sport = sportName(byte(v))
	}
	if v, ok := m.number(6); ok {
		s.SubSport = subSportName(byte(v))
	}
	s.begin, _ = m.stamp(2)
	s.Start = fitTime(s.begin)
	s.time(m, &s.Elapsed, HasElapsed, 7)
	s.time(m, &s.Timer, HasTimer, 8)
	s.time(m, &s.Moving, HasMoving, 59)
	s.figure(m, &s.Distance, HasDistance, 9, 100)
	s.figure(m, &s.Calories, HasCalories, 11, 1)
	s.figure(m, &s.AvgHR, HasAvgHR, 16, 1)
	s.figure(m, &s.MaxHR, HasMaxHR, 17, 1)
	s.figure(m, &s.Ascent, HasAscent, 22, 1)
	return s
}

func (s *fitSession) figure(m fitMessage, to *float64, f Figure, num byte, scale float64) {
	if v, ok := m.scaled(num, scale); ok && v >= 0 {
		*to, s.Known = v, s.Known|f
	}
}

func (s *fitSession) time(m fitMessage, to *time.Duration, f Figure, num byte) {
	if v, ok := m.number(num); ok && v >= 0 {
		*to, s.Known = milliseconds(v), s.Known|f
	}
}

// empty says whether there is nothing in the file that could be an activity: a
// file without a session is one only if it does not call itself something else.
func (l *fitLog) empty() bool {
	if len(l.sessions) > 0 {
		return false
	}
	return len(l.records) == 0 || !slices.ContainsFunc(append(l.types, l.fallback()...), isActivity)
}

func (l *fitLog) fallback() []fit.FileType {
	if len(l.types) > 0 {
		return nil
	}
	return []fit.FileType{fit.FileTypeInvalid}
}

func isActivity(t fit.FileType) bool { return t == fit.FileTypeActivity || t == fit.FileTypeInvalid }

func (l *fitLog) kind() string {
	if len(l.types) == 0 {
		return "unknown"
	}
	name := known(l.types[0].String())
	if name == "" {
		name = "unknown"
	}
	return fmt.Sprintf("%s (%d)", name, l.types[0])
}

// finish returns the sessions by start, each with the records and laps that
// began in it.
func (l *fitLog) finish() []Session {
	if l.empty() {
		return nil
	}
	if len(l.sessions) == 0 {
		l.sessions = []fitSession{l.salvage()}
	}
	slices.SortStableFunc(l.sessions, func(a, b fitSession) int { return cmp.Compare(a.begin, b.begin) })
	for _, at := range l.records {
		l.sessions[l.at(at)].Records++
	}
	for _, at := range l.laps {
		l.sessions[l.at(at)].Laps++
	}
	out := make([]Session, len(l.sessions))
	for i, s := range l.sessions {
		if l.offset != nil && !s.Start.IsZero() {
			s.Local = s.Start.In(zoneOf(*l.offset))
		}
		out[i] = s.Session
	}
	return out
}

// at returns the index of the last session that had begun at a time.
func (l *fitLog) at(t uint32) int {
	for i := len(l.sessions) - 1; i > 0; i-- {
		if l.sessions[i].begin <= t {
			return i
		}
	}
	return 0
}

// salvage makes a session of the records of a file that lost its own.
func (l *fitLog) salvage() fitSession {
	first, last := slices.Min(l.records), slices.Max(l.records)
	s := fitSession{begin: first}
	s.Start = fitTime(first)
	if !s.Start.IsZero() && last != fitNoTime {
		s.Elapsed, s.Known = time.Duration(last-first)*time.Second, HasElapsed
	}
	if l.distance > 0 {
		s.Distance, s.Known = l.distance, s.Known|HasDistance
	}
	return s
}
