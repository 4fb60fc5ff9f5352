package digest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"clubrun/store"
)

// steadily is the same three runs in each of so many weeks before sept.
func steadily(athlete int64, from, to, minutes int) (all []store.Activity) {
	for week := from; week <= to; week++ {
		for day := range 3 {
			all = append(all, run(athlete, -7*week+2*day, minutes))
		}
	}
	return all
}

func knownAt(t time.Time) func(a *store.Activity) {
	return func(a *store.Activity) { a.Known = t }
}

func TestWhatCameAfterTheDigestIsLate(t *testing.T) {
	made := sept.Start.In(time.UTC).Add(-6 * time.Hour) // Sunday, 18:00
	before, after := knownAt(made), knownAt(made.Add(time.Second))
	in := of(4,
		with(run(1, -3, 30), before), with(run(1, -1, 50), after), with(run(1, -2, 40), after), // late
		with(run(1, 0, 30), after),  // this week's
		with(run(1, -8, 30), after), // too old
		with(run(2, -1, 50), after), // all is new of who joined later
		with(run(3, -3, 30), before), with(with(run(3, -1, 50), after), func(a *store.Activity) { a.Private = true }),
		with(run(4, -3, 30), before), with(run(4, -1, 50), after), // in a pause
	)
	in.Members[2].Prefs.Private = store.PrivateTotals
	in.Pauses = []store.Pause{{Athlete: 4, Span: store.Span{Start: sept.Start + 2, End: sept.End + 9}}}
	if r := Compute(in); r.Late != nil {
		t.Errorf("late without a digest before: %v", r.Late)
	}
	in.Posted = []store.Digest{{Week: sept.Before(), Generated: made}}
	r := Compute(in)
	want := []Late{{Athlete: 1, Name: "A", Sport: store.Run, Day: sept.Start - 1, Workouts: 2, Time: 90 * time.Minute, Distance: 90 * 180}}
	if diff := cmp.Diff(want, r.Late); diff != "" {
		t.Error(diff)
	}
	if r.Workouts != 1 {
		t.Errorf("what is late counts again: %d workouts", r.Workouts)
	}
}

func TestAnotherRecordingOfWhatWasKnownIsNotLate(t *testing.T) {
	made := sept.Start.In(time.UTC)
	phone := with(run(1, -1, 50), knownAt(made))
	phone.AvgHR, phone.ID, phone.External = 0, 7, "phone"
	in := of(1, phone, with(run(1, -1, 50), knownAt(made.Add(time.Hour))))
	in.Posted = []store.Digest{{Week: sept.Before(), Generated: made}}
	if r := Compute(in); r.Late != nil {
		t.Errorf("late: %v", r.Late)
	}
}

func TestTheSameWeekAYearBefore(t *testing.T) {
	monday := func(y int, m time.Month, d int) store.Span { return store.WeekOf(store.Date(y, m, d), time.Monday) }
	for _, c := range []struct{ week, want store.Span }{
		{monday(2026, 9, 7), monday(2025, 9, 8)},     // week 37
		{monday(2027, 1, 4), monday(2025, 12, 29)},   // week 1 after a year of 53 weeks
		{monday(2026, 12, 28), monday(2025, 12, 29)}, // week 53
		{store.WeekOf(store.Date(2026, 9, 9), time.Sunday), store.WeekOf(store.Date(2025, 9, 10), time.Sunday)},
		{store.MonthOf(store.Date(2024, 2, 9)), store.MonthOf(store.Date(2023, 2, 9))},
		{store.YearOf(store.Date(2024, 2, 9)), store.YearOf(store.Date(2023, 2, 9))},
	} {
		if got := yearBefore(c.week); got != c.want {
			t.Errorf("before %v: %v, want %v", c.week, got, c.want)
		}
	}
	in := of(2, run(1, 0, 30), run(1, -364, 40), run(2, -358, 50), run(2, -350, 60))
	if r := Compute(in); r.LastYear == nil || r.LastYear.Workouts != 2 || r.LastYear.Time != 90*time.Minute || r.LastYear.Active != 2 {
		t.Errorf("last year %+v", r.LastYear)
	}
	in.Activities = in.Activities[:1]
	in.Activities = append(in.Activities, run(2, -358, 50))
	if r := Compute(in); r.LastYear != nil {
		t.Errorf("a week of which only the end is known: %+v", r.LastYear)
	}
}

