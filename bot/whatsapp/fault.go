package whatsapp

import (
	"errors"
	"fmt"

	"github.com/mattn/go-sqlite3"
	"go.mau.fi/util/dbutil"
)

var (
	// ErrCorrupt says that whatsapp.db is damaged or not a database.
	ErrCorrupt = errors.New("database is corrupt")
	// ErrNewer says that a newer whatsmeow has written whatsapp.db.
	ErrNewer = errors.New("database is newer than this program")
)

// plain gives the faults of the database that a caller tells apart their names.
func plain(err error) error {
	var fault sqlite3.Error
	switch {
	case errors.As(err, &fault) && (fault.Code == sqlite3.ErrCorrupt || fault.Code == sqlite3.ErrNotADB):
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	case errors.Is(err, dbutil.ErrUnsupportedDatabaseVersion):
		return fmt.Errorf("%w: %w", ErrNewer, err)
	}
	return err
}
