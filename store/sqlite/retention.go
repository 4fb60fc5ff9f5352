package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"clubrun/store"
)

// Rule says what of a table goes by itself, and when.
type Rule struct {
	Table string
	What  string // of a row; empty: the whole row
	Days  int    // after which it goes; 0 is as many as the operator keeps records
	Since string // what they are counted from

	key  string // columns that tell the rows apart
	old  string // condition of what goes: :before is the moment, :day the day that long ago, :stuck the moment from which on nothing is sent any more
	then string // SQL of what becomes of it; empty deletes the row
}

// For how long things are kept that have a term of their own, in days.
const (
	talked   = 30  // messages to the bot, and what it answered
	posting  = 90  // what was posted in groups
	noted    = 365 // who did what, and how jobs ended
	promised = 7   // that somebody is written to: as long as store.PromiseLife
	farewell = 30  // all about somebody, after the word to cut the bot off
)

// Usual is how long records are kept unless the operator says otherwise.
const Usual = 400 * 24 * time.Hour

// What several rules say.
const (
	workout  = "the workout"
	theirDay = `activity IN (SELECT id FROM activity WHERE day < :day)`
	waiting  = `state IN ('queued', 'sending') AND first_due >= :stuck`
)

// commute is what becomes of a name that says that it was the way to work:
// members hide those, and groups do not count them.
const commute = "commute"

// anonymous is SQL of a name without what only its athlete knows.
func anonymous() string {
	var says []string
	for _, part := range store.CommuteNames() {
		for _, form := range []string{part, strings.ToUpper(part)} {
			says = append(says, `instr(lower(name), lower('`+form+`'))`) // which lowers ASCII alone
		}
	}
	return `CASE WHEN ` + strings.Join(slices.Compact(says), ` OR `) + ` THEN '` + commute + `' ELSE '' END`
}

// Retention returns the rules by which things go at night, in the order in
// which they are applied: what tells the age of another thing goes after it.
// Together with the inventory it says how long everything is kept.
func Retention() []Rule {
	return []Rule{
		{
			Table: "raw", Since: "its workout or its day, or after it was read", key: "id",
			old: `fetched < :before OR (` + healthKinds + ` AND external < :day)
				OR EXISTS (SELECT 1 FROM activity a WHERE a.athlete = raw.athlete AND a.day < :day AND a.source = raw.source AND a.external = raw.external)
				OR EXISTS (SELECT 1 FROM sighting s JOIN activity a ON a.id = s.activity WHERE s.athlete = raw.athlete AND s.source = raw.source AND s.external = raw.external AND a.day < :day)
				OR (raw.hash <> '' AND EXISTS (SELECT 1 FROM activity a WHERE a.athlete = raw.athlete AND a.checksum <> '' AND a.checksum = raw.hash AND a.day < :day))`,
		},
		{Table: "sighting", Since: workout, key: "athlete, source, external", old: theirDay},
		{
			Table: "activity", What: "its name (but that it was the way to work), calories, highest heart rate, device, power, load and checksum", Since: workout, key: "id",
			old: `day < :day AND (name NOT IN ('', '` + commute + `') OR calories <> 0 OR max_hr <> 0 OR checksum <> '' OR (metrics <> '' AND
				CASE json_valid(metrics) WHEN 1 THEN json_type(metrics, '$.device') IS NOT NULL OR json_type(metrics, '$.power') IS NOT NULL OR json_type(metrics, '$.load') IS NOT NULL ELSE 1 END))`,
			then: `UPDATE activity SET name = ` + anonymous() + `, calories = 0, max_hr = 0, checksum = '', metrics = CASE json_valid(metrics) WHEN 1
				THEN replace(json_remove(metrics, '$.device', '$.power', '$.load'), '{}', '') ELSE '' END`,
		},
		{Table: "cheer", Since: workout, key: "activity, chatgroup, person", old: theirDay},
		{Table: "together", Since: workout, key: "a, b", old: `a IN (SELECT id FROM activity WHERE day < :day)`},
		{Table: "duel", Since: "its week", key: "id", old: `end <= :day`},
		{Table: "health", Since: "the day that it is of", key: "athlete, day, metric", old: `day < :day`},
		{Table: "promise", Days: promised, Since: "it was made", key: "athlete, source", old: `made < :before`},
		{Table: "talk", Days: 1, Since: "it may no longer be answered", key: "user", old: `coalesce(until, updated) < :before`},
		{
			Table: "outbox", What: "an answer", Days: talked - 2, Since: "it was due", key: "id",
			old: `digest IS NULL AND key NOT GLOB 'race:*' AND first_due < :before AND NOT (` + waiting + `)`,
		},
		{
			Table: "outbox", What: "news of a race", Days: posting, Since: "it was due", key: "id",
			old: `digest IS NULL AND key GLOB 'race:*' AND first_due < :before`,
		},
		{
			Table: "outbox", What: "the text of a digest", Days: posting, Since: "it was due", key: "id",
			old:  `digest IS NOT NULL AND first_due < :before AND (text <> '' OR state IN ('queued', 'sending'))`,
			then: `UPDATE outbox SET text = '', state = CASE WHEN state IN ('queued', 'sending') THEN 'dead' ELSE state END`,
		},
		{Table: "media", Days: posting, Since: "its message was due", key: "outbox", old: `outbox IN (SELECT id FROM outbox WHERE first_due < :before)`},
		{
			Table: "inbox", What: "what it said, once answered,", Days: 7, Since: "it came", key: "id",
			old:  `received < :before AND state <> 'new' AND (coalesce(text, '') <> '' OR coalesce(doc_name, '') <> '')`,
			then: `UPDATE inbox SET text = CASE WHEN text IS NULL THEN NULL ELSE '' END, doc_name = CASE WHEN doc_name IS NULL THEN NULL ELSE '' END`,
		},
		{Table: "inbox", Days: talked, Since: "it came", key: "id", old: `received < :before`},
		{
			Table: "digest", What: "its text", Days: posting, Since: "it was made", key: "id", old: `generated < :before AND (content <> '' OR state = 'pending')`,
			then: `UPDATE digest SET content = '', state = CASE state WHEN 'pending' THEN 'failed' ELSE state END`,
		},
		{Table: "mention", Since: "the digest", key: "digest, athlete, kind", old: `digest IN (SELECT id FROM digest WHERE generated < :before)`},
		{Table: "named", Since: "the digest", key: "digest, athlete", old: `digest IN (SELECT id FROM digest WHERE generated < :before)`},
		{Table: "audit", Days: noted, Since: "it happened", key: "id", old: `at < :before`},
		{Table: "job_run", Days: noted, Since: "it began", key: "id", old: `start < :before`},
		{
			Table: "counter", What: "a limit that is over,", Days: talked, Since: "it was last met", key: "key",
			old: `updated < :before AND (key GLOB 'export.*' OR key GLOB 'fetch.*' OR key GLOB 'stranger:*' OR key GLOB 'race/*' OR (key GLOB 'garmin.*' AND key NOT GLOB 'garmin.tried.*')
				OR (key GLOB 'bot.relink.*' AND NOT EXISTS (SELECT 1 FROM account WHERE key = 'bot.relink.' || athlete)))`,
		},
		{Table: "counter", What: "who knew the password of an address last", Since: "that was", key: "key", old: `updated < :before AND key GLOB 'garmin.tried.*'`},
	}
}