// Whatever weeks are skipped and whenever weeks begin, each month and each
// year is told by one digest.
func TestEachMonthAndYearIsToldOnce(t *testing.T) {
	var history []store.Activity
	for day := -1500; day < 1000; day += 9 {
		history = append(history, run(1, day, 30))
	}
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 9))
		in := of(1, history...)
		in.Group.WeekStart = time.Weekday(r.IntN(7))
		told := map[store.Day]int{}
		first := store.WeekOf(sept.Start-700, in.Group.WeekStart)
		var last store.Span
		for w := first; w.Start < sept.Start+300; w = (store.Span{Start: w.End, End: w.End + 7}) {
			if w != first && r.IntN(4) == 0 {
				continue // skipped
			}
			in.Span, in.Now = w, w.Last().In(time.UTC).Add(18*time.Hour)
			report := Compute(in)
			if m := report.Month; m != nil {
				told[m.Span.Start]++
				if m.Span.End > w.End || m.Span != store.MonthOf(m.Span.Start) {
					t.Errorf("seed %d: the week to %s tells %v", seed, w.End, m.Span)
				}
			}
			if y := report.Year; y != nil {
				told[-y.Span.Start]++
				year, _, _ := y.Span.Start.Date()
				if w.End < store.Date(year, time.December, 26) || y.Span.End != min(store.Date(year+1, time.January, 1), w.End) {
					t.Errorf("seed %d: the week to %s tells %v", seed, w.End, y.Span)
				}
			}
			in.Posted = append([]store.Digest{{Week: w, Generated: in.Now}}, in.Posted...)
			last = w
		}
		for m := store.MonthOf(first.End); m.End <= last.End; m = store.MonthOf(m.End) {
			gap := !slices.ContainsFunc(in.Posted, func(d store.Digest) bool { return d.Week.End >= m.End && d.Week.End < m.End+28 })
			if told[m.Start] != 1 && !gap {
				t.Errorf("seed %d: the month from %s is told %d times", seed, m.Start, told[m.Start])
			}
			if _, month, _ := m.Start.Date(); month == time.January && m.Start > first.End && store.YearOf(m.Start).End+28 < last.End {
				if told[-m.Start] != 1 {
					t.Errorf("seed %d: the year from %s is told %d times", seed, m.Start, told[-m.Start])
				}
			}
		}
	}
}

func TestAPauseIsQuiet(t *testing.T) {
	in := of(6, steadily(1, 2, 9, 60)...)
	for id := int64(1); id <= 6; id++ {
		in.Activities = append(in.Activities, run(id, 5, 200), run(id, 6, 60))
	}
	pause := store.Pause{Athlete: 1, Span: store.Span{Start: sept.Start - 7, End: sept.End}}
	in.Pauses = []store.Pause{pause}
	r := Compute(in)
	row, _ := r.Own(1)
	if !row.Paused || !row.Frozen || row.Streak != 8 || row.Rank != 0 || row.Change != nil {
		t.Errorf("in a pause: %+v", row)
	}
	if r.Active != 6 || r.Rows[5].Athlete != 1 || len(r.Board()) != 5 {
		t.Errorf("%d active, %d on the board", r.Active, len(r.Board()))
	}
	for _, h := range slices.Concat(r.Notable, r.Highlights) {
		if h.Athlete == 1 || slices.Contains(h.Others, 1) {
			t.Errorf("a pause is told of: %+v", h)
		}
	}
	for _, b := range r.Boards {
		for _, row := range b.Rows {
			if row.Athlete == 1 {
				t.Errorf("on the board by %s", b.Metric)
			}
		}
	}
	in.Pauses[0].Span = store.Span{Start: sept.Start - 14, End: sept.Start}
	in.Activities = append(slices.Clone(in.Activities[24:]), steadily(1, 4, 9, 60)...)
	if r := Compute(in); find(r, KindComeback) != nil {
		t.Error("back from a pause that was announced")
	}
	in.Pauses = nil
	if r := Compute(in); find(r, KindComeback) == nil {
		t.Error("no comeback without a pause")
	}
}

