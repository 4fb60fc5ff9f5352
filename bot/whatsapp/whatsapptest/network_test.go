package whatsapptest

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rs/zerolog"
	"go.mau.fi/whatsmeow/types"
)

// world runs a test in a bubble, at noon of 9 September 2026, with a network
// that is closed in the end.
func world(t *testing.T, play func(t *testing.T, n *Network)) {
	t.Helper()
	ruled(t, DefaultAssumptions(), play)
}

// ruled is a world under other rules.
func ruled(t *testing.T, rules Assumptions, play func(t *testing.T, n *Network)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 9, 9, 12, 0, 0, 0, time.UTC)))
		log := zerolog.New(zerolog.NewTestWriter(t))
		n, err := New(Options{Seed: 1, Now: time.Now, Log: log, Rules: &rules})
		if err != nil {
			t.Fatal(err)
		}
		n.Trust()
		t.Cleanup(n.Close)
		play(t, n)
	})
}

// enrol makes an account and its persona.
func enrol(t *testing.T, n *Network, phone, name string) *Persona {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // of the bubble
	defer cancel()
	p, err := n.Persona(ctx, n.AddAccount(phone, name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	synctest.Wait() // until others know the new device
	return p
}

func say(t *testing.T, p *Persona, to types.JID, text string) string {
	t.Helper()
	id, err := p.Say(context.Background(), to, text)
	if err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	return id
}

func wantReceived(t *testing.T, p *Persona, id string) Received {
	t.Helper()
	r, ok := p.Received(id)
	if !ok {
		t.Fatalf("%s did not receive %s; has %d messages", p.Account().Name(), id, len(p.Messages()))
	}
	return r
}

func TestDirectMessagesGoBothWays(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, ana := enrol(t, n, "15550000001", "Bot"), enrol(t, n, "15550000002", "Ana")
		id := say(t, ana, bot.Account().PN(), "hello")
		r := wantReceived(t, bot, id)
		if r.Text != "hello" || r.From != ana.Account().LID() || r.Chat != ana.Account().LID() || r.Name != "Ana" || r.Kind != KindText {
			t.Errorf("bot got %+v", r)
		}
		id = say(t, bot, ana.Account().LID(), "hi Ana")
		if r := wantReceived(t, ana, id); r.Text != "hi Ana" {
			t.Errorf("ana got %+v", r)
		}
	})
}

func TestListsOfDevicesAgree(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		var warnings atomic.Int32
		n.opts.Log = n.opts.Log.Hook(zerolog.HookFunc(func(_ *zerolog.Event, _ zerolog.Level, what string) {
			if what == "sender's list of devices is out of date" {
				warnings.Add(1)
			}
		}))
		bot, people, g := club(t, n, 3)
		say(t, bot, g.JID(), "hello")
		say(t, bot, people[0].Account().LID(), "hello")
		if warnings.Load() != 0 {
			t.Error("the sender knows other devices than the server")
		}
		n.mu.Lock()
		people[0].Account().watchers = nil // so that the bot does not hear of it
		n.mu.Unlock()
		second := enrol(t, n, people[0].Account().phone(), "P1")
		id := say(t, bot, people[0].Account().LID(), "to the first only")
		if _, ok := second.Received(id); ok || warnings.Load() != 1 {
			t.Error("the sender was not told of the device that it missed")
		}
		wantReceived(t, second, say(t, bot, people[0].Account().LID(), "now to both"))
	})
}
