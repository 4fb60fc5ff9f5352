package charts

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// club60 is a club of 60 of whom five rested.
func club60() Club {
	l := Club{
		Eyebrow: "Harbour Runners · Week 46", Title: "Top 10 this week",
		Subtitle: "Running distance — 1,308\u00a0km by 55 of 60 members",
		Unit:     "km", Heading: "Everyone", Note: "one bar per member",
		Median: "median 13.7\u00a0km", First: "1st", More: "+50 more", Rested: "5 rested",
		Alt: "Top 10 by running distance: 1 Sanne de Vries 78.4 km, 2 Jokūbas Petrauskas 73.6 km, 3 Chloé Dubois 69.1 km.",
	}
	names := []string{
		"Sanne de Vries", "Jokūbas Petrauskas", "Chloé Dubois", "Nguyễn Minh Anh", "Mats Lindström", "Oksana Коваль",
		"Rui Gonçalves", "Dr. Hannah O’Sullivan 🚴‍♀️", "Ελένη Παπαδοπούλου", "Deniz Yılmaz",
	}
	l.Everyone = spread(60, 5)
	for i, n := range names {
		l.Rows = append(l.Rows, Row{ID: n, Name: n, Rank: i + 1, Value: l.Everyone[i], Text: fmt.Sprintf("%.1f", l.Everyone[i])})
	}
	return l
}

// spread is the week of n members of whom the last ones rested.
func spread(n, rested int) []float64 {
	out := make([]float64, n)
	for i := range n - rested {
		x := float64(i) / float64(n)
		out[i] = 78.4*math.Exp(-3.4*x) + 1.2*(1-x)
	}
	return out
}

// clubOf is a club of n members, its first ten with rows.
func clubOf(n, rested int) Club {
	l := club60()
	l.Everyone = spread(n, rested)
	l.Rows = l.Rows[:min(n, 10)]
	for i := range l.Rows {
		l.Rows[i].Value, l.Rows[i].Text = l.Everyone[i], fmt.Sprintf("%.1f", l.Everyone[i])
	}
	l.Subtitle = fmt.Sprintf("Running distance of %d members", n)
	l.Rested, l.More = fmt.Sprintf("%d rested", rested), fmt.Sprintf("+%d more", n-len(l.Rows))
	return l
}

func clubSamples() []sample {
	dark, nine, thousand, wild, even, five, bare := club60(), clubOf(9, 0), clubOf(1000, 412), clubOf(200, 3), clubOf(40, 0), clubOf(30, 12), clubOf(12, 2)
	dark.Dark = true
	thousand.Note = "from most to least"
	for i, r := range wildRows() {
		r.Value = wild.Rows[i].Value
		wild.Rows[i] = r
	}
	wild.Unit, wild.Sport = "", Ride
	wild.Title = "A title that is far too long to stand on a single line of a card"
	wild.Heading, wild.Note = strings.Repeat("Everyone and ", 5), strings.Repeat("one bar ", 8)
	wild.Median, wild.First, wild.More, wild.Rested = strings.Repeat("median ", 20), strings.Repeat("first ", 9), strings.Repeat("more ", 9), strings.Repeat("rest ", 9)
	for i := range even.Everyone {
		even.Everyone[i] = 10
		if i < 10 {
			even.Rows[i].Value, even.Rows[i].Rank, even.Rows[i].Text = 10, 1, "10.0"
		}
	}
	five.Rows, five.Dark, five.More, five.Subtitle = five.Rows[:5], true, "+25 more", ""
	bare.Rows, bare.Everyone, bare.Unit = bare.Rows[:1], nil, ""
	return []sample{
		{name: "club", draw: club60().draw, golden: true},
		{name: "club-dark", draw: dark.draw, golden: true},
		{name: "club-nine", draw: nine.draw},
		{name: "club-thousand", draw: thousand.draw, golden: true},
		{name: "club-wild", draw: wild.draw},
		{name: "club-even", draw: even.draw},
		{name: "club-five", draw: five.draw},
		{name: "club-alone", draw: bare.draw},
	}
}

