package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"clubrun/store"
)

// How far back a season looks, in days before its end.
const (
	week      = 7
	mentioned = 13 * week // the week that is told, and twelve before
	posted    = 4 * week  // and three before
)

// Season returns everything that the group's report is told from, as it stood
// at one moment: who is shown, what they did in the span and together, their
// pauses in it and since, and how often what they did was cheered in the group. What was
// mentioned in the twelve weeks before the span's last, and the digests of three,
// are of weeks that ended before the span does, and of digests that were posted
// or will be. The goal is there while it is in force in the span's last week, and where it
// ended with the week before, whose digest may have been made before all was done.
// The duels that both agreed to are of that week and the one before, for the
// same reason.
// Nothing is of somebody who is not shown in the group now, and no activity
// that is private at its source or hidden is told as done together.
func (db *DB) Season(ctx context.Context, group int64, span store.Span) (store.Season, error) {
	tx, err := db.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return store.Season{}, fmt.Errorf("season: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	r := seasonReader{ctx: ctx, tx: tx, group: group, span: span}
	s, err := r.season()
	if err != nil {
		return store.Season{}, fmt.Errorf("season of group %d: %w", group, err)
	}
	return s, nil
}

// seasonReader reads a season within one transaction.
type seasonReader struct {
	ctx   context.Context
	tx    *sql.Tx
	group int64
	span  store.Span
}

func (r seasonReader) season() (s store.Season, err error) {
	errs := make([]error, 9)
	s.Members, errs[0] = seasonList(r, scanAthlete, seasonMembers)
	s.Activities, errs[1] = seasonList(r, scanActivity, seasonActivities)
	s.Pauses, errs[2] = seasonList(r, scanPause, seasonPauses)
	s.Mentions, errs[3] = seasonList(r, scanMention, seasonMentions)
	s.Together, errs[4] = seasonList(r, scanTogether, seasonTogether)
	s.Cheers, errs[5] = seasonList(r, scanCheer, seasonCheers)
	s.Posted, errs[6] = seasonList(r, scanDigest, seasonPosted)
	s.Duels, errs[7] = seasonList(r, scanDuel, seasonDuels)
	s.Reads, errs[8] = seasonList(r, scanRead, seasonReads)
	goals, err := seasonList(r, scanGoal, seasonGoal)
	if len(goals) > 0 {
		s.Goal = &goals[0]
	}
	editions, err2 := seasonList(r, scanID, `SELECT edition FROM chatgroup WHERE id = :group`)
	if len(editions) > 0 {
		s.Edition = editions[0]
	}
	return s, errors.Join(append(errs, err, err2)...)
}

// seasonList runs one of the queries below. They know the group as :group, the
// span as :start and :end, and the days before its end.
func seasonList[T any](r seasonReader, scan func(scanner) (T, error), query string) ([]T, error) {
	end := r.span.End
	return list(r.ctx, r.tx, scan, query, sql.Named("group", r.group),
		sql.Named("start", r.span.Start.String()), sql.Named("end", end.String()), sql.Named("week", (end-week).String()),
		sql.Named("before", (end-2*week).String()), sql.Named("mentioned", (end-mentioned).String()), sql.Named("posted", (end-posted).String()))
}

const (
	seasonMembers = `SELECT ` + athleteColumns + ` FROM membership m JOIN athlete a ON a.id = m.athlete
		WHERE m.chatgroup = :group ORDER BY a.id`
	seasonReads = `SELECT a.last_sync FROM membership m JOIN athlete a ON a.id = m.athlete
		JOIN account c ON c.athlete = a.id AND c.source = 'garmin' AND c.state <> 'signed_out'
		WHERE m.chatgroup = :group ORDER BY a.id`
	seasonActivities = `SELECT ` + activityColumns + ` FROM membership m JOIN activity a ON a.athlete = m.athlete
		WHERE m.chatgroup = :group AND a.day >= :start AND a.day < :end ORDER BY a.local, a.id`
	seasonPauses = `SELECT p.athlete, p.start, p.end FROM membership m JOIN pause p ON p.athlete = m.athlete
		WHERE m.chatgroup = :group AND p.end > :start ORDER BY p.athlete, p.start`
	seasonMentions = `SELECT n.athlete, d.week_start, n.kind FROM digest d JOIN mention n ON n.digest = d.id
		JOIN membership m ON m.chatgroup = d.chatgroup AND m.athlete = n.athlete
		WHERE d.chatgroup = :group AND d.week_start >= :mentioned AND d.week_start < :end AND d.week_end < :end
			AND d.state IN ('pending', 'sent') ORDER BY d.week_start, n.athlete, n.kind`
	seasonTogether = `SELECT t.a, t.b FROM membership m JOIN activity a ON a.athlete = m.athlete
		JOIN together t ON t.a = a.id JOIN activity b ON b.id = t.b
		JOIN membership o ON o.chatgroup = m.chatgroup AND o.athlete = b.athlete
		WHERE m.chatgroup = :group AND a.day >= :start AND a.day < :end AND b.day >= :start AND b.day < :end
			AND NOT a.private AND NOT b.private AND a.hidden IS NULL AND b.hidden IS NULL ORDER BY t.a, t.b`
	seasonCheers = `SELECT a.athlete, c.activity, count(*) FROM cheer c JOIN activity a ON a.id = c.activity
		JOIN membership m ON m.chatgroup = c.chatgroup AND m.athlete = a.athlete
		WHERE c.chatgroup = :group AND a.day >= :start AND a.day < :end GROUP BY c.activity ORDER BY c.activity`
	seasonPosted = `SELECT ` + digestColumns + ` FROM digest WHERE chatgroup = :group AND week_start >= :posted
		AND week_start < :end AND week_end < :end AND state IN ('pending', 'sent') ORDER BY week_start DESC`
	seasonGoal  = `SELECT ` + goalColumns + ` FROM goal WHERE chatgroup = :group AND start < :end AND end >= :week`
	seasonDuels = `SELECT ` + duelColumns + ` FROM ` + duelTables + `
		WHERE d.chatgroup = :group AND d.start < :end AND d.end > :before AND d.state = 'on' ORDER BY d.id`
)

func scanMention(row scanner) (store.Mention, error) {
	var m store.Mention
	err := row.Scan(&m.Athlete, day{&m.Week}, &m.Kind)
	return m, err
}

func scanCheer(row scanner) (store.Cheer, error) {
	var c store.Cheer
	err := row.Scan(&c.Athlete, &c.Activity, &c.People)
	return c, err
}

func scanRead(row scanner) (at time.Time, err error) {
	err = row.Scan(instant{&at})
	return at, err
}
