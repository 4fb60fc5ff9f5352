package render

import (
	"math"
	"sync"
	"time"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// Sample is a made-up report of a situation, to try and to show templates
// with. Nobody in it exists.
type Sample struct {
	Name   string
	Report digest.Report
}

// Samples are made-up reports of all situations that a digest is written in.
func Samples() []Sample {
	return []Sample{
		{"small", sampleSmall()}, {"plain", samplePlain()}, {"quiet", sampleQuiet()}, {"one", sampleOne()},
		{"reached", sampleReached()}, {"club", sampleClub()}, {"thousand", sampleThousand()}, {"december", sampleDecember()},
		{"empty", sampleEmpty(8)}, {"nobody", sampleEmpty(0)},
	}
}

// trialLocale is the one that templates are tried in.
var trialLocale = sync.OnceValue(func() *locale.Locale { return locale.For("en", store.Both) })

// sampleWeek begins on Monday, 7 September 2026.
var sampleWeek = store.WeekOf(store.Date(2026, 9, 7), time.Monday)

// sample is a report that is being made up.
type sample struct{ digest.Report }

func newSample(group string, members int) *sample {
	return &sample{digest.Report{
		Group: store.Group{ID: 1, Name: group, Language: "en", Zone: "Europe/Lisbon", WeekStart: time.Monday},
		Span:  sampleWeek, Today: sampleWeek.End, Begun: 7, Members: members, Metric: store.ByEffort,
	}}
}

// part is what was done in a sport: workouts, minutes, kilometres, metres up.
func part(s store.Sport, workouts, minutes int, km, climb float64) digest.Part {
	return digest.Part{Sport: s, Workouts: workouts, Time: time.Duration(minutes) * time.Minute, Distance: km * 1000, Climb: climb}
}

// row adds an active member and adds up what the group did.
func (s *sample) row(name string, effort, days int, change float64, parts ...digest.Part) *digest.Row {
	id := int64(len(s.Rows) + 1)
	row := digest.Row{Athlete: id, Name: name, Rank: int(id), Effort: effort, ActiveDays: days, Parts: parts, Points: 10*days + effort/20}
	if change != 0 {
		row.Change = &change
	}
	for i := range days {
		row.Days[i] = true
	}
	if n := len(s.Rows); n > 0 && s.Rows[n-1].Effort == effort {
		row.Rank = s.Rows[n-1].Rank
	}
	for _, part := range parts {
		row.Workouts += part.Workouts
		row.Time += part.Time
		row.Distance += part.Distance
		row.Climb += part.Climb
		s.count(part)
	}
	s.Active++
	s.Rows = append(s.Rows, row)
	return &s.Rows[len(s.Rows)-1]
}

// count adds a part to the group's totals.
func (s *sample) count(part digest.Part) {
	s.Workouts += part.Workouts
	s.Time += part.Time
	s.Distance += part.Distance
	s.Climb += part.Climb
	for i := range s.Sports {
		if t := &s.Sports[i]; t.Sport == part.Sport {
			t.Athletes++
			t.Workouts += part.Workouts
			t.Time += part.Time
			t.Distance += part.Distance
			t.Climb += part.Climb
			return
		}
	}
	s.Sports = append(s.Sports, digest.Total{Part: part, Athletes: 1})
}

// tell adds highlights that name members by their names.
func (s *sample) tell(all ...digest.Highlight) {
	for _, h := range all {
		for _, row := range s.Rows {
			if row.Name == h.Name {
				h.Athlete = row.Athlete
			}
		}
		s.Highlights = append(s.Highlights, h)
	}
	s.Notable = append(s.Notable, s.Highlights[len(s.Highlights)-len(all):]...)
}

// weeks makes up the last twelve weeks, of so many per cent of this one.
func (s *sample) weeks(percent ...int) {
	for i, x := range append(percent, 100) {
		back := store.Day(7 * (len(percent) - i))
		g := digest.Glance{
			Span: store.Span{Start: s.Span.Start - back, End: s.Span.End - back}, Active: s.Active, Workouts: s.Workouts * x / 100,
			Time: s.Time * time.Duration(x) / 100, Distance: s.Distance * float64(x) / 100, Climb: s.Climb * float64(x) / 100, Days: 5 * s.Active * x / 100,
			Best: true,
		}
		for _, before := range s.Weeks {
			g.Best = g.Best && before.Time < g.Time
		}
		s.Weeks = append(s.Weeks, g)
	}
}

// spread makes up the days of the week from its totals: a sport on the days on
// which it has shares, most of it at the weekend.
func (s *sample) spread() {
	shares := [...][7]time.Duration{{2, 0, 3, 0, 0, 4, 3}, {0, 2, 0, 3, 0, 1, 6}, {1, 0, 0, 2, 0, 1, 0}}
	for i := range 7 {
		d := digest.DayTotal{Day: s.Span.Start + store.Day(i)}
		for j, t := range s.Sports {
			share := shares[j%len(shares)]
			if share[i] == 0 {
				continue
			}
			sum := time.Duration(0)
			for _, x := range share {
				sum += x
			}
			part := t.Part
			part.Time, part.Distance = t.Time*share[i]/sum, t.Distance*float64(share[i])/float64(sum)
			d.Time += part.Time
			d.Parts = append(d.Parts, part)
		}
		s.Days = append(s.Days, d)
	}
}

// samplePlain is a small group without anything around its week.
func samplePlain() digest.Report { return smallGroup().Report }

// smallGroup are eight people who do different sports.
func smallGroup() *sample {
	s := newSample("Tuesday Runners", 8)
	s.row("Ana", 412, 6, 0.12, part(store.Run, 6, 300, 54.6, 420))
	s.row("Ben", 365, 4, -0.04, part(store.Ride, 3, 325, 138, 1740), part(store.Swim, 1, 35, 1.5, 0))
	s.row("Caro", 348, 6, 0.31, part(store.Run, 4, 208, 37.6, 360), part(store.Swim, 2, 83, 3.7, 0))
	s.row("Dev", 301, 5, 0.08, part(store.Run, 5, 214, 38.2, 210))
	s.row("Eli", 244, 3, 0, part(store.Ride, 2, 310, 250, 1100), part(store.Strength, 1, 45, 0, 0))
	s.row("Fay", 198, 4, 0.02, part(store.Run, 4, 168, 28, 240))
	s.row("Gus", 121, 2, 0, part(store.Run, 2, 80, 11.5, 40))
	s.row("Hana", 96, 5, 0.8, part(store.Walk, 5, 275, 23, 300)).Estimated = true
	change := 0.12
	s.Change = &change
	s.tell(
		digest.Highlight{Kind: digest.KindRace, Name: "Dev", Sport: store.Run, Day: s.Span.Last(), Distance: 21097.5, Time: 98*time.Minute + 12*time.Second, Better: 124 * time.Second},
		digest.Highlight{Kind: digest.KindClimb, Name: "Ben", Sport: store.Ride, Day: s.Span.Start + 5, Climb: 1240},
		digest.Highlight{Kind: digest.KindJump, Name: "Hana", Change: 0.8},
		digest.Highlight{Kind: digest.KindComeback, Name: "Gus", Weeks: 3},
		digest.Highlight{Kind: digest.KindStreak, Name: "Ana", Weeks: 14},
		digest.Highlight{Kind: digest.KindTogether, Name: "Ana", Sport: store.Run, Day: s.Span.Start + 5, With: []string{"Caro", "Fay"}, People: 3},
		digest.Highlight{Kind: digest.KindCheered, Name: "Eli", Sport: store.Ride, Day: s.Span.Start + 5, Distance: 104e3, People: 7},
	)
	s.weeks(62, 71, 53, 79, 76, 65, 104, 74, 92, 83, 90)
	s.spread()
	return s
}

// sampleSmall is a small group with everything that a week can have.
func sampleSmall() digest.Report {
	s := smallGroup()
	month := store.MonthOf(s.Span.Start)
	s.Goal = &digest.Progress{
		Goal: store.Goal{ID: 1, Group: 1, Metric: store.ByDistance, Target: 1e6, Span: month, Route: "camino"},
		Done: 612e3, Due: 433e3, Pace: 47e3, Projected: 1.4e6, Expected: store.Date(2026, 9, 22),
		Shares:  []digest.Share{{Athlete: 5, Name: "Eli", Value: 250e3}, {Athlete: 2, Name: "Ben", Value: 160e3}, {Athlete: 1, Name: "Ana", Value: 102e3}, {Athlete: 3, Name: "Caro", Value: 60e3}, {Athlete: 6, Name: "Fay", Value: 40e3}},
		Journey: &digest.Journey{Route: "camino", Name: "Camino de Santiago", Length: 780e3, Done: 612e3, Passed: "León", Next: "Astorga", ToNext: 31e3, Crossed: []string{"Burgos", "León"}},
	}
	s.Goal.Days = rising(612e3, 13)
	s.Duels = []digest.Standing{{
		Duel: store.Duel{From: 1, To: 4, Metric: store.ByEffort, Week: s.Span, State: store.DuelOn}, Names: [2]string{"Ana", "Dev"},
		Scores: [2]float64{1.18, 1.04}, Leader: 1, Over: true,
	}}
	s.Late = []digest.Late{{Athlete: 6, Name: "Fay", Sport: store.Run, Day: s.Span.Start - 1, Workouts: 1, Time: 52 * time.Minute, Distance: 9000}}
	s.Prize = &digest.Prize{Rule: "metronome", Athlete: 4, Name: "Dev", Value: 4, Unit: digest.UnitLag, Icon: "🕰️"}
	s.LastYear = &digest.Glance{Span: s.Span, Active: 7, Workouts: 24, Time: 22*time.Hour + 10*time.Minute, Distance: 310e3}
	s.Boards = []digest.Board{s.podium(store.ByDays, "", 0, 2, 3), s.podium(store.ByClimb, "", 1, 4, 0), s.podium(store.ByDistance, store.Ride, 4, 1)}
	s.Records = []digest.Record{
		{Kind: "week.time", Day: s.Span.Start - 70, Value: 41 * 3600}, {Kind: "longest.ride", Athlete: 5, Name: "Eli", Sport: store.Ride, Day: s.Span.Start - 40, Value: 203e3},
	}
	return s.Report
}

// rising are so many days at whose end so much has come together.
func rising(done float64, length int) []float64 {
	var days []float64
	sum := 0.0
	for i := range length {
		sum += float64(1 + i*5%4)
		days = append(days, sum)
	}
	for i := range days {
		days[i] *= done / sum
	}
	return days
}

// sampleReached is a week in which the goal was reached.
func sampleReached() digest.Report {
	r := sampleSmall()
	r.Duels, r.Late, r.LastYear = nil, nil, nil
	r.Goal.Done, r.Goal.Days, r.Goal.Reached, r.Goal.Route, r.Goal.Journey = 1.02e6, rising(1.02e6, 13), r.Span.Start+5, "", nil
	for i, value := range []float64{430e3, 290e3, 102e3, 100e3, 98e3} {
		r.Goal.Shares[i].Value = value
	}
	return r
}

// podium is a board of rows in that order.
func (s *sample) podium(m store.Metric, sport store.Sport, order ...int) digest.Board {
	b := digest.Board{Metric: m, Sport: sport}
	r := digest.Report{Metric: m, Sport: sport}
	for i, at := range order {
		row := s.Rows[at]
		row.Rank = i + 1
		if i > 0 && r.Score(row) == r.Score(b.Rows[i-1]) {
			row.Rank = b.Rows[i-1].Rank
		}
		b.Rows = append(b.Rows, row)
	}
	return b
}

// sampleQuiet is a week in which three of eight moved.
func sampleQuiet() digest.Report {
	s := newSample("Tuesday Runners", 8)
	s.Span = store.WeekOf(store.Date(2026, 12, 21), time.Monday)
	s.Today = s.Span.End
	s.row("Ana", 120, 2, 0, part(store.Run, 2, 107, 18, 120))
	s.row("Gus", 44, 3, 0, part(store.Walk, 3, 75, 11, 0))
	s.row("Hana", 20, 1, 0, part(store.Yoga, 1, 48, 0, 0))
	for i, name := range []string{"Ben", "Caro", "Dev", "Eli"} {
		s.Aside = append(s.Aside, digest.Row{Athlete: int64(i + 4), Name: name, Streak: 5 + i, Frozen: true})
	}
	s.tell(
		digest.Highlight{Kind: digest.KindFirst, Name: "Hana", Sport: store.Yoga, Day: s.Span.Start + 2},
		digest.Highlight{Kind: digest.KindStreak, Name: "Ana", Weeks: 12},
	)
	s.LastYear = &digest.Glance{Span: s.Span, Active: 3, Workouts: 5, Time: 3 * time.Hour}
	s.spread()
	return s.Report
}

// sampleOne is a group of one.
func sampleOne() digest.Report {
	s := newSample("Just me", 1)
	s.row("Ana", 240, 4, 0.2, part(store.Run, 4, 220, 40, 240))
	change := 0.22
	s.Change = &change
	s.spread()
	return s.Report
}

// sampleEmpty is a week in which nobody moved.
func sampleEmpty(members int) digest.Report { return newSample("Tuesday Runners", members).Report }

// names are those of a club's members.
var names = [...]string{"Ines", "Tom", "Kofi", "Raj", "Lena", "Mo", "Sara", "Priya", "Bea", "Dan", "Jo", "Yusuf", "Marek", "Ola", "Nia", "Sam", "Li", "Ash"}

// crowd is a club of so many, of whom two thirds moved.
func crowd(group string, members int) *sample {
	s := newSample(group, members)
	active := members * 2 / 3
	for i := range active {
		name := names[i%len(names)]
		if i >= len(names) {
			name += " " + string(rune('A'+i/len(names)%26)) + "."
		}
		km := 92 - float64(i)*80/float64(active)
		s.row(name, 610-i*590/active, 1+(active-i)*6/active, 0.1, part(store.Run, 3, 60+(active-i)*300/active, km, 900-float64(i%active)))
	}
	change := 0.08
	s.Change = &change
	s.Boards = []digest.Board{
		s.podium(store.ByEffort, "", 0, 1, 2), s.podium(store.ByDistance, store.Run, 0, 1, 2), s.podium(store.ByClimb, "", 0, 1, 2),
	}
	s.weeks(67, 79, 78, 81, 87, 85, 79, 83, 93, 88, 91)
	s.spread()
	return s
}

// races adds news of every kind to a club.
func (s *sample) news() {
	at := func(i int) string { return s.Rows[i%len(s.Rows)].Name }
	for i := range 9 {
		h := digest.Highlight{Kind: digest.KindRace, Name: at(i + 1), Sport: store.Run, Day: s.Span.Last(), Distance: 10000, Time: time.Duration(2321+311*i) * time.Second}
		if i%2 == 0 {
			h.Better = 41 * time.Second
		}
		s.tell(h)
	}
	for i := range 7 {
		s.tell(digest.Highlight{Kind: digest.KindBest, Name: at(i + 7), Sport: store.Run, Day: s.Span.Start, Distance: 5000, Time: time.Duration(1200+40*i) * time.Second, Better: 14 * time.Second})
	}
	s.tell(
		digest.Highlight{Kind: digest.KindNew, Name: at(13), Sport: store.Run}, digest.Highlight{Kind: digest.KindNew, Name: at(12), Sport: store.Run},
		digest.Highlight{Kind: digest.KindJump, Name: at(10), Change: 0.9}, digest.Highlight{Kind: digest.KindJump, Name: at(8), Change: 0.7},
		digest.Highlight{Kind: digest.KindTogether, Name: at(1), Sport: store.Run, Day: s.Span.Start + 1, With: manyNames(16), People: 17},
		digest.Highlight{Kind: digest.KindCheered, Name: at(1), Sport: store.Run, Day: s.Span.Last(), Distance: 10000, People: 23},
		digest.Highlight{Kind: digest.KindGroup, What: "week.time", Value: s.Time.Seconds()},
		digest.Highlight{Kind: digest.KindStreak, Name: at(4), Weeks: 52}, digest.Highlight{Kind: digest.KindEvery, Name: at(5)},
		digest.Highlight{Kind: digest.KindComeback, Name: at(17), Weeks: 12}, digest.Highlight{Kind: digest.KindClimb, Name: at(2), Climb: 1920, Sport: store.Run},
		digest.Highlight{Kind: digest.KindFar, Name: at(0), Sport: store.Run, Distance: 42195},
	)
	s.Highlights = s.Highlights[:7]
	s.Prize = &digest.Prize{Rule: "metronome", Athlete: 9, Name: at(8), Value: 2, Unit: digest.UnitLag, Icon: "🕰️"}
}

func manyNames(n int) []string {
	var all []string
	for i := range n {
		all = append(all, names[i%len(names)])
	}
	return all
}

// sampleClub is a club of 60.
func sampleClub() digest.Report {
	s := crowd("Parkside RC", 60)
	s.news()
	s.Goal = &digest.Progress{
		Goal: store.Goal{ID: 2, Group: 1, Metric: store.ByDistance, Sport: store.Run, Target: 50e6, Span: store.YearOf(s.Span.Start)},
		Done: 38.42e6, Due: 35.1e6, Pace: 150e3, Projected: 54.8e6, Expected: store.Date(2026, 11, 30),
		Days: rising(38.42e6, 256),
	}
	for i := range s.Rows { // shares that fall from 3,000 km on and are all there is
		s.Goal.Shares = append(s.Goal.Shares, digest.Share{Athlete: s.Rows[i].Athlete, Name: s.Rows[i].Name, Value: 3e6 * math.Pow(0.9254344, float64(i))})
	}
	return s.Report
}

// sampleThousand is a group of a thousand.
func sampleThousand() digest.Report {
	s := crowd("City Marathon Crew", 1000)
	s.news()
	s.Late = []digest.Late{}
	for i := range 12 {
		s.Late = append(s.Late, digest.Late{Athlete: int64(i + 1), Name: s.Rows[i].Name, Sport: store.Run, Day: s.Span.Start - 1, Workouts: 1, Distance: 8000})
	}
	return s.Report
}

// sampleDecember is the last digest of a year.
func sampleDecember() digest.Report {
	s := smallGroup()
	s.Span = store.WeekOf(store.Date(2026, 12, 28), time.Monday)
	s.Today = s.Span.End
	s.Month = &digest.Glance{Span: store.MonthOf(store.Date(2026, 12, 1)), Active: 8, Workouts: 118, Time: 109 * time.Hour, Distance: 1184e3, Climb: 9200, Days: 96, Best: true}
	s.Year = &digest.Glance{Span: store.YearOf(store.Date(2026, 12, 1)), Active: 8, Workouts: 1312, Time: 1204 * time.Hour, Distance: 13_420e3, Climb: 112_400, Days: 1093, Best: true}
	return s.Report
}
