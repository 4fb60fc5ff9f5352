package locale

import (
	"strings"
	"testing"
	"time"

	"clubrun/store"
)

// The calendar of the tests: Wednesday 9 September 2026.
func calendar(lang string) Calendar {
	return Calendar{Lang: lang, Today: store.Date(2026, 9, 9), First: time.Monday}
}

func written(s store.Span) string { return s.Start.String() + " " + s.Last().String() }

func TestNoWordMeansTwoMoments(t *testing.T) {
	seen := map[string]bool{}
	for _, list := range momentWords() {
		for _, word := range list {
			if seen[word] || fold(word) != word {
				t.Errorf("%q stands twice, or is not folded", word)
			}
			seen[word] = true
		}
	}
}

func TestPeriodsAsPeopleTypeThem(t *testing.T) {
	for _, c := range []struct {
		typed, lang string
		unit        Unit
		want        string
	}{
		{"last", "en", UnitWeek, "2026-08-31 2026-09-06"}, {"last", "en", UnitMonth, "2026-08-01 2026-08-31"}, {"last", "en", UnitYear, "2025-01-01 2025-12-31"},
		{"letzte", "de", UnitWeek, "2026-08-31 2026-09-06"}, {"so far", "en", UnitWeek, "2026-09-07 2026-09-13"}, {"this", "en", UnitMonth, "2026-09-01 2026-09-30"},
		{"37", "en", UnitWeek, "2026-09-07 2026-09-13"}, {"38", "en", UnitWeek, "2025-09-15 2025-09-21"}, {"9", "en", UnitMonth, "2026-09-01 2026-09-30"},
		{"10", "en", UnitMonth, "2025-10-01 2025-10-31"}, {"2025", "en", UnitWeek, "2025-01-01 2025-12-31"}, {"25", "en", UnitYear, "2025-01-01 2025-12-31"},
		{"2026-37", "en", UnitWeek, "2026-09-07 2026-09-13"}, {"2026-w05", "en", UnitWeek, "2026-01-26 2026-02-01"}, {"37/2026", "en", UnitWeek, "2026-09-07 2026-09-13"},
		{"kw 37", "de", UnitMonth, "2026-09-07 2026-09-13"}, {"week 36", "en", UnitYear, "2026-08-31 2026-09-06"}, {"2026-09", "en", UnitWeek, "2026-09-01 2026-09-30"},
		{"last month", "en", UnitWeek, "2026-08-01 2026-08-31"}, {"letzten monat", "de", UnitWeek, "2026-08-01 2026-08-31"}, {"mes pasado", "es", UnitWeek, "2026-08-01 2026-08-31"},
		{"mês passado", "pt", UnitWeek, "2026-08-01 2026-08-31"}, {"année dernière", "fr", UnitWeek, "2025-01-01 2025-12-31"}, {"l'année dernière", "fr", UnitWeek, "2025-01-01 2025-12-31"},
		{"mese scorso", "it", UnitWeek, "2026-08-01 2026-08-31"}, {"vorige maand", "nl", UnitWeek, "2026-08-01 2026-08-31"}, {"this year", "en", UnitWeek, "2026-01-01 2026-12-31"},
		{"september", "en", UnitWeek, "2026-09-01 2026-09-30"}, {"Oktober", "de", UnitWeek, "2025-10-01 2025-10-31"}, {"août", "fr", UnitWeek, "2026-08-01 2026-08-31"},
		{"mrt", "nl", UnitWeek, "2026-03-01 2026-03-31"}, {"sep 2025", "en", UnitWeek, "2025-09-01 2025-09-30"}, {"setembro de 2025", "pt", UnitWeek, "2025-09-01 2025-09-30"},
		{"since march", "en", UnitWeek, "2026-03-01 2026-09-09"}, {"seit märz", "de", UnitWeek, "2026-03-01 2026-09-09"}, {"desde el 1 de agosto", "es", UnitWeek, "2026-08-01 2026-09-09"},
		{"depuis le 1er août", "fr", UnitWeek, "2026-08-01 2026-09-09"}, {"since 2025", "en", UnitWeek, "2025-01-01 2026-09-09"}, {"dal 3.8.", "it", UnitWeek, "2026-08-03 2026-09-09"},
		{"from 1 sep to 14 sep", "en", UnitWeek, "2026-09-01 2026-09-14"}, {"1 sep - 14 sep", "en", UnitWeek, "2026-09-01 2026-09-14"}, {"1 sep 14 sep", "en", UnitWeek, "2026-09-01 2026-09-14"}, {"1-14 sep", "en", UnitWeek, "2026-09-01 2026-09-14"},
		{"1.–14.8.", "de", UnitWeek, "2026-08-01 2026-08-14"}, {"vom 1. bis 14. august", "de", UnitWeek, "2026-08-01 2026-08-14"}, {"du 1er au 14 août", "fr", UnitWeek, "2026-08-01 2026-08-14"},
		{"del 1 al 14 de agosto", "es", UnitWeek, "2026-08-01 2026-08-14"}, {"1-14 dec", "en", UnitWeek, "2025-12-01 2025-12-14"}, {"from 1 dec to 14 jan", "en", UnitWeek, "2025-12-01 2026-01-14"},
		{"from 1.8.2025 to 3.9.2025", "en", UnitWeek, "2025-08-01 2025-09-03"}, {"march to may", "en", UnitWeek, "2026-03-01 2026-05-31"},
		{"30d", "en", UnitWeek, "2026-08-11 2026-09-09"}, {"last 30 days", "en", UnitWeek, "2026-08-11 2026-09-09"}, {"letzte 2 wochen", "de", UnitWeek, "2026-08-27 2026-09-09"},
		{"últimos 7 días", "es", UnitWeek, "2026-09-03 2026-09-09"}, {"3 mois", "fr", UnitWeek, "2026-06-10 2026-09-09"}, {"1y", "en", UnitWeek, "2025-09-10 2026-09-09"},
		{"q3", "en", UnitWeek, "2026-07-01 2026-09-30"}, {"q4", "en", UnitWeek, "2025-10-01 2025-12-31"}, {"quarter 2", "en", UnitWeek, "2026-04-01 2026-06-30"},
		{"today", "en", UnitWeek, "2026-09-09 2026-09-09"}, {"gestern", "de", UnitWeek, "2026-09-08 2026-09-08"}, {"6 sep", "en", UnitWeek, "2026-09-06 2026-09-06"},
		{"2026-09-07", "en", UnitWeek, "2026-09-07 2026-09-07"}, {"7/9", "en", UnitWeek, "2026-09-07 2026-09-07"}, {"8/31", "en", UnitWeek, "2026-08-31 2026-08-31"},
		{"29.2.", "de", UnitWeek, "2024-02-29 2024-02-29"}, {"next", "en", UnitWeek, "2026-09-14 2026-09-20"},
		{"nächsten monat", "de", UnitWeek, "2026-10-01 2026-10-31"}, {"semaine prochaine", "fr", UnitWeek, "2026-09-14 2026-09-20"}, {"month", "en", UnitWeek, "2026-09-01 2026-09-30"}, {"december 2026", "en", UnitWeek, "2026-12-01 2026-12-31"},
	} {
		words := Typed(strings.Fields(c.typed))
		got, used, ok := calendar(c.lang).Period(words, c.unit)
		if !ok || written(got) != c.want || used != len(words) {
			t.Errorf("%q is %s (%d of %d, %v), want %s", c.typed, written(got), used, len(words), ok, c.want)
		}
	}
}

