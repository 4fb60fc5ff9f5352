package story

import (
	"context"
	"database/sql"
	"fmt"
)

// kindHealth is health that is kept of somebody who has not said yes to it.
const kindHealth = "health without a yes"

// inspectHealth looks for figures of health, and for the raw records that they
// were read from, of people who do not agree to that. Other databases have no
// such tables.
func inspectHealth(ctx context.Context, db *sql.DB, hit func(kind, how string)) error {
	var has int
	err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'health'`).Scan(&has)
	if err != nil || has == 0 {
		return err
	}
	for what, query := range map[string]string{
		"as a figure":     `SELECT count(*) FROM health h JOIN athlete a ON a.id = h.athlete WHERE a.health IS NULL`,
		"as a raw record": `SELECT count(*) FROM raw r JOIN athlete a ON a.id = r.athlete WHERE a.health IS NULL AND r.kind GLOB 'health.*'`,
	} {
		var n int
		if err := db.QueryRowContext(ctx, query).Scan(&n); err != nil {
			return fmt.Errorf("health %s: %w", what, err)
		}
		if n > 0 {
			hit(kindHealth, what)
		}
	}
	return nil
}
