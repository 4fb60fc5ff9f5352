package whatsapp_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/bot/whatsapp"
	"clubrun/bot/whatsapp/whatsapptest"
	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"

	"github.com/rs/zerolog"
)

// world is a bot's linked device in a simulated WhatsApp, with Ana in a group.
type world struct {
	t     *testing.T
	net   *whatsapptest.Network
	bot   *whatsapptest.Account
	ana   *whatsapptest.Persona
	ben   *whatsapptest.Account
	group *whatsapptest.Group
	inbox *inbox
	path  string
}

// inbox keeps what is received in a real database, unless it is told to fail.
type inbox struct {
	*sqlite.DB
	mu     sync.Mutex
	fail   error
	joined []store.Roster
	left   []string
	cheers []string // message, person and emoji of reactions
	came   []store.Incoming
}

// last returns what came under a message id.
func (i *inbox) last(id string) (store.Incoming, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, in := range i.came {
		if in.Message == id {
			return in, true
		}
	}
	return store.Incoming{}, false
}

func (i *inbox) Reacted(_ context.Context, _ store.Chat, message, user, emoji string) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.cheers = append(i.cheers, message+" "+user+" "+emoji)
	return nil
}

func (i *inbox) Receive(ctx context.Context, in store.Incoming) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.fail != nil {
		return i.fail
	}
	i.came = append(i.came, in)
	_, err := i.DB.Receive(ctx, in)
	return err
}

func (i *inbox) Joined(_ context.Context, r store.Roster) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.joined = append(i.joined, r)
	return nil
}

func (i *inbox) Left(_ context.Context, chat store.Chat, user string) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.left = append(i.left, user)
	return nil
}

func (i *inbox) failWith(err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.fail = err
}

// newWorld makes the world at a fixed moment and links nobody's bot yet.
func newWorld(t *testing.T) *world {
	return ruledWorld(t, whatsapptest.DefaultAssumptions())
}

// ruledWorld is a world under other assumptions about WhatsApp.
func ruledWorld(t *testing.T, rules whatsapptest.Assumptions) *world {
	time.Sleep(time.Until(time.Date(2026, 9, 9, 11, 0, 0, 0, time.UTC)))
	net, err := whatsapptest.New(whatsapptest.Options{Seed: 1, Now: time.Now, Log: zerolog.Nop(), Rules: &rules})
	if err != nil {
		t.Fatal(err)
	}
	net.Trust()
	w := &world{t: t, net: net, bot: net.AddAccount("351910009999", "Clubrun"), inbox: &inbox{DB: storetest.Open(t)}}
	ana := net.AddAccount("351910000001", "Ana")
	w.ben = net.AddAccount("351910000002", "Ben")
	w.group = net.AddGroup("Tuesday Runners", ana, w.ben, w.bot)
	if w.ana, err = net.Persona(t.Context(), ana); err != nil {
		t.Fatal(err)
	}
	w.path = filepath.Join(storetest.Folder(t), "whatsapp.db")
	t.Cleanup(func() {
		w.ana.Close()
		net.Close()
	})
	return w
}

// life runs the device until the returned function is called.
func (w *world) life() (c *whatsapp.Client, end func()) {
	w.t.Helper()
	return w.lifeWith(w.inbox)
}

