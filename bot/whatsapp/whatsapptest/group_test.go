package whatsapptest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"

	"go.mau.fi/whatsmeow"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// club makes a bot and people named p1 to pN, and a group whose admin is p1.
func club(t *testing.T, n *Network, size int) (bot *Persona, people []*Persona, g *Group) {
	t.Helper()
	bot = enrol(t, n, "15550000001", "Bot")
	var accounts []*Account
	for i := range size {
		p := enrol(t, n, fmt.Sprintf("1555000%04d", i+10), fmt.Sprintf("P%d", i+1))
		people, accounts = append(people, p), append(accounts, p.Account())
	}
	g = n.AddGroup("Tuesday Runners", accounts[0], append(accounts[1:], bot.Account())...)
	synctest.Wait()
	return bot, people, g
}

// record keeps the events of one type that a persona's client emits.
func record[T any](p *Persona) func() []T {
	kept := make(chan T, 1000)
	p.Client().AddEventHandler(func(raw any) {
		if e, ok := raw.(T); ok {
			kept <- e
		}
	})
	return func() (all []T) {
		synctest.Wait()
		for {
			select {
			case e := <-kept:
				all = append(all, e)
			default:
				return all
			}
		}
	}
}

func TestGroupMessageReachesEveryMember(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, people, g := club(t, n, 8)
		for round := range 2 { // the second goes by the sender key alone
			text := fmt.Sprint("hello ", round)
			id := say(t, bot, g.JID(), text)
			for _, p := range people {
				r := wantReceived(t, p, id)
				if r.Text != text || r.Chat != g.JID() || r.From != bot.Account().LID() || r.Retries != 0 {
					t.Errorf("%s got %+v", p.Account().Name(), r)
				}
			}
		}
		id := say(t, people[3], g.JID(), "hi bot")
		wantReceived(t, bot, id)
		all := n.Accepted()
		if len(all) != 3 {
			t.Fatalf("accepted %d messages", len(all))
		}
		last := all[2]
		if last.Seq != 3 || last.ID != id || last.From != people[3].Account() || last.Device != 1 || last.Chat != g.JID() || len(last.To) != 8 {
			t.Errorf("accepted %+v", last)
		}
		for _, a := range last.To {
			if a == people[3].Account() {
				t.Error("the sender is among the receivers")
			}
		}
	})
}

func TestGroupInfoTellsAdminsAndNumbers(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, people, g := club(t, n, 2)
		admin, other := people[0].Account(), people[1].Account()
		admins := func() (list []types.JID) {
			info, err := bot.Client().GetGroupInfo(context.Background(), g.JID())
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range info.Participants {
				if p.PhoneNumber.IsEmpty() || p.LID != p.JID {
					t.Errorf("participant %+v", p)
				}
				if p.IsAdmin {
					list = append(list, p.JID)
				}
			}
			return list
		}
		if got := admins(); len(got) != 1 || got[0] != admin.LID() {
			t.Fatalf("admins are %v", got)
		}
		changes := record[*events.GroupInfo](bot)
		if err := g.Promote(admin, other); err != nil {
			t.Fatal(err)
		}
		if got := changes(); len(got) != 1 || len(got[0].Promote) != 1 || got[0].Promote[0] != other.LID() || *got[0].Sender != admin.LID() {
			t.Errorf("told of promotion: %+v", got)
		}
		if got := admins(); len(got) != 2 || !g.IsAdmin(other) {
			t.Errorf("admins are %v", got)
		}
		if err := g.Demote(admin, other); err != nil {
			t.Fatal(err)
		}
		if got := changes(); len(got) != 1 || len(got[0].Demote) != 1 {
			t.Errorf("told of demotion: %+v", got)
		}
		if got := admins(); len(got) != 1 {
			t.Errorf("admins are %v", got)
		}
		if err := g.Promote(other, bot.Account()); !errors.Is(err, errNoAdmin) {
			t.Errorf("promotion by a member: %v", err)
		}
		groups, err := bot.Client().GetJoinedGroups(context.Background())
		if err != nil || len(groups) != 1 || groups[0].JID != g.JID() || groups[0].Name != "Tuesday Runners" {
			t.Errorf("joined groups %v, %v", groups, err)
		}
	})
}

