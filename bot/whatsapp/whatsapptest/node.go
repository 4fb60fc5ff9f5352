package whatsapptest

import (
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

type (
	node  = waBinary.Node
	attrs = waBinary.Attrs
)

// text returns an attribute as text; clients may send a JID or a string.
func text(n *node, key string) string {
	switch v := n.Attrs[key].(type) {
	case string:
		return v
	case types.JID:
		return v.String()
	}
	return ""
}

// address returns an attribute that is a JID, empty otherwise.
func address(n *node, key string) types.JID {
	j, _ := n.Attrs[key].(types.JID)
	return j
}

// bytesOf returns a leaf's content; short contents may arrive as a string.
func bytesOf(n node) []byte {
	switch v := n.Content.(type) {
	case []byte:
		return v
	case string:
		return []byte(v)
	}
	return nil
}

// child returns the first child with the tag.
func child(n *node, tag string) (node, bool) {
	for _, c := range n.GetChildren() {
		if c.Tag == tag {
			return c, true
		}
	}
	return node{}, false
}

// childBytes returns the content of the first child with the tag.
func childBytes(n *node, tag string) []byte {
	c, _ := child(n, tag)
	return bytesOf(c)
}

// withAttr returns a copy of the stanza with one attribute set.
func withAttr(n node, key string, value any) node {
	copied := make(attrs, len(n.Attrs)+1)
	for k, v := range n.Attrs {
		copied[k] = v
	}
	copied[key] = value
	n.Attrs = copied
	return n
}

// result answers a query.
func result(q *node, children ...node) node {
	out := node{Tag: "iq", Attrs: attrs{"from": types.ServerJID, "type": "result", "id": q.Attrs["id"]}}
	if to := address(q, "to"); !to.IsEmpty() {
		out.Attrs["from"] = to
	}
	if len(children) > 0 {
		out.Content = children
	}
	return out
}

// refusal answers a query with an error; code and text must both be from
// whatsmeow's table.
func refusal(q *node, code int, reason string) node {
	out := result(q, node{Tag: "error", Attrs: attrs{"code": code, "text": reason}})
	out.Attrs["type"] = "error"
	return out
}

func forbidden(q *node) node { return refusal(q, 403, "forbidden") }
func notFound(q *node) node  { return refusal(q, 404, "item-not-found") }
