package sqlite

import (
	"context"
	"strconv"

	"clubrun/store"
)

// SetStyle sets the style of the group's digest; empty is full.
func (db *DB) SetStyle(ctx context.Context, by store.Actor, group int64, style string, r store.Reply) error {
	return db.choose(ctx, by, group, choice{"style", style, style}, r)
}

// SkipDigest notes that the digest of the week that begins on that day is not
// posted; 0 takes that back.
func (db *DB) SkipDigest(ctx context.Context, by store.Actor, group int64, week store.Day, r store.Reply) error {
	detail := "none"
	if week != 0 {
		detail = week.String()
	}
	return db.choose(ctx, by, group, choice{"skip", nullDay(week), detail}, r)
}

// SetRaces sets whether races are posted at once in the group.
func (db *DB) SetRaces(ctx context.Context, by store.Actor, group int64, on bool, r store.Reply) error {
	return db.choose(ctx, by, group, choice{"races", on, strconv.FormatBool(on)}, r)
}

// SetMetric sets what the group ranks by.
func (db *DB) SetMetric(ctx context.Context, by store.Actor, group int64, m store.Metric, r store.Reply) error {
	return db.choose(ctx, by, group, choice{"metric", m, string(m)}, r)
}

// choice is one column of a group, which is also the name of the action, what
// it becomes, and that in the words of the audit.
type choice struct {
	column string
	value  any
	detail string
}

func (db *DB) choose(ctx context.Context, by store.Actor, group int64, c choice, r store.Reply) error {
	return db.reply(ctx, r, func(tx *tx) error {
		err := tx.must(`UPDATE chatgroup SET `+c.column+` = ?, updated = ? WHERE id = ?`, c.value, stamp(tx.at), group)
		if err != nil {
			return err
		}
		return tx.audit(by, "group."+c.column, groupSubject(group), c.detail)
	})
}
