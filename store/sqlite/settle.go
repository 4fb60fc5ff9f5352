package sqlite

import (
	"fmt"

	"clubrun/store"
)

// settle stores what a handled message leaves behind: the inbox row is done,
// the talk goes on or ends, the answers are owed.
func (t *tx) settle(r store.Reply) error {
	if r.To != 0 {
		err := t.exec(`UPDATE inbox SET state = 'done', reason = '', doc_handle = NULL, updated = ? WHERE id = ?`, stamp(t.at), r.To)
		if err != nil {
			return fmt.Errorf("settle message: %w", err)
		}
	}
	if r.Talk != nil {
		if err := t.talk(*r.Talk); err != nil {
			return fmt.Errorf("talk: %w", err)
		}
	}
	return t.owe(0, r.Owed)
}

// audit records an effect in the effect's own transaction.
func (t *tx) audit(by store.Actor, action, subject, detail string) error {
	return t.record(store.AuditEntry{At: t.at, Actor: by, Action: action, Subject: subject, Detail: detail})
}

func athleteSubject(id int64) string { return fmt.Sprintf("athlete %d", id) }

func groupSubject(id int64) string { return fmt.Sprintf("group %d", id) }
