package whatsapp_test

import (
	"testing"
	"testing/synctest"
	"time"

	"clubrun/store"

	"go.mau.fi/whatsmeow/types"
)

func TestTheOwnerWritesToTheBotInTheChatWithOneself(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		c, end := w.life()
		defer end()
		phone := w.bot.Phone()
		id, err := phone.Say(t.Context(), "/status")
		if err != nil {
			t.Fatal(err)
		}
		w.settle()
		rows := w.unanswered()
		if len(rows) != 1 {
			t.Fatalf("%d rows, want 1", len(rows))
		}
		got := rows[0]
		if got.Sender != store.Owner || got.Phone != "" || got.Name != "" || got.Group || got.Text != "/status" || got.Message != id || got.Chat != c.Self() {
			t.Errorf("row %+v", got)
		}
		w.send(c, store.Outgoing{Key: "re:1:0", Chat: got.Chat, Kind: store.KindText, Text: "/status is what I am told"})
		if answer, ok := phone.Received(c.MessageID("re:1:0")); !ok || answer.Text != "/status is what I am told" {
			t.Errorf("the phone did not get the answer: %+v", answer)
		}
		if n := len(w.unanswered()); n != 1 {
			t.Errorf("%d rows: the bot has heard itself", n)
		}
		if err := phone.Edit(t.Context(), id, "/logs"); err != nil {
			t.Fatal(err)
		}
		w.settle()
		if rows := w.unanswered(); len(rows) != 2 || rows[1].Text != "/logs" || rows[1].Edits != id {
			t.Errorf("the edit is %+v", rows)
		}
	})
}

func TestNothingElseThatTheOwnerWritesIsReceived(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		c, end := w.life()
		defer end()
		phone := w.bot.Phone()
		for _, chat := range []types.JID{
			w.ana.Account().LID(), w.ana.Account().PN(), w.group.JID(), types.StatusBroadcastJID,
			{User: w.bot.LID().User, Server: types.NewsletterServer}, {User: w.bot.LID().User, Server: types.GroupServer},
		} {
			if _, err := phone.Elsewhere(t.Context(), chat, "/status"); err != nil {
				t.Fatal(err)
			}
			w.settle()
		}
		// Another client of the same account, such as WhatsApp on a computer.
		desk, err := w.net.Persona(t.Context(), w.bot)
		if err != nil {
			t.Fatal(err)
		}
		defer desk.Close()
		for _, chat := range []types.JID{w.bot.LID(), w.bot.PN(), w.ana.Account().LID(), w.group.JID()} {
			if _, err := desk.Say(t.Context(), chat, "/status"); err != nil {
				t.Fatal(err)
			}
			w.settle()
		}
		w.send(c, store.Outgoing{Key: "notice", Chat: c.Self(), Kind: store.KindText, Text: "/status"})
		time.Sleep(time.Minute)
		if rows := w.unanswered(); len(rows) != 0 {
			t.Errorf("received %+v", rows)
		}
	})
}

func TestTheOwnersAddressIsKnownAfterARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		c, end := w.life()
		first := c.Self()
		end()
		c, end = w.life()
		defer end()
		if first != store.Chat(w.bot.LID().String()) || c.Self() != first {
			t.Errorf("%q, then %q", first, c.Self())
		}
	})
}

func TestNotesToOneselfLeaveTheDiskAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		_, end := w.life()
		defer end()
		for _, chat := range []types.JID{w.bot.LID(), w.ana.Account().LID(), w.group.JID()} {
			if _, err := w.bot.Phone().Elsewhere(t.Context(), chat, "hunter5-canary"); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if w.onDisk("hunter5-canary") {
			t.Error("what the owner wrote is on the disk of the device")
		}
	})
}
