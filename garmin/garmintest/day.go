package garmintest

import (
	"math"
	"time"
)

// day is what a member's watch has told of one local day.
type day struct {
	date       string    // YYYY-MM-DD
	start, end time.Time // 23, 24 or 25 hours apart
	seen       time.Time // until when the watch has told of it; zero: nothing was told
	sport      []*workout
	night      *night // that ended on it; nil when none was told

	steps, goal        int
	walked             float64 // metres
	floors             float64
	rest, low, high    int // heart rate, beats per minute; rest is 0 without a night
	moderate, vigorous int // minutes
	active, bmr        float64
	stress             int     // 0 when the watch does not measure it
	battery            charge  // zero when the watch does not measure it
	vo2max             float64 // 0 on days without a value
}

// charge is a day's body battery, 0 to 100.
type charge struct {
	before, wake, now int // at the day's start, in the morning, as far as the watch has told
	drained           int
}

// told says whether anything is known of the day.
func (d *day) told() bool { return !d.seen.IsZero() }

// or is a value of the day, or null where nothing is known.
func (d *day) or(v any) any {
	if !d.told() {
		return nil
	}
	return v
}

// some is a number that is null where it is zero.
func some[T int | float64](n T) any {
	if n == 0 {
		return nil
	}
	return n
}

// habit is how somebody lives apart from training.
type habit struct {
	steps     float64 // of a day without sport
	bed, wake float64 // hours of the clock
	hrv       float64 // milliseconds
	stress    bool    // the watch measures stress, and with it the body battery
	scales    bool    // a pair of scales that tells its readings
}

func newHabit(seed int64, m *member) habit {
	r := draw(seed, "habit of days", mailKey(m.Email))
	return habit{steps: 4200 + 4600*r.Float64(), bed: 22.2 + 1.6*r.Float64(), wake: 6.1 + 1.4*r.Float64(),
		hrv: 30 + 55*(m.body.ability-.86) + 22*r.Float64(), stress: r.IntN(5) > 0, scales: r.IntN(2) == 0}
}

// book is a member's days as the service knows them at one moment.
type book struct {
	seed  int64
	rules *Assumptions
	m     *member
	now   time.Time
	first string // the day on which the watch was new
	habit habit
	sport map[string][]*workout // what the watch recorded, by local day

	nights map[string]*night // as far as they were read
}

// days opens a member's book.
func (s *Server) days(m *member) *book {
	now := s.now()
	s.extend(m, now)
	b := &book{seed: s.opts.Seed, rules: &s.rules, m: m, now: now, habit: newHabit(s.opts.Seed, m), sport: map[string][]*workout{}, nights: map[string]*night{},
		first: monday(s.opts.Start, m.Zone, -history).Format(time.DateOnly)}
	for _, w := range m.plan.all {
		if w.manual || w.file != nil || w.device.id != m.body.watch.id || w.uploaded.After(now) {
			continue
		}
		w = w.asRecorded()
		date := w.local().Format(time.DateOnly)
		b.sport[date] = append(b.sport[date], w)
	}
	return b
}

// at is a time of a day's clock; hours may lie outside the day.
func (b *book) at(date string, hours float64) time.Time {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return time.Time{}
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 0, int(math.Round(hours*60)), 0, 0, b.m.Zone).UTC()
}

// after is the date some days later.
func after(date string, days int) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return t.AddDate(0, 0, days).Format(time.DateOnly)
}

// today is the member's local day.
func (b *book) today() string { return b.now.In(b.m.Zone).Format(time.DateOnly) }

// worn says whether the watch was on the wrist: not every day, but always
// during what it recorded.
func (b *book) worn(date string) bool {
	if date < b.first || date > b.today() {
		return false
	}
	return len(b.sport[date]) > 0 || draw(b.seed, "worn", mailKey(b.m.Email), date).Float64() > .04
}

// seen is until when the watch has told of a day; zero when it has not. In the
// morning it tells of the night; until then nothing is known of the day.
func (b *book) seen(date string) time.Time {
	switch {
	case !b.worn(date):
		return time.Time{}
	case date < b.today():
		return b.at(date, 24)
	}
	morning := b.at(date, b.habit.wake+.5)
	if n := b.slept(date); n != nil {
		morning = n.to
	}
	synced := b.now.Truncate(15 * time.Minute)
	if synced.Before(morning.Add(b.rules.MorningSync)) {
		return time.Time{}
	}
	return synced
}

// load is the training load of some days that end with a date.
func (b *book) load(date string, days int) float64 {
	var sum float64
	for i := range days {
		for _, w := range b.sport[after(date, -i)] {
			sum += w.load
		}
	}
	return sum
}

