package sqlite

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"clubrun/store"
)

// singles are the tables in which a member has one row at most.
func singles() []string { return []string{"athlete", "talk"} }

// another leaves one more row of somebody in every table that is handed over, as
// the first one is but for its key and what must be the only one of its kind.
// What is of a group, a digest, a poll or an activity is of the second one.
func another(t *testing.T, db *DB, l *life) {
	t.Helper()
	only := map[string][]string{
		"account": {"profile", "source"}, "activity": {"external"}, "raw": {"external"}, "inbox": {"message"}, "outbox": {"key", "message"}, "duel": {"metric"},
		"sighting": {"external"}, "apart": {"external"},
	}
	second := map[string]string{
		"membership.chatgroup": "2", "vote.poll": "2", "named.digest": "2", "file.activity": "1001", "cheer.activity": "1001", "media.outbox": "1001", "together.a": "2", "together.b": "1001",
		"counter.key": fmt.Sprintf("'more.%d'", l.id), "mention.digest": "2",
	}
	for _, table := range Inventory() {
		if table.Part == "" || slices.Contains(singles(), table.Name) {
			continue
		}
		var names, values []string
		for _, c := range schemaColumns(t, db) {
			if c.table != table.Name {
				continue
			}
			value := c.name
			switch with, is := second[c.table+"."+c.name]; {
			case is:
				value = with
			case c.name == "id":
				value = "1000 + id"
			case slices.Contains(only[c.table], c.name), slices.Contains(table.key, c.name) && c.kind == "TEXT":
				value = c.name + " || ' more'"
			}
			names, values = append(names, c.name), append(values, value)
		}
		mine := strings.NewReplacer(":athlete", fmt.Sprint(l.id), ":user", "'"+l.user+"'", ":because", "'[]'", ":person", "'nobody'").Replace(table.mine)
		query := `INSERT INTO ` + table.Name + ` (` + strings.Join(names, ", ") + `) SELECT ` + strings.Join(values, ", ") + ` FROM ` + table.Name + ` WHERE (` + mine + `) LIMIT 1`
		if _, err := db.writer.ExecContext(t.Context(), query); err != nil {
			t.Fatalf("%s: %v\n%s", table.Name, err, query)
		}
	}
}

// TestEveryRowThatTheInventoryNamesIsHandedOver counts: two rows of each table,
// beside those of somebody else, under the name that the inventory gives them,
// with all the columns that it hands over.
func TestEveryRowThatTheInventoryNamesIsHandedOver(t *testing.T) {
	db, ana, _ := twoLives(t)
	another(t, db, ana)
	rows, columns := map[string]int{}, map[string][]string{}
	err := db.Holdings(t.Context(), ana.id, func(h store.Holding) error {
		rows[h.Part]++
		columns[h.Part] = h.Names
		if len(h.Names) != len(h.Values) {
			t.Errorf("%s: %d columns and %d values", h.Part, len(h.Names), len(h.Values))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range Inventory() {
		if table.Part == "" {
			continue
		}
		want := 2
		if slices.Contains(singles(), table.Name) {
			want = 1
		}
		if rows[table.Part] != want {
			t.Errorf("%s: %d rows are handed over, want %d", table.Part, rows[table.Part], want)
		}
		var names []string
		for _, c := range table.Columns {
			if c.Not == "" {
				names = append(names, c.Name)
			}
		}
		if !slices.Equal(columns[table.Part], names) {
			t.Errorf("%s has the columns %v, want %v", table.Part, columns[table.Part], names)
		}
		delete(rows, table.Part)
	}
	for part := range rows {
		if !slices.Contains(Parts(), part) {
			t.Errorf("%s is in no inventory", part)
		}
	}
}
