package house_test

import (
	"context"
	cryptorand "crypto/rand"
	"errors"
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/bot/whatsapp/whatsapptest"
	"clubrun/cmd/clubrun/house"
	"clubrun/garmin/garmintest"
	"clubrun/store/failpoint"

	"github.com/rs/zerolog"
	"go.mau.fi/whatsmeow/types"
)

// world is Ana in a group with the bot, in both simulated networks. Its clock
// starts on a Sunday at 14:00 UTC.
type world struct {
	t        *testing.T
	whatsapp *whatsapptest.Network
	garmin   *garmintest.Server
	bot      *whatsapptest.Account
	ana      *whatsapptest.Persona
	group    *whatsapptest.Group
	settings house.Settings
	http     *http.Client // by which the bot reaches WhatsApp
	scan     bool         // codes are scanned as they are shown
	shown    int          // codes
}

var sunday = time.Date(2026, 9, 13, 14, 0, 0, 0, time.UTC)

func newWorld(t *testing.T) *world {
	t.Helper()
	time.Sleep(time.Until(sunday))
	w := &world{t: t, scan: true, settings: house.Defaults()}
	w.settings.Data, w.settings.ChatPasswords = t.TempDir(), house.PasswordsOn
	var err error
	if w.whatsapp, err = whatsapptest.New(whatsapptest.Options{Seed: 1, Now: time.Now, Log: zerolog.Nop()}); err != nil {
		t.Fatal(err)
	}
	w.whatsapp.Trust()
	w.http = w.whatsapp.HTTPClient()
	if w.garmin, err = garmintest.New(garmintest.Options{Seed: 1, Now: time.Now, Start: sunday, Log: zerolog.Nop()}); err != nil {
		t.Fatal(err)
	}
	err = w.garmin.Add(garmintest.Member{Name: "Ana Lima", Email: "ana@example.org", Password: "ana-pass-1", Training: garmintest.Training{Archetype: garmintest.Runner}})
	if err != nil {
		t.Fatal(err)
	}
	w.bot = w.whatsapp.AddAccount("351910009999", "Clubrun")
	ana := w.whatsapp.AddAccount("351910000001", "Ana")
	w.group = w.whatsapp.AddGroup("Tuesday Runners", ana, w.bot)
	if w.ana, err = w.whatsapp.Persona(t.Context(), ana); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		w.ana.Close()
		w.whatsapp.Close()
		if err := w.garmin.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// life is one life of the bot.
type life struct {
	*house.House
	w     *world
	wire  *wire
	stop  context.CancelFunc
	ended chan error
}

// start starts the bot; hit, where there is one, is called at every point.
func (w *world) start(hit func(failpoint.Point)) *life {
	w.t.Helper()
	line := &wire{hush: make(chan struct{})}
	h, err := house.Open(w.t.Context(), w.settings, house.Outside{
		WhatsApp: line.client(w.http), Garmin: w.garmin.Transport(), Now: time.Now, Seed: 1, Secrets: cryptorand.Reader, Log: zerolog.Nop(),
		QR: func(code string) {
			w.shown++
			if w.scan {
				if err := w.bot.Scan(code); err != nil {
					w.t.Errorf("scan: %v", err)
				}
			}
		},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(w.t.Context())
	l := &life{House: h, w: w, wire: line, stop: cancel, ended: make(chan error, 1)}
	if hit != nil {
		ctx = failpoint.Arm(ctx, hit)
	}
	go func() { l.ended <- errors.Join(h.Run(ctx), h.Close()) }()
	return l
}

// paired starts the bot and lets it pair, which ends with a new connection: a
// stop in the middle of its handshake waits as long as whatsmeow does.
func (w *world) paired() *life {
	w.t.Helper()
	l := w.start(nil)
	time.Sleep(time.Minute)
	return l
}

// end stops the bot and returns how long that took.
func (l *life) end() time.Duration {
	l.w.t.Helper()
	l.wire.quiet()
	start := time.Now()
	l.stop()
	if err := <-l.ended; err != nil {
		l.w.t.Errorf("the stop ended with: %v", err)
	}
	return time.Since(start)
}

// linked pairs the bot, starts it in the group and links Ana. It takes a quarter
// of an hour at most.
func (w *world) linked() {
	w.t.Helper()
	l := w.paired()
	if err := l.Prepare(w.t.Context(), "Tuesday Runners", true, true); err != nil {
		w.t.Fatal(err)
	}
	w.say(w.group.JID(), "/schedule sun 18:00")
	time.Sleep(time.Minute)
	for _, text := range []string{"/link chat", "ana@example.org", "ana-pass-1", "yes"} {
		w.say(w.bot.PN(), text)
		time.Sleep(time.Minute)
	}
	if took := l.end(); took > quick {
		w.t.Errorf("the stop took %s", took)
	}
}

func (w *world) say(to types.JID, text string) {
	w.t.Helper()
	if _, err := w.ana.Say(w.t.Context(), to, text); err != nil {
		w.t.Fatal(err)
	}
	synctest.Wait()
}

// heard returns what Ana has received from the bot, sorted, without the ids.
func (w *world) heard() []string {
	var all []string
	for _, m := range w.ana.Messages() {
		all = append(all, m.Kind+" in "+m.Chat.String()+": "+m.Text)
	}
	slices.Sort(all)
	return all
}

// wire is a life's way to WhatsApp, on which nothing comes any more once it is
// quiet. whatsmeow leaves a goroutine behind when a frame comes in the moment
// in which it hangs up, and a bubble forgives none.
type wire struct {
	hush chan struct{}
	once sync.Once
}

func (w *wire) quiet() {
	w.once.Do(func() { close(w.hush) })
	synctest.Wait()
}

func (w *wire) client(to *http.Client) *http.Client {
	inner := to.Transport.(*http.Transport).DialTLSContext
	return &http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialTLSContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := inner(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &wired{Conn: c, wire: w, closed: make(chan struct{})}, nil
	}}}
}

type wired struct {
	net.Conn
	wire   *wire
	once   sync.Once
	closed chan struct{}
}

func (c *wired) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	select {
	case <-c.wire.hush:
		<-c.closed
		return 0, net.ErrClosed
	default:
		return n, err
	}
}

func (c *wired) Close() error {
	c.once.Do(func() { close(c.closed) })
	return c.Conn.Close()
}