// ofItsOwn are the rules that no statement alone fulfils.
func ofItsOwn() []Rule {
	return []Rule{
		{Table: "file", What: "the file, but not that there was one,", Since: workout},
		{Table: "athlete", What: "everything about a member who said /unlink and did not come back", Days: farewell, Since: "that"},
		{Table: "athlete", What: "somebody who never linked, handed in or agreed to anything", Since: "the last change"},
	}
}

// term is after how long the rule applies, in words.
func (r Rule) term() string {
	if r.Days == 0 {
		return fmt.Sprintf("RETENTION (%d days, unless the operator set it otherwise)", Usual/(24*time.Hour))
	}
	if r.Days == 1 {
		return "a day"
	}
	return fmt.Sprintf("%d days", r.Days)
}

// String is the rule in words.
func (r Rule) String() string {
	if r.What == "" {
		return "at the latest " + r.term() + " after " + strings.TrimPrefix(r.Since, "after ")
	}
	return r.What + " " + strings.TrimSuffix(r.term(), " ") + " after " + r.Since
}

// Removed is how many rows a night removed or emptied.
type Removed struct {
	Table string
	Rows  int
}

// slice is how many rows are changed at once, so that nobody waits long.
const slice = 200

// Retain applies the rules, with keep for those without a term of their own:
// nothing older stays, nothing younger goes. Files are removed by the function,
// whole and before their rows say so. What was removed is returned also where
// something failed. It leaves members who went to Departed and Erase.
func (db *DB) Retain(ctx context.Context, keep time.Duration, remove func(path string) error) ([]Removed, error) {
	var all []Removed
	note := func(table string, n int) {
		if n == 0 {
			return
		}
		if last := len(all) - 1; last >= 0 && all[last].Table == table {
			all[last].Rows += n
			return
		}
		all = append(all, Removed{table, n})
	}
	n, err := db.letGo(ctx, store.DayOf(db.now().UTC().Add(-keep)), remove)
	note("file", n)
	if err != nil {
		return all, fmt.Errorf("retain files: %w", err)
	}
	for _, r := range Retention() {
		n, err := db.apply(ctx, r, keep)
		note(r.Table, n)
		if err != nil {
			return all, fmt.Errorf("retain %s: %w", r.Table, err)
		}
	}
	return all, nil
}

// apply applies one rule, slice by slice.
func (db *DB) apply(ctx context.Context, r Rule, keep time.Duration) (total int, err error) {
	if r.Days > 0 {
		keep = time.Duration(r.Days) * 24 * time.Hour
	}
	before := db.now().UTC().Add(-keep)
	args := []any{
		sql.Named("before", stamp(before)), sql.Named("day", store.DayOf(before).String()),
		sql.Named("stuck", stamp(db.now().Add(-posting*24*time.Hour))),
	}
	what := either(r.then, `DELETE FROM `+r.Table) + ` WHERE (` + r.key + `) IN (SELECT ` + r.key + ` FROM ` + r.Table + ` WHERE ` + r.old + fmt.Sprintf(` LIMIT %d)`, slice)
	for ctx.Err() == nil {
		var some bool
		err := db.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM `+r.Table+` WHERE `+r.old+`)`, args...).Scan(&some)
		if err != nil || !some {
			return total, err
		}
		var n int
		err = db.write(ctx, func(tx *tx) (err error) {
			n, err = tx.count(what, args...)
			return err
		})
		if total += n; err != nil || n == 0 {
			return total, err
		}
	}
	return total, ctx.Err()
}
