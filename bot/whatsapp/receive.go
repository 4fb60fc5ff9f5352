package whatsapp

import (
	"context"
	"time"

	"clubrun/store"
	"clubrun/store/failpoint"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// handle takes one event of whatsmeow. False means that it could not be
// stored: WhatsApp is not told that it arrived and delivers it again.
func (s *session) handle(ctx context.Context, e any) bool {
	s.noteLink(e)
	switch e := e.(type) {
	case *events.Message:
		return s.receive(ctx, e)
	case *events.Receipt:
		return s.receipt(ctx, e)
	case *events.GroupInfo:
		return s.groupChanged(ctx, e)
	case *events.JoinedGroup:
		ctx = s.news(ctx, e.JID, s.Now())
		return s.stored(ctx, s.Inbox.Joined(ctx, s.remember(ctx, &e.GroupInfo, s.rosterAge())))
	case *events.Connected:
		s.up.Store(true)
		select {
		case <-s.gone: // of an earlier connection
		default:
		}
		nudge(s.online)
	case *events.OfflineSyncCompleted:
		nudge(s.synced)
	case *events.Disconnected:
		s.down()
		nudge(s.gone)
	default:
		s.handleFate(ctx, e)
	}
	return true
}

// stored logs an error of the inbox and asks for a new connection, on which
// WhatsApp delivers again what was not acknowledged.
func (s *session) stored(ctx context.Context, err error) bool {
	if err == nil {
		return true
	}
	s.Log.Error().Ctx(ctx).Err(err).Msg("event not stored")
	nudge(s.reset)
	return false
}

func (s *session) receive(ctx context.Context, e *events.Message) bool {
	i := e.Info
	if s.toSelf(e) {
		return s.takeNote(ctx, e)
	}
	if i.IsFromMe || i.Category == "peer" || i.Chat.IsBroadcastList() || i.Chat.Server == types.NewsletterServer {
		return true
	}
	if r := e.Message.GetReactionMessage(); r != nil && i.IsGroup {
		return s.reacted(ctx, e, r)
	}
	if e.Message.GetPollUpdateMessage() != nil && i.IsGroup {
		return s.voted(ctx, e)
	}
	in, ok := s.words(ctx, e)
	if !ok {
		return true
	}
	ctx = store.WithCause(ctx, in.Cause())
	failpoint.Hit(ctx, failpoint.InboxReceived)
	err := s.Inbox.Receive(ctx, in)
	failpoint.Hit(ctx, failpoint.InboxStored)
	if err == nil {
		s.learn(ctx, i.MessageSource, in.Sender)
	}
	return s.stored(ctx, err)
}

// reacted tells of a reaction to a message of ours; others are nobody's
// business.
func (s *session) reacted(ctx context.Context, e *events.Message, r *waE2E.ReactionMessage) bool {
	author, err := types.ParseJID(r.GetKey().GetParticipant())
	if err != nil || !s.isMe(author) {
		return true
	}
	user, _ := s.person(ctx, e.Info.Sender, s.other(ctx, e.Info.MessageSource))
	ctx = s.news(ctx, e.Info.Chat, e.Info.Timestamp)
	return s.stored(ctx, s.Inbox.Reacted(ctx, store.Chat(e.Info.Chat.String()), r.GetKey().GetID(), user, r.GetText()))
}

// words turns a message of WhatsApp into the store's words; ok is false for
// kinds that nobody here reads: polls, votes, calls, deletions.
func (s *session) words(ctx context.Context, e *events.Message) (in store.Incoming, ok bool) {
	in = store.Incoming{
		Name: e.Info.PushName, Message: e.Info.ID, Group: e.Info.IsGroup, Sent: e.Info.Timestamp, Received: s.Now(),
	}
	m := e.Message
	if p := m.GetProtocolMessage(); p != nil {
		if p.GetType() != waE2E.ProtocolMessage_MESSAGE_EDIT {
			return in, false
		}
		in.Edits, m = p.GetKey().GetID(), p.GetEditedMessage()
	}
	about := m.GetExtendedTextMessage().GetContextInfo()
	in.Quotes = s.quoted(about)
	in.Text = m.GetConversation() + m.GetExtendedTextMessage().GetText()
	if d := m.GetDocumentMessage(); d != nil {
		in.Text = d.GetCaption()
		in.Document = documentOf(d)
		about = d.GetContextInfo()
	}
	if forwarded(m, in.Group) {
		return in, false // it was written for somebody else
	}
	in.Text, in.Mentions = s.mentioned(ctx, in.Text, about.GetMentionedJID())
	if in.Text == "" && in.Document == nil && !in.Group {
		in.Text = unread(m)
	}
	if in.Text == "" && in.Document == nil {
		return in, false
	}
	in.Sender, in.Phone = s.person(ctx, e.Info.Sender, s.other(ctx, e.Info.MessageSource))
	s.renumbered(in.Sender, in.Phone)
	in.Chat = s.chat(e.Info.Chat, in.Sender)
	return in, true
}

// forwarded says whether a message was passed on from another chat. A file that
// is handed in comes from somewhere: in private that is no reason against it.
func forwarded(m *waE2E.Message, group bool) bool {
	for _, about := range []*waE2E.ContextInfo{
		m.GetExtendedTextMessage().GetContextInfo(), m.GetAudioMessage().GetContextInfo(),
		m.GetImageMessage().GetContextInfo(), m.GetVideoMessage().GetContextInfo(),
	} {
		if about.GetIsForwarded() {
			return true
		}
	}
	return group && m.GetDocumentMessage().GetContextInfo().GetIsForwarded()
}

// unread stands for what somebody sent in a direct message that nobody here can
// read; it is empty for kinds that ask for no answer, such as stickers.
func unread(m *waE2E.Message) string {
	switch {
	case m.GetAudioMessage() != nil:
		return store.VoiceNote
	case m.GetImageMessage() != nil, m.GetVideoMessage() != nil, m.GetPtvMessage() != nil:
		return store.PictureAlone
	}
	return ""
}

func (s *session) receipt(ctx context.Context, e *events.Receipt) bool {
	if e.IsFromMe || e.Type == types.ReceiptTypeRetry || e.Type == types.ReceiptTypeServerError {
		return true
	}
	for _, id := range e.MessageIDs {
		if !s.stored(ctx, s.Inbox.Delivered(ctx, id, e.Timestamp)) {
			return false
		}
	}
	failpoint.Hit(ctx, failpoint.ReceiptStored)
	return true
}

// groupChanged forgets what was known of the group and tells who left it.
func (s *session) groupChanged(ctx context.Context, e *events.GroupInfo) bool {
	s.forget(e.JID)
	ctx = s.news(ctx, e.JID, e.Timestamp)
	for _, who := range e.Leave {
		user := ""
		if !s.isMe(who) {
			user, _ = s.person(ctx, who, s.other(ctx, types.MessageSource{Sender: who}))
		}
		if !s.stored(ctx, s.Inbox.Left(ctx, store.Chat(e.JID.String()), user)) {
			return false
		}
	}
	return true
}

// news gives what happened to a group at a moment its cause.
func (s *session) news(ctx context.Context, group types.JID, at time.Time) context.Context {
	return store.WithCause(ctx, store.NewCause(store.CauseNews, group.String()+" "+at.UTC().Format(time.RFC3339Nano)))
}

func (s *session) isMe(who types.JID) bool {
	return who.User == s.cli.Store.GetLID().User || s.cli.Store.ID != nil && who.User == s.cli.Store.ID.User
}
