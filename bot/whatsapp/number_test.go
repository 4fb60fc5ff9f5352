package whatsapp_test

import (
	"testing"
	"time"

	"clubrun/bot/whatsapp/whatsapptest"
	"clubrun/store"
)

// from lets a client of an account write to the bot and returns the row.
func (w *world) from(p *whatsapptest.Persona, text string) store.Incoming {
	w.t.Helper()
	if _, err := p.Say(w.t.Context(), w.bot.PN(), text); err != nil {
		w.t.Fatal(err)
	}
	w.settle()
	for _, row := range w.unanswered() {
		if row.Text == text {
			return row
		}
	}
	w.t.Fatalf("%q did not arrive", text)
	return store.Incoming{}
}

// relinked is a new client of an account.
func (w *world) relinked(a *whatsapptest.Account) *whatsapptest.Persona {
	w.t.Helper()
	p, err := w.net.Persona(w.t.Context(), a)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(p.Close)
	return p
}

// Ana moves to another number, and the one that she had becomes Nia's, who may
// write before or after her.
func TestWhoHasANumberNowIsNotWhoHadIt(t *testing.T) {
	for _, first := range []string{"Ana", "Nia"} {
		everywhere(t, func(t *testing.T, w *world) {
			c, end := w.life()
			defer end()
			w.say("", "before")
			before := w.unanswered()[0]
			if _, err := c.Roster(t.Context(), store.Chat(w.group.JID().String())); err != nil {
				t.Fatal(err)
			}
			w.ana.Close()
			old := w.ana.Account().PN().User
			if err := w.ana.Account().Move("351910000700"); err != nil {
				t.Fatal(err)
			}
			ana, nia := w.relinked(w.ana.Account()), w.relinked(w.net.AddAccount(old, "Nia"))
			w.settle()
			time.Sleep(25 * time.Hour) // longer than WhatsApp's word of whose a number is is believed
			var hers, other store.Incoming
			if first == "Nia" {
				other = w.from(nia, "I am new")
				hers = w.from(ana, "I moved")
			} else {
				hers = w.from(ana, "I moved")
				other = w.from(nia, "I am new")
			}
			if hers.Sender != before.Sender || hers.Chat != before.Chat {
				t.Errorf("%s first: Ana was %s and is %s", first, before.Sender, hers.Sender)
			}
			if other.Sender == before.Sender || other.Chat == before.Chat {
				t.Errorf("%s first: Nia is taken for Ana: %+v", first, other)
			}
			roster, err := c.Roster(t.Context(), store.Chat(w.group.JID().String()))
			if err != nil {
				t.Fatal(err)
			}
			if p, in := roster.Find(other.Sender); in {
				t.Errorf("%s first: Nia is in the group: %+v", first, p)
			}
			for _, p := range roster.People {
				if p.User == hers.Sender && hers.Phone != "" && p.Phone != "" && p.Phone != hers.Phone {
					t.Errorf("%s first: the roster knows Ana, %s, by %s", first, hers.Phone, p.Phone)
				}
			}
		})
	}
}
