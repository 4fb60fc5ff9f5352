package whatsapp_test

import (
	"database/sql"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/store"
)

// query asks the file itself, beside the bot.
func (w *world) query(text string) (answer string) {
	w.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+w.path+"?_busy_timeout=5000")
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.QueryRowContext(w.t.Context(), text).Scan(&answer); err != nil && !errors.Is(err, sql.ErrNoRows) {
		w.t.Fatal(err)
	}
	return answer
}

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
		w.query(`INSERT INTO whatsmeow_message_secrets SELECT jid, '` + string(direct) + `', '1@lid', 'theirs', zeroblob(32) FROM whatsmeow_device
			UNION SELECT jid, '5@g.us', '` + string(direct) + `', 'in a group', zeroblob(32) FROM whatsmeow_device
			UNION SELECT jid, '5@g.us', '1@lid', 'of another', zeroblob(32) FROM whatsmeow_device`)
		if err := c.Purge(t.Context(), direct); err != nil {
			t.Fatal(err)
		}
		if left := w.query(`SELECT group_concat(message_id) FROM whatsmeow_message_secrets WHERE key = zeroblob(32)`); left != "of another" {
			t.Errorf("secrets of %s are left", left)
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
