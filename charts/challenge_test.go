package charts

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// november is a challenge on its fifteenth day, ahead of even progress.
func november() Challenge {
	g := Challenge{
		Eyebrow: "November team challenge", Title: "1,000\u00a0km together",
		Number: "584", Of: "km of 1,000", Pill: "84\u00a0km ahead", Ahead: true,
		Percent: "58%", DueText: "today’s target 500", Course: "on course for 26\u00a0Nov",
		Target: 1000, Done: 584, Due: 500, Length: 30,
		Scale:   []Tick{{250, "250"}, {500, "500"}, {750, "750"}, {1000, "1,000"}},
		Dates:   []Tick{{1, "1\u00a0Nov"}, {8, "8"}, {15, "15"}, {22, "22"}, {30, "30"}},
		Heading: "Kilometres by member", Note: "15 days left",
		Shares: []Share{
			{Name: "Łukasz Żółkiewski", Value: 168, Text: "168"}, {Name: "Maria José", Value: 131, Text: "131"},
			{Name: "Tom 🏃", Value: 92, Text: "92"}, {Name: "أحمد", Value: 71, Text: "71"},
		},
		Others: Share{Name: "+4 more", Value: 122, Text: "122"},
		Alt:    "1,000 km together: 584 km after 15 of 30 days, 84 km ahead, on course for 26 November.",
	}
	sum := 0.0
	for _, d := range []float64{31, 52, 24, 38, 19, 44, 61, 48, 22, 41, 12, 39, 47, 63, 43} {
		sum += d
		g.Days = append(g.Days, sum)
	}
	return g
}

// times is a challenge with all that came together multiplied.
func (g Challenge) times(k float64) Challenge {
	g.Days = slices.Clone(g.Days)
	for i := range g.Days {
		g.Days[i] *= k
	}
	g.Done *= k
	g.Number = fmt.Sprintf("%.0f", g.Done)
	g.Percent = fmt.Sprintf("%.0f%%", 100*g.Done/g.Target)
	return g
}

func challengeSamples() []sample {
	dark, behind, slow, done, early, first, alone, club, sub, wild, over := november(), november().times(0.8), november().times(0.3), november().times(1.8),
		november(), november().times(0), november(), november(), november(), november(), november().times(9)
	dark.Dark = true
	behind.Pill, behind.Ahead, behind.Course = "33\u00a0km to catch up", false, "on course for 934\u00a0km"
	slow.Pill, slow.Ahead, slow.Course, slow.Dark = "325\u00a0km to catch up", false, "on course for 350\u00a0km", true
	done.Pill, done.Note = "Done in 14 days", "15 days to spare"
	early.Days, early.Done, early.Number, early.Percent, early.Due = early.Days[:4], 145, "145", "15%", 133
	early.DueText, early.Pill = "today’s target 133", "12\u00a0km ahead"
	first.Days, first.Due, first.Pill, first.Shares, first.Others, first.Ahead = nil, 0, "starts today", nil, Share{}, false
	alone.Shares, alone.Others = alone.Shares[:1], Share{}
	alone.Shares[0].Value, alone.Shares[0].Text = 584, "584"
	club.Shares = []Share{
		{Name: "Bartholomew Featherstonehaugh-Smythe", Value: 40, Text: "40"}, {Name: "Maria José Fernández", Value: 31, Text: "31"},
		{Name: "Tom", Value: 29, Text: "29"}, {Name: "Ελένη Παπαδοπούλου", Value: 22, Text: "22"}, {Name: "Ben", Value: 20, Text: "20"},
	}
	club.Others = Share{Name: "+56 more", Value: 442, Text: "462"}
	sub.Subtitle, sub.Shares, sub.Others = "The whole club, every sport", club.Shares, club.Others
	wild.Title, wild.Subtitle = strings.Repeat("Together ", 20), strings.Repeat("and further ", 20)
	for _, s := range []*string{&wild.Number, &wild.Of, &wild.Pill, &wild.Percent, &wild.DueText, &wild.Course, &wild.Heading, &wild.Note} {
		*s = strings.Repeat("12,345 km ", 8)
	}
	wild.Days = slices.Clone(hostileValues)
	wild.Target, wild.Done, wild.Due = 1e300, 3, math.Inf(1)
	for i := range wild.Scale {
		wild.Scale[i].Text = strings.Repeat("12,345 km ", 3)
		wild.Shares[i].Name, wild.Shares[i].Text = hostileNames[i], strings.Repeat("12,345 km ", 6)
	}
	for i := range 30 {
		wild.Dates = append(wild.Dates, Tick{float64(i), fmt.Sprintf("%d November", i)})
	}
	wild.Shares[1].Value = math.NaN()
	over.Pill, over.Length = "Done in 2 days", 15
	return []sample{
		{name: "challenge", draw: november().draw, golden: true},
		{name: "challenge-dark", draw: dark.draw, golden: true},
		{name: "challenge-behind", draw: behind.draw, golden: true},
		{name: "challenge-slow", draw: slow.draw},
		{name: "challenge-done", draw: done.draw, golden: true},
		{name: "challenge-early", draw: early.draw},
		{name: "challenge-first", draw: first.draw},
		{name: "challenge-alone", draw: alone.draw},
		{name: "challenge-club", draw: club.draw},
		{name: "challenge-sub", draw: sub.draw},
		{name: "challenge-wild", draw: wild.draw},
		{name: "challenge-over", draw: over.draw},
	}
}

