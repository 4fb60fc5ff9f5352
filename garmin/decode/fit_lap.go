package decode

import "github.com/tormoder/fit"

// fitLap, fitLength and fitSet are parts of a session with their start in FIT
// seconds.
type (
	fitLap struct {
		Lap
		begin uint32
	}
	fitLength struct {
		Length
		begin uint32
	}
	fitSet struct {
		Set
		begin uint32
	}
)

// lapOf reads a lap message; the numbers are those of the FIT profile.
func lapOf(m fitMessage) fitLap {
	begin := m.begin(2)
	return fitLap{begin: begin, Lap: Lap{
		Start: fitTime(begin), Elapsed: m.duration(7), Timer: m.duration(8),
		Distance: m.amount(9, 100), Calories: m.amount(11, 1), Ascent: m.amount(21, 1),
		AvgHR: m.amount(15, 1), MaxHR: m.amount(16, 1), AvgCadence: m.amount(17, 1), AvgPower: m.amount(19, 1),
	}}
}

func lengthOf(m fitMessage) fitLength {
	begin := m.begin(2)
	n := fitLength{begin: begin, Length: Length{
		Start: fitTime(begin), Elapsed: m.duration(3), Strokes: int(m.amount(5, 1)), Active: true,
	}}
	if kind, ok := m.number(12); ok {
		n.Active = kind == 1
	}
	if stroke, ok := m.number(7); ok && n.Active {
		n.Stroke = known(fit.SwimStroke(stroke).String())
	}
	return n
}

// setOf reads a set, whose time of writing is field 254.
func setOf(m fitMessage) fitSet {
	begin, ok := m.stamp(6)
	if !ok {
		begin = m.begin(fitIndex)
	}
	s := fitSet{begin: begin, Set: Set{
		Start: fitTime(begin), Duration: m.duration(0), Active: m.amount(5, 1) == 1,
		Repetitions: int(m.amount(3, 1)), Weight: m.amount(4, 16), Category: -1,
	}}
	if category, ok := m.number(7); ok {
		s.Category = int(category)
	}
	return s
}

// shareLaps gives each session its laps, lengths and sets.
func (l *fitLog) shareLaps() {
	for _, lap := range l.laps {
		s := &l.sessions[l.at(lap.begin)]
		s.LapList = append(s.LapList, lap.Lap)
	}
	for _, n := range l.lengths {
		s := &l.sessions[l.at(n.begin)]
		s.Lengths = append(s.Lengths, n.Length)
	}
	for _, set := range l.sets {
		s := &l.sessions[l.at(set.begin)]
		s.Sets = append(s.Sets, set.Set)
	}
	for i := range l.sessions {
		l.sessions[i].Laps = len(l.sessions[i].LapList)
	}
}
