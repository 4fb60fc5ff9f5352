package whatsapptest

import "go.mau.fi/whatsmeow/types"

// messageKey is what makes a message one message to the people who see it.
type messageKey struct {
	sender *Account
	chat   types.JID
	id     string
}

// message accepts, refuses or repeats the acknowledgement of a message.
func (n *Network) message(c *conn, in *node) {
	from := c.device
	if text(in, "category") == "peer" {
		n.acknowledge(c, in, 0, "")
		return
	}
	if isRetry(in) {
		n.forwardRetry(from, in)
		return
	}
	if f, ok := n.disturbed(from.account, AckError); ok {
		n.acknowledge(c, in, f.Code, "")
		return
	}
	key := messageKey{sender: from.account, chat: n.chat(address(in, "to")), id: text(in, "id")}
	if n.seen[key] {
		n.repeats++
	}
	if n.seen[key] && n.rules.DropRepeats {
		n.answer(c, in, 0, "")
		return
	}
	hash, refused := n.route(from, in)
	if refused == 0 {
		n.seen[key] = true
	}
	if hash != "" {
		n.opts.Log.Debug().Str("id", key.id).Msg("sender's list of devices is out of date")
	}
	n.answer(c, in, refused, hash)
}

// chat returns the one address of a chat, whichever address was used.
func (n *Network) chat(to types.JID) types.JID {
	if to.Server == types.GroupServer {
		return to
	}
	if a := n.account(to); a != nil {
		return a.lidOf(0)
	}
	return to.ToNonAD()
}

func (n *Network) route(from *device, in *node) (hash string, refused int) {
	if address(in, "to").Server == types.GroupServer {
		return n.routeGroup(from, in)
	}
	return n.routeDirect(from, in)
}

// answer acknowledges, unless a fault withholds it.
func (n *Network) answer(c *conn, in *node, code int, hash string) {
	if _, silent := n.disturbed(c.device.account, Silent); silent {
		return
	}
	if code == 0 && n.spend(c.device.account, LoseAck) {
		return
	}
	n.acknowledge(c, in, code, hash)
}

func (n *Network) acknowledge(c *conn, in *node, code int, hash string) {
	out := attrs{"class": "message", "id": in.Attrs["id"], "from": in.Attrs["to"], "t": n.unix()}
	if code != 0 {
		out["error"] = code
	}
	if hash != "" {
		out["phash"] = hash
	}
	c.send(node{Tag: "ack", Attrs: out})
}

// copyAttrs are the attributes that every receiver's copy carries.
func (n *Network) copyAttrs(from *device, in *node) attrs {
	out := attrs{
		"id": in.Attrs["id"], "t": n.unix(), "type": in.Attrs["type"],
		"notify": from.account.name,
	}
	if edit := text(in, "edit"); edit != "" {
		out["edit"] = edit
	}
	return out
}

// parts returns the children that receivers get besides their ciphertext; the
// sender's trust tokens stay with the server.
func parts(in *node, identity bool) []node {
	var out []node
	for _, c := range in.GetChildren() {
		switch c.Tag {
		case "meta", "biz", "reporting":
			out = append(out, c)
		case "device-identity":
			if identity {
				out = append(out, c)
			}
		}
	}
	return out
}

// sealedFor returns the ciphertexts for single devices, by address.
func (n *Network) sealedFor(in *node) map[*device]node {
	out := map[*device]node{}
	list, _ := child(in, "participants")
	for _, to := range list.GetChildren() {
		enc, ok := child(&to, "enc")
		j := address(&to, "jid")
		a := n.account(j)
		if !ok || a == nil {
			continue
		}
		if d := a.device(j.Device); d != nil {
			out[d] = enc
		}
	}
	return out
}

func needsIdentity(enc node) bool { return text(&enc, "type") == "pkmsg" }

