package decode

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/tormoder/fit"
)

// fitLog gathers what the messages of a FIT file say.
type fitLog struct {
	room     int // bytes of the file
	types    []fit.FileType
	sessions []fitSession
	laps     []fitLap
	lengths  []fitLength
	sets     []fitSet
	points   []point
	beats    strap
	zones    []fitZones
	heart    Heart
	sport    fitSport // as the device names it, for files without a session
	device   string
	own      []DeveloperField
	offset   *time.Duration
}

// fitSession is a session with its start in FIT seconds and its number among
// the sessions.
type fitSession struct {
	Session
	begin, index uint32
}

// point makes room for a record, with so many bytes of the file still to come.
func (l *fitLog) point(left int) (*point, error) {
	n := len(l.points)
	if n == cap(l.points) {
		if n == maxRecords {
			return nil, ErrTooLarge
		}
		l.grow(left)
	}
	l.points = l.points[:n+1]
	p := &l.points[n]
	*p = blank()
	return p, nil
}

// grow makes room for as many points as the bytes to come will hold if they
// hold as many as those before.
func (l *fitLog) grow(left int) {
	n := len(l.points)
	room := 2*n + 512
	if before := l.room - left; n > 0 && before > 0 {
		room = n + int(int64(n)*int64(left)/int64(before)) + n/64 + 64
	}
	points := make([]point, n, min(room, max(4*n, 1<<16), maxRecords))
	copy(points, l.points)
	l.points = points
}

// Numbers of the FIT profile that tormoder's does not name.
const (
	mesgSet        = fit.MesgNum(225)
	mesgTimeInZone = fit.MesgNum(216)
)

// wantedFIT says whether something of a kind of message is kept.
func wantedFIT(kind fit.MesgNum) bool {
	switch kind {
	case fit.MesgNumRecord, fit.MesgNumLap, fit.MesgNumSession, fit.MesgNumLength, mesgSet, fit.MesgNumHr, mesgTimeInZone,
		fit.MesgNumUserProfile, fit.MesgNumZonesTarget, fit.MesgNumHrZone, fit.MesgNumActivity, fit.MesgNumFileId,
		fit.MesgNumSport, fit.MesgNumFieldDescription:
		return true
	}
	return false
}

// take notes one message that is no record.
func (l *fitLog) take(m fitMessage) error {
	switch m.kind.global {
	case fit.MesgNumLap:
		l.laps = append(l.laps, lapOf(m))
	case fit.MesgNumSession:
		l.session(m)
	case fit.MesgNumLength:
		l.lengths = append(l.lengths, lengthOf(m))
	case mesgSet:
		l.sets = append(l.sets, setOf(m))
	case fit.MesgNumHr:
		l.beats.take(m)
	case mesgTimeInZone:
		l.zones = append(l.zones, zonesOf(m))
		l.heart.take(m)
	case fit.MesgNumUserProfile, fit.MesgNumZonesTarget, fit.MesgNumHrZone:
		l.heart.take(m)
	case fit.MesgNumActivity:
		l.activity(m)
	case fit.MesgNumFileId:
		l.file(m)
	case fit.MesgNumSport:
		l.sport = sportPair(m, 0, 1)
	}
	if len(l.laps) > maxLaps || len(l.lengths) > maxLaps || len(l.sets) > maxLaps || len(l.zones) > maxLaps ||
		len(l.sessions) > maxSessions || len(l.types) > maxSessions || len(l.beats.all) > maxBeats {
		return ErrTooLarge
	}
	return nil
}

