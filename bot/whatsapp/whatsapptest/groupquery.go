package whatsapptest

// notification is a change of the group as clients are told of it.
func (g *Group) notification(by *Account, change node) node {
	return node{Tag: "notification", Attrs: attrs{
		"from": g.jid, "type": "w:gp2", "t": g.net.unix(), "addressing_mode": "lid",
		"participant": by.lidOf(0), "participant_pn": by.pn(0), "notify": by.name,
	}, Content: []node{change}}
}

// describe is the group as queries answer it.
func (g *Group) describe() node {
	out := node{Tag: "group", Attrs: attrs{
		"id": g.jid.User, "subject": g.name, "s_t": g.created, "s_o": g.creator.lidOf(0), "s_o_pn": g.creator.pn(0),
		"creation": g.created, "creator": g.creator.lidOf(0), "creator_pn": g.creator.pn(0),
		"addressing_mode": "lid", "size": len(g.members), "p_v_id": decimal(g.version), "a_v_id": decimal(g.version),
	}}
	var content []node
	for _, m := range g.members {
		entry := attrs{"jid": m.account.lidOf(0), "phone_number": m.account.pn(0)}
		if m.role != "" {
			entry["type"] = m.role
		}
		content = append(content, node{Tag: "participant", Attrs: entry})
	}
	if g.announce {
		content = append(content, node{Tag: "announcement"})
	}
	if g.locked {
		content = append(content, node{Tag: "locked"})
	}
	if g.description != "" {
		content = append(content, node{Tag: "description", Attrs: attrs{"id": "D" + decimal(g.version), "t": g.created, "participant": g.creator.lidOf(0)},
			Content: []node{{Tag: "body", Content: []byte(g.description)}}})
	}
	out.Content = content
	return out
}

func (g *Group) tell(out node) {
	for _, a := range g.accounts() {
		a.tell(out)
	}
}

func (g *Group) rename(by *Account, name string) {
	g.name = name
	g.tell(g.notification(by, node{Tag: "subject", Attrs: attrs{
		"subject": name, "s_t": g.net.unix(), "s_o": by.lidOf(0), "s_o_pn": by.pn(0),
	}}))
}

func (g *Group) setAnnounce(by *Account, on bool) {
	g.announce = on
	g.version++
	tag := "announcement"
	if !on {
		tag = "not_announcement"
	}
	g.tell(g.notification(by, node{Tag: tag, Attrs: attrs{"v_id": decimal(g.version)}}))
}

func (g *Group) setLocked(by *Account, on bool) {
	g.locked = on
	tag := "locked"
	if !on {
		tag = "unlocked"
	}
	g.tell(g.notification(by, node{Tag: tag}))
}

func (g *Group) describeAs(by *Account, body string) {
	g.description = body
	g.version++
	g.tell(g.notification(by, node{Tag: "description", Attrs: attrs{"id": "D" + decimal(g.version)},
		Content: []node{{Tag: "body", Content: []byte(body)}}}))
}

// groupQuery answers queries about groups in general or about one group. The
// answer goes out before the notification that it causes.
func (n *Network) groupQuery(c *conn, in *node, first node, set bool) {
	to := address(in, "to")
	if to.User == "" {
		n.groupsQuery(c, in, first, set)
		return
	}
	g, me := n.group(to), c.device.account
	if g == nil {
		c.send(notFound(in))
		return
	}
	if g.member(me) == nil {
		c.send(forbidden(in))
		return
	}
	if !set {
		n.groupGet(c, in, first, g)
		return
	}
	if first.Tag != "subject" && first.Tag != "description" || g.locked {
		if !g.admin(me) {
			c.send(forbidden(in))
			return
		}
	}
	n.groupSet(c, in, first, g)
}

func (n *Network) groupGet(c *conn, in *node, first node, g *Group) {
	switch first.Tag {
	case "query":
		c.send(result(in, g.describe()))
	case "invite":
		c.send(result(in, node{Tag: "invite", Attrs: attrs{"code": g.invite}}))
	default:
		n.unknown(c, in, first)
	}
}

func (n *Network) groupSet(c *conn, in *node, first node, g *Group) {
	me := c.device.account
	switch first.Tag {
	case "add", "remove", "promote", "demote":
		n.groupChange(c, in, first, g)
	case "subject":
		c.send(result(in))
		g.rename(me, string(bytesOf(first)))
	case "description":
		c.send(result(in))
		g.describeAs(me, string(childBytes(&first, "body")))
	case "announcement", "not_announcement":
		c.send(result(in))
		g.setAnnounce(me, first.Tag == "announcement")
	case "locked", "unlocked":
		c.send(result(in))
		g.setLocked(me, first.Tag == "locked")
	default:
		n.unknown(c, in, first)
	}
}

// groupChange applies a change of members as far as it can be; what cannot
// carries an error in the answer.
func (n *Network) groupChange(c *conn, in *node, first node, g *Group) {
	var list []node
	var who []*Account
	for _, p := range first.GetChildren() {
		j := address(&p, "jid")
		entry := attrs{"jid": j}
		a := n.account(j)
		switch {
		case a == nil:
			entry["error"] = ackNotFound
		case g.allowed(first.Tag, a) != nil:
			entry["error"] = 409
		default:
			who = append(who, a)
			entry["jid"], entry["phone_number"] = a.lidOf(0), a.pn(0)
		}
		list = append(list, node{Tag: "participant", Attrs: entry})
	}
	c.send(result(in, node{Tag: first.Tag, Content: list}))
	if len(who) > 0 {
		g.apply(c.device.account, first.Tag, who)
	}
}

func (n *Network) groupsQuery(c *conn, in *node, first node, set bool) {
	me := c.device.account
	switch {
	case first.Tag == "participating" && !set:
		var list []node
		for _, g := range n.groups {
			if g.member(me) != nil {
				list = append(list, g.describe())
			}
		}
		c.send(result(in, node{Tag: "groups", Content: list}))
	case first.Tag == "create" && set:
		g := n.addGroup(text(&first, "subject"), me, n.participants(&first))
		c.send(result(in, g.describe()))
	case first.Tag == "leave" && set:
		n.leaveQuery(c, in, first)
	case first.Tag == "invite":
		n.inviteQuery(c, in, first, set)
	default:
		n.unknown(c, in, first)
	}
}

func (n *Network) participants(list *node) []*Account {
	var out []*Account
	for _, p := range list.GetChildren() {
		if a := n.account(address(&p, "jid")); a != nil && p.Tag == "participant" {
			out = append(out, a)
		}
	}
	return out
}

func (n *Network) leaveQuery(c *conn, in *node, first node) {
	which, _ := child(&first, "group")
	g, me := n.group(address(&which, "id")), c.device.account
	if g == nil || g.member(me) == nil {
		c.send(notFound(in))
		return
	}
	c.send(result(in, node{Tag: "leave", Content: []node{{Tag: "group", Attrs: attrs{"id": g.jid}}}}))
	g.apply(me, "remove", []*Account{me})
}

// inviteQuery looks at a group by its link, or joins it.
func (n *Network) inviteQuery(c *conn, in *node, first node, set bool) {
	me := c.device.account
	for _, g := range n.groups {
		if g.invite != text(&first, "code") {
			continue
		}
		if !set {
			c.send(result(in, g.describe()))
			return
		}
		c.send(result(in, node{Tag: "group", Attrs: attrs{"jid": g.jid}}))
		if g.member(me) == nil {
			g.apply(me, "add", []*Account{me})
		}
		return
	}
	c.send(refusal(in, 406, "not-acceptable"))
}
