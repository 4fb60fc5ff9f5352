package charts

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// streak23 is half a year that ends on 15 November in a streak of 23 days.
func streak23() Streak {
	k := Streak{
		Eyebrow: "Łukasz · since June", Title: "23 days in a row", Subtitle: "Longest ever: 41 days — 134 of 168 days active",
		Weekdays: [7]string{"M", "T", "W", "T", "F", "S", "S"},
		Rest:     "rest", Most: "90\u00a0min\u00a0+", Today: "today", Pause: "pause",
		Alt: "Łukasz has been active on 23 days in a row; the longest streak was 41 days.",
	}
	lengths := []int{30, 31, 31, 30, 31, 30}
	names := []string{"June", "July", "August", "September", "October", "November"}
	column, ago := 0, 167
	for i, n := range lengths {
		m := Month{Name: names[i], Column: column, Length: n}
		begun := n
		if i == 5 {
			begun = 15
		}
		active := 0
		for d := range begun {
			v := []float64{0, 35, 62, 20, 45, 75, 95, 40, 0, 66, 31, 12, 88}[(d*7+i*5+d/3)%13]
			switch {
			case ago == 23:
				v = 0
			case ago < 23:
				v = max(v, 24)
			}
			day := Day{Minutes: v, Paused: i == 2 && d >= 4 && d < 12}
			if day.Paused {
				day.Minutes = 0
			}
			if day.Minutes > 0 {
				active++
			}
			m.Days = append(m.Days, day)
			ago--
		}
		m.Note = fmt.Sprintf("%d of %d days", active, begun)
		k.Months = append(k.Months, m)
		column = (column + n) % 7
	}
	return k
}

func streakSamples() []sample {
	dark, one, two, four, rest, few, wild, none := streak23(), streak23(), streak23(), streak23(), streak23(), streak23(), streak23(), streak23()
	dark.Dark = true
	one.Months, one.Subtitle = one.Months[5:], ""
	two.Months, two.Dark = two.Months[4:], true
	four.Months = four.Months[2:]
	days := rest.Months[5].Days
	days[14].Minutes, rest.Title = 0, "22 days in a row"
	few.Months = []Month{{Name: "November", Note: "2 of 15 days", Column: 6, Length: 30, Days: []Day{{}, {Minutes: 30}, {}, {Minutes: 45}}}}
	few.Number, few.Words, few.Title, few.Subtitle = "2", "active days in November", "A good start", ""
	wild.Title, wild.Subtitle = strings.Repeat("Many days in a row ", 4), strings.Repeat("and the longest ever ", 9)
	wild.Rest, wild.Most, wild.Today, wild.Pause = strings.Repeat("rest ", 9), strings.Repeat("90 min ", 9), strings.Repeat("today ", 9), strings.Repeat("pause ", 9)
	for i := range wild.Months {
		m := &wild.Months[i]
		m.Name, m.Note, m.Column = strings.Repeat(m.Name+" ", 3), strings.Repeat(m.Note+" ", 3), 6
		m.Days = slices.Clone(m.Days)
		for j := range m.Days {
			m.Days[j].Minutes = hostileValues[(i+j)%len(hostileValues)]
		}
	}
	wild.Weekdays = [7]string{"Mo", "", "دو", "Wednesday", "五", "Sa", "W"}
	for i := range none.Months {
		none.Months[i].Days, none.Months[i].Note = nil, ""
	}
	return []sample{
		{name: "streak", draw: streak23().draw, golden: true},
		{name: "streak-dark", draw: dark.draw, golden: true},
		{name: "streak-month", draw: one.draw},
		{name: "streak-two", draw: two.draw},
		{name: "streak-four", draw: four.draw},
		{name: "streak-rest", draw: rest.draw},
		{name: "streak-few", draw: few.draw, golden: true},
		{name: "streak-wild", draw: wild.draw},
		{name: "streak-none", draw: none.draw},
	}
}

func TestStreakCellsAreStrongerTheLongerTheDay(t *testing.T) {
	for minutes, want := range map[float64]int{
		0: 0, 0.5: 1, 29.9: 1, 30: 2, 59: 2, 60: 3, 89: 3, 90: 4, 1e300: 4, -5: 0, math.Inf(1): 0,
	} {
		if got := heatOf(Day{Minutes: minutes}); got != want {
			t.Errorf("%v minutes have step %d, want %d", minutes, got, want)
		}
	}
	for _, dark := range []bool{false, true} {
		k := streak23()
		k.Dark = dark
		p := mustDraw(t, k.draw, 1)
		heat := themeFor(dark).heat
		cells := marks(p, MarkCell)
		if len(cells) != 168 {
			t.Fatalf("%d cells for 168 days", len(cells))
		}
		for _, m := range cells {
			d := k.Months[m.Index/100].Days[m.Index%100]
			got := p.Image.RGBAAt(int(m.Box.X+m.Box.W/2), int(m.Box.Y+4))
			if want := heat[heatOf(d)]; got.R != want.R || got.G != want.G || got.B != want.B {
				t.Errorf("%v minutes are %v, want %v", d.Minutes, got, want)
			}
		}
	}
}

