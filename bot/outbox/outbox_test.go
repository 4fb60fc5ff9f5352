package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/bot/outbox"
	"clubrun/bot/whatsapp"
	"clubrun/bot/whatsapp/whatsapptest"
	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"

	"github.com/rs/zerolog"
)

// post is an outbox on a real database that sends through the real linked
// device to Ana in a simulated WhatsApp.
type post struct {
	t      *testing.T
	net    *whatsapptest.Network
	bot    *whatsapptest.Account
	ana    *whatsapptest.Persona
	db     *sqlite.DB
	device *whatsapp.Client
	deaf   atomic.Bool // no receipt is heard
}

// inbox stores nothing: nobody writes in these tests.
type inbox struct{ *post }

func (i inbox) Delivered(ctx context.Context, message string, at time.Time) error {
	if i.deaf.Load() {
		return nil
	}
	return i.db.Delivered(ctx, message, at)
}

func (inbox) Receive(context.Context, store.Incoming) error                     { return nil }
func (inbox) Joined(context.Context, store.Roster) error                        { return nil }
func (inbox) Left(context.Context, store.Chat, string) error                    { return nil }
func (inbox) Reacted(context.Context, store.Chat, string, string, string) error { return nil }

func newPost(t *testing.T) *post {
	net, err := whatsapptest.New(whatsapptest.Options{Seed: 1, Now: time.Now, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	net.Trust()
	p := &post{t: t, net: net, bot: net.AddAccount("351910009999", "Clubrun"), db: storetest.Open(t)}
	if p.ana, err = net.Persona(t.Context(), net.AddAccount("351910000001", "Ana")); err != nil {
		t.Fatal(err)
	}
	p.device, err = whatsapp.Open(t.Context(), whatsapp.Options{
		Path: filepath.Join(storetest.Folder(t), "whatsapp.db"), InstallKey: []byte("install"), HTTP: net.HTTPClient(),
		Inbox: inbox{p}, Now: time.Now, QR: func(code string) { _ = p.bot.Scan(code) }, Log: zerolog.Nop(),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- p.device.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := errors.Join(<-done, p.device.Close()); err != nil {
			t.Error(err)
		}
		p.ana.Close()
		net.Close()
	})
	if err := p.device.Wait(ctx); err != nil {
		t.Fatal(err)
	}
	return p
}

// work runs a worker until end is called.
func (p *post) work() (end func()) { return p.workOn(p.db) }

func (p *post) workOn(rows outbox.Store) (end func()) {
	p.t.Helper()
	pace := &outbox.Pace{Limits: outbox.DefaultLimits(), Counters: p.db, Rand: rand.New(rand.NewPCG(1, 2))}
	if err := pace.Load(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	w := &outbox.Worker{
		Store: rows, Queue: p.db, Sender: p.device, Pace: pace, Now: time.Now,
		Rand: rand.New(rand.NewPCG(1, 1)), Log: zerolog.Nop(),
	}
	ctx, cancel := context.WithCancel(p.t.Context())
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx) }()
	return func() {
		cancel()
		if err := <-done; err != nil {
			p.t.Error(err)
		}
	}
}

func (p *post) owe(n int, change func(*store.Outgoing)) {
	p.t.Helper()
	for i := range n {
		o := store.Outgoing{
			Key: fmt.Sprintf("re:%d:0", i), Chat: store.Chat(p.ana.Account().LID().String()), Kind: store.KindText,
			Urgency: store.UrgencyReply, Text: fmt.Sprintf("message %d", i), Due: time.Now(),
		}
		if change != nil {
			change(&o)
		}
		if err := p.db.Owe(p.t.Context(), o); err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *post) texts() []string {
	synctest.Wait()
	var out []string
	for _, m := range p.ana.Messages() {
		out = append(out, m.Text)
	}
	return out
}

func (p *post) pending() int {
	p.t.Helper()
	_, n, err := p.db.Pending(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	return n
}

func TestWhatIsOwedArrivesInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		defer p.work()()
		p.owe(5, nil)
		time.Sleep(time.Minute)
		want := []string{"message 0", "message 1", "message 2", "message 3", "message 4"}
		if got := p.texts(); !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
		if n := p.pending(); n != 0 {
			t.Errorf("%d rows are still pending", n)
		}
	})
}

func TestOwingTwiceSendsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		defer p.work()()
		p.owe(1, nil)
		p.owe(1, nil)
		time.Sleep(time.Minute)
		p.owe(1, nil)
		time.Sleep(time.Minute)
		if got := p.texts(); len(got) != 1 {
			t.Errorf("got %q, want one message", got)
		}
	})
}

func TestNothingLeavesBeforeItIsDueOrAfterItExpired(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		defer p.work()()
		p.owe(1, func(o *store.Outgoing) { o.Due = time.Now().Add(time.Hour) })
		p.owe(1, func(o *store.Outgoing) { o.Key, o.Expires = "late", time.Now().Add(-time.Minute) })
		time.Sleep(59 * time.Minute)
		if got := p.texts(); len(got) != 0 {
			t.Errorf("got %q too early, or too late", got)
		}
		time.Sleep(2 * time.Minute)
		if got := p.texts(); len(got) != 1 {
			t.Errorf("got %q, want the one that fell due", got)
		}
	})
}

func TestALostAckIsResolvedUnderTheSameId(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		defer p.work()()
		if err := p.net.Disturb(p.bot, whatsapptest.Fault{Kind: whatsapptest.LoseAck}); err != nil {
			t.Fatal(err)
		}
		p.owe(2, nil)
		time.Sleep(10 * time.Minute)
		if got := p.texts(); len(got) != 2 {
			t.Errorf("Ana saw %q, want two messages", got)
		}
		if n := p.pending(); n != 0 {
			t.Errorf("%d rows are still pending", n)
		}
	})
}

