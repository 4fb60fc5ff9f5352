package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"clubrun/bot/whatsapp/whatsapptest"
	"clubrun/cmd/clubrun/operate"
	"clubrun/garmin/garmintest"
	"clubrun/store/seal"
	"clubrun/store/sqlite"

	"github.com/rs/zerolog"
)

// world is both simulated networks and the people, in this process, and the
// data folder of the bot, whose lives are processes of their own.
//
// Every scenario begins with the same clubrun.db: a group that Ana has started
// and is shown in. It begins with the whatsapp.db that the scenario before has
// left, because the Signal sessions of the people go on, too; a new install key
// makes new message ids.
type world struct {
	dir      string
	clock    atomic.Int64 // how far the world's clock is ahead, in nanoseconds
	whatsapp *whatsapptest.Network
	garmin   *garmintest.Server
	toGarmin http.RoundTripper // of this process
	bot      *whatsapptest.Account
	group    *whatsapptest.Group
	ana, ben *human
}

// The world's days: the group starts on a Saturday evening, and all scenarios
// play in the seconds after its digest is due, while Ana's access token of the
// day before is good.
var (
	saturday = time.Date(2026, 9, 12, 18, 0, 0, 0, time.UTC)
	sunday   = time.Date(2026, 9, 13, 17, 0, 3, 0, time.UTC) // 18:00:03 in Lisbon
)

const groupName = "Tuesday Runners"

func (w *world) now() time.Time { return time.Now().Add(w.shift()) }

func (w *world) shift() time.Duration { return time.Duration(w.clock.Load()) }

func (w *world) set(now time.Time) { w.clock.Store(int64(time.Until(now))) }

func (w *world) data() string { return filepath.Join(w.dir, "data") }

func (w *world) template() string { return filepath.Join(w.dir, "template") }

// worldSeed is one for all worlds: they have the same keys and trainings.
const worldSeed = 1

