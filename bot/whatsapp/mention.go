package whatsapp

import (
	"context"
	"strings"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
)

// mostMentions is how many mentions of a message are looked at.
const mostMentions = 20

// quoted returns the id of the message that is answered where that says to be
// ours; what people answer each other is none of our business.
func (s *session) quoted(about *waE2E.ContextInfo) string {
	author, err := types.ParseJID(about.GetParticipant())
	if err != nil || about.GetStanzaID() == "" || !s.isMe(author) {
		return ""
	}
	return about.GetStanzaID()
}

// mentioned writes the mentions of a text as the users that they mean, by
// number or by hidden id, and leaves out those of the bot; of those it tells.
func (s *session) mentioned(ctx context.Context, text string, who []string) (plain string, ofBot bool) {
	for _, one := range who[:min(len(who), mostMentions)] {
		jid, err := types.ParseJID(one)
		if err != nil || jid.User == "" {
			continue
		}
		if s.isMe(jid) {
			ofBot = true
			text = mentions(text, jid.User, " ")
			continue
		}
		user, _ := s.person(ctx, jid, types.EmptyJID)
		if user != jid.User {
			text = mentions(text, jid.User, "@"+user)
		}
	}
	return strings.TrimSpace(text), ofBot
}

// mentions puts something else in the place of every @user in a text.
func mentions(text, user, other string) string {
	parts := strings.Split(text, "@"+user)
	var b strings.Builder
	b.WriteString(parts[0])
	for _, part := range parts[1:] {
		if part != "" && part[0] >= '0' && part[0] <= '9' { // a longer number
			b.WriteString("@" + user + part)
			continue
		}
		b.WriteString(other + part)
	}
	return b.String()
}