func TestMembersComeAndGo(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, people, g := club(t, n, 2)
		admin := people[0].Account()
		zoe := enrol(t, n, "15550000099", "Zoe")
		joined, changes := record[*events.JoinedGroup](zoe), record[*events.GroupInfo](bot)
		say(t, bot, g.JID(), "before")
		if err := g.Add(admin, zoe.Account()); err != nil {
			t.Fatal(err)
		}
		if got := joined(); len(got) != 1 || got[0].JID != g.JID() || len(got[0].Participants) != 4 {
			t.Errorf("zoe is told %+v", got)
		}
		if got := changes(); len(got) != 1 || len(got[0].Join) != 1 || got[0].Join[0] != zoe.Account().LID() {
			t.Errorf("bot is told %+v", got)
		}
		wantReceived(t, zoe, say(t, bot, g.JID(), "welcome"))
		if err := g.Leave(zoe.Account()); err != nil {
			t.Fatal(err)
		}
		if got := changes(); len(got) != 1 || len(got[0].Leave) != 1 || *got[0].Sender != zoe.Account().LID() {
			t.Errorf("bot is told %+v", got)
		}
		id := say(t, bot, g.JID(), "without zoe")
		if _, ok := zoe.Received(id); ok {
			t.Error("zoe reads what was written after she left")
		}
		if err := g.Remove(admin, bot.Account()); err != nil {
			t.Fatal(err)
		}
		if got := changes(); len(got) != 1 || got[0].Leave[0] != bot.Account().LID() {
			t.Errorf("the removed bot is told %+v", got)
		}
		if g.IsMember(bot.Account()) || len(g.Members()) != 2 {
			t.Error("the bot is still a member")
		}
		if _, err := bot.Client().GetGroupInfo(context.Background(), g.JID()); !errors.Is(err, whatsmeow.ErrNotInGroup) {
			t.Errorf("group info for a stranger: %v", err)
		}
	})
}

func TestClientsManageGroups(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		ctx := context.Background()
		ana, ben := enrol(t, n, "15550000002", "Ana"), enrol(t, n, "15550000003", "Ben")
		joined := record[*events.JoinedGroup](ben)
		info, err := ana.Client().CreateGroup(ctx, whatsmeow.ReqCreateGroup{Name: "Trail", Participants: []types.JID{ben.Account().LID()}})
		if err != nil {
			t.Fatal(err)
		}
		if got := joined(); len(got) != 1 || got[0].Type != "new" || got[0].Name != "Trail" {
			t.Errorf("ben is told %+v", got)
		}
		change := func(by *Persona, what whatsmeow.ParticipantChange) error {
			_, err := by.Client().UpdateGroupParticipants(ctx, info.JID, []types.JID{ben.Account().LID()}, what)
			return err
		}
		if err := change(ben, whatsmeow.ParticipantChangePromote); !errors.Is(err, whatsmeow.ErrIQForbidden) {
			t.Errorf("a member promotes: %v", err)
		}
		if err := change(ana, whatsmeow.ParticipantChangePromote); err != nil {
			t.Error(err)
		}
		if !n.Groups()[0].IsAdmin(ben.Account()) {
			t.Error("ben is no admin")
		}
		if err := ana.Client().SetGroupName(ctx, info.JID, "Trail 2"); err != nil || n.Groups()[0].Name() != "Trail 2" {
			t.Errorf("rename: %v", err)
		}
		if err := ben.Client().LeaveGroup(ctx, info.JID); err != nil || len(n.Groups()[0].Members()) != 1 {
			t.Errorf("leave: %v", err)
		}
		link, err := ana.Client().GetGroupInviteLink(ctx, info.JID, false)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = ben.Client().JoinGroupWithLink(ctx, link); err != nil || len(n.Groups()[0].Members()) != 2 {
			t.Errorf("join by link: %v", err)
		}
	})
}

func TestNobodyWritesToAForeignGroup(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		_, people, g := club(t, n, 2)
		zoe := enrol(t, n, "15550000099", "Zoe")
		if _, err := zoe.Say(context.Background(), g.JID(), "let me in"); !errors.Is(err, whatsmeow.ErrNotInGroup) {
			t.Errorf("zoe's client: %v", err)
		}
		raw := zoe.Client().DangerousInternals()
		answer := raw.WaitResponse("ZOE1")
		err := raw.SendNode(context.Background(), waBinary.Node{Tag: "message", Attrs: attrs{"to": g.JID(), "id": "ZOE1", "type": "text"},
			Content: []node{{Tag: "enc", Attrs: attrs{"v": "2", "type": "skmsg"}, Content: []byte("x")}}})
		if err != nil {
			t.Fatal(err)
		}
		if ack := <-answer; text(ack, "error") != "403" {
			t.Errorf("server says %s", ack)
		}
		if len(n.Accepted()) != 0 || len(people[0].Messages()) != 0 {
			t.Error("the message went through")
		}
		if err := g.Announce(people[0].Account(), true); err != nil {
			t.Fatal(err)
		}
		if _, err := people[1].Say(context.Background(), g.JID(), "may I"); err == nil {
			t.Error("a member writes to a group for announcements")
		}
		say(t, people[0], g.JID(), "hear")
	})
}
