package house

import (
	"testing"
	"time"
)

func TestFiguresAreOldWhenTwoRoundsWereMissed(t *testing.T) {
	for every, want := range map[string]time.Duration{
		"1h":                 3 * time.Hour,
		"15m":                3 * time.Hour,
		"3h":                 6*time.Hour + 15*time.Minute,
		"0 7,12,20 * * *":    22*time.Hour + 15*time.Minute, // the longest pause is that of the night
		"30 4 * * *":         48*time.Hour + 15*time.Minute,
		"neither of the two": 3 * time.Hour,
	} {
		h := &House{Settings: Settings{SyncEvery: every}, out: Outside{Now: func() time.Time { return time.Date(2026, 9, 9, 11, 0, 0, 0, time.UTC) }}}
		if got := h.late(); got != want {
			t.Errorf("%s: %v, want %v", every, got, want)
		}
	}
}
