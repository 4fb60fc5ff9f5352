package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"clubrun/store"
)

const outgoingColumns = `o.id, o.key, o.chat, o.kind, o.urgency, o.text, o.target_message, o.target_sender, o.due, o.expires,
	o.state, o.message, o.attempts, o.error, o.updated, o.cause,
	m.mime, m.name, m.data, m.thumbnail, m.width, m.height, m.alt`

const outgoingTables = `outbox o LEFT JOIN media m ON m.outbox = o.id`

func scanOutgoing(row scanner) (store.Outgoing, error) {
	var o store.Outgoing
	var m store.Media
	var mime, name, alt sql.NullString
	var width, height sql.NullInt64
	err := row.Scan(&o.ID, &o.Key, &o.Chat, &o.Kind, &o.Urgency, &o.Text, &o.Target.Message, &o.Target.Sender,
		instant{&o.Due}, instant{&o.Expires}, &o.State, &o.Message, &o.Attempts, &o.Error, instant{&o.Updated}, &o.Cause,
		&mime, &name, &m.Data, &m.Thumbnail, &width, &height, &alt)
	if mime.Valid {
		m.Mime, m.Name, m.Alt = mime.String, name.String, alt.String
		m.Width, m.Height = int(width.Int64), int(height.Int64)
		o.Media = &m
	}
	return o, err
}

// Owe keeps messages to be sent. One whose key is already here is owed
// already: it changes nothing.
func (db *DB) Owe(ctx context.Context, out ...store.Outgoing) error {
	return db.reply(ctx, store.Reply{Owed: out}, func(*tx) error { return nil })
}

// owe inserts the messages, as parts of a digest where that is not 0.
func (t *tx) owe(digest int64, out []store.Outgoing) error {
	for _, o := range out {
		if err := t.oweOne(digest, o); err != nil {
			return fmt.Errorf("owe %s: %w", o.Key, err)
		}
	}
	return nil
}