// trust makes this process's phones believe in the worlds to come.
func trust(t *testing.T) {
	t.Helper()
	n, err := whatsapptest.New(whatsapptest.Options{Seed: worldSeed, Now: time.Now, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	n.Trust()
	n.Close()
}

// newWorld makes a world in which the bot is paired and Ana is shown in the
// group.
func newWorld(t *testing.T) *world {
	t.Helper()
	dir, err := os.MkdirTemp("", "kill-") // short: it holds sockets
	if err != nil {
		t.Fatal(err)
	}
	w := &world{dir: dir}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	w.set(saturday)
	w.makeNetworks(t)
	w.makePeople(t)
	if err := w.settleIn(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) makeNetworks(t *testing.T) {
	t.Helper()
	var err error
	if w.garmin, err = garmintest.New(garmintest.Options{Seed: worldSeed, Now: w.now, Start: saturday, Log: zerolog.Nop()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.garmin.Close() })
	w.toGarmin = w.garmin.Transport()
	if w.whatsapp, err = whatsapptest.New(whatsapptest.Options{Seed: worldSeed, Now: w.now, Log: zerolog.Nop()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.whatsapp.Close)
	if err := os.WriteFile(filepath.Join(w.dir, garminCA), w.garmin.CA(), 0o600); err != nil {
		t.Fatal(err)
	}
	for socket, serve := range map[string]func(net.Listener) error{whatsappSocket: w.whatsapp.Serve, garminSocket: w.garmin.Serve} {
		l, err := net.Listen("unix", filepath.Join(w.dir, socket))
		if err != nil {
			t.Fatal(err)
		}
		go func() { _ = serve(l) }() // ends when the network is closed
	}
}

func (w *world) makePeople(t *testing.T) {
	t.Helper()
	w.bot = w.whatsapp.AddAccount("351910009999", "Clubrun")
	w.ana = w.addPerson(t, "Ana", "351910000001", "")
	w.ben = w.addPerson(t, "Ben", "351910000002", garmintest.MFAEmail)
	w.group = w.whatsapp.AddGroup(groupName, w.ana.account, w.ben.account, w.bot)
}

func (w *world) addPerson(t *testing.T, name, phone, mfa string) *human {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	h := &human{world: w, name: name, email: strings.ToLower(name) + "@example.org", password: name + "-pass-1"}
	err = w.garmin.Add(garmintest.Member{
		Name: name + " Silva", Email: h.email, Password: h.password, MFA: mfa, Zone: zone,
		Training: garmintest.Training{Archetype: garmintest.Triathlete},
	})
	if err != nil {
		t.Fatal(err)
	}
	h.account = w.whatsapp.AddAccount(phone, name)
	if h.phone, err = w.whatsapp.Persona(t.Context(), h.account); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.phone.Close)
	h.phone.Client().AddEventHandler(h.hear)
	return h
}

// settleIn pairs the bot, starts it in the group and links Ana, in one life,
// and keeps what the scenarios begin with.
func (w *world) settleIn(ctx context.Context) error {
	l, err := w.start(ctx, "", func(code string) { _ = w.bot.Scan(code) })
	if err != nil {
		return err
	}
	if err := w.allow(ctx); err != nil {
		return errors.Join(err, l.stop())
	}
	talk := w.ana.begin(ctx,
		errand{room: true, says: "/start", until: "I am *Clubrun*"},
		errand{room: true, says: "/schedule sun 18:00", until: "18:00"},
		errand{says: "/link chat", until: "You are in the next digest"})
	err = await(ctx, l, func() bool { return talk.over() && w.quiet(ctx) })
	if err := errors.Join(err, l.stop()); err != nil {
		return fmt.Errorf("settle in: %w; %s", err, talk)
	}
	if err := os.Mkdir(w.template(), 0o700); err != nil {
		return err
	}
	for _, name := range []string{"clubrun.db", "secret.key"} {
		if err := copyFile(filepath.Join(w.data(), name), filepath.Join(w.template(), name)); err != nil {
			return err
		}
	}
	return nil
}

// allow says the operator's word for the group, as soon as the bot knows it.
func (w *world) allow(ctx context.Context) error {
	var out strings.Builder
	for range 3000 {
		if groups, _ := w.column(ctx, "clubrun.db", `SELECT name FROM chatgroup`); len(groups) == 0 {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		if err := w.open(ctx, func(db *sqlite.DB) error { return allowed(ctx, db, &out) }); err == nil {
			return nil
		}
	}
	return fmt.Errorf("the bot never heard of its group: %s", out.String())
}

// allowed runs the operator's command on the database.
func allowed(ctx context.Context, db *sqlite.DB, out *strings.Builder) error {
	desk := &operate.Desk{DB: db, Now: time.Now}
	return operate.FromOutcome(desk.Handle(ctx, []string{"groups", "allow", groupName}, terminal{out, ""}))
}

// open opens the bot's database as the bot itself does.
func (w *world) open(ctx context.Context, use func(*sqlite.DB) error) error {
	key, err := seal.LoadOrCreate(filepath.Join(w.data(), "secret.key"), rand.Reader)
	if err != nil {
		return err
	}
	db, err := sqlite.Open(ctx, filepath.Join(w.data(), "clubrun.db"),
		sqlite.Options{Key: key, Rand: rand.Reader, Now: w.now, Log: zerolog.Nop()})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // the bot may be in the way of its checkpoint
	return use(db)
}

// restore makes the data folder what a scenario begins with.
func (w *world) restore() error {
	for _, name := range []string{"clubrun.db-wal", "clubrun.db-shm", "install.key"} {
		if err := os.Remove(filepath.Join(w.data(), name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return copyFile(filepath.Join(w.template(), "clubrun.db"), filepath.Join(w.data(), "clubrun.db"))
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o600)
}

// look opens one of the bot's databases to read.
func (w *world) look(name string) (*sql.DB, error) {
	return sql.Open("sqlite3", "file:"+filepath.Join(w.data(), name)+"?mode=ro&_busy_timeout=20000")
}

// quiet says whether the bot owes nothing, everybody has what it sent, and
// WhatsApp has nothing left for it.
func (w *world) quiet(ctx context.Context) bool {
	if w.bot.Waiting() > 0 {
		return false
	}
	db, err := w.look("clubrun.db")
	if err != nil {
		return false
	}
	defer func() { _ = db.Close() }()
	var open int
	err = db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM inbox WHERE state = 'new')
		+ (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending', 'accepted'))`).Scan(&open)
	return err == nil && open == 0 && w.bot.Waiting() == 0
}

// root is the key that the bot trusts WhatsApp by.
func (w *world) root() string {
	key := w.whatsapp.RootKey()
	return hex.EncodeToString(key[:])
}
