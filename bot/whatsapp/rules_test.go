package whatsapp_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/bot/whatsapp"
	"clubrun/bot/whatsapp/whatsapptest"
	"clubrun/store"

	"go.mau.fi/whatsmeow/types"
)

// rules are the ways in which WhatsApp may behave, gathered so that each choice
// of the simulated network is taken both ways.
func rules() map[string]whatsapptest.Assumptions {
	usual := whatsapptest.DefaultAssumptions()
	numbers := usual
	numbers.DirectByLID, numbers.GroupsByLID = false, false
	bareLIDs := usual
	bareLIDs.SenderAlt, bareLIDs.AddressingMode, bareLIDs.MemberNumbers = false, false, false
	bareNumbers := numbers
	bareNumbers.SenderAlt, bareNumbers.AddressingMode, bareNumbers.MemberNumbers = false, false, false
	directNumbers, groupNumbers := usual, usual
	directNumbers.DirectByLID, directNumbers.AddressingMode = false, false
	groupNumbers.GroupsByLID = false
	all := map[string]whatsapptest.Assumptions{
		"usual": usual, "numbers": numbers, "bare LIDs": bareLIDs, "bare numbers": bareNumbers,
		"direct by number": directNumbers, "groups by number": groupNumbers, "the rest": theRest(),
	}
	return all
}

// theRest takes the other choice wherever addresses are not concerned.
func theRest() whatsapptest.Assumptions {
	a := whatsapptest.DefaultAssumptions()
	for _, s := range whatsapptest.Assumed() {
		switch s.Name {
		case "direct-by-lid", "groups-by-lid", "sender-alt", "addressing-mode", "member-numbers":
		default:
			if err := a.Set(s.Name, fmt.Sprint(s.Other)); err != nil {
				panic(err)
			}
		}
	}
	return a
}

// everywhere plays a test in worlds of all rules; with -short in the usual one
// and the two that are most unlike it.
func everywhere(t *testing.T, play func(t *testing.T, w *world)) {
	t.Helper()
	for name, r := range rules() {
		if testing.Short() && !slices.Contains([]string{"usual", "bare numbers", "the rest"}, name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { play(t, ruledWorld(t, r)) })
		})
	}
}

func (w *world) send(c *whatsapp.Client, o store.Outgoing) {
	w.t.Helper()
	o.Message = c.MessageID(o.Key)
	if _, err := c.Send(w.t.Context(), o); err != nil {
		w.t.Fatal(err)
	}
	w.settle()
}

// settle lets everything that is under way arrive.
func (w *world) settle() {
	time.Sleep(time.Second)
	synctest.Wait()
}

func TestAPersonIsOnePersonEverywhere(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		c, end := w.life()
		defer end()
		w.say("", "first")
		w.say("group", "second")
		rows := w.unanswered()
		if len(rows) != 2 {
			t.Fatalf("%d rows, want 2", len(rows))
		}
		w.send(c, store.Outgoing{Key: "re:1:0", Chat: rows[0].Chat, Kind: store.KindText, Text: "hi"})
		if got, ok := w.ana.Received(c.MessageID("re:1:0")); !ok || got.Text != "hi" {
			t.Errorf("Ana did not get the answer: %+v", got)
		}
		w.send(c, store.Outgoing{Key: "re:2:0", Chat: rows[1].Chat, Kind: store.KindText, Text: "hi all"})
		w.say("", "third")
		w.say("group", "fourth")
		rows = w.unanswered()
		if len(rows) != 4 {
			t.Fatalf("%d rows, want 4", len(rows))
		}
		for _, r := range rows {
			if r.Sender != rows[0].Sender {
				t.Errorf("%q is from %s, the first was from %s", r.Text, r.Sender, rows[0].Sender)
			}
		}
		if rows[2].Chat != rows[0].Chat {
			t.Errorf("the direct chat was %s and is %s", rows[0].Chat, rows[2].Chat)
		}
		roster, err := c.Roster(t.Context(), rows[1].Chat)
		if err != nil {
			t.Fatal(err)
		}
		if p, ok := roster.Find(rows[0].Sender); !ok || !p.Admin {
			t.Errorf("Ana, %s, is no admin in %+v", rows[0].Sender, roster.People)
		}
	})
}

func TestWhoLeftIsWhoWasThere(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		c, end := w.life()
		defer end()
		ben, err := w.net.Persona(t.Context(), w.ben)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(ben.Close)
		if _, err := ben.Say(t.Context(), w.group.JID(), "bye"); err != nil {
			t.Fatal(err)
		}
		w.settle()
		row := w.unanswered()[0]
		if roster, err := c.Roster(t.Context(), row.Chat); err != nil || len(roster.People) != 3 {
			t.Errorf("roster %+v, %v", roster, err)
		}
		if err := w.group.Leave(w.ben); err != nil {
			t.Fatal(err)
		}
		w.settle()
		if !slices.Equal(w.inbox.left, []string{row.Sender}) {
			t.Errorf("left: %v, want %s", w.inbox.left, row.Sender)
		}
		if err := w.group.Remove(w.ana.Account(), w.bot); err != nil {
			t.Fatal(err)
		}
		w.settle()
		if !slices.Equal(w.inbox.left, []string{row.Sender, ""}) {
			t.Errorf("left: %v, want the bot too", w.inbox.left)
		}
		if _, err := c.Roster(t.Context(), row.Chat); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("roster of a group that the bot is not in: %v", err)
		}
	})
}

