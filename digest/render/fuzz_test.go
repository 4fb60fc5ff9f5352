package render

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// garbage is an input that no honest source would give.
func garbage(r *rand.Rand, name, group, sport, metric string) digest.Input {
	number := func() float64 {
		return []float64{0, 1, -1, 1000, 42195, 1e9, -1e300, math.NaN(), math.Inf(1), math.Inf(-1), r.Float64() * 1e5}[r.IntN(11)]
	}
	day := func() store.Day {
		return []store.Day{week37.Start, week37.Start + store.Day(r.IntN(9)), week37.Start - store.Day(r.IntN(400)), 0, math.MaxInt, math.MinInt}[min(r.IntN(12), 5)]
	}
	span := func() time.Duration {
		return []time.Duration{0, time.Duration(r.IntN(90)) * time.Minute, time.Duration(r.IntN(90)) * time.Minute, -time.Hour, math.MaxInt64, math.MinInt64, 100 * time.Hour}[r.IntN(7)]
	}
	in := digest.Input{
		Group: store.Group{Name: group, Metric: store.Metric(metric), Zone: name, WeekStart: time.Weekday(r.IntN(9) - 1)},
		Span:  week37, Now: time.Unix(int64(week37.Start+store.Day(r.IntN(10)))*86400, 0),
	}
	if r.IntN(4) == 0 {
		in.Span = store.Span{Start: day(), End: day()}
	}
	if r.IntN(4) == 0 {
		in.Now = time.Time{}
	}
	for range r.IntN(20) {
		in.Members = append(in.Members, store.Athlete{ID: int64(r.IntN(18)), Name: []string{name, "Ana", ""}[r.IntN(3)]})
	}
	for range r.IntN(80) {
		start := time.Unix(int64(week37.Start)*86400+int64(r.IntN(12*86400))-4*86400, 0)
		if r.IntN(8) == 0 {
			start = day().In(time.UTC)
		}
		a := store.Activity{
			ID: int64(r.IntN(50)), Athlete: int64(r.IntN(20)), External: []string{"", name, sport, "x"}[r.IntN(4)], Parent: []string{"", "", name, sport}[r.IntN(4)],
			Sport: []store.Sport{store.Run, store.Ride, store.Swim, store.Sport(sport), store.Yoga}[r.IntN(5)], Start: start, Local: start,
			Elapsed: span(), Timer: span(), Moving: span(), Distance: number(), Climb: number(), AvgHR: number(),
			Moderate: int(number()), Vigorous: r.IntN(200) - 20, Private: r.IntN(5) == 0, Race: r.IntN(3) == 0, Record: r.IntN(3) == 0,
		}
		a.Metrics.Zones[r.IntN(5)] = number()
		a.Metrics.Splits = map[string]float64{"1000": number(), name: number()}
		in.Activities = append(in.Activities, a)
	}
	return in
}

func FuzzAnyInputGivesTexts(f *testing.F) {
	f.Add(uint64(1), "_Ana_", "Tuesday Runners", "run", "effort", "de")
	f.Add(uint64(2), "```", "*", "hike", "distance", "fr")
	f.Add(uint64(3), "أحمد", "\u202e", "", "climb", "xx")
	f.Add(uint64(4), "🏃‍♀️", "{n}", "{name}", "time", "pt")
	f.Add(uint64(5), "李娜娜娜娜娜", "x", "team", "days", "nl")
	f.Fuzz(func(t *testing.T, seed uint64, name, group, sport, metric, lang string) {
		in := garbage(rand.New(rand.NewPCG(seed, 0)), name, group, sport, metric)
		units := []store.Units{store.Kilometres, store.Miles}[seed%2]
		l := locale.For(lang, units)
		r := digest.Compute(in)
		month, year := in, in
		month.Span, year.Span = store.MonthOf(week37.Start), store.YearOf(week37.Start)
		m, y := digest.Compute(month), digest.Compute(year)
		for _, text := range []string{Digest(r, l), SoFar(r, l), Longer(m, y, l), Own(r, m, y, 1, l)} {
			if text == "" || !utf8.ValidString(text) || utf8.RuneCountInString(text) > clubText {
				t.Errorf("%d signs: %q", utf8.RuneCountInString(text), text)
			}
			parts := strings.Split(text, "```")
			if len(parts)%2 != 1 || len(parts) > 3 {
				t.Errorf("a name breaks the board: %q", text)
			}
			if len(parts) == 3 {
				for line := range strings.SplitSeq(parts[1], "\n") {
					if w := locale.Width(line); w > boardWidth {
						t.Errorf("%q is %d wide", line, w)
					}
				}
			}
		}
		p := pen{l, r}
		if b := p.leaderboard(); len(b.Rows) > boardRows || b.Alt == "" {
			t.Errorf("%d rows drawn, alt %q", len(b.Rows), b.Alt)
		}
		if seed%64 == 0 {
			if _, _, err := Picture(r, l); err != nil {
				t.Error(err)
			}
		}
	})
}
