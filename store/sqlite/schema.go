package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
)

// The migrations are numbered without gaps from 0001 and never change once
// they were released.
//
//go:embed migrations/*.sql
var files embed.FS

// migrations returns the statements of every version, in order.
func migrations() ([]string, error) {
	names, err := fs.Glob(files, "migrations/*.sql") // sorted
	if err != nil {
		return nil, err
	}
	all := make([]string, len(names))
	for i, name := range names {
		var number int
		if _, err := fmt.Sscanf(name, "migrations/%04d_", &number); err != nil || number != i+1 {
			return nil, fmt.Errorf("migration %s: want number %04d", name, i+1)
		}
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		all[i] = string(text)
	}
	return all, nil
}

// inspect looks whether the database may be opened, without writing.
func (db *DB) inspect(ctx context.Context) error {
	all, err := migrations()
	if err != nil {
		return err
	}
	var version int
	if err := db.reader.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return err
	}
	if version > len(all) {
		return fmt.Errorf("%w: schema %d, known up to %d", ErrNewer, version, len(all))
	}
	if version == 0 {
		return nil
	}
	var check []byte
	err = db.reader.QueryRowContext(ctx, `SELECT value FROM meta WHERE key = 'key_check'`).Scan(&check)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("%w: it has no key check", ErrCorrupt)
	}
	if err != nil {
		return err
	}
	return db.sealer.Verify(check)
}

// migrate runs what the database lacks, each version in its own transaction.
func (db *DB) migrate(ctx context.Context) error {
	all, err := migrations()
	if err != nil {
		return err
	}
	var version int
	if err := db.writer.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return err
	}
	for ; version < len(all); version++ {
		err := db.write(ctx, func(tx *tx) error { return db.step(tx, version+1, all[version]) })
		if err != nil {
			return fmt.Errorf("migration %d: %w", version+1, err)
		}
		db.log.Info().Ctx(ctx).Int("schema", version+1).Msg("database migrated")
	}
	return nil
}

// step brings the schema to a version, unless another process has done so
// meanwhile. The first one also leaves the value by which the key is recognised
// from then on.
func (db *DB) step(tx *tx, version int, statements string) error {
	var now int
	if err := tx.row(`PRAGMA user_version`, nil, &now); err != nil || now >= version {
		return err
	}
	if err := tx.exec(statements); err != nil {
		return err
	}
	if version == 1 {
		check, err := db.sealer.Check()
		if err != nil {
			return err
		}
		if err := tx.exec(`INSERT INTO meta (key, value) VALUES ('key_check', ?)`, check); err != nil {
			return err
		}
	}
	return tx.exec(fmt.Sprintf(`PRAGMA user_version = %d`, version))
}
