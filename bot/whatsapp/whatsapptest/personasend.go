package whatsapptest

import (
	"context"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// Send sends any message and returns its id.
func (p *Persona) Send(ctx context.Context, to types.JID, m *waE2E.Message) (id string, err error) {
	return p.sendAs(ctx, to, p.nextID(), m)
}

func (p *Persona) nextID() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.serial++
	return deriveMessageID(p.net.opts.Seed, "message", p.label, decimal(p.serial))
}

func (p *Persona) sendAs(ctx context.Context, to types.JID, id string, m *waE2E.Message) (string, error) {
	select {
	case p.gate <- struct{}{}:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	defer func() { <-p.gate }()
	if _, err := p.client.SendMessage(ctx, to, m, whatsmeow.SendRequestExtra{ID: id}); err != nil {
		return id, fmt.Errorf("send: %w", err)
	}
	return id, nil
}

// Say sends a text to a group or a person.
func (p *Persona) Say(ctx context.Context, to types.JID, text string) (id string, err error) {
	return p.Send(ctx, to, &waE2E.Message{Conversation: proto.String(text)})
}

// Reply sends a text that quotes a received message.
func (p *Persona) Reply(ctx context.Context, to types.JID, quoted, text string) (id string, err error) {
	r, ok := p.Received(quoted)
	if !ok {
		return "", fmt.Errorf("reply: message %s was not received", quoted)
	}
	return p.Send(ctx, to, &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text: &text,
		ContextInfo: &waE2E.ContextInfo{
			StanzaID: &quoted, Participant: proto.String(r.From.String()),
			QuotedMessage: &waE2E.Message{Conversation: proto.String(r.Text)},
		},
	}})
}

// Mention sends a text in which somebody is named by their user id behind an @.
func (p *Persona) Mention(ctx context.Context, to types.JID, text string, who types.JID) (id string, err error) {
	return p.Send(ctx, to, &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text: &text, ContextInfo: &waE2E.ContextInfo{MentionedJID: []string{who.ToNonAD().String()}},
	}})
}

// Edit replaces the text of a message that the persona sent.
func (p *Persona) Edit(ctx context.Context, chat types.JID, id, text string) error {
	_, err := p.Send(ctx, chat, p.client.BuildEdit(chat, id, &waE2E.Message{Conversation: proto.String(text)}))
	return err
}

// Revoke deletes a message for everybody; sender is who wrote it.
func (p *Persona) Revoke(ctx context.Context, chat, sender types.JID, id string) error {
	_, err := p.Send(ctx, chat, p.client.BuildRevoke(chat, sender, id))
	return err
}

// React puts an emoji on a message that sender wrote; an empty one takes it
// away.
func (p *Persona) React(ctx context.Context, chat types.JID, sender types.JID, id, emoji string) error {
	_, err := p.Send(ctx, chat, p.client.BuildReaction(chat, sender, id, emoji))
	return err
}

// Poll asks a question with options, of which one may be chosen.
func (p *Persona) Poll(ctx context.Context, to types.JID, question string, options ...string) (id string, err error) {
	id, err = p.Send(ctx, to, p.client.BuildPollCreation(question, options, 1))
	p.mu.Lock()
	defer p.mu.Unlock()
	p.polls[id] = pollSeen{options: options}
	return id, err
}

// Vote chooses among the options of a poll that the persona received.
func (p *Persona) Vote(ctx context.Context, poll string, options ...string) error {
	p.mu.Lock()
	info := p.polls[poll].info
	p.mu.Unlock()
	if info == nil {
		return fmt.Errorf("vote: poll %s was not received", poll)
	}
	m, err := p.client.BuildPollVote(ctx, info, options)
	if err != nil {
		return fmt.Errorf("vote: %w", err)
	}
	_, err = p.Send(ctx, info.Chat, m)
	return err
}

// SendDocument uploads a file and sends it.
func (p *Persona) SendDocument(ctx context.Context, to types.JID, name, mime string, data []byte) (string, error) {
	up, err := p.client.Upload(ctx, data, whatsmeow.MediaDocument)
	if err != nil {
		return "", fmt.Errorf("upload: %w", err)
	}
	return p.Send(ctx, to, &waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{
		FileName: &name, Title: &name, Mimetype: &mime,
		URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey,
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength,
	}})
}

// Picture is an image as a persona sends it.
type Picture struct {
	Data      []byte
	Mime      string
	Caption   string
	Alt       string
	Width     int // pixels
	Height    int // pixels
	Thumbnail []byte
}

// SendImage uploads a picture and sends it.
func (p *Persona) SendImage(ctx context.Context, to types.JID, pic Picture) (string, error) {
	up, err := p.client.Upload(ctx, pic.Data, whatsmeow.MediaImage)
	if err != nil {
		return "", fmt.Errorf("upload: %w", err)
	}
	return p.Send(ctx, to, &waE2E.Message{ImageMessage: &waE2E.ImageMessage{
		Caption: &pic.Caption, Mimetype: &pic.Mime, AccessibilityLabel: &pic.Alt, JPEGThumbnail: pic.Thumbnail,
		Width: proto.Uint32(uint32(pic.Width)), Height: proto.Uint32(uint32(pic.Height)),
		URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey,
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength,
	}})
}

// Type shows in a chat that the persona is typing, or that it stopped.
func (p *Persona) Type(ctx context.Context, chat types.JID, typing bool) error {
	state := types.ChatPresencePaused
	if typing {
		state = types.ChatPresenceComposing
	}
	return p.client.SendChatPresence(ctx, chat, state, types.ChatPresenceMediaText)
}

// Read tells the sender that a received message was read, at that time.
func (p *Persona) Read(ctx context.Context, id string, at time.Time) error {
	r, ok := p.Received(id)
	if !ok {
		return fmt.Errorf("read: message %s was not received", id)
	}
	return p.client.MarkRead(ctx, []types.MessageID{id}, at, r.Chat, r.From)
}