func TestReactionsNameTheirTarget(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		c, end := w.life()
		defer end()
		w.say("group", "look at me")
		w.say("", "and here")
		for i, r := range w.unanswered() {
			key := fmt.Sprint("react:", i)
			w.send(c, store.Outgoing{Key: key, Chat: r.Chat, Kind: store.KindReaction, Text: "👍", Target: store.Target{Message: r.Message, Sender: r.Sender}})
			got, ok := w.ana.Received(c.MessageID(key))
			if !ok || got.Text != "👍" || got.Target != r.Message {
				t.Errorf("reaction %+v", got)
				continue
			}
			target := got.Message.GetReactionMessage().GetKey()
			if who, err := types.ParseJID(target.GetParticipant()); r.Group && (err != nil || !w.isAna(who)) {
				t.Errorf("the target's sender is %s", target.GetParticipant())
			}
		}
	})
}

func TestReactionsToOurMessagesAreTold(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		c, end := w.life()
		defer end()
		w.say("group", "look at me")
		row := w.unanswered()[0]
		w.send(c, store.Outgoing{Key: "race:1:7", Chat: row.Chat, Kind: store.KindText, Text: "10 km!"})
		id := c.MessageID("race:1:7")
		ours, ok := w.ana.Received(id)
		if !ok {
			t.Fatal("Ana did not get it")
		}
		for _, emoji := range []string{"👏", ""} {
			if err := w.ana.React(t.Context(), w.group.JID(), ours.From, id, emoji); err != nil {
				t.Fatal(err)
			}
			w.settle()
		}
		if err := w.ana.React(t.Context(), w.group.JID(), w.ana.Account().LID(), row.Message, "👏"); err != nil { // to her own
			t.Fatal(err)
		}
		w.settle()
		if want := []string{id + " " + row.Sender + " 👏", id + " " + row.Sender + " "}; !slices.Equal(w.inbox.cheers, want) {
			t.Errorf("told %q, want %q", w.inbox.cheers, want)
		}
	})
}

func TestAnAlbumHasItsPictures(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		c, end := w.life()
		defer end()
		w.say("group", "look at me")
		chat, album := w.unanswered()[0].Chat, c.MessageID("digest:1:album")
		w.send(c, store.Outgoing{Key: "digest:1:album", Chat: chat, Kind: store.KindAlbum, Text: "2"})
		for _, key := range []string{"digest:1:picture", "digest:1:news"} {
			w.send(c, store.Outgoing{
				Key: key, Chat: chat, Kind: store.KindImage, Text: key, Target: store.Target{Message: album},
				Media: &store.Media{Mime: "image/jpeg", Data: []byte("jpeg"), Width: 4, Height: 5},
			})
			if got, ok := w.ana.Received(c.MessageID(key)); !ok || got.Target != album || got.Text != key {
				t.Errorf("picture %+v", got)
			}
		}
		if got, ok := w.ana.Received(album); !ok || got.Kind != whatsapptest.KindAlbum || got.Text != "2" {
			t.Errorf("album %+v", got)
		}
	})
}

func (w *world) isAna(who types.JID) bool {
	a, ok := w.net.AccountOf(who)
	return ok && a == w.ana.Account()
}

func TestMessagesAreStoredOnceAndSentOnce(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		_, end := w.life()
		w.inbox.failWith(errors.New("disk full"))
		w.say("", "one")
		time.Sleep(45 * time.Second) // longer than any redelivery
		w.inbox.failWith(nil)
		time.Sleep(time.Minute)
		end()
		w.say("", "two")
		c, end := w.life()
		defer end()
		w.say("group", "three")
		var texts []string
		for _, r := range w.unanswered() {
			texts = append(texts, r.Text)
		}
		if !slices.Equal(texts, []string{"one", "two", "three"}) {
			t.Errorf("received %q", texts)
		}
		before := len(w.ana.Messages())
		for range 2 {
			w.send(c, store.Outgoing{Key: "re:1:0", Chat: w.unanswered()[0].Chat, Kind: store.KindText, Text: "hi"})
		}
		if n := len(w.ana.Messages()) - before; n != 1 {
			t.Errorf("Ana reads %d messages, want 1", n)
		}
	})
}

func TestDeliveryIsTold(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		told := &delivered{inbox: w.inbox}
		c, end := w.lifeWith(told)
		defer end()
		w.say("", "hello")
		w.send(c, store.Outgoing{Key: "re:1:0", Chat: w.unanswered()[0].Chat, Kind: store.KindText, Text: "hi"})
		told.mu.Lock()
		defer told.mu.Unlock()
		if !slices.Contains(told.ids, c.MessageID("re:1:0")) {
			t.Errorf("delivered: %v", told.ids)
		}
	})
}

// delivered is an inbox that keeps what was delivered.
type delivered struct {
	*inbox
	mu  sync.Mutex
	ids []string
}

func (d *delivered) Delivered(_ context.Context, id string, _ time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ids = append(d.ids, id)
	return nil
}
