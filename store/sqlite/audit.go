package sqlite

import (
	"context"

	"clubrun/store"
)

// Audit records a denial, or an effect that is no row of ours.
func (db *DB) Audit(ctx context.Context, e store.AuditEntry) error {
	return db.write(ctx, func(tx *tx) error { return tx.record(e) })
}

// record takes the cause of an entry from the context where its actor names
// none.
func (t *tx) record(e store.AuditEntry) error {
	return t.exec(`INSERT INTO audit (at, actor_role, actor_user, actor_athlete, actor_message, action, subject, denied, detail)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		stamp(moment(e.At, t.at)), e.Actor.Role, e.Actor.User, e.Actor.Athlete, either(e.Actor.Message, store.CauseOf(t.ctx)), e.Action, e.Subject, e.Denied, e.Detail)
}

// Audited returns the latest entries, the newest first.
func (db *DB) Audited(ctx context.Context, limit int) ([]store.AuditEntry, error) {
	return list(ctx, db.reader, scanAudit, `SELECT id, at, actor_role, actor_user, actor_athlete, actor_message,
		action, subject, denied, detail FROM audit ORDER BY id DESC LIMIT ?`, limit)
}

func scanAudit(row scanner) (store.AuditEntry, error) {
	var e store.AuditEntry
	err := row.Scan(&e.ID, instant{&e.At}, &e.Actor.Role, &e.Actor.User, &e.Actor.Athlete, &e.Actor.Message,
		&e.Action, &e.Subject, &e.Denied, &e.Detail)
	return e, err
}
