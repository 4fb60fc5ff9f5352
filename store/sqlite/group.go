package sqlite

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"clubrun/store"
)

const groupColumns = `id, chat, name, description, language, units, zone, week_start, metric, style, skip, races, excluded, quiet_from, quiet_to,
	schedule, scheduled, coalesce(invite, ''), allowed, enabled, last_run, next_run, created, updated`

func scanGroup(row scanner) (store.Group, error) {
	var g store.Group
	err := row.Scan(&g.ID, &g.Chat, &g.Name, &g.Description, &g.Language, &g.Units, &g.Zone, &g.WeekStart, &g.Metric,
		&g.Style, dayOr0{&g.Skip}, &g.Races, &g.Excluded, &g.Quiet.From, &g.Quiet.To,
		&g.Schedule, instant{&g.Scheduled}, &g.Invite, &g.Allowed, &g.Enabled, instant{&g.LastRun}, instant{&g.NextRun},
		instant{&g.Created}, instant{&g.Updated})
	return g, err
}

// KnowGroup returns the group of the roster. A new one is created from the
// defaults; of a known one name and description are brought up to date. One
// without an invitation code gets one, and keeps it whatever its name becomes.
func (db *DB) KnowGroup(ctx context.Context, r store.Roster, defaults store.Group) (store.Group, error) {
	known, err := db.GroupByChat(ctx, r.Chat)
	if err == nil && known.Invite != "" && known.Name == r.Name && known.Description == r.Description {
		return known, nil
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return store.Group{}, err
	}
	g := db.own(defaults)
	err = db.write(ctx, func(tx *tx) error {
		err := tx.exec(`INSERT INTO chatgroup (chat, name, description, language, units, zone, week_start, metric, style, skip, races,
				excluded, quiet_from, quiet_to, schedule, scheduled, allowed, enabled, last_run, next_run, created, updated)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)
			ON CONFLICT (chat) DO UPDATE SET name = excluded.name, description = excluded.description, updated = excluded.updated`,
			r.Chat, r.Name, r.Description, g.Language, g.Units, g.Zone, g.WeekStart, g.Metric, g.Style, nullDay(g.Skip), g.Races,
			g.Excluded, g.Quiet.From, g.Quiet.To, g.Schedule, stamp(g.Scheduled),
			g.Allowed, g.Enabled, stamp(g.NextRun), stamp(tx.at), stamp(tx.at))
		if err != nil {
			return err
		}
		if known, err = one(tx.ctx, tx.sql, scanGroup, `SELECT `+groupColumns+` FROM chatgroup WHERE chat = ?`, r.Chat); err != nil {
			return err
		}
		return tx.invite(&known)
	})
	if err != nil {
		return store.Group{}, fmt.Errorf("know group: %w", err)
	}
	return db.follow(known), nil
}

// invite gives a group the first code of its name that no other has.
func (t *tx) invite(g *store.Group) error {
	for n := 0; g.Invite == ""; n++ {
		code, taken := store.InviteCode(g.Name, n), 0
		if err := t.row(`SELECT count(*) FROM chatgroup WHERE invite = ?`, []any{code}, &taken); err != nil {
			return err
		}
		if taken == 0 {
			g.Invite = code
		}
	}
	return t.exec(`UPDATE chatgroup SET invite = ? WHERE id = ?`, g.Invite, g.ID)
}

// own returns a group without the choices that are only the settings'.
func (db *DB) own(g store.Group) store.Group {
	if g.Language == db.groups.Language {
		g.Language = ""
	}
	if g.Zone == db.groups.Zone {
		g.Zone = ""
	}
	if g.Units == db.groups.Units {
		g.Units = ""
	}
	return g
}

// follow gives a group the settings where it chose nothing.
func (db *DB) follow(g store.Group) store.Group {
	g.Language = cmp.Or(g.Language, db.groups.Language)
	g.Zone = cmp.Or(g.Zone, db.groups.Zone)
	g.Units = cmp.Or(g.Units, db.groups.Units)
	return g
}

