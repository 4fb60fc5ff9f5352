package sqlite

import (
	"context"
	"fmt"

	"clubrun/store"
)

const goalColumns = `id, chatgroup, metric, sport, target, start, end, route, made`

func scanGoal(row scanner) (store.Goal, error) {
	var g store.Goal
	err := row.Scan(&g.ID, &g.Group, &g.Metric, &g.Sport, &g.Target, day{&g.Span.Start}, day{&g.Span.End}, &g.Route, instant{&g.Set})
	return g, err
}

// SetGoal sets what the group wants to reach, in place of an earlier goal. It
// needs a metric, a target above 0 and a span of a day at least. A zero Set is
// now.
func (db *DB) SetGoal(ctx context.Context, by store.Actor, g store.Goal, r store.Reply) error {
	return db.reply(ctx, r, func(tx *tx) error {
		if err := tx.exec(`DELETE FROM goal WHERE chatgroup = ?`, g.Group); err != nil {
			return err
		}
		err := tx.exec(`INSERT INTO goal (chatgroup, metric, sport, target, start, end, route, made) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			g.Group, g.Metric, g.Sport, g.Target, g.Span.Start.String(), g.Span.End.String(), g.Route, stamp(moment(g.Set, tx.at)))
		if err != nil {
			return fmt.Errorf("set goal: %w", err)
		}
		detail := fmt.Sprintf("%s %g until %s", g.Metric, g.Target, g.Span.Last())
		return tx.audit(by, "group.goal", groupSubject(g.Group), detail)
	})
}

// EndGoal takes the group's goal back. store.ErrNotFound says that it has none.
func (db *DB) EndGoal(ctx context.Context, by store.Actor, group int64, r store.Reply) error {
	return db.reply(ctx, r, func(tx *tx) error {
		if err := tx.must(`DELETE FROM goal WHERE chatgroup = ?`, group); err != nil {
			return err
		}
		return tx.audit(by, "group.goal.end", groupSubject(group), "")
	})
}

// Goal returns the group's goal, also one whose time is over.
func (db *DB) Goal(ctx context.Context, group int64) (store.Goal, error) {
	return one(ctx, db.reader, scanGoal, `SELECT `+goalColumns+` FROM goal WHERE chatgroup = ?`, group)
}
