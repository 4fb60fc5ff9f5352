package whatsapptest

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

func checkContactByLID(t *testing.T, c *cast, value any) {
	found, err := c.bot.Client().IsOnWhatsApp(t.Context(), []string{"+" + c.ana.account.phone()})
	if err != nil || len(found) != 1 || !found[0].IsIn || found[0].JID.Server != server(value.(bool)) {
		t.Errorf("found %+v, %v", found, err)
	}
}

func checkDirectHash(t *testing.T, c *cast, value any) {
	say(t, c.bot, c.ana.Account().LID(), "hello")
	c.net.mu.Lock()
	c.ana.Account().watchers = nil // so that the bot does not hear of it
	c.net.mu.Unlock()
	second := enrol(t, c.net, c.ana.account.phone(), "P1")
	say(t, c.bot, c.ana.Account().LID(), "to the first only")
	id := say(t, c.bot, c.ana.Account().LID(), "to both, if the sender was told")
	if _, ok := second.Received(id); ok != value.(bool) {
		t.Errorf("the second client got it: %v", ok)
	}
}

func checkOutsiderQuery(t *testing.T, c *cast, value any) {
	if err := c.group.Leave(c.ben.Account()); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	want := map[int]error{403: whatsmeow.ErrNotInGroup, 404: whatsmeow.ErrGroupNotFound}[value.(int)]
	if _, err := c.ben.Client().GetGroupInfo(t.Context(), c.group.JID()); !errors.Is(err, want) {
		t.Errorf("answer %v, want %v", err, want)
	}
}

func checkDeviceNews(t *testing.T, c *cast, value any) {
	say(t, c.bot, c.ana.Account().LID(), "hello")
	second := enrol(t, c.net, c.ana.account.phone(), "P1")
	first := say(t, c.bot, c.ana.Account().LID(), "who hears this")
	// whatsmeow takes news only under the address by which it asked, which is
	// the LID here.
	if _, ok := second.Received(first); ok != (value == newsAsked) {
		t.Errorf("the second client got the first message: %v", ok)
	}
	wantReceived(t, second, say(t, c.bot, c.ana.Account().LID(), "and now"))
}

func checkInactive(t *testing.T, c *cast, value any) {
	if err := c.ana.Client().SendPresence(t.Context(), types.PresenceUnavailable); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	want := types.ReceiptTypeDelivered
	if value.(bool) {
		want = types.ReceiptTypeInactive
	}
	id := say(t, c.bot, c.ana.Account().LID(), "not now")
	if got := c.bot.Receipts(id); len(got) != 1 || got[0].Kind != want || got[0].From != c.ana.Account().LID() {
		t.Errorf("receipts %+v", got)
	}
}

func checkTypingToAll(t *testing.T, c *cast, value any) {
	if err := c.ana.Client().SendPresence(t.Context(), types.PresenceUnavailable); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	if err := c.bot.Type(t.Context(), c.group.JID(), true); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	if seen := len(c.ana.Typing()) == 1; seen != value.(bool) {
		t.Errorf("seen by somebody who does not look: %v", seen)
	}
	if len(c.ben.Typing()) != 1 {
		t.Error("not seen by somebody who looks")
	}
}

func checkTrueKeyCount(t *testing.T, c *cast, value any) {
	c.net.mu.Lock()
	defer c.net.mu.Unlock()
	if many := len(c.bot.account.device(1).oneTime) > 700; many != value.(bool) {
		t.Errorf("the client made %d keys", len(c.bot.account.device(1).oneTime))
	}
}

func checkLowKeys(t *testing.T, c *cast, value any) {
	c.net.mu.Lock()
	d := c.bot.account.device(1)
	d.oneTime = d.oneTime[:8]
	c.net.mu.Unlock()
	fresh := enrol(t, c.net, "15550000099", "Zoe")
	say(t, fresh, c.bot.Account().LID(), "takes a key")
	c.net.mu.Lock()
	defer c.net.mu.Unlock()
	if d.asked != (value.(int) > 7) {
		t.Errorf("asked for more at %d keys: %v", len(d.oneTime), d.asked)
	}
}

func checkPreviewAlways(t *testing.T, c *cast, value any) {
	seen := record[*events.OfflineSyncPreview](c.bot)
	done := record[*events.OfflineSyncCompleted](c.bot)
	c.bot.Client().ResetConnection()
	time.Sleep(10 * time.Second)
	if got := len(seen()); (got == 1) != value.(bool) || len(done()) != 1 {
		t.Errorf("%d previews", got)
	}
}

func checkLIDForLID(t *testing.T, c *cast, value any) {
	ask := func(j types.JID) bool {
		list, err := c.bot.Client().DangerousInternals().Usync(t.Context(), []types.JID{j}, "query", "background", []node{{Tag: "lid"}})
		if err != nil {
			t.Fatal(err)
		}
		user, _ := child(list, "user")
		_, told := child(&user, "lid")
		return told
	}
	if ask(c.ana.Account().LID()) != value.(bool) || !ask(c.ana.Account().PN()) {
		t.Error("the answer holds a LID for a LID, or none for a number")
	}
}

func checkHistory(t *testing.T, c *cast, value any) {
	client, seen := stranger(t, c.net)
	client.ManualHistorySyncDownload = true
	if err := client.Connect(); err != nil {
		t.Fatal(err)
	}
	if err := c.ana.Account().Scan(only[*events.QR](seen())[0].Codes[0]); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	got := 0
	for _, e := range only[*events.Message](seen()) {
		if h := e.Message.GetProtocolMessage().GetHistorySyncNotification(); h != nil {
			got++
			if blob, err := client.DownloadHistorySync(t.Context(), h, true); err != nil || len(blob.GetConversations()) != 0 {
				t.Errorf("history %+v, %v", blob, err)
			}
		}
	}
	if (got == 1) != value.(bool) {
		t.Errorf("%d histories", got)
	}
}
