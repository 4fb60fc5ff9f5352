package whatsapptest

import (
	"crypto/subtle"

	"go.mau.fi/whatsmeow/types"
)

// arrive decides what a connection is: a client to be paired, or a login.
func (n *Network) arrive(c *conn) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if c.payload.GetDevicePairingData() != nil {
		if f, ok := n.disturbed(new(Account), Failure); ok && f.Code == outdated {
			c.sendLast(failure(outdated)) // the version is looked at before whose client it is
			return
		}
		n.offerPairing(c)
		return
	}
	a := n.byPhone[decimal(c.payload.GetUsername())]
	if a == nil {
		c.sendLast(failure(401))
		return
	}
	if refused, ok := n.refusedLogin(a); ok {
		c.sendLast(refused)
		return
	}
	d := a.device(uint16(c.payload.GetDevice()))
	if d == nil || d.id == 0 || subtle.ConstantTimeCompare(d.key[:], c.key[:]) != 1 {
		c.sendLast(failure(401))
		return
	}
	n.login(c, d)
}

func (n *Network) login(c *conn, d *device) {
	if d.conn != nil {
		d.conn.sendLast(replaced())
	}
	c.device = d
	now := n.unix()
	c.send(node{Tag: "success", Attrs: attrs{
		"t": now, "lid": d.lid(), "props": "27", "abprops": "1", "group_abprops": "1",
		"location": "sim", "creation": now,
	}})
	d.resume(c)
}

// depart forgets a connection that ended.
func (n *Network) depart(c *conn) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if c.device != nil && c.device.conn == c {
		c.device.conn = nil
	}
	if c.offer != nil {
		n.withdraw(c.offer)
	}
}

// outdated is the reason of refusing a version of a client.
const outdated = 405

func failure(reason int) node {
	return node{Tag: "failure", Attrs: attrs{"reason": reason, "location": "sim"}}
}

func replaced() node {
	return node{Tag: "stream:error", Content: []node{{Tag: "conflict", Attrs: attrs{"type": "replaced"}}}}
}

// handle acts on one stanza of a client.
func (n *Network) handle(c *conn, in *node) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if c.device != nil && c.device.conn != c {
		return // replaced, about to be closed
	}
	if in.Tag == "iq" {
		n.query(c, in)
		return
	}
	if c.device == nil {
		return
	}
	switch in.Tag {
	case "message":
		n.message(c, in)
	case "receipt":
		n.receipt(c, in)
	case "ack":
		c.device.settle(text(in, "class"), text(in, "id"), address(in, "to"), address(in, "participant"))
	case "presence":
		n.presence(c, in)
	case "chatstate":
		n.chatstate(c, in)
	case "ib":
	default:
		n.opts.Log.Warn().Str("tag", in.Tag).Msg("unknown stanza")
	}
}

// presence keeps whether a client looks at the screen, and its name.
func (n *Network) presence(c *conn, in *node) {
	if name := text(in, "name"); name != "" {
		c.device.account.name = name
	}
	switch text(in, "type") {
	case "available":
		c.available = true
	case "unavailable":
		c.available = false
	case "subscribe":
		c.send(node{Tag: "presence", Attrs: attrs{"from": address(in, "to"), "type": "unavailable", "last": "deny"}})
	}
}

// chatstate forwards typing to clients that are online; it is never queued.
func (n *Network) chatstate(c *conn, in *node) {
	from, to := c.device.account, address(in, "to")
	out := node{Tag: "chatstate", Attrs: attrs{"from": from.by(n.rules.DirectByLID, 0)}, Content: in.Content}
	var readers []*Account
	if to.Server == types.GroupServer {
		g := n.group(to)
		if g == nil || g.member(from) == nil {
			return
		}
		out.Attrs["from"], out.Attrs["participant"] = to, from.inGroup()
		readers = g.accounts()
	} else if a := n.account(to); a != nil {
		readers = []*Account{a}
	}
	for _, a := range readers {
		if a == from {
			continue
		}
		for _, d := range a.companions() {
			if d.conn != nil && (d.conn.available || n.rules.TypingToAll) {
				d.conn.send(out)
			}
		}
	}
}
