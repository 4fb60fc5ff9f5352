package digest

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"clubrun/store"
)

// act is a recorded workout on a day of the week at a time of day.
func act(athlete int64, sport store.Sport, day int, clock string, minutes, km float64) store.Activity {
	at, err := time.Parse("15:04", clock)
	if err != nil {
		panic(err)
	}
	h, m, _ := at.Clock()
	start := sept.Start.In(time.UTC).AddDate(0, 0, day).Add(time.Duration(h)*time.Hour + time.Duration(m)*time.Minute)
	d := time.Duration(math.Round(minutes * float64(time.Minute)))
	return store.Activity{
		ID: athlete*1e6 + int64(day+1000)*1440 + int64(h*60+m), Athlete: athlete, Source: "garmin",
		External: fmt.Sprint(athlete, day, clock), Sport: sport, Start: start, Local: start,
		Elapsed: d, Timer: d, Moving: d, Distance: km * 1000, AvgHR: 150,
	}
}

// ordinary is what the others do in a week in which somebody wins a prize:
// nothing that the prizes look at.
func ordinary() []store.Activity {
	return []store.Activity{
		act(1, store.Run, 1, "10:05", 41, 7.3), act(3, store.Run, 1, "10:20", 44, 7.7), act(4, store.Run, 1, "10:40", 47, 9.1),
	}
}

// only are rules with a single prize.
func only(t *testing.T, key string) *Rules {
	t.Helper()
	r := builtIn().clone()
	rule, known := builtIn().Prize(key)
	if !known {
		t.Fatalf("there is no prize %s", key)
	}
	r.prizes = []PrizeRule{rule}
	return r
}

func climbing(a store.Activity, metres float64) store.Activity {
	a.Climb = metres
	return a
}

