package locale

import (
	"strings"
	"testing"
	"time"
)

func TestADayAndATimeAreReadInAnyOrderAndLanguage(t *testing.T) {
	sunday := Weekly{time.Sunday, 18, 0}
	for typed, want := range map[string]Weekly{
		"sun 18:00": sunday, "18:00 sunday": sunday, "every Sunday at 6pm": sunday, "sonntag 18 Uhr": sunday,
		"dimanche 18h": sunday, "domingo 18h": sunday, "domenica 18.00": sunday, "zondag 18:00": sunday,
		"mon 07:00": {time.Monday, 7, 0}, "lundi 7h30": {time.Monday, 7, 30}, "Mondays 7 am": {time.Monday, 7, 0},
	} {
		if got, lack := ParseWeekly(strings.Fields(typed), "en"); got != want || lack != LacksNothing {
			t.Errorf("%q: %v %q, want %v", typed, got, lack, want)
		}
	}
}

func TestWhatIsLackingIsTold(t *testing.T) {
	for typed, want := range map[string]Lack{"sun": LacksHour, "18:00": LacksDay, "sun 25:00": LacksSense, "soon": LacksSense, "": LacksSense} {
		if _, got := ParseWeekly(strings.Fields(typed), "en"); got != want {
			t.Errorf("%q lacks %q, want %q", typed, got, want)
		}
	}
}

func TestAWeeklyMomentIsACronLine(t *testing.T) {
	if got := (Weekly{time.Saturday, 7, 5}).Cron(); got != "5 7 * * 6" {
		t.Error(got)
	}
}
