package digest

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"clubrun/store"
)

func TestAnOperatorsFileReplacesOnlyWhatItNames(t *testing.T) {
	r, err := ParseRules([]byte(`
daily_cap = 300
[sport.run]
effort = 2
[prize.early-bird]
from = "02:00"
[prize.fish]
off = true
[prize.full-moon]
icon = "🌕"
take = "sum"
of = "time"
from = "22:00"
to = "02:00"
wins = "highest"
floor = 20
[prize.full-moon.words.en]
title = "Full moon"
text = "{name} was out for {value} late at night."
`))
	if err != nil {
		t.Fatal(err)
	}
	if run := r.sport(store.Run); run != (sportRule{factor: 2, fastest: 23, from: 1000}) || r.cap != 300 {
		t.Errorf("run %+v, cap %v", run, r.cap)
	}
	if r.sport(store.Ride) != builtIn().sport(store.Ride) || r.sport("chess") != builtIn().sport(store.Other) {
		t.Error("another sport changed")
	}
	bird, _ := r.Prize("early-bird")
	if bird.from != 2*3600 || bird.to != 7*3600 || bird.Icon != "🐦" {
		t.Errorf("early bird %+v", bird)
	}
	if _, there := r.Prize("fish"); there || len(r.Prizes()) != len(builtIn().Prizes()) {
		t.Errorf("fish %v, %d prizes", there, len(r.Prizes()))
	}
	moon, _ := r.Prize("full-moon")
	if moon.Unit != UnitTime || moon.floor != 1200 || moon.Words["en"].Title != "Full moon" {
		t.Errorf("full moon %+v", moon)
	}
	if bird, _ := builtIn().Prize("early-bird"); bird.from != 3*3600+1800 {
		t.Error("the built-in rules changed")
	}
}

func TestAnOperatorsRulesAreThoseOfTheReport(t *testing.T) {
	in := of(4, append(ordinary(), act(2, store.Run, 2, "23:00", 90, 15))...)
	for i := range in.Activities {
		in.Activities[i].AvgHR = 0
	}
	built := Compute(in)
	var err error
	if in.Rules, err = ParseRules([]byte("daily_cap = 50\n[sport.run]\neffort = 1\nfastest = 9\n")); err != nil {
		t.Fatal(err)
	}
	own := Compute(in)
	if b, _ := built.Own(2); b.Effort != 144 || len(built.Held) != 0 {
		t.Errorf("built in: effort %d, %d held", b.Effort, len(built.Held))
	}
	if len(own.Held) != 4 {
		t.Errorf("at most 9 km/h: %d held", len(own.Held))
	}
	if in.Rules, err = ParseRules([]byte("daily_cap = 50\n[sport.run]\neffort = 1\n")); err != nil {
		t.Fatal(err)
	}
	if row, _ := Compute(in).Own(2); row.Effort != 50 {
		t.Errorf("effort %d with a cap of 50", row.Effort)
	}
}