func TestPointsFallWithinADay(t *testing.T) {
	for units, want := range map[int]int{0: 0, 1: 10, 2: 19, 9: 54, 10: 55, 11: 56, 100: 145} {
		if got := pointsOf(units); got != want {
			t.Errorf("%d units: %d points, want %d", units, got, want)
		}
	}
	walk := with(run(1, 0, 14), func(a *store.Activity) { a.Sport, a.Distance = store.Walk, 1000 })
	for _, c := range []struct {
		name string
		acts []store.Activity
		want int
	}{
		{"too short", []store.Activity{walk}, 0},
		{"a mile", []store.Activity{with(walk, func(a *store.Activity) { a.Distance = 1609.344 })}, 10},
		{"an hour of yoga", []store.Activity{with(run(1, 0, 60), func(a *store.Activity) { a.Sport, a.Distance = store.Yoga, 0 })}, 34},
		{"two days", []store.Activity{run(1, 0, 15), run(1, 1, 15)}, 10 + 10 + 9},
	} {
		if c.name == "two days" { // 15 minutes at 10.8 km/h are 1.68 miles
			c.want = 20
		}
		if row, _ := Compute(of(1, c.acts...)).Own(1); row.Points != c.want {
			t.Errorf("%s: %d points, want %d", c.name, row.Points, c.want)
		}
	}
	in := of(4, run(1, 0, 120), run(2, 0, 30), run(2, 1, 30), run(2, 2, 30), run(3, 0, 30), run(4, 0, 30))
	in.Group.Metric = store.ByPoints
	if r := Compute(in); r.Metric != store.ByPoints || r.Rows[0].Name != "B" {
		t.Errorf("by %s: %v first", r.Metric, r.Rows[0].Name)
	}
}

func TestWhoRanTogether(t *testing.T) {
	in := of(5)
	for id := int64(1); id <= 5; id++ {
		in.Activities = append(in.Activities, run(id, 2, 60), run(id, -60, 60), run(id, -61, 60))
	}
	pair := func(a, b int64, day int64) store.Together {
		return store.Together{A: a*10000 + day, B: b*10000 + day}
	}
	in.Together = []store.Together{pair(4, 1, 2), pair(4, 3, 2), pair(2, 5, 2), pair(1, 2, -60), pair(1, 99, 2)}
	in.Activities[12].Private = true // the fifth member's
	in.Members[4].Prefs.Private = store.PrivateTotals
	h := find(Compute(in), KindTogether)
	want := &Highlight{
		Kind: KindTogether, Athlete: 1, Name: "A", Sport: store.Run, Day: sept.Start + 2,
		With: []string{"C", "D"}, Others: []int64{3, 4}, People: 3, What: RecordJoint, Value: 3,
	}
	if diff := cmp.Diff(want, h, plain); diff != "" {
		t.Error(diff)
	}
	in.Pauses = []store.Pause{{Athlete: 4, Span: sept}}
	if h := find(Compute(in), KindTogether); h == nil || h.People != 2 || h.With[0] != "C" {
		t.Errorf("with one in a pause: %+v", h)
	}
	in.Pauses, in.Members = nil, in.Members[1:]
	if h := find(Compute(in), KindTogether); h == nil || h.Name != "C" {
		t.Errorf("without one who is not shown: %+v", h)
	}
}

func TestMostCheered(t *testing.T) {
	in := of(3, run(1, 0, 30), run(2, 1, 60), run(3, -1, 60))
	in.Cheers = []store.Cheer{{Athlete: 1, Activity: 10000, People: 3}, {Athlete: 2, Activity: 20001, People: 5}, {Athlete: 3, Activity: 29999, People: 9}}
	if h := find(Compute(in), KindCheered); h == nil || h.Athlete != 2 || h.People != 5 || h.Activity != 20001 {
		t.Errorf("cheered %+v", h)
	}
	in.Cheers = in.Cheers[2:]
	if h := find(Compute(in), KindCheered); h == nil || h.Athlete != 3 || h.Day != sept.Start-1 {
		t.Errorf("cheered last week %+v", h)
	}
	in.Mentions = []store.Mention{{Athlete: 1, Week: sept.Start - 7, Kind: string(KindCheered)}}
	if h := find(Compute(in), KindCheered); h != nil {
		t.Errorf("last week's cheers are told twice: %+v", h)
	}
}