// prizeWeeks has for each built-in prize a week in which B wins it, and what
// with: B does the first list, A comes second with the other.
var prizeWeeks = []struct {
	key   string
	won   float64
	b, a  []store.Activity
	shift store.Day // of the whole week
	with  string
}{
	{key: "metronome", won: 5,
		b: []store.Activity{act(2, store.Run, 0, "10:00", 30, 6), act(2, store.Run, 2, "10:00", 50.5, 10), act(2, store.Run, 4, "10:00", 61, 12)},
		a: []store.Activity{act(1, store.Run, 0, "10:00", 30, 6), act(1, store.Run, 2, "10:00", 32, 6), act(1, store.Run, 4, "10:00", 31, 6)}},
	{key: "gearbox", won: 120,
		b: []store.Activity{act(2, store.Run, 0, "10:00", 20, 5), act(2, store.Run, 2, "10:00", 30, 5), act(2, store.Run, 4, "10:00", 25, 5)},
		a: []store.Activity{act(1, store.Run, 0, "10:00", 22, 5), act(1, store.Run, 2, "10:00", 30, 5)}},
	{key: "twin-paces", won: 2, with: "E",
		b: []store.Activity{act(2, store.Run, 0, "10:00", 20, 5), act(5, store.Run, 2, "10:00", 40+20.0/60, 10)}},
	{key: "twin-routes", won: 100, with: "E",
		b: []store.Activity{act(2, store.Run, 0, "10:00", 20, 5), act(5, store.Run, 2, "10:00", 20, 5.1)}},
	{key: "early-bird", won: 5*3600 + 600,
		b: []store.Activity{act(2, store.Run, 2, "05:10", 30, 5)},
		a: []store.Activity{act(1, store.Run, 3, "05:20", 30, 5), act(1, store.Run, 5, "03:20", 30, 5)}},
	{key: "night-owl", won: 24*3600 + 1800,
		b: []store.Activity{act(2, store.Run, 2, "00:30", 30, 5)},
		a: []store.Activity{act(1, store.Run, 3, "23:50", 30, 5)}},
	{key: "first-out", won: 8 * 3600,
		b: []store.Activity{act(2, store.Run, 0, "08:00", 30, 5)},
		a: []store.Activity{act(1, store.Run, 0, "08:20", 30, 5), act(1, store.Walk, 0, "06:00", 5, 0.4)}},
	{key: "last-minute", won: 6*86400 + 20*3600,
		b: []store.Activity{act(2, store.Run, 6, "20:00", 30, 5)},
		a: []store.Activity{act(1, store.Run, 6, "18:20", 30, 5)}},
	{key: "like-clockwork", won: 240,
		b: []store.Activity{act(2, store.Run, 0, "18:00", 30, 5), act(2, store.Ride, 2, "18:04", 30, 9), act(2, store.Run, 4, "18:01", 30, 5)},
		a: []store.Activity{act(1, store.Run, 0, "10:00", 30, 5), act(1, store.Run, 2, "10:10", 30, 5)}},
	{key: "any-hour", won: 15 * 3600,
		b: []store.Activity{act(2, store.Run, 0, "06:00", 30, 5), act(2, store.Ride, 2, "21:00", 30, 9), act(2, store.Run, 4, "12:00", 30, 5)},
		a: []store.Activity{act(1, store.Run, 0, "07:00", 30, 5), act(1, store.Run, 2, "19:00", 30, 5)}},
	{key: "lunch-break", won: 3,
		b: []store.Activity{act(2, store.Run, 0, "12:00", 30, 5), act(2, store.Yoga, 1, "12:30", 30, 0), act(2, store.Run, 4, "11:30", 30, 5)},
		a: []store.Activity{act(1, store.Run, 0, "12:00", 30, 5), act(1, store.Run, 3, "13:00", 30, 5), act(1, store.Run, 5, "12:00", 30, 5), act(1, store.Run, 6, "12:00", 30, 5)}},
	{key: "commuter", won: 4,
		b: []store.Activity{act(2, store.Ride, 0, "07:30", 20, 5), act(2, store.Ride, 1, "07:30", 20, 5), act(2, store.Ride, 2, "07:30", 20, 5), act(2, store.Ride, 3, "07:30", 20, 5)},
		a: []store.Activity{act(1, store.Ride, 0, "07:30", 20, 5), act(1, store.Ride, 2, "07:30", 20, 5), act(1, store.Ride, 3, "07:30", 20, 5), act(1, store.Ride, 5, "07:30", 20, 5), act(1, store.Ride, 6, "07:30", 20, 5)}},
	{key: "weekend-warrior", won: 0.9,
		b: []store.Activity{act(2, store.Run, 0, "18:00", 20, 4), act(2, store.Ride, 5, "09:00", 120, 50), act(2, store.Run, 6, "09:00", 60, 10)},
		a: []store.Activity{act(1, store.Run, 5, "09:00", 60, 10), act(1, store.Run, 6, "09:00", 60, 10)}},
	{key: "sunday-morning", won: 5400,
		b: []store.Activity{act(2, store.Ride, 6, "08:00", 90, 30)},
		a: []store.Activity{act(1, store.Run, 6, "09:00", 80, 14), act(1, store.Ride, 6, "13:00", 180, 60)}},
	{key: "monday-mover", won: 5400,
		b: []store.Activity{act(2, store.Ride, 0, "08:00", 60, 30), act(2, store.Run, 0, "18:00", 30, 5)},
		a: []store.Activity{act(1, store.Run, 0, "09:00", 80, 14), act(1, store.Ride, 1, "13:00", 180, 60)}},
	{key: "midweek", won: 4800,
		b: []store.Activity{act(2, store.Ride, 2, "08:00", 80, 30)},
		a: []store.Activity{act(1, store.Run, 2, "09:00", 60, 11), act(1, store.Ride, 3, "13:00", 180, 60)}},
	{key: "friday-evening", won: 4800,
		b: []store.Activity{act(2, store.Ride, 4, "17:00", 80, 30)},
		a: []store.Activity{act(1, store.Run, 4, "16:00", 60, 11), act(1, store.Ride, 4, "13:00", 150, 60)}},
	{key: "all-weathers", won: 6,
		b: []store.Activity{act(2, store.Run, 0, "10:00", 20, 4), act(2, store.Run, 1, "10:00", 20, 4), act(2, store.Run, 2, "10:00", 20, 4), act(2, store.Run, 4, "10:00", 20, 4), act(2, store.Run, 5, "10:00", 20, 4), act(2, store.Run, 6, "10:00", 20, 4)},
		a: []store.Activity{act(1, store.Run, 0, "10:00", 20, 4), act(1, store.Run, 0, "12:00", 20, 4), act(1, store.Run, 2, "10:00", 20, 4), act(1, store.Run, 3, "10:00", 20, 4), act(1, store.Run, 4, "10:00", 20, 4)}},
	{key: "chain", won: 4,
		b: []store.Activity{act(2, store.Run, 3, "10:00", 20, 4), act(2, store.Yoga, 4, "10:00", 20, 0), act(2, store.Run, 5, "10:00", 20, 4), act(2, store.Run, 6, "10:00", 20, 4)},
		a: []store.Activity{act(1, store.Run, 0, "10:00", 20, 4), act(1, store.Run, 2, "10:00", 20, 4), act(1, store.Run, 4, "10:00", 20, 4), act(1, store.Run, 5, "10:00", 20, 4), act(1, store.Run, 6, "10:00", 20, 4)}},
	{key: "long-wait", won: 24,
		b: []store.Activity{act(2, store.Run, -40, "10:00", 20, 4), act(2, store.Run, -20, "10:00", 20, 4), act(2, store.Ride, 1, "10:00", 20, 8), act(2, store.Run, 4, "10:00", 20, 4), act(2, store.Run, 6, "10:00", 20, 4)},
		a: []store.Activity{act(1, store.Run, -14, "10:00", 20, 4)}},
	{key: "all-rounder", won: 4,
		b: []store.Activity{act(2, store.Run, 0, "10:00", 20, 4), act(2, store.Swim, 1, "10:00", 20, 1), act(2, store.Yoga, 2, "10:00", 20, 0), act(2, store.Ride, 3, "10:00", 20, 8)},
		a: []store.Activity{act(1, store.Swim, 0, "10:00", 20, 1), act(1, store.Walk, 2, "10:00", 20, 2), act(1, store.Other, 3, "10:00", 20, 0)}},
	{key: "double-day", won: 3,
		b: []store.Activity{act(2, store.Run, 0, "08:00", 20, 4), act(2, store.Swim, 0, "12:00", 20, 1), act(2, store.Yoga, 0, "18:00", 20, 0)},
		a: []store.Activity{act(1, store.Run, 0, "08:00", 20, 4), act(1, store.Swim, 0, "12:00", 20, 1), act(1, store.Walk, 0, "16:00", 5, 0.3)}},
	{key: "big-day", won: 4 * 3600,
		b: []store.Activity{act(2, store.Ride, 5, "08:00", 180, 80), act(2, store.Run, 5, "12:00", 60, 10)},
		a: []store.Activity{act(1, store.Ride, 5, "08:00", 200, 80), act(1, store.Ride, 6, "08:00", 200, 80)}},
	{key: "hill-goat", won: 80,
		b: []store.Activity{climbing(act(2, store.Run, 5, "08:00", 70, 10), 800)},
		a: []store.Activity{climbing(act(1, store.Ride, 5, "08:00", 300, 100), 2500), climbing(act(1, store.Walk, 6, "08:00", 30, 1), 300)}},
	{key: "pancake", won: 0.2,
		b: []store.Activity{climbing(act(2, store.Run, 5, "08:00", 70, 10), 2)},
		a: []store.Activity{climbing(act(1, store.Run, 5, "08:00", 70, 10), 20), climbing(act(3, store.Run, 5, "08:00", 70, 10), 40)}},
	{key: "round-distance", won: 10,
		b: []store.Activity{act(2, store.Run, 5, "08:00", 55, 9.99)},
		a: []store.Activity{act(1, store.Run, 5, "08:00", 28, 5.03)}},
	{key: "round-time", won: 6,
		b: []store.Activity{act(2, store.Ride, 5, "08:00", 119.9, 40)},
		a: []store.Activity{act(1, store.Run, 5, "08:00", 30.3, 5)}},
	{key: "short-and-sweet", won: 660,
		b: []store.Activity{act(2, store.Run, 5, "08:00", 11, 2)},
		a: []store.Activity{act(1, store.Run, 5, "08:00", 20, 4), act(1, store.Run, 6, "08:00", 3, 0.4), act(3, store.Yoga, 5, "08:00", 12, 0)}},
	{key: "sightseer", won: 3 * 3600,
		b: []store.Activity{act(2, store.Hike, 5, "08:00", 180, 11)},
		a: []store.Activity{act(1, store.Walk, 5, "08:00", 170, 10), act(1, store.Ride, 6, "08:00", 300, 90)}},
	{key: "fish", won: 3500,
		b: []store.Activity{act(2, store.Swim, 1, "08:00", 40, 1.5), act(2, store.Swim, 5, "08:00", 50, 2)},
		a: []store.Activity{act(1, store.Swim, 5, "08:00", 60, 3)}},
	{key: "supple", won: 4800,
		b: []store.Activity{act(2, store.Yoga, 1, "08:00", 40, 0), act(2, store.Strength, 5, "08:00", 40, 0)},
		a: []store.Activity{act(1, store.Strength, 5, "08:00", 60, 0)}},
	{key: "ice-breaker", won: 2, shift: 17 * 7,
		b: []store.Activity{act(2, store.Run, 1, "06:00", 40, 7), act(2, store.Ride, 5, "07:50", 40, 14)},
		a: []store.Activity{act(1, store.Run, 5, "07:00", 60, 9), act(1, store.Run, 6, "08:00", 60, 9)}},
	{key: "summer-evening", won: 4800, shift: -9 * 7,
		b: []store.Activity{act(2, store.Run, 1, "19:00", 40, 7), act(2, store.Ride, 5, "20:00", 40, 14)},
		a: []store.Activity{act(1, store.Run, 5, "19:00", 60, 9), act(1, store.Run, 6, "16:00", 60, 9)}},
}