// bands are the marks of the bar of the goal, and of the shares.
func bands(p Picture) (goal []Mark, shares []Mark) {
	for _, m := range marks(p, MarkBand) {
		if m.Index == 0 {
			goal = append(goal, m)
		} else {
			shares = append(shares, m)
		}
	}
	return goal, shares
}

func TestChallengeBarIsAsLongAsWhatIsDone(t *testing.T) {
	for _, k := range []float64{0.1, 0.5, 1, 1.6, 1.8, 5} {
		g := november().times(k)
		p := mustDraw(t, g.draw, 0.2)
		bar, _ := bands(p)
		want := (right - inner) * min(1, g.Done/g.Target)
		if len(bar) != 1 || bar[0].Box.X != inner || math.Abs(bar[0].Box.W-want) > 1 {
			t.Errorf("done %v: %+v, want width %.1f", g.Done, bar, want)
		}
		tick := marks(p, MarkTick)
		if g.Done >= g.Target {
			if len(tick) != 0 {
				t.Error("what is reached is still due")
			}
			continue
		}
		if x := tick[0].Box.X + tick[0].Box.W/2; math.Abs(x-inner-(right-inner)/2) > 1 {
			t.Errorf("half the target is due, the tick stands at %.1f", x)
		}
	}
}

func TestChallengeOfNothingHasNoBar(t *testing.T) {
	if bar, _ := bands(mustDraw(t, november().times(0).draw, 0.2)); len(bar) != 0 {
		t.Errorf("%+v", bar)
	}
	if _, err := (Challenge{Target: math.NaN()}).Draw(); !errors.Is(err, ErrEmpty) {
		t.Error(err)
	}
}

// line returns the recorded pieces of the lines of a challenge: even
// progress, the projection where there is one, and what came together.
func lines(p Picture, days int) (even Stroke, projected []Stroke, sum []Stroke) {
	n := len(p.Strokes) - days
	return p.Strokes[0], p.Strokes[1:n], p.Strokes[n:]
}

func TestChallengeLineGoesThroughTheDays(t *testing.T) {
	g := november()
	p := mustDraw(t, g.draw, 0.2)
	even, _, sum := lines(p, len(g.Days))
	perDay, perUnit := (even.X1-even.X0)/30, (even.Y0-even.Y1)/1000
	for i, s := range sum {
		x, y := even.X0+perDay*float64(i+1), even.Y0-perUnit*g.Days[i]
		if math.Abs(s.X1-x) > 0.01 || math.Abs(s.Y1-y) > 0.01 {
			t.Errorf("day %d stands at %.1f, %.1f, want %.1f, %.1f", i+1, s.X1, s.Y1, x, y)
		}
	}
	target := find(t, p, "1,000").Box
	if mid := target.Y + target.H/2; math.Abs(mid-even.Y1) > 1 {
		t.Errorf("the target's word stands at %.1f, the target at %.1f", mid, even.Y1)
	}
}

