package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"clubrun/store"
)

// Erase removes everything about an athlete: settings, tokens, consents,
// activities, raw records, file rows (Files lists them before), dialogue,
// received messages, and what was owed to or because of them. What waits to be
// posted in their groups is taken back; what was posted while they were shown
// there, or names them, loses its text and pictures here. Earlier
// audit rows lose the person, and one more says that an erasure took place.
// Only what r owes, the last answer, still has their address.
func (db *DB) Erase(ctx context.Context, by store.Actor, athlete int64, r store.Reply) error {
	err := db.reply(ctx, r, func(tx *tx) error {
		var user, name string
		if err := tx.row(`SELECT user, name FROM athlete WHERE id = ?`, []any{athlete}, &user, &name); err != nil {
			return err
		}
		because, err := causesOf(tx.ctx, tx.sql, user)
		if err != nil {
			return err
		}
		if err := tx.withdrawAll(athlete); err != nil {
			return err
		}
		if err := db.hush(tx, user); err != nil {
			return err
		}
		for _, statement := range erasure() {
			err := tx.exec(statement, sql.Named("athlete", athlete), sql.Named("user", user), sql.Named("name", name), sql.Named("because", because))
			if err != nil {
				return err
			}
		}
		return tx.audit(store.Actor{Role: by.Role}, "athlete.erase", athleteSubject(athlete), "")
	})
	if err != nil {
		return fmt.Errorf("erase: %w", err)
	}
	nudge(db.owed)
	db.shred(ctx)
	return nil
}

// causesOf returns the correlation ids of all that somebody has written, as a
// JSON list: what was owed because of it has no other sign of them where it
// went to a group.
func causesOf(ctx context.Context, q queryer, user string) (string, error) {
	all, err := list(ctx, q, func(row scanner) (string, error) {
		var in store.Incoming
		err := row.Scan(&in.Chat, &in.Sender, &in.Message)
		return in.Cause(), err
	}, `SELECT chat, sender, message FROM inbox WHERE sender = ?`, user)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(append([]string{}, all...))
	return string(text), err
}

// erasure removes somebody's traces from the outside in: what was posted is
// found by who was shown then, under whatever name, messages by the inbox, and the athlete goes
// last, with accounts, consents, raw records, activities and files. What is
// being sent keeps its text, unless it is not to be sent again.
func erasure() []string {
	const past = `(state NOT IN ('queued', 'sending') OR error = '` + withdrawn + `')`
	const theirs = past + ` AND (digest IN (SELECT id FROM digest WHERE content = '') OR (:name <> '' AND instr(text, :name) > 0)
		OR (key GLOB 'race:*' AND ` + raceActivity + ` IN (SELECT id FROM activity WHERE athlete = :athlete))
		OR chat IN (SELECT g.chat FROM named n JOIN digest d ON d.id = n.digest JOIN chatgroup g ON g.id = d.chatgroup WHERE n.athlete = :athlete))`
	return []string{
		`UPDATE digest SET content = '' WHERE id IN (SELECT digest FROM named WHERE athlete = :athlete)
		OR (:name <> '' AND instr(content, :name) > 0)`,
		`DELETE FROM media WHERE outbox IN (SELECT id FROM outbox WHERE ` + theirs + `)`,
		`UPDATE outbox SET text = '' WHERE ` + theirs,
		`DELETE FROM outbox WHERE target_sender = :user
		OR chat IN (SELECT chat FROM inbox WHERE sender = :user AND in_group = 0) OR chat IN (:user || '@lid', :user || '@s.whatsapp.net')
		OR cause IN (SELECT value FROM json_each(:because))`,
		`DELETE FROM inbox WHERE sender = :user`,
		`DELETE FROM talk WHERE user = :user`,
		`DELETE FROM vote WHERE user = :user`,
		`UPDATE poll SET asked = '' WHERE asked = :user`,
		`UPDATE audit SET actor_user = '', actor_message = '', detail = '' WHERE actor_user = :user OR actor_athlete = :athlete`,
		`DELETE FROM athlete WHERE id = :athlete`,
	}
}
