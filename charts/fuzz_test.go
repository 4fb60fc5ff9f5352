package charts

import (
	"math"
	"strings"
	"testing"
)

var hostileNames = []string{
	strings.Repeat("Wm ", 60), strings.Repeat("أحمد ", 60), strings.Repeat("W", 5000), "", " ", "Maria José", "🏃‍♀️🇪🇸👨‍👩‍👧‍👦", "\u202eright to left\u202c", "Z̴̢̛̗a̷̧̛̙l̶̡̺̓", "أحمد ali ١٢٣ דוד",
	"क्षत्रिय", "ก็ กำลัง", "王小明", "\u0301\u0301", "\u200d\u200d", "\u094d", "\xff\xfe\x00", "﷽", "W W W W W W W W W W W W W W W W W W",
	strings.Repeat("👨‍👩‍👧‍👦", 40), strings.Repeat("\u200d👩", 80), strings.Repeat("🇪", 61), strings.Repeat("🏿", 9), "#\ufe0f\u20e3*\u20e3\u20e3", "👍\ufe0e🏽\ufe0f",
	"🏴" + strings.Repeat("\U000e0067", 30), "သင်္ဘော ក្រុង\u17d2", "\u17d2\u1039\u0dca\u200d", "ᄀ\u1161\u11a8 \u3164",
	"ﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺ", "…", "\u00a0\u00a0", "ا\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653",
}

var hostileValues = []float64{
	0, 1, -1, 0.1, 1e-300, 5e-324, 1e9, 1e300, math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN(),
}

func FuzzLeaderboardStandsAnything(f *testing.F) {
	for i, n := range hostileNames {
		v := hostileValues[i%len(hostileValues)]
		f.Add(n, v, hostileValues[(i*5+3)%len(hostileValues)], i, i*7-20, n)
	}
	f.Fuzz(func(t *testing.T, name string, v, w float64, rows, rank int, text string) {
		l := Leaderboard{Eyebrow: text, Title: name, Subtitle: text, More: text, Dark: rank%2 == 0}
		for i := range 1 + (rows%12+12)%12 {
			l.Rows = append(l.Rows, Row{
				Name: name, Rank: rank + i, Value: v, Text: text, Change: text, Trend: Trend(i % 5),
				Parts: []Part{{Run, w}, {Ride, v}, {"curling", w}, {Run, 1}},
			})
			v, w = w, v/2
		}
		l.Legend = []Legend{{Run, name, text}, {"curling", text, name}, {}}
		stands(t, l.draw)
	})
}

func FuzzDailyStandsAnything(f *testing.F) {
	for i, n := range hostileNames {
		v := hostileValues[i%len(hostileValues)]
		f.Add(n, v, hostileValues[(i*5+3)%len(hostileValues)], i, n)
	}
	f.Fuzz(func(t *testing.T, label string, v, w float64, columns int, text string) {
		d := Daily{Eyebrow: text, Title: label, Subtitle: text, Unit: text, Dark: columns%2 == 0}
		for i := range 1 + (columns%7+7)%7 {
			d.Columns = append(d.Columns, Column{Label: label, Date: text, Text: text, Rest: label, Parts: []Part{{Swim, v}, {Ride, w}, {Swim, v}}})
			if i%2 == 0 {
				v, w = w, v/2
			}
		}
		d.Legend = []Legend{{Run, label, text}, {"curling", text, label}, {}}
		stands(t, d.draw)
	})
}

// stands fails unless the picture is drawn without a fault.
func stands(t *testing.T, draw func(float64) (Picture, error)) {
	t.Helper()
	p := mustDraw(t, draw, 0.1)
	for _, fault := range faults(p) {
		t.Error(fault)
	}
	for _, m := range p.Marks {
		b := m.Box
		if !(b.W > 0 && b.H > 0 && b.X >= edge && b.Right() <= width-edge+1 && b.Y > 0) {
			t.Errorf("mark %+v", m)
		}
	}
}
