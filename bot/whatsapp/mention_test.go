package whatsapp_test

import (
	"testing"

	"clubrun/store"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// told sends a text with what it is about, and returns the row that it became.
func (w *world) told(to types.JID, text string, about *waE2E.ContextInfo) store.Incoming {
	w.t.Helper()
	m := &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: proto.String(text), ContextInfo: about}}
	id, err := w.ana.Send(w.t.Context(), to, m)
	if err != nil {
		w.t.Fatal(err)
	}
	w.settle()
	in, ok := w.inbox.last(id)
	if !ok {
		w.t.Fatalf("%q did not arrive", text)
	}
	return in
}

// "@mention: WhatsApp gives JID/LID, resolve both": of the bot and of others,
// in groups of either kind.
func TestMentionsAreResolvedByNumberAndByHiddenID(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		_, end := w.life()
		defer end()
		ben, err := w.net.Persona(t.Context(), w.ben)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(ben.Close)
		if _, err := ben.Say(t.Context(), w.group.JID(), "I am here"); err != nil { // the bot has seen both of his ids
			t.Fatal(err)
		}
		w.settle()
		row := w.unanswered()[0]
		known := row.Sender
		for _, bot := range []types.JID{w.bot.PN(), w.bot.LID()} {
			for _, text := range []string{"@" + bot.User + " week", "week? @" + bot.User, "week @" + bot.User + " last", "/week@" + bot.User} {
				in := w.told(w.group.JID(), text, &waE2E.ContextInfo{MentionedJID: []string{bot.String()}})
				want := map[string]string{"week ": "week   last", "week?": "week?", "/week": "/week"}[text[:5]]
				if want == "" {
					want = "week"
				}
				if !in.Mentions || in.Text != want {
					t.Errorf("%q arrives as %q, mentions the bot: %v", text, in.Text, in.Mentions)
				}
			}
		}
		for _, other := range []types.JID{w.ben.PN(), w.ben.LID()} {
			if other == w.ben.PN() && row.Phone == "" {
				continue // WhatsApp has never told his number
			}
			in := w.told(w.group.JID(), "/week @"+other.User+" last", &waE2E.ContextInfo{MentionedJID: []string{other.String()}})
			if in.Mentions || in.Text != "/week @"+known+" last" {
				t.Errorf("a mention of Ben by %s arrives as %q, want @%s; mentions the bot: %v", other, in.Text, known, in.Mentions)
			}
		}
		longer := w.bot.PN().User + "7"
		in := w.told(w.group.JID(), "@"+longer+" week", &waE2E.ContextInfo{MentionedJID: []string{w.bot.PN().String()}})
		if in.Text != "@"+longer+" week" {
			t.Errorf("another number is cut: %q", in.Text)
		}
		in = w.told(w.group.JID(), "@"+w.bot.PN().User+" week", &waE2E.ContextInfo{MentionedJID: []string{"", "@", "nobody", "1@2@3"}})
		if in.Mentions {
			t.Error("a number that is typed is no mention")
		}
	})
}

// "As a reply to the bot": only an answer to the bot's own messages tells what
// it answers; what people answer each other is not kept.
func TestOnlyAnswersToTheBotTellWhatTheyAnswer(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		c, end := w.life()
		defer end()
		w.say("group", "look at me")
		first := w.unanswered()[0]
		w.send(c, store.Outgoing{Key: "digest:1", Chat: first.Chat, Kind: store.KindText, Text: "*Week 36*"})
		id := c.MessageID("digest:1")
		reply, err := w.ana.Reply(t.Context(), w.group.JID(), id, "stats")
		if err != nil {
			t.Fatal(err)
		}
		w.settle()
		if in, ok := w.inbox.last(reply); !ok || in.Quotes != id || in.Text != "stats" {
			t.Errorf("the answer to the bot is %+v", in)
		}
		in := w.told(w.group.JID(), "stats", &waE2E.ContextInfo{StanzaID: proto.String(first.Message), Participant: proto.String(w.ana.Account().LID().String())})
		if in.Quotes != "" {
			t.Errorf("an answer to Ana tells of %q", in.Quotes)
		}
		for _, about := range []*waE2E.ContextInfo{
			{StanzaID: proto.String(id)}, {Participant: proto.String(w.bot.LID().String())}, {StanzaID: proto.String(id), Participant: proto.String("\x00@@")},
		} {
			if in := w.told(w.group.JID(), "stats", about); in.Quotes != "" {
				t.Errorf("half an answer tells of %q", in.Quotes)
			}
		}
	})
}

// "Forwarded messages ignored", with and without a slash; a file is handed in
// by forwarding it to the bot, not to a group.
func TestForwardedMessagesAreIgnored(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		c, end := w.life()
		defer end()
		number := types.NewJID(c.Number(), types.DefaultUserServer)
		on := &waE2E.ContextInfo{IsForwarded: proto.Bool(true), ForwardingScore: proto.Uint32(1)}
		text := func(s string) *waE2E.Message {
			return &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: proto.String(s), ContextInfo: on}}
		}
		file := &waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{FileName: proto.String("run.fit"), Caption: proto.String("/week"), ContextInfo: on}}
		for _, m := range []*waE2E.Message{
			text("/week"), text("week"), text("/delete"), file,
			{AudioMessage: &waE2E.AudioMessage{PTT: proto.Bool(true), ContextInfo: on}}, {ImageMessage: &waE2E.ImageMessage{ContextInfo: on}},
		} {
			for _, to := range []types.JID{number, w.group.JID()} {
				if _, err := w.ana.Send(t.Context(), to, m); err != nil {
					t.Fatal(err)
				}
			}
		}
		w.settle()
		rows := w.unanswered()
		if len(rows) != 1 || rows[0].Group || rows[0].Document == nil {
			t.Errorf("rows %+v", rows)
		}
	})
}

// "Own messages ignored": what the bot's number writes on another device.
func TestOwnMessagesAreIgnored(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		_, end := w.life()
		defer end()
		phone, err := w.net.Persona(t.Context(), w.bot)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(phone.Close)
		for _, to := range []types.JID{w.group.JID(), w.ana.Account().PN()} {
			if _, err := phone.Say(t.Context(), to, "/week"); err != nil {
				t.Fatal(err)
			}
		}
		w.settle()
		if rows := w.unanswered(); len(rows) != 0 {
			t.Errorf("rows %+v", rows)
		}
	})
}
