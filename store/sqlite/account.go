package sqlite

import (
	"context"
	"fmt"
	"time"

	"clubrun/store"
)

const accountColumns = `id, athlete, source, profile, name, tokens, state, reason, until, linked, updated`

// sealedAccount is an account whose tokens are still sealed.
type sealedAccount struct {
	store.Account
	sealed []byte
}

func scanAccount(row scanner) (sealedAccount, error) {
	var a sealedAccount
	err := row.Scan(&a.ID, &a.Athlete, &a.Source, &a.Profile, &a.Name, &a.sealed, &a.State, &a.Reason,
		instant{&a.Until}, instant{&a.Linked}, instant{&a.Updated})
	return a, err
}

// tokensPlace is where an account's tokens are sealed for.
func tokensPlace(id int64, source string) string {
	return fmt.Sprintf("accounts/%d/%s/tokens", id, source)
}

func (db *DB) openTokens(a sealedAccount) (store.Account, error) {
	tokens, err := db.sealer.Open(tokensPlace(a.ID, a.Source), a.sealed)
	if err != nil {
		return a.Account, plain(err)
	}
	a.Tokens = store.Secret(tokens)
	return a.Account, nil
}

// Link keeps an athlete's account, with the actor's answer. Linking the same
// source again replaces tokens and profile and makes the account healthy; under
// another profile health is switched off, for the yes was to that of the first.
// store.ErrTaken says that the profile belongs to another athlete.
func (db *DB) Link(ctx context.Context, by store.Actor, acc store.Account, r store.Reply) (store.Account, error) {
	var linked store.Account
	var other bool
	err := db.reply(ctx, r, func(tx *tx) (err error) {
		if other, err = tx.otherBody(acc); err != nil {
			return err
		}
		if linked, err = db.link(tx, acc); err != nil {
			return err
		}
		return tx.audit(by, "account.link", athleteSubject(acc.Athlete), acc.Source)
	})
	if err != nil {
		return store.Account{}, fmt.Errorf("link %s: %w", acc.Source, err)
	}
	if other {
		db.shred(ctx)
	}
	db.wipe(ctx)
	return linked, nil
}

func (db *DB) link(tx *tx, acc store.Account) (store.Account, error) {
	var others int
	err := tx.row(`SELECT count(*) FROM account WHERE source = ? AND profile = ? AND athlete <> ?`,
		[]any{acc.Source, acc.Profile, acc.Athlete}, &others)
	if err != nil {
		return acc, err
	}
	if others > 0 {
		return acc, store.ErrTaken
	}
	err = tx.row(`INSERT INTO account (athlete, source, profile, name, tokens, state, reason, until, linked, updated)
		VALUES (?, ?, ?, ?, x'', ?, ?, ?, ?, ?)
		ON CONFLICT (athlete, source) DO UPDATE SET profile = excluded.profile, name = excluded.name, state = excluded.state,
			reason = excluded.reason, until = excluded.until, linked = excluded.linked, updated = excluded.updated
		RETURNING id`,
		[]any{acc.Athlete, acc.Source, acc.Profile, acc.Name, either(acc.State, store.AccountHealthy), acc.Reason,
			stamp(acc.Until), stamp(moment(acc.Linked, tx.at)), stamp(tx.at)}, &acc.ID)
	if err != nil {
		return acc, err
	}
	if err := db.sealTokens(tx, acc.ID, acc.Source, acc.Tokens); err != nil {
		return acc, err
	}
	if err := tx.exec(`DELETE FROM promise WHERE athlete = ? AND source = ?`, acc.Athlete, acc.Source); err != nil {
		return acc, err
	}
	kept, err := one(tx.ctx, tx.sql, scanAccount, `SELECT `+accountColumns+` FROM account WHERE id = ?`, acc.ID)
	if err != nil {
		return acc, err
	}
	return db.openTokens(kept)
}

func (db *DB) sealTokens(tx *tx, id int64, source string, tokens store.Secret) error {
	sealed, err := db.sealer.Seal(tokensPlace(id, source), []byte(tokens.Reveal()))
	if err != nil {
		return err
	}
	return tx.must(`UPDATE account SET tokens = ?, updated = ? WHERE id = ?`, sealed, stamp(tx.at), id)
}

// SaveTokens replaces the account's tokens. store.ErrNotFound says that the
// account was unlinked meanwhile.
func (db *DB) SaveTokens(ctx context.Context, account int64, tokens store.Secret) error {
	err := db.write(ctx, func(tx *tx) error {
		var source string
		if err := tx.row(`SELECT source FROM account WHERE id = ?`, []any{account}, &source); err != nil {
			return err
		}
		return db.sealTokens(tx, account, source, tokens)
	})
	if err != nil {
		return fmt.Errorf("save tokens of account %d: %w", account, err)
	}
	db.wipe(ctx)
	return nil
}

// SetAccountState records whether the account can be synced, and why not.
func (db *DB) SetAccountState(ctx context.Context, account int64, state store.AccountState, reason string, until time.Time) error {
	return db.write(ctx, func(tx *tx) error {
		return tx.must(`UPDATE account SET state = ?, reason = ?, until = ?, updated = ? WHERE id = ?`,
			state, reason, stamp(until), stamp(tx.at), account)
	})
}

// Unlink removes the athlete's account at the source: its tokens are
// destroyed, no group shows the athlete any more, not even in a digest that
// waits to be posted, and health is switched off. Activities stay.
func (db *DB) Unlink(ctx context.Context, by store.Actor, athlete int64, source string, r store.Reply) error {
	err := db.reply(ctx, r, func(tx *tx) error {
		if err := tx.must(`DELETE FROM account WHERE athlete = ? AND source = ?`, athlete, source); err != nil {
			return err
		}
		if err := tx.withdrawAll(athlete); err != nil {
			return err
		}
		if err := tx.exec(`DELETE FROM membership WHERE athlete = ?`, athlete); err != nil {
			return err
		}
		if err := tx.exec(`DELETE FROM promise WHERE athlete = ?`, athlete); err != nil {
			return err
		}
		if err := tx.forgetHealth(athlete); err != nil {
			return err
		}
		return tx.audit(by, "account.unlink", athleteSubject(athlete), source)
	})
	if err != nil {
		return fmt.Errorf("unlink %s: %w", source, err)
	}
	nudge(db.owed)
	db.shred(ctx)
	return nil
}

// Account returns the athlete's account at the source, with its tokens opened.
func (db *DB) Account(ctx context.Context, athlete int64, source string) (store.Account, error) {
	kept, err := one(ctx, db.reader, scanAccount,
		`SELECT `+accountColumns+` FROM account WHERE athlete = ? AND source = ?`, athlete, source)
	if err != nil {
		return store.Account{}, err
	}
	return db.openTokens(kept)
}

// Accounts returns all accounts in the order of their ids, with their tokens
// opened. One whose tokens do not open stops no other: it is returned without
// tokens, signed out.
func (db *DB) Accounts(ctx context.Context) ([]store.Account, error) {
	kept, err := list(ctx, db.reader, scanAccount, `SELECT `+accountColumns+` FROM account ORDER BY id`)
	if err != nil {
		return nil, err
	}
	all := make([]store.Account, len(kept))
	for i, a := range kept {
		opened, err := db.openTokens(a)
		if err != nil {
			db.log.Error().Ctx(ctx).Err(err).Int64("account", a.ID).Msg("tokens do not open")
			opened.State, opened.Reason = store.AccountSignedOut, "tokens do not open"
		}
		all[i] = opened
	}
	return all, nil
}
