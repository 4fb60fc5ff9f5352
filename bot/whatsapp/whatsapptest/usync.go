package whatsapptest

import (
	"strings"

	"go.mau.fi/whatsmeow/types"
)

// usync answers a query about users: their devices, LIDs, or whether a number
// is on WhatsApp. Who asks for devices hears of changes from then on.
func (n *Network) usync(by *Account, in *node, query node) node {
	items, _ := child(&query, "query")
	list, _ := child(&query, "list")
	var users []node
	for _, u := range list.GetChildren() {
		users = append(users, n.usyncUser(by, &u, &items, text(&query, "context") == toSend))
	}
	return result(in, node{Tag: "usync", Attrs: query.Attrs, Content: []node{
		{Tag: "result"}, {Tag: "list", Content: users},
	}})
}

// toSend is the context of a query by a client that is about to send. Only its
// answer is kept by clients, so only it wants news: what they look at beside
// that may go by another address.
const toSend = "message"

func (n *Network) usyncUser(by *Account, u, items *node, sending bool) node {
	if contact, ok := child(u, "contact"); ok {
		return n.usyncContact(string(bytesOf(contact)))
	}
	j := address(u, "jid")
	out := node{Tag: "user", Attrs: attrs{"jid": j}}
	a := n.account(j)
	if a == nil {
		return out
	}
	var content []node
	for _, item := range items.GetChildren() {
		switch item.Tag {
		case "devices":
			if sending {
				a.watch(by, j.Server)
			}
			content = append(content, a.deviceList())
		case "lid":
			if j.Server != types.HiddenUserServer || n.rules.LIDForLID {
				content = append(content, node{Tag: "lid", Attrs: attrs{"val": a.lidOf(0)}})
			}
		case "status":
			content = append(content, node{Tag: "status", Attrs: attrs{"t": n.unix()}, Content: []byte("Hey there! I am using WhatsApp.")})
		}
	}
	out.Content = content
	return out
}

func (n *Network) usyncContact(raw string) node {
	number := strings.TrimPrefix(strings.TrimSuffix(raw, "@c.us"), "+")
	a := n.byPhone[number]
	if a == nil {
		return node{Tag: "user", Attrs: attrs{"jid": types.NewJID(number, types.DefaultUserServer)}, Content: []node{
			{Tag: "contact", Attrs: attrs{"type": "out"}, Content: []byte(raw)},
		}}
	}
	out := node{Tag: "user", Attrs: attrs{"jid": a.lidOf(0), "pn_jid": a.pn(0)}, Content: []node{
		{Tag: "contact", Attrs: attrs{"type": "in"}, Content: []byte(raw)},
	}}
	if !n.rules.ContactByLID {
		out.Attrs = attrs{"jid": a.pn(0)}
	}
	return out
}

func (a *Account) deviceList() node {
	var list []node
	for _, d := range a.present() {
		entry := attrs{"id": int(d.id)}
		if d.id > 0 {
			entry["key-index"] = int(d.id)
		}
		list = append(list, node{Tag: "device", Attrs: entry})
	}
	return node{Tag: "devices", Content: []node{{Tag: "device-list", Content: list}}}
}
