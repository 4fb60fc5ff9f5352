package sqlite

import (
	"bytes"
	"compress/flate"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"clubrun/store"
)

// holdingPage is how many rows are read at once, so that nobody's whole life
// is in memory, and no reader keeps the log of the database from being emptied.
const holdingPage = 64

// Holdings calls each with every row that is kept of an athlete and that the
// inventory hands over, table after table, in a fixed order. Nothing in it is
// of anybody else. Rows are read in pages: what changes meanwhile may be told
// as before or as after. store.ErrNotFound says that the athlete is not known,
// or not any more when the end was reached.
func (db *DB) Holdings(ctx context.Context, athlete int64, each func(store.Holding) error) error {
	who, err := db.Athlete(ctx, athlete)
	if err != nil {
		return fmt.Errorf("holdings: %w", err)
	}
	because, err := causesOf(ctx, db.reader, who.User)
	if err != nil {
		return fmt.Errorf("holdings: %w", err)
	}
	of := []any{sql.Named("athlete", athlete), sql.Named("user", who.User), sql.Named("because", because), sql.Named("person", db.personOf(who.User))}
	for _, t := range Inventory() {
		if t.Part == "" {
			continue
		}
		if err := db.holdingsIn(ctx, t, of, each); err != nil {
			return fmt.Errorf("holdings in %s: %w", t.Name, err)
		}
	}
	given, err := db.given(ctx, who.User)
	if err != nil {
		return fmt.Errorf("holdings: %w", err)
	}
	if given > 0 {
		err = each(store.Holding{Part: "cheers_by_you", Names: []string{"count"}, Values: []any{given}})
	}
	if err == nil {
		_, err = db.Athlete(ctx, athlete)
	}
	return err
}

// Parts returns the names of all parts of Holdings, in their order.
func Parts() []string {
	var all []string
	for _, t := range Inventory() {
		if t.Part != "" {
			all = append(all, t.Part)
		}
	}
	return append(all, "cheers_by_you")
}

func (db *DB) holdingsIn(ctx context.Context, t Table, of []any, each func(store.Holding) error) error {
	columns := t.handed()
	var names []string
	for _, c := range columns {
		names = append(names, c.Name)
	}
	var last []any
	for {
		rows, err := list(ctx, db.reader, scanValues(len(t.key)+len(columns)+1), t.page(columns, last != nil), append(of, after(last)...)...)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := ctx.Err(); err != nil {
				return err
			}
			values, err := handOver(columns, row[len(t.key):])
			if err != nil {
				return err
			}
			if err := each(store.Holding{Part: t.Part, Names: names, Values: values}); err != nil {
				return err
			}
		}
		if len(rows) < holdingPage {
			return nil
		}
		last = rows[len(rows)-1][:len(t.key)]
	}
}

// page is the query of one page: the key, what is handed over, and whether a
// body is packed.
func (t Table) page(columns []Column, further bool) string {
	var what, keys, marks []string
	for i, k := range t.key {
		keys, marks = append(keys, t.Name+"."+k), append(marks, fmt.Sprintf(":after%d", i))
	}
	packed := "0"
	for _, c := range columns {
		if c.kind == asBody {
			packed = t.Name + ".packed"
		}
		what = append(what, either(c.as, t.Name+"."+c.Name))
	}
	key := strings.Join(keys, ", ")
	query := `SELECT ` + key + `, ` + strings.Join(what, ", ") + `, ` + packed + ` FROM ` + t.Name + ` WHERE (` + t.mine + `)`
	if further {
		query += ` AND (` + key + `) > (` + strings.Join(marks, ", ") + `)`
	}
	return query + fmt.Sprintf(` ORDER BY %s LIMIT %d`, key, holdingPage)
}

func after(key []any) []any {
	var named []any
	for i, k := range key {
		named = append(named, sql.Named(fmt.Sprintf("after%d", i), k))
	}
	return named
}

func scanValues(n int) func(scanner) ([]any, error) {
	return func(row scanner) ([]any, error) {
		values, into := make([]any, n), make([]any, n)
		for i := range values {
			into[i] = &values[i]
		}
		return values, row.Scan(into...)
	}
}

// handOver reads the values of columns as what they are; whether a body is
// packed stands behind them.
func handOver(columns []Column, row []any) ([]any, error) {
	values := make([]any, len(columns))
	for i, c := range columns {
		v := row[i]
		switch c.kind {
		case asYesNo:
			v = v == int64(1)
		case asJSON:
			v = maybeJSON(v)
		case asBody:
			body, err := unpack(row[len(columns)] == int64(1), v)
			if err != nil {
				return nil, err
			}
			v = maybeJSON(body)
		}
		values[i] = plainValue(v)
	}
	return values, nil
}

func unpack(packed bool, v any) ([]byte, error) {
	body, _ := v.([]byte)
	if !packed {
		return body, nil
	}
	body, err := io.ReadAll(flate.NewReader(bytes.NewReader(body)))
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	return body, nil
}

// maybeJSON is a text as JSON, where it is that.
func maybeJSON(v any) any {
	text, ok := v.([]byte)
	if s, is := v.(string); is {
		text, ok = []byte(s), true
	}
	if !ok || !json.Valid(text) {
		return v
	}
	return json.RawMessage(text)
}

// plainValue is a value as JSON can write it: bytes only where they are no text.
func plainValue(v any) any {
	if b, ok := v.([]byte); ok && utf8.Valid(b) {
		return string(b)
	}
	return v
}

// given returns how many activities somebody has cheered, in how many groups
// each. Only who knows the key can count that.
func (db *DB) given(ctx context.Context, user string) (int64, error) {
	cheered, err := list(ctx, db.reader, scanID, `SELECT DISTINCT CASE made WHEN 0 THEN activity ELSE made END FROM cheer`)
	if err != nil {
		return 0, err
	}
	var all int64
	for _, id := range cheered {
		n, err := one(ctx, db.reader, scanID, `SELECT count(*) FROM cheer WHERE CASE made WHEN 0 THEN activity ELSE made END = ? AND person = ?`,
			id, db.crowd.person(id, user))
		if err != nil {
			return 0, err
		}
		all += n
	}
	return all, nil
}

// ActivityPage returns the athlete's next activities, in the order in which
// they began: those after a known one, or the first ones after the zero one.
func (db *DB) ActivityPage(ctx context.Context, athlete int64, after store.Activity, limit int) ([]store.Activity, error) {
	return list(ctx, db.reader, scanActivity, `SELECT `+activityColumns+` FROM activity a
		WHERE a.athlete = ? AND (a.start, a.id) > (?, ?) ORDER BY a.start, a.id LIMIT ?`,
		athlete, either(stamp(after.Start), any("")), after.ID, limit)
}
