package whatsapptest

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

func TestUnhandledMessageComesAgain(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, ana := pair(t, n)
		var tries atomic.Int32
		bot.Client().SynchronousAck = true
		bot.Client().AddEventHandlerWithSuccessStatus(func(raw any) bool {
			if _, ok := raw.(*events.Message); !ok {
				return true
			}
			return tries.Add(1) > 1
		})
		say(t, ana, bot.Account().LID(), "store me")
		if tries.Load() != 1 {
			t.Fatalf("handled %d times", tries.Load())
		}
		bot.Client().ResetConnection()
		time.Sleep(10 * time.Second)
		if tries.Load() != 2 {
			t.Errorf("handled %d times", tries.Load())
		}
		bot.Client().ResetConnection()
		time.Sleep(10 * time.Second)
		if tries.Load() != 2 {
			t.Errorf("a stored message came again: %d times", tries.Load())
		}
	})
}

func TestKeysAreRefilledBeforeTheyRunOut(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot := enrol(t, n, "15550000001", "Bot")
		for range 200 {
			n.mu.Lock()
			answer := n.bundle(bot.Account().lidOf(1))
			n.mu.Unlock()
			if _, ok := child(&answer, "key"); !ok {
				t.Fatal("no key left")
			}
			synctest.Wait()
		}
	})
}

func TestClientLinkedLaterReadsFromThenOn(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, people, g := club(t, n, 2)
		gus := n.AddAccount("15550000077", "Gus")
		if err := g.Add(people[0].Account(), gus); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		id := say(t, bot, g.JID(), "Gus has only a phone")
		all := n.Accepted()
		if to := all[len(all)-1].To; len(to) != 3 || to[2] != gus {
			t.Errorf("fanned out to %v", to)
		}
		p := enrol(t, n, "15550000077", "Gus")
		if _, ok := p.Received(id); ok {
			t.Error("a new client reads what was sent before it was linked")
		}
		wantReceived(t, p, say(t, bot, g.JID(), "now he has a client"))
	})
}

func TestNoMoreIsInFlightThanAClientCanQueue(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot := enrol(t, n, "15550000001", "Bot")
		synctest.Wait()
		bot.Offline()
		n.mu.Lock()
		d := bot.Account().device(1)
		for range 3 * n.rules.InFlight {
			d.deliver(node{Tag: "notification", Attrs: attrs{"from": types.ServerJID, "type": "contacts", "t": n.unix()}})
		}
		c := &conn{net: n, wake: make(chan struct{}, 1)}
		d.resume(c)
		sent := len(c.queue)
		d.settle("notification", d.pending[0].node.Attrs["id"].(string), types.EmptyJID, types.EmptyJID)
		more := len(c.queue) - sent
		d.conn = nil
		n.mu.Unlock()
		if sent != n.rules.InFlight+1 || more != 1 { // the preview is not counted
			t.Errorf("%d sent at first, %d after an acknowledgement", sent, more)
		}
		if err := bot.Online(t.Context()); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		n.mu.Lock()
		defer n.mu.Unlock()
		if left := len(d.pending); left != 0 {
			t.Errorf("%d are left", left)
		}
	})
}