// Group returns the group with that id.
func (db *DB) Group(ctx context.Context, id int64) (store.Group, error) {
	g, err := one(ctx, db.reader, scanGroup, `SELECT `+groupColumns+` FROM chatgroup WHERE id = ?`, id)
	return db.follow(g), err
}

// GroupByChat returns the group with that address.
func (db *DB) GroupByChat(ctx context.Context, chat store.Chat) (store.Group, error) {
	g, err := one(ctx, db.reader, scanGroup, `SELECT `+groupColumns+` FROM chatgroup WHERE chat = ?`, chat)
	return db.follow(g), err
}

// Groups returns all groups in the order of their ids.
func (db *DB) Groups(ctx context.Context) ([]store.Group, error) {
	groups, err := list(ctx, db.reader, scanGroup, `SELECT `+groupColumns+` FROM chatgroup ORDER BY id`)
	for i, g := range groups {
		groups[i] = db.follow(g)
	}
	return groups, err
}

// AllowGroup records whether the operator lets the group use the bot. What
// waits to be posted in a group that may no longer is taken back.
func (db *DB) AllowGroup(ctx context.Context, by store.Actor, group int64, allowed bool) error {
	return db.freed(db.write(ctx, func(tx *tx) error {
		err := tx.must(`UPDATE chatgroup SET allowed = ?, updated = ? WHERE id = ?`, allowed, stamp(tx.at), group)
		if err != nil {
			return err
		}
		if !allowed {
			if err := errors.Join(tx.withdraw(group), tx.withdrawRaces(group, 0)); err != nil {
				return err
			}
		}
		return tx.audit(by, "group.allow", groupSubject(group), strconv.FormatBool(allowed))
	}))
}

// StartGroup records that an admin wants the bot to act in the group.
func (db *DB) StartGroup(ctx context.Context, by store.Actor, group int64, r store.Reply) error {
	return db.reply(ctx, r, func(tx *tx) error {
		err := tx.must(`UPDATE chatgroup SET enabled = 1, updated = ? WHERE id = ?`, stamp(tx.at), group)
		if err != nil {
			return err
		}
		return tx.audit(by, "group.start", groupSubject(group), "")
	})
}

// SetSchedule sets the cron line of the group's digest and when it runs next;
// an empty line turns it off. Nothing before this moment is due.
func (db *DB) SetSchedule(ctx context.Context, by store.Actor, group int64, cron string, next time.Time, r store.Reply) error {
	if cron == "" {
		next = time.Time{}
	}
	return db.reply(ctx, r, func(tx *tx) error {
		err := tx.must(`UPDATE chatgroup SET schedule = ?, scheduled = ?, next_run = ?, updated = ? WHERE id = ?`,
			cron, stamp(tx.at), stamp(next), stamp(tx.at), group)
		if err != nil {
			return err
		}
		return tx.audit(by, "group.schedule", groupSubject(group), cron)
	})
}

// SetNextRun records when the group's digest ran last, which a zero time
// leaves as it is, and when it runs next.
func (db *DB) SetNextRun(ctx context.Context, group int64, last, next time.Time) error {
	return db.write(ctx, func(tx *tx) error {
		return tx.must(`UPDATE chatgroup SET last_run = coalesce(?, last_run), next_run = ?, updated = ? WHERE id = ?`,
			stamp(last), stamp(next), stamp(tx.at), group)
	})
}

// LeaveGroup records that the bot was removed from a group: it does nothing
// there until somebody starts it again.
func (db *DB) LeaveGroup(ctx context.Context, chat store.Chat) error {
	return db.write(ctx, func(tx *tx) error {
		return tx.must(`UPDATE chatgroup SET enabled = 0, updated = ? WHERE chat = ?`, stamp(tx.at), chat)
	})
}
