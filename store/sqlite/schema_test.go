package sqlite

import (
	"context"
	"crypto/rand"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/seal"

	"github.com/rs/zerolog"
)

// Openers stand for processes: the bot's first start and a command of the
// operator beside it.
func TestManyMayMakeTheDatabaseAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	var openers sync.WaitGroup
	for range 8 {
		openers.Go(func() {
			if err := openAndClose(t.Context(), path, seal.Key{1}); err != nil {
				t.Error(err)
			}
		})
	}
	openers.Wait()
}

func TestOfManyKeysOneMakesTheDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	var openers sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		openers.Go(func() { errs[i] = openAndClose(t.Context(), path, seal.Key{byte(i + 1)}) })
	}
	openers.Wait()
	let := 0
	for _, err := range errs {
		if err == nil {
			let++
		} else if !errors.Is(err, store.ErrWrongKey) {
			t.Error(err)
		}
	}
	if let != 1 {
		t.Errorf("%d keys open the database, want 1", let)
	}
}

func openAndClose(ctx context.Context, path string, key seal.Key) error {
	db, err := Open(ctx, path, Options{Key: key, Rand: rand.Reader, Now: time.Now, Log: zerolog.Nop()})
	if err == nil {
		_ = db.Close() // the others are in the way of its checkpoint
	}
	return err
}
