package whatsapptest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"
)

func checkDropRepeats(t *testing.T, c *cast, value any) {
	seen := record[*events.Message](c.ana)
	for range 2 {
		m := &waE2E.Message{Conversation: proto.String("once")}
		if _, err := c.bot.Client().SendMessage(t.Context(), c.ana.Account().LID(), m, whatsmeow.SendRequestExtra{ID: "3EB0ONCE"}); err != nil {
			t.Error(err)
		}
	}
	want := 1
	if !value.(bool) {
		want = 2
	}
	if got := len(seen()); got != want {
		t.Errorf("the client got it %d times", got)
	}
}

// heard returns how ana's client saw a message of the bot to her and one to the
// group.
func (c *cast) heard(t *testing.T) (direct, group types.MessageInfo) {
	t.Helper()
	seen := record[*events.Message](c.ana)
	say(t, c.bot, c.ana.Account().LID(), "to you")
	say(t, c.bot, c.group.JID(), "to all")
	var all []*events.Message
	for _, e := range seen() {
		if e.Message.GetConversation() != "" {
			all = append(all, e)
		}
	}
	if len(all) != 2 {
		t.Fatalf("%d messages", len(all))
	}
	return all[0].Info, all[1].Info
}

func checkDirectByLID(t *testing.T, c *cast, value any) {
	got, _ := c.heard(t)
	if want := server(value.(bool)); got.Sender.Server != want || got.Chat.Server != want || got.SenderAlt.Server != server(!value.(bool)) {
		t.Errorf("sender %s, alt %s", got.Sender, got.SenderAlt)
	}
	// The client of the same account hears it under the same kind of address.
	second := enrol(t, c.net, c.bot.account.phone(), "Bot")
	copies := record[*events.Message](second)
	say(t, c.bot, c.ana.Account().LID(), "seen twice")
	if all := copies(); len(all) != 1 || !all[0].Info.IsFromMe || all[0].Info.Chat.Server != server(value.(bool)) {
		t.Errorf("copies %+v", all)
	}
}

func checkGroupsByLID(t *testing.T, c *cast, value any) {
	_, got := c.heard(t)
	if got.Sender.Server != server(value.(bool)) || string(got.AddressingMode) != mode(value.(bool)) {
		t.Errorf("sender %s, mode %s", got.Sender, got.AddressingMode)
	}
	info, err := c.ana.Client().GetGroupInfo(t.Context(), c.group.JID())
	if err != nil || info.Participants[0].JID.Server != server(value.(bool)) || string(info.AddressingMode) != mode(value.(bool)) {
		t.Errorf("group %+v, %v", info, err)
	}
}

func checkSenderAlt(t *testing.T, c *cast, value any) {
	direct, group := c.heard(t)
	if direct.SenderAlt.IsEmpty() == value.(bool) || group.SenderAlt.IsEmpty() == value.(bool) {
		t.Errorf("other addresses %q, %q", direct.SenderAlt, group.SenderAlt)
	}
}

func checkAddressingMode(t *testing.T, c *cast, value any) {
	if direct, _ := c.heard(t); (direct.AddressingMode == "") == value.(bool) {
		t.Errorf("mode %q", direct.AddressingMode)
	}
}

func checkMemberNumbers(t *testing.T, c *cast, value any) {
	info, err := c.ana.Client().GetGroupInfo(t.Context(), c.group.JID())
	if err != nil || len(info.Participants) != 3 {
		t.Fatal(info, err)
	}
	for _, p := range info.Participants {
		if p.PhoneNumber.IsEmpty() == value.(bool) {
			t.Errorf("member %+v", p)
		}
	}
}

// refusedWith sends to somebody and compares the code of the refusal, 0 for
// none.
func refusedWith(t *testing.T, p *Persona, to types.JID, code int) {
	t.Helper()
	_, err := p.Say(t.Context(), to, "may I")
	synctest.Wait()
	if code == 0 {
		if err != nil {
			t.Error(err)
		}
		return
	}
	if !errors.Is(err, whatsmeow.ErrServerReturnedError) || !strings.HasSuffix(err.Error(), fmt.Sprint(" ", code)) {
		t.Errorf("refused with %v, want %d", err, code)
	}
}

