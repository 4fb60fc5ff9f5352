package locale

import (
	"math"
	"strings"
	"testing"
	"time"

	"clubrun/store"
)

func TestEveryFileIsRead(t *testing.T) {
	for _, lang := range languages {
		text, err := files.ReadFile("words/" + lang + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parse(string(text)); err != nil {
			t.Errorf("%s: %v", lang, err)
		}
	}
	entries, _ := files.ReadDir("words")
	if len(entries) != len(languages) {
		t.Errorf("%d files, %d languages", len(entries), len(languages))
	}
}

func TestEveryLanguageHasCalendarAndNumbers(t *testing.T) {
	for _, lang := range languages {
		w := catalogue()[lang]
		for key := range catalogue()[english] {
			for _, part := range []string{"weekday.", "month.", "date.", "number.", "duration.", "clock."} {
				if strings.HasPrefix(key, part) && !strings.HasPrefix(key, "clock.am") && !strings.HasPrefix(key, "clock.pm") && !w.has(key) {
					t.Errorf("%s lacks %s", lang, key)
				}
			}
		}
		for key, n := range map[string]int{"weekday.short": 7, "month.long": 12, "month.short": 12} {
			if got := len(strings.Fields(w[key])); got != n {
				t.Errorf("%s: %s has %d words, want %d", lang, key, got, n)
			}
		}
	}
}

// Placeholders that a translation uses must be the ones that English has.
func TestTranslationsUseEnglishPlaceholders(t *testing.T) {
	names := func(text string) map[string]bool {
		all := map[string]bool{}
		fill(text, func(name string) (string, bool) { all[name] = true; return "", true })
		return all
	}
	base := catalogue()[english]
	for _, lang := range languages[1:] {
		for key, text := range catalogue()[lang] {
			plain, _, _ := strings.Cut(key, "[")
			original, ok := base[key]
			if !ok {
				original, ok = base[plain+"[other]"]
			}
			if !ok {
				original, ok = base[plain]
			}
			if !ok {
				t.Errorf("%s: %s is not in English", lang, key)
			}
			for name := range names(text) {
				if !names(original)[name] {
					t.Errorf("%s: %s uses {%s}, English does not", lang, key, name)
				}
			}
		}
	}
}

func TestForPicksTheLanguage(t *testing.T) {
	for tag, want := range map[string]string{"de-AT": "de", "PT_br": "pt", "": "en", "xx": "en", "nl": "nl"} {
		if got := For(tag, store.Kilometres).Language(); got != want {
			t.Errorf("For(%q) is %s, want %s", tag, got, want)
		}
	}
}

func TestSayFallsBackToEnglishThenToTheKey(t *testing.T) {
	l := &Locale{lang: "de", words: words{"a": "{x} und {y}"}, base: words{"b[one]": "{n} day", "b[other]": "{n} days"}}
	for want, got := range map[string]string{
		"1 und {x}": l.Say("a", "x", 1, "y", "{x}"),
		"3 days":    l.Say("b", "n", 3),
		"1 day":     l.Say("b", "n", 1),
		"no.such":   l.Say("no.such", "n", 1),
		"1 und {y}": l.Say("a", "x", 1),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestPluralForms(t *testing.T) {
	for _, c := range []struct {
		lang string
		n    any
		want string
	}{
		{"en", 1, "one"}, {"en", 0, "other"}, {"fr", 0, "one"}, {"fr", 1.5, "one"}, {"fr", 2, "other"},
		{"pt", 0, "one"}, {"es", 1000000, "many"}, {"de", 1.5, "other"}, {"it", int64(1), "one"}, {"en", "x", "other"},
	} {
		if got := plural(c.lang, c.n); got != c.want {
			t.Errorf("plural(%s, %v) is %s, want %s", c.lang, c.n, got, c.want)
		}
	}
}

func TestFigures(t *testing.T) {
	en, mi, de := For("en", store.Kilometres), For("en", store.Miles), For("de", store.Kilometres)
	fr, es := For("fr", store.Kilometres), For("es", store.Kilometres)
	for _, c := range []struct{ got, want string }{
		{en.Number(1234.56, 1), "1,234.6"}, {de.Number(1234.56, 1), "1.234,6"}, {fr.Number(1234, 0), "1\u202f234"},
		{es.Number(1234, 0), "1234"}, {es.Number(12345, 0), "12.345"}, {en.Number(-0.04, 1), "0.0"},
		{en.Number(math.NaN(), 1), "–"}, {en.Number(math.Inf(-1), 0), "–"}, {en.Number(-12, 0), "−12"},
		{en.Distance(5230, store.Run), "5.2 km"}, {en.Distance(18000, store.Run), "18 km"}, {en.Distance(99960, store.Ride), "100 km"},
		{en.Distance(142400, store.Run), "142 km"}, {en.Distance(1184000, store.Run), "1,184 km"}, {en.Distance(0, store.Run), "0 km"},
		{en.Distance(1900, store.Swim), "1,900 m"}, {en.Distance(5200, store.Swim), "5.2 km"}, {de.Distance(5230, store.Run), "5,2 km"},
		{mi.Distance(16093.44, store.Run), "10 mi"}, {mi.Distance(914.4, store.Swim), "1,000 yd"},
		{en.Climb(1243), "1,240 m"}, {en.Climb(186), "186 m"}, {mi.Climb(304.8), "1,000 ft"},
		{en.Percent(0.12), "+12 %"}, {en.Percent(-0.08), "−8 %"}, {en.Percent(0.001), "0 %"},
		{en.Duration(29*time.Hour + 40*time.Minute), "29 h 40"}, {en.Duration(45 * time.Minute), "45 min"},
		{en.Duration(59*time.Minute + 40*time.Second), "1 h 00"}, {en.Duration(612*time.Hour + time.Minute), "612 h"}, {en.Duration(-time.Hour), "0 min"},
		{en.Clock(98*time.Minute + 12*time.Second), "1:38:12"}, {en.Clock(58*time.Minute + 21*time.Second), "58:21"},
		{en.Pace(10000, 49*time.Minute+40*time.Second, store.Run), "4:58 /km"},
		{en.Pace(1000, 7*time.Minute+59*time.Second+600*time.Millisecond, store.Run), "8:00 /km"},
		{en.Pace(1000, 18*time.Minute+40*time.Second, store.Swim), "1:52 /100 m"},
		{en.Pace(27400, time.Hour, store.Ride), "27.4 km/h"}, {mi.Pace(16093.44, time.Hour, store.Ride), "10.0 mph"},
		{en.Pace(0, time.Hour, store.Run), ""}, {en.Pace(math.NaN(), time.Hour, store.Run), ""}, {en.Pace(5, time.Hour, store.Yoga), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestDates(t *testing.T) {
	en, de := For("en", store.Kilometres), For("de", store.Kilometres)
	week := store.WeekOf(store.Date(2026, 9, 9), time.Monday)
	across := store.WeekOf(store.Date(2026, 9, 1), time.Monday)
	for _, c := range []struct{ got, want string }{
		{en.Span(week), "Mon 7 – Sun 13 Sep"}, {en.Range(week), "7–13 Sep"}, {de.Span(week), "Mo 7. – So 13. Sept."},
		{en.Span(across), "Mon 31 Aug – Sun 6 Sep"}, {en.Range(across), "31 Aug – 6 Sep"},
		{en.Span(store.MonthOf(week.Start)), "September 2026"}, {en.Span(store.YearOf(week.Start)), "2026"},
		{en.Day(week.Last()), "13 Sep"}, {en.NamedDay(week.Last()), "Sun 13 Sep"}, {en.Weekday(time.Sunday), "Sunday"},
		{de.Month(time.March), "März"}, {en.Range(store.Span{Start: week.Start, End: week.Start + 1}), "7 Sep"},
		{en.Time(time.Date(2026, 9, 13, 18, 0, 0, 0, time.UTC)), "18:00"}, {en.Weekday(-1), "Saturday"}, {en.Month(0), "December"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestParseWeekday(t *testing.T) {
	for _, c := range []struct {
		typed, lang string
		want        time.Weekday
	}{
		{"Sunday", "en", 0}, {"SUN.", "en", 0}, {"so", "de", 0}, {"domingo", "en", 0}, {"dimanche", "pt", 0}, {"zo", "en", 0},
		{"do", "de", 4}, {"do", "pt", 0}, {"do", "nl", 4}, {"do", "en", 4}, {"ma", "nl", 1}, {"ma", "fr", 2}, {"segunda-feira", "pt", 1},
		{"Segunda", "en", 1}, {"sábado", "de", 6}, {"sabado", "de", 6}, {"miércoles", "es", 3}, {"Donnerst", "de", 4}, {"wednes", "de", 3},
		{"Sonnabend", "de", 6}, {"lunedì", "it", 1}, {"vr", "nl", 5}, {"mar", "en", 2},
	} {
		if got, ok := ParseWeekday(c.typed, c.lang); !ok || got != c.want {
			t.Errorf("ParseWeekday(%q, %s) is %v %v, want %v", c.typed, c.lang, got, ok, c.want)
		}
	}
	for _, bad := range []string{"", "18:00", "s", "funday", "off", strings.Repeat("sun", 99)} {
		if day, ok := ParseWeekday(bad, "en"); ok {
			t.Errorf("%q is %v", bad, day)
		}
	}
}

func TestParseClock(t *testing.T) {
	for typed, want := range map[string][2]int{
		"18:00": {18, 0}, "18.00": {18, 0}, "18h": {18, 0}, "18h30": {18, 30}, "18 uhr": {18, 0}, "18 Uhr 30": {18, 30}, "6pm": {18, 0},
		"6 pm": {18, 0}, "6:30 p.m.": {18, 30}, "6.30pm": {18, 30}, "1800": {18, 0}, "0730": {7, 30}, "noon": {12, 0}, "às 18h": {18, 0},
		"um 18 Uhr": {18, 0}, "a las 18": {18, 0}, "at 7am": {7, 0}, "12am": {0, 0}, "12 pm": {12, 0}, "mezzanotte": {0, 0}, "18u30": {18, 30},
		"18": {18, 0}, "alle 18": {18, 0}, "7 o'clock": {7, 0}, "meio-dia": {12, 0}, "à 18 heures": {18, 0},
	} {
		if h, m, ok := ParseClock(typed); !ok || h != want[0] || m != want[1] {
			t.Errorf("ParseClock(%q) is %d:%02d %v, want %v", typed, h, m, ok, want)
		}
	}
	for _, bad := range []string{"", "25:00", "18:60", "sun", "13pm", "0am", "18000", "18:0", "6xm", "-1", "18:00:00x"} {
		if h, m, ok := ParseClock(bad); ok {
			t.Errorf("%q is %d:%02d", bad, h, m)
		}
	}
}

func TestNamesAreHarmless(t *testing.T) {
	for raw, want := range map[string]string{
		"Ana":                                    "Ana",
		"_max_ *B* ~x~ `y`":                      "＿max＿ ∗B∗ ∼x∼ ˋyˋ",
		"  Jo\n\tDoe\u00a0 X ":                   "Jo Doe X",
		"ev\u202eil\u200b\u2066":                 "evil",
		"e\u0301va":                              "éva",
		"Tom 🏃‍♀️🔥":                              "Tom 🏃‍♀️🔥",
		"李娜 Li Na":                               "李娜 Li Na",
		"see bit.ly/x":                           "see bit․ly/x",
		"J.P.":                                   "J.P.",
		"\u200d\u3164\u2800":                     "",
		"a" + strings.Repeat("\u0315", 40) + "b": "a\u0315\u0315\u0315b",
		strings.Repeat("x", 30):                  strings.Repeat("x", 24) + "…",
		"أحمد السيد":                             "أحمد السيد",
		"🏴󠁧󠁢󠁳󠁣󠁴󠁿":                                "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
	} {
		if got := Name(raw); got != want {
			t.Errorf("Name(%q) is %q, want %q", raw, got, want)
		}
	}
}

func TestUnadornedNamesHaveNoEmoji(t *testing.T) {
	for name, want := range map[string]string{"Tom 🏃‍♀️🔥": "Tom", "🔥 Jo 🔥 D": "Jo D", "🔥": "", "A∗B": "A∗B", "李娜": "李娜"} {
		if got := Unadorned(name); got != want {
			t.Errorf("Unadorned(%q) is %q, want %q", name, got, want)
		}
	}
}

func TestColumns(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Pad("李娜", 6), "李娜  "}, {Pad("Bartholomew", 6), "Barth…"}, {Cut("李娜娜", 4), "李…"}, {PadLeft("7", 3), "  7"}, {Cut("abc", 0), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func FuzzName(f *testing.F) {
	for _, s := range []string{"Ana", "*_~`", "🏃‍♀️", "\xff\u202e", "a\u0300\u0301\u0302", "👨‍👩‍👧‍👦x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Name(s)
		if strings.ContainsAny(got, "*_~`\n\r\t\u202e\u202d\u200b\u2066\u2069") {
			t.Errorf("Name(%q) is %q", s, got)
		}
		if w := Width(Pad(got, 12)); w != 12 {
			t.Errorf("Pad(%q) is %d wide", got, w)
		}
		ParseWeekday(s, "de")
		ParseClock(s)
	})
}
