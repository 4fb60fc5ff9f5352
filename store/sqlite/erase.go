package sqlite

import (
	"context"
	"fmt"

	"clubrun/store"
)

// Erase removes everything about an athlete: settings, tokens, consents,
// activities, raw records, file rows (Files lists them before), dialogue,
// received messages, and what was owed to or because of them. Earlier audit
// rows lose the person, and one more says that an erasure took place. Only
// what r owes, the last answer, still has their address.
func (db *DB) Erase(ctx context.Context, by store.Actor, athlete int64, r store.Reply) error {
	err := db.reply(ctx, r, func(tx *tx) error {
		var user string
		if err := tx.row(`SELECT user FROM athlete WHERE id = ?`, []any{athlete}, &user); err != nil {
			return err
		}
		if err := tx.erase(athlete, user); err != nil {
			return err
		}
		return tx.audit(store.Actor{Role: by.Role}, "athlete.erase", athleteSubject(athlete), "")
	})
	if err != nil {
		return fmt.Errorf("erase: %w", err)
	}
	db.shred(ctx)
	return nil
}

// erase removes the traces of the user from the outside in: messages are
// found by the inbox, which goes last.
func (t *tx) erase(athlete int64, user string) error {
	steps := []struct {
		query string
		args  []any
	}{
		{`DELETE FROM outbox WHERE target_sender = ?1
			OR chat IN (SELECT chat FROM inbox WHERE sender = ?1 AND in_group = 0)
			OR cause IN (SELECT message FROM inbox WHERE sender = ?1)`, []any{user}},
		{`DELETE FROM inbox WHERE sender = ?`, []any{user}},
		{`DELETE FROM talk WHERE user = ?`, []any{user}},
		{`UPDATE audit SET actor_user = '', actor_message = '', detail = '' WHERE actor_user = ? OR actor_athlete = ?`, []any{user, athlete}},
		{`DELETE FROM athlete WHERE id = ?`, []any{athlete}}, // accounts, consents, raw records, activities and files go along
	}
	for _, s := range steps {
		if err := t.exec(s.query, s.args...); err != nil {
			return err
		}
	}
	return nil
}
