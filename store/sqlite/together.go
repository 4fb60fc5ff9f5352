package sqlite

import (
	"context"

	"clubrun/store"
)

func scanTogether(row scanner) (store.Together, error) {
	var p store.Together
	err := row.Scan(&p.A, &p.B)
	return p, err
}

// SaveTogether keeps which activities were done together, in whatever order
// the two are named. Who went with whom is kept of those alone who are shown in
// one group. A pair that is kept already, or one with an activity that is gone
// meanwhile, changes nothing.
func (db *DB) SaveTogether(ctx context.Context, pairs []store.Together) error {
	if len(pairs) == 0 {
		return nil
	}
	return db.write(ctx, func(tx *tx) error {
		for _, p := range pairs {
			err := tx.exec(`INSERT INTO together (a, b) SELECT a.id, b.id FROM activity a JOIN activity b ON a.athlete <> b.athlete
				WHERE a.id = ? AND b.id = ? AND EXISTS (SELECT 1 FROM membership m JOIN membership o ON o.chatgroup = m.chatgroup
					WHERE m.athlete = a.athlete AND o.athlete = b.athlete) ON CONFLICT DO NOTHING`, min(p.A, p.B), max(p.A, p.B))
			if err != nil {
				return err
			}
		}
		return nil
	})
}