func TestStreakDaysStandUnderTheirWeekdays(t *testing.T) {
	k := streak23()
	k.Weekdays = [7]string{"Ma", "Tb", "Wc", "Td", "Fe", "Sf", "Sg"}
	k.Months = k.Months[1:2] // July began on a Wednesday
	p := mustDraw(t, k.draw, 0.2)
	line := -1.0
	for day, m := range marks(p, MarkCell) {
		at := k.Months[0].Column + day
		over := find(t, p, k.Weekdays[at%7]).Box
		if math.Abs(over.X+over.W/2-m.Box.X-m.Box.W/2) > 0.01 {
			t.Errorf("day %d stands at %.1f, its weekday at %.1f", day+1, m.Box.X, over.X)
		}
		if (m.Box.Y > line) != (day == 0 || at%7 == 0) {
			t.Errorf("day %d begins a line, or a Monday does not", day+1)
		}
		line = m.Box.Y
	}
}

func TestStreakFlameStandsOnTodayAlone(t *testing.T) {
	k := streak23()
	with := mustDraw(t, k.draw, 1)
	cells := marks(with, MarkCell)
	th := lightTheme()
	for i, m := range cells {
		d := k.Months[m.Index/100].Days[m.Index%100]
		if d.Paused {
			continue
		}
		want := th.heat[heatOf(d)]
		plain := true
		for x := range int(m.Box.W) - 8 {
			for y := range int(m.Box.H) - 8 {
				got := with.Image.RGBAAt(int(m.Box.X)+4+x, int(m.Box.Y)+4+y)
				plain = plain && got.R == want.R && got.G == want.G && got.B == want.B
			}
		}
		if plain == (i == len(cells)-1) {
			t.Errorf("cell %d is plain: %v", i, plain)
		}
	}
}

func TestStreakPauseIsExplainedOnlyWhereThereIsOne(t *testing.T) {
	k := streak23()
	find(t, mustDraw(t, k.draw, 0.2), "pause")
	k.Months = k.Months[3:]
	for _, text := range mustDraw(t, k.draw, 0.2).Texts {
		if text.S == "pause" {
			t.Error("a pause is explained that is not there")
		}
	}
}

func TestStreakOfFewDaysIsANumber(t *testing.T) {
	k := streak23()
	k.Number, k.Words = "2", "active days"
	if n := len(marks(mustDraw(t, k.draw, 0.2), MarkCell)); n == 0 {
		t.Error("many active days are a number")
	}
	k.Months = []Month{{Length: 30, Days: []Day{{Minutes: 40}, {Minutes: 40}}}}
	p := mustDraw(t, k.draw, 0.2)
	find(t, p, "2")
	if n := len(marks(p, MarkCell)); n != 0 {
		t.Errorf("%d cells", n)
	}
	if _, err := (Streak{}).Draw(); !errors.Is(err, ErrEmpty) {
		t.Errorf("nothing: %v", err)
	}
}

func FuzzStreakStandsAnything(f *testing.F) {
	for i, n := range hostileNames {
		f.Add(n, hostileValues[i%len(hostileValues)], i, i*7-20, i*13-30, n)
	}
	f.Fuzz(func(t *testing.T, name string, v float64, months, column, length int, text string) {
		k := Streak{
			Eyebrow: text, Title: name, Subtitle: text, Rest: text, Most: name, Today: text, Pause: name, Dark: months%2 == 0,
			Weekdays: [7]string{name, text, "M", name, text, "日", ""},
		}
		if length%3 == 0 {
			k.Number, k.Words = text, name
		}
		for i := range 1 + (months%9+9)%9 {
			m := Month{Name: name, Note: text, Column: column + i, Length: length + i}
			for j := range (length%40 + 40) % 40 {
				m.Days = append(m.Days, Day{Minutes: v * float64(j), Paused: j%5 == 0})
			}
			k.Months = append(k.Months, m)
		}
		stands(t, k.draw)
	})
}