func (t *tx) oweOne(digest int64, o store.Outgoing) error {
	due := stamp(moment(o.Due, t.at))
	rows, err := t.sql.QueryContext(t.ctx, `INSERT INTO outbox (key, chat, kind, urgency, text, target_message, target_sender,
			due, first_due, expires, state, message, attempts, error, digest, updated, cause)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', '', 0, '', ?, ?, ?)
		ON CONFLICT (key) DO NOTHING RETURNING id`,
		o.Key, o.Chat, o.Kind, o.Urgency, o.Text, o.Target.Message, o.Target.Sender,
		due, due, stamp(o.Expires), sql.NullInt64{Int64: digest, Valid: digest != 0}, stamp(t.at), o.Cause)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var id int64
	for rows.Next() {
		err = rows.Scan(&id)
	}
	if err := errors.Join(err, rows.Err()); err != nil {
		return err
	}
	if m := o.Media; m != nil && id != 0 {
		return t.exec(`INSERT INTO media (outbox, mime, name, data, thumbnail, width, height, alt) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			id, m.Mime, m.Name, blob(m.Data), blob(m.Thumbnail), m.Width, m.Height, m.Alt)
	}
	return nil
}

// InDoubt returns the messages that were being sent, in the order in which
// they were owed: after a restart nobody knows whether they left.
func (db *DB) InDoubt(ctx context.Context) ([]store.Outgoing, error) {
	return list(ctx, db.reader, scanOutgoing,
		`SELECT `+outgoingColumns+` FROM `+outgoingTables+` WHERE o.state = 'sending' ORDER BY o.id`)
}

// Sending records the WhatsApp message id under which a claimed message is
// about to be sent. store.ErrNotFound says that it must not be sent any more.
func (db *DB) Sending(ctx context.Context, id int64, message string) error {
	return db.write(ctx, func(tx *tx) error {
		return tx.must(`UPDATE outbox SET message = ?, updated = ? WHERE id = ? AND state = 'sending'`, message, stamp(tx.at), id)
	})
}

// Requeue puts a message back, to be tried again at due, unless somebody has
// withdrawn from its digest meanwhile.
func (db *DB) Requeue(ctx context.Context, id int64, due time.Time, reason string) error {
	return db.freed(db.write(ctx, func(tx *tx) error {
		return tx.requeue(id, due, reason)
	}))
}

// Wrote says whether a message of a chat is one that was sent from here. What
// somebody claims about a message plays no part.
func (db *DB) Wrote(ctx context.Context, chat store.Chat, message string) (bool, error) {
	var n int
	err := db.reader.QueryRowContext(ctx, `SELECT count(*) FROM outbox WHERE message = ? AND message <> '' AND chat = ?`, message, chat).Scan(&n)
	return n > 0, err
}

// Bury gives a message up; the digest that it is a part of has failed.
func (db *DB) Bury(ctx context.Context, id int64, reason string) error {
	return db.freed(db.write(ctx, func(tx *tx) error {
		err := tx.must(`UPDATE outbox SET state = 'dead', error = ?, updated = ?
			WHERE id = ? AND state IN ('queued', 'sending')`, reason, stamp(tx.at), id)
		if err != nil {
			return err
		}
		if err := tx.unload(id); err != nil {
			return err
		}
		return tx.exec(`UPDATE digest SET state = 'failed'
			WHERE state = 'pending' AND id = (SELECT digest FROM outbox WHERE id = ?)`, id)
	}))
}

// Accepted records that WhatsApp's server took a message. With the last part
// its digest is sent. Of a file nothing stays here from then on.
func (db *DB) Accepted(ctx context.Context, id int64, at time.Time) error {
	return db.freed(db.write(ctx, func(tx *tx) error {
		err := tx.must(`UPDATE outbox SET state = CASE state WHEN 'delivered' THEN state ELSE 'accepted' END,
			accepted = coalesce(accepted, ?), error = '', updated = ? WHERE id = ?`, stamp(at), stamp(tx.at), id)
		if err != nil {
			return err
		}
		return errors.Join(tx.unload(id), tx.finishDigest(id, at))
	}))
}

// Delivered records a receipt. It proves that the server had taken the
// message. A receipt for a message that is not ours is none of our business.
func (db *DB) Delivered(ctx context.Context, message string, at time.Time) error {
	if message == "" {
		return nil
	}
	var id int64
	var cause string
	err := db.write(ctx, func(tx *tx) error {
		err := tx.row(`UPDATE outbox SET state = 'delivered', delivered = ?, accepted = coalesce(accepted, ?), error = '', updated = ?
			WHERE message = ? AND state <> 'delivered' RETURNING id, cause`, []any{stamp(at), stamp(at), stamp(tx.at), message}, &id, &cause)
		if err != nil {
			return err
		}
		return errors.Join(tx.unload(id), tx.finishDigest(id, at))
	})
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err == nil {
		db.log.Debug().Ctx(store.WithCause(ctx, cause)).Int64("out", id).Msg("message delivered")
	}
	return db.freed(err)
}

// unload deletes the file of a message that is not sent any more: somebody's
// export is theirs alone, and large.
func (t *tx) unload(id int64) error {
	n, err := t.count(`DELETE FROM media WHERE outbox = ? AND (SELECT kind FROM outbox WHERE id = ?) = ?`, id, id, store.KindDocument)
	t.bared = t.bared || n > 0
	return err
}

// nothingMissing says of a digest that every part of it was taken, apart from
// what was withdrawn.
const nothingMissing = `NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.digest = digest.id AND state NOT IN ('accepted', 'delivered')
	AND NOT (state = 'dead' AND error = '` + withdrawn + `'))`

// finishDigest marks the digest of an outbox row as sent when no part of it is
// missing any more.
func (t *tx) finishDigest(id int64, at time.Time) error {
	return t.exec(`UPDATE digest SET state = 'sent', sent = ?
		WHERE state = 'pending' AND id = (SELECT digest FROM outbox WHERE id = ?)
			AND `+nothingMissing, stamp(at), id)
}

// freed nudges the sender: what waited behind a message may go now.
func (db *DB) freed(err error) error {
	if err == nil {
		nudge(db.owed)
	}
	return err
}

// Pending counts what is unfinished: messages nobody has answered, and
// messages that are queued or being sent.
func (db *DB) Pending(ctx context.Context) (inbox, outbox int, err error) {
	err = db.reader.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM inbox WHERE state = 'new'),
		(SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending'))`).Scan(&inbox, &outbox)
	return inbox, outbox, err
}