// lifeWith is a life that receives into another inbox.
func (w *world) lifeWith(in whatsapp.Inbox) (c *whatsapp.Client, end func()) {
	w.t.Helper()
	c, err := whatsapp.Open(w.t.Context(), whatsapp.Options{
		Path: w.path, InstallKey: []byte("install"), HTTP: w.net.HTTPClient(), Inbox: in,
		Now: time.Now, QR: func(code string) {
			if err := w.bot.Scan(code); err != nil {
				w.t.Errorf("scan: %v", err)
			}
		}, Log: zerolog.Nop(),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(w.t.Context())
	done := make(chan error, 1)
	go func() { done <- c.Run(ctx) }()
	if err := c.Wait(ctx); err != nil {
		w.t.Fatal(err)
	}
	synctest.Wait()
	return c, func() {
		synctest.Wait() // whatsmeow leaves a goroutine behind when a frame comes in the moment in which it hangs up
		cancel()
		if err := errors.Join(<-done, c.Close()); err != nil {
			w.t.Error(err)
		}
	}
}

func (w *world) say(chat store.Chat, text string) {
	w.t.Helper()
	to := w.bot.PN()
	if chat != "" {
		to = w.group.JID()
	}
	if _, err := w.ana.Say(w.t.Context(), to, text); err != nil {
		w.t.Fatal(err)
	}
	synctest.Wait()
}

func (w *world) unanswered() []store.Incoming {
	w.t.Helper()
	rows, err := w.inbox.Unanswered(w.t.Context(), 100)
	if err != nil {
		w.t.Fatal(err)
	}
	return rows
}

func TestADirectMessageBecomesARow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		_, end := w.life()
		defer end()
		w.say("", "/week")
		rows := w.unanswered()
		if len(rows) != 1 {
			t.Fatalf("%d rows, want 1", len(rows))
		}
		got := rows[0]
		if got.Text != "/week" || got.Group || got.Name != "Ana" || got.Phone != "351910000001" || got.Sender != w.ana.Account().LID().User {
			t.Errorf("row %+v", got)
		}
		if want := store.Chat(w.ana.Account().LID().String()); got.Chat != want {
			t.Errorf("chat %s, want %s: answers go to the person, whatever device wrote", got.Chat, want)
		}
	})
}

func TestAGroupMessageBecomesARow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		_, end := w.life()
		defer end()
		w.say("group", "/week")
		rows := w.unanswered()
		if len(rows) != 1 || !rows[0].Group || rows[0].Chat != store.Chat(w.group.JID().String()) {
			t.Errorf("rows %+v", rows)
		}
	})
}

func TestWhatCouldNotBeStoredComesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		_, end := w.life()
		defer end()
		w.inbox.failWith(errors.New("disk full"))
		w.say("", "/week")
		if n := len(w.unanswered()); n != 0 {
			t.Fatalf("%d rows from a full disk", n)
		}
		w.inbox.failWith(nil)
		time.Sleep(time.Minute)
		if n := len(w.unanswered()); n != 1 {
			t.Errorf("%d rows after the disk had room again, want 1", n)
		}
	})
}

func TestWhatIsWrittenWhileTheBotIsAwayArrivesOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		_, end := w.life()
		end()
		w.say("", "one")
		w.say("", "two")
		_, end = w.life()
		defer end()
		var texts []string
		for _, r := range w.unanswered() {
			texts = append(texts, r.Text)
		}
		if got := strings.Join(texts, " "); got != "one two" {
			t.Errorf("received %q, want one two", got)
		}
	})
}

func TestTheSameKeyIsTheSameMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		c, end := w.life()
		defer end()
		w.say("", "hello")
		o := store.Outgoing{Key: "re:1:0", Chat: w.unanswered()[0].Chat, Kind: store.KindText, Text: "hi"}
		o.Message = c.MessageID(o.Key)
		for range 2 {
			if _, err := c.Send(t.Context(), o); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		if n := len(w.ana.Messages()); n != 1 {
			t.Errorf("Ana got %d messages, want 1", n)
		}
		if !strings.HasPrefix(o.Message, "3EB0") || len(o.Message) != 22 || o.Message == c.MessageID("re:1:1") {
			t.Errorf("id %q", o.Message)
		}
	})
}

func TestAPictureArrivesWithSizeThumbnailAndWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		c, end := w.life()
		defer end()
		picture := []byte(strings.Repeat("not really a jpeg ", 2000))
		o := store.Outgoing{
			Key: "digest:1:2026-09-07:picture", Chat: store.Chat(w.group.JID().String()), Kind: store.KindImage, Text: "*Week 37*",
			Media: &store.Media{Mime: "image/jpeg", Data: picture, Thumbnail: []byte("small"), Width: 1080, Height: 1350, Alt: "A leaderboard."},
		}
		o.Message = c.MessageID(o.Key)
		if _, err := c.Send(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		got, ok := w.ana.Received(o.Message)
		if !ok || got.Kind != "image" || got.Text != "*Week 37*" || got.Width != 1080 || got.Height != 1350 || got.Alt != "A leaderboard." || string(got.Thumbnail) != "small" {
			t.Errorf("received %v %+v", ok, got)
		}
		data, err := w.ana.Download(t.Context(), o.Message)
		if err != nil || string(data) != string(picture) {
			t.Errorf("downloaded %d bytes, %v", len(data), err)
		}
	})
}

