// Package whatsapp is the bot's linked device: with its simulated network the
// only room that knows whatsmeow. It pairs, hands what is received to the
// inbox before WhatsApp is told that it arrived, and sends what the outbox
// hands it. It decides nothing about what is said and never starts a chat, a
// group or a look-up of numbers.
package whatsapp

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"clubrun/store"

	"github.com/rs/zerolog"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types"
	waLog "go.mau.fi/whatsmeow/util/log"
)

// Inbox takes what WhatsApp delivers. An error from Receive means that the
// message is not stored: WhatsApp will deliver it again.
type Inbox interface {
	Receive(ctx context.Context, in store.Incoming) error
	// Joined tells a group that the bot is in, at start and when it is added.
	Joined(ctx context.Context, r store.Roster) error
	// Left tells that somebody is no longer in a group; an empty user is the bot.
	Left(ctx context.Context, chat store.Chat, user string) error
	// Reacted tells that somebody reacted to a message of ours in a group; an
	// empty emoji takes the reaction back.
	Reacted(ctx context.Context, chat store.Chat, message, user, emoji string) error
	// Delivered tells that a message of ours reached somebody.
	Delivered(ctx context.Context, message string, at time.Time) error
}

// Standing hears what decides how WhatsApp looks upon the number.
type Standing interface {
	Paired(ctx context.Context, at time.Time) error
	Banned(ctx context.Context, until time.Time) error
}

// Options say how the linked device is made.
type Options struct {
	Path       string       // of whatsapp.db
	InstallKey []byte       // from which message ids are derived
	HTTP       *http.Client // nil dials WhatsApp; a demo dials a simulated network
	Inbox      Inbox
	Standing   Standing // may be nil
	Votes      Votes    // may be nil
	Now        func() time.Time
	QR         func(code string) // shows a pairing code; called again as codes expire
	Log        zerolog.Logger
}

// Client is the linked device.
type Client struct {
	Options
	db        *sql.DB
	container *sqlstore.Container
	current   atomic.Pointer[whatsmeow.Client]
	up        atomic.Bool   // logged in; whatsmeow's own word outlives a broken connection
	linked    atomic.Bool   // a phone knows this device
	away      atomic.Bool   // between two sessions
	nulled    chan struct{} // a text was nulled in the database
	self      atomic.Value  // store.Chat of the bot's number with itself; nil before pairing

	mu       sync.Mutex // guards what follows; never held while waiting
	ready    chan struct{}
	rosters  map[types.JID]cachedRoster
	holders  map[string]holder  // by number
	numbered map[types.JID]bool // groups that name their members by number

	forgotten uint64 // how often something happened that a roster may not tell of
}

// dsn makes whatsmeow's decryption transactions exclude all other writers, and
// every acknowledged commit survive a loss of power.
const dsn = "file:%s?_journal_mode=WAL&_synchronous=FULL&_busy_timeout=20000&_txlock=immediate&_foreign_keys=on&_secure_delete=on"

// Open opens the device's database; Run connects.
func Open(ctx context.Context, o Options) (*Client, error) {
	if err := guard(o.Path); err != nil {
		return nil, fmt.Errorf("open %s: %w", o.Path, err)
	}
	nulled := make(chan struct{}, 1)
	db := sql.OpenDB(newConnector(fmt.Sprintf(dsn, o.Path), nulled))
	db.SetMaxOpenConns(1) // lossless receiving needs it
	container := sqlstore.NewWithDB(db, "sqlite3", waLog.Zerolog(quiet(o.Log)))
	if err := container.Upgrade(ctx); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("prepare %s: %w", o.Path, plain(err))
	}
	c := &Client{
		Options: o, db: db, container: container, nulled: nulled,
		ready: make(chan struct{}), rosters: map[types.JID]cachedRoster{}, holders: map[string]holder{}, numbered: map[types.JID]bool{},
	}
	if err := c.Checkpoint(ctx); err != nil { // what a crash left in the log
		_ = db.Close()
		return nil, err
	}
	return c, nil
}

// Close closes the database; Run must have returned.
func (c *Client) Close() error {
	_, _ = c.db.ExecContext(context.Background(), "PRAGMA busy_timeout = 2000") // milliseconds; a stop cannot wait longer for a reader
	return errors.Join(c.Checkpoint(context.Background()), c.db.Close())
}

// Checkpoint moves everything from the write-ahead log into the database and
// empties the log, so that erased text is gone from the disk.
func (c *Client) Checkpoint(ctx context.Context) error {
	var busy, log, moved int
	if err := c.db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &moved); err != nil {
		return fmt.Errorf("checkpoint whatsapp.db: %w", plain(err))
	}
	if busy != 0 {
		return errors.New("checkpoint whatsapp.db: a reader is in the way")
	}
	return nil
}

// Number returns the bot's own phone number, digits only, or "" before pairing.
func (c *Client) Number() string {
	cli := c.current.Load()
	if cli == nil || cli.Store.ID == nil {
		return ""
	}
	return cli.Store.ID.User
}

// Wait returns when the device is connected and what was queued while it was
// away has been received.
func (c *Client) Wait(ctx context.Context) error {
	select {
	case <-c.gate():
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// gate returns the channel that is closed while the device is ready.
func (c *Client) gate() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ready
}

// open lets those who Wait go on.
func (c *Client) open() {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-c.ready:
	default:
		close(c.ready)
	}
}

// down makes Wait wait, and forgets the rosters: while the device is away it
// hears of no change.
func (c *Client) down() {
	c.up.Store(false)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forgotten++
	clear(c.rosters)
	select {
	case <-c.ready:
		c.ready = make(chan struct{})
	default:
	}
}
