package whatsapptest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"go.mau.fi/whatsmeow/types"
)

// checks tell, for each switch, whether real clients see what was chosen. They
// get the value, and a bot and two people in a group.
var checks = map[string]func(t *testing.T, c *cast, value any){
	"drop-repeats":    checkDropRepeats,
	"direct-by-lid":   checkDirectByLID,
	"groups-by-lid":   checkGroupsByLID,
	"sender-alt":      checkSenderAlt,
	"addressing-mode": checkAddressingMode,
	"member-numbers":  checkMemberNumbers,
	"contact-by-lid":  checkContactByLID,
	"direct-hash":     checkDirectHash,
	"outsider-code":   checkOutsiderCode,
	"announce-code":   checkAnnounceCode,
	"nobody-code":     checkNobodyCode,
	"outsider-query":  checkOutsiderQuery,
	"blocked-code":    checkBlockedCode,
	"queue-life":      checkQueueLife,
	"redeliver":       checkRedeliver,
	"in-flight":       checkInFlight,
	"retry-settles":   checkRetrySettles,
	"device-news":     checkDeviceNews,
	"inactive":        checkInactive,
	"typing-to-all":   checkTypingToAll,
	"true-key-count":  checkTrueKeyCount,
	"low-keys":        checkLowKeys,
	"preview-always":  checkPreviewAlways,
	"lid-for-lid":     checkLIDForLID,
	"history":         checkHistory,
	"self-wrapped":    checkSelfWrapped,
}

// cast is who acts in a check: ana is the group's admin.
type cast struct {
	net           *Network
	bot, ana, ben *Persona
	group         *Group
}

// set returns the default rules with one switch set.
func set(t *testing.T, name string, value any) Assumptions {
	t.Helper()
	rules := DefaultAssumptions()
	if err := rules.Set(name, fmt.Sprint(value)); err != nil {
		t.Fatal(err)
	}
	return rules
}

func TestClientsSeeEachChoice(t *testing.T) {
	for _, a := range Assumed() {
		check := checks[a.Name]
		if check == nil {
			t.Errorf("nothing tests %s", a.Name)
			continue
		}
		for _, value := range []any{a.Default, a.Other} {
			if testing.Short() && value == a.Default {
				continue // other tests run under it
			}
			t.Run(fmt.Sprintf("%s=%v", a.Name, value), func(t *testing.T) {
				ruled(t, set(t, a.Name, value), func(t *testing.T, n *Network) {
					bot, people, g := club(t, n, 2)
					check(t, &cast{n, bot, people[0], people[1], g}, value)
				})
			})
		}
	}
}

func TestPeopleChatUnderEveryChoice(t *testing.T) {
	rules := map[string]Assumptions{}
	var all Assumptions
	for _, a := range Assumed() {
		rules[a.Name] = set(t, a.Name, a.Other)
		all = rules["direct-by-lid"]
	}
	// The most unlike the default: numbers everywhere, and nothing beside them.
	all.GroupsByLID, all.SenderAlt, all.AddressingMode, all.MemberNumbers, all.ContactByLID = false, false, false, false, false
	rules["bare numbers"] = all
	bare := DefaultAssumptions()
	bare.SenderAlt, bare.AddressingMode, bare.MemberNumbers = false, false, false
	rules["bare LIDs"] = bare
	for name, r := range rules {
		if testing.Short() && !strings.HasPrefix(name, "bare") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			ruled(t, r, func(t *testing.T, n *Network) {
				bot, people, g := club(t, n, 2)
				chatter(t, &cast{n, bot, people[0], people[1], g})
			})
		})
	}
}

// chatter is a conversation of everybody with everybody. People are written to
// at the address that they write from: whatsmeow cannot answer a request for a
// retry that comes from a number whose LID it never heard.
func chatter(t *testing.T, c *cast) {
	at := func(p *Persona) types.JID { return p.account.by(c.net.rules.DirectByLID, 0) }
	id := say(t, c.ana, c.bot.Account().PN(), "hello")
	if r := wantReceived(t, c.bot, id); r.From != c.ana.Account().LID() || r.Text != "hello" {
		t.Errorf("bot got %+v", r)
	}
	wantReceived(t, c.ana, say(t, c.bot, at(c.ana), "hi"))
	for _, p := range []*Persona{c.bot, c.ana, c.ben, c.ana} {
		id := say(t, p, c.group.JID(), "to all")
		for _, other := range []*Persona{c.bot, c.ana, c.ben} {
			if other == p {
				continue
			}
			if r := wantReceived(t, other, id); r.From != p.account.LID() || r.Retries != 0 {
				t.Errorf("got %+v", r)
			}
		}
		if got := len(p.Receipts(id)); got < 2 {
			t.Errorf("%d receipts for a message to two people", got)
		}
	}
	photo := Picture{Data: make([]byte, 5000), Mime: "image/jpeg", Caption: "a photo"}
	id, err := c.ben.SendImage(t.Context(), at(c.bot), photo)
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	if data, err := c.bot.Download(t.Context(), id); err != nil || len(data) != 5000 {
		t.Errorf("picture of %d bytes, %v", len(data), err)
	}
	c.bot.Offline()
	id = say(t, c.ben, at(c.bot), "are you there")
	if err := c.bot.Online(t.Context()); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	wantReceived(t, c.bot, id)
	breakSession(c.ana, c.bot.Account())
	id = say(t, c.bot, at(c.ana), "once more")
	time.Sleep(time.Second)
	wantReceived(t, c.ana, id)
	if err := c.group.Remove(c.ana.Account(), c.ben.Account()); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	if g, err := c.bot.Client().GetGroupInfo(t.Context(), c.group.JID()); err != nil || len(g.Participants) != 2 {
		t.Errorf("group %+v, %v", g, err)
	}
	wantReceived(t, c.ana, say(t, c.bot, c.group.JID(), "he is gone"))
}

func TestSwitchesAreSetByName(t *testing.T) {
	a := DefaultAssumptions()
	for name, value := range map[string]string{
		"no-such": "1", "drop-repeats": "perhaps", "queue-life": "long", "in-flight": "-1", "device-news": "sometimes",
	} {
		if err := a.Set(name, value); err == nil {
			t.Errorf("%s=%s was taken", name, value)
		}
	}
	if a != DefaultAssumptions() {
		t.Errorf("a refused value changed something: %+v", a)
	}
	if err := a.Set("queue-life", "1h"); err != nil || a.QueueLife != time.Hour {
		t.Errorf("queue life %s, %v", a.QueueLife, err)
	}
	names := map[string]bool{}
	for _, s := range Assumed() {
		if names[s.Name] || s.Default == s.Other || s.What == "" {
			t.Errorf("switch %+v", s)
		}
		names[s.Name] = true
	}
}

// server returns the server of an address by LID or by number.
func server(byLID bool) string {
	if byLID {
		return types.HiddenUserServer
	}
	return types.DefaultUserServer
}
