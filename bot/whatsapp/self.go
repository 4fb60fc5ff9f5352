package whatsapp

import (
	"context"

	"clubrun/store"
	"clubrun/store/failpoint"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// Self returns the chat of the bot's number with itself, where its owner reads
// and writes on the phone; empty before pairing. It may be called from any
// goroutine.
func (c *Client) Self() store.Chat {
	chat, _ := c.self.Load().(store.Chat)
	return chat
}

// noteSelf keeps the address of the bot's number: its LID, or the number where
// it has none.
func (c *Client) noteSelf(cli *whatsmeow.Client) {
	if lid := cli.Store.GetLID(); !lid.IsEmpty() {
		c.self.Store(store.Chat(lid.ToNonAD().String()))
		return
	}
	own := store.Chat("")
	if id := cli.Store.ID; id != nil {
		own = store.Chat(id.ToNonAD().String())
	}
	c.self.Store(own)
}

// phoneDevice is the number that WhatsApp gives the phone of an account; linked
// devices have others.
const phoneDevice = 0

// toSelf says whether a message is one that the owner of the bot's number wrote
// on the phone to themselves. Nothing else of the bot's own number counts:
// neither what another linked device wrote, nor what the owner wrote to others.
func (s *session) toSelf(e *events.Message) bool {
	i := e.Info
	if !i.IsFromMe || i.IsGroup || i.Category != "" || i.Sender.Device != phoneDevice || !s.isOwn(i.Sender) || !s.isOwn(i.Chat) {
		return false
	}
	if i.DeviceSentMeta == nil {
		return true
	}
	to, err := types.ParseJID(i.DeviceSentMeta.DestinationJID)
	return err == nil && s.isOwn(to)
}

// isOwn says whether an address is a person's, and that person the bot.
func (s *session) isOwn(j types.JID) bool {
	return j.User != "" && (j.Server == types.HiddenUserServer || j.Server == types.DefaultUserServer) && s.isMe(j)
}

// written puts what the owner wrote to themselves into the store's words; ok is
// false for all but texts. Name and number are left out: it is known who that
// is.
func (s *session) written(e *events.Message) (in store.Incoming, ok bool) {
	in = store.Incoming{Chat: s.Self(), Sender: store.Owner, Message: e.Info.ID, Sent: e.Info.Timestamp, Received: s.Now()}
	m := e.Message
	if p := m.GetProtocolMessage(); p != nil {
		if p.GetType() != waE2E.ProtocolMessage_MESSAGE_EDIT {
			return in, false
		}
		in.Edits, m = p.GetKey().GetID(), p.GetEditedMessage()
	}
	in.Text = m.GetConversation() + m.GetExtendedTextMessage().GetText()
	return in, in.Text != "" && in.Chat != "" && !m.GetExtendedTextMessage().GetContextInfo().GetIsForwarded()
}

// takeNote hands the inbox what the owner wrote to themselves.
func (s *session) takeNote(ctx context.Context, e *events.Message) bool {
	in, ok := s.written(e)
	if !ok {
		return true
	}
	ctx = store.WithCause(ctx, in.Cause())
	failpoint.Hit(ctx, failpoint.InboxReceived)
	err := s.Inbox.Receive(ctx, in)
	failpoint.Hit(ctx, failpoint.InboxStored)
	return s.stored(ctx, err)
}
