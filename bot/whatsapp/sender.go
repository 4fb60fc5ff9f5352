package whatsapp

import (
	"context"
	"fmt"
	"time"

	"clubrun/store"

	"go.mau.fi/whatsmeow"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// askLimit bounds the wait for a sender's LID.
const askLimit = 10 * time.Second

// A number may pass on to somebody else: what WhatsApp said of whose it is, it
// is asked again after a while.
const (
	holderLife  = 24 * time.Hour
	missLife    = time.Hour // in which nobody is asked again who was not told of
	mostHolders = 10000     // beyond it all are asked for again
)

// holder is whose a number is until a time; nobody's where WhatsApp was asked in
// vain.
type holder struct {
	lid   types.JID
	until time.Time
}

// other returns the other address of a message's sender. Where WhatsApp names
// somebody by number, the LID is asked for, once a day: where it is not known,
// one person would be two, one before whatsmeow learns it and one after; and
// what whatsmeow knows and fills in may be who had the number before.
func (s *session) other(ctx context.Context, m types.MessageSource) types.JID {
	if m.Sender.Server != types.DefaultUserServer {
		return m.SenderAlt
	}
	pn := m.Sender.ToNonAD()
	lid, asked := s.holds(pn)
	if !asked {
		lid = s.ask(ctx, pn)
	}
	if lid.IsEmpty() {
		lid = m.SenderAlt
	}
	if lid.IsEmpty() {
		lid, _ = s.cli.Store.LIDs.GetLIDForPN(ctx, pn)
	}
	return lid
}

// ask asks whose a number is, and remembers the answer; empty where there is
// none.
func (s *session) ask(ctx context.Context, pn types.JID) types.JID {
	limited, cancel := context.WithTimeout(ctx, askLimit)
	defer cancel()
	lid, err := s.askLID(limited, pn)
	if err != nil {
		s.Log.Warn().Ctx(ctx).Err(err).Msg("the hidden id of a sender is not told")
	}
	if err != nil || lid.IsEmpty() {
		s.held(pn, types.EmptyJID, missLife)
		return types.EmptyJID
	}
	s.held(pn, lid, holderLife)
	return lid
}

// holds returns whose a number is, where WhatsApp was asked lately.
func (c *Client) holds(pn types.JID) (lid types.JID, asked bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	h, asked := c.holders[pn.User]
	if !asked || !c.Now().Before(h.until) {
		return types.EmptyJID, false
	}
	return h.lid, true
}

func (c *Client) held(pn, lid types.JID, life time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.holders) >= mostHolders {
		clear(c.holders)
	}
	c.holders[pn.User] = holder{lid.ToNonAD(), c.Now().Add(life)}
}

// askLID asks WhatsApp for the LID of a number; empty where it has none. What
// it learns is for learn to keep.
func (s *session) askLID(ctx context.Context, pn types.JID) (types.JID, error) {
	//nolint:staticcheck // the one query of whatsmeow that has no public door
	list, err := s.cli.DangerousInternals().Usync(ctx, []types.JID{pn}, "query", "background", []waBinary.Node{{Tag: "lid"}})
	if err != nil {
		return types.EmptyJID, fmt.Errorf("ask for a hidden id: %w", err)
	}
	user := list.GetChildByTag("user")
	lid := user.GetChildByTag("lid")
	return lid.AttrGetter().OptionalJIDOrEmpty("val"), nil
}

// learn keeps the LID of a message's sender, once the message is stored and no
// sooner: whatsmeow finds a message that comes again by its sender's address,
// and takes the LID for that as soon as it knows one.
func (s *session) learn(ctx context.Context, m types.MessageSource, user string) {
	pn := m.Sender.ToNonAD()
	if m.Sender.Server != types.DefaultUserServer || user == pn.User {
		return
	}
	if lid, err := s.cli.Store.LIDs.GetLIDForPN(ctx, pn); err != nil || lid.User == user {
		return
	}
	s.cli.StoreLIDPNMapping(ctx, types.NewJID(user, types.HiddenUserServer), pn)
	s.forgetAll() // rosters know this person by number
}

// renumbered forgets the rosters where one knows a sender by another number, or
// the number as somebody else's.
func (c *Client) renumbered(user, phone string) {
	if phone == "" || user == phone {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, r := range c.rosters {
		for _, p := range r.roster.People {
			other := p.User != user && p.User != p.Phone && p.Phone == phone
			if p.User == user && p.Phone != "" && p.Phone != phone || other {
				c.forgotten++
				clear(c.rosters)
				return
			}
		}
	}
}

// person returns the user id and, where known, the phone number of somebody.
// People are known by their LID; WhatsApp may address them by phone number.
func (c *Client) person(ctx context.Context, sender, alt types.JID) (user, phone string) {
	lid, pn := sender, alt
	if sender.Server == types.DefaultUserServer {
		lid, pn = alt, sender
	}
	cli := c.current.Load()
	if lid.IsEmpty() && cli != nil {
		lid, _ = cli.Store.LIDs.GetLIDForPN(ctx, pn.ToNonAD())
	}
	if pn.IsEmpty() && cli != nil {
		pn, _ = cli.Store.LIDs.GetPNForLID(ctx, lid.ToNonAD())
	}
	if lid.IsEmpty() {
		return pn.User, pn.User
	}
	return lid.User, pn.User
}

// chat returns the address of a conversation; a direct one is addressed by the
// other's LID whatever form the message came in.
func (c *Client) chat(jid types.JID, user string) store.Chat {
	if jid.Server == types.DefaultUserServer && user != jid.User {
		return store.Chat(types.NewJID(user, types.HiddenUserServer).String())
	}
	return store.Chat(jid.ToNonAD().String())
}

// inGroup returns a member's address as the group writes it: old groups still
// use phone numbers.
func (c *Client) inGroup(ctx context.Context, cli *whatsmeow.Client, group types.JID, user string) types.JID {
	lid := types.NewJID(user, types.HiddenUserServer)
	c.mu.Lock()
	numbered := c.numbered[group]
	c.mu.Unlock()
	if !numbered {
		return lid
	}
	if pn, err := cli.Store.LIDs.GetPNForLID(ctx, lid); err == nil && !pn.IsEmpty() {
		return pn.ToNonAD()
	}
	return types.NewJID(user, types.DefaultUserServer) // known by number alone
}
