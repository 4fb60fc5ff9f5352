package charts

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
)

// marks are the marks of one kind.
func marks(p Picture, kind MarkKind) []Mark {
	return slices.DeleteFunc(slices.Clone(p.Marks), func(m Mark) bool { return m.Kind != kind })
}

// find returns the text that was drawn, and fails where there is none.
func find(t *testing.T, p Picture, s string) Text {
	t.Helper()
	for _, text := range p.Texts {
		if text.S == s {
			return text
		}
	}
	t.Fatalf("%q is not on the picture", s)
	return Text{}
}

func TestBarsAreAsLongAsTheirValues(t *testing.T) {
	for _, l := range []Leaderboard{board8(), board10()} {
		bars := marks(mustDraw(t, l.draw, 0.2), MarkBar)
		if len(bars) != len(l.Rows) {
			t.Fatalf("%d bars for %d rows", len(bars), len(l.Rows))
		}
		for i, b := range bars {
			want := bars[0].Box.W * l.Rows[i].Value / l.Rows[0].Value
			if b.Index != i || b.Box.X != bars[0].Box.X || math.Abs(b.Box.W-want) > 1 {
				t.Errorf("bar %d: %+v, want width %.1f", i, b, want)
			}
		}
	}
}

func TestPartsFillTheirBarInProportion(t *testing.T) {
	l := board8()
	p := mustDraw(t, l.draw, 0.2)
	for i, r := range l.Rows {
		bar := marks(p, MarkBar)[i].Box
		at := bar.X
		for _, m := range marks(p, MarkPart) {
			if m.Index != i {
				continue
			}
			share := 0.0
			for _, part := range r.Parts {
				if part.Sport == m.Sport {
					share = part.Value / r.Value
				}
			}
			if math.Abs(m.Box.X-at) > 0.01 || math.Abs(m.Box.W-bar.W*share) > partGap+0.01 {
				t.Errorf("row %d %s: %+v, want share %.2f from %.1f", i, m.Sport, m.Box, share, at)
			}
			at += bar.W * share
		}
		if math.Abs(at-bar.Right()) > 0.01 {
			t.Errorf("row %d: parts end at %.1f, bar at %.1f", i, at, bar.Right())
		}
	}
}

func TestSmallPartsStaySeen(t *testing.T) {
	lengths := divide(560, []Part{{Run, 1e6}, {Ride, 1}, {Swim, 1}})
	sum := 0.0
	for _, n := range lengths {
		sum += n
		if n < partLeast {
			t.Errorf("a part is %.2f long", n)
		}
	}
	if math.Abs(sum-560) > 1e-6 {
		t.Errorf("parts are %.3f long together", sum)
	}
}

func TestRowsShowNameValueAndChangeOnTwoLines(t *testing.T) {
	p := mustDraw(t, board8().draw, 0.2)
	name, value := find(t, p, "Łukasz Żółkiewski"), find(t, p, "6\u00a0h\u00a000")
	if name.Box.Bottom() != value.Box.Bottom() {
		t.Errorf("name stands on %v, value on %v", name.Box.Bottom(), value.Box.Bottom())
	}
	change, bar := find(t, p, "6%"), marks(p, MarkBar)[1].Box
	if mid := change.Box.Y + change.Box.H/2; math.Abs(mid-bar.Y-bar.H/2) > 0.01 {
		t.Errorf("change is centred on %v, bar on %v", mid, bar.Y+bar.H/2)
	}
	if name.Box.Y > change.Box.Y || value.Box.Right() != change.Box.Right() {
		t.Errorf("name %+v, value %+v, change %+v", name.Box, value.Box, change.Box)
	}
}

func TestWhoDidNothingHasNoBar(t *testing.T) {
	l := board8()
	l.Rows[7].Value, l.Rows[7].Parts = 0, nil
	if n := len(marks(mustDraw(t, l.draw, 0.2), MarkBar)); n != 7 {
		t.Errorf("%d bars", n)
	}
}

func TestBadValuesCountAsNothing(t *testing.T) {
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), -3, 0} {
		if got := amount(v); got != 0 {
			t.Errorf("%v counts as %v", v, got)
		}
	}
	if got := total(merge([]Part{{Run, math.MaxFloat64}, {Ride, math.MaxFloat64}})); math.IsInf(got, 0) {
		t.Error("huge values add up to infinity")
	}
}

func TestRowsAfterTheTenthAreLeftToMore(t *testing.T) {
	l := board10()
	l.Rows = append(l.Rows, Row{ID: "11", Name: "Eleventh", Value: 1, Rank: 11})
	p := mustDraw(t, l.draw, 0.2)
	find(t, p, "+50 more")
	for _, text := range p.Texts {
		if text.S == "Eleventh" {
			t.Error("the eleventh row is drawn")
		}
	}
}