func TestRecordsOfTheGroup(t *testing.T) {
	in := of(2)
	for week := 1; week <= 40; week++ {
		in.Activities = append(in.Activities, run(1, -7*week, 60), run(2, -7*week+1, 60))
	}
	in.Activities = append(in.Activities, run(1, 0, 61), run(2, 1, 100))
	r := Compute(in)
	var got []string
	for _, h := range r.Notable {
		if h.Kind == KindGroup {
			got = append(got, fmt.Sprint(h.What, " ", h.Name, " ", h.Value))
		}
	}
	if want := []string{"longest.run B 18000", "week.time  9660"}; !slices.Equal(got, want) {
		t.Errorf("records %q, want %q", got, want)
	}
	want := []Record{
		{Kind: RecordTime, Day: sept.Start, Value: 9660}, {Kind: RecordWorkouts, Day: sept.Start - 280, Value: 2},
		{Kind: "longest.run", Athlete: 2, Name: "B", Sport: store.Run, Day: sept.Start + 1, Value: 18000},
	}
	if diff := cmp.Diff(want, r.Records); diff != "" {
		t.Error(diff)
	}
	in.Activities = append(in.Activities[:20:20], in.Activities[80:]...)
	for _, h := range Compute(in).Notable {
		if h.Kind == KindGroup {
			t.Errorf("a record after ten weeks: %+v", h)
		}
	}
}

// A best counts from any run: a training's split stands against a race.
func TestASplitOfAnyRunStandsAgainstARace(t *testing.T) {
	in := of(1, steadily(1, 1, 6, 50)...)
	race := with(run(1, 2, 20), func(a *store.Activity) { a.Race, a.Distance, a.Timer = true, 5010, 20*time.Minute })
	in.Activities = append(in.Activities, race)
	in.Activities[0].Metrics.Splits = map[string]float64{"5000": 1195}
	if h := find(Compute(in), KindRace); h == nil || h.Better != 0 {
		t.Errorf("slower than a split: %+v", h)
	}
	in.Activities[0].Metrics.Splits = map[string]float64{"5000": 1300}
	if h := find(Compute(in), KindRace); h == nil || h.Better != 100*time.Second {
		t.Errorf("faster than every split: %+v", h)
	}
	in.Activities[1].Metrics.Splits = map[string]float64{"5000": 12} // a watch gone wrong
	if h := find(Compute(in), KindRace); h == nil || h.Better != 100*time.Second {
		t.Errorf("slower than the impossible: %+v", h)
	}
}

// Of two equal ones goes first who was named less, then what is newer, and
// what was not told of the same member before.
func TestWhatCountsIsRarityRecencyAndFairness(t *testing.T) {
	race := func(id int64, day int) Highlight {
		return Highlight{Kind: KindRace, Athlete: id, Day: sept.Start + store.Day(day), weight: 100}
	}
	said := func(id int64, kind Kind) store.Mention {
		return store.Mention{Athlete: id, Week: sept.Start - 14, Kind: string(kind)}
	}
	r := &Report{Span: sept, Today: sept.Last(), Active: 2, Members: 2}
	for _, c := range []struct {
		name string
		all  []Highlight
		told []store.Mention
	}{
		{"less named", []Highlight{race(1, 6), race(2, 6)}, []store.Mention{said(1, KindFar)}},
		{"newer", []Highlight{race(1, 0), race(2, 6)}, nil},
		{"rarer", []Highlight{{Kind: KindDays, Athlete: 1, Day: sept.Last(), weight: 28}, race(2, 0)}, nil},
		{"another kind", []Highlight{race(1, 6), race(2, 6)}, []store.Mention{said(1, KindRace), said(2, KindFar)}},
		{"too long ago", []Highlight{race(2, 6), race(1, 5)}, []store.Mention{{Athlete: 2, Week: sept.Start - 35, Kind: "race"}}},
		{"of this week", []Highlight{race(2, 6), race(1, 5)}, []store.Mention{{Athlete: 2, Week: sept.Start, Kind: "race"}}},
	} {
		if best := newChooser(c.all, r, c.told).all[0]; best.Athlete != 2 {
			t.Errorf("%s: %+v is first", c.name, best)
		}
	}
}

func TestOwnBigWeekAndManyDays(t *testing.T) {
	in := of(1, steadily(1, 1, 20, 60)...)
	for day := range 4 {
		in.Activities = append(in.Activities, run(1, day, 70))
	}
	r := Compute(in)
	if h := find(r, KindWeek); h == nil || h.Weeks != 20 || h.Time != 280*time.Minute {
		t.Errorf("big week %+v", h)
	}
	if h := find(r, KindDays); h == nil || h.Days != 4 {
		t.Errorf("many days %+v", h)
	}
}