func TestChallengeProjectsTheMeanFromTheSixthDayOn(t *testing.T) {
	for n := range 16 {
		g := november()
		g.Days = g.Days[:n]
		if n > 0 {
			g.Done = g.Days[n-1]
		}
		_, projected, _ := lines(mustDraw(t, g.draw, 0.2), n)
		if (len(projected) == 1) != (n > leastDays) {
			t.Errorf("after %d days there are %d projections", n, len(projected))
		}
	}
	for _, k := range []float64{1, 0.8, 0.3} {
		g := november().times(k)
		even, projected, _ := lines(mustDraw(t, g.draw, 0.2), len(g.Days))
		perDay, perUnit := (even.X1-even.X0)/30, (even.Y0-even.Y1)/1000
		day := min(30, 1000*15/g.Done)
		x, y := even.X0+perDay*day, even.Y0-perUnit*min(1000, g.Done/15*day)
		if e := projected[0]; math.Abs(e.X1-x) > 0.01 || math.Abs(e.Y1-y) > 0.01 {
			t.Errorf("%v leads to %.1f, %.1f, want %.1f, %.1f", g.Done, e.X1, e.Y1, x, y)
		}
	}
}

func TestChallengeReachedHasNoProjection(t *testing.T) {
	g := november().times(1.8)
	p := mustDraw(t, g.draw, 0.2)
	if _, projected, _ := lines(p, len(g.Days)); len(projected) != 0 {
		t.Errorf("projections %v", projected)
	}
	for _, text := range p.Texts {
		if text.S == g.Course || text.S == g.DueText {
			t.Errorf("%q is said of what is reached", text.S)
		}
	}
}

func TestChallengeSharesFillTheBarInProportion(t *testing.T) {
	g := november()
	_, parts := bands(mustDraw(t, g.draw, 0.2))
	if len(parts) != 5 {
		t.Fatalf("%d parts", len(parts))
	}
	x := inner
	for i, s := range append(slices.Clone(g.Shares), g.Others) {
		want := (right - inner) * s.Value / 584
		if math.Abs(parts[i].Box.X-x) > 0.01 || math.Abs(parts[i].Box.W-want) > partGap+0.01 {
			t.Errorf("%s: %+v, want %.1f from %.1f", s.Name, parts[i].Box, want, x)
		}
		x += want
	}
}

func TestChallengeNamesSmallSharesInAList(t *testing.T) {
	g := november()
	p := mustDraw(t, g.draw, 0.2)
	find(t, p, "Łukasz Ż.")
	for i := range g.Shares {
		g.Shares[i].Value = 12 - float64(i)
	}
	p = mustDraw(t, g.draw, 0.2)
	find(t, p, "Łukasz Żółkiewski")
	find(t, p, "+4 more")
}

func FuzzChallengeStandsAnything(f *testing.F) {
	for i, n := range hostileNames {
		f.Add(n, hostileValues[i%len(hostileValues)], hostileValues[(i*5+3)%len(hostileValues)], float64(i*31), i, n)
		f.Add(n, 100.0, float64(i*5), 50.0, i+4, "12 km")
	}
	f.Fuzz(func(t *testing.T, name string, target, done, due float64, days int, text string) {
		g := Challenge{
			Eyebrow: text, Title: name, Number: text, Of: name, Pill: text, Ahead: days%2 == 0, Percent: text, DueText: name, Course: text,
			Target: target, Done: done, Due: due, Length: days % 50, Heading: name, Note: text, Dark: days%2 == 0,
			Others: Share{Name: text, Value: due, Text: name},
		}
		if days%3 == 0 {
			g.Subtitle = text
		}
		for i := range (days%40 + 40) % 40 {
			g.Days = append(g.Days, done*float64(i)/20)
			g.Dates = append(g.Dates, Tick{float64(i), text})
			g.Scale = append(g.Scale, Tick{target * float64(i) / 4, name})
		}
		for i := range (days%7 + 7) % 7 {
			g.Shares = append(g.Shares, Share{name, text, done / float64(i), text})
		}
		if amount(target) == 0 {
			if _, err := g.draw(0.1); !errors.Is(err, ErrEmpty) {
				t.Errorf("no target: %v", err)
			}
			return
		}
		stands(t, g.draw)
	})
}