func TestEveryPrizeCanBeWonByWhoEarnedIt(t *testing.T) {
	var tested []string
	for _, c := range prizeWeeks {
		tested = append(tested, c.key)
		in := of(5, slices.Concat(ordinary(), c.b, c.a)...)
		in.Span = store.Span{Start: in.Span.Start + c.shift, End: in.Span.End + c.shift}
		in.Now = in.Now.AddDate(0, 0, int(c.shift))
		for i := range in.Activities {
			a := &in.Activities[i]
			a.Start = a.Start.AddDate(0, 0, int(c.shift))
			a.Local = a.Start
		}
		in.Rules = only(t, c.key)
		p := Compute(in).Prize
		if p == nil {
			t.Errorf("%s: nobody won", c.key)
			continue
		}
		if c.with != "" && p.Name == c.with {
			p.Name, p.With = p.With, p.Name
		}
		if p.Rule != c.key || p.Name != "B" || p.With != c.with || math.Abs(p.Value-c.won) > 1e-6 {
			t.Errorf("%s: %s won with %s and %v, want B with %v", c.key, p.Name, p.With, p.Value, c.won)
		}
		if p.Icon == "" || p.Unit == "" {
			t.Errorf("%s: icon %q, unit %q", c.key, p.Icon, p.Unit)
		}
		in.Activities = append(slices.Clone(in.Activities[:3]), act(5, store.Run, 1, "11:05", 33, 5.4))
		for i := range in.Activities {
			a := &in.Activities[i]
			a.Local = a.Start
		}
		if p := Compute(in).Prize; p != nil && c.key != "first-out" {
			t.Errorf("%s: %s won in an ordinary week with %v", c.key, p.Name, p.Value)
		}
	}
	slices.Sort(tested)
	var keys []string
	for _, rule := range builtIn().Prizes() {
		keys = append(keys, rule.Key)
	}
	if !slices.Equal(tested, keys) {
		t.Errorf("tested are %v, of %v", tested, keys)
	}
}

