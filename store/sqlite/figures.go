package sqlite

import (
	"context"
	"time"

	"clubrun/store"
)

// Figures counts what is kept, as it stands at a moment.
func (db *DB) Figures(ctx context.Context, now time.Time) (store.Figures, error) {
	f := store.Figures{Accounts: map[store.AccountState]int{}, Outbox: map[store.OutState]int{}}
	err := db.reader.QueryRowContext(ctx, `SELECT
			(SELECT count(*) FROM inbox WHERE state = 'new'),
			(SELECT min(received) FROM inbox WHERE state = 'new'),
			(SELECT min(first_due) FROM outbox WHERE state IN ('queued', 'sending') AND first_due <= ?),
			(SELECT max(last_sync) FROM athlete),
			(SELECT min(coalesce(t.last_sync, a.linked)) FROM account a JOIN athlete t ON t.id = a.athlete WHERE a.state = ? AND a.source <> 'hand'),
			(SELECT count(*) FROM athlete),
			(SELECT count(*) FROM chatgroup),
			(SELECT count(*) FROM chatgroup WHERE enabled),
			(SELECT count(*) FROM activity)`, stamp(now), store.AccountHealthy).
		Scan(&f.Inbox, instant{&f.InboxSince}, instant{&f.OwedSince}, instant{&f.Synced}, instant{&f.Stalest},
			&f.Athletes, &f.Groups, &f.Started, &f.Activities)
	if err != nil {
		return f, err
	}
	if err := tallied(ctx, db, f.Accounts, `SELECT state, count(*) FROM account WHERE source <> 'hand' GROUP BY state`); err != nil {
		return f, err
	}
	return f, tallied(ctx, db, f.Outbox, `SELECT state, count(*) FROM outbox GROUP BY state`)
}

// tallied reads numbers by state.
func tallied[S ~string](ctx context.Context, db *DB, into map[S]int, query string) error {
	rows, err := db.reader.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var state string
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return err
		}
		into[S(state)] = n
	}
	return rows.Err()
}
