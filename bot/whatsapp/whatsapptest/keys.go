package whatsapptest

import (
	"crypto/sha1"

	"go.mau.fi/whatsmeow/types"
)

// keyQuery answers what concerns prekeys.
func (n *Network) keyQuery(c *conn, in *node, first node, set bool) {
	if set {
		keep := c.device.store
		if first.Tag == "rotate" {
			keep = c.device.rotate
		}
		if !keep(in) {
			c.send(refusal(in, 406, "not-acceptable"))
			return
		}
		c.send(result(in))
		return
	}
	switch first.Tag {
	case "count":
		count := len(c.device.oneTime)
		if !n.rules.TrueKeyCount {
			count = max(1, count)
		}
		c.send(result(in, node{Tag: "count", Attrs: attrs{"value": count}}))
	case "key":
		c.send(result(in, n.bundles(first)))
	case "digest":
		c.send(result(in, c.device.digest()))
	default:
		n.unknown(c, in, first)
	}
}

// rotate replaces the signed prekey alone.
func (d *device) rotate(in *node) bool {
	change, _ := child(in, "rotate")
	key := readSigned(&change)
	if !signedBy(d.identity, key.public, key.signature) {
		return false
	}
	d.signed = key
	return true
}

// digest tells a client which of its keys the server holds.
func (d *device) digest() node {
	sum := sha1.New()
	for _, part := range [][]byte{d.identity, d.signed.public, d.signed.signature} {
		sum.Write(part)
	}
	var ids []node
	for _, one := range d.oneTime {
		sum.Write(one.public)
		ids = append(ids, node{Tag: "id", Content: one.id})
	}
	return node{Tag: "digest", Content: []node{
		{Tag: "registration", Content: d.registration}, {Tag: "type", Content: []byte{5}}, {Tag: "identity", Content: d.identity},
		d.signed.node(), {Tag: "list", Content: ids}, {Tag: "hash", Content: sum.Sum(nil)},
	}}
}

// readSigned reads the signed prekey among a stanza's children.
func readSigned(in *node) signedKey {
	signed, _ := child(in, "skey")
	return signedKey{id: childBytes(&signed, "id"), public: childBytes(&signed, "value"), signature: childBytes(&signed, "signature")}
}

func (k signedKey) node() node {
	return node{Tag: "skey", Content: []node{
		{Tag: "id", Content: k.id}, {Tag: "value", Content: k.public}, {Tag: "signature", Content: k.signature},
	}}
}

// store keeps an upload of keys; false means that a signature is wrong.
func (d *device) store(in *node) bool {
	identity := childBytes(in, "identity")
	if len(identity) == 0 {
		identity = d.identity
	}
	key := readSigned(in)
	if !signedBy(identity, key.public, key.signature) {
		return false
	}
	if reg := childBytes(in, "registration"); len(reg) == 4 {
		d.registration = reg
	}
	d.identity, d.signed, d.asked = identity, key, false
	list, _ := child(in, "list")
	for _, k := range list.GetChildren() {
		one := oneTimeKey{id: childBytes(&k, "id"), public: childBytes(&k, "value")}
		if len(one.id) == 3 && len(one.public) == 32 {
			d.oneTime = append(d.oneTime, one)
		}
	}
	return true
}

// bundles answers with the keys to open a session with each device asked for.
func (n *Network) bundles(asked node) node {
	var users []node
	for _, u := range asked.GetChildren() {
		users = append(users, n.bundle(address(&u, "jid")))
	}
	return node{Tag: "list", Content: users}
}

func (n *Network) bundle(j types.JID) node {
	var d *device
	if a := n.account(j); a != nil {
		d = a.device(j.Device)
	}
	if d == nil {
		return node{Tag: "user", Attrs: attrs{"jid": j}, Content: []node{
			{Tag: "error", Attrs: attrs{"code": 404, "text": "item-not-found"}},
		}}
	}
	content := []node{
		{Tag: "registration", Content: d.registration},
		{Tag: "type", Content: []byte{5}},
		{Tag: "identity", Content: d.identity},
		d.signed.node(),
	}
	if one, ok := d.takeKey(); ok {
		content = append(content, node{Tag: "key", Content: []node{{Tag: "id", Content: one.id}, {Tag: "value", Content: one.public}}})
	}
	return node{Tag: "user", Attrs: attrs{"jid": j, "t": n.unix()}, Content: content}
}

// takeKey consumes a one-time key and asks the client for more in time.
func (d *device) takeKey() (oneTimeKey, bool) {
	if len(d.oneTime) == 0 {
		return oneTimeKey{}, false
	}
	one := d.oneTime[0]
	d.oneTime = d.oneTime[1:]
	if len(d.oneTime) < d.account.net.rules.LowKeys && !d.asked {
		d.asked = true
		d.deliver(node{Tag: "notification", Attrs: attrs{"from": types.ServerJID, "type": "encrypt", "t": d.account.net.unix()},
			Content: []node{{Tag: "count", Attrs: attrs{"value": len(d.oneTime)}}}})
	}
	return one, true
}
