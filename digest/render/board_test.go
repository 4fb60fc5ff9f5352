package render

import (
	"strings"
	"testing"

	"clubrun/digest/locale"
	"clubrun/store"
)

func TestNamesThatBeginAlikeAreToldApartInTheirColumn(t *testing.T) {
	s := newSample("Tuesday Runners", 4)
	names := []string{"Maximilian-Alexander", "Maximilian-Bernhard", "Maximiliane Roth", "Max"}
	for i, name := range names {
		s.row(name, 400-i, 3, 0, part(store.Run, 1, 60, 10, 0))
	}
	text := Digest(s.Report, locale.For("en", store.Kilometres))
	for _, want := range []string{"1 Maxi…der", "2 Maxi…ard", "4 Max "} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestOnePersonsWeekIsNothingTogether(t *testing.T) {
	s := newSample("Tuesday Runners", 3)
	s.row("Ana", 400, 5, 0, part(store.Run, 5, 300, 55, 1400))
	if text := Digest(s.Report, locale.For("en", store.Kilometres)); strings.Contains(text, "ogether") {
		t.Error(text)
	}
}
