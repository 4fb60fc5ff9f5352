package house

import (
	"context"
	"time"

	"clubrun/bot/dashboard"
)

// readTime is how long somebody who collects metrics, or asks whether the bot
// is well, waits for the database; Prometheus gives up after ten seconds.
const readTime = 5 * time.Second

// within reads what may hang, for one at a time, and waits no longer than its
// limit: SQLite that waits for a lock does not hear that nobody waits for it
// any more. What is late ends by itself, and until then nobody starts another.
type within[T any] struct {
	read  func(ctx context.Context) (T, error)
	limit time.Duration
	turn  chan struct{} // holds the one turn to read
}

// ask returns what was read, or the error of a context whose time is over.
func (w *within[T]) ask() (T, error) {
	ctx, cancel := context.WithTimeout(context.Background(), w.limit)
	defer cancel()
	type answer struct {
		what T
		err  error
	}
	select {
	case w.turn <- struct{}{}:
	case <-ctx.Done():
		return *new(T), ctx.Err()
	}
	answers := make(chan answer, 1)
	go func() {
		defer func() { <-w.turn }()
		what, err := w.read(ctx)
		answers <- answer{what, err}
	}()
	select {
	case a := <-answers:
		return a.what, a.err
	case <-ctx.Done():
		return *new(T), ctx.Err()
	}
}

// prompt says in readTime whether a database can be read and written: one that
// cannot within it counts as ill.
type prompt struct{ read, write *within[struct{}] }

func newPrompt(db dashboard.Database) prompt {
	soon := func(try func(context.Context) error) *within[struct{}] {
		return &within[struct{}]{limit: readTime, turn: make(chan struct{}, 1), read: func(ctx context.Context) (struct{}, error) {
			return struct{}{}, try(ctx)
		}}
	}
	return prompt{read: soon(db.Readable), write: soon(db.Writable)}
}

// Readable says whether the database can be read.
func (p prompt) Readable(context.Context) error { _, err := p.read.ask(); return err }

// Writable says whether the database can be written.
func (p prompt) Writable(context.Context) error { _, err := p.write.ask(); return err }
