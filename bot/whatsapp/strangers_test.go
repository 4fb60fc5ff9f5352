package whatsapp_test

import (
	"testing"

	"clubrun/store"
)

// Of who is known to nobody any more neither name nor number nor key stays;
// they may write again and are answered. Who is known notices nothing.
func TestAStrangerIsForgottenAndMayComeBack(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		c, end := w.life()
		defer end()
		zoe := w.relinked(w.net.AddAccount("351910000777", "Zoe-canary"))
		w.say("", "hello")
		first := w.from(zoe, "is this a scam?")
		w.send(c, store.Outgoing{Key: "first", Chat: first.Chat, Kind: store.KindText, Text: "no"})
		if !w.onDisk("Zoe-canary") || !w.onDisk(first.Sender) {
			t.Fatal("nothing of her is kept")
		}
		known := map[string]bool{}
		r, err := c.Roster(t.Context(), store.Chat(w.group.JID().String()))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range r.People {
			known[p.User] = true
		}
		if n, err := c.Estrange(t.Context(), known); n != 1 || err != nil {
			t.Fatalf("%d were forgotten, %v", n, err)
		}
		for _, canary := range []string{"Zoe-canary", "351910000777", first.Sender} {
			if w.onDisk(canary) {
				t.Errorf("%s is on the disk", canary)
			}
		}
		if n, err := c.Estrange(t.Context(), known); n != 0 || err != nil {
			t.Errorf("%d were forgotten once more, %v", n, err)
		}
		again := w.from(zoe, "and now?")
		if again.Sender != first.Sender {
			t.Errorf("she is %s, was %s", again.Sender, first.Sender)
		}
		w.send(c, store.Outgoing{Key: "again", Chat: again.Chat, Kind: store.KindText, Text: "still not"})
		if got, ok := zoe.Received(c.MessageID("again")); !ok || got.Text != "still not" {
			t.Errorf("she did not get the answer: %+v", got)
		}
		w.say("group", "still here")
		last := w.unanswered()[len(w.unanswered())-1]
		w.send(c, store.Outgoing{Key: "group", Chat: last.Chat, Kind: store.KindText, Text: "indeed"})
		if got, ok := w.ana.Received(c.MessageID("group")); !ok || got.Text != "indeed" {
			t.Errorf("Ana did not get the answer: %+v", got)
		}
	})
}
