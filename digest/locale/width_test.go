package locale_test

import (
	"testing"

	"clubrun/digest/locale"
)

func TestNamesThatBeginAlikeKeepTheirEnds(t *testing.T) {
	for name, want := range map[string]string{
		"Maximilian-Alexander": "Maxi…der", "Maximilian-Bernhard": "Maxi…ard", "王小明王小明王小明王二": "王小…二",
		"Ana": "Ana", "Nicholas": "Nicholas", "Anne-Mari🏃🏽‍♀️": "Anne…i🏃🏽‍♀️",
	} {
		got := locale.CutMiddle(name, 8, 3)
		if got != want || locale.Width(got) > 8 {
			t.Errorf("%q is %q, %d wide, want %q", name, got, locale.Width(got), want)
		}
	}
	if got := locale.CutMiddle("Maximilian", 4, 3); got != "Max…" {
		t.Errorf("too narrow for both ends: %q", got)
	}
}
