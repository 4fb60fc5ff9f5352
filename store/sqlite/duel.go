package sqlite

import (
	"context"
	"fmt"

	"clubrun/store"
)

const duelColumns = `d.id, d.chatgroup, d.from_athlete, d.to_athlete, d.metric, d.start, d.end, d.state, d.asked`

// duelTables has the duels of which both are shown in the group.
const duelTables = `duel d JOIN membership f ON f.chatgroup = d.chatgroup AND f.athlete = d.from_athlete
	JOIN membership t ON t.chatgroup = d.chatgroup AND t.athlete = d.to_athlete`

func scanDuel(row scanner) (store.Duel, error) {
	var d store.Duel
	err := row.Scan(&d.ID, &d.Group, &d.From, &d.To, &d.Metric, day{&d.Week.Start}, day{&d.Week.End}, &d.State, instant{&d.Asked})
	return d, err
}

// AskDuel keeps that one member of a group asks another for a duel; an ID, a
// State and an Asked that are given count for nothing. store.ErrTaken says that
// one of the two has a duel in the group in that week already, or was asked for
// one; store.ErrDenied that the other one has declined this already, or that
// somebody asks themselves; store.ErrNotFound that one of them is not shown in
// the group.
func (db *DB) AskDuel(ctx context.Context, by store.Actor, d store.Duel, r store.Reply) error {
	return db.reply(ctx, r, func(tx *tx) error {
		if err := tx.free(d); err != nil {
			return fmt.Errorf("ask for a duel: %w", err)
		}
		err := tx.exec(`INSERT INTO duel (chatgroup, from_athlete, to_athlete, metric, start, end, state, asked) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			d.Group, d.From, d.To, d.Metric, d.Week.Start.String(), d.Week.End.String(), store.DuelAsked, stamp(tx.at))
		if err != nil {
			return fmt.Errorf("ask for a duel: %w", err)
		}
		return tx.audit(by, "duel.ask", groupSubject(d.Group), athleteSubject(d.To))
	})
}

// free says whether the two may duel in that week.
func (t *tx) free(d store.Duel) error {
	if d.From == d.To {
		return store.ErrDenied
	}
	var shown, taken, declined int
	err := t.row(`SELECT count(*) FROM membership WHERE chatgroup = ? AND athlete IN (?, ?)`, []any{d.Group, d.From, d.To}, &shown)
	if err != nil {
		return err
	}
	if shown < 2 {
		return store.ErrNotFound
	}
	err = t.row(`SELECT coalesce(sum(d.state <> ?1), 0), coalesce(sum(d.state = ?1 AND d.from_athlete = ?2 AND d.to_athlete = ?3), 0)
		FROM `+duelTables+` WHERE d.chatgroup = ?4 AND d.start < ?6 AND d.end > ?5
			AND (d.from_athlete IN (?2, ?3) OR d.to_athlete IN (?2, ?3))`,
		[]any{store.DuelDeclined, d.From, d.To, d.Group, d.Week.Start.String(), d.Week.End.String()}, &taken, &declined)
	switch {
	case err != nil:
		return err
	case taken > 0:
		return store.ErrTaken
	case declined > 0:
		return store.ErrDenied
	}
	return nil
}

// AnswerDuel keeps the answer of who was asked for a duel. store.ErrNotFound
// says that nothing waits for it, store.ErrDenied that somebody else was asked.
func (db *DB) AnswerDuel(ctx context.Context, by store.Actor, duel int64, yes bool, r store.Reply) error {
	return db.reply(ctx, r, func(tx *tx) error {
		d, err := one(tx.ctx, tx.sql, scanDuel, `SELECT `+duelColumns+` FROM `+duelTables+` WHERE d.id = ? AND d.state = ?`, duel, store.DuelAsked)
		if err != nil {
			return err
		}
		if d.To != by.Athlete {
			return store.ErrDenied
		}
		state := store.DuelDeclined
		if yes {
			state = store.DuelOn
		}
		if err := tx.exec(`UPDATE duel SET state = ? WHERE id = ?`, state, duel); err != nil {
			return err
		}
		return tx.audit(by, "duel.answer", groupSubject(d.Group), string(state))
	})
}

// Duels returns the group's duels that overlap the week, in whatever state,
// where both are still shown in the group, in the order in which they were
// asked for.
func (db *DB) Duels(ctx context.Context, group int64, week store.Span) ([]store.Duel, error) {
	return list(ctx, db.reader, scanDuel, `SELECT `+duelColumns+` FROM `+duelTables+`
		WHERE d.chatgroup = ? AND d.start < ? AND d.end > ? ORDER BY d.id`, group, week.End.String(), week.Start.String())
}

// DuelsOf returns the duels that wait for an answer, of the athlete or by
// another, in all groups that still show both, in the order in which they were
// asked for.
func (db *DB) DuelsOf(ctx context.Context, athlete int64) ([]store.Duel, error) {
	return list(ctx, db.reader, scanDuel, `SELECT `+duelColumns+` FROM `+duelTables+`
		WHERE (d.from_athlete = ? OR d.to_athlete = ?) AND d.state = ? ORDER BY d.id`, athlete, athlete, store.DuelAsked)
}