// routeDirect delivers a message to the devices of the peer and to the other
// devices of the sender. Where the client missed one, the hash tells it.
func (n *Network) routeDirect(from *device, in *node) (hash string, refused int) {
	peer := n.account(address(in, "to"))
	if peer == nil {
		return "", n.rules.NobodyCode
	}
	if peer.blocked[from.account] {
		return "", n.rules.BlockedCode
	}
	sealed := n.sealedFor(in)
	missed := false
	for _, d := range directDevices(from, peer) {
		enc, ok := sealed[d]
		if !ok {
			missed = missed || d != from
			continue
		}
		out := n.directAttrs(from, d, peer, in)
		d.deliver(node{Tag: "message", Attrs: out, Content: append([]node{enc}, parts(in, needsIdentity(enc))...)})
	}
	n.accept(from, in, peer.lidOf(0), []*Account{peer})
	if !missed || !n.rules.DirectHash {
		return "", 0
	}
	var all []types.JID
	for _, d := range directDevices(from, peer) {
		all = append(all, d.direct())
	}
	return phash(all), 0
}

// directDevices are all devices of both sides, the sending one included.
func directDevices(from *device, peer *Account) []*device {
	if peer == from.account {
		return peer.present()
	}
	return append(peer.present(), from.account.present()...)
}

func (n *Network) directAttrs(from, to *device, peer *Account, in *node) attrs {
	out := n.copyAttrs(from, in)
	byLID := n.rules.DirectByLID
	if n.rules.AddressingMode {
		out["addressing_mode"] = mode(byLID)
	}
	if to.account == from.account {
		out["from"] = from.direct()
		nameSender(out, "recipient", "peer_recipient", peer, 0, byLID)
		return out
	}
	nameSender(out, "from", "sender", from.account, from.id, byLID)
	return out
}

// routeGroup fans a message out to all devices of all members: the pairwise
// ciphertext, which holds the sender key, comes before the group's.
func (n *Network) routeGroup(from *device, in *node) (hash string, refused int) {
	g := n.group(address(in, "to"))
	if g == nil {
		return "", n.rules.NobodyCode
	}
	if g.member(from.account) == nil {
		return "", n.rules.OutsiderCode
	}
	if !g.maySend(from.account, text(in, "edit")) {
		return "", n.rules.AnnounceCode
	}
	sealed := n.sealedFor(in)
	var all []types.JID
	for _, m := range g.members {
		for _, d := range m.account.present() {
			all = append(all, d.inGroup())
			if d != from {
				d.deliver(n.groupCopy(g, from, d, in, sealed))
			}
		}
	}
	n.accept(from, in, g.jid, without(g.accounts(), from.account))
	if want := phash(all); want != text(in, "phash") {
		return want, 0
	}
	return "", 0
}

func (n *Network) groupCopy(g *Group, from, to *device, in *node, sealed map[*device]node) node {
	out := n.groupAttrs(g, from, in)
	var content []node
	own, ok := sealed[to]
	if ok {
		content = append(content, own)
	}
	for _, c := range in.GetChildren() {
		if c.Tag == "enc" {
			content = append(content, c)
		}
	}
	return node{Tag: "message", Attrs: out, Content: append(content, parts(in, ok && needsIdentity(own))...)}
}

func (n *Network) groupAttrs(g *Group, from *device, in *node) attrs {
	out := n.copyAttrs(from, in)
	out["from"], out["addressing_mode"] = g.jid, mode(n.rules.GroupsByLID)
	nameSender(out, "participant", "participant", from.account, from.id, n.rules.GroupsByLID)
	return out
}

// isRetry reports whether a message answers one device's request for a retry.
func isRetry(in *node) bool {
	return in.Attrs["device_fanout"] != nil || in.Attrs["participant"] != nil
}

// forwardRetry passes a message, sealed again, to the device that asked.
// whatsmeow waits for no acknowledgement of it.
func (n *Network) forwardRetry(from *device, in *node) {
	target := address(in, "to")
	out := n.copyAttrs(from, in)
	if g := n.group(target); g != nil {
		if g.member(from.account) == nil {
			return
		}
		target, out = address(in, "participant"), n.groupAttrs(g, from, in)
	}
	a := n.account(target)
	enc, ok := child(in, "enc")
	if a == nil || !ok || a.device(target.Device) == nil {
		return
	}
	d := a.device(target.Device)
	if out["from"] == nil {
		out = n.directAttrs(from, d, a, in)
		if j := address(in, "recipient"); !j.IsEmpty() {
			out["recipient"] = j
		}
	}
	d.deliver(node{Tag: "message", Attrs: out, Content: append([]node{enc}, parts(in, true)...)})
}
