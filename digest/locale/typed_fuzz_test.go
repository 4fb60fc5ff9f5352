package locale

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"clubrun/store"
)

func FuzzClock(f *testing.F) {
	for _, s := range []string{"18:00", "6 p. m.", "h18", "18h30", "a las 6 de la tarde", "6 uur 's avonds", "12 Uhr mittags", "meio dia", "1 2", "halb 7", "٣:00", "１８：００"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		hour, minute, ok := ParseClock(s)
		if !ok {
			return
		}
		if hour < 0 || hour > 23 || minute < 0 || minute > 59 {
			t.Fatalf("%q is %d:%d", s, hour, minute)
		}
		for _, form := range []string{"%02d:%02d", "%02d.%02d", "%dh%02d", "%02d%02d", "um %d Uhr %02d", "à %d h %02d", "às %dh%02d", "ore %d.%02d", "om %du%02d"} {
			written := fmt.Sprintf(form, hour, minute)
			if h, m, ok := ParseClock(written); !ok || h != hour || m != minute {
				t.Errorf("%q is %d:%02d, but written as %q it is %d:%02d (%v)", s, hour, minute, written, h, m, ok)
			}
		}
	})
}

// A weekly moment that is told in full is the same again, in each language.
func FuzzWeekly(f *testing.F) {
	for _, s := range []string{"so 18 uhr", "domingo às 18h", "alle 6 di sera domenica", "every Monday at 7am", "do 18:00", "18:00 sun", "6ª feira 7h", "le le le"} {
		f.Add(s, uint8(0))
	}
	f.Fuzz(func(t *testing.T, s string, l uint8) {
		lang := languages[int(l)%len(languages)]
		when, lack := ParseWeekly(strings.Fields(fold(s)), lang)
		if lack != LacksNothing {
			return
		}
		if when.Day < time.Sunday || when.Day > time.Saturday || when.Hour < 0 || when.Hour > 23 || when.Minute < 0 || when.Minute > 59 {
			t.Fatalf("%q is %v", s, when)
		}
		told := fmt.Sprintf("%s %02d:%02d", For(lang, "").Weekday(when.Day), when.Hour, when.Minute)
		if again, lack := ParseWeekly(strings.Fields(fold(told)), lang); lack != LacksNothing || again != when {
			t.Errorf("%q is %v, and told as %q it is %v %q", s, when, told, again, lack)
		}
	})
}

func FuzzDates(f *testing.F) {
	for _, s := range []string{"last month", "from 1 sep to 14 sep", "1-14 sep", "30d", "2026-w53", "until 5 oct", "29.2.", "q3", "1 000 km", "d'octobre", "– – –", "31 31 31", "quest'anno", "dall'1 al 14", "kw37", "30 derniers jours", "a a a last week"} {
		f.Add(s, uint8(1))
	}
	f.Fuzz(func(t *testing.T, s string, l uint8) {
		c := calendar(languages[int(l)%len(languages)])
		words := Typed(strings.Fields(s))
		for _, unit := range []Unit{UnitWeek, UnitMonth, UnitYear} {
			span, used, ok := c.Period(words, unit)
			if ok && (used < 1 || used > len(words) || span.Days() < 1 || span.Days() > 366*200) {
				t.Errorf("%q: %s, %d words", s, written(span), used)
			}
			if !ok {
				continue
			}
			if again, n, ok := c.Period(words[:used], unit); !ok || n != used || again != span {
				t.Errorf("%q is %s by %d words, and by those alone %s", s, written(span), used, written(again))
			}
		}
		if last, used, ok := c.Until(words); ok && (used > len(words) || last < c.Today-366*60) {
			t.Errorf("%q ends on %s", s, last)
		}
		if _, used, ok := c.Past(words); ok && (used < 1 || used > len(words)) {
			t.Errorf("%q: %d words of a past day", s, used)
		}
		if _, _, used, ok := ParseNumber(words); ok && (used < 1 || used > len(words)) {
			t.Errorf("%q: %d words", s, used)
		}
	})
}

// Every day and every span that is told in full is read as that.
func FuzzDaysAreReadAsTheyAreWritten(f *testing.F) {
	f.Add(int16(0), uint16(0))
	f.Add(int16(-400), uint16(13))
	f.Fuzz(func(t *testing.T, back int16, length uint16) {
		today := store.Date(2026, 9, 9)
		first := today + store.Day(back%4000)
		last := first + store.Day(length%800)
		y, m, d := first.Date()
		y2, m2, d2 := last.Date()
		want := store.Span{Start: first, End: last + 1}
		for _, lang := range languages {
			long := strings.Fields(catalogue()[lang]["month.long"])
			from := map[string]string{"en": "from", "de": "vom", "es": "del", "pt": "de", "fr": "du", "it": "dal", "nl": "van"}[lang]
			to := map[string]string{"en": "to", "de": "bis", "es": "al", "pt": "a", "fr": "au", "it": "al", "nl": "tot"}[lang]
			for _, typed := range []string{
				fmt.Sprintf("%s %d %s %d %s %d %s %d", from, d, long[m-1], y, to, d2, long[m2-1], y2),
				fmt.Sprintf("%02d.%02d.%d – %02d.%02d.%d", d, m, y, d2, m2, y2),
			} {
				words := Typed(strings.Fields(typed))
				if got, used, ok := calendar(lang).Period(words, UnitWeek); want.Days() > 1 && (!ok || used != len(words) || got != want) {
					t.Errorf("%s: %q is %s (%d of %d, %v), want %s", lang, typed, written(got), used, len(words), ok, written(want))
				}
			}
		}
	})
}

// Every number that is written as a language writes it is read as that.
func FuzzNumbersAreReadAsTheyAreWritten(f *testing.F) {
	f.Add(uint32(1000), uint8(0))
	f.Add(uint32(12345678), uint8(3))
	f.Fuzz(func(t *testing.T, hundredths uint32, l uint8) {
		lang := languages[int(l)%len(languages)]
		x := float64(hundredths) / 100
		for decimals := range 3 {
			want, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', decimals, 64), 64)
			typed := For(lang, "").Number(x, decimals) + " km"
			words := strings.Fields(typed)
			got, _, used, ok := ParseNumber(words)
			if !ok || got != want || used != len(words)-1 {
				t.Errorf("%s: %q is %v (%d of %d, %v), want %v", lang, typed, got, used, len(words), ok, want)
			}
		}
	})
}
