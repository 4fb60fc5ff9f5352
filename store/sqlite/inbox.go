package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"clubrun/store"
)

// attempts is how often a message is handled before it is given up.
const attempts = 3

const incomingColumns = `id, chat, sender, message, phone, name, in_group, text, edits, quotes,
	doc_name, doc_mime, doc_size, doc_handle, sent, received, attempts`

func scanIncoming(row scanner) (store.Incoming, error) {
	var in store.Incoming
	var text, name, mime sql.NullString
	var size sql.NullInt64
	var handle []byte
	err := row.Scan(&in.ID, &in.Chat, &in.Sender, &in.Message, &in.Phone, &in.Name, &in.Group, &text, &in.Edits, &in.Quotes,
		&name, &mime, &size, &handle, instant{&in.Sent}, instant{&in.Received}, &in.Attempts)
	in.Text, in.Withheld = text.String, !text.Valid
	if name.Valid {
		in.Document = &store.Document{Name: name.String, Mime: mime.String, Size: size.Int64, Handle: handle}
	}
	return in, err
}

// Receive keeps a message before anything acts on it. A message that is
// already here is not fresh and changes nothing. The text of a withheld one is
// not stored.
func (db *DB) Receive(ctx context.Context, in store.Incoming) (fresh bool, err error) {
	text := sql.NullString{String: in.Text, Valid: !in.Withheld}
	var name, mime sql.NullString
	var size sql.NullInt64
	var handle []byte
	if d := in.Document; d != nil {
		name = sql.NullString{String: d.Name, Valid: true}
		mime = sql.NullString{String: d.Mime, Valid: true}
		size, handle = sql.NullInt64{Int64: d.Size, Valid: true}, d.Handle
	}
	err = db.write(ctx, func(tx *tx) error {
		n, err := tx.count(`INSERT INTO inbox (chat, sender, message, phone, name, in_group, text, edits, quotes,
				doc_name, doc_mime, doc_size, doc_handle, sent, received, state, attempts, reason, updated)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'new', 0, '', ?)
			ON CONFLICT (chat, sender, message) DO NOTHING`,
			in.Chat, in.Sender, in.Message, in.Phone, in.Name, in.Group, text, in.Edits, in.Quotes,
			name, mime, size, handle, stamp(in.Sent), stamp(moment(in.Received, tx.at)), stamp(tx.at))
		fresh = n == 1
		return err
	})
	if err != nil {
		return false, fmt.Errorf("receive: %w", err)
	}
	if fresh {
		nudge(db.arrived)
	}
	return fresh, nil
}

// Unanswered returns the oldest messages that nothing has settled, in the
// order in which they came. Withheld ones have no text.
func (db *DB) Unanswered(ctx context.Context, limit int) ([]store.Incoming, error) {
	return list(ctx, db.reader, scanIncoming,
		`SELECT `+incomingColumns+` FROM inbox WHERE state = 'new' ORDER BY id LIMIT ?`, limit)
}

// Answer settles a message that has no other effect.
func (db *DB) Answer(ctx context.Context, r store.Reply) error {
	return db.reply(ctx, r, func(*tx) error { return nil })
}

// reply runs an effect and stores its reply in one transaction.
func (db *DB) reply(ctx context.Context, r store.Reply, effect func(*tx) error) error {
	err := db.write(ctx, func(tx *tx) error {
		if err := effect(tx); err != nil {
			return err
		}
		return tx.settle(r)
	})
	if err == nil && len(r.Owed) > 0 {
		nudge(db.owed)
	}
	return err
}

// Defer records that a handler failed on a message, and how often it has: the
// third failure makes the message dead.
func (db *DB) Defer(ctx context.Context, id int64, reason string) (int, error) {
	var failed int
	err := db.write(ctx, func(tx *tx) error {
		return tx.row(`UPDATE inbox SET attempts = attempts + 1, reason = ?1, updated = ?2,
				state = CASE WHEN attempts + 1 >= ?3 THEN 'dead' ELSE state END,
				doc_handle = CASE WHEN attempts + 1 >= ?3 THEN NULL ELSE doc_handle END
			WHERE id = ?4 RETURNING attempts`, []any{reason, stamp(tx.at), attempts, id}, &failed)
	})
	return failed, err
}

// Message returns what was received under that message id in the chat.
func (db *DB) Message(ctx context.Context, chat store.Chat, message string) (store.Incoming, error) {
	return one(ctx, db.reader, scanIncoming,
		`SELECT `+incomingColumns+` FROM inbox WHERE chat = ? AND message = ? ORDER BY id LIMIT 1`, chat, message)
}
