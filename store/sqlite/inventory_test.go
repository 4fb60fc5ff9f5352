package sqlite

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/seal"

	"github.com/rs/zerolog"
)

func opened(t *testing.T) *DB {
	t.Helper()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "clubrun.db"), Options{Key: seal.Key{1}, Rand: rand.Reader, Now: time.Now, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// columnInfo is a column of the schema.
type columnInfo struct{ table, name, kind string }

func schemaColumns(t *testing.T, db *DB) []columnInfo {
	t.Helper()
	all, err := list(t.Context(), db.reader, func(row scanner) (c columnInfo, err error) {
		err = row.Scan(&c.table, &c.name, &c.kind)
		return c, err
	}, `SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.rowid, c.cid`)
	if err != nil || len(all) == 0 {
		t.Fatal(err, len(all))
	}
	return all
}

func TestTheInventoryNamesEveryColumnOfTheSchema(t *testing.T) {
	var inSchema, inInventory []string
	for _, c := range schemaColumns(t, opened(t)) {
		inSchema = append(inSchema, c.table+"."+c.name)
	}
	for _, table := range Inventory() {
		for _, c := range table.Columns {
			inInventory = append(inInventory, table.Name+"."+c.Name)
		}
	}
	for _, name := range inSchema {
		if !slices.Contains(inInventory, name) {
			t.Errorf("the inventory does not name %s: say in inventory_*.go what it holds of whom, and whether a member gets it", name)
		}
	}
	for i, name := range inInventory {
		if !slices.Contains(inSchema, name) || slices.Contains(inInventory[:i], name) {
			t.Errorf("the inventory names %s, which the schema does not have, or twice", name)
		}
	}
}

func TestTheInventoryGivesItsReasons(t *testing.T) {
	for _, table := range Inventory() {
		if table.Holds == "" || table.Why == "" || table.Until == "" || (table.Part == "") == (table.Not == "") {
			t.Errorf("%s: what it holds, why, how long, and whether it is handed over: %+v", table.Name, table)
		}
		if table.Part != "" && (table.mine == "" || len(table.key) == 0) {
			t.Errorf("%s is handed over, and nobody knows which rows", table.Name)
		}
		if table.Part == "" && table.Whose == OfMember {
			t.Errorf("%s is about a member and is not handed over", table.Name)
		}
		for _, c := range table.Columns {
			if c.Holds == "" {
				t.Errorf("%s.%s: nobody knows what it holds", table.Name, c.Name)
			}
		}
	}
}

// life is what somebody leaves in every column.
type life struct {
	name, user string
	id         int64
	serial     int64
	left       map[string]string // by table and column
}

// canary is a value of the column's type that stands nowhere else.
func (l *life) canary(c columnInfo) any {
	l.serial++
	switch c.kind {
	case "INTEGER":
		n := l.id*100_000_000 + 10_000_000 + l.serial
		l.left[c.table+"."+c.name] = fmt.Sprint(n)
		return n
	case "REAL":
		n := float64(l.id*100_000_000+20_000_000+l.serial) + 0.5
		l.left[c.table+"."+c.name] = strings.TrimRight(fmt.Sprintf("%.1f", n), "0")
		return n
	}
	text := fmt.Sprintf("%s<%s.%s>%d", l.name, c.table, c.name, l.id)
	l.left[c.table+"."+c.name] = text
	if c.kind == "BLOB" {
		return []byte(text)
	}
	return text
}

// leave writes a row of somebody into every table; the columns of fixed have
// the values that keys and conditions need.
func (l *life) leave(t *testing.T, db *DB, columns []columnInfo, fixed map[string]any) {
	t.Helper()
	rows := map[string][]columnInfo{}
	var tables []string
	for _, c := range columns {
		if rows[c.table] == nil {
			tables = append(tables, c.table)
		}
		rows[c.table] = append(rows[c.table], c)
	}
	for _, table := range tables {
		var names, marks []string
		var values []any
		for _, c := range rows[table] {
			v, is := fixed[table+"."+c.name]
			if !is {
				v = l.canary(c)
			}
			names, marks, values = append(names, c.name), append(marks, "?"), append(values, v)
		}
		query := `INSERT INTO ` + table + ` (` + strings.Join(names, ", ") + `) VALUES (` + strings.Join(marks, ", ") + `)`
		if _, err := db.writer.ExecContext(t.Context(), query, values...); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
	}
}

// fixedOf are the values of keys and conditions in the rows of somebody; the
// other one is whom a row with two people names beside.
func fixedOf(l *life, other int64) map[string]any {
	n := l.id
	at := func(i int) string { return time.Date(2000+int(n), 1, i, 0, 0, 0, 0, time.UTC).Format(stampLayout) }
	fixed := map[string]any{
		"athlete.id": n, "athlete.user": l.user, "athlete.keep_files": 1, "athlete.created": at(1), "athlete.updated": at(2), "athlete.last_sync": at(3), "athlete.health": at(4),
		"account.id": n, "chatgroup.id": n, "chatgroup.week_start": 1, "chatgroup.name": l.name + "'s group",
		"raw.id": n, "raw.packed": 0, "activity.id": n, "digest.id": n,
		"inbox.id": n, "inbox.in_group": 0, "inbox.sender": l.user, "outbox.id": n, "outbox.target_sender": l.user, "outbox.digest": n, "media.outbox": n,
		"pause.start": at(1), "pause.end": at(2), "duel.id": n, "duel.from_athlete": n, "duel.to_athlete": other, "duel.start": at(1), "duel.end": at(2),
		"goal.id": n, "goal.start": at(1), "goal.end": at(2), "goal.target": 1.0,
		"talk.user": l.user, "audit.id": n, "audit.actor_user": l.user, "audit.actor_athlete": n, "audit.subject": fmt.Sprintf("athlete %d", n),
		"counter.key": fmt.Sprintf("limit.%d", n), "together.a": int64(1), "together.b": int64(2),
		"pause.id": n, "cheer.person": []byte(l.name),
		"membership.joined": at(5), "membership.consent_given": at(6), "digest.week_start": at(1)[:10], "digest.week_end": at(8)[:10], "digest.due": at(7), "digest.generated": at(7), "digest.sent": at(7), "poll.id": n, "vote.poll": n, "vote.user": l.user,
	}
	for _, yesNo := range []string{"private", "manual", "race", "record", "vouched"} {
		fixed["activity."+yesNo] = 1
	}
	fixed["audit.denied"] = 1
	for _, table := range []string{"account", "promise", "membership", "pause", "health", "health_read", "raw", "sighting", "apart", "activity", "named", "mention"} {
		fixed[table+".athlete"] = n
	}
	for _, table := range []string{"membership", "goal", "duel", "digest", "cheer", "poll"} {
		fixed[table+".chatgroup"] = n
	}
	for _, table := range []string{"file", "sighting", "cheer"} {
		fixed[table+".activity"] = n
	}
	for _, table := range []string{"named", "mention"} {
		fixed[table+".digest"] = n
	}
	return fixed
}

// twoLives is a database in which two people have left a mark in every column.
func twoLives(t *testing.T) (db *DB, ana, ben *life) {
	t.Helper()
	db = opened(t)
	ana = &life{name: "ana", user: "lid-ana", id: 1, left: map[string]string{}}
	ben = &life{name: "ben", user: "lid-ben", id: 2, left: map[string]string{}}
	columns := schemaColumns(t, db)
	first := slices.DeleteFunc(slices.Clone(columns), func(c columnInfo) bool { return c.table == "together" || c.table == "duel" })
	ana.leave(t, db, first, fixedOf(ana, 2))
	ben.leave(t, db, first, fixedOf(ben, 1))
	both := func(table string) []columnInfo {
		return slices.DeleteFunc(slices.Clone(columns), func(c columnInfo) bool { return c.table != table })
	}
	ana.leave(t, db, both("together"), fixedOf(ana, 2))
	ana.leave(t, db, both("duel"), fixedOf(ana, 2))
	return db, ana, ben
}

// handedOver is all that is handed over to somebody, as JSON.
func handedOver(t *testing.T, db *DB, athlete int64) string {
	t.Helper()
	var text strings.Builder
	err := db.Holdings(t.Context(), athlete, func(h store.Holding) error {
		line, err := json.Marshal(h.Values)
		fmt.Fprintln(&text, h.Part, h.Names, strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(string(line)))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return text.String()
}

func TestAMemberIsHandedEveryColumnOfTheirsAndNothingOfOthers(t *testing.T) {
	db, ana, ben := twoLives(t)
	text := handedOver(t, db, ana.id)
	for _, table := range Inventory() {
		for _, c := range table.Columns {
			mark, left := ana.left[table.Name+"."+c.Name]
			if !left || table.Part == "" && table.Name != "chatgroup" {
				continue
			}
			switch has := strings.Contains(text, mark); {
			case c.Not == "" && table.Part != "" && c.as == "" && !has:
				t.Errorf("%s.%s is not handed over", table.Name, c.Name)
			case c.Not != "" && has:
				t.Errorf("%s.%s is handed over, although: %s", table.Name, c.Name, c.Not)
			}
		}
	}
	for place, mark := range ben.left {
		if strings.Contains(text, mark) {
			t.Errorf("%s of somebody else is handed over", place)
		}
	}
	for _, of := range []string{ben.user, "ben"} {
		if strings.Contains(text, of) {
			t.Errorf("%q is handed over:\n%s", of, text)
		}
	}
	for _, want := range []string{`"another member"`, `"you"`, "ana's group", `"direct"`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in\n%s", want, text)
		}
	}
}

func TestHoldingsComeInTheSameOrderOverManyPages(t *testing.T) {
	db, ana, _ := twoLives(t)
	for i := range 3*holdingPage + 1 {
		_, err := db.writer.ExecContext(t.Context(), `INSERT INTO health VALUES (?, ?, 'steps', ?, '')`, ana.id, fmt.Sprintf("2026-%04d", i), i)
		if err != nil {
			t.Fatal(err)
		}
	}
	text := handedOver(t, db, ana.id)
	if n := strings.Count(text, `"steps"`); n != 3*holdingPage+1 {
		t.Errorf("%d days are handed over", n)
	}
	if again := handedOver(t, db, ana.id); again != text {
		t.Error("the second time is another one")
	}
}

// stays names the columns whose values outlive an erasure, and why.
var stays = map[string]string{
	"counter.key": "a limit", "counter.value": "a limit", "counter.updated": "a limit",
	"audit.at": "without the person", "audit.actor_role": "without the person", "audit.action": "without the person", "audit.subject": "a number", "audit.id": "without the person", "audit.denied": "without the person",
}

// Whatever tables and columns there are: those of other tables are found by
// what they hold, so that a new one cannot be forgotten.
func TestNothingOfAMembersColumnsOutlivesAnErasure(t *testing.T) {
	db, ana, ben := twoLives(t)
	columns := schemaColumns(t, db)
	ofMember := map[string]bool{}
	for _, table := range Inventory() {
		ofMember[table.Name] = table.Whose == OfMember
	}
	if err := db.Erase(t.Context(), store.Actor{}, ana.id, store.Reply{}); err != nil {
		t.Fatal(err)
	}
	holds := func(c columnInfo, mark string) (n int) {
		query := `SELECT count(*) FROM ` + c.table + ` WHERE CAST(` + c.name + ` AS TEXT) = ?`
		if err := db.writer.QueryRowContext(t.Context(), query, mark).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, c := range columns {
		place := c.table + "." + c.name
		if mark, left := ana.left[place]; left && ofMember[c.table] && stays[place] == "" && holds(c, mark) > 0 {
			t.Errorf("%s still holds %s", place, mark)
		}
		alsoOfAna := c.table == "duel" || c.table == "together"
		if mark, left := ben.left[place]; left && ofMember[c.table] && !alsoOfAna && c.table != "outbox" && c.table != "media" && c.table != "audit" && holds(c, mark) == 0 {
			t.Errorf("%s of somebody else is gone", place)
		}
	}
	folder := filepath.Dir(db.path(t))
	files, err := os.ReadDir(folder)
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(folder, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for place, mark := range ana.left {
			table, _, _ := strings.Cut(place, ".")
			if strings.Contains(mark, "<") && ofMember[table] && stays[place] == "" && bytes.Contains(data, []byte(mark)) {
				t.Errorf("%s holds %s", f.Name(), mark)
			}
		}
	}
}

// path is where the database lies.
func (db *DB) path(t *testing.T) (path string) {
	t.Helper()
	if err := db.reader.QueryRowContext(t.Context(), `SELECT file FROM pragma_database_list WHERE name = 'main'`).Scan(&path); err != nil {
		t.Fatal(err)
	}
	return path
}
