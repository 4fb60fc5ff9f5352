package render

import (
	"slices"
	"strings"
	"time"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// situations are all that has a golden text.
func situations() []situation {
	return slices.Concat(sampled(), varied(), seasonal(), answered(), owned(), lists())
}

// digested writes the digest of a changed sample.
func digested(r digest.Report, change ...func(*digest.Report)) func(*locale.Locale) string {
	for _, c := range change {
		c(&r)
	}
	return func(l *locale.Locale) string { return Digest(r, l) }
}

func style(name string) func(*digest.Report) {
	return func(r *digest.Report) { r.Group.Style = name }
}

func by(m store.Metric) func(*digest.Report) { return func(r *digest.Report) { ranked(r, m) } }

// sampled are the samples in every style.
func sampled() []situation {
	var all []situation
	for _, s := range Samples() {
		all = append(all, situation{name: s.Name, write: digested(s.Report)})
		if s.Name != "nobody" && s.Name != "one" {
			all = append(all, situation{name: "short-" + s.Name, only: few, write: digested(s.Report, style(StyleShort))})
		}
		if s.Name == "small" || s.Name == "club" || s.Name == "quiet" {
			all = append(all, situation{name: s.Name + "-points", write: digested(s.Report, style(StylePoints))})
		}
	}
	return all
}

// varied are weeks by other metrics, units, calendars and names.
func varied() []situation {
	plain := samplePlain()
	all := []situation{
		{name: "small-miles", only: few, units: store.Miles, write: digested(sampleSmall())},
		{name: "small-both", only: few, units: store.Both, write: digested(sampleSmall())},
		{name: "club-miles", only: few, units: store.Miles, write: digested(sampleClub())},
		{name: "distance-miles", only: few, units: store.Miles, write: digested(plain, by(store.ByDistance))},
		{name: "climb-both", only: few, units: store.Both, write: digested(plain, by(store.ByClimb))},
		{name: "names", write: digested(strangeNames())},
		{name: "dates", write: digested(plain, func(r *digest.Report) {
			r.Span, r.Group.WeekStart = store.WeekOf(r.Span.Start, time.Sunday), time.Sunday
		})},
		{name: "months-apart", write: digested(plain, func(r *digest.Report) { r.Span = store.WeekOf(store.Date(2026, 9, 1), time.Monday) })},
		{name: "all-three", write: digested(sampleQuiet(), func(r *digest.Report) { r.Members, r.Aside = 3, nil })},
		{name: "both-of-two", write: digested(sampleQuiet(), func(r *digest.Report) { r.Members, r.Active, r.Aside, r.Rows = 2, 2, nil, r.Rows[:2] })},
		{name: "four-of-eight", write: digested(plain, func(r *digest.Report) { r.Rows, r.Active, r.Change = r.Rows[:4], 4, nil })},
		{name: "paused", write: digested(sampleQuiet(), func(r *digest.Report) { r.Rows = slices.Clone(r.Rows); r.Rows[0].Paused = true })},
		{name: "less-time", write: digested(plain, func(r *digest.Report) { c := -0.21; r.Change = &c })},
		{name: "four-times", write: digested(plain, func(r *digest.Report) { c := 3.2; r.Change = &c })},
		{name: "one-of-each", write: digested(oneOfEach())},
	}
	for _, m := range metrics {
		all = append(all, situation{name: "by-" + string(m), write: digested(plain, by(m))})
	}
	return all
}

// strangeNames are names with marks, emoji and other scripts.
func strangeNames() digest.Report {
	s := smallGroup()
	for i, name := range []string{"_max_", "A*B*C", "李娜 Li Na", "Tom 🏃‍♀️🔥", "Bartholomew Featherstonehaugh", "\u202eevil\u202c", "أحمد السيد", "```x```"} {
		s.Rows[i].Name = name
		for j := range s.Highlights {
			if s.Highlights[j].Athlete == s.Rows[i].Athlete {
				s.Highlights[j].Name = name
			}
		}
	}
	s.Highlights[5].With = []string{"A*B*C", "~y~"}
	return s.Report
}

// oneOfEach has every count at one.
func oneOfEach() digest.Report {
	s := newSample("Tuesday Runners", 4)
	s.row("Ana", 30, 1, 0, part(store.Run, 1, 30, 5, 0))
	s.Late = []digest.Late{{Athlete: 2, Name: "Ben", Sport: store.Yoga, Day: s.Span.Start - 2, Workouts: 1, Time: 40 * time.Minute}}
	s.tell(digest.Highlight{Kind: digest.KindComeback, Name: "Ana", Weeks: 1})
	s.LastYear = &digest.Glance{Span: s.Span, Active: 1, Workouts: 1, Time: 20 * time.Minute}
	return s.Report
}

// goal is a month's goal that has come so far.
func goal(m store.Metric, target, done, due float64, change ...func(*digest.Progress)) func(*digest.Report) {
	return func(r *digest.Report) {
		r.Goal = &digest.Progress{
			Goal: store.Goal{Metric: m, Target: target, Span: store.MonthOf(r.Span.Start)}, Done: done, Due: due,
			Shares: []digest.Share{{Athlete: 1, Name: "Ana", Value: done / 2}, {Athlete: 2, Name: "Ben", Value: done / 3}, {Athlete: 8, Name: "Hana", Value: done / 6}},
		}
		for _, c := range change {
			c(r.Goal)
		}
	}
}

// journeyed gives a goal a journey.
func journeyed(j digest.Journey) func(*digest.Progress) {
	j.Name = "Camino de Santiago"
	return func(p *digest.Progress) { p.Journey = &j }
}

// duel is one between Ana and Dev.
func duel(a, b float64, leader int64, change ...func(*digest.Standing)) func(*digest.Report) {
	return func(r *digest.Report) {
		d := digest.Standing{Duel: store.Duel{From: 1, To: 4, State: store.DuelOn}, Names: [2]string{"Ana", "Dev"}, Scores: [2]float64{a, b}, Leader: leader, Over: true}
		for _, c := range change {
			c(&d)
		}
		r.Duels = append(r.Duels, d)
	}
}

// seasonal are weeks with what comes now and then.
func seasonal() []situation {
	base := func(change ...func(*digest.Report)) func(*locale.Locale) string {
		few := func(r *digest.Report) { r.Highlights = r.Highlights[:2] }
		return digested(samplePlain(), append([]func(*digest.Report){few}, change...)...)
	}
	reached := func(p *digest.Progress) { p.Reached = sampleWeek.Start + 5 }
	all := []situation{
		{name: "goal-behind", write: base(goal(store.ByTime, 100*3600, 30*3600, 43*3600, func(p *digest.Progress) { p.Projected = 70 * 3600 }))},
		{name: "goal-reached", write: base(goal(store.ByDays, 90, 92, 40, reached))},
		{name: "goal-bonus", write: base(goal(store.ByCount, 90, 120, 40, func(p *digest.Progress) { p.Reached = sampleWeek.Start - 2 }))},
		{name: "goal-climb", write: base(goal(store.ByClimb, 8849, 4200, 3800))},
		{name: "goal-effort-until", write: base(goal(store.ByEffort, 9000, 2100, 3900, func(p *digest.Progress) { p.Span.End += 5 }))},
		{name: "journey-begun", write: base(goal(store.ByDistance, 780e3, 41e3, 40e3, journeyed(digest.Journey{Route: "camino", Length: 780e3, Done: 41e3, Next: "Pamplona", ToNext: 27e3})))},
		{name: "journey-crossed", write: base(goal(store.ByDistance, 780e3, 300e3, 200e3, journeyed(digest.Journey{Route: "camino", Length: 780e3, Done: 300e3, Passed: "Burgos", Next: "León", ToNext: 170e3, Crossed: []string{"Logroño", "Burgos"}})))},
		{name: "journey-end", write: base(goal(store.ByDistance, 780e3, 790e3, 200e3, reached, journeyed(digest.Journey{Route: "camino", Length: 780e3, Done: 780e3, Passed: "Santiago de Compostela"})))},
		{name: "silent", write: base(func(r *digest.Report) { r.AsOf = time.Date(2026, 9, 11, 13, 10, 0, 0, time.UTC) })},
		{name: "silent-empty", write: func(l *locale.Locale) string {
			r := digest.Report{Group: store.Group{Name: "Tuesday Runners", Zone: "Europe/Lisbon"}, Span: week37, Today: week37.Last(), Members: 8}
			r.AsOf = time.Date(2026, 9, 6, 13, 10, 0, 0, time.UTC)
			return Digest(r, l)
		}},
		{name: "silent-long", only: few, write: base(func(r *digest.Report) {
			r.AsOf, r.Group.Style = time.Date(2026, 9, 3, 7, 5, 0, 0, time.UTC), StyleShort
		})},
		{name: "duel-draw", write: base(duel(1.04, 1.04, 0), duel(5, 5, 0, func(d *digest.Standing) { d.ByDays = true }))},
		{name: "duel-days", write: base(duel(5, 3, 1, func(d *digest.Standing) { d.ByDays = true }))},
		{name: "month", write: base(func(r *digest.Report) {
			r.Month = &digest.Glance{Span: store.MonthOf(store.Date(2026, 8, 1)), Active: 8, Workouts: 121, Time: 118 * time.Hour, Distance: 1240e3, Climb: 9800, Days: 97}
		})},
		{name: "late-many", write: base(func(r *digest.Report) {
			for i, row := range r.Rows[:5] {
				r.Late = append(r.Late, digest.Late{Athlete: row.Athlete, Name: row.Name, Sport: []store.Sport{store.Run, store.Yoga, store.Swim}[i%3], Day: r.Span.Start - 1, Workouts: 1, Time: 45 * time.Minute, Distance: float64(i) * 900})
			}
		})},
		{name: "last-year-more", write: base(func(r *digest.Report) { r.LastYear = &digest.Glance{Workouts: 30, Time: 30 * time.Hour} })},
		{name: "last-year-less", only: few, write: base(func(r *digest.Report) { r.LastYear = &digest.Glance{Workouts: 60, Time: 60 * time.Hour} })},
		{name: "group-records", write: base(func(r *digest.Report) {
			r.Highlights = nil
			for _, what := range []string{digest.RecordTime, digest.RecordWorkouts, digest.RecordJoint, digest.RecordLongest + "run", digest.RecordClimb} {
				r.Highlights = append(r.Highlights, digest.Highlight{Kind: digest.KindGroup, What: what, Athlete: 1, Name: "Ana", Sport: store.Run, Distance: 31e3, Climb: 1920, Value: 180})
			}
		})},
	}
	all = append(all, situation{name: "club-moving", only: few, write: digested(sampleClub(), func(r *digest.Report) {
		r.Highlights = highlightsC()
		r.Notable = r.Highlights[:2]
	})})
	for _, kinds := range [][]digest.Highlight{highlightsA(), highlightsB(), highlightsC()} {
		name := "highlights-" + string(kinds[0].Kind)
		all = append(all, situation{name: name, write: digested(samplePlain(), func(r *digest.Report) { r.Highlights = kinds })})
	}
	return all
}

func highlightsA() []digest.Highlight {
	return []digest.Highlight{
		{Kind: digest.KindBest, Athlete: 1, Name: "Ana", Sport: store.Run, Distance: 5000, Time: 1321 * time.Second, Better: 14 * time.Second},
		{Kind: digest.KindRecord, Athlete: 2, Name: "Ben", Sport: store.Ride, Day: sampleWeek.Start + 5},
		{Kind: digest.KindLongest, Athlete: 3, Name: "Caro", Sport: store.Swim, Distance: 3100, Months: 7},
		{Kind: digest.KindLongest, Athlete: 5, Name: "Eli", Sport: store.Ride, Distance: 204e3, Months: 14},
		{Kind: digest.KindFar, Athlete: 6, Name: "Fay", Sport: store.Run, Distance: 18e3},
		{Kind: digest.KindNew, Athlete: 7, Name: "Gus", Sport: store.Run},
		{Kind: digest.KindEvery, Athlete: 8, Name: "Hana"},
	}
}

func highlightsC() []digest.Highlight {
	return []digest.Highlight{
		{Kind: digest.KindWeek, Athlete: 1, Name: "Ana", Weeks: 14, Time: 9*time.Hour + 20*time.Minute},
		{Kind: digest.KindDays, Athlete: 7, Name: "Gus", Days: 4},
		{Kind: digest.KindDid, Athlete: 8, Name: "Hana", Sport: store.Walk, Day: sampleWeek.Start + 5, Distance: 6200, Time: 71 * time.Minute, Days: 2},
		{Kind: digest.KindDid, Athlete: 6, Name: "Fay", Sport: store.Yoga, Day: sampleWeek.Start + 2, Time: 45 * time.Minute, Days: 1},
	}
}

func highlightsB() []digest.Highlight {
	return []digest.Highlight{
		{Kind: digest.KindRace, Athlete: 4, Name: "Dev", Sport: store.Ride, Distance: 104e3, Time: 3*time.Hour + 12*time.Minute},
		{Kind: digest.KindRace, Athlete: 1, Name: "Ana", Sport: store.Run, Distance: 1609.344, Time: 359600 * time.Millisecond},
		{Kind: digest.KindJump, Athlete: 8, Name: "Hana", Change: 1.4},
		{Kind: digest.KindComeback, Athlete: 7, Name: "Gus", Weeks: 19},
		{Kind: digest.KindFirst, Athlete: 6, Name: "Fay", Sport: store.EBike},
		{Kind: digest.KindTogether, Athlete: 2, Name: "Ben", Sport: store.Ride, Day: sampleWeek.Start + 5, With: []string{"Eli"}, People: 2},
		{Kind: digest.KindTogether, Athlete: 2, Name: "Ben", Sport: store.Run, Day: sampleWeek.Start + 1, With: manyNames(6), People: 7},
	}
}

// answered are the answers of a group.
func answered() []situation {
	running := func(r *digest.Report) { r.SoFar, r.Begun, r.Today = true, 3, r.Span.Start+2 }
	soFar := func(r digest.Report, change ...func(*digest.Report)) func(*locale.Locale) string {
		for _, c := range change {
			c(&r)
		}
		return func(l *locale.Locale) string { return SoFar(r, l) }
	}
	month := spanOf(sampleSmall(), store.MonthOf(sampleWeek.Start))
	year := spanOf(sampleSmall(), store.YearOf(sampleWeek.Start))
	races := spanOf(sampleClub(), store.YearOf(sampleWeek.Start))
	return []situation{
		{name: "sofar", write: soFar(sampleSmall(), running)},
		{name: "sofar-quiet", write: soFar(sampleQuiet(), running)},
		{name: "sofar-empty", write: soFar(sampleEmpty(8), running)},
		{name: "sofar-over", write: soFar(sampleEmpty(8))},
		{name: "sofar-nobody", write: soFar(sampleEmpty(0), running)},
		{name: "sofar-club", write: soFar(sampleClub(), running)},
		{name: "longer", write: func(l *locale.Locale) string { return Longer(month, year, l) }},
		{name: "longer-miles", only: few, units: store.Miles, write: func(l *locale.Locale) string { return Longer(month, year, l) }},
		{name: "longer-empty", write: func(l *locale.Locale) string { return Longer(spanOf(sampleEmpty(3), month.Span), year, l) }},
		{name: "period", write: func(l *locale.Locale) string { return Period(races, l) }},
		{name: "races", write: func(l *locale.Locale) string {
			lines, more := Races(races, 5, l)
			return strings.Join(append(lines, l.Say("head.more", "n", more)), "\n")
		}},
		{name: "one-member", write: func(l *locale.Locale) string { text, _ := One(sampleSmall(), 2, l); return text }},
		{name: "goal", write: func(l *locale.Locale) string { return Goal(sampleSmall(), l) }},
		{name: "goal-both", only: few, units: store.Both, write: func(l *locale.Locale) string { return Goal(sampleClub(), l) }},
	}
}

func spanOf(r digest.Report, s store.Span) digest.Report {
	r.Span, r.SoFar, r.Change = s, true, nil
	return r
}

// owned are the answers about oneself.
func owned() []situation {
	own := func(week digest.Report, who int64, change ...func(*digest.Row)) func(*locale.Locale) string {
		week.Rows = slices.Clone(week.Rows)
		for i := range week.Rows {
			if week.Rows[i].Athlete == who {
				for _, c := range change {
					c(&week.Rows[i])
				}
			}
		}
		month, year := spanOf(week, store.MonthOf(week.Span.Start)), spanOf(week, store.YearOf(week.Span.Start))
		return func(l *locale.Locale) string { return Own(week, month, year, who, l) }
	}
	points, byTime := sampleSmall(), sampleSmall()
	points.Group.Style = StylePoints
	ranked(&byTime, store.ByTime)
	resting := sampleQuiet()
	resting.Aside = []digest.Row{{Athlete: 9, Name: "Ben", Streak: 9, Frozen: true}}
	return []situation{
		{name: "own", write: own(sampleSmall(), 2, func(row *digest.Row) { row.Streak = 31 })},
		{name: "own-points", write: own(points, 3)},
		{name: "own-by-time", write: own(byTime, 1)},
		{name: "own-both", only: few, units: store.Both, write: own(sampleSmall(), 2)},
		{name: "own-resting", write: own(resting, 9)},
		{name: "own-paused", write: own(samplePlain(), 1, func(row *digest.Row) { row.Paused, row.Rank, row.Streak = true, 0, 12 })},
		{name: "own-left", write: own(samplePlain(), 1, func(row *digest.Row) { row.Private, row.Held, row.Twice, row.Estimated = 1, 1, 2, true })},
		{name: "own-unknown", write: own(samplePlain(), 99)},
	}
}

// lists are all sentences of a kind, one under the other, to be read through.
func lists() []situation {
	week := samplePlain()
	return []situation{
		{name: "list-prizes", write: func(l *locale.Locale) string {
			var lines []string
			for _, rule := range builtInPrizes() {
				for _, value := range plausible(rule.Unit) {
					r := week
					r.Prize = &digest.Prize{Rule: rule.Key, Athlete: 1, Name: "Ana", With: "Ben", Other: 2, Value: value, Unit: rule.Unit, Icon: rule.Icon}
					lines = append(lines, Prize(r, l))
				}
			}
			return strings.Join(lines, "\n")
		}},
		{name: "list-comparisons", write: func(l *locale.Locale) string {
			var lines []string
			p := pen{l, week}
			for _, kind := range []struct {
				key   string
				marks []landmark
			}{{"climb", heights[:]}, {"distance", ways[:]}, {"swim", waters[:]}} {
				for i, mark := range kind.marks {
					lines = append(lines, p.compared(kind.key, mark, 1+float64(i)*0.7))
				}
			}
			return strings.Join(lines, "\n")
		}},
		{name: "list-changes", write: func(l *locale.Locale) string {
			var lines []string
			for _, m := range metrics {
				r := week
				ranked(&r, m)
				p := pen{l, r}
				lines = append(lines, p.boardName(), p.ownChange(r.Rows[0]))
				p.r.SoFar, p.r.Begun, p.r.Today = true, 3, r.Span.Start+2
				lines = append(lines, p.ownChange(r.Rows[0]))
			}
			return strings.Join(kept(lines), "\n")
		}},
		{name: "list-ones", write: func(l *locale.Locale) string {
			p := pen{l, week}
			one := digest.Row{Athlete: 77, Workouts: 1, ActiveDays: 1, Streak: 1, Private: 2, Held: 2, Twice: 1}
			lines := append(p.ownLeft(one), p.name(77, ""), p.amount(store.ByEffort, "", 1), p.amount(store.ByPoints, "", 1), p.amount(store.ByDays, "", 1), p.Say("own.streak", "n", 1))
			for _, h := range []digest.Highlight{
				{Kind: digest.KindCheered, Name: "Ana", People: 1}, {Kind: digest.KindComeback, Name: "Ana", Weeks: 9}, {Kind: digest.KindComeback, Name: "Ana", Weeks: 4},
			} {
				lines = append(lines, p.highlight(h))
			}
			return strings.Join(lines, "\n")
		}},
		{name: "list-club", write: func(l *locale.Locale) string {
			r := sampleClub()
			r.Notable = slices.Concat(highlightsA(), highlightsB(), []digest.Highlight{{Kind: digest.KindLongest, Athlete: 2, Name: "Ben", Sport: store.Ride, Distance: 1e5, Months: 5}})
			v := pen{l, r}.view()
			return strings.Join(v.News, "\n")
		}},
		{name: "period-month", write: func(l *locale.Locale) string {
			r := sampleSmall()
			r.Span = store.MonthOf(r.Span.Start)
			r.Notable, r.Records = nil, nil
			r.Highlights = []digest.Highlight{{Kind: digest.KindFar, Athlete: 1, Name: "Ana", Sport: store.Run, Distance: 31e3}}
			return Period(r, l)
		}},
		{name: "period-year", write: func(l *locale.Locale) string {
			r := sampleSmall()
			r.Span = store.YearOf(r.Span.Start)
			r.Highlights = []digest.Highlight{{Kind: digest.KindFar, Athlete: 5, Name: "Eli", Sport: store.Ride, Distance: 203e3}}
			r.Records = []digest.Record{
				{Kind: digest.RecordWorkouts, Day: r.Span.Start, Value: 51}, {Kind: digest.RecordJoint, Sport: store.Run, Day: r.Span.Start, Value: 8},
				{Kind: digest.RecordClimb, Athlete: 2, Name: "Ben", Sport: store.Ride, Day: r.Span.Start, Value: 2140},
			}
			return Period(r, l)
		}},
		{name: "sofar-duels", write: func(l *locale.Locale) string {
			r := samplePlain()
			r.SoFar, r.Begun, r.Today = true, 3, r.Span.Start+2
			on := func(d *digest.Standing) { d.Over = false }
			duel(1.2, 0.8, 1, on)(&r)
			duel(2, 3, 4, on, func(d *digest.Standing) { d.ByDays = true })(&r)
			return SoFar(r, l)
		}},
		{name: "journey", write: func(l *locale.Locale) string {
			r := samplePlain()
			goal(store.ByDistance, 780e3, 300e3, 310e3, journeyed(digest.Journey{Route: "camino", Length: 780e3, Done: 300e3, Passed: "Burgos", Next: "León", ToNext: 170e3}))(&r)
			return Goal(r, l)
		}},
		{name: "own-running", write: func(l *locale.Locale) string {
			r := sampleSmall()
			r.SoFar, r.Begun, r.Today = true, 3, r.Span.Start+2
			r.Goal.Done = 0
			return Own(r, r, r, 1, l)
		}},
		{name: "own-nothing", write: func(l *locale.Locale) string {
			r := sampleQuiet()
			r.SoFar, r.Begun, r.Today = true, 3, r.Span.Start+2
			return Own(r, r, r, 4, l)
		}},
	}
}

// builtInPrizes are the prizes that there are without a file of an operator.
func builtInPrizes() []digest.PrizeRule {
	rules, err := digest.ParseRules(nil)
	if err != nil {
		return nil
	}
	return rules.Prizes()
}

// plausible are values that prizes of a unit are given for: one, and more.
func plausible(u digest.Unit) []float64 {
	switch u {
	case digest.UnitWorkouts, digest.UnitDays, digest.UnitSports:
		return []float64{1, 4}
	case digest.UnitTime:
		return []float64{42, 5000}
	case digest.UnitDistance:
		return []float64{30, 4200}
	case digest.UnitClock:
		return []float64{5*3600 + 720, 25 * 3600}
	case digest.UnitMoment:
		return []float64{6 * 3600, 6*86400 + 21*3600}
	case digest.UnitLag:
		return []float64{1, 6}
	case digest.UnitShare:
		return []float64{0.82}
	case digest.UnitPace:
		return []float64{301}
	}
	return []float64{37}
}
