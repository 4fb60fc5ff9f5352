package decode

import (
	"math"
	"time"

	"clubrun/store"
)

// The speed in metres per second from which somebody moves, and the longest
// step from point to point that can be moving: beyond it the watch was paused.
const (
	movingSpeed = 0.3
	movingStep  = 30
)

// Completed returns the session with those figures from its track that the file
// does not state.
func (s Session) Completed() Session {
	if !s.Knows(HasDistance) {
		if _, last, ok := distances(s.points); ok && last >= s.base {
			s.Distance = float64(last-s.base) / 100
		}
	}
	if !s.Knows(HasMoving) {
		s.Moving = s.moved()
	}
	var up climb
	beats, seconds := 0.0, 0.0
	for i := range s.points {
		if p := &s.points[i]; p.height != noHeight {
			up.add(float64(p.height) / 1000)
		}
	}
	s.eachHeart(func(heart, t float64) { beats, seconds = beats+heart*t, seconds+t })
	if !s.Knows(HasAscent) && up.count > 1 {
		s.Ascent = math.Round(up.gained)
	}
	if !s.Knows(HasAvgHR) && seconds > 0 {
		s.AvgHR = math.Round(beats / seconds)
	}
	if !s.Knows(HasMaxHR) {
		for i := range s.points {
			s.MaxHR = max(s.MaxHR, float64(s.points[i].heart))
		}
	}
	return s
}

// moved returns how long the athlete moved, within the timer. Indoors and
// without distances nothing tells.
func (s Session) moved() time.Duration {
	switch FamilyOf(s.Sport, s.SubSport) {
	case store.Strength, store.Yoga:
		return 0
	}
	var sum float64
	for _, c := range s.pieces() {
		for i := 1; i < len(c.at); i++ {
			step := c.at[i] - c.at[i-1]
			if step <= movingStep && c.sum[i]-c.sum[i-1] >= movingSpeed*step {
				sum += step
			}
		}
	}
	moved := seconds(sum)
	if s.Knows(HasTimer) && s.Timer > 0 {
		moved = min(moved, s.Timer)
	}
	return moved
}
