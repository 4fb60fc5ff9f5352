package whatsapptest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"time"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// The kinds of received messages.
const (
	KindText     = "text"
	KindImage    = "image"
	KindDocument = "document"
	KindVideo    = "video"
	KindAudio    = "audio"
	KindSticker  = "sticker"
	KindReaction = "reaction"
	KindEdit     = "edit"
	KindRevoke   = "revoke"
	KindPoll     = "poll"
	KindAlbum    = "album"
	KindVote     = "vote"
	KindOther    = "other"
)

// Received is a message as a persona's client decrypted it. Chat and From are
// LIDs or groups, without a device.
type Received struct {
	ID     string
	Chat   types.JID
	From   types.JID
	FromMe bool // by another client of the same account
	Name   string
	At     time.Time // the server's time
	Kind   string
	Text   string // body, caption, emoji or question
	Target string // id of the message that this one reacts to, edits, revokes or votes in; of a picture, its album
	Quoted string // id of the message that this one answers

	Mentions  []string // addresses
	Options   []string // of a poll; of a vote, those chosen
	FileName  string
	Mime      string
	Alt       string // what a picture shows
	Size      int    // bytes of the file
	Width     int    // pixels
	Height    int    // pixels
	Thumbnail []byte // JPEG
	Retries   int    // how often it had to be asked for again

	Message *waE2E.Message // all of it
}

// inbox is what a persona received, once each.
type inbox struct {
	list  []Received
	byID  map[string]int // first message of an id
	known map[receivedKey]bool
}

type receivedKey struct {
	chat, sender types.JID
	id           string
}

func (b *inbox) init() {
	b.byID, b.known = map[string]int{}, map[receivedKey]bool{}
}

func (b *inbox) add(r Received) {
	key := receivedKey{r.Chat, r.From, r.ID}
	if b.known[key] {
		return
	}
	b.known[key] = true
	if _, ok := b.byID[r.ID]; !ok {
		b.byID[r.ID] = len(b.list)
	}
	b.list = append(b.list, r)
}

