package whatsapptest

import (
	"slices"
	"time"

	"go.mau.fi/whatsmeow/types"
)

// Accepted is one message that the server accepted for people to see. Repeats
// under the same id, retries and talk between a client and its phone are not.
type Accepted struct {
	Seq    int // from 1, in order of acceptance
	At     time.Time
	ID     string
	From   *Account
	Device uint16     // of the sender
	Chat   types.JID  // the group, or the peer's LID
	To     []*Account // those it was fanned out to, the sender left out
	Type   string     // as the client says: text, media, reaction, poll
	Edit   string     // "1" edit, "7" revoke, "8" revoke by an admin, empty otherwise
}

// Accepted returns everything that people can see, in order of acceptance.
func (n *Network) Accepted() []Accepted {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.accepted)
}

// Repeats returns how many messages came under an id that their sender had
// used before in that chat.
func (n *Network) Repeats() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.repeats
}

// Waiting returns how many stanzas wait for the account's linked clients, or
// for their acknowledgement.
func (a *Account) Waiting() int {
	a.net.mu.Lock()
	defer a.net.mu.Unlock()
	waiting := 0
	for _, d := range a.companions() {
		waiting += len(d.pending)
	}
	return waiting
}

func (n *Network) accept(from *device, in *node, chat types.JID, to []*Account) {
	n.accepted = append(n.accepted, Accepted{
		Seq: len(n.accepted) + 1, At: n.opts.Now(), ID: text(in, "id"), From: from.account, Device: from.id,
		Chat: chat, To: to, Type: text(in, "type"), Edit: text(in, "edit"),
	})
}
