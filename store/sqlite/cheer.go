package sqlite

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"clubrun/store"
	"clubrun/store/seal"
)

// crowd makes the names under which those who cheer are kept: keyed hashes
// that tell nobody apart without the key, and another one for each activity,
// so that the rows do not tell either who cheers whom often.
type crowd struct{ key [sha256.Size]byte }

func newCrowd(key seal.Key) crowd {
	mac := hmac.New(sha256.New, key[:])
	_, _ = mac.Write([]byte("clubrun cheer")) // never fails
	return crowd{[sha256.Size]byte(mac.Sum(nil))}
}

func (c crowd) person(activity int64, user string) []byte {
	mac := hmac.New(sha256.New, c.key[:])
	_, _ = mac.Write(binary.BigEndian.AppendUint64(nil, uint64(activity)))
	_, _ = mac.Write([]byte(user))
	return mac.Sum(nil)[:16]
}

// racePost is a message of ours about somebody's race.
type racePost struct {
	group, activity int64
	user            string // whose race it is
}

// racePrefix begins the keys of what is posted about a race:
// "race:<group>:<activity>", and whatever follows after another colon.
const racePrefix = "race:"

// readRace takes the key of a race post apart.
func readRace(key string) (group, activity int64, ok bool) {
	rest, ok := strings.CutPrefix(key, racePrefix)
	parts := strings.SplitN(rest, ":", 3)
	if !ok || len(parts) < 2 {
		return 0, 0, false
	}
	group, err := strconv.ParseInt(parts[0], 10, 64)
	activity, err2 := strconv.ParseInt(parts[1], 10, 64)
	return group, activity, err == nil && err2 == nil
}

// Cheered keeps what somebody reacted with to a message in the chat. To what
// was posted about a race a cheer counts, once for each person and activity,
// until another reaction or an empty one takes its place. The athlete's own
// does not count, and reactions to other messages are none of our business.
// Who has cheered is kept as a hash under the master key: it can be counted,
// taken back and erased, not read.
func (db *DB) Cheered(ctx context.Context, chat store.Chat, message, user, emoji string) error {
	post, err := db.racePost(ctx, chat, message)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("cheer: %w", err)
	}
	if user == "" || user == post.user {
		return nil
	}
	err = db.write(ctx, func(tx *tx) error {
		if err := db.hushOf(tx, post, user); err != nil || !store.IsCheer(emoji) {
			return err
		}
		return tx.exec(`INSERT INTO cheer (chatgroup, activity, person) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
			post.group, post.activity, db.crowd.person(post.activity, user))
	})
	if err != nil && !errors.Is(err, store.ErrNotFound) { // the race is gone meanwhile
		return fmt.Errorf("cheer: %w", err)
	}
	return nil
}

// racePost returns the race that a message of ours is about, as long as its
// athlete is shown in the group; store.ErrNotFound for other messages.
func (db *DB) racePost(ctx context.Context, chat store.Chat, message string) (racePost, error) {
	key, err := one(ctx, db.reader, scanText, `SELECT key FROM outbox WHERE message = ? AND message <> '' AND chat = ?`, message, chat)
	if err != nil {
		return racePost{}, err
	}
	group, activity, ok := readRace(key)
	if !ok {
		return racePost{}, store.ErrNotFound
	}
	user, err := one(ctx, db.reader, scanText, `SELECT p.user FROM activity a JOIN membership m ON m.athlete = a.athlete
		JOIN athlete p ON p.id = a.athlete JOIN chatgroup g ON g.id = m.chatgroup
		WHERE a.id = ? AND m.chatgroup = ? AND g.chat = ?`, activity, group, chat)
	return racePost{group, activity, user}, err
}

// hushOf takes back what somebody has cheered in a group at one activity, under
// whatever id that was.
func (db *DB) hushOf(tx *tx, post racePost, user string) error {
	made, err := list(tx.ctx, tx.sql, scanID, `SELECT DISTINCT CASE made WHEN 0 THEN activity ELSE made END FROM cheer
		WHERE chatgroup = ? AND activity = ?`, post.group, post.activity)
	if err != nil {
		return err
	}
	for _, id := range made {
		err := tx.exec(`DELETE FROM cheer WHERE chatgroup = ? AND activity = ? AND person = ?`, post.group, post.activity, db.crowd.person(id, user))
		if err != nil {
			return err
		}
	}
	return nil
}

// hush takes back all that somebody has cheered.
func (db *DB) hush(tx *tx, user string) error {
	const made = `CASE made WHEN 0 THEN activity ELSE made END`
	cheered, err := list(tx.ctx, tx.sql, scanID, `SELECT DISTINCT `+made+` FROM cheer`)
	if err != nil {
		return err
	}
	for _, id := range cheered {
		if err := tx.exec(`DELETE FROM cheer WHERE `+made+` = ? AND person = ?`, id, db.crowd.person(id, user)); err != nil {
			return err
		}
	}
	return nil
}

func scanID(row scanner) (int64, error) {
	var id int64
	err := row.Scan(&id)
	return id, err
}
