package whatsapptest

import "go.mau.fi/whatsmeow/types"

// The two ways to address people, as stanzas name them.
const (
	modeLID = "lid"
	modePN  = "pn"
)

func mode(byLID bool) string {
	if byLID {
		return modeLID
	}
	return modePN
}

// by returns an account's address of one kind.
func (a *Account) by(lid bool, device uint16) types.JID {
	if lid {
		return a.lidOf(device)
	}
	return a.pn(device)
}

// direct returns how a device is addressed in direct messages.
func (d *device) direct() types.JID { return d.account.by(d.account.net.rules.DirectByLID, d.id) }

// inGroup returns how a device is addressed in groups.
func (d *device) inGroup() types.JID { return d.account.by(d.account.net.rules.GroupsByLID, d.id) }

// inGroup returns how an account is addressed in groups.
func (a *Account) inGroup() types.JID { return a.by(a.net.rules.GroupsByLID, 0) }

// nameSender adds a sender's address to a stanza under key, and its other one.
func nameSender(out attrs, key, altKey string, a *Account, device uint16, byLID bool) {
	out[key] = a.by(byLID, device)
	if !a.net.rules.SenderAlt {
		return
	}
	out[altKey+"_"+mode(!byLID)] = a.by(!byLID, 0)
}

// memberAttrs is a member in a list of members.
func (a *Account) memberAttrs() attrs {
	out := attrs{"jid": a.inGroup()}
	switch {
	case !a.net.rules.MemberNumbers:
	case a.net.rules.GroupsByLID:
		out["phone_number"] = a.pn(0)
	default:
		out["lid"] = a.lidOf(0)
	}
	return out
}

// plain returns an address of a person as LID without a device, whichever kind
// it is; others as they are.
func (n *Network) plain(j types.JID) types.JID {
	if j.Server != types.DefaultUserServer && j.Server != types.HiddenUserServer {
		return j
	}
	if a, ok := n.AccountOf(j); ok {
		return a.LID()
	}
	return j.ToNonAD()
}
