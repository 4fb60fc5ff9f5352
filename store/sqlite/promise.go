package sqlite

import (
	"context"
	"fmt"

	"clubrun/store"
)

// Promise keeps a promise; one that was made before is renewed.
func (db *DB) Promise(ctx context.Context, p store.Promise) error {
	err := db.write(ctx, func(tx *tx) error {
		return tx.exec(`INSERT INTO promise (athlete, source, region, made) VALUES (?, ?, ?, ?)
			ON CONFLICT (athlete, source) DO UPDATE SET region = excluded.region, made = excluded.made`,
			p.Athlete, p.Source, p.Region, stamp(moment(p.Made, tx.at)))
	})
	if err != nil {
		return fmt.Errorf("promise: %w", err)
	}
	return nil
}

// Promises returns the promises that hold, the oldest first.
func (db *DB) Promises(ctx context.Context) ([]store.Promise, error) {
	return list(ctx, db.reader, func(row scanner) (p store.Promise, err error) {
		err = row.Scan(&p.Athlete, &p.Source, &p.Region, instant{&p.Made})
		return p, err
	}, `SELECT athlete, source, region, made FROM promise WHERE made >= ? ORDER BY made, athlete`, stamp(db.now().Add(-store.PromiseLife)))
}

// EndPromise ends a promise together with what is owed for it: nothing where it
// has no purpose any more. store.ErrNotFound says that it has ended already;
// then nothing is owed.
func (db *DB) EndPromise(ctx context.Context, athlete int64, source string, r store.Reply) error {
	err := db.reply(ctx, r, func(tx *tx) error {
		return tx.must(`DELETE FROM promise WHERE athlete = ? AND source = ?`, athlete, source)
	})
	if err != nil {
		return fmt.Errorf("end of a promise: %w", err)
	}
	return nil
}