func TestWhatIsWrongInAFileIsNamed(t *testing.T) {
	for _, c := range []struct{ file, says string }{
		{"daily_cap = \"x\"", "line 1: write a number for daily_cap"},
		{"daily_cap = -3", "daily_cap is -3: write"},
		{"daily_cap = nan", "daily_cap is NaN: write"},
		{"daily_cap = 1\ndaily_cap = 2", "line 2"},
		{"a = \n\n=", "line 2"},
		{"bonus = 3", "bonus is no key"},
		{"sport = 3", "sport is no table"},
		{"[sport.chess]\neffort = 1", `[sport.chess]: "chess" is no sport: take one of run, ride`},
		{"[sport.run]\nefort = 1", "sport.run.efort is no key"},
		{"[sport.run]\neffort = 99", "sport.run.effort is 99: write effort minutes for each minute, from 0 to 5"},
		{"[sport.run]\nfastest = inf", "sport.run.fastest is +Inf: write"},
		{"\n[sport.run]\neffort = \"much\"", "line 3: write a number for sport.run.effort"},
		{"[sport]\nrun = 3", "line 2: write a table of its own for sport.run"},
		{"prize = [1]", "prize is no table"},
		{"[[prize]]\nicon = \"x\"", "prize is no table"},
		{"[prize.Big]\nicon = \"x\"", "small letters"},
		{"[prize.new]", "[prize.new]: of is \"\": write what is looked at"},
		{"[prize.new]\nof = \"weight\"", "[prize.new]: of is \"weight\": write what is looked at"},
		{"[prize.new]\nof = \"heart\"", "[prize.new]: of is \"heart\": write what is looked at"}, // no group sees a heart rate
		{"[prize.new]\nof = \"time\"\ntake = \"inrow\"", "of time you can take sum, max"},
		{"[prize.new]\nof = \"time\"\ntake = \"sum\"", "write \"highest\" or \"lowest\""},
		{"[prize.new]\nof = \"time\"\ntake = \"sum\"\nwins = \"lowest\"", "write one emoji"},
		{"[prize.fish]\nfloor = nan", "floor is NaN"},
		{"[prize.fish]\nceiling = 0.5", "floor is above ceiling"},
		{"[prize.fish]\nsports = [\"chess\"]", "no sport"},
		{"[prize.fish]\nsports = \"swim\"", "line 2: write a list in [ ] for prize.fish.sports"},
		{"[prize.fish]\nfrom = \"7\"", "write both from and to"},
		{"[prize.fish]\nfrom = \"07:00\"", "write both from and to"},
		{"[prize.fish]\nfrom = \"07:00\"\nto = \"07:00\"", "leave both out"},
		{"[prize.fish]\ndays = [\"someday\"]", "write mon, tue"},
		{"[prize.fish]\nmonths = [0]", "1 for January"},
		{"[prize.fish]\nstep = 3", "only there"},
		{"[prize.round-time]\nstep = 0", "only there"},
		{"[prize.fish]\nleast = 0", "a number from 1 to 100"},
		{"[prize.fish]\nleast = 1.5", "line 2: write a whole number"},
		{"[prize.fish]\nlong = -1", "long is -1: write minutes"},
		{"[prize.fish]\nfar = 1e9", "write kilometres"},
		{"[prize.early-bird]\nceiling = 3", "write from and to instead"},
		{"[prize.fish]\nwords = 3", "prize.fish.words is no table"},
		{"[prize.fish.words.en]\ntitle = \"x\"", "write a title"},
		{"[prize.fish.words.english]\ntitle = \"x\"\ntext = \"{name}\"", "two letters"},
		{"[prize.fish.words.en]\ntitle = \"x\"\ntext = \"somebody\"", "put {name}"},
		{"[prize.fish.words.en]\ntitle = \"x\"\ntext = \"{name} with {with}\"", "{with} where take is"},
		{"[prize.fish.words.en]\ntitle = \"x\"\ntext = \"{name\"", "put {name}"},
		{"[prize.fish.words.en]\ntitle = \"x\"\ntext = \"{name} {\"", "in braces"},
		{"# " + strings.Repeat("x", rulesMost), "at most 262144"},
	} {
		if _, err := ParseRules([]byte(c.file)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %v, want %q", c.file[:min(len(c.file), 80)], err, c.says)
		}
	}
}

func TestAnEmptyFileIsTheBuiltInRules(t *testing.T) {
	r, err := ParseRules(nil)
	if err != nil {
		t.Fatal(err)
	}
	var keys [2][]string
	for i, rules := range []*Rules{r, nil} {
		for _, p := range rules.Prizes() {
			keys[i] = append(keys[i], p.Key)
		}
	}
	if diff := cmp.Diff(keys[0], keys[1]); diff != "" || len(keys[0]) < 20 {
		t.Errorf("%d prizes: %s", len(keys[0]), diff)
	}
}

