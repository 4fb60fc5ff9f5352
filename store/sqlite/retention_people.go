package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"clubrun/store"
)

// tooOld is why a file is no more that was kept; it is never asked for again.
const tooOld = "older than files are kept"

// letGo removes the files of activities before a day, and then notes that they
// are gone: what failed in between is removed again the next time.
func (db *DB) letGo(ctx context.Context, before store.Day, remove func(path string) error) (total int, err error) {
	for ctx.Err() == nil {
		old, err := list(ctx, db.reader, scanFile, fileColumns+` JOIN activity a ON a.id = f.activity
			WHERE a.day < ? AND (f.path <> '' OR f.retry IS NOT NULL) ORDER BY f.activity, f.format LIMIT ?`, before.String(), slice)
		if err != nil || len(old) == 0 {
			return total, err
		}
		for _, f := range old {
			if f.Path == "" || remove == nil {
				continue
			}
			if err := remove(f.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return total, fmt.Errorf("file of activity %d: %w", f.Activity, err)
			}
		}
		err = db.write(ctx, func(tx *tx) error {
			for _, f := range old {
				err := tx.exec(`UPDATE file SET state = ?, path = '', sha256 = '', size = 0, reason = ?, retry = NULL, updated = ?
					WHERE activity = ? AND format = ? AND path = ?`, store.FileNone, tooOld, stamp(tx.at), f.Activity, f.Format, f.Path)
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return total, err
		}
		total += len(old)
	}
	return total, ctx.Err()
}

// Departed returns whom everything is to be erased of: who said /unlink a month
// ago or earlier and has not come back since, by an account, a group or a
// workout; and who has never done any of that and has not been heard of for as
// long as records are kept.
func (db *DB) Departed(ctx context.Context, keep time.Duration) ([]int64, error) {
	const gone = `NOT EXISTS (SELECT 1 FROM account c WHERE c.athlete = a.id) AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.athlete = a.id)`
	const left = `(SELECT max(u.at) FROM audit u WHERE u.action = 'account.unlink' AND u.subject = 'athlete ' || a.id)`
	return list(ctx, db.reader, scanID, `SELECT a.id FROM athlete a WHERE `+gone+` AND (
			(`+left+` < ?1 AND NOT EXISTS (SELECT 1 FROM activity t WHERE t.athlete = a.id AND t.known > `+left+`))
			OR (a.updated < ?2 AND NOT EXISTS (SELECT 1 FROM activity t WHERE t.athlete = a.id)
				AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.sender = a.user)))
		ORDER BY a.id`, stamp(db.now().Add(-farewell*24*time.Hour)), stamp(db.now().Add(-keep)))
}

// ChatsOf returns the chats in which the bot may have written to or about an
// athlete: the direct one, in each form that it has, those in which they wrote,
// and those of the groups in which they are or were shown.
func (db *DB) ChatsOf(ctx context.Context, athlete int64) ([]store.Chat, error) {
	return list(ctx, db.reader, func(row scanner) (chat store.Chat, err error) {
		err = row.Scan(&chat)
		return chat, err
	}, `SELECT user || '@lid' AS chat FROM athlete WHERE id = ?1 UNION SELECT user || '@s.whatsapp.net' FROM athlete WHERE id = ?1
		UNION SELECT phone || '@s.whatsapp.net' FROM athlete WHERE id = ?1 AND phone <> ''
		UNION SELECT i.chat FROM inbox i JOIN athlete a ON a.user = i.sender WHERE a.id = ?1
		UNION SELECT g.chat FROM membership m JOIN chatgroup g ON g.id = m.chatgroup WHERE m.athlete = ?1
		UNION SELECT g.chat FROM named n JOIN digest d ON d.id = n.digest JOIN chatgroup g ON g.id = d.chatgroup WHERE n.athlete = ?1
		ORDER BY chat`, athlete)
}
