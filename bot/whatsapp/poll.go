package whatsapp

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"clubrun/store"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types/events"
)

// Votes takes what people choose in polls of ours.
type Votes interface {
	// Voted tells what somebody chose in a poll: the hashes (SHA-256, in hex) of
	// the options' words, none where a vote was taken back.
	Voted(ctx context.Context, chat store.Chat, message, user string, hashes []string) error
}

// poll asks a question, the first line of the text, with the other lines as
// options, of which one may be chosen. The secret that votes are sealed with
// follows from the message's key: sent again, it is the same poll.
func (c *Client) poll(cli *whatsmeow.Client, o store.Outgoing) *waE2E.Message {
	lines := strings.Split(o.Text, "\n")
	m := cli.BuildPollCreation(lines[0], lines[1:], 1)
	mac := hmac.New(sha256.New, c.InstallKey)
	mac.Write([]byte("poll " + o.Key))
	m.MessageContextInfo.MessageSecret = mac.Sum(nil)
	return m
}

// voted tells of a vote in a poll of ours; others are nobody's business.
func (s *session) voted(ctx context.Context, e *events.Message) bool {
	key := e.Message.GetPollUpdateMessage().GetPollCreationMessageKey()
	if s.Votes == nil {
		return true
	}
	vote, err := s.cli.DecryptPollVote(ctx, e)
	if err != nil { // a poll of somebody else, or one of ours that a new pairing forgot
		s.Log.Debug().Ctx(ctx).Err(err).Msg("vote not read")
		return true
	}
	var hashes []string
	for _, option := range vote.GetSelectedOptions() {
		hashes = append(hashes, hex.EncodeToString(option))
	}
	user, _ := s.person(ctx, e.Info.Sender, s.other(ctx, e.Info.MessageSource))
	ctx = s.news(ctx, e.Info.Chat, e.Info.Timestamp)
	return s.stored(ctx, s.Votes.Voted(ctx, store.Chat(e.Info.Chat.String()), key.GetID(), user, hashes))
}