func TestASendThatIsNotAnsweredIsInDoubt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		c, end := w.life()
		defer end()
		w.say("", "hello")
		if err := w.net.Disturb(w.bot, whatsapptest.Fault{Kind: whatsapptest.Silent}); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		_, err := c.Send(t.Context(), store.Outgoing{Message: c.MessageID("k"), Chat: w.unanswered()[0].Chat, Kind: store.KindText, Text: "hi"})
		var failed *whatsapp.SendError
		if !errors.As(err, &failed) || !failed.InDoubt() || failed.Permanent() {
			t.Errorf("error %v, want one in doubt", err)
		}
		if took := time.Since(begun); took > 65*time.Second {
			t.Errorf("gave up after %s of simulated time", took)
		}
	})
}

func TestWhatsAppsRefusalsAreToldApart(t *testing.T) {
	for code, final := range map[int]bool{
		400: false, 420: false, 421: false, 429: false, 463: false, 475: false, 500: false, 502: false, 503: false, 999: false,
		403: true, 404: true, 405: true, 406: true, 410: true, 479: true,
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			c, end := w.life()
			defer end()
			w.say("", "hello")
			if err := w.net.Disturb(w.bot, whatsapptest.Fault{Kind: whatsapptest.AckError, Code: code}); err != nil {
				t.Fatal(err)
			}
			o := store.Outgoing{Message: c.MessageID("k"), Chat: w.unanswered()[0].Chat, Kind: store.KindText, Text: "hi"}
			for try := range 2 {
				_, err := c.Send(t.Context(), o)
				var failed *whatsapp.SendError
				if !errors.As(err, &failed) || failed.InDoubt() || failed.Permanent() != (final && try == 1) || failed.Limited() != (code == 429) {
					t.Fatalf("%d: error %v at try %d, want a certain failure, final at the second: %v", code, err, try+1, final)
				}
				o.Error = err.Error()
			}
		})
	}
}

func TestARosterFollowsTheGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		c, end := w.life()
		defer end()
		chat := store.Chat(w.group.JID().String())
		admin := func() bool {
			r, err := c.Roster(t.Context(), chat)
			if err != nil {
				t.Fatal(err)
			}
			p, ok := r.Find(w.ben.LID().User)
			return ok && p.Admin
		}
		if admin() {
			t.Error("Ben is an admin before he was made one")
		}
		if err := w.group.Promote(w.ana.Account(), w.ben); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if !admin() {
			t.Error("Ben is no admin after he was made one")
		}
		if err := w.group.Remove(w.ana.Account(), w.ben); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if len(w.inbox.left) != 1 || w.inbox.left[0] != w.ben.LID().User {
			t.Errorf("left: %v, want Ben", w.inbox.left)
		}
		if len(w.inbox.joined) == 0 || w.inbox.joined[0].Name != "Tuesday Runners" {
			t.Errorf("the bot did not hear which groups it is in: %v", w.inbox.joined)
		}
	})
}

func TestARosterWaitsForTheConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		c, end := w.life()
		defer end()
		if err := w.net.Disturb(nil, whatsapptest.Fault{Kind: whatsapptest.Outage, For: time.Minute}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		r, err := c.Roster(t.Context(), store.Chat(w.group.JID().String()))
		if err != nil || len(r.People) != 3 {
			t.Errorf("%d people, %v", len(r.People), err)
		}
		gone, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := w.net.Disturb(nil, whatsapptest.Fault{Kind: whatsapptest.Outage}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if _, err := c.Roster(gone, store.Chat(w.group.JID().String())); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("waited too long: %v", err)
		}
	})
}

func TestALoggedOutDeviceWaitsToBePairedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		c, end := w.life()
		defer end()
		w.say("", "are you there?") // Ana's phone knows the device that goes
		if err := w.net.Disturb(w.bot, whatsapptest.Fault{Kind: whatsapptest.Logout}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Minute) // the phone scans the code that is shown
		if err := c.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.say("", "are you back?")
		if n := len(w.unanswered()); n != 2 {
			t.Errorf("%d rows after pairing again, want 2", n)
		}
	})
}

func TestTheGenuineRootIsTold(t *testing.T) {
	// The simulated network of this test binary has replaced WhatsApp's key.
	synctest.Test(t, func(t *testing.T) { newWorld(t) })
	if whatsapp.Genuine() {
		t.Error("a process that trusts a simulated network calls itself genuine")
	}
}
