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

// other returns the other address of a message's sender. Where WhatsApp names
// somebody by number alone and the LID was never heard of, it is asked for, as
// whatsmeow would do before an answer: else one person would be two, one before
// that answer and one after.
func (s *session) other(ctx context.Context, m types.MessageSource) types.JID {
	if !m.SenderAlt.IsEmpty() || m.Sender.Server != types.DefaultUserServer {
		return m.SenderAlt
	}
	pn := m.Sender.ToNonAD()
	if lid, err := s.cli.Store.LIDs.GetLIDForPN(ctx, pn); err != nil || !lid.IsEmpty() {
		return lid
	}
	ask, cancel := context.WithTimeout(ctx, askLimit)
	defer cancel()
	lid, err := s.askLID(ask, pn)
	if err != nil {
		s.Log.Warn().Ctx(ctx).Err(err).Msg("the hidden id of a sender is not known")
	}
	return lid
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
	if m.Sender.Server != types.DefaultUserServer || !m.SenderAlt.IsEmpty() || user == pn.User {
		return
	}
	if lid, err := s.cli.Store.LIDs.GetLIDForPN(ctx, pn); err != nil || !lid.IsEmpty() {
		return
	}
	s.cli.StoreLIDPNMapping(ctx, types.NewJID(user, types.HiddenUserServer), pn)
	s.forgetAll() // rosters know this person by number
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