func TestAJumpThatWasToldIsNotToldAgain(t *testing.T) {
	in := of(2)
	for week := 1; week <= 6; week++ {
		in.Activities = append(in.Activities, run(1, -7*week, 80), run(2, -7*week, 80))
	}
	in.Activities = append(in.Activities, run(1, 0, 150), run(2, 0, 120))
	in.Mentions = []store.Mention{{Athlete: 1, Week: sept.Start - 7, Kind: string(KindJump)}}
	if h := find(Compute(in), KindJump); h == nil || h.Athlete != 2 {
		t.Errorf("jump %+v", h)
	}
}

// Who was named a lot stands back, and who was silent for long is told of even
// for something small.
func TestTheSilentGoFirst(t *testing.T) {
	var in Input
	for id := int64(1); id <= 9; id++ {
		in.Activities = append(in.Activities, run(id, 0, 60), run(id, -90, 60))
		if id < 9 {
			in.Activities = append(in.Activities, with(run(id, 3, 50), func(a *store.Activity) { a.Race = true }))
			in.Mentions = append(in.Mentions, store.Mention{Athlete: id, Week: sept.Start - 7, Kind: "race"})
		}
	}
	full := of(9, in.Activities...)
	full.Mentions = in.Mentions
	r := Compute(full)
	if !slices.ContainsFunc(r.Highlights, func(h Highlight) bool { return h.Athlete == 9 }) {
		t.Errorf("nine is forgotten: %+v", r.Highlights)
	}
	if n := len(r.Highlights); n > highlightsMost {
		t.Errorf("%d lines", n)
	}
}

// What others do changes nobody's own figures.
func TestOthersDoNotChangeMyTotals(t *testing.T) {
	for seed := range uint64(60) {
		in := muddle(seed)
		before := Compute(in)
		more := muddle(seed + 1000)
		for _, a := range more.Activities {
			a.ID, a.External, a.Athlete = a.ID+1e6, "other"+a.External, 1
			a.Parent = ""
			a.Local = in.Span.Start.In(time.UTC).Add(time.Duration(a.ID%200) * time.Hour)
			a.Start = a.Local
			in.Activities = append(in.Activities, a)
		}
		after := Compute(in)
		for _, m := range in.Members[1:] {
			x, _ := before.Own(m.ID)
			y, _ := after.Own(m.ID)
			x.Rank, y.Rank, x.Change, y.Change = 0, 0, nil, nil // ranks and the metric are the group's
			if diff := cmp.Diff(x, y); diff != "" {
				t.Fatalf("seed %d: %s", seed, diff)
			}
		}
	}
}

// Two spans that meet add up to the one over both.
func TestSpansThatMeetAddUp(t *testing.T) {
	for seed := range uint64(200) {
		in := muddle(seed)
		r := rand.New(rand.NewPCG(seed, 3))
		whole := store.Span{Start: in.Span.End - 60, End: in.Span.End}
		cut := whole.Start + store.Day(r.IntN(61))
		book := open(in)
		a, b, all := book.glance(store.Span{Start: whole.Start, End: cut}), book.glance(store.Span{Start: cut, End: whole.End}), book.glance(whole)
		if a.Workouts+b.Workouts != all.Workouts || a.Time+b.Time != all.Time || a.Days+b.Days != all.Days {
			t.Fatalf("seed %d: %+v and %+v are not %+v", seed, a, b, all)
		}
	}
}

// A pause that began after the period holds for what is told of it now.
func TestNothingIsToldOfWhoIsInAPauseToday(t *testing.T) {
	in := of(5)
	for id := range int64(5) {
		in.Activities = append(in.Activities, run(id+1, 0, 50), with(run(id+1, 2, 50), func(a *store.Activity) { a.Race = id == 0 }))
	}
	in.Pauses = []store.Pause{{Athlete: 1, Span: store.Span{Start: sept.End, End: sept.End + 9}}} // from Monday on
	r := Compute(in)
	if row, _ := r.Own(1); !row.Paused {
		t.Error("the row has a rank")
	}
	for _, h := range append(r.Notable, r.Highlights...) {
		if h.Athlete == 1 || slices.Contains(h.Others, 1) {
			t.Errorf("highlight %+v", h)
		}
	}
	in.Now = sept.End.In(time.UTC).Add(-5 * time.Hour) // on Sunday nobody knew
	if row, _ := Compute(in).Own(1); row.Paused {
		t.Error("there was no pause yet")
	}
}