func checkOutsiderCode(t *testing.T, c *cast, value any) {
	say(t, c.ben, c.group.JID(), "I am in")
	c.net.mu.Lock() // so that his client does not know
	c.group.set("remove", c.ben.Account())
	c.net.mu.Unlock()
	refusedWith(t, c.ben, c.group.JID(), value.(int))
}

func checkAnnounceCode(t *testing.T, c *cast, value any) {
	if err := c.group.Announce(c.ana.Account(), true); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	refusedWith(t, c.ben, c.group.JID(), value.(int))
	refusedWith(t, c.ana, c.group.JID(), 0)
}

func checkNobodyCode(t *testing.T, c *cast, value any) {
	refusedWith(t, c.bot, types.NewJID("199999999999999", types.HiddenUserServer), value.(int))
}

func checkBlockedCode(t *testing.T, c *cast, value any) {
	before := len(c.ana.Messages())
	if _, err := c.ana.Client().UpdateBlocklist(t.Context(), c.bot.Account().LID(), events.BlocklistChangeActionBlock); err != nil {
		t.Fatal(err)
	}
	refusedWith(t, c.bot, c.ana.Account().LID(), value.(int))
	if len(c.ana.Messages()) != before {
		t.Error("a blocked message arrived")
	}
	wantReceived(t, c.ana, say(t, c.bot, c.group.JID(), "in the group I am heard"))
	list, err := c.ana.Client().GetBlocklist(t.Context())
	if err != nil || len(list.JIDs) != 1 {
		t.Errorf("blocked: %+v, %v", list, err)
	}
	c.ana.Account().Block(c.bot.Account(), false)
	wantReceived(t, c.ana, say(t, c.bot, c.ana.Account().LID(), "and again"))
}

func checkQueueLife(t *testing.T, c *cast, value any) {
	c.ana.Offline()
	old := say(t, c.bot, c.ana.Account().LID(), "old")
	time.Sleep(value.(time.Duration) - time.Hour)
	young := say(t, c.bot, c.ana.Account().LID(), "young")
	time.Sleep(2 * time.Hour)
	if err := c.ana.Online(t.Context()); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	if _, ok := c.ana.Received(old); ok {
		t.Error("what is too old arrived")
	}
	wantReceived(t, c.ana, young)
}

// failing makes a client acknowledge nothing that it is to handle, and returns
// how often it was asked to.
func failing(p *Persona) func() int {
	seen := record[*events.Message](p)
	p.Client().SynchronousAck = true
	p.Client().AddEventHandlerWithSuccessStatus(func(raw any) bool {
		_, is := raw.(*events.Message)
		return !is
	})
	return func() int { return len(seen()) }
}

func checkRedeliver(t *testing.T, c *cast, value any) {
	tries := failing(c.ana)
	say(t, c.bot, c.ana.Account().LID(), "store me")
	time.Sleep(time.Minute)
	want := 1
	if again := value.(time.Duration); again > 0 {
		want += int(time.Minute / again)
	}
	if got := tries(); got < want-1 || got > want || want > 1 && got < 2 {
		t.Errorf("came %d times on one connection", got)
	}
	c.ana.Client().ResetConnection()
	time.Sleep(10 * time.Second)
	if tries() == 0 {
		t.Error("did not come on the next connection")
	}
}

func checkInFlight(t *testing.T, c *cast, value any) {
	tries := failing(c.ana)
	for range 3 {
		say(t, c.bot, c.ana.Account().LID(), "one after the other")
	}
	if got := tries(); got != min(3, value.(int)) {
		t.Errorf("%d came before one was acknowledged", got)
	}
}

func checkRetrySettles(t *testing.T, c *cast, value any) {
	failing(c.ana)
	id := say(t, c.bot, c.ana.Account().LID(), "can you read this")
	ask := node{Tag: "receipt", Attrs: attrs{"id": id, "to": c.bot.Account().lidOf(1), "type": "retry"}}
	if err := c.ana.Client().DangerousInternals().SendNode(t.Context(), ask); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	if settled := c.ana.Account().Waiting() == 0; settled != value.(bool) {
		t.Errorf("settled: %v", settled)
	}
}
