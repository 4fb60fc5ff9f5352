package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"clubrun/store"
)

// Share shows the athlete in the group from now on, under the name where one
// is given, by the consent in m. Sharing again renews the consent.
func (db *DB) Share(ctx context.Context, by store.Actor, m store.Membership, name string, r store.Reply) error {
	return db.reply(ctx, r, func(tx *tx) error {
		err := tx.exec(`INSERT INTO membership (athlete, chatgroup, role, joined, consent_text, consent_given, consent_message)
			VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (chatgroup, athlete) DO UPDATE SET role = excluded.role, consent_text = excluded.consent_text,
				consent_given = excluded.consent_given, consent_message = excluded.consent_message`,
			m.Athlete, m.Group, either(m.Role, store.RoleMember), stamp(moment(m.Joined, tx.at)),
			m.Consent.Text, stamp(moment(m.Consent.Given, tx.at)), m.Consent.Message)
		if err != nil {
			return err
		}
		err = tx.exec(`UPDATE athlete SET name = ?, updated = ? WHERE id = ? AND ? <> ''`, name, stamp(tx.at), m.Athlete, name)
		if err != nil {
			return err
		}
		return tx.audit(by, "membership.share", athleteSubject(m.Athlete), groupSubject(m.Group)+", text "+m.Consent.Text)
	})
}

// Unshare withdraws the athlete's consent for the group, and takes back what
// waits to be posted there.
func (db *DB) Unshare(ctx context.Context, by store.Actor, athlete, group int64, r store.Reply) error {
	return db.freed(db.reply(ctx, r, func(tx *tx) error {
		if err := tx.must(`DELETE FROM membership WHERE athlete = ? AND chatgroup = ?`, athlete, group); err != nil {
			return err
		}
		if err := errors.Join(tx.withdraw(group), tx.withdrawRaces(group, athlete)); err != nil {
			return err
		}
		return tx.audit(by, "membership.unshare", athleteSubject(athlete), groupSubject(group))
	}))
}

// Members returns who agreed to be shown in the group, in the order of their
// ids.
func (db *DB) Members(ctx context.Context, group int64) ([]store.Athlete, error) {
	return list(ctx, db.reader, scanAthlete, `SELECT `+athleteColumns+` FROM membership m
		JOIN athlete a ON a.id = m.athlete WHERE m.chatgroup = ? ORDER BY a.id`, group)
}

// Reads returns when the accounts of those were last read who are shown in the
// group, zero for never. Who is signed out or counts by hand is not read at all.
func (db *DB) Reads(ctx context.Context, group int64) ([]time.Time, error) {
	return list(ctx, db.reader, scanRead, seasonReads, sql.Named("group", group))
}

// MembershipsOf returns where the athlete agreed to be shown, in the order of
// the groups' ids.
func (db *DB) MembershipsOf(ctx context.Context, athlete int64) ([]store.Membership, error) {
	return list(ctx, db.reader, scanMembership, `SELECT `+membershipColumns+` FROM membership WHERE athlete = ? ORDER BY chatgroup`, athlete)
}

const membershipColumns = `athlete, chatgroup, role, joined, consent_text, consent_given, consent_message`

func scanMembership(row scanner) (store.Membership, error) {
	var m store.Membership
	err := row.Scan(&m.Athlete, &m.Group, &m.Role, instant{&m.Joined}, &m.Consent.Text, instant{&m.Consent.Given}, &m.Consent.Message)
	return m, err
}
