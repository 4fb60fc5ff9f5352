package story

import (
	"slices"
	"strings"
	"testing"
)

func TestACommandLineIsSplitAsAShellWould(t *testing.T) {
	for line, want := range map[string][]string{
		`groups allow Parkside RC`:                    {"groups", "allow", "Parkside", "RC"},
		`clubrun schedule --group "A  B" 'sun 18:00'`: {"schedule", "--group", "A  B", "sun 18:00"},
		`x --group="A B" ""`:                          {"x", "--group=A B", ""},
		`  `:                                          nil,
	} {
		if got, err := split(line); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q %v", line, got, err)
		}
	}
	if _, err := split(`groups allow "Parkside`); err == nil {
		t.Error("an open quote was accepted")
	}
}

func TestAStoppedBotIsStartedByRestart(t *testing.T) {
	out, err := play(t, read(t, "operator: stop\noperator: status\nana: /help\nexpect none\nrestart\nexpect: /link\noperator: status\n"))
	if err != nil || strings.Count(out, "no clubrun is running") != 1 || !strings.Contains(out, "whatsapp   online") {
		t.Errorf("%v\n%s", err, out)
	}
}
