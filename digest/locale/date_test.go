package locale_test

import (
	"testing"

	"clubrun/digest/locale"
	"clubrun/store"
)

func TestDatesReadAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct {
		lang       string
		start, end store.Day
		want       string
	}{
		{"en", store.Date(2026, 12, 28), store.Date(2027, 1, 4), "28 Dec – 3 Jan"},
		{"en", store.Date(2026, 10, 1), store.Date(2027, 5, 1), "1 Oct 2026 – 30 Apr 2027"},
		{"fr", store.Date(2026, 9, 1), store.Date(2026, 9, 14), "1er–13 sept."},
		{"fr", store.Date(2026, 9, 21), store.Date(2026, 10, 2), "21 sept. – 1er oct."},
		{"it", store.Date(2026, 9, 1), store.Date(2026, 9, 2), "1º set"},
		{"de", store.Date(2026, 9, 1), store.Date(2026, 9, 14), "1.–13. Sept."},
	} {
		if got := locale.For(c.lang, store.Kilometres).Range(store.Span{Start: c.start, End: c.end}); got != c.want {
			t.Errorf("%s: %q, want %q", c.lang, got, c.want)
		}
	}
}

func TestAMonthOfAYearReadsAsPeopleWriteIt(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "September 2026", "de": "September 2026", "es": "septiembre de 2026", "pt": "setembro de 2026", "fr": "septembre 2026", "it": "settembre 2026", "nl": "september 2026",
	} {
		if got := locale.For(lang, store.Kilometres).Span(store.MonthOf(store.Date(2026, 9, 13))); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}

func TestASentenceEndsWithOneStop(t *testing.T) {
	l := locale.For("de", store.Kilometres)
	for text, want := range map[string]string{
		"Bis {d}.": "Bis 13. Sept.", "Bis {d}, dann": "Bis 13. Sept., dann", "{d}": "13. Sept.",
	} {
		if got := l.Fill(text, "d", l.Day(store.Date(2026, 9, 13))); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
