package charts

import (
	"errors"
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"
)

// priya is one person's week.
func priya() Progress {
	return Progress{
		Eyebrow: "Week 46 · 9–15 Nov", Title: "Priya’s week",
		Alt: "Priya’s week: 31.4 km of 25, 3 h 45 of 4 h, 4 active days of 5.",
		Rings: []Ring{
			{SignDistance, "Distance", "31.4\u00a0km", "of 25\u00a0km", "126%", 31.4 / 25},
			{SignTime, "Active time", "3\u00a0h\u00a045", "of 4\u00a0h", "94%", 225.0 / 240},
			{SignDays, "Active days", "4 days", "of 5", "80%", 0.8},
		},
		Heading: "Last 8 weeks", Unit: "km",
		Weeks: []Bar{{18.2, "18"}, {22.5, "22"}, {12, "12"}, {26.1, "26"}, {24.8, "25"}, {0, "–"}, {28.3, "28"}, {31.4, "31"}},
		Figures: []Figure{
			{SignBest, "24:51", "5\u00a0km best"}, {SignFlame, "11", "Week streak"}, {SignTrend, "+11%", "vs last week"},
		},
	}
}

func progressSamples() []sample {
	dark, sub, one, two, rings, weeks, figures, wild, zero, round := priya(), priya(), priya(), priya(), priya(), priya(), priya(), priya(), priya(), priya()
	dark.Dark = true
	sub.Subtitle = "Best week since April"
	one.Rings, one.Figures = one.Rings[1:2], one.Figures[:1]
	two.Rings, two.Figures, two.Dark = two.Rings[:2], two.Figures[:2], true
	rings.Weeks, rings.Figures = nil, nil
	weeks.Rings, weeks.Figures, weeks.Dark = nil, nil, true
	figures.Rings, figures.Weeks = nil, nil
	wild.Title, wild.Subtitle = strings.Repeat("Priya’s week ", 9), strings.Repeat("and more ", 30)
	wild.Heading, wild.Unit = strings.Repeat("Last weeks ", 9), strings.Repeat("kilometres ", 9)
	wild.Rings, wild.Figures = slices.Clone(wild.Rings), slices.Clone(wild.Figures)
	for i := range wild.Rings {
		r := &wild.Rings[i]
		r.Label, r.Text, r.Goal, r.Percent = strings.Repeat("Distance ", 9), strings.Repeat("1,234 ", 9), strings.Repeat("of many ", 9), strings.Repeat("99%", 9)
		r.Share = []float64{math.Inf(1), 1e9, -3}[i]
		wild.Figures[i].Text, wild.Figures[i].Label = strings.Repeat("24:51 ", 9), strings.Repeat("5 km best ", 9)
	}
	wild.Weeks = nil
	for i := range 20 {
		wild.Weeks = append(wild.Weeks, Bar{hostileValues[i%len(hostileValues)], strings.Repeat("1,234 ", 1+i%3)})
	}
	zero.Rings, zero.Weeks = slices.Clone(zero.Rings), make([]Bar, 8)
	for i := range zero.Rings {
		zero.Rings[i].Share, zero.Rings[i].Text, zero.Rings[i].Percent = []float64{0, 0.01, math.NaN()}[i], "0", "0%"
	}
	round.Rings, round.Subtitle = slices.Clone(round.Rings), "Everything done"
	for i := range round.Rings {
		round.Rings[i].Share, round.Rings[i].Percent = []float64{2.4, 1, 0.97}[i], []string{"240%", "100%", "97%"}[i]
	}
	return []sample{
		{name: "progress", draw: priya().draw, golden: true},
		{name: "progress-dark", draw: dark.draw, golden: true},
		{name: "progress-sub", draw: sub.draw},
		{name: "progress-one", draw: one.draw},
		{name: "progress-two", draw: two.draw},
		{name: "progress-rings", draw: rings.draw},
		{name: "progress-weeks", draw: weeks.draw},
		{name: "progress-figures", draw: figures.draw},
		{name: "progress-wild", draw: wild.draw},
		{name: "progress-zero", draw: zero.draw},
		{name: "progress-round", draw: round.draw, golden: true},
	}
}

// at is the pixel of a ring at a turn, on its middle line.
func at(p Picture, ring Mark, turn float64) color.NRGBA {
	r := ring.Box.W/2 - ringWide/2
	q := onCircle(ring.Box.X+ring.Box.W/2, ring.Box.Y+ring.Box.H/2, r, turn)
	return color.NRGBA(p.Image.RGBAAt(int(q.x), int(q.y)))
}

