package main

import (
	"strings"
	"testing"

	"clubrun/bot"
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

// "One table gives parser, /help, the aliases test and the documentation."
func TestThePageOfCommandsTellsTheWholeTable(t *testing.T) {
	code, page, errs := command(t, "examples", "commands")
	if code != exitOK {
		t.Fatalf("code %d: %s", code, errs)
	}
	all := bot.NewBook().Commands
	for _, c := range bot.Orders() {
		if c.Name != "help" { // it stands with the members'
			all = append(all, c)
		}
	}
	rows := map[string]string{}
	for line := range strings.Lines(page) {
		if name, _, found := strings.Cut(strings.TrimPrefix(line, "| `/"), "`"); found && strings.HasPrefix(line, "| `/") && rows[name] == "" {
			rows[name] = line
		}
		if strings.HasPrefix(line, "|") && strings.Count(strings.ReplaceAll(line, "\\|", ""), "|") != 7 {
			t.Errorf("not six cells: %s", line)
		}
	}
	if len(rows) != len(all) {
		t.Errorf("%d rows for %d commands", len(rows), len(all))
	}
	for _, c := range all {
		row := rows[c.Name]
		if c.Does == "" || !strings.Contains(row, cell(c.Does)) || !strings.Contains(row, cell(c.Usage)) {
			t.Errorf("what /%s is for is not told: %s", c.Name, row)
		}
		for _, alias := range c.Aliases {
			if !strings.Contains(row, "`"+alias+"`") {
				t.Errorf("/%s: %q is not told", c.Name, alias)
			}
		}
		if direct := strings.Contains(row, "| direct"); direct != (c.Where&bot.Direct != 0) || strings.Contains(row, "group |") != (c.Where&bot.Room != 0) {
			t.Errorf("where /%s works is not told: %s", c.Name, row)
		}
	}
	for name, who := range map[string]string{"help": "anyone", "week": "members", "schedule": "admins", "logs": "operator"} {
		if !strings.Contains(rows[name], "| "+who+" |") {
			t.Errorf("who may /%s is not told: %s", name, rows[name])
		}
	}
}