func TestClubBarsAreAsLongAsTheirValues(t *testing.T) {
	for _, l := range []Club{club60(), clubOf(9, 0), clubOf(1000, 412), clubOf(40, 0)} {
		p := mustDraw(t, l.draw, 0.2)
		rows := marks(p, MarkBar)
		for i, m := range rows {
			want := rows[0].Box.W * l.Rows[i].Value / l.Rows[0].Value
			if m.Box.X != rows[0].Box.X || math.Abs(m.Box.W-want) > 1 {
				t.Errorf("row %d: %+v, want width %.1f", i, m.Box, want)
			}
		}
		thin := marks(p, MarkMember)
		_, active := ordered(l.Everyone)
		if len(rows) != len(l.Rows) || len(thin) != active {
			t.Fatalf("%d rows and %d thin bars for %d rows and %d active", len(rows), len(thin), len(l.Rows), active)
		}
		for i, m := range thin {
			want := max(stripLeast, thin[0].Box.H*l.Everyone[i]/l.Everyone[0])
			if m.Box.Bottom() != thin[0].Box.Bottom() || math.Abs(m.Box.H-want) > 1 {
				t.Errorf("member %d: %+v, want height %.1f", i, m.Box, want)
			}
			if i > 0 && m.Box.X < thin[i-1].Box.Right()-1e-6 {
				t.Errorf("member %d stands on the one before", i)
			}
		}
	}
}

func TestClubOrdersEveryoneItself(t *testing.T) {
	l := club60()
	want := mustDraw(t, l.draw, 0.2)
	for i := range l.Everyone {
		j := (i * 37) % len(l.Everyone)
		l.Everyone[i], l.Everyone[j] = l.Everyone[j], l.Everyone[i]
	}
	got := mustDraw(t, l.draw, 0.2)
	if fmt.Sprint(got.Marks) != fmt.Sprint(want.Marks) {
		t.Error("the order of values is seen")
	}
}

func TestClubMedianStandsOverTheMiddleOfTheActive(t *testing.T) {
	p := mustDraw(t, club60().draw, 0.2)
	thin := marks(p, MarkMember)
	label := find(t, p, "median 13.7\u00a0km")
	middle := thin[27].Box // of 55
	if x := label.Box.X + label.Box.W/2; math.Abs(x-middle.X-middle.W/2) > 1 {
		t.Errorf("label stands over %.1f, the middle at %.1f", x, middle.X+middle.W/2)
	}
	if label.Box.Bottom() > middle.Y {
		t.Error("the label lies in the bars")
	}
}

func TestClubCountsThoseWhoRestedAndNamesNone(t *testing.T) {
	l := club60()
	p := mustDraw(t, l.draw, 0.2)
	find(t, p, "5 rested")
	find(t, p, "+50 more")
	l.Everyone = l.Everyone[:55]
	for _, text := range mustDraw(t, l.draw, 0.2).Texts {
		if text.S == "5 rested" {
			t.Error("nobody rested, yet it is said")
		}
	}
}

func TestClubOfAllRestedStillStands(t *testing.T) {
	l := club60()
	l.Everyone = make([]float64, 300)
	l.Everyone[3], l.Everyone[4], l.Everyone[5] = math.NaN(), math.Inf(1), -4
	p := mustDraw(t, l.draw, 0.2)
	if n := len(marks(p, MarkMember)); n != 0 {
		t.Errorf("%d bars", n)
	}
	for _, f := range faults(p) {
		t.Error(f)
	}
}

func FuzzClubStandsAnything(f *testing.F) {
	for i, n := range hostileNames {
		f.Add(n, hostileValues[i%len(hostileValues)], hostileValues[(i*5+3)%len(hostileValues)], i, i*53, n)
	}
	f.Fuzz(func(t *testing.T, name string, v, w float64, rows, members int, text string) {
		l := Club{
			Eyebrow: text, Title: name, Subtitle: text, Unit: text, Sport: Sport(text), Dark: rows%2 == 0,
			Heading: name, Note: text, Median: text, First: name, More: text, Rested: text,
		}
		for i := range 1 + (rows%12+12)%12 {
			l.Rows = append(l.Rows, Row{Name: name, Rank: rows + i, Value: v, Text: text})
			v, w = w, v/2
		}
		for i := range (members%1001 + 1001) % 1001 {
			l.Everyone = append(l.Everyone, v/float64(i+1))
			if i%7 == 0 {
				v, w = w, v
			}
		}
		stands(t, l.draw)
	})
}