func TestNamesThatAreCutAlikeAreTold(t *testing.T) {
	l := board10()
	l.Rows[0].Name = "Maximiliano-Fernando Rodriguez"
	l.Rows[1].Name = "Maximiliano-Fernando Gutierrez"
	l.Rows[0].Text, l.Rows[1].Text = "1,234.5 kilometres", "1,134.5 kilometres"
	p := mustDraw(t, l.draw, 0.2)
	var names []string
	for _, text := range p.Texts {
		if strings.HasPrefix(text.S, "Maxim") {
			names = append(names, text.S)
		}
	}
	if len(names) != 2 || names[0] == names[1] {
		t.Errorf("names are %q", names)
	}
}

func TestColumnsAreAsHighAsTheirHours(t *testing.T) {
	d := daily7()
	p := mustDraw(t, d.draw, 0.2)
	lines := marks(p, MarkLine)
	label := find(t, p, "4\u00a0h")
	mid := label.Box.Y + label.Box.H/2
	bars := marks(p, MarkBar)
	base := bars[0].Box.Bottom()
	hour := (base - mid) / 4
	if last := lines[len(lines)-1].Box; math.Abs(base-last.Y-6*hour) > 2 {
		t.Errorf("highest line is %.1f over the base, want %.1f", base-last.Y, 6*hour)
	}
	if len(bars) != 6 {
		t.Fatalf("%d bars for 6 days", len(bars))
	}
	for _, b := range bars {
		want := hour * total(d.Columns[b.Index].Parts) / 3600
		if math.Abs(b.Box.H-want) > 1 || b.Box.Bottom() != base {
			t.Errorf("bar %d is %.1f high, want %.1f", b.Index, b.Box.H, want)
		}
	}
}

func TestSportsAreStackedInOneOrderEveryDay(t *testing.T) {
	d := daily7()
	slices.Reverse(d.Columns[5].Parts)
	if got, want := mustDraw(t, d.draw, 0.2).Marks, mustDraw(t, daily7().draw, 0.2).Marks; !slices.Equal(got, want) {
		t.Errorf("marks %v, want %v", got, want)
	}
}

func TestRestIsSaidAndDaysToComeAreNot(t *testing.T) {
	d := daily7()
	d.Columns[6] = Column{Label: "Sun", Date: "15"}
	p := mustDraw(t, d.draw, 0.2)
	rests := 0
	for _, text := range p.Texts {
		if text.S == "rest" {
			rests++
		}
	}
	if rests != 1 {
		t.Errorf("rest is written %d times", rests)
	}
}

func TestWideWordForRestIsWrittenOnceOverNeighbours(t *testing.T) {
	d := daily7()
	for i := range d.Columns {
		d.Columns[i].Rest = "descansando"
	}
	d.Columns[2].Parts = nil // beside Thursday
	p := mustDraw(t, d.draw, 0.2)
	word, wed, thu := find(t, p, "descansando"), find(t, p, "Wed"), find(t, p, "Thu")
	if mid := word.Box.X + word.Box.W/2; mid < wed.Box.Right() || mid > thu.Box.X {
		t.Errorf("word stands over %.0f, days at %.0f and %.0f", mid, wed.Box.X, thu.Box.X)
	}
	for _, f := range faults(p) {
		t.Error(f)
	}
}

func TestAxisHasFewRoundLabels(t *testing.T) {
	for _, c := range []struct{ peak, step, top float64 }{
		{0, 1, 1}, {0.4, 1, 1}, {1, 1, 1}, {1.2, 1, 1.5}, {1.6, 1, 2}, {2.1, 2, 3}, {5.6, 2, 6}, {6, 2, 6},
		{9, 2, 10}, {11, 4, 12}, {21, 10, 25}, {55, 20, 60}, {900, 200, 1000}, {20000, 6400, 25600},
	} {
		if a := newAxis(c.peak, "h"); a.step != c.step || a.top != c.top || a.labels() > 5 {
			t.Errorf("%v hours: %+v", c.peak, a)
		}
	}
}

func TestNothingToDrawIsAnError(t *testing.T) {
	if _, err := (Leaderboard{}).Draw(); !errors.Is(err, ErrEmpty) {
		t.Errorf("leaderboard: %v", err)
	}
	if _, err := (Daily{}).Draw(); !errors.Is(err, ErrEmpty) {
		t.Errorf("daily: %v", err)
	}
	if _, err := (Daily{Columns: make([]Column, 8)}).Draw(); err == nil {
		t.Error("eight columns are drawn")
	}
}
