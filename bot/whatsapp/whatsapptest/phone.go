package whatsapptest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"go.mau.fi/libsignal/protocol"
	"go.mau.fi/libsignal/session"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"
)

// Phone is an account's phone, device 0, in the hands of its owner. It writes
// and reads in the chat with oneself; what the account's clients write to
// others it gets, too, and does not look at.
type Phone struct {
	account *Account

	// Guarded by net.mu.
	serial uint64
	seen   []Received
}

// Phone returns the account's phone, which reads from the first call on.
func (a *Account) Phone() *Phone {
	a.net.mu.Lock()
	defer a.net.mu.Unlock()
	if a.owner == nil {
		a.owner = &Phone{account: a}
	}
	return a.owner
}

// Say writes into the chat with oneself: every client of the account gets it.
func (p *Phone) Say(ctx context.Context, text string) (id string, err error) {
	return p.Elsewhere(ctx, p.account.LID(), text)
}

// Edit replaces what the phone wrote into the chat with oneself.
func (p *Phone) Edit(ctx context.Context, id, text string) error {
	own := p.account.LID().String()
	_, err := p.write(ctx, p.account.LID(), &waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
		Type: waE2E.ProtocolMessage_MESSAGE_EDIT.Enum(), EditedMessage: &waE2E.Message{Conversation: &text},
		Key: &waCommon.MessageKey{RemoteJID: &own, FromMe: proto.Bool(true), ID: &id},
	}})
	return err
}

// Elsewhere hands the account's clients the copy that they get of what the
// phone writes in any chat; others get nothing of it.
func (p *Phone) Elsewhere(ctx context.Context, chat types.JID, text string) (id string, err error) {
	return p.write(ctx, chat, &waE2E.Message{Conversation: &text})
}

func (p *Phone) write(ctx context.Context, chat types.JID, m *waE2E.Message) (id string, err error) {
	a := p.account
	a.net.mu.Lock()
	defer a.net.mu.Unlock()
	p.serial++
	id = deriveMessageID(a.net.opts.Seed, "phone", a.born, decimal(p.serial))
	own := a.net.account(chat) == a
	if chat.Server != types.GroupServer && (!own || a.net.rules.SelfWrapped) {
		m = &waE2E.Message{DeviceSentMessage: &waE2E.DeviceSentMessage{DestinationJID: proto.String(chat.String()), Message: m}}
	}
	for _, d := range a.companions() {
		enc, err := a.seal(ctx, d, m)
		if err != nil {
			return "", fmt.Errorf("phone: %w", err)
		}
		d.deliver(node{Tag: "message", Attrs: p.stanza(chat, id), Content: []node{enc}})
	}
	return id, nil
}

// stanza returns the attributes of a copy of what the phone wrote in a chat.
func (p *Phone) stanza(chat types.JID, id string) attrs {
	a, n := p.account, p.account.net
	out := attrs{"id": id, "t": n.unix(), "type": "text", "notify": a.name}
	if chat.Server == types.GroupServer {
		out["from"], out["addressing_mode"] = chat, mode(n.rules.GroupsByLID)
		nameSender(out, "participant", "participant", a, 0, n.rules.GroupsByLID)
		return out
	}
	if n.rules.AddressingMode {
		out["addressing_mode"] = mode(n.rules.DirectByLID)
	}
	out["from"] = a.devices[0].direct()
	if peer := n.account(chat); peer != nil {
		nameSender(out, "recipient", "peer_recipient", peer, 0, n.rules.DirectByLID)
	}
	return out
}

// Received returns a message of the chat with oneself.
func (p *Phone) Received(id string) (Received, bool) {
	p.account.net.mu.Lock()
	defer p.account.net.mu.Unlock()
	for _, r := range p.seen {
		if r.ID == id {
			return r, true
		}
	}
	return Received{}, false
}

// Messages returns what the account's clients wrote into the chat with oneself.
func (p *Phone) Messages() []Received {
	p.account.net.mu.Lock()
	defer p.account.net.mu.Unlock()
	return slices.Clone(p.seen)
}

// readOwn takes what a client of the account sent to the phone, where it stands
// in the chat with oneself and somebody holds the phone.
func (a *Account) readOwn(in node) {
	from := address(&in, "from")
	if a.owner == nil || in.Tag != "message" || a.net.account(from) != a || a.net.account(address(&in, "recipient")) != a {
		return
	}
	m, err := a.unseal(context.Background(), from.Device, in)
	if err != nil {
		a.net.opts.Log.Error().Err(err).Msg("the phone cannot read a message")
		return
	}
	info := types.MessageInfo{ID: text(&in, "id"), Timestamp: a.net.opts.Now().Truncate(time.Second)}
	info.Chat, info.Sender, info.IsFromMe = a.LID(), a.LID(), true
	if r, ok := readMessage(&events.Message{Info: info, Message: m}); ok {
		a.owner.seen = append(a.owner.seen, r)
	}
}

// unseal decrypts what one of its clients sent to the phone.
func (a *Account) unseal(ctx context.Context, client uint16, in node) (*waE2E.Message, error) {
	enc, ok := child(&in, "enc")
	if !ok {
		return nil, errors.New("nothing is sealed")
	}
	from := a.lidOf(client).SignalAddress()
	cipher := session.NewCipher(session.NewBuilderFromSignal(a.primary, from, store.SignalProtobufSerializer), from)
	plain, err := open(ctx, cipher, text(&enc, "type"), bytesOf(enc))
	if err != nil {
		return nil, err
	}
	if len(plain) == 0 || int(plain[len(plain)-1]) > len(plain) {
		return nil, errors.New("wrong padding")
	}
	m := new(waE2E.Message)
	if err := proto.Unmarshal(plain[:len(plain)-int(plain[len(plain)-1])], m); err != nil {
		return nil, fmt.Errorf("unmarshal: %w", err)
	}
	if sent := m.GetDeviceSentMessage().GetMessage(); sent != nil {
		return sent, nil
	}
	return m, nil
}

func open(ctx context.Context, cipher *session.Cipher, kind string, sealed []byte) ([]byte, error) {
	pb := store.SignalProtobufSerializer
	if kind == "pkmsg" {
		first, err := protocol.NewPreKeySignalMessageFromBytes(sealed, pb.PreKeySignalMessage, pb.SignalMessage)
		if err != nil {
			return nil, fmt.Errorf("read: %w", err)
		}
		return cipher.DecryptMessage(ctx, first)
	}
	m, err := protocol.NewSignalMessageFromBytes(sealed, pb.SignalMessage)
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	return cipher.Decrypt(ctx, m)
}
