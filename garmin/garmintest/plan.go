package garmintest

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// history is how many weeks of training lie before the world's start.
const history = 52

// plan is a member's training as far as it was asked for.
type plan struct {
	slots []slot
	gaps  []int // weeks without training
	home  place
	next  int // first week that is not made yet, counted from the world's start
	all   []*workout
}

// workouts returns what the service knows of a member now, newest local start
// first. It makes the weeks that are missing.
func (s *Server) workouts(m *member, now time.Time) []*workout {
	s.extend(m, now)
	var seen []*workout
	for _, w := range m.plan.all {
		if w.visible(now) {
			seen = append(seen, w)
		}
	}
	slices.SortStableFunc(seen, func(a, b *workout) int {
		if c := b.wall.Compare(a.wall); c != 0 {
			return c
		}
		return int(b.id - a.id)
	})
	return seen
}

// wall is the local start as a clock on the wall shows it.
func wall(w *workout) time.Time {
	_, offset := w.local().Zone()
	return w.start.Add(time.Duration(offset) * time.Second)
}

func (s *Server) extend(m *member, now time.Time) {
	p := &m.plan
	if p.slots == nil {
		s.begin(m)
	}
	for ; !monday(s.opts.Start, m.Zone, p.next).After(now); p.next++ {
		week := s.week(m, p.next)
		for _, w := range week {
			s.number(m, w)
		}
		p.all = append(p.all, week...)
	}
}

// begin draws a member's habits.
func (s *Server) begin(m *member) {
	key := mailKey(m.Email)
	r := draw(s.opts.Seed, "habits", key)
	p := &m.plan
	p.next = -history
	p.home = home(m.Zone, s.opts.Start, r)
	if habit, ok := habits[m.Training.Archetype]; ok {
		p.slots = habit
	} else {
		p.slots = clubHabits(r)
	}
	for range 2 + r.IntN(2) {
		p.gaps = append(p.gaps, -44+r.IntN(39))
	}
}

// monday is the first instant of a week, counted from the one that holds the
// world's start.
func monday(start time.Time, zone *time.Location, week int) time.Time {
	t := start.In(zone)
	back := (int(t.Weekday()) + 6) % 7
	return time.Date(t.Year(), t.Month(), t.Day()-back+7*week, 0, 0, 0, 0, zone)
}

// week makes the workouts of one week, in order and without overlaps.
func (s *Server) week(m *member, n int) []*workout {
	if slices.Contains(m.plan.gaps, n) {
		return nil
	}
	var made []*workout
	for i, sl := range m.plan.slots {
		r := draw(s.opts.Seed, "slot", mailKey(m.Email), n, i)
		if r.Float64() < sl.chance && happens(m, sl, n) {
			made = append(made, s.perform(m, sl, n, i, r)...)
		}
	}
	if n == 0 && m.Training.Archetype != Comeback {
		made = s.early(m, made)
	}
	slices.SortStableFunc(made, func(a, b *workout) int { return a.start.Compare(b.start) })
	return apart(made)
}

// happens leaves out habits of other seasons, and other workouts on the Sunday
// of a race.
func happens(m *member, sl slot, week int) bool {
	return sl.during(week) && (sl.day < 6 || sl.race == racing(m, week))
}

// racing says whether somebody starts in a race this week: a triathlon each
// quarter, a run every fifth week.
func racing(m *member, week int) bool {
	if m.Training.Archetype == Triathlete {
		return (week+history)%13 == 2
	}
	return week%5 == 0 && slices.ContainsFunc(m.plan.slots, func(sl slot) bool { return sl.race })
}

// early sees to it that something happened in the first week before noon of
// the world's first Wednesday.
func (s *Server) early(m *member, made []*workout) []*workout {
	noon := monday(s.opts.Start, m.Zone, 0).Add(54 * time.Hour)
	for _, w := range made {
		if !w.uploaded.After(noon) {
			return made
		}
	}
	i := slices.IndexFunc(m.plan.slots, func(sl slot) bool { return sl.day < 2 && sl.during(0) })
	i = max(i, 0)
	sl := m.plan.slots[i]
	if sl.day > 1 {
		sl.day, sl.at = 1, 18.2
	}
	return append(made, s.perform(m, sl, 0, i, draw(s.opts.Seed, "early", mailKey(m.Email)))...)
}

// apart drops workouts that begin before the one before has ended, except
// what two devices recorded together.
func apart(week []*workout) []*workout {
	var kept []*workout
	for _, w := range week {
		if len(kept) > 0 {
			last := kept[len(kept)-1]
			pair := last.device.id != w.device.id && last.sport == w.sport
			if !pair && w.start.Before(last.end().Add(5*time.Minute)) {
				continue
			}
		}
		kept = append(kept, w)
	}
	return kept
}

