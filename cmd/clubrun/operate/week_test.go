package operate

import (
	"strings"
	"testing"

	"clubrun/store"
)

func TestAWeekIsNamedByItsNumberOrADayInIt(t *testing.T) {
	for typed, want := range map[string]string{
		"2026-W37": "2026-09-10", "2026-w01": "2026-01-01", "2020-W53": "2020-12-31", "2026-09-09": "2026-09-09", "2027-W01": "2027-01-07",
	} {
		if got, err := DayIn(typed); err != nil || got.String() != want {
			t.Errorf("%s: %s %v, want %s", typed, got, err, want)
		}
	}
	for _, typed := range []string{"37", "2026-W54", "2026-W00", "2025-W53", "W37", "2026-37", "2026-09-31", "last"} {
		if got, err := DayIn(typed); err == nil {
			t.Errorf("%s was read as %s", typed, got)
		}
	}
}

func TestWhatComesFromWhatsAppCannotSteerATerminal(t *testing.T) {
	var table grid
	table.add("GROUP", "NEXT")
	table.add("a\x1b[2J\tb\nc\u202e d", "-")
	table.add("Läufer 🏃", "-")
	var b strings.Builder
	if err := table.print(&b); err != nil {
		t.Fatal(err)
	}
	want := "GROUP       NEXT\na[2J b c d  -\nLäufer 🏃   -\n"
	if b.String() != want {
		t.Errorf("%q", b.String())
	}
}

func TestNamesGoOnWithWhatWasTyped(t *testing.T) {
	list := []byte("{\"name\":\"Tuesday Runners\"}\n{\"name\":\"Track\"}\n{\"name\":\"Über\"}\nnonsense\n")
	if got := strings.Join(Names(list, "t"), ","); got != "Tuesday Runners,Track" {
		t.Error(got)
	}
	if got := len(Names(list, "")); got != 3 {
		t.Error(got)
	}
}

func TestAnAmbiguousNameIsNotGuessed(t *testing.T) {
	groups := []store.Group{{ID: 1, Name: "Runners"}, {ID: 2, Name: "runners"}, {ID: 12, Name: "2"}}
	if got := matching(groups, "RUNNERS"); len(got) != 2 {
		t.Errorf("%v", got)
	}
	if got := matching(groups, "2"); len(got) != 1 || got[0].ID != 2 {
		t.Errorf("a number is a number: %v", got)
	}
}
