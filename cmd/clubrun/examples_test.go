package main

import (
	"strings"
	"testing"

	"clubrun/store/sqlite"
)

func TestThePageForMembersTellsTheWholeInventory(t *testing.T) {
	code, page, errs := command(t, "examples", "privacy")
	if code != exitOK {
		t.Fatalf("code %d: %s", code, errs)
	}
	for _, table := range sqlite.Inventory() {
		row := "| " + table.Holds + " | " + table.Why + " | " + table.Until + " | "
		if strings.Count(page, row) != 1 {
			t.Errorf("the table does not tell of %s", table.Name)
		}
		for _, c := range table.Columns {
			if table.Whose == sqlite.OfMember && !strings.Contains(page, "- `"+c.Name+"`: "+c.Holds) {
				t.Errorf("%s.%s is not told", table.Name, c.Name)
			}
			if table.Whose == sqlite.OfMember && c.Not != "" && !strings.Contains(page, c.Holds+" (not in the export: "+c.Not+")") {
				t.Errorf("why %s.%s is not handed over is not told", table.Name, c.Name)
			}
		}
	}
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "|") && strings.Count(line, "|") != 5 {
			t.Errorf("not four cells: %s", line)
		}
	}
	if code, _, _ := command(t, "examples", "nothing"); code != exitUsage {
		t.Errorf("an example that there is not: code %d", code)
	}
}