func (p *Persona) receive(e *events.Message) {
	if e.Info.Category == "peer" {
		return
	}
	r, ok := readMessage(e)
	if !ok {
		return
	}
	r.Chat, r.From = p.net.plain(r.Chat), p.net.plain(r.From)
	if r.Kind == KindVote {
		r.Options = p.chosen(e, r.Target)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if r.Kind == KindPoll {
		p.polls[r.ID] = pollSeen{options: r.Options, info: &e.Info}
	}
	p.inbox.add(r)
}

// pollSeen is a poll that a persona sent or received.
type pollSeen struct {
	options []string
	info    *types.MessageInfo // nil where the persona sent it
}

// chosen returns the options of a vote, in the poll's order.
func (p *Persona) chosen(e *events.Message, poll string) []string {
	vote, err := p.client.DecryptPollVote(context.Background(), e)
	if err != nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []string
	for _, option := range p.polls[poll].options {
		hash := sha256.Sum256([]byte(option))
		for _, selected := range vote.GetSelectedOptions() {
			if string(selected) == string(hash[:]) {
				out = append(out, option)
			}
		}
	}
	return out
}

// readMessage puts an event into words; false means that it says nothing to
// people, as one that only brings a sender key.
func readMessage(e *events.Message) (Received, bool) {
	r := Received{
		ID: e.Info.ID, Chat: e.Info.Chat.ToNonAD(), From: e.Info.Sender.ToNonAD(), FromMe: e.Info.IsFromMe,
		Name: e.Info.PushName, At: e.Info.Timestamp, Retries: e.RetryCount, Message: e.Message,
	}
	m := e.Message
	switch {
	case m.GetProtocolMessage() != nil:
		return r, r.protocol(m.GetProtocolMessage())
	case m.GetReactionMessage() != nil:
		r.Kind, r.Text, r.Target = KindReaction, m.GetReactionMessage().GetText(), m.GetReactionMessage().GetKey().GetID()
	case m.GetPollUpdateMessage() != nil:
		r.Kind, r.Target = KindVote, m.GetPollUpdateMessage().GetPollCreationMessageKey().GetID()
	case m.GetAlbumMessage() != nil:
		r.Kind, r.Text = KindAlbum, strconv.FormatUint(uint64(m.GetAlbumMessage().GetExpectedImageCount()), 10)
	case poll(m) != nil:
		r.Kind, r.Text = KindPoll, poll(m).GetName()
		for _, o := range poll(m).GetOptions() {
			r.Options = append(r.Options, o.GetOptionName())
		}
	default:
		return r, r.body(m)
	}
	return r, true
}

func poll(m *waE2E.Message) *waE2E.PollCreationMessage {
	for _, c := range []*waE2E.PollCreationMessage{m.GetPollCreationMessage(), m.GetPollCreationMessageV2(), m.GetPollCreationMessageV3()} {
		if c != nil {
			return c
		}
	}
	return nil
}

// protocol reads an edit or a revoke; other talk between clients is not shown.
func (r *Received) protocol(m *waE2E.ProtocolMessage) bool {
	r.Target = m.GetKey().GetID()
	switch m.GetType() {
	case waE2E.ProtocolMessage_MESSAGE_EDIT:
		r.Kind = KindEdit
		var edited Received
		edited.body(m.GetEditedMessage())
		r.Text = edited.Text
		return true
	case waE2E.ProtocolMessage_REVOKE:
		r.Kind = KindRevoke
		return true
	}
	return false
}

// body reads texts and files.
func (r *Received) body(m *waE2E.Message) bool {
	switch {
	case m.GetConversation() != "":
		r.Kind, r.Text = KindText, m.GetConversation()
	case m.GetExtendedTextMessage() != nil:
		t := m.GetExtendedTextMessage()
		r.Kind, r.Text = KindText, t.GetText()
		r.context(t.GetContextInfo())
	case m.GetImageMessage() != nil:
		i := m.GetImageMessage()
		r.Kind, r.Text, r.Mime, r.Alt = KindImage, i.GetCaption(), i.GetMimetype(), i.GetAccessibilityLabel()
		r.Width, r.Height, r.Thumbnail = int(i.GetWidth()), int(i.GetHeight()), i.GetJPEGThumbnail()
		r.Size = int(i.GetFileLength())
		r.Target = m.GetMessageContextInfo().GetMessageAssociation().GetParentMessageKey().GetID()
		r.context(i.GetContextInfo())
	case m.GetDocumentMessage() != nil:
		d := m.GetDocumentMessage()
		r.Kind, r.Text, r.Mime, r.FileName = KindDocument, d.GetCaption(), d.GetMimetype(), d.GetFileName()
		r.Size, r.Thumbnail = int(d.GetFileLength()), d.GetJPEGThumbnail()
		r.context(d.GetContextInfo())
	default:
		return r.sound(m)
	}
	return true
}

func (r *Received) sound(m *waE2E.Message) bool {
	switch {
	case m.GetVideoMessage() != nil:
		v := m.GetVideoMessage()
		r.Kind, r.Text, r.Mime, r.Size = KindVideo, v.GetCaption(), v.GetMimetype(), int(v.GetFileLength())
	case m.GetAudioMessage() != nil:
		r.Kind, r.Mime, r.Size = KindAudio, m.GetAudioMessage().GetMimetype(), int(m.GetAudioMessage().GetFileLength())
	case m.GetStickerMessage() != nil:
		r.Kind, r.Mime = KindSticker, m.GetStickerMessage().GetMimetype()
	case m.GetSenderKeyDistributionMessage() != nil:
		return false
	default:
		r.Kind = KindOther
	}
	return true
}

func (r *Received) context(c *waE2E.ContextInfo) {
	r.Quoted, r.Mentions = c.GetStanzaID(), c.GetMentionedJID()
}

// Received returns the message with an id, as the persona got it.
func (p *Persona) Received(id string) (Received, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	i, ok := p.inbox.byID[id]
	if !ok {
		return Received{}, false
	}
	return p.inbox.list[i], true
}

// Messages returns all that the persona received, in order of arrival.
func (p *Persona) Messages() []Received {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.inbox.list)
}

// Download fetches and decrypts the file of a received message.
func (p *Persona) Download(ctx context.Context, id string) ([]byte, error) {
	r, ok := p.Received(id)
	if !ok {
		return nil, fmt.Errorf("download: message %s was not received", id)
	}
	data, err := p.client.DownloadAny(ctx, r.Message)
	if err != nil {
		return nil, fmt.Errorf("download: %w", err)
	}
	return data, nil
}
