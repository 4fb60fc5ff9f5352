package sqlite

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"clubrun/store"
)

// aged writes a row of one age into every table that ages, all of it of one
// athlete, and returns the mark by which each is found.
func aged(t *testing.T, db *DB, n int64, at time.Time) {
	t.Helper()
	then, day, later := stamp(at), at.Format("2006-01-02"), at.AddDate(0, 0, 1).Format("2006-01-02")
	mark := fmt.Sprintf("mark%d", n)
	rows := []struct {
		query string
		args  []any
	}{
		{`INSERT INTO activity (id, athlete, source, external, parent, name, sport, type, start, utc_offset, local, day, elapsed, timer, moving, distance, climb, calories, avg_hr, max_hr,
			moderate, vigorous, metrics, private, manual, race, record, synced, known, checksum) VALUES (?, 1, 'garmin', ?, '', ?, 'run', 'running', ?, 0, ?, ?, 3600, 3600, 3600, 10000, 9, 500, 140, 180,
			30, 10, '{"splits":{"1000":300},"device":"watch","load":9}', 0, 0, 0, 0, ?, ?, ?)`, []any{n, mark, mark, then, then, day, stamp(db.now()), then, "sum" + mark}},
		{`INSERT INTO raw (athlete, source, kind, external, hash, packed, body, fetched, reason) VALUES (1, 'garmin', 'list', ?, 'h', 0, ?, ?, '')`, []any{mark, []byte(mark), stamp(db.now())}},
		{`INSERT INTO raw (athlete, source, kind, external, hash, packed, body, fetched, reason) VALUES (1, 'sent', 'fit', ?, ?, 0, ?, ?, '')`, []any{mark, "sum" + mark, []byte(mark), stamp(db.now())}},
		{`INSERT INTO raw (athlete, source, kind, external, hash, packed, body, fetched, reason) VALUES (1, 'garmin', 'odd', ?, '', 0, ?, ?, 'odd')`, []any{mark, []byte(mark), then}},
		{`INSERT INTO raw (athlete, source, kind, external, hash, packed, body, fetched, reason) VALUES (1, 'garmin', 'health.steps', ?, '', 0, ?, ?, '')`, []any{day, []byte(mark), stamp(db.now())}},
		{`INSERT INTO sighting (athlete, source, external, parent, checksum, start, activity, told) VALUES (1, 'sent', ?, '', '', ?, ?, ?)`, []any{mark, then, n, mark}},
		{`INSERT INTO file (activity, format, path, sha256, size, state, reason, updated) VALUES (?, 'fit', ?, 'sum', 9, 'kept', '', ?)`, []any{n, "files/" + mark, then}},
		{`INSERT INTO cheer (chatgroup, activity, person) VALUES (1, ?, ?)`, []any{n, []byte(mark)}},
		{`INSERT INTO together (a, b) VALUES (?, 1000000)`, []any{n}},
		{`INSERT INTO duel (id, chatgroup, from_athlete, to_athlete, metric, start, end, state, asked) VALUES (?, 1, 1, 2, 'time', ?, ?, 'on', ?)`, []any{n, day, later, then}},
		{`INSERT INTO health (athlete, day, metric, value, updated) VALUES (1, ?, 'steps', 9, ?)`, []any{day, stamp(db.now())}},
		{`INSERT INTO talk (user, topic, step, data, until, updated) VALUES (?, 'x', 'x', ?, ?, ?)`, []any{mark, mark, then, then}},
		{`INSERT INTO inbox (id, chat, sender, message, phone, name, in_group, text, edits, quotes, received, state, attempts, reason, updated) VALUES (?, 'dm', 'lid-1', ?, '', '', 0, ?, '', '', ?, 'done', 0, '', ?)`, []any{n, mark, mark, then, then}},
		{`INSERT INTO digest (id, chatgroup, week_start, week_end, content, state, generated) VALUES (?, 1, ?, ?, ?, 'sent', ?)`, []any{n, mark, day, mark, then}},
		{`INSERT INTO mention (digest, athlete, kind) VALUES (?, 1, 'far')`, []any{n}},
		{`INSERT INTO named (digest, athlete) VALUES (?, 1)`, []any{n}},
		{owing, []any{3 * n, "re:" + mark, mark, then, then, "accepted", nil, then}},
		{owing, []any{3*n + 1, fmt.Sprintf("race:1:%d", n), mark, then, then, "accepted", nil, then}},
		{owing, []any{3*n + 2, "digest:" + mark, mark, then, then, "delivered", n, then}},
		{`INSERT INTO media (outbox, mime, name, data, thumbnail, width, height, alt) VALUES (?, 'x', '', ?, x'', 1, 1, '')`, []any{3*n + 2, []byte(mark)}},
		{`INSERT INTO audit (id, at, actor_role, actor_user, actor_athlete, actor_message, action, subject, denied, detail) VALUES (?, ?, '', '', 0, '', 'x', 'athlete 1', 0, ?)`, []any{n, then, mark}},
		{`INSERT INTO job_run (id, operation, start, result, message, processed, downloaded, cause) VALUES (?, 'sync', ?, '', ?, 0, 0, '')`, []any{n, then, mark}},
		{`INSERT INTO counter (key, value, updated) VALUES (?, ?, ?)`, []any{"export." + mark, mark, then}},
		{`INSERT INTO counter (key, value, updated) VALUES (?, ?, ?)`, []any{"fetch." + mark, mark, then}},
		{`INSERT INTO counter (key, value, updated) VALUES (?, ?, ?)`, []any{"garmin.tried." + mark, mark, then}},
		{`INSERT INTO counter (key, value, updated) VALUES (?, ?, ?)`, []any{"outbox/" + mark, mark, then}},
		{`INSERT INTO promise (athlete, source, region, made) VALUES (1, ?, '', ?)`, []any{mark, then}},
		{`INSERT INTO pause (id, athlete, start, end) VALUES (?, 1, ?, ?)`, []any{n, day, later}},
	}
	err := db.write(t.Context(), func(tx *tx) error {
		for _, r := range rows {
			if err := tx.exec(r.query, r.args...); err != nil {
				return fmt.Errorf("%s: %w", r.query, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

const owing = `INSERT INTO outbox (id, key, chat, kind, urgency, text, target_message, target_sender, due, first_due, state, message, attempts, error, digest, updated, cause)
	VALUES (?, ?, 'dm', 'text', 'answer', ?, '', '', ?, ?, ?, 'W', 0, '', ?, ?, '')`

// oldest is the age in days of the oldest rows of which each query tells the
// numbers: the n-th row is n days old on the last day.
func oldest(t *testing.T, db *DB, days int64, query string) int64 {
	t.Helper()
	all, err := list(t.Context(), db.reader, scanID, query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	slices.Sort(all)
	for i, n := range all {
		if want := days - int64(len(all)) + 1 + int64(i); n != want {
			t.Fatalf("%s: not all of the last %d days are kept, but %v", query, len(all), all)
		}
	}
	return int64(len(all)) - 1
}

// due says whether a rule has something to remove or to empty.
func due(t *testing.T, db *DB, r Rule, keep time.Duration) (some bool) {
	t.Helper()
	if r.Days > 0 {
		keep = time.Duration(r.Days) * 24 * time.Hour
	}
	before := db.now().UTC().Add(-keep)
	err := db.reader.QueryRowContext(t.Context(), `SELECT EXISTS (SELECT 1 FROM `+r.Table+` WHERE `+r.old+`)`,
		sql.Named("before", stamp(before)), sql.Named("day", store.DayOf(before).String()), sql.Named("stuck", stamp(db.now().Add(-posting*24*time.Hour)))).Scan(&some)
	if err != nil {
		t.Fatalf("%s: %v", r, err)
	}
	return some
}

func TestOverAYearNothingYoungerIsLostAndNothingOlderStays(t *testing.T) {
	db := opened(t)
	begin := time.Date(2026, 9, 9, 12, 0, 0, 0, time.UTC)
	now := begin
	db.now = func() time.Time { return now }
	for _, s := range []string{
		`INSERT INTO athlete (id, user, phone, name, language, units, zone, private, keep_files, created, updated) VALUES (1, 'lid-1', '', 'ana', '', '', '', '', 1, '', '2026'), (2, 'lid-2', '', 'ben', '', '', '', '', 1, '', '2030')`,
		`INSERT INTO chatgroup (id, chat, name, description, language, units, zone, week_start, metric, schedule, allowed, enabled, created, updated) VALUES (1, 'g', 'G', '', '', '', '', 1, '', '', 1, 1, '', '')`,
		`INSERT INTO activity (id, athlete, source, external, parent, name, sport, type, start, utc_offset, local, day, elapsed, timer, moving, distance, climb, calories, avg_hr, max_hr,
			moderate, vigorous, metrics, private, manual, race, record, synced, known, checksum) VALUES (1000000, 2, 'garmin', 'x', '', '', 'run', '', '', 0, '', '2030-01-01', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', 0, 0, 0, 0, '', '', '')`,
	} {
		if _, err := db.writer.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	const keep = 100 * 24 * time.Hour
	const days = 500
	var removed []string
	total, applied := map[string]int{}, map[string]bool{}
	for n := range int64(days) {
		now = begin.Add(time.Duration(n) * 24 * time.Hour)
		aged(t, db, n+1, now)
		if n%7 != 0 && n != days-1 {
			continue
		}
		for _, r := range Retention() {
			applied[r.Table+": "+r.String()] = applied[r.Table+": "+r.String()] || due(t, db, r, keep)
		}
		night, err := db.Retain(t.Context(), keep, func(path string) error { removed = append(removed, path); return nil })
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range night {
			total[r.Table] += r.Rows
		}
	}
	for _, r := range Retention() {
		if !applied[r.Table+": "+r.String()] {
			t.Errorf("nothing of %s ever grew old: %s", r.Table, r)
		}
		if due(t, db, r, keep) {
			t.Errorf("something of %s is too old: %s", r.Table, r)
		}
	}
	for _, c := range []struct {
		table, query string
		most         int64 // days
	}{
		{"raw", `SELECT CAST(substr(external, 5) AS INTEGER) FROM raw WHERE kind = 'list'`, 100},
		{"raw", `SELECT CAST(substr(external, 5) AS INTEGER) FROM raw WHERE kind = 'fit'`, 100},
		{"raw", `SELECT CAST(substr(external, 5) AS INTEGER) FROM raw WHERE kind = 'odd'`, 100},
		{"raw", `SELECT CAST(substr(CAST(body AS TEXT), 5) AS INTEGER) FROM raw WHERE kind = 'health.steps'`, 100},
		{"sighting", `SELECT activity FROM sighting`, 100},
		{"activity", `SELECT id FROM activity WHERE id < 1000000 AND name <> '' AND calories = 500 AND max_hr = 180 AND checksum <> '' AND metrics LIKE '%watch%' AND metrics LIKE '%load%'`, 100},
		{"activity", `SELECT id FROM activity WHERE id < 1000000 AND (name <> '' OR calories <> 0 OR max_hr <> 0 OR checksum <> '' OR metrics LIKE '%watch%' OR metrics LIKE '%load%')`, 100},
		{"", `SELECT id FROM activity WHERE id < 1000000 AND distance = 10000 AND moderate = 30 AND avg_hr = 140 AND metrics LIKE '%splits%'`, days - 1},
		{"file", `SELECT activity FROM file WHERE path <> '' AND state = 'kept'`, 100},
		{"cheer", `SELECT activity FROM cheer`, 100},
		{"together", `SELECT a FROM together`, 100},
		{"duel", `SELECT id FROM duel`, 100},
		{"health", `SELECT CAST(julianday(day) - julianday('2026-09-08') AS INTEGER) FROM health`, 100},
		{"talk", `SELECT CAST(substr(user, 5) AS INTEGER) FROM talk`, 1},
		{"promise", `SELECT CAST(substr(source, 5) AS INTEGER) FROM promise`, 7},
		{"inbox", `SELECT id FROM inbox`, 30},
		{"inbox", `SELECT id FROM inbox WHERE text <> ''`, 7},
		{"outbox", `SELECT id / 3 FROM outbox WHERE key GLOB 're:*'`, 28},
		{"outbox", `SELECT id / 3 FROM outbox WHERE key GLOB 'race:*'`, 90},
		{"outbox", `SELECT id / 3 FROM outbox WHERE key GLOB 'digest:*' AND text <> ''`, 90},
		{"media", `SELECT outbox / 3 FROM media`, 90},
		{"", `SELECT id / 3 FROM outbox WHERE key GLOB 'digest:*' AND message = 'W' AND state = 'delivered'`, days - 1},
		{"digest", `SELECT id FROM digest WHERE content <> ''`, 90},
		{"", `SELECT id FROM digest`, days - 1},
		{"mention", `SELECT digest FROM mention`, 100},
		{"named", `SELECT digest FROM named`, 100},
		{"audit", `SELECT id FROM audit WHERE action = 'x'`, 365},
		{"job_run", `SELECT id FROM job_run`, 365},
		{"counter", `SELECT CAST(substr(value, 5) AS INTEGER) FROM counter WHERE key GLOB 'export.*'`, 30},
		{"counter", `SELECT CAST(substr(value, 5) AS INTEGER) FROM counter WHERE key GLOB 'garmin.tried.*'`, 100},
		{"", `SELECT CAST(substr(value, 5) AS INTEGER) FROM counter WHERE key GLOB 'outbox/*'`, days - 1},
		{"", `SELECT id FROM pause`, days - 1},
	} {
		if got := oldest(t, db, days, c.query); got != c.most {
			t.Errorf("%s: the oldest is %d days old, want %d", c.query, got, c.most)
		}
		if c.table != "" && total[c.table] == 0 {
			t.Errorf("no night told of %s", c.table)
		}
	}
	if len(removed) != days-101 || removed[0] != "files/mark1" {
		t.Errorf("%d files are removed: %v", len(removed), removed)
	}
}

func TestEveryTableOfMembersAgesOrSaysUntilWhen(t *testing.T) {
	ages := map[string]bool{}
	for _, r := range slices.Concat(Retention(), ofItsOwn()) {
		ages[r.Table] = true
	}
	for _, table := range Inventory() {
		if table.Whose == OfMember && !ages[table.Name] && !strings.Contains(table.Until, "/delete") {
			t.Errorf("%s: nobody says when it goes: %s", table.Name, table.Until)
		}
		for _, r := range slices.Concat(Retention(), ofItsOwn()) {
			if r.Table == table.Name && !strings.Contains(table.Until, r.String()) {
				t.Errorf("%s is kept %q, which is not what happens: %s", table.Name, table.Until, r)
			}
		}
	}
}

func TestANameThatAgesStillSaysThatItWasTheWayToWork(t *testing.T) {
	db := opened(t)
	if _, err := db.writer.ExecContext(t.Context(), `INSERT INTO athlete (id, user, phone, name, language, units, zone, private, keep_files, created, updated) VALUES (1, 'a', '', '', '', '', '', '', 1, '', '')`); err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct{ name, want string }{
		{"VÉLOTAF du matin", commute}, {"Weg zur Arbeit", commute}, {"Commuting", commute}, {"Lisbon Running", ""}, {"Das war's", ""},
	} {
		act := store.Activity{Athlete: 1, Source: "garmin", External: fmt.Sprint(i), Name: c.name, Start: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}
		if _, err := db.Keep(t.Context(), store.Raw{Athlete: 1, Source: "garmin", Kind: "list", External: act.External}, []store.Activity{act}); err != nil {
			t.Fatal(err)
		}
		if hidden := store.NewClasses(store.ClassCommute).Covers(&act); hidden != (c.want != "") {
			t.Errorf("%q is the way to work: %t", c.name, hidden)
		}
		if _, err := db.Retain(t.Context(), Usual, nil); err != nil {
			t.Fatal(err)
		}
		all, err := list(t.Context(), db.reader, scanText, `SELECT name FROM activity WHERE external = ?`, act.External)
		if err != nil || len(all) != 1 || all[0] != c.want {
			t.Errorf("%q became %q: %v", c.name, all, err)
		}
	}
}
