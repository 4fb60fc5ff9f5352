package whatsapptest

// notification is a change of the group as clients are told of it.
func (g *Group) notification(by *Account, change node) node {
	byLID := g.net.rules.GroupsByLID
	out := attrs{
		"from": g.jid, "type": "w:gp2", "t": g.net.unix(), "addressing_mode": mode(byLID), "notify": by.name,
	}
	nameSender(out, "participant", "participant", by, 0, byLID)
	return node{Tag: "notification", Attrs: out, Content: []node{change}}
}

// describe is the group as queries answer it.
func (g *Group) describe() node {
	byLID := g.net.rules.GroupsByLID
	out := node{Tag: "group", Attrs: attrs{
		"id": g.jid.User, "subject": g.name, "s_t": g.created, "creation": g.created,
		"addressing_mode": mode(byLID), "size": len(g.members), "p_v_id": decimal(g.version), "a_v_id": decimal(g.version),
	}}
	nameSender(out.Attrs, "s_o", "s_o", g.creator, 0, byLID)
	nameSender(out.Attrs, "creator", "creator", g.creator, 0, byLID)
	var content []node
	for _, m := range g.members {
		entry := m.account.memberAttrs()
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
		content = append(content, node{Tag: "description", Attrs: attrs{"id": "D" + decimal(g.version), "t": g.created, "participant": g.creator.inGroup()},
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
	change := attrs{"subject": name, "s_t": g.net.unix()}
	nameSender(change, "s_o", "s_o", by, 0, g.net.rules.GroupsByLID)
	g.tell(g.notification(by, node{Tag: "subject", Attrs: change}))
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
		c.send(n.toOutsider(in))
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

// toOutsider answers somebody who is not in the group.
func (n *Network) toOutsider(in *node) node {
	if n.rules.OutsiderQuery == 404 {
		return notFound(in)
	}
	return forbidden(in)
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
			entry["error"] = 404
		case g.allowed(first.Tag, a) != nil:
			entry["error"] = 409
		default:
			who = append(who, a)
			entry = a.memberAttrs()
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
