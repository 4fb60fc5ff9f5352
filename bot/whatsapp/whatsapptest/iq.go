package whatsapptest

// query answers one IQ stanza.
func (n *Network) query(c *conn, in *node) {
	kind := text(in, "type")
	if kind == "result" || kind == "error" {
		if _, ok := child(in, "pair-device-sign"); ok {
			n.confirm(c, in)
		}
		return
	}
	if c.device == nil {
		c.send(refusal(in, 401, "not-authorized"))
		return
	}
	var first node
	if children := in.GetChildren(); len(children) > 0 {
		first = children[0]
	}
	set := kind == "set"
	switch text(in, "xmlns") {
	case "w:p":
		n.pong(c, in)
	case "passive":
		c.send(result(in))
		if first.Tag == "active" {
			n.welcome(c.device)
		}
	case "encrypt":
		n.keyQuery(c, in, first, set)
	case "usync":
		c.send(n.usync(c.device.account, in, first))
	case "privacy":
		n.privacyQuery(c, in, set)
	case "w:m":
		c.send(result(in, n.mediaConn()))
	case "w:g2":
		n.groupQuery(c, in, first, set)
	case "w:sync:app:state":
		n.stateQuery(c, in, first)
	default:
		n.minorQuery(c, in, first, set)
	}
}

// minorQuery answers what a bot asks seldom.
func (n *Network) minorQuery(c *conn, in *node, first node, set bool) {
	switch text(in, "xmlns") {
	case "blocklist":
		n.blockQuery(c, in, first, set)
		return
	case "w:profile:picture":
		c.send(notFound(in))
		return
	case "abt":
		// No experiments run here.
		c.send(result(in, node{Tag: "props", Attrs: attrs{"protocol": "1", "hash": "sim", "refresh": 86400}}))
		return
	case "urn:xmpp:whatsapp:dirty", "w:stats", "status":
		c.send(result(in))
		return
	case "md":
		if first.Tag == "remove-companion-device" {
			c.send(result(in))
			c.device.remove()
			return
		}
	}
	n.unknown(c, in, first)
}

// unknown refuses what this server does not know, loudly.
func (n *Network) unknown(c *conn, in *node, first node) {
	n.opts.Log.Warn().Str("xmlns", text(in, "xmlns")).Str("type", text(in, "type")).Str("child", first.Tag).Msg("unknown query")
	c.send(refusal(in, 501, "feature-not-implemented"))
}

// pong answers a keepalive, unless the network plays dead.
func (n *Network) pong(c *conn, in *node) {
	if _, silent := n.disturbed(c.device.account, Silent); silent {
		return
	}
	c.send(withAttr(result(in), "t", n.unix()))
}

// privacyQuery answers the settings, or passes a trust token on to a contact.
func (n *Network) privacyQuery(c *conn, in *node, set bool) {
	if !set {
		var categories []node
		for _, name := range []string{"readreceipts", "profile", "status", "online", "last", "groupadd", "calladd"} {
			categories = append(categories, node{Tag: "category", Attrs: attrs{"name": name, "value": "all"}})
		}
		c.send(result(in, node{Tag: "privacy", Content: categories}))
		return
	}
	if tokens, ok := child(in, "tokens"); ok {
		for _, t := range tokens.GetChildren() {
			n.issueToken(c.device.account, &t)
		}
	}
	c.send(result(in))
}

// issueToken gives a contact the token that lets it write to us.
func (n *Network) issueToken(from *Account, token *node) {
	to := n.account(address(token, "jid"))
	if to == nil {
		return
	}
	secret := derive(n.opts.Seed, "token", from.born, to.born, text(token, "t"))
	to.tell(node{Tag: "notification", Attrs: attrs{
		"from": from.pn(0), "sender_lid": from.lidOf(0), "type": "privacy_token", "t": n.unix(),
	}, Content: []node{{Tag: "tokens", Content: []node{
		{Tag: "token", Attrs: attrs{"type": "trusted_contact", "t": text(token, "t")}, Content: secret[:16]},
	}}}})
}

// mediaConn names the media host.
func (n *Network) mediaConn() node {
	return node{Tag: "media_conn", Attrs: attrs{"auth": "simauth", "ttl": 21600, "auth_ttl": 21600, "max_buckets": 12},
		Content: []node{{Tag: "host", Attrs: attrs{"hostname": n.opts.MediaHost, "type": "primary"}}}}
}