func FuzzParseRules(f *testing.F) {
	f.Add(rulesFile)
	for _, seed := range []string{
		"daily_cap = 300", "[sport.run]\neffort = 1e400", "[prize.fish]\nfloor = -0.0", "[prize.x.words.en]\ntitle=\"\"", "prize.fish.off = true",
		"[[prize.fish]]", "sport = { run = { effort = 1 } }", "[prize.\"a.b\"]", "\xff", "[prize.fish]\nleast = 9223372036854775807", "a.b.c = 2026-09-07",
	} {
		f.Add([]byte(seed))
	}
	week := of(5, append(ordinary(), act(2, store.Run, 2, "05:10", 30, 5), act(5, store.Swim, 3, "00:10", 30, 2))...)
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ParseRules(data)
		if err != nil {
			if strings.TrimSpace(err.Error()) == "" || r != nil {
				t.Errorf("refused with %q", err)
			}
			return
		}
		in := week
		in.Rules = r
		if p := Compute(in).Prize; p != nil && (math.IsNaN(p.Value) || math.IsInf(p.Value, 0) || p.Name == "") {
			t.Errorf("prize %+v", p)
		}
	})
}

func BenchmarkPrizesOfAThousand(b *testing.B) {
	in := of(1000)
	for m := range int64(1000) {
		for day := range 7 {
			in.Activities = append(in.Activities, act(m+1, store.Run, day, time.Unix(m*977, 0).UTC().Format("15:04"), 40, 7))
		}
	}
	in.Span = sept
	book := open(in)
	r := Compute(in)
	for b.Loop() {
		book.prize(&r, in.Season)
	}
}

// TestAnyRuleGivesAPrizeOrNone puts rules together at random: each is refused
// or works on whatever weeks there are.
func TestAnyRuleGivesAPrizeOrNone(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	one := func(words ...string) string { return words[r.IntN(len(words))] }
	var seen, taken []string
	for _, p := range properties {
		seen = append(seen, p.name)
	}
	for _, m := range measures {
		taken = append(taken, m.name)
	}
	weeks := []Input{crowd(1), crowd(2), crowd(5), aWeek()}
	good, won := 0, 0
	for range 4000 {
		lines := []string{
			"[prize.any]", `icon = "🎈"`, "of = \"" + one(seen...) + "\"", "take = \"" + one(taken...) + "\"", "wins = \"" + one("highest", "lowest") + "\"",
			one("", "", "step = 3", "step = 0.01"), one("", "", "", "floor = 0", "floor = 7"), one("", "", "", "ceiling = 0", "ceiling = 70"),
			one("", "", "", "least = 3"), one("", "", "", "among = 2"), one("", "", `sports = ["run"]`, "sports = []", `sports = ["swim", "yoga"]`),
			one("", "", "from = \"22:00\"\nto = \"03:00\"", "from = \"05:00\"\nto = \"19:00\""), one("", "", `days = ["sun", "tue"]`),
			one("", "", "months = [9]", "months = [1]"), one("", "", "far = 5", "far = 0.5"), one("", "", "long = 30"),
		}
		rules, err := ParseRules([]byte(strings.Join(lines, "\n")))
		if err != nil {
			continue
		}
		good++
		rule, _ := rules.Prize("any")
		for _, in := range weeks {
			book, report := open(in), Report{Span: in.Span}
			for _, e := range book.contest(&report, in.Season).best(rule) {
				won++
				if math.IsNaN(e.value) || e.value < rule.floor || e.value > rule.ceiling || rule.take.twin != (e.other != nil) {
					t.Fatalf("%s: %s with %v", strings.Join(lines, "\n"), e.Name, e.value)
				}
			}
		}
	}
	if good < 300 || won < 300 {
		t.Errorf("only %d rules were good, and %d won", good, won)
	}
}

// aWeek is an ordinary week of five.
func aWeek() Input { return of(5, ordinary()...) }