// perform turns a habit into a workout; two when two devices record it.
func (s *Server) perform(m *member, sl slot, week, index int, r *rand.Rand) []*workout {
	sp, ok := sportOf(sl.sport)
	if !ok {
		return nil
	}
	day := monday(s.opts.Start, m.Zone, week)
	minute := int(sl.at*60) + r.IntN(31) - 15
	start := time.Date(day.Year(), day.Month(), day.Day()+sl.day, 0, minute, r.IntN(60), 0, m.Zone).UTC()
	w := &workout{sport: sp, place: m.plan.home, zone: m.Zone, start: start, effort: min(1, max(.05, sl.effort+.06*(r.Float64()-.5))),
		manual: sl.manual, race: sl.race, device: m.body.watch, cadence: sp.cadence, hidden: r.Float64() < sl.hidden}
	if at, ok := s.meet(m, sl, week); ok {
		s.join(m, w, at, week)
	}
	d := digest(s.opts.Seed, "series", mailKey(m.Email), week, index)
	w.key = binary.LittleEndian.Uint64(d[:8])
	w.name = title(w, sl.name)
	if sp.id == multisportType {
		w.name = w.place.name + " Triathlon"
		return s.triathlon(m, w, week, r)
	}
	s.extent(m, w, sl, week, r)
	w.record = !w.manual && w.distance > 0 && (r.Float64() < .03 || w.race && r.Float64() < .5)
	w.measure(m.body)
	s.upload(w, r)
	if !sl.paired {
		return []*workout{w}
	}
	return []*workout{w, s.twin(m, w, r)}
}

// title names a workout as Garmin does: the town and the sport.
func title(w *workout, name string) string {
	switch {
	case w.manual || !w.sport.outdoor && name != "":
		return name
	case !w.sport.outdoor:
		return w.sport.label
	case name != "":
		return w.place.name + " - " + name
	}
	return w.place.name + " " + w.sport.label
}

// extent decides how long, how far and how high.
func (s *Server) extent(m *member, w *workout, sl slot, week int, r *rand.Rand) {
	volume, form := 1+.08*math.Sin(float64(week)/4), 1+.05*float64(week+history)/history
	if (week%4+4)%4 == 3 {
		volume *= .8
	}
	if m.Training.Archetype == Beginner {
		volume *= .72 + .36*float64(week+history)/history
	}
	if m.Training.Volume > 0 {
		volume *= m.Training.Volume
	}
	w.timer = round(sl.minutes*60*volume*(.88+.24*r.Float64()), 3)
	if w.manual {
		w.start = w.start.Truncate(time.Minute)
		w.timer = math.Round(w.timer/300) * 300
	}
	pace := w.sport.speed * m.body.ability * form * (.8 + .38*w.effort) * (.97 + .06*r.Float64())
	w.elapsed, w.moving = w.timer, 0
	if w.sport.speed > 0 && !w.manual {
		s.way(w, pace, week, r)
	}
	if w.sport.power > 0 && !w.manual {
		w.power = math.Round(w.sport.power * m.body.ability * (.7 + .5*w.effort))
	}
}

// way decides distance, pauses and climb of what covers ground.
func (s *Server) way(w *workout, pace float64, week int, r *rand.Rand) {
	w.distance = pace * w.timer
	if w.race {
		race := races[(week/5%len(races)+len(races))%len(races)]
		w.name = w.place.name + " " + race.name
		w.distance = race.metres * (1.002 + .006*r.Float64())
		w.timer = round(w.distance/pace, 3)
		w.elapsed = w.timer
	}
	if w.pool() {
		w.distance = max(poolLength, math.Round(w.distance/poolLength)*poolLength)
	}
	w.moving = round(w.timer*(.965+.03*r.Float64()), 3)
	if w.sport.outdoor && !w.race {
		w.elapsed = round(w.timer*(1.01+.05*r.Float64()), 3)
	}
	w.climb = math.Round(w.sport.climb * w.distance / 1000 * (.7 + .6*r.Float64()))
	if w.climb > 0 {
		w.hills = 1 + int(w.climb/90)
	}
}

// twin is the same workout as a second device recorded it.
func (s *Server) twin(m *member, w *workout, r *rand.Rand) *workout {
	t := *w
	t.device = m.body.second
	t.start = w.start.Add(time.Duration(15+r.IntN(50)) * time.Second)
	t.timer = round(w.timer-float64(20+r.IntN(60)), 3)
	t.elapsed = round(t.timer+w.elapsed-w.timer, 3)
	t.moving = round(t.timer*.98, 3)
	t.distance = w.distance * (.994 + .012*r.Float64())
	t.climb = math.Round(w.climb * (.92 + .16*r.Float64()))
	t.record = false
	t.maxHR, t.zones = 0, [5]float64{}
	t.measure(m.body)
	s.upload(&t, r)
	return &t
}

// upload decides when the service gets to know of a workout.
func (s *Server) upload(w *workout, r *rand.Rand) {
	span := max(1, int64(s.rules.UploadAfterMost-s.rules.UploadAfterLeast))
	w.uploaded = w.end().Add(s.rules.UploadAfterLeast + time.Duration(r.Int64N(span))).Truncate(time.Second)
	w.updated = w.uploaded
}

// number gives an id: they grow with the time of upload.
func (s *Server) number(m *member, w *workout) {
	since := w.uploaded.Unix() - time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	id := 19_000_000_000 + since*50 + int64(w.key%50)
	for s.ids[id] != nil {
		id++
	}
	s.ids[id] = w
	w.id, w.owner, w.wall = id, m, wall(w)
	for _, l := range w.legs {
		s.number(m, l)
	}
}
