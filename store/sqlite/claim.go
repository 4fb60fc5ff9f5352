package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"clubrun/store"
)

// inLine says that no earlier message of the same chat and urgency is
// unfinished, so that the parts of a chat keep their order even when one is
// tried again. A reply does not wait behind a digest.
const inLine = `NOT EXISTS (SELECT 1 FROM outbox p
	WHERE p.chat = o.chat AND p.urgency = o.urgency AND p.state IN ('queued', 'sending')
		AND (p.first_due, p.id) < (o.first_due, o.id))`

// Claim takes the oldest queued message that is due, whose chat is not
// skipped, and marks it as being sent. Nobody else gets it. Messages past
// their time become expired on the way. store.ErrNotFound says that there is
// none.
func (db *DB) Claim(ctx context.Context, now time.Time, skip []store.Chat) (store.Outgoing, error) {
	if skip == nil {
		skip = []store.Chat{}
	}
	skipped, err := json.Marshal(skip)
	if err != nil {
		return store.Outgoing{}, err
	}
	var claimed store.Outgoing
	err = db.write(ctx, func(tx *tx) error {
		if err := tx.expire(now); err != nil {
			return fmt.Errorf("expire: %w", err)
		}
		claimed, err = tx.claim(now, string(skipped))
		if errors.Is(err, store.ErrNotFound) {
			return nil // what expired is kept
		}
		return err
	})
	if err == nil && claimed.ID == 0 {
		err = store.ErrNotFound
	}
	return claimed, err
}

func (t *tx) claim(now time.Time, skipped string) (store.Outgoing, error) {
	var id int64
	err := t.row(`UPDATE outbox SET state = 'sending', attempts = attempts + 1, updated = ?
		WHERE id = (SELECT o.id FROM outbox o WHERE o.state = 'queued' AND o.due <= ?
			AND o.chat NOT IN (SELECT value FROM json_each(?)) AND `+inLine+`
			ORDER BY o.due, o.id LIMIT 1) RETURNING id`, []any{stamp(t.at), stamp(now), skipped}, &id)
	if err != nil {
		return store.Outgoing{}, err
	}
	return one(t.ctx, t.sql, scanOutgoing, `SELECT `+outgoingColumns+` FROM `+outgoingTables+` WHERE o.id = ?`, id)
}

// expire ends what is queued past its time, and the digests that it belongs to.
func (t *tx) expire(now time.Time) error {
	n, err := t.count(`UPDATE outbox SET state = 'expired', updated = ? WHERE state = 'queued' AND expires < ?`,
		stamp(t.at), stamp(now))
	if err != nil || n == 0 {
		return err
	}
	n, err = t.count(`DELETE FROM media WHERE outbox IN (SELECT id FROM outbox WHERE state = 'expired' AND kind = ?)`, store.KindDocument)
	if err != nil {
		return err
	}
	t.bared = t.bared || n > 0
	return t.exec(`UPDATE digest SET state = 'expired' WHERE state = 'pending'
		AND EXISTS (SELECT 1 FROM outbox WHERE outbox.digest = digest.id AND outbox.state = 'expired')`)
}

// NextDue returns when the earliest queued message is due that waits for
// nothing else; ok is false where there is none.
func (db *DB) NextDue(ctx context.Context) (at time.Time, ok bool, err error) {
	err = db.reader.QueryRowContext(ctx,
		`SELECT min(o.due) FROM outbox o WHERE o.state = 'queued' AND `+inLine).Scan(instant{&at})
	return at, !at.IsZero(), err
}
