package garmintest

import "errors"

var errSpan = errors.New("garmintest: two days, YYYY-MM-DD, in their order and not too far apart")

// Day is what the watch of a member told of one local day: the truth behind
// the answers about daily health. A figure that is not known is zero.
type Day struct {
	Date                 string // YYYY-MM-DD
	Told                 bool   // false: the watch lay aside, or has told of nothing yet
	Steps                int
	RestingHR            int // beats per minute
	Sleep                int // seconds, of the night that ended on the day
	HRV                  int // the night's mean, milliseconds
	BodyBattery          int // the day's highest
	VO2Max               float64
	Moderate, Vigorous   int // minutes; vigorous ones count double towards the goal
	Stress, SleepScore   int
	Weight               float64 // grams
	Asleep, Awoke        int64   // milliseconds since 1970
	BatteryNow, Calories int
}

// Days returns what the service knows now of a member's days, both ends
// included.
func (s *Server) Days(email, from, to string) ([]Day, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.find(email)
	if err != nil {
		return nil, err
	}
	b := s.days(m)
	dates, ok := b.span(from, to, 0)
	if !ok {
		return nil, errSpan
	}
	var all []Day
	for _, date := range dates {
		all = append(all, b.truth(date))
	}
	return all, nil
}

func (b *book) truth(date string) Day {
	d := b.day(date)
	t := Day{Date: date, Told: d.told(), Steps: d.steps, RestingHR: d.rest, VO2Max: d.vo2max, Moderate: d.moderate, Vigorous: d.vigorous, Stress: d.stress,
		BodyBattery: max(d.battery.wake, d.battery.before), BatteryNow: d.battery.now, Calories: int(d.active + d.bmr)}
	if n := d.night; n != nil {
		t.Sleep, t.HRV, t.SleepScore, t.Asleep, t.Awoke = n.asleep(), n.hrv, n.score, n.from.UnixMilli(), n.to.UnixMilli()
	}
	if w, ok := b.weighed(date); ok {
		t.Weight = w.grams
	}
	return t
}