// day reads one day.
func (b *book) day(date string) *day {
	d := &day{date: date, start: b.at(date, 0), end: b.at(date, 24), goal: 500 * int(math.Round((b.habit.steps+3000)/500)), seen: b.seen(date)}
	if !d.told() {
		return d
	}
	d.sport, d.night = b.sport[date], b.slept(date)
	b.move(d)
	b.beat(d)
	if b.habit.stress {
		b.charge(d)
	}
	d.vo2max = b.vo2max(date)
	return d
}

// awake is the part of a day's waking hours that the watch has told of.
func (b *book) awake(d *day) float64 {
	from, to := b.at(d.date, b.habit.wake), b.at(d.date, b.habit.bed)
	return min(1, max(0, d.seen.Sub(from).Seconds()/to.Sub(from).Seconds()))
}

// move adds up steps, distance, floors, minutes of effort and calories: of
// life, and of the day's sport.
func (b *book) move(d *day) {
	r := draw(b.seed, "moves", mailKey(b.m.Email), d.date)
	part, weight := b.awake(d), b.m.body.weight
	life := b.habit.steps * (.6 + .8*r.Float64()) * part
	d.walked = life * b.m.body.height * .00414
	d.floors = float64(r.IntN(14)) * part
	d.moderate = int(float64(r.IntN(9)) * part)
	d.bmr = math.Round(weight * 22.5 * d.seen.Sub(d.start).Hours() / 24)
	d.active = math.Round(life * .032 * weight / 70)
	d.steps = int(life)
	for _, w := range d.sport {
		for _, p := range w.parts() {
			d.steps += p.steps()
			if p.steps() > 0 {
				d.walked += p.distance
			}
		}
		d.floors += w.climb / 3
		d.moderate, d.vigorous = d.moderate+w.moderate, d.vigorous+w.vigorous
		d.active += w.calories - w.bmr
	}
	d.walked, d.floors = math.Round(d.walked), round(d.floors, 2)
}

// steps are those of what goes on foot.
func (w *workout) steps() int {
	switch w.sport.family() {
	case runningType, 3, 9:
		return int(w.cadence * w.moving / 60)
	}
	return 0
}

// beat decides the day's heart rates: a fit heart rests slower, a hard day
// makes it faster the next morning.
func (b *book) beat(d *day) {
	r := draw(b.seed, "beats", mailKey(b.m.Email), d.date)
	tired := min(3, b.load(after(d.date, -1), 1)/80)
	fit := 62 - 16*(b.m.body.ability-.86)/.3
	rest := int(math.Round(min(.6*b.m.body.rest+.4*fit+tired+3*r.Float64()-1.5, b.m.body.rest+7)))
	d.low, d.high = rest-2, 95+r.IntN(25)
	if d.night != nil {
		d.rest = rest
	}
	for _, w := range d.sport {
		d.high = max(d.high, int(w.maxHR))
	}
}

// charge decides stress and body battery: sleep fills it, the day and its
// sport empty it.
func (b *book) charge(d *day) {
	r := draw(b.seed, "stress", mailKey(b.m.Email), d.date)
	d.stress = 22 + r.IntN(16) + int(min(10, b.load(d.date, 1)/20))
	wake, evening := b.level(d.date)
	_, before := b.level(after(d.date, -1))
	d.battery = charge{before: before, wake: wake, drained: int(float64(wake-evening) * b.awake(d))}
	if n := d.night; n != nil && n.from.Before(d.start) {
		slept := d.start.Sub(n.from).Seconds() / n.to.Sub(n.from).Seconds()
		d.battery.before += int(float64(wake-before) * slept)
	}
	d.battery.now = wake - d.battery.drained
}

// level is the body battery of a day's morning and evening.
func (b *book) level(date string) (wake, evening int) {
	r := draw(b.seed, "battery", mailKey(b.m.Email), date)
	wake = 55 + r.IntN(20)
	if n := b.slept(date); n != nil {
		wake = 20 + n.score*4/5
	}
	evening = wake - 28 - r.IntN(22) - int(min(25, b.load(date, 1)/6))
	return wake, max(5, evening)
}

// vo2max is what a day's running tells; 0 when there was none outdoors.
func (b *book) vo2max(date string) float64 {
	for _, w := range b.sport[date] {
		if w.sport.family() == runningType && w.gps() {
			return b.fitness(w.start)
		}
	}
	return 0
}

// fitness is the VO2max at a moment: it grew a little over the year.
func (b *book) fitness(at time.Time) float64 {
	years := at.Sub(b.at(b.first, 24*7*history)).Hours() / (365 * 24)
	return round(28+20*b.m.body.ability+1.2*max(-1, years), 1)
}
