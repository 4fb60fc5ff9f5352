package sqlite

import (
	"context"
	"errors"

	"clubrun/store"
)

// Talk returns the user's unfinished dialogue: the zero Talk where there is
// none, and one past its Until as it is.
func (db *DB) Talk(ctx context.Context, user string) (store.Talk, error) {
	talk, err := one(ctx, db.reader, scanTalk, `SELECT user, topic, step, data, until FROM talk WHERE user = ?`, user)
	if errors.Is(err, store.ErrNotFound) {
		return store.Talk{}, nil
	}
	return talk, err
}

// TalksAt returns all dialogues that wait at a step of a topic, those past
// their Until too, by user.
func (db *DB) TalksAt(ctx context.Context, topic, step string) ([]store.Talk, error) {
	return list(ctx, db.reader, scanTalk, `SELECT user, topic, step, data, until FROM talk WHERE topic = ? AND step = ? ORDER BY user`, topic, step)
}

func scanTalk(row scanner) (store.Talk, error) {
	var k store.Talk
	err := row.Scan(&k.User, &k.Topic, &k.Step, &k.Data, instant{&k.Until})
	return k, err
}

// talk replaces the user's dialogue; one without a topic ends it.
func (t *tx) talk(k store.Talk) error {
	if k.Topic == "" {
		return t.exec(`DELETE FROM talk WHERE user = ?`, k.User)
	}
	return t.exec(`INSERT INTO talk (user, topic, step, data, until, updated) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (user) DO UPDATE SET topic = excluded.topic, step = excluded.step, data = excluded.data,
			until = excluded.until, updated = excluded.updated`,
		k.User, k.Topic, k.Step, k.Data, stamp(k.Until), stamp(t.at))
}
