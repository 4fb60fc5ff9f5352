package whatsapp

import (
	"context"
	"database/sql/driver"
	"errors"
	"os"
	"time"

	"github.com/mattn/go-sqlite3"
)

// Between the decryption of a message and the return of our handler whatsmeow
// keeps its text in this table, so that it can be handled after a crash; then
// it nulls the text, and only after that acknowledges the message
// (decryptMessages in whatsmeow's message.go).
const buffer = "whatsmeow_event_buffer"

// wipePause is the least time between two wipes, so that a flood of messages
// does not become a flood of checkpoints.
const wipePause = time.Second

// guard makes the file where there is none, and its owner the only reader: the
// device's keys lie open in it. SQLite gives the files beside it the same mode.
func guard(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Close())
}

// connector opens connections that tell when whatsmeow has nulled a text.
type connector struct {
	dsn    string
	driver *sqlite3.SQLiteDriver
}

func newConnector(dsn string, nulled chan struct{}) connector {
	watch := func(conn *sqlite3.SQLiteConn) error {
		conn.RegisterUpdateHook(func(op int, _, table string, _ int64) {
			if op == sqlite3.SQLITE_UPDATE && table == buffer {
				nudge(nulled)
			}
		})
		return nil
	}
	return connector{dsn, &sqlite3.SQLiteDriver{ConnectHook: watch}}
}

// Connect opens a connection.
func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }

// Driver returns the driver.
func (c connector) Driver() driver.Driver { return c.driver }

// wipe empties the write-ahead log whenever a text has been nulled, until ctx
// ends; secure_delete has overwritten it in the pages themselves. So what
// people write, passwords among it, leaves the disk with its handling.
func (c *Client) wipe(ctx context.Context) {
	for {
		select {
		case <-c.nulled:
		case <-ctx.Done():
			return // Close empties the log once more
		}
		// The database has one connection: this waits until the text's
		// transaction is over.
		if err := c.Checkpoint(ctx); err != nil && ctx.Err() == nil {
			c.Log.Warn().Ctx(ctx).Err(err).Msg("received texts stay in the write-ahead log until the next checkpoint")
		}
		sleep(ctx, wipePause)
	}
}