func TestWhatIsNoPeriod(t *testing.T) {
	for _, typed := range []string{"", "ana", "run", "54", "0", "13", "31.2.", "99.99.", "since", "from", "the", "of wonders", "1000000", "-5", "2026-54", "2026-0", "läufe", "de", "week of"} {
		s, used, ok := calendar("en").Period(Typed(strings.Fields(typed)), UnitWeek)
		if typed == "13" && written(s) == "2026-03-23 2026-03-29" || typed == "week of" && used == 1 {
			continue // a week; the word behind it is the caller's
		}
		if ok {
			t.Errorf("%q is %s", typed, written(s))
		}
	}
}

func TestTheLastDayOfWhatBeginsNow(t *testing.T) {
	for typed, want := range map[string]string{
		"until 5 oct": "2026-10-05", "5 oct": "2026-10-05", "oct 5": "2026-10-05", "by 30 sep": "2026-09-30", "bis 30.9.": "2026-09-30", "30/9": "2026-09-30",
		"hasta el 5 de octubre": "2026-10-05", "até 5 de outubro": "2026-10-05", "jusqu'au 5 octobre": "2026-10-05", "jusqu’au 5 octobre": "2026-10-05",
		"fino al 5 ottobre": "2026-10-05", "tot 5 oktober": "2026-10-05", "d'ici le 5 octobre": "2026-10-05", "entro il 5 ottobre": "2026-10-05",
		"2w": "2026-09-23", "for 2 weeks": "2026-09-23", "2 wochen": "2026-09-23", "10 days": "2026-09-19", "1 month": "2026-10-09", "3 semanas": "2026-09-30",
		"two weeks": "2026-09-23", "a week": "2026-09-16", "for a month": "2026-10-09", "zwei wochen": "2026-09-23", "una semana": "2026-09-16", "pendant trois jours": "2026-09-12",
		"dez dias": "2026-09-19", "per due settimane": "2026-09-23", "een maand": "2026-10-09",
		"by march": "2027-03-31", "end of september": "2026-09-30", "ende oktober": "2026-10-31", "fin d'octobre": "2026-10-31", "end of the month": "2026-09-30",
		"fin de mes": "2026-09-30", "this quarter": "2026-09-30", "end of the year": "2026-12-31", "until 1 sep": "2027-09-01", "friday": "2026-09-11",
		"until 2027-02-01": "2027-02-01", "tomorrow": "2026-09-10", "until 1.10.26": "2026-10-01", "until 2027": "2027-12-31", "end of next month": "2026-10-31", "until 29 feb": "2028-02-29",
	} {
		words := Typed(strings.Fields(typed))
		got, used, ok := calendar("en").Until(words)
		if !ok || got.String() != want || used != len(words) {
			t.Errorf("%q ends on %s (%d of %d, %v), want %s", typed, got, used, len(words), ok, want)
		}
	}
	for _, typed := range []string{"", "until", "soon", "until ana", "for ever", "31 feb", "0w", "-2w", "two", "a", "one quarter"} {
		if got, _, ok := calendar("en").Until(Typed(strings.Fields(typed))); ok {
			t.Errorf("%q ends on %s", typed, got)
		}
	}
}