func TestNoPrizeForAFewForPrivateOnesAndForThoseWhoPause(t *testing.T) {
	week := func() Input {
		in := of(5, append(ordinary(), act(2, store.Run, 2, "05:10", 30, 5))...)
		in.Rules = only(t, "early-bird")
		return in
	}
	if in := week(); Compute(in).Prize == nil {
		t.Fatal("nobody won")
	}
	for name, change := range map[string]func(*Input){
		"three active":    func(in *Input) { in.Activities = in.Activities[1:] },
		"private":         func(in *Input) { in.Activities[3].Private = true },
		"private, totals": func(in *Input) { in.Activities[3].Private, in.Members[1].Prefs.Private = true, store.PrivateTotals },
		"typed":           func(in *Input) { in.Activities[3].Manual = true },
		"in a pause": func(in *Input) {
			in.Pauses = []store.Pause{{Athlete: 2, Span: store.Span{Start: 0, End: sept.End + 9}}}
		},
		"pause ends inside": func(in *Input) {
			in.Pauses = []store.Pause{{Athlete: 2, Span: store.Span{Start: 0, End: sept.Start + 1}}}
		},
		"a month": func(in *Input) { in.Span = store.MonthOf(sept.Start) },
	} {
		in := week()
		change(&in)
		if p := Compute(in).Prize; p != nil {
			t.Errorf("%s: %s won %s", name, p.Name, p.Rule)
		}
	}
	in := week()
	in.Pauses = []store.Pause{{Athlete: 2, Span: store.Span{Start: 0, End: sept.Start}}}
	if Compute(in).Prize == nil {
		t.Error("nobody won the week after a pause")
	}
}

