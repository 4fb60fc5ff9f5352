package whatsapptest

import "go.mau.fi/whatsmeow/types"

// receipt settles a delivered message and passes the receipt on to the sender.
func (n *Network) receipt(c *conn, in *node) {
	d, kind, id := c.device, text(in, "type"), text(in, "id")
	to, participant := address(in, "to"), address(in, "participant")
	ack := attrs{"class": "receipt", "id": id, "from": in.Attrs["to"]}
	for _, key := range []string{"type", "participant"} {
		if v := in.Attrs[key]; v != nil {
			ack[key] = v
		}
	}
	c.send(node{Tag: "ack", Attrs: ack})
	switch kind {
	case "retry":
		if n.rules.RetrySettles {
			d.settle("message", id, to, participant)
		}
	case "", "inactive", "sender", "peer_msg", "hist_sync":
		d.settle("message", id, to, participant)
	}
	switch kind {
	case "sender", "peer_msg", "hist_sync", "read-self":
		return
	}
	n.forwardReceipt(d, in)
}

// forwardReceipt passes a receipt to the device that sent the message, or to
// all clients of its account where no device is named.
func (n *Network) forwardReceipt(d *device, in *node) {
	to, target := address(in, "to"), address(in, "to")
	out := attrs{"id": text(in, "id"), "t": n.unix(), "from": d.direct()}
	if kind := text(in, "type"); kind != "" && (kind != "inactive" || n.rules.Inactive) {
		out["type"] = kind
	}
	if to.Server == types.GroupServer {
		target = address(in, "participant")
		out["from"], out["participant"] = to, d.inGroup()
	}
	a := n.account(target)
	if a == nil {
		return
	}
	if recipient := address(in, "recipient"); a == d.account && !recipient.IsEmpty() {
		out["recipient"] = recipient
	}
	copied := node{Tag: "receipt", Attrs: out, Content: in.Content}
	if target.Device == 0 {
		a.tell(copied)
		return
	}
	if sender := a.device(target.Device); sender != nil {
		sender.deliver(copied)
	}
}
