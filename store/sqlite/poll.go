package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"clubrun/store"
)

const pollColumns = `id, chatgroup, asked, key, until, state, made`

func scanPoll(row scanner) (store.Poll, error) {
	var p store.Poll
	err := row.Scan(&p.ID, &p.Group, &p.Asked, &p.Key, instant{&p.Until}, &p.State, instant{&p.Made})
	return p, err
}

// AskPoll keeps that a group is asked, in place of its earlier poll.
func (db *DB) AskPoll(ctx context.Context, by store.Actor, p store.Poll, r store.Reply) error {
	return db.reply(ctx, r, func(tx *tx) error {
		if err := tx.exec(`DELETE FROM poll WHERE chatgroup = ?`, p.Group); err != nil {
			return err
		}
		err := tx.exec(`INSERT INTO poll (chatgroup, asked, key, until, state, made) VALUES (?, ?, ?, ?, ?, ?)`,
			p.Group, p.Asked, p.Key, stamp(p.Until), store.PollOpen, stamp(tx.at))
		if err != nil {
			return fmt.Errorf("ask poll: %w", err)
		}
		return tx.audit(by, "group.poll", groupSubject(p.Group), "")
	})
}

// Polls returns the last poll of each group that had one, in the order of the
// groups.
func (db *DB) Polls(ctx context.Context) ([]store.Poll, error) {
	return list(ctx, db.reader, scanPoll, `SELECT `+pollColumns+` FROM poll ORDER BY chatgroup`)
}

// Votes returns who chose what in a poll, in the order of their ids.
func (db *DB) Votes(ctx context.Context, poll int64) ([]store.Vote, error) {
	return list(ctx, db.reader, func(row scanner) (store.Vote, error) {
		var v store.Vote
		err := row.Scan(&v.User, &v.Metric)
		return v, err
	}, `SELECT user, metric FROM vote WHERE poll = ? ORDER BY user`, poll)
}

// EndPoll ends a poll; its votes are gone.
func (db *DB) EndPoll(ctx context.Context, by store.Actor, p store.Poll, r store.Reply) error {
	return db.reply(ctx, r, func(tx *tx) error {
		if err := tx.must(`UPDATE poll SET state = ? WHERE id = ?`, store.PollDone, p.ID); err != nil {
			return err
		}
		if err := tx.exec(`DELETE FROM vote WHERE poll = ?`, p.ID); err != nil {
			return err
		}
		return tx.audit(by, "group.poll.end", groupSubject(p.Group), "")
	})
}

// Voted keeps what somebody chose in a poll that is open, in place of what they
// chose before: the hashes of options as WhatsApp makes them, none of which
// takes a vote back. A message that is no such poll of ours is nobody's
// business.
func (db *DB) Voted(ctx context.Context, chat store.Chat, message, user string, hashes []string) error {
	p, options, err := db.polled(ctx, chat, message)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("vote: %w", err)
	}
	metric, chosen := chosenOf(options, hashes)
	return db.write(ctx, func(tx *tx) error {
		if tx.at.After(p.Until) {
			return nil
		}
		if err := tx.exec(`DELETE FROM vote WHERE poll = ? AND user = ?`, p.ID, user); err != nil || !chosen {
			return err
		}
		return tx.exec(`INSERT INTO vote (poll, user, metric) SELECT id, ?, ? FROM poll WHERE id = ? AND state = ?`, user, metric, p.ID, store.PollOpen)
	})
}

// polled returns the open poll that a message of ours asks, and its options.
func (db *DB) polled(ctx context.Context, chat store.Chat, message string) (p store.Poll, options []string, err error) {
	text, err := one(ctx, db.reader, scanText, `SELECT text FROM outbox WHERE message = ? AND message <> '' AND chat = ? AND kind = ?`, message, chat, store.KindPoll)
	if err != nil {
		return p, nil, err
	}
	p, err = one(ctx, db.reader, scanPoll, `SELECT `+pollColumns+` FROM poll WHERE state = ? AND key = (SELECT key FROM outbox WHERE message = ? AND chat = ?)`,
		store.PollOpen, message, chat)
	return p, strings.Split(text, "\n")[1:], err
}

// chosenOf returns the metric of the first option that was chosen.
func chosenOf(options, hashes []string) (store.Metric, bool) {
	metrics := store.AllMetrics()
	for i, option := range options {
		sum := sha256.Sum256([]byte(option))
		if i < len(metrics) && slices.Contains(hashes, hex.EncodeToString(sum[:])) {
			return metrics[i], true
		}
	}
	return "", false
}
