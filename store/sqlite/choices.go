package sqlite

import (
	"context"
	"fmt"
	"strconv"
	"time"

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

// SetLanguage sets the language that the bot speaks in the group.
func (db *DB) SetLanguage(ctx context.Context, by store.Actor, group int64, language string, r store.Reply) error {
	return db.choose(ctx, by, group, choice{"language", language, language}, r)
}

// SetUnits sets the unit system of the group.
func (db *DB) SetUnits(ctx context.Context, by store.Actor, group int64, u store.Units, r store.Reply) error {
	return db.choose(ctx, by, group, choice{"units", u, string(u)}, r)
}

// SetExcluded sets which workouts do not count in the group.
func (db *DB) SetExcluded(ctx context.Context, by store.Actor, group int64, c store.Classes, r store.Reply) error {
	return db.choose(ctx, by, group, choice{"excluded", c, string(c)}, r)
}

// SetQuiet sets the group's quiet time.
func (db *DB) SetQuiet(ctx context.Context, by store.Actor, group int64, q store.Quiet, r store.Reply) error {
	return db.reply(ctx, r, func(tx *tx) error {
		err := tx.must(`UPDATE chatgroup SET quiet_from = ?, quiet_to = ?, updated = ? WHERE id = ?`, q.From, q.To, stamp(tx.at), group)
		if err != nil {
			return err
		}
		return tx.audit(by, "group.quiet", groupSubject(group), fmt.Sprintf("%d-%d", q.From, q.To))
	})
}

// SetWeekStart sets the first day of the group's week, and with it which digest
// is left out, as in SkipDigest.
func (db *DB) SetWeekStart(ctx context.Context, by store.Actor, group int64, first time.Weekday, skip store.Day, r store.Reply) error {
	return db.reply(ctx, r, func(tx *tx) error {
		err := tx.must(`UPDATE chatgroup SET week_start = ?, skip = ?, updated = ? WHERE id = ?`, first, nullDay(skip), stamp(tx.at), group)
		if err != nil {
			return err
		}
		return tx.audit(by, "group.week_start", groupSubject(group), first.String())
	})
}

// SetZone sets the zone by whose clocks the group lives, and when its digest
// runs next by them; a zero time is none. Nothing before this moment is due.
func (db *DB) SetZone(ctx context.Context, by store.Actor, group int64, zone string, next time.Time, r store.Reply) error {
	return db.reply(ctx, r, func(tx *tx) error {
		err := tx.must(`UPDATE chatgroup SET zone = ?, scheduled = CASE WHEN schedule = '' THEN scheduled ELSE ? END, next_run = ?, updated = ? WHERE id = ?`,
			zone, stamp(tx.at), stamp(next), stamp(tx.at), group)
		if err != nil {
			return err
		}
		return tx.audit(by, "group.zone", groupSubject(group), zone)
	})
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
