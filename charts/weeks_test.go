package charts

import (
	"math"
	"testing"
)

func weeks12() Weeks {
	w := Weeks{
		Eyebrow: "Morning Movers · last 12 weeks", Title: "Distance, week by week",
		Figure: "241", Unit: "km this week", Change: "24%", Trend: Up, Against: "vs 4-week average",
		Past: "week", Last: "this week", Mean: "4-week average", Best: "best of 12",
		Alt: "Distance, week by week: 241 km this week, the best of 12, 24 % over the average of 4 weeks.",
	}
	labels := []string{"24 Aug", "31 Aug", "7 Sep", "14 Sep", "21 Sep", "28 Sep", "5 Oct", "12 Oct", "19 Oct", "26 Oct", "2 Nov", "9 Nov"}
	for i, v := range []float64{142, 168, 155, 121, 88, 176, 190, 171, 204, 188, 215, 241} {
		w.Weeks = append(w.Weeks, WeekTotal{v, labels[i]})
	}
	return w
}

func weeksSamples() []sample {
	running, few, long, wild := weeks12(), weeks12(), weeks12(), weeks12()
	running.Dark, running.Running = true, true
	running.Weeks[11].Value, running.Weeks[6].Value = 74, 262
	running.Figure, running.Unit, running.Trend, running.Change, running.Against = "74", "km so far", NoTrend, "", ""
	running.Last, running.Best = "this week, until Wednesday", "best week: 262 km"
	few.Weeks = few.Weeks[9:]
	few.Change, few.Against, few.Subtitle = "", "", "The first three weeks of the group"
	long.Weeks = long.Weeks[4:]
	long.Weeks[7].Value, long.Trend, long.Change = 20, Down, "89%"
	long.Figure, long.Unit = "20", "km this week"
	wild.Figure, wild.Unit, wild.Against = "1,234,567", "kilometres of all kinds this week", "against the average of the four weeks before"
	wild.Past, wild.Mean = "one of the weeks before", "mean of the four weeks that end with it"
	for i := range wild.Weeks {
		wild.Weeks[i].Label = "14. septembra"
		wild.Weeks[i].Value *= 1e5
	}
	return []sample{
		{name: "weeks", draw: weeks12().draw, golden: true},
		{name: "weeks-running", draw: running.draw, golden: true},
		{name: "weeks-few", draw: few.draw},
		{name: "weeks-eight", draw: long.draw},
		{name: "weeks-wild", draw: wild.draw},
		{name: "graph", draw: graph30().draw, bare: true},
	}
}

func TestTrendIsAsHighAsTheirValues(t *testing.T) {
	w := weeks12()
	bars := marks(mustDraw(t, w.draw, 0.2), MarkBar)
	if len(bars) != 12 {
		t.Fatalf("%d bars", len(bars))
	}
	for i, b := range bars {
		want := bars[11].Box.H * w.Weeks[i].Value / w.Weeks[11].Value
		if b.Index != i || math.Abs(b.Box.H-want) > 1 || math.Abs(b.Box.Bottom()-bars[0].Box.Bottom()) > 0.01 {
			t.Errorf("bar %d: %+v, want %.1f", i, b, want)
		}
	}
}

// The line is drawn where the mean of four whole weeks is, and nowhere else.
func TestMeanIsOfFourWholeWeeks(t *testing.T) {
	for _, running := range []bool{false, true} {
		w := weeks12()
		w.Running = running
		p := mustDraw(t, w.draw, 0.2)
		bars := marks(p, MarkBar)
		perUnit := bars[11].Box.H / w.Weeks[11].Value
		var points []Stroke
		for _, s := range p.Strokes {
			if s.Width == 6 {
				points = append(points, s)
			}
		}
		last := 11
		if running {
			last = 10
		}
		if len(points) != last-3 {
			t.Fatalf("running %v: %d pieces", running, len(points))
		}
		for i, s := range points {
			week, mean := i+4, 0.0
			for _, v := range w.Weeks[week-3 : week+1] {
				mean += v.Value / 4
			}
			b := bars[week].Box
			if math.Abs(s.X1-(b.X+b.W/2)) > 1 || math.Abs(b.Bottom()-s.Y1-mean*perUnit) > 1 {
				t.Errorf("running %v: mean of week %d at %+v, want %.1f", running, week, s, mean)
			}
		}
	}
}

func TestFewWeeksHaveNoMean(t *testing.T) {
	w := weeks12()
	w.Weeks = w.Weeks[9:]
	if p := mustDraw(t, w.draw, 0.2); len(p.Strokes) != 0 {
		t.Errorf("%d pieces of a mean of three weeks", len(p.Strokes))
	}
}

func TestAxisOfWeeksBeginsAtZeroAndHoldsThePeak(t *testing.T) {
	for _, peak := range []float64{0, 0.3, 1, 3, 7, 19.9, 20, 51, 99, 241, 1000, 1e9, 1e12} {
		got := ticks(peak, 5)
		if got[0] != 0 || len(got) > 6 || got[len(got)-1] < peak*(1-1e-9) || peak > 0 && got[len(got)-1] > 2.6*peak {
			t.Errorf("peak %v: %v", peak, got)
		}
	}
}

func FuzzWeeksStandAnything(f *testing.F) {
	for i, n := range hostileNames {
		f.Add(n, hostileValues[i%len(hostileValues)], hostileValues[(i*5+3)%len(hostileValues)], i*3, n)
	}
	f.Fuzz(func(t *testing.T, label string, v, w float64, n int, text string) {
		c := Weeks{Eyebrow: text, Title: label, Subtitle: text, Figure: label, Unit: text, Change: text, Trend: Trend(n & 3), Against: label,
			Past: text, Last: label, Mean: text, Best: label, Running: n%2 == 0, Dark: n%3 == 0}
		for range 1 + (n%14+14)%14 {
			c.Weeks = append(c.Weeks, WeekTotal{v, text})
			v, w = w, v/2
		}
		stands(t, c.draw)
	})
}
