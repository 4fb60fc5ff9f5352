package whatsapptest

// Block makes a's phone block somebody, or end that: direct messages of that
// account reach a no more.
func (a *Account) Block(who *Account, on bool) {
	a.net.mu.Lock()
	defer a.net.mu.Unlock()
	a.block(who, on)
}

func (a *Account) block(who *Account, on bool) {
	if on {
		a.blocked[who] = true
		return
	}
	delete(a.blocked, who)
}

// blockQuery answers the list of those whom an account blocked, or changes it.
func (n *Network) blockQuery(c *conn, in *node, first node, set bool) {
	me := c.device.account
	if set {
		item := first
		who := n.account(address(&item, "jid"))
		if who == nil || item.Tag != "item" {
			c.send(notFound(in))
			return
		}
		me.block(who, text(&item, "action") == "block")
	}
	var items []node
	for _, a := range n.accounts {
		if me.blocked[a] {
			items = append(items, node{Tag: "item", Attrs: attrs{"jid": a.lidOf(0)}})
		}
	}
	list := node{Tag: "list", Attrs: attrs{"dhash": decimal(uint64(len(items))), "matched": "false"}}
	if len(items) > 0 {
		list.Content = items
	}
	c.send(result(in, list))
}