func TestTheFirstDayIsTheNearerOne(t *testing.T) {
	for typed, want := range map[string]string{
		"from 1 sep": "2026-09-01", "ab 1.10.": "2026-10-01", "desde mañana": "2026-09-10", "from january": "2027-01-01", "since 2026": "2026-01-01",
	} {
		words := Typed(strings.Fields(typed))
		if got, used, ok := calendar("en").From(words); !ok || got.String() != want || used != len(words) {
			t.Errorf("%q begins on %s (%d, %v), want %s", typed, got, used, ok, want)
		}
	}
	if got, _, ok := calendar("en").From([]string{"1", "sep"}); ok {
		t.Errorf("a date alone begins on %s", got)
	}
}

func TestNumbersAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]struct {
		x    float64
		unit string
		used int
	}{
		"1000": {1000, "", 1}, "1.000": {1000, "", 1}, "1,000": {1000, "", 1}, "1'000": {1000, "", 1}, "1 000 km": {1000, "", 2}, "1 000km": {1000, "km", 2},
		"12,5": {12.5, "", 1}, "12.5": {12.5, "", 1}, "12.5km": {12.5, "km", 1}, "1.234,5": {1234.5, "", 1}, "1,234.5": {1234.5, "", 1}, "1.000.000": {1e6, "", 1},
		"20h": {20, "h", 1}, "0,500": {0.5, "", 1}, "1 000 000": {1e6, "", 3}, "100 km": {100, "", 1}, "12.25": {12.25, "", 1}, "5 2026": {5, "", 1}, "500.": {500, "", 1},
	} {
		x, unit, used, ok := ParseNumber(strings.Fields(typed))
		if !ok || x != want.x || unit != want.unit || used != want.used {
			t.Errorf("%q is %v %q (%d, %v), want %v", typed, x, unit, used, ok, want)
		}
	}
	for _, typed := range []string{"", "km", ".5", "1.00.000", "1,2,3", "1.2345,6,7", "-5", "1e9x9.", "9999999999999999"} {
		if x, unit, _, ok := ParseNumber(strings.Fields(typed)); ok && unit == "" {
			t.Errorf("%q is %v", typed, x)
		}
	}
}
