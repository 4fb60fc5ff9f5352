package whatsapptest

import (
	"slices"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// Receipt is what a persona learned of a message that it sent.
type Receipt struct {
	ID   string
	Chat types.JID
	From types.JID // who has it, without a device
	Kind types.ReceiptType
}

// Typing is somebody seen typing, or stopping.
type Typing struct {
	Chat, From types.JID
	Typing     bool
}

func (p *Persona) noteReceipt(e *events.Receipt) {
	chat, from := p.net.plain(e.Chat), p.net.plain(e.Sender)
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, id := range e.MessageIDs {
		p.receipts = append(p.receipts, Receipt{ID: id, Chat: chat, From: from, Kind: e.Type})
	}
}

func (p *Persona) noteTyping(e *events.ChatPresence) {
	chat, from := p.net.plain(e.Chat), p.net.plain(e.Sender)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.typing = append(p.typing, Typing{Chat: chat, From: from, Typing: e.State == types.ChatPresenceComposing})
}

// Receipts returns the receipts for a message, in order of arrival.
func (p *Persona) Receipts(id string) []Receipt {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []Receipt
	for _, r := range p.receipts {
		if r.ID == id {
			out = append(out, r)
		}
	}
	return out
}

// Typing returns who was seen typing, in order.
func (p *Persona) Typing() []Typing {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.typing)
}
