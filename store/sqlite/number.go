package sqlite

import (
	"context"
	"errors"
	"fmt"

	"clubrun/store"
)

// Holders returns the athletes who are known by a phone number, in the order of
// their ids: one, or several between a number's change of hands and Renumber. Who
// has no other name than the number is not among them.
func (db *DB) Holders(ctx context.Context, phone string) ([]store.Athlete, error) {
	return list(ctx, db.reader, scanAthlete, `SELECT `+athleteColumns+` FROM athlete a WHERE a.phone = ? AND a.phone <> '' AND a.user <> a.phone ORDER BY a.id`, phone)
}

// Renumber notes that a WhatsApp user id now has a phone number. Whoever else
// was known by it has lost it, and nothing of them goes to the user; an athlete
// with that user id keeps all that is theirs.
func (db *DB) Renumber(ctx context.Context, by store.Actor, user, phone string, r store.Reply) error {
	err := db.reply(ctx, r, func(tx *tx) error {
		if err := tx.takeNumber(user, phone); err != nil {
			return err
		}
		var id int64
		var former string
		err := tx.row(`SELECT id, phone FROM athlete WHERE user = ?`, []any{user}, &id, &former)
		if errors.Is(err, store.ErrNotFound) || err == nil && former == phone {
			return nil
		}
		if err != nil {
			return err
		}
		if err := tx.must(`UPDATE athlete SET phone = ?, updated = ? WHERE id = ?`, phone, stamp(tx.at), id); err != nil || former == "" {
			return err
		}
		return tx.audit(by, "athlete.number", athleteSubject(id), "moved")
	})
	if err != nil {
		return fmt.Errorf("renumber: %w", err)
	}
	return nil
}

// takeNumber takes a phone number from everybody but one user: it is of nobody
// else any more, so that no lookup by it ends at them. Whoever is known by the
// number alone keeps it: nothing else leads to them.
func (t *tx) takeNumber(user, phone string) error {
	if phone == "" {
		return nil
	}
	losers, err := list(t.ctx, t.sql, scanID, `SELECT id FROM athlete WHERE phone = ?1 AND user NOT IN (?1, ?2) ORDER BY id`, phone, user)
	if err != nil {
		return err
	}
	for _, id := range losers {
		if err := t.must(`UPDATE athlete SET phone = '' WHERE id = ?`, id); err != nil {
			return err
		}
		if err := t.audit(store.Actor{}, "athlete.number", athleteSubject(id), "given to somebody else"); err != nil {
			return err
		}
	}
	return nil
}
