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

// spoil puts into a report what no honest computing would: hostile names,
// numbers that are none, days out of time.
func spoil(r *rand.Rand, rep *digest.Report, name, what string) {
	number := func() float64 {
		return []float64{0, 1, -1, 1000, 1e6, 1e9, 1e300, -1e300, math.NaN(), math.Inf(1), math.Inf(-1), r.Float64() * 1e6}[r.IntN(12)]
	}
	whole := func() int { return []int{0, 1, -1, 7, 1000, math.MaxInt, math.MinInt, r.IntN(99)}[r.IntN(8)] }
	day := func() store.Day {
		return []store.Day{rep.Span.Start, rep.Span.Start + 3, rep.Span.End, 0, 1 << 40, -1 << 40}[r.IntN(6)]
	}
	lasting := func() time.Duration {
		return []time.Duration{0, -1, time.Hour, 612 * time.Hour, math.MaxInt64, math.MinInt64}[r.IntN(6)]
	}
	glance := func() *digest.Glance {
		if r.IntN(2) == 0 {
			return nil
		}
		return &digest.Glance{Span: store.MonthOf(rep.Span.Start), Active: whole(), Workouts: whole(), Time: lasting(), Distance: number(), Climb: number(), Days: whole(), Best: r.IntN(2) == 0}
	}
	athlete := func() int64 { return int64(r.IntN(20)) }
	rep.Month, rep.Year, rep.LastYear = glance(), glance(), glance()
	metrics := append([]store.Metric{store.Metric(what)}, metrics...)
	metric := func() store.Metric { return metrics[r.IntN(len(metrics))] }
	if r.IntN(3) > 0 {
		g := &digest.Progress{
			Goal: store.Goal{Metric: metric(), Sport: store.Sport(what), Target: number(), Span: store.Span{Start: day(), End: day()}},
			Done: number(), Due: number(), Pace: number(), Projected: number(), Expected: day(), Reached: day(),
			Journey: &digest.Journey{Route: what, Name: name, Length: number(), Done: number(), Passed: name, Next: []string{"", name}[r.IntN(2)], ToNext: number(), Crossed: []string{name, what, ""}},
		}
		if r.IntN(2) == 0 {
			g.Span = store.MonthOf(rep.Span.Start)
		}
		for range r.IntN(40) {
			g.Days = append(g.Days, number())
			g.Shares = append(g.Shares, digest.Share{Athlete: athlete(), Name: name, Value: number()})
		}
		rep.Goal = g
	}
	kinds := append([]digest.Kind{digest.Kind(what), digest.KindRecord}, clubKinds[:]...)
	for range r.IntN(30) {
		h := digest.Highlight{
			Kind: kinds[r.IntN(len(kinds))], Athlete: athlete(), Name: []string{name, "Ana", ""}[r.IntN(3)], Sport: store.Sport(what), Day: day(),
			Distance: number(), Climb: number(), Time: lasting(), Better: lasting(), Weeks: whole(), Months: whole(), Change: number(),
			With: []string{name, "", "Ben"}[:r.IntN(4)], People: whole(), What: []string{what, digest.RecordTime, digest.RecordJoint, digest.RecordLongest + "run"}[r.IntN(4)], Value: number(),
		}
		rep.Notable = append(rep.Notable, h)
		if len(rep.Highlights) < 12 {
			rep.Highlights = append(rep.Highlights, h)
		}
	}
	for range r.IntN(9) {
		rep.Late = append(rep.Late, digest.Late{Athlete: athlete(), Name: name, Sport: store.Sport(what), Day: day(), Workouts: whole(), Time: lasting(), Distance: number()})
		rep.Duels = append(rep.Duels, digest.Standing{Duel: store.Duel{From: 1, To: 2}, Names: [2]string{name, "Ben"}, Scores: [2]float64{number(), number()}, Leader: int64(r.IntN(3)), ByDays: r.IntN(2) == 0, Over: r.IntN(2) == 0})
		rep.Records = append(rep.Records, digest.Record{Kind: []string{what, digest.RecordTime, digest.RecordJoint, digest.RecordLongest + what}[r.IntN(4)], Athlete: athlete(), Name: name, Sport: store.Sport(what), Day: day(), Value: number()})
		rep.Boards = append(rep.Boards, digest.Board{Metric: metric(), Sport: store.Sport(what), Rows: rep.Rows})
		rep.Weeks = append(rep.Weeks, digest.Glance{Span: rep.Span, Time: lasting(), Distance: number(), Best: r.IntN(2) == 0})
	}
	units := []digest.Unit{digest.Unit(what), digest.UnitTime, digest.UnitClock, digest.UnitMoment, digest.UnitLag, digest.UnitPace, digest.UnitShare, digest.UnitDistance, digest.UnitSpeed}
	rep.Prize = &digest.Prize{Rule: []string{what, "metronome", "chain", "early-bird"}[r.IntN(4)], Athlete: athlete(), Name: name, With: what, Value: number(), Unit: units[r.IntN(len(units))], Icon: "🏆"}
	for _, rows := range [][]digest.Row{rep.Rows, rep.Aside} {
		for i := range rows {
			change := number()
			rows[i].Points, rows[i].Effort, rows[i].Change, rows[i].Streak, rows[i].Weeks = whole(), whole(), &change, whole(), rep.Weeks
			rows[i].Climb, rows[i].Time, rows[i].ActiveDays = number(), lasting(), whole()
			rows[i].Paused, rows[i].Frozen = r.IntN(5) == 0, r.IntN(5) == 0
		}
	}
	change := number()
	rep.Change = &change
}