// file reads what the file is and which device wrote it.
func (l *fitLog) file(m fitMessage) {
	kind, ok := m.number(0)
	if !ok {
		kind = float64(fit.FileTypeInvalid)
	}
	l.types = append(l.types, fit.FileType(kind))
	maker, hasMaker := m.number(1)
	if l.device != "" || !hasMaker {
		return
	}
	l.device = strings.ToUpper(known(fit.Manufacturer(maker).String()))
	if serial, ok := m.number(3); ok && l.device != "" {
		l.device += " " + strconv.FormatFloat(serial, 'f', 0, 64)
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

func sportPair(m fitMessage, sport, sub byte) (s fitSport) {
	if v, ok := m.number(sport); ok {
		s.sport = sportName(byte(v))
	}
	if v, ok := m.number(sub); ok {
		s.sub = subSportName(byte(v))
	}
	return s
}

// session reads a session message; the numbers are those of the FIT profile.
func (l *fitLog) session(m fitMessage) {
	s := fitSession{index: uint32(len(l.sessions))}
	if v, ok := m.stamp(fitIndex); ok {
		s.index = v & 0x0fff // the bits above it are flags
	}
	pair := sportPair(m, 5, 6)
	s.Sport, s.SubSport = pair.sport, pair.sub
	s.begin, _ = m.stamp(2)
	s.Start = fitTime(s.begin)
	s.time(m, &s.Elapsed, HasElapsed, 7)
	s.time(m, &s.Timer, HasTimer, 8)
	s.time(m, &s.Moving, HasMoving, 59)
	s.figure(m, &s.Distance, HasDistance, 9, 100)
	s.figure(m, &s.Calories, HasCalories, 11, 1)
	s.figure(m, &s.AvgHR, HasAvgHR, 16, 1)
	s.figure(m, &s.MaxHR, HasMaxHR, 17, 1)
	s.figure(m, &s.AvgCadence, HasAvgCadence, 18, 1)
	s.figure(m, &s.MaxCadence, HasMaxCadence, 19, 1)
	s.figure(m, &s.AvgPower, HasAvgPower, 20, 1)
	s.figure(m, &s.MaxPower, HasMaxPower, 21, 1)
	s.figure(m, &s.Ascent, HasAscent, 22, 1)
	s.figure(m, &s.Descent, HasDescent, 23, 1)
	s.figure(m, &s.Pool, HasPool, 44, 100)
	s.figure(m, &s.Load, HasLoad, 168, 65536)
	if times, ok := zoneTimes(m, 65); ok {
		s.ZoneTimes, s.Known = times, s.Known|HasZones
	}
	l.sessions = append(l.sessions, s)
}

func (s *fitSession) figure(m fitMessage, to *float64, f Figure, num byte, scale float64) {
	if v, ok := m.number(num); ok && v >= 0 {
		*to, s.Known = v/scale, s.Known|f
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
	return len(l.points) == 0 || len(l.types) > 0 && !slices.ContainsFunc(l.types, isActivity)
}

func isActivity(t fit.FileType) bool { return t == fit.FileTypeActivity || t == fit.FileTypeInvalid }

func (l *fitLog) kind() string {
	if len(l.types) == 0 || l.types[0] == fit.FileTypeInvalid {
		return "that does not say its type"
	}
	if name := known(l.types[0].String()); name != "" {
		return fmt.Sprintf("of type %s (%d)", name, l.types[0])
	}
	return fmt.Sprintf("of an unknown type (%d)", l.types[0])
}

// recording returns the sessions by start, each with the points and laps that
// began in it.
func (l *fitLog) recording() Recording {
	r := Recording{Format: "fit", Device: l.device, Developer: l.own}
	if l.empty() {
		return r
	}
	l.beats.fill(l.points)
	if len(l.sessions) == 0 {
		l.sessions = []fitSession{l.salvage()}
	}
	l.keepZones()
	slices.SortStableFunc(l.sessions, func(a, b fitSession) int { return cmp.Compare(a.begin, b.begin) })
	l.sharePoints()
	l.shareLaps()
	r.Sessions = make([]Session, len(l.sessions))
	for i, s := range l.sessions {
		if l.offset != nil && !s.Start.IsZero() {
			s.Local = s.Start.In(zoneOf(*l.offset))
		}
		s.Device, s.Heart = l.device, l.heart
		r.Sessions[i] = s.Session
	}
	return r
}

// at returns which session had begun last at a time; they are in order.
func (l *fitLog) at(t uint32) int {
	after := sort.Search(len(l.sessions), func(i int) bool { return l.sessions[i].begin > t })
	return max(after-1, 0)
}

// sharePoints gives each session its points, in the order of the file. A leg
// whose distances go on from where the leg before it ended counts from there.
func (l *fitLog) sharePoints() {
	if len(l.sessions) == 1 {
		l.sessions[0].points, l.sessions[0].Records = l.points, len(l.points)
		return
	}
	order, last := true, 0
	for i := range l.points {
		n := l.at(uint32(l.points[i].at / 1000))
		l.sessions[n].Records++
		order, last = order && n >= last, n
	}
	if order { // as in nearly all files: each one's points are a part of all
		all := l.points
		for i := range l.sessions {
			n := l.sessions[i].Records
			l.sessions[i].points, all = all[:n:n], all[n:]
		}
	} else {
		l.sortPoints()
	}
	l.legs()
}

// sortPoints gives each session a copy of its points.
func (l *fitLog) sortPoints() {
	for i := range l.sessions {
		l.sessions[i].points = make([]point, 0, l.sessions[i].Records)
	}
	for i := range l.points {
		s := &l.sessions[l.at(uint32(l.points[i].at/1000))]
		s.points = append(s.points, l.points[i])
	}
}

// legs tells sessions at which distance they began.
func (l *fitLog) legs() {
	before := uint32(0)
	for i := range l.sessions {
		first, last, ok := distances(l.sessions[i].points)
		if !ok {
			continue
		}
		if before > 0 && first >= before {
			l.sessions[i].base = before
		}
		before = last
	}
}

// distances returns the first and the last distance of points, centimetres.
func distances(points []point) (first, last uint32, ok bool) {
	for i := range points {
		d := points[i].distance
		if d == noCount {
			continue
		}
		if !ok {
			first, ok = d, true
		}
		last = d
	}
	return first, last, ok
}

// salvage makes a session of the records of a file that lost its own.
func (l *fitLog) salvage() fitSession {
	first, last := l.points[0].at, l.points[0].at
	for i := range l.points {
		if at := l.points[i].at; max(at-first, last-at) < salvageMost { // others are of a time that was never set, or garbage
			first, last = min(first, at), max(last, at)
		}
	}
	s := fitSession{begin: uint32(first / 1000)}
	s.Sport, s.SubSport = l.sport.sport, l.sport.sub
	s.Start = fitTime(s.begin)
	if !s.Start.IsZero() && last < fitNoTime*1000 {
		s.Elapsed, s.Known = time.Duration(last-first)*time.Millisecond, HasElapsed
	}
	if _, d, ok := distances(l.points); ok && d > 0 {
		s.Distance, s.Known = float64(d)/100, s.Known|HasDistance
	}
	for _, lap := range l.laps {
		if s.Timer += lap.Timer; s.Timer > 0 {
			s.Known |= HasTimer
		}
		if s.Calories += lap.Calories; s.Calories > 0 {
			s.Known |= HasCalories
		}
	}
	return s
}

// salvageMost is the longest that a session without a session message is
// believed to last, milliseconds.
const salvageMost = 100 * 24 * 3600 * 1000
