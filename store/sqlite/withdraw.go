package sqlite

import (
	"errors"
	"time"

	"clubrun/store"
)

// withdrawn is the error of a part of a digest, or an answer, that somebody has
// withdrawn from: a dead one is not sent any more, one that is being sent is looked at
// again if it comes back.
const withdrawn = "withdrawn"

// withdraw takes back what waits to be posted in a group, after somebody shown
// there has withdrawn or the group may not be posted to any more. A digest of
// which nothing has left is dropped, and its moment is due again: it is made
// anew with who is shown by then, under the same keys. Where a part has left
// or is leaving, those that wait are given up. Answers that wait there tell of
// what was, too: whoever asked can ask again.
func (t *tx) withdraw(group int64) error {
	if err := errors.Join(t.drop(group), t.withdrawAnswers(group)); err != nil {
		return err
	}
	const waiting = `digest IN (SELECT id FROM digest WHERE chatgroup = ?) AND state = 'queued'`
	if err := t.exec(`DELETE FROM media WHERE outbox IN (SELECT id FROM outbox WHERE `+waiting+`)`, group); err != nil {
		return err
	}
	err := t.exec(`UPDATE outbox SET state = 'dead', text = '', error = ?, updated = ? WHERE `+waiting, withdrawn, stamp(t.at), group)
	if err != nil {
		return err
	}
	err = t.exec(`UPDATE outbox SET error = ? WHERE state = 'sending' AND digest IN (SELECT id FROM digest WHERE chatgroup = ?)`, withdrawn, group)
	if err != nil {
		return err
	}
	return t.exec(`UPDATE digest SET state = 'sent', sent = ? WHERE state = 'pending' AND chatgroup = ? AND `+nothingMissing, stamp(t.at), group)
}

// drop removes the group's digests of which nothing has left, and sets the
// group back to the moment before the first of them.
func (t *tx) drop(group int64) error {
	idle, err := list(t.ctx, t.sql, scanDigest, `SELECT `+digestColumns+` FROM digest WHERE chatgroup = ? AND state = 'pending'
		AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.digest = digest.id AND state IN ('sending', 'accepted', 'delivered'))`, group)
	if err != nil {
		return err
	}
	for _, d := range idle {
		if err := t.exec(`DELETE FROM outbox WHERE digest = ?`, d.ID); err != nil {
			return err
		}
		if err := t.exec(`DELETE FROM digest WHERE id = ?`, d.ID); err != nil {
			return err
		}
		before := moment(d.Due, d.Generated).Add(-time.Millisecond)
		if err := t.exec(`UPDATE chatgroup SET last_run = min(last_run, ?) WHERE id = ?`, stamp(before), group); err != nil {
			return err
		}
	}
	return nil
}

// withdrawAll takes back what waits in every group that shows the athlete.
func (t *tx) withdrawAll(athlete int64) error {
	shown, err := list(t.ctx, t.sql, scanMembership, `SELECT `+membershipColumns+` FROM membership WHERE athlete = ? ORDER BY chatgroup`, athlete)
	if err != nil {
		return err
	}
	for _, m := range shown {
		if err := errors.Join(t.withdraw(m.Group), t.withdrawRaces(m.Group, athlete)); err != nil {
			return err
		}
	}
	return nil
}

// hide makes what an athlete hides disappear: what waits in their groups is
// taken back, and what is being made now is refused.
func (t *tx) hide(athlete int64) error {
	err := t.exec(`UPDATE chatgroup SET edition = edition + 1 WHERE id IN (SELECT chatgroup FROM membership WHERE athlete = ?)`, athlete)
	if err != nil {
		return err
	}
	return t.withdrawAll(athlete)
}

// withdrawAnswers takes back the answers that wait to be posted in a group, and
// those in direct chats that tell of it, as their keys say. One that is being sent
// is not sent again.
func (t *tx) withdrawAnswers(group int64) error {
	const answers = `digest IS NULL AND kind IN ('text', 'image') AND
		(key GLOB 're:*:g' || ?1 || ':*' OR key GLOB 're:*' AND chat = (SELECT chat FROM chatgroup WHERE id = ?1))`
	if err := t.exec(`UPDATE outbox SET error = ?2 WHERE state = 'sending' AND `+answers, group, withdrawn); err != nil {
		return err
	}
	return t.exec(`DELETE FROM outbox WHERE state = 'queued' AND `+answers, group)
}

// raceActivity is the activity in the key of a race post.
const raceActivity = `CAST(substr(key, 6 + instr(substr(key, 6), ':')) AS INTEGER)`

// withdrawRaces takes back what waits to be posted in a group about an
// athlete's races, about everybody's where athlete is 0. One that is being sent
// is not sent again.
func (t *tx) withdrawRaces(group, athlete int64) error {
	const theirs = `key GLOB 'race:' || ?2 || ':*' AND (?3 = 0 OR ` + raceActivity + ` IN (SELECT id FROM activity WHERE athlete = ?3))`
	err := t.exec(`UPDATE outbox SET error = ?1 WHERE state = 'sending' AND `+theirs, withdrawn, group, athlete)
	if err != nil {
		return err
	}
	return t.exec(`DELETE FROM outbox WHERE state = ?1 AND `+theirs, store.OutQueued, group, athlete)
}

// requeue puts a message back. Where somebody has withdrawn from its digest
// while it was being sent, it does not wait as it is.
func (t *tx) requeue(id int64, due time.Time, reason string) error {
	var group int64
	var was string
	err := t.row(`SELECT coalesce(d.chatgroup, 0), o.error FROM outbox o LEFT JOIN digest d ON d.id = o.digest
		WHERE o.id = ? AND o.state IN ('queued', 'sending')`, []any{id}, &group, &was)
	if err != nil {
		return err
	}
	if was == withdrawn && group == 0 {
		return t.exec(`DELETE FROM outbox WHERE id = ?`, id)
	}
	err = t.must(`UPDATE outbox SET state = 'queued', due = ?, error = ?, updated = ? WHERE id = ?`,
		stamp(moment(due, t.at)), reason, stamp(t.at), id)
	if err != nil || was != withdrawn {
		return err
	}
	return t.withdraw(group)
}
