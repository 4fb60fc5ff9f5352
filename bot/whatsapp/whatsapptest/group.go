package whatsapptest

import (
	"errors"
	"fmt"
	"slices"

	"go.mau.fi/whatsmeow/types"
)

// Group is a group chat. Its creator is its first admin.
type Group struct {
	net *Network
	jid types.JID

	// Guarded by net.mu.
	name        string
	description string
	creator     *Account
	created     string // Unix seconds
	members     []*member
	announce    bool // only admins write
	locked      bool // only admins edit its name
	version     uint64
	invite      string
}

// member is an account in a group.
type member struct {
	account *Account
	role    string // "", "admin" or "superadmin"
}

// The errors of a change to a group.
var (
	errNoAdmin   = errors.New("whatsapptest: not an admin of the group")
	errNoMember  = errors.New("whatsapptest: not a member of the group")
	errMember    = errors.New("whatsapptest: already a member of the group")
	errRestraint = errors.New("whatsapptest: the creator cannot be demoted or removed")
)

// AddGroup makes a group and tells its members; creator is its admin.
func (n *Network) AddGroup(name string, creator *Account, members ...*Account) *Group {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.addGroup(name, creator, members)
}

func (n *Network) addGroup(name string, creator *Account, members []*Account) *Group {
	number := decimal(uint64(len(n.groups)))
	g := &Group{
		net: n, name: name, creator: creator, created: n.unix(),
		jid:    types.NewJID("1203"+deriveDigits(n.opts.Seed, "group", name, number), types.GroupServer),
		invite: "SIM" + deriveDigits(n.opts.Seed, "invite", name, number),
	}
	g.members = []*member{{account: creator, role: "superadmin"}}
	for _, a := range members {
		if g.member(a) == nil {
			g.members = append(g.members, &member{account: a})
		}
	}
	n.groups = append(n.groups, g)
	for _, a := range g.accounts() {
		a.tell(g.notification(creator, node{Tag: "create", Attrs: attrs{"type": "new"}, Content: []node{g.describe()}}))
	}
	return g
}

// Groups returns all groups in order of creation.
func (n *Network) Groups() []*Group {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.groups)
}

func (n *Network) group(j types.JID) *Group {
	for _, g := range n.groups {
		if g.jid.User == j.User && j.Server == types.GroupServer {
			return g
		}
	}
	return nil
}

// JID returns the group's address.
func (g *Group) JID() types.JID { return g.jid }

// Name returns the group's subject.
func (g *Group) Name() string {
	g.net.mu.Lock()
	defer g.net.mu.Unlock()
	return g.name
}

// Members returns the members in the order in which they joined.
func (g *Group) Members() []*Account {
	g.net.mu.Lock()
	defer g.net.mu.Unlock()
	return g.accounts()
}

// IsMember reports whether a is in the group.
func (g *Group) IsMember(a *Account) bool {
	g.net.mu.Lock()
	defer g.net.mu.Unlock()
	return g.member(a) != nil
}

// IsAdmin reports whether a is an admin of the group.
func (g *Group) IsAdmin(a *Account) bool {
	g.net.mu.Lock()
	defer g.net.mu.Unlock()
	return g.admin(a)
}

func (g *Group) accounts() []*Account {
	out := make([]*Account, len(g.members))
	for i, m := range g.members {
		out[i] = m.account
	}
	return out
}

func (g *Group) member(a *Account) *member {
	for _, m := range g.members {
		if m.account == a {
			return m
		}
	}
	return nil
}

func (g *Group) admin(a *Account) bool {
	m := g.member(a)
	return m != nil && m.role != ""
}

// maySend tells whether the group takes a message of a; edit 8 is an admin's
// revoke of somebody else's message.
func (g *Group) maySend(a *Account, edit string) bool {
	if g.member(a) == nil {
		return false
	}
	return g.admin(a) || !g.announce && edit != "8"
}

func without(list []*Account, a *Account) []*Account {
	return slices.DeleteFunc(list, func(x *Account) bool { return x == a })
}

// Add makes a a member. Members and a's clients are told.
func (g *Group) Add(by, a *Account) error { return g.change(by, "add", a) }

// Remove takes a out of the group; a is told too.
func (g *Group) Remove(by, a *Account) error { return g.change(by, "remove", a) }

// Promote makes a an admin.
func (g *Group) Promote(by, a *Account) error { return g.change(by, "promote", a) }

// Demote makes a an ordinary member.
func (g *Group) Demote(by, a *Account) error { return g.change(by, "demote", a) }

// Leave takes a out of the group by a's own wish.
func (g *Group) Leave(a *Account) error {
	g.net.mu.Lock()
	defer g.net.mu.Unlock()
	if g.member(a) == nil {
		return errNoMember
	}
	g.apply(a, "remove", []*Account{a})
	return nil
}

// Rename sets the group's subject.
func (g *Group) Rename(by *Account, name string) error {
	g.net.mu.Lock()
	defer g.net.mu.Unlock()
	if g.member(by) == nil {
		return errNoMember
	}
	g.rename(by, name)
	return nil
}

// Announce lets only admins write, or everybody again.
func (g *Group) Announce(by *Account, on bool) error {
	g.net.mu.Lock()
	defer g.net.mu.Unlock()
	if !g.admin(by) {
		return errNoAdmin
	}
	g.setAnnounce(by, on)
	return nil
}

func (g *Group) change(by *Account, op string, a *Account) error {
	g.net.mu.Lock()
	defer g.net.mu.Unlock()
	if !g.admin(by) {
		return errNoAdmin
	}
	if err := g.allowed(op, a); err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	g.apply(by, op, []*Account{a})
	return nil
}

// allowed says why a change to a cannot be; who asks is not considered.
func (g *Group) allowed(op string, a *Account) error {
	m := g.member(a)
	switch {
	case op == "add" && m != nil:
		return errMember
	case op == "add":
		return nil
	case m == nil:
		return errNoMember
	case op != "promote" && m.role == "superadmin":
		return errRestraint
	}
	return nil
}

// apply changes the member list and tells everybody whom it concerns.
func (g *Group) apply(by *Account, op string, who []*Account) {
	before := g.accounts()
	var list []node
	for _, a := range who {
		list = append(list, node{Tag: "participant", Attrs: a.memberAttrs()})
		g.set(op, a)
	}
	previous := g.version
	g.version++
	out := g.notification(by, node{Tag: op, Attrs: attrs{"v_id": decimal(g.version), "prev_v_id": decimal(previous)}, Content: list})
	for _, a := range before {
		a.tell(out)
	}
	if op != "add" {
		return
	}
	for _, a := range who {
		a.tell(g.notification(by, node{Tag: "create", Content: []node{g.describe()}}))
	}
}

func (g *Group) set(op string, a *Account) {
	m := g.member(a)
	switch op {
	case "add":
		g.members = append(g.members, &member{account: a})
	case "remove":
		g.members = slices.DeleteFunc(g.members, func(x *member) bool { return x == m })
	case "promote":
		if m.role == "" {
			m.role = "admin"
		}
	case "demote":
		m.role = ""
	}
}
