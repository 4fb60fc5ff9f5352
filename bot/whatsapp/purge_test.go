package whatsapp_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/store"
)

func TestWhatWasSentLeavesTheDiskWhenItsChatIsPurged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		c, end := w.life()
		defer end()
		w.say("", "hello")
		w.say(store.Chat("group"), "hello")
		w.settle()
		var direct store.Chat
		for _, in := range w.unanswered() {
			o := store.Outgoing{Key: in.Message, Chat: in.Chat, Kind: store.KindText, Text: "group-canary"}
			if !in.Group {
				direct, o.Text = in.Chat, strings.Repeat("direct-canary ", 200)
			}
			w.send(c, o)
		}
		w.settle()
		if !w.onDisk("direct-canary") || !w.onDisk("group-canary") {
			t.Fatal("nothing of it is kept")
		}
		if err := c.Purge(t.Context(), direct); err != nil {
			t.Fatal(err)
		}
		if w.onDisk("direct-canary") {
			t.Error("what was sent to the chat is on the disk")
		}
		if !w.onDisk("group-canary") {
			t.Error("what was sent to another chat is gone, too")
		}
		time.Sleep(8 * 24 * time.Hour)
		if err := c.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if w.onDisk("group-canary") {
			t.Error("what was sent more than a week ago is on the disk")
		}
	})
}
