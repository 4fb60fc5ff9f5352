package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"clubrun/store"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// The deadlines of one send. whatsmeow may otherwise wait without end when a
// server goes silent behind a reconnect.
const (
	textLimit  = time.Minute
	mediaLimit = 2 * time.Minute

	uplink = 250_000 // bytes a second that an upload has at least; more time is given for what is large
)

// SendError says what is known of a send that failed.
type SendError struct {
	Err error
	// Doubt says that the message may have arrived: only the same bytes under
	// the same id may be sent again.
	Doubt bool
	// Final says that it makes no sense to try again.
	Final bool
	// Limit says that the bot writes more than WhatsApp likes.
	Limit bool
}

// Error returns the cause.
func (e *SendError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *SendError) Unwrap() error { return e.Err }

// InDoubt says whether the message may have arrived.
func (e *SendError) InDoubt() bool { return e.Doubt }

// Limited says whether the bot writes more than WhatsApp likes.
func (e *SendError) Limited() bool { return e.Limit }

// Permanent says whether trying again is pointless.
func (e *SendError) Permanent() bool { return e.Final }

// Send sends one message under the id that o.Message names and returns when
// WhatsApp's server accepted it. Its error is a *SendError.
func (c *Client) Send(ctx context.Context, o store.Outgoing) (accepted time.Time, err error) {
	cli := c.current.Load()
	if cli == nil || !c.up.Load() {
		return time.Time{}, &SendError{Err: whatsmeow.ErrNotConnected}
	}
	to, err := types.ParseJID(string(o.Chat))
	if err != nil {
		return time.Time{}, &SendError{Err: fmt.Errorf("chat address: %w", err), Final: true}
	}
	limit := textLimit
	if o.Media != nil {
		limit = mediaLimit + time.Duration(len(o.Media.Data)/uplink)*time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	m, err := c.compose(ctx, cli, to, o)
	if err != nil {
		return time.Time{}, &SendError{Err: err}
	}
	r, err := cli.SendMessage(ctx, to, m, whatsmeow.SendRequestExtra{ID: o.Message, Timeout: limit})
	if err == nil {
		return r.Timestamp, nil
	}
	if ctx.Err() != nil {
		cli.ResetConnection() // the connection may be dead without knowing it
	}
	return time.Time{}, judge(o, err)
}

// Typing shows the people of a chat that an answer is being written.
func (c *Client) Typing(ctx context.Context, chat store.Chat) error {
	to, err := types.ParseJID(string(chat))
	if err != nil {
		return fmt.Errorf("chat address: %w", err)
	}
	cli := c.current.Load()
	if cli == nil {
		return whatsmeow.ErrNotConnected
	}
	return cli.SendChatPresence(ctx, to, types.ChatPresenceComposing, types.ChatPresenceMediaText)
}

// judge sorts the errors of whatsmeow: what surely did not arrive, what surely
// never will, and what nobody knows.
func judge(o store.Outgoing, err error) *SendError {
	switch {
	case errors.Is(err, whatsmeow.ErrNotConnected), errors.Is(err, whatsmeow.ErrNotLoggedIn):
		return &SendError{Err: err}
	case errors.Is(err, whatsmeow.ErrServerReturnedError):
		code := codeOf(err)
		return &SendError{Err: err, Final: refused(code) && o.Error == err.Error(), Limit: code == 429}
	case errors.Is(err, whatsmeow.ErrNotInGroup), errors.Is(err, whatsmeow.ErrGroupNotFound):
		return &SendError{Err: err, Final: true}
	}
	return &SendError{Err: err, Doubt: true}
}

// codeOf returns the code with which WhatsApp's server refused a message, with
// which whatsmeow ends its error; 0 where there is none.
func codeOf(err error) int {
	words := strings.Fields(err.Error())
	code, _ := strconv.Atoi(words[len(words)-1])
	return code
}

// refused says whether a code is about this message or this chat, so that a
// message that was refused with it twice will be refused ever again. What
// WhatsApp's other codes say passes: 400 comes and goes in direct chats, 420
// is unexplained, 421 and 475 are about addresses that are looked up anew, 429
// and 463 are limits, 500 to 503 a server's bad minute; as do codes that nobody
// has seen. A message that is of no use any more expires by itself.
func refused(code int) bool {
	switch code {
	case 403, // not allowed to write there; for some recipients for an hour or two
		404, // no such recipient
		405, // a kind of message that is not taken
		406, // not acceptable
		410, // a chat that is gone
		479: // malformed; the first time perhaps only stale, after a message that could not be read
		return true
	}
	return false
}

func (c *Client) compose(ctx context.Context, cli *whatsmeow.Client, to types.JID, o store.Outgoing) (*waE2E.Message, error) {
	switch o.Kind {
	case store.KindText:
		return text(o), nil
	case store.KindReaction:
		return reaction(to, c.inGroup(ctx, cli, to, o.Target.Sender), o), nil
	case store.KindImage:
		return image(ctx, cli, to, o)
	case store.KindDocument:
		return document(ctx, cli, o)
	case store.KindAlbum:
		return album(o)
	case store.KindPoll:
		return c.poll(cli, o), nil
	}
	return nil, fmt.Errorf("message kind %q is not known", o.Kind)
}

func text(o store.Outgoing) *waE2E.Message {
	return &waE2E.Message{Conversation: proto.String(o.Text)}
}

func reaction(to, sender types.JID, o store.Outgoing) *waE2E.Message {
	key := &waCommon.MessageKey{
		RemoteJID: proto.String(to.String()), FromMe: proto.Bool(false), ID: proto.String(o.Target.Message),
	}
	if to.Server == types.GroupServer {
		key.Participant = proto.String(sender.String())
	}
	return &waE2E.Message{ReactionMessage: &waE2E.ReactionMessage{
		Key: key, Text: proto.String(o.Text), SenderTimestampMS: proto.Int64(o.Due.UnixMilli()),
	}}
}

// album announces how many pictures follow that belong together.
func album(o store.Outgoing) (*waE2E.Message, error) {
	n, err := strconv.ParseUint(o.Text, 10, 8)
	if err != nil {
		return nil, fmt.Errorf("pictures of an album: %w", err)
	}
	return &waE2E.Message{AlbumMessage: &waE2E.AlbumMessage{ExpectedImageCount: proto.Uint32(uint32(n))}}, nil
}

// within says to which album a picture belongs.
func within(to types.JID, o store.Outgoing) *waE2E.MessageContextInfo {
	if o.Target.Message == "" {
		return nil
	}
	return &waE2E.MessageContextInfo{MessageAssociation: &waE2E.MessageAssociation{
		AssociationType:  waE2E.MessageAssociation_MEDIA_ALBUM.Enum(),
		ParentMessageKey: &waCommon.MessageKey{RemoteJID: proto.String(to.String()), FromMe: proto.Bool(true), ID: proto.String(o.Target.Message)},
	}}
}

func image(ctx context.Context, cli *whatsmeow.Client, to types.JID, o store.Outgoing) (*waE2E.Message, error) {
	up, err := cli.Upload(ctx, o.Media.Data, whatsmeow.MediaImage)
	if err != nil {
		return nil, fmt.Errorf("upload picture: %w", err)
	}
	return &waE2E.Message{MessageContextInfo: within(to, o), ImageMessage: &waE2E.ImageMessage{
		URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey,
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength,
		Mimetype: proto.String(o.Media.Mime), Caption: proto.String(o.Text),
		Width: proto.Uint32(uint32(o.Media.Width)), Height: proto.Uint32(uint32(o.Media.Height)),
		JPEGThumbnail: o.Media.Thumbnail, AccessibilityLabel: proto.String(o.Media.Alt),
	}}, nil
}

func document(ctx context.Context, cli *whatsmeow.Client, o store.Outgoing) (*waE2E.Message, error) {
	up, err := cli.Upload(ctx, o.Media.Data, whatsmeow.MediaDocument)
	if err != nil {
		return nil, fmt.Errorf("upload document: %w", err)
	}
	return &waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{
		URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey,
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength,
		Mimetype: proto.String(o.Media.Mime), FileName: proto.String(o.Media.Name), Title: proto.String(o.Media.Name),
		Caption: proto.String(o.Text),
	}}, nil
}
