package whatsapptest

import (
	"context"
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
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 9, 9, 12, 0, 0, 0, time.UTC)))
		n, err := New(Options{Seed: 1, Now: time.Now, Log: zerolog.New(zerolog.NewTestWriter(t))})
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
	p, err := n.Persona(t.Context(), n.AddAccount(phone, name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
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
