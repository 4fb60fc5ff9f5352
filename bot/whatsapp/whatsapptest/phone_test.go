package whatsapptest

import (
	"testing"
	"testing/synctest"

	"go.mau.fi/whatsmeow/types/events"
)

// checkSelfWrapped: what the phone writes to itself is heard by its client as
// something that the account sent to itself.
func checkSelfWrapped(t *testing.T, c *cast, value any) {
	seen := record[*events.Message](c.bot)
	id, err := c.bot.Account().Phone().Say(t.Context(), "buy milk")
	if err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	all := seen()
	if len(all) != 1 {
		t.Fatalf("%d messages", len(all))
	}
	got := all[0]
	if got.Info.ID != id || got.Message.GetConversation() != "buy milk" || !got.Info.IsFromMe || got.Info.Sender.Device != 0 {
		t.Errorf("%+v", got.Info)
	}
	if a, ok := c.net.AccountOf(got.Info.Chat); !ok || a != c.bot.Account() || (got.Info.DeviceSentMeta != nil) != value.(bool) {
		t.Errorf("chat %s, %+v", got.Info.Chat, got.Info.DeviceSentMeta)
	}
}

func TestThePhoneReadsItsOwnChatAlone(t *testing.T) {
	ruled(t, DefaultAssumptions(), func(t *testing.T, n *Network) {
		bot, people, g := club(t, n, 2)
		phone := bot.Account().Phone()
		say(t, bot, people[0].Account().LID(), "to her")
		say(t, bot, g.JID(), "to all")
		say(t, bot, bot.Account().PN(), "to myself")
		if _, err := phone.Say(t.Context(), "well"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		id := say(t, bot, bot.Account().LID(), "and again")
		all := phone.Messages()
		if len(all) != 2 || all[0].Text != "to myself" || all[1].Text != "and again" {
			t.Errorf("%+v", all)
		}
		if got, ok := phone.Received(id); !ok || got.Chat != bot.Account().LID() {
			t.Errorf("%+v", got)
		}
		if got := people[0].Messages(); len(got) != 2 {
			t.Errorf("Ana got %+v", got)
		}
	})
}
