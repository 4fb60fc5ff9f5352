package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"clubrun/bot/whatsapp/whatsapptest"
	"clubrun/garmin"
	"clubrun/garmin/garmintest"
	"clubrun/store"
	"clubrun/store/sqlite"
)

// owed is a row of the outbox.
type owed struct {
	key, chat, kind, text, state, message string
	digest                                bool
}

// verify holds a finished scenario against what must be true after every one:
// what the people saw, what WhatsApp and Garmin were asked, and what is kept.
func (s *scenario) verify(ctx context.Context) error {
	rows, err := s.outbox(ctx)
	if err != nil {
		return err
	}
	return errors.Join(
		s.verifyFiles(ctx), s.verifyInbox(ctx, rows), s.verifyWire(rows), s.verifyDigest(ctx, rows),
		s.verifyHeard(ctx, s.ana, rows), s.verifyHeard(ctx, s.ben, rows), s.verifyTraining(ctx), s.verifyAccounts(ctx),
	)
}

// verifyFiles asks SQLite whether both files are whole.
func (s *scenario) verifyFiles(ctx context.Context) error {
	var errs []error
	for _, name := range []string{"clubrun.db", "whatsapp.db"} {
		lines, err := s.column(ctx, name, `PRAGMA integrity_check`)
		if err != nil || !slices.Equal(lines, []string{"ok"}) {
			errs = append(errs, fmt.Errorf("%s is damaged: %v %v", name, lines, err))
		}
	}
	return errors.Join(errs...)
}

// column reads the first column of a query.
func (w *world) column(ctx context.Context, name, query string) (all []string, err error) {
	db, err := w.look(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	err = each(ctx, db, query, func(rows *sql.Rows) error {
		var v string
		err := rows.Scan(&v)
		all = append(all, v)
		return err
	})
	return all, err
}

func each(ctx context.Context, db *sql.DB, query string, row func(*sql.Rows) error) error {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	for err == nil && rows.Next() {
		err = row(rows)
	}
	return errors.Join(err, rows.Err(), rows.Close())
}

func (s *scenario) outbox(ctx context.Context) (all []owed, err error) {
	db, err := s.look("clubrun.db")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	err = each(ctx, db, `SELECT key, chat, kind, text, state, message, digest IS NOT NULL FROM outbox WHERE message NOT IN ('')
		OR state <> 'delivered' ORDER BY id`, func(rows *sql.Rows) error {
		var o owed
		err := rows.Scan(&o.key, &o.chat, &o.kind, &o.text, &o.state, &o.message, &o.digest)
		if !s.before[o.key] {
			all = append(all, o)
		}
		return err
	})
	return all, err
}

// verifyInbox: every message that somebody sent is a settled row, and each was
// answered, with nothing said twice.
func (s *scenario) verifyInbox(ctx context.Context, rows []owed) error {
	var errs []error
	for _, m := range append(slices.Clone(s.anas.sent), s.bens.sent...) {
		states, err := s.column(ctx, "clubrun.db", `SELECT state FROM inbox WHERE message = '`+m+`'`)
		if err != nil || !slices.Equal(states, []string{"done"}) {
			errs = append(errs, fmt.Errorf("message %s is in the inbox as %v %v, want it done once", m, states, err))
		}
		errs = append(errs, answeredOnce(m, rows))
	}
	open, err := s.column(ctx, "clubrun.db", `SELECT message || ' ' || state FROM inbox WHERE state <> 'done'`)
	if err != nil || len(open) > 0 {
		errs = append(errs, fmt.Errorf("not settled: %v %v", open, err))
	}
	return errors.Join(errs...)
}

func answeredOnce(message string, rows []owed) error {
	times := map[string]int{}
	for _, o := range rows {
		if strings.HasPrefix(o.key, "re:"+message+":") {
			times[o.text]++
		}
	}
	for text, n := range times {
		if n > 1 {
			return fmt.Errorf("message %s was answered %d times with %q", message, n, text)
		}
	}
	if len(times) == 0 {
		return fmt.Errorf("message %s was never answered", message)
	}
	return nil
}

// verifyWire: what WhatsApp accepted is exactly what was owed, each under one
// id, and a kill made the bot send at most one of them again.
func (s *scenario) verifyWire(rows []owed) error {
	var errs []error
	accepted := map[string]int{}
	for _, a := range s.accepted() {
		accepted[a.ID]++
	}
	for _, o := range rows {
		if o.state != "delivered" || accepted[o.message] != 1 {
			errs = append(errs, fmt.Errorf("%s is %s, accepted %d times", o.key, o.state, accepted[o.message]))
		}
		delete(accepted, o.message)
	}
	if n := s.whatsapp.Repeats() - s.repeats; n > len(s.kills) {
		errs = append(errs, fmt.Errorf("%d messages were sent again after %d kills", n, len(s.kills)))
	}
	if len(accepted) > 0 {
		errs = append(errs, fmt.Errorf("accepted but not owed: %v", slices.Collect(maps.Keys(accepted))))
	}
	return errors.Join(errs...)
}

// accepted is what WhatsApp took from the bot in this scenario.
func (s *scenario) accepted() []whatsapptest.Accepted {
	return slices.DeleteFunc(s.whatsapp.Accepted()[s.seen:], func(a whatsapptest.Accepted) bool { return a.From != s.bot })
}

// verifyDigest: there is one, it is sent, and its text came before its picture.
func (s *scenario) verifyDigest(ctx context.Context, rows []owed) error {
	states, err := s.column(ctx, "clubrun.db", `SELECT state FROM digest`)
	if err != nil || !slices.Equal(states, []string{"sent"}) {
		return fmt.Errorf("digests are %v %v, want one that is sent", states, err)
	}
	kind := map[string]string{}
	for _, o := range rows {
		if o.digest {
			kind[o.message] = o.kind
		}
	}
	var came []string
	for _, a := range s.accepted() {
		if k, part := kind[a.ID]; part {
			came = append(came, k)
		}
	}
	if !slices.Equal(came, []string{whatsapptest.KindText, whatsapptest.KindImage}) {
		return fmt.Errorf("the digest came as %v", came)
	}
	return nil
}

// verifyHeard: somebody saw all that was said in their chats once, word for
// word, and can open the pictures.
func (s *scenario) verifyHeard(ctx context.Context, h *human, rows []owed) error {
	var errs []error
	times := map[string]int{}
	for _, r := range h.everything() {
		times[r.ID]++
	}
	for _, o := range rows {
		if o.chat != s.group.JID().String() && o.chat != h.account.LID().String() {
			continue
		}
		r, ok := h.phone.Received(o.message)
		if !ok || times[o.message] != 1 || r.Text != o.text || r.Kind != o.kind {
			errs = append(errs, fmt.Errorf("%s saw %s %d times, as %s %q", h.name, o.key, times[o.message], r.Kind, r.Text))
		}
		if ok && o.kind == whatsapptest.KindImage {
			_, err := h.phone.Download(ctx, o.message)
			errs = append(errs, err)
		}
		delete(times, o.message)
	}
	if len(times) > 0 {
		errs = append(errs, fmt.Errorf("%s saw what nobody owed: %v", h.name, slices.Collect(maps.Keys(times))))
	}
	return errors.Join(errs...)
}

// training is what is kept of everybody's workouts, without when it was kept.
const training = `SELECT athlete || ' ' || external || ' ' || parent || ' ' || name || ' ' || type || ' ' || start || ' ' || distance
	|| ' ' || elapsed || ' ' || moderate || ' ' || vigorous || ' ' || metrics || ' ' || private FROM activity ORDER BY 1`

// verifyTraining: the same workouts are kept as in a life without a kill, and
// each came from one raw record.
func (s *scenario) verifyTraining(ctx context.Context) error {
	kept, err := s.column(ctx, "clubrun.db", training)
	if err != nil {
		return err
	}
	raws, err := s.column(ctx, "clubrun.db", `SELECT athlete || ' ' || external || ' ' || hash || ' ' || reason FROM raw ORDER BY 1`)
	if err != nil {
		return err
	}
	kept = append(kept, raws...)
	if s.oracle == nil {
		s.oracle = kept
	}
	if len(kept) < 40 || !slices.Equal(kept, s.oracle) {
		return fmt.Errorf("%d workouts and records are kept, %d without a kill; first difference: %s", len(kept), len(s.oracle), difference(kept, s.oracle))
	}
	return nil
}

func difference(a, b []string) string {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return a[i] + " | " + b[i]
		}
	}
	return "one ends earlier"
}

