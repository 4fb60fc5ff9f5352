package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"clubrun/store"
)

const digestColumns = `id, chatgroup, week_start, week_end, due, content, state, generated, sent`

func scanDigest(row scanner) (store.Digest, error) {
	var d store.Digest
	err := row.Scan(&d.ID, &d.Group, day{&d.Week.Start}, day{&d.Week.End}, instant{&d.Due}, &d.Content, &d.State,
		instant{&d.Generated}, instant{&d.Sent})
	return d, err
}

// Digest returns the group's digest of the week that starts with the span.
func (db *DB) Digest(ctx context.Context, group int64, week store.Span) (store.Digest, error) {
	return one(ctx, db.reader, scanDigest,
		`SELECT `+digestColumns+` FROM digest WHERE chatgroup = ? AND week_start = ?`, group, week.Start.String())
}

// LastDigest returns the group's digest of the latest week.
func (db *DB) LastDigest(ctx context.Context, group int64) (store.Digest, error) {
	return one(ctx, db.reader, scanDigest,
		`SELECT `+digestColumns+` FROM digest WHERE chatgroup = ? ORDER BY week_start DESC LIMIT 1`, group)
}

// Expired returns the digests that were due since then and were let go before
// they could be sent, in the order in which they were made.
func (db *DB) Expired(ctx context.Context, since time.Time) ([]store.Digest, error) {
	return list(ctx, db.reader, scanDigest,
		`SELECT `+digestColumns+` FROM digest WHERE state = ? AND due >= ? ORDER BY id`, store.DigestExpired, stamp(since))
}

// agreed refuses a digest that was made of somebody who has withdrawn or hidden
// something since.
func (t *tx) agreed(d store.Digest) error {
	var edition int64
	if err := t.row(`SELECT edition FROM chatgroup WHERE id = ?`, []any{d.Group}, &edition); err != nil {
		return err
	}
	if edition != d.Edition {
		return fmt.Errorf("somebody in it has hidden something: %w", store.ErrDenied)
	}
	for _, athlete := range d.Members {
		var n int
		err := t.row(`SELECT count(*) FROM membership WHERE chatgroup = ? AND athlete = ?`, []any{d.Group, athlete}, &n)
		if err != nil {
			return err
		}
		if n == 0 {
			return fmt.Errorf("somebody in it has withdrawn: %w", store.ErrDenied)
		}
	}
	return nil
}

// OweRace owes a group the message about a member's race. It is made of a
// season's edition, and refused with ErrDenied when the member is not shown
// there any more, or somebody has hidden something since.
func (db *DB) OweRace(ctx context.Context, group, athlete, edition int64, o store.Outgoing) error {
	err := db.write(ctx, func(tx *tx) error {
		if err := tx.agreed(store.Digest{Group: group, Members: []int64{athlete}, Edition: edition}); err != nil {
			return err
		}
		return tx.owe(0, []store.Outgoing{o})
	})
	if err != nil {
		return fmt.Errorf("owe a race to group %d: %w", group, err)
	}
	nudge(db.owed)
	return nil
}

// SaveDigest keeps the group's digest of a week together with the messages
// that it consists of and whom it names. The second one of a week is not fresh: it changes
// nothing and owes nothing. One that was made of a member who is none any more
// is refused with ErrDenied, as is one that mentions such a person, and one that
// was made before somebody shown there hid something. It says nothing about the group's schedule, as the
// digest may be of any week: that its moment has been dealt with is for
// SetNextRun.
func (db *DB) SaveDigest(ctx context.Context, d store.Digest, owed []store.Outgoing) (fresh bool, err error) {
	err = db.write(ctx, func(tx *tx) error {
		generated := stamp(moment(d.Generated, tx.at))
		var id int64
		err := tx.row(`INSERT INTO digest (chatgroup, week_start, week_end, due, content, state, generated, sent)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (chatgroup, week_start) DO NOTHING RETURNING id`,
			[]any{d.Group, d.Week.Start.String(), d.Week.End.String(), stamp(d.Due), d.Content,
				either(d.State, store.DigestPending), generated, stamp(d.Sent)}, &id)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		fresh = true
		if err := tx.agreed(d); err != nil {
			return err
		}
		if err := tx.exec(`INSERT INTO named SELECT ?, athlete FROM membership WHERE chatgroup = ?`, id, d.Group); err != nil {
			return err
		}
		if err := tx.mention(id, d.Mentions); err != nil {
			return err
		}
		return tx.owe(id, owed)
	})
	if err != nil {
		return false, fmt.Errorf("save digest of group %d: %w", d.Group, err)
	}
	if fresh && len(owed) > 0 {
		nudge(db.owed)
	}
	return fresh, nil
}

// mention keeps whom a digest names. Each of them is shown in its group.
func (t *tx) mention(digest int64, all []store.Mention) error {
	for _, m := range all {
		var shown int
		err := t.row(`SELECT count(*) FROM named WHERE digest = ? AND athlete = ?`, []any{digest, m.Athlete}, &shown)
		if err != nil {
			return err
		}
		if shown == 0 {
			return fmt.Errorf("somebody it names is not shown: %w", store.ErrDenied)
		}
		err = t.exec(`INSERT INTO mention (digest, athlete, kind) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, digest, m.Athlete, m.Kind)
		if err != nil {
			return err
		}
	}
	return nil
}