func TestRingsTurnAsFarAsTheirShares(t *testing.T) {
	for _, share := range []float64{0.1, 0.25, 0.5, 0.62, 0.75, 0.88} {
		for _, dark := range []bool{false, true} {
			p := priya()
			p.Weeks, p.Figures, p.Dark = nil, nil, dark
			for i := range p.Rings {
				p.Rings[i].Share = share
			}
			pic := mustDraw(t, p.draw, 1)
			th := themeFor(dark)
			for i, m := range marks(pic, MarkRing) {
				col := th.sport([]Sport{Run, Ride, WalkHike}[i])
				track := th.pale(col, ringTrack)
				end := ringWide / 2 / (2 * math.Pi * (m.Box.W/2 - ringWide/2)) // of a round end
				for turn := 0.06 + end; turn < 1-end-0.01; turn += 0.005 {
					want := track
					if turn < share+end {
						want = col
					}
					if math.Abs(turn-share-end) < 0.006 {
						continue
					}
					if got := at(pic, m, turn); got != want {
						t.Fatalf("share %v, ring %d: at %.3f it is %v, want %v", share, i, turn, got, want)
					}
				}
			}
		}
	}
}

func TestSecondLapLiesOverTheFirst(t *testing.T) {
	p := priya()
	p.Weeks, p.Figures = nil, nil
	p.Rings[0].Share = 1.4
	pic := mustDraw(t, p.draw, 1)
	ring := marks(pic, MarkRing)[0]
	col := lightTheme().sport(Run)
	if got := at(pic, ring, 0.7); got != col {
		t.Errorf("the first lap is %v, want %v", got, col)
	}
	light := luminance(at(pic, ring, 0.4))
	if !(light > luminance(at(pic, ring, 0.2)) && luminance(at(pic, ring, 0.2)) > luminance(col)) {
		t.Error("the second lap does not grow lighter")
	}
	if shade := at(pic, ring, 0.4+0.025); luminance(shade) >= luminance(col) {
		t.Errorf("the head has no shade: %v", shade)
	}
}

func TestAlmostWholeRingLooksUnlikeAWholeOne(t *testing.T) {
	p := priya()
	p.Weeks, p.Figures = nil, nil
	for i := range p.Rings {
		p.Rings[i].Share = 0.97
	}
	almost := mustDraw(t, p.draw, 1)
	for i := range p.Rings {
		p.Rings[i].Share = 1
	}
	whole := mustDraw(t, p.draw, 1)
	for i, m := range marks(almost, MarkRing) {
		differs := 0
		for y := int(m.Box.Y); y < int(m.Box.Y+ringWide); y++ {
			for x := int(m.Box.X); x < int(m.Box.Right()); x++ {
				if distance(almost.Image.RGBAAt(x, y), whole.Image.RGBAAt(x, y)) > 24 {
					differs++
				}
			}
		}
		if differs < 200 {
			t.Errorf("ring %d: %d pixels differ", i, differs)
		}
	}
}

func TestWeeksAreAsHighAsTheirValues(t *testing.T) {
	p := priya()
	pic := mustDraw(t, p.draw, 0.2)
	bars := marks(pic, MarkBar)
	if len(bars) != 7 {
		t.Fatalf("%d bars for 7 active weeks", len(bars))
	}
	full := bars[6].Box
	for _, b := range bars {
		want := full.H * p.Weeks[b.Index].Value / p.Weeks[7].Value
		if math.Abs(b.Box.H-want) > 1 || b.Box.Bottom() != full.Bottom() {
			t.Errorf("week %d: %+v, want height %.1f", b.Index, b.Box, want)
		}
	}
	find(t, pic, "–")
}

func TestProgressKeepsTheLastTwelveWeeks(t *testing.T) {
	p := priya()
	for range 3 {
		p.Weeks = append(p.Weeks, p.Weeks[:8]...)
	}
	p.Weeks[len(p.Weeks)-1].Text = "now"
	pic := mustDraw(t, p.draw, 0.2)
	find(t, pic, "now")
	if bars := marks(pic, MarkBar); len(bars) > mostWeeks {
		t.Errorf("%d bars", len(bars))
	}
}

func TestProgressOfNothingIsAnError(t *testing.T) {
	if _, err := (Progress{Title: "A week"}).Draw(); !errors.Is(err, ErrEmpty) {
		t.Error(err)
	}
}

func FuzzProgressStandsAnything(f *testing.F) {
	for i, n := range hostileNames {
		f.Add(n, hostileValues[i%len(hostileValues)], hostileValues[(i*5+3)%len(hostileValues)], i, i*3, n)
	}
	f.Fuzz(func(t *testing.T, name string, v, w float64, parts, weeks int, text string) {
		p := Progress{Eyebrow: text, Title: name, Heading: name, Unit: text, Dark: parts%2 == 0}
		if weeks%2 == 0 {
			p.Subtitle = text
		}
		for i := range (parts%5 + 5) % 5 {
			p.Rings = append(p.Rings, Ring{Sign(text), name, text, name, text, v * float64(i)})
			p.Figures = append(p.Figures, Figure{SignStar, text, name})
		}
		for i := range 1 + (weeks%20+20)%20 {
			p.Weeks = append(p.Weeks, Bar{v / float64(i), text})
			v, w = w, v
		}
		stands(t, p.draw)
	})
}