// TestPrizesGoRound follows a group of twelve for a year: no prize comes twice
// in eight weeks, and nobody has all of them.
func TestPrizesGoRound(t *testing.T) {
	in := of(12)
	for m := range int64(12) {
		for day := -30; day < 370; day++ {
			n := (int(m)*7 + day*day%11 + day + 400) % 12
			if n < 5 {
				sport := []store.Sport{store.Run, store.Ride, store.Run, store.Swim, store.Yoga}[n]
				clock := fmt.Sprintf("%02d:%02d", 5+(int(m)*5+n*3+day+60)%17, (int(m)*13+day*day)%60)
				in.Activities = append(in.Activities, climbing(act(m+1, sport, day, clock, float64(20+(n*int(m+3))%70), float64(3+n)), float64(10*n)))
			}
		}
	}
	came, won := map[string]int{}, map[int64]int{}
	for week := range 52 {
		at := in
		at.Span = store.Span{Start: sept.Start + store.Day(7*week), End: sept.End + store.Day(7*week)}
		at.Now = in.Now.AddDate(0, 0, 7*week)
		r := Compute(at)
		p := r.Prize
		if p == nil {
			t.Fatalf("week %d: no prize", week)
		}
		if last, had := came[p.Rule]; had && week-last <= 8 {
			t.Errorf("%s came in weeks %d and %d", p.Rule, last, week)
		}
		came[p.Rule] = week
		won[p.Athlete]++
		if p.Other != 0 {
			won[p.Other]++
		}
		in.Mentions = append(in.Mentions, p.Mentions(at.Span.Start)...)
		for _, h := range r.Highlights {
			in.Mentions = append(in.Mentions, store.Mention{Athlete: h.Athlete, Week: at.Span.Start, Kind: string(h.Kind)})
		}
	}
	if len(came) < 12 {
		t.Errorf("only %d different prizes in a year", len(came))
	}
	for m := range int64(12) {
		if n := won[m+1]; n < 2 || n > 9 {
			t.Errorf("member %d won %d prizes", m+1, n)
		}
	}
}

func TestWhoIsNamedLeastWinsWhatIsEqual(t *testing.T) {
	in := of(5, append(ordinary(), act(2, store.Run, 2, "05:10", 30, 5), act(5, store.Run, 3, "05:10", 30, 5))...)
	in.Rules = only(t, "early-bird")
	for _, c := range []struct{ mentioned, want int64 }{{2, 5}, {5, 2}} {
		in.Mentions = []store.Mention{{Athlete: c.mentioned, Week: sept.Start - 7, Kind: "prize:fish"}, {Athlete: c.mentioned, Week: sept.Start - 7, Kind: "best"}}
		if p := Compute(in).Prize; p == nil || p.Athlete != c.want {
			t.Errorf("%d was mentioned: %+v won", c.mentioned, p)
		}
	}
}

func TestAWeekPostedAlreadyGivesTheSamePrize(t *testing.T) {
	in := crowd(7)
	first := Compute(in).Prize
	if first == nil {
		t.Fatal("no prize")
	}
	in.Mentions = first.Mentions(in.Span.Start)
	if again := Compute(in).Prize; again == nil || again.Rule != first.Rule || again.Athlete != first.Athlete {
		t.Errorf("%+v, then %+v", first, again)
	}
	in.Mentions = first.Mentions(in.Span.Start - 7)
	if next := Compute(in).Prize; next != nil && next.Rule == first.Rule {
		t.Errorf("%s a week later again", next.Rule)
	}
}

func TestSomePrizesNeedRivalsAndSomeASeason(t *testing.T) {
	for _, c := range []struct {
		lines string
		won   bool
	}{
		{"among = 4", true}, {"among = 5", false}, {"months = [8, 9]", true}, {"months = [8, 10]", false},
		{"least = 1", true}, {"least = 2", false}, {"ceiling = 4", true}, {"ceiling = 0.5", false}, {"floor = 1", true}, {"floor = 2", false},
	} {
		in := of(4, append(ordinary(), act(2, store.Run, 1, "11:00", 40, 7))...)
		rules, err := ParseRules([]byte("[prize.out]\nicon = \"🎈\"\nof = \"workouts\"\ntake = \"count\"\nwins = \"highest\"\n" + c.lines))
		if err != nil {
			t.Fatal(err)
		}
		rule, _ := rules.Prize("out")
		rules.prizes = []PrizeRule{rule}
		in.Rules = rules
		if p := Compute(in).Prize; (p != nil) != c.won {
			t.Errorf("%s: %+v", c.lines, p)
		}
	}
}
