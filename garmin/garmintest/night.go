package garmintest

import (
	"math"
	"time"
)

// night is a sleep that the watch recorded; it belongs to the day on which it
// ended. Without waking times its phases add up to the time slept.
type night struct {
	from, to                time.Time
	deep, light, rem, awake int // seconds
	score                   int
	hrv                     int // mean, milliseconds; 0 when the watch does not measure it
	breath                  float64
	oxygen                  int // per cent
}

// asleep is the time slept, seconds.
func (n *night) asleep() int { return n.deep + n.light + n.rem }

// slept is the night that ended on a day; nil when the watch lay aside.
func (b *book) slept(date string) *night {
	n, read := b.nights[date]
	if !read {
		n = b.sleeps(date)
		b.nights[date] = n
	}
	return n
}

func (b *book) sleeps(date string) *night {
	if !b.worn(date) || date == b.first {
		return nil
	}
	r := draw(b.seed, "night", mailKey(b.m.Email), date)
	if r.Float64() < .05 {
		return nil
	}
	wake := b.habit.wake + .8*r.Float64()
	if t := b.at(date, 12).In(b.m.Zone).Weekday(); t == time.Saturday || t == time.Sunday {
		wake += .7
	}
	n := &night{from: b.at(date, b.habit.bed+.9*r.Float64()-24), to: b.at(date, wake)}
	for _, w := range b.sport[date] {
		if early := w.start.Add(-40 * time.Minute).Truncate(time.Minute); early.Before(n.to) && early.After(n.from.Add(2*time.Hour)) {
			n.to = early
		}
	}
	span := int(n.to.Sub(n.from).Seconds())
	n.awake = 60 * (4 + r.IntN(30))
	asleep := span - n.awake
	n.deep = int(float64(asleep)*(.13+.09*r.Float64())) / 60 * 60
	n.rem = int(float64(asleep)*(.17+.1*r.Float64())) / 60 * 60
	n.light = asleep - n.deep - n.rem
	n.score = min(98, max(28, 62+(asleep-7*3600)/300+(n.deep-4200)/400-n.awake/240+r.IntN(14)))
	n.breath, n.oxygen = round(12.5+3*r.Float64(), 1), 93+r.IntN(6)
	if b.m.body.watch.traits().hrv {
		tired := min(12, b.load(after(date, -1), 1)/15)
		n.hrv = max(14, int(math.Round(b.habit.hrv-tired+10*(r.Float64()-.5))))
	}
	return n
}

// told is the night that ended on a day, once the watch has told of it.
func (b *book) told(date string) *night {
	if b.seen(date).IsZero() {
		return nil
	}
	return b.slept(date)
}

// usual is the mean HRV of the nights of some days that end with a date, and
// of how many nights.
func (b *book) usual(date string, days int) (mean float64, nights int) {
	var sum float64
	for i := range days {
		if n := b.told(after(date, -i)); n != nil && n.hrv > 0 {
			sum += float64(n.hrv)
			nights++
		}
	}
	return sum / float64(max(nights, 1)), nights
}

// traits are what a watch can measure.
type traits struct {
	hrv       bool
	readiness bool // and the training status
}

// traits follow from the model.
func (d device) traits() traits {
	switch d.key {
	case "fr265", "fenix7":
		return traits{hrv: true, readiness: true}
	case "fr55":
		return traits{}
	}
	return traits{hrv: true}
}

// quality is the word for a score of sleep.
func quality(score int) string {
	switch {
	case score >= 90:
		return "EXCELLENT"
	case score >= 80:
		return "GOOD"
	case score >= 60:
		return "FAIR"
	}
	return "POOR"
}