// verifyAccounts: both are shown, their tokens open and are good, and nobody
// but Ben himself has signed in.
func (s *scenario) verifyAccounts(ctx context.Context) error {
	shown, err := s.column(ctx, "clubrun.db", `SELECT a.name FROM membership m JOIN athlete a ON a.id = m.athlete ORDER BY a.id`)
	if err != nil || !slices.Equal(shown, []string{"Ana", "Ben"}) {
		return fmt.Errorf("shown are %v %v", shown, err)
	}
	err = s.open(ctx, func(db *sqlite.DB) error {
		accounts, err := db.Accounts(ctx)
		for _, a := range accounts {
			err = errors.Join(err, s.tryTokens(ctx, a))
		}
		if len(accounts) != 2 {
			err = errors.Join(err, fmt.Errorf("%d accounts, want 2", len(accounts)))
		}
		return err
	})
	for h, before := range map[*human]garmintest.Counts{s.ana: s.anaCounts, s.ben: s.benCounts} {
		typed := map[*human]*talk{s.ana: s.anas, s.ben: s.bens}[h].passwords
		now := s.garmin.Counts(h.email)
		if n := now.Logins - before.Logins; n > typed || now.Refreshes != before.Refreshes {
			err = errors.Join(err, fmt.Errorf("%s typed %d passwords; %d sign-ins, %d refreshes", h.name, typed, n, now.Refreshes-before.Refreshes))
		}
	}
	return err
}

// tryTokens asks Garmin with the tokens that are kept.
func (s *scenario) tryTokens(ctx context.Context, a store.Account) error {
	first, _, _ := strings.Cut(a.Tokens.Reveal(), "\n")
	tokens, err := garmin.DecodeTokens(first)
	if err != nil {
		return fmt.Errorf("tokens of %s do not open: %w", a.Name, err)
	}
	profile, err := (&garmin.Client{Transport: s.toGarmin, Now: s.now}).Profile(ctx, tokens)
	if err != nil || profile.ID != a.Profile {
		return fmt.Errorf("tokens of %s are those of %q: %w", a.Name, profile.FullName, err)
	}
	return nil
}