// harmless says whether a text is whole, short enough and keeps its columns.
func harmless(t *testing.T, text string) {
	t.Helper()
	if text == "" || !utf8.ValidString(text) || utf8.RuneCountInString(text) > longText {
		t.Errorf("%d signs: %q", utf8.RuneCountInString(text), text)
	}
	parts := strings.Split(text, "```")
	if len(parts)%2 != 1 || len(parts) > 3 {
		t.Errorf("a name breaks the board: %q", text)
	}
	narrow(t, "a text", text)
}

// longText is more than any answer has.
const longText = 5000

func FuzzAnyInputGivesTexts(f *testing.F) {
	f.Add(uint64(1), "_Ana_", "Tuesday Runners", "run", "effort", "de")
	f.Add(uint64(2), "```", "*", "hike", "distance", "fr")
	f.Add(uint64(3), "أحمد", "\u202e", "", "climb", "xx")
	f.Add(uint64(4), "🏃‍♀️", "{n}", "{name}", "time", "pt")
	f.Add(uint64(5), "李娜娜娜娜娜", "x", "team", "days", "nl")
	f.Add(uint64(64), "a`b", "x", "longest.run", "points", "it")
	f.Fuzz(func(t *testing.T, seed uint64, name, group, sport, metric, lang string) {
		random := rand.New(rand.NewPCG(seed, 0))
		in := garbage(random, name, group, sport, metric)
		l := locale.For(lang, []store.Units{store.Kilometres, store.Miles, store.Both}[seed%3])
		r := digest.Compute(in)
		month, year := in, in
		month.Span, year.Span = store.MonthOf(week37.Start), store.YearOf(week37.Start)
		m, y := digest.Compute(month), digest.Compute(year)
		check := func(r digest.Report, limit int) {
			for _, style := range styles {
				r.Group.Style = style
				text, err := (*Templates)(nil).Digest(r, l)
				if err != nil || utf8.RuneCountInString(text.Body) > limit {
					t.Errorf("%s: %v, %d signs", style, err, utf8.RuneCountInString(text.Body))
				}
				harmless(t, text.Body)
			}
			for _, text := range []string{SoFar(r, l), Longer(m, y, l), Period(r, l), Own(r, m, y, 1, l)} {
				harmless(t, text)
			}
			if lines, more := Races(r, 5, l); len(lines) > 5 || more < 0 {
				t.Errorf("%d races and %d more", len(lines), more)
			}
			Goal(r, l)
			Prize(r, l)
			One(r, 1, l)
		}
		check(r, clubText)
		spoil(random, &r, name, sport)
		spoil(random, &m, name, sport)
		check(r, 2*clubText)
		if all := cards(r, m, y, l); seed%64 == 0 { // one of them: each is a big picture
			drawable(t, all[seed/64%uint64(len(all))])
		}
	})
}

// show is a card that may be drawn of a report.
type show struct {
	what string
	draw func() (Card, bool, error)
}

// cards are all that are drawn of a week, a month and a year.
func cards(week, month, year digest.Report, l *locale.Locale) []show {
	return []show{
		{"week", func() (Card, bool, error) { return Picture(week, l) }},
		{"news", func() (Card, bool, error) { return News(week, l) }},
		{"goal", func() (Card, bool, error) { return GoalPicture(week, l) }},
		{"weeks", func() (Card, bool, error) { return WeeksPicture(week, l) }},
		{"own", func() (Card, bool, error) { return OwnPicture(week, 1, l) }},
		{"year", func() (Card, bool, error) { return YearPicture(year, 0, l) }},
		{"streak", func() (Card, bool, error) { return StreakPicture(month, 1, l) }},
		{"month", func() (Card, bool, error) { return LongerPicture(month, l) }},
	}
}

// drawable says whether a card is drawn with its words, or left out.
func drawable(t *testing.T, s show) {
	t.Helper()
	card, drawn, err := s.draw()
	if err != nil || drawn && (card.Picture.Alt == "" || card.Caption == "") {
		t.Errorf("%s: %v, alt %q", s.what, err, card.Picture.Alt)
	}
}

// Whatever stands in a report, every card is drawn or left out.
func TestHostileReportsGiveCards(t *testing.T) {
	for i, name := range []string{"_Ana_", "أحمد \u202e", "李娜娜娜娜娜娜娜娜娜娜", "", "👨‍👩‍👧‍👦🏃‍♀️", strings.Repeat("W", 300)} {
		l := locale.For("en", []store.Units{store.Kilometres, store.Miles, store.Both}[i%3])
		random := rand.New(rand.NewPCG(uint64(i), 7))
		in := garbage(random, name, name, "run", "effort")
		in.Span, in.Now = week37, time.Time{}
		week := digest.Compute(in)
		in.Span = store.MonthOf(week37.Start)
		month := digest.Compute(in)
		in.Span = store.YearOf(week37.Start)
		year := digest.Compute(in)
		for _, r := range []*digest.Report{&week, &month, &year} {
			spoil(random, r, name, "run")
		}
		for _, s := range cards(week, month, year, l) {
			drawable(t, s)
		}
	}
}
