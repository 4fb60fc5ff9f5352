package sqlite

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// Pseudonym returns the name under which a limit is kept of what must not be
// written down, such as an address: only who has the key can tell whose it is,
// and only by trying.
func (db *DB) Pseudonym(text string) string {
	mac := hmac.New(sha256.New, db.crowd.key[:])
	_, _ = mac.Write([]byte("limit "))
	_, _ = mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil)[:12])
}

// Person returns the pseudonym of the person behind an athlete. Somebody who was
// erased and comes back has the same one, so that being erased is no way around
// a limit.
func (db *DB) Person(ctx context.Context, athlete int64) (string, error) {
	user, err := one(ctx, db.reader, scanText, `SELECT user FROM athlete WHERE id = ?`, athlete)
	if err != nil {
		return "", err
	}
	return db.personOf(user), nil
}

// personOf is Person by the WhatsApp user id.
func (db *DB) personOf(user string) string { return db.Pseudonym("user " + user) }