func TestAWorkerThatDiedWhileSendingSendsTheSameMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.owe(1, nil)
		// The last process claimed the row, noted its id, sent it and died.
		o, err := p.db.Claim(t.Context(), time.Now(), nil)
		if err != nil {
			t.Fatal(err)
		}
		o.Message = p.device.MessageID(o.Key)
		if err := p.db.Sending(t.Context(), o.ID, o.Message); err != nil {
			t.Fatal(err)
		}
		if _, err := p.device.Send(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		defer p.work()()
		time.Sleep(5 * time.Minute)
		if got := p.texts(); len(got) != 1 {
			t.Errorf("Ana saw %q, want one message", got)
		}
		if n := p.pending(); n != 0 {
			t.Errorf("%d rows are still pending", n)
		}
	})
}

func TestAnOutageOnlyDelays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		defer p.work()()
		if err := p.net.Disturb(p.bot, whatsapptest.Fault{Kind: whatsapptest.Outage, For: 3 * time.Hour}); err != nil {
			t.Fatal(err)
		}
		p.owe(3, nil)
		time.Sleep(2 * time.Hour)
		if got := p.texts(); len(got) != 0 {
			t.Errorf("got %q during an outage", got)
		}
		time.Sleep(2 * time.Hour)
		if got := p.texts(); len(got) != 3 {
			t.Errorf("got %q after an outage, want three messages", got)
		}
	})
}

func TestWhatWhatsAppRefusesTwiceIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		defer p.work()()
		p.refuse(405)
		p.owe(1, nil)
		time.Sleep(2 * time.Second)
		if n := p.pending(); n != 1 {
			t.Errorf("%d rows are pending after one refusal, want the row kept", n)
		}
		time.Sleep(time.Minute)
		if n := p.pending(); n != 0 {
			t.Errorf("%d rows are pending, want the row given up", n)
		}
	})
}

func TestAServersBadMinutesOnlyDelay(t *testing.T) {
	for _, code := range []int{400, 420, 463, 500, 502, 503, 599} {
		synctest.Test(t, func(t *testing.T) {
			p := newPost(t)
			defer p.work()()
			p.refuse(code)
			p.owe(2, nil)
			time.Sleep(5 * time.Minute)
			if got := p.texts(); len(got) != 0 || p.pending() != 2 {
				t.Errorf("under code %d Ana saw %q, %d rows are pending", code, got, p.pending())
			}
			p.refuse(0)
			time.Sleep(20 * time.Minute)
			if got := p.texts(); !slices.Equal(got, []string{"message 0", "message 1"}) {
				t.Errorf("after code %d Ana saw %q", code, got)
			}
		})
	}
}

// refuse makes WhatsApp refuse all messages with a code; 0 ends that.
func (p *post) refuse(code int) {
	p.t.Helper()
	f := whatsapptest.Fault{Kind: whatsapptest.AckError, Code: code}
	if code == 0 {
		f.Kind = whatsapptest.OK
	}
	if err := p.net.Disturb(p.bot, f); err != nil {
		p.t.Fatal(err)
	}
}

// stumbling is a store one of whose writes fails, once.
type stumbling struct {
	*sqlite.DB
	on string
}

func (s *stumbling) stumbles(on string) error {
	if s.on != on {
		return nil
	}
	s.on = ""
	return errors.New("disk full")
}

func (s *stumbling) Sending(ctx context.Context, id int64, message string) error {
	return errors.Join(s.stumbles("sending"), s.DB.Sending(ctx, id, message))
}

func (s *stumbling) Accepted(ctx context.Context, id int64, at time.Time) error {
	if err := s.stumbles("accepted"); err != nil {
		return err
	}
	return s.DB.Accepted(ctx, id, at)
}

func (s *stumbling) Requeue(ctx context.Context, id int64, due time.Time, reason string) error {
	if err := s.stumbles("requeue"); err != nil {
		return err
	}
	return s.DB.Requeue(ctx, id, due, reason)
}

func TestAFailedWriteBlocksNoChat(t *testing.T) {
	for _, on := range []string{"sending", "accepted", "requeue"} {
		synctest.Test(t, func(t *testing.T) {
			p := newPost(t)
			p.deaf.Store(true)
			defer p.workOn(&stumbling{p.db, on})()
			if on == "requeue" {
				p.refuse(503)
			}
			p.owe(2, nil)
			time.Sleep(time.Second)
			p.refuse(0)
			time.Sleep(10 * time.Minute)
			if got := p.texts(); !slices.Equal(got, []string{"message 0", "message 1"}) {
				t.Errorf("%s failed: Ana saw %q", on, got)
			}
			if n := p.pending(); n != 0 {
				t.Errorf("%s failed: %d rows are still pending", on, n)
			}
		})
	}
}

// The next part of a digest keeps its distance from when the one before was
// accepted, however late that was.
func TestAPictureKeepsItsDistanceFromALateText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		defer p.work()()
		if err := p.net.Disturb(p.bot, whatsapptest.Fault{Kind: whatsapptest.Outage, For: 3 * time.Hour}); err != nil {
			t.Fatal(err)
		}
		p.owe(2, func(o *store.Outgoing) { o.Urgency = store.UrgencyDigest })
		var seen []time.Time
		for range 5 * 3600 {
			time.Sleep(time.Second)
			if n := len(p.ana.Messages()); n > len(seen) {
				seen = append(seen, time.Now())
			}
		}
		if len(seen) != 2 || seen[1].Sub(seen[0]) < 29*time.Second || seen[1].Sub(seen[0]) > 62*time.Second {
			t.Errorf("the parts arrived at %v", seen)
		}
	})
}
