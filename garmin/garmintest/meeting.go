package garmintest

import (
	"math/rand/v2"
	"strings"
	"time"
)

// meeting is where and when people of one town train together, week after
// week: who has a habit of the kind at about that time joins now and then.
type meeting struct {
	sport    string // the types whose key holds this word
	day      int    // 0 is Monday
	at       float64
	from, to float64 // hours between which a habit must begin
	held     float64 // chance that it takes place
	joined   float64 // chance that somebody is there
}

var meetings = []meeting{
	{sport: "running", day: 1, at: 18.5, from: 17, to: 20, held: .85, joined: .55},
	{sport: "biking", day: 5, at: 8.25, from: 7, to: 10, held: .7, joined: .5},
	{sport: "running", day: 6, at: 9, from: 7.5, to: 11, held: .6, joined: .45},
}

// meet returns the meeting at which a habit takes place this week, and how
// that is told apart from others; ok is false where somebody is on their own.
// Everybody who starts in a race of a town starts together.
func (s *Server) meet(m *member, sl slot, week int) (at meeting, ok bool) {
	if sl.manual || sl.hidden > 0 || !sportIsOutdoor(sl.sport) {
		return meeting{}, false
	}
	if sl.race {
		return meeting{sport: "race", day: sl.day, at: 9.5}, sl.sport == "running"
	}
	for _, at := range meetings {
		if at.day != sl.day || !strings.Contains(sl.sport, at.sport) || sl.at < at.from || sl.at > at.to {
			continue
		}
		held := draw(s.opts.Seed, "meeting", m.Zone, at.day, at.sport, week).Float64() < at.held
		return at, held && draw(s.opts.Seed, "joins", mailKey(m.Email), at.day, at.sport, week).Float64() < at.joined
	}
	return meeting{}, false
}

func sportIsOutdoor(key string) bool {
	sp, ok := sportOf(key)
	return ok && sp.outdoor
}

// join moves a workout to a meeting: all press their buttons within four
// minutes and seventy metres of the spot. Where that is follows from town and
// day.
func (s *Server) join(m *member, w *workout, at meeting, week int) {
	spot := home(m.Zone, s.opts.Start, draw(s.opts.Seed, "spot", m.Zone, at.day, at.sport))
	r := draw(s.opts.Seed, "arrives", mailKey(m.Email), at.day, at.sport, week)
	w.place.lat, w.place.lon = near(spot.lat, r), near(spot.lon, r)
	day := monday(s.opts.Start, m.Zone, week)
	w.start = time.Date(day.Year(), day.Month(), day.Day()+at.day, 0, int(at.at*60), r.IntN(240), 0, m.Zone).UTC()
}

// near is within .0006 degrees.
func near(degrees float64, r *rand.Rand) float64 { return round(degrees+(r.Float64()-.5)*.0012, 6) }
