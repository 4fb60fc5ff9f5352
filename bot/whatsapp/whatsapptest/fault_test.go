package whatsapptest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"go.mau.fi/whatsmeow/util/keys"
	"google.golang.org/protobuf/proto"
)

// pair makes a bot and Ana, who know each other.
func pair(t *testing.T, n *Network) (bot, ana *Persona) {
	t.Helper()
	bot, ana = enrol(t, n, "15550000001", "Bot"), enrol(t, n, "15550000002", "Ana")
	say(t, ana, bot.Account().LID(), "hello")
	say(t, bot, ana.Account().LID(), "hello")
	return bot, ana
}

func disturb(t *testing.T, n *Network, a *Account, f Fault) {
	t.Helper()
	if err := n.Disturb(a, f); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
}

func TestWrongRootKeyIsRefusedByTheClient(t *testing.T) {
	world(t, func(t *testing.T, _ *Network) {
		other, err := New(Options{Seed: 2, Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(other.Close)
		identity := keys.NewKeyPair()
		client := whatsmeow.NewClient(newStore(identity, identity.CreateSignedPreKey(1)), nil)
		client.SetPreLoginHTTPClient(other.HTTPClient())
		if err := client.Connect(); err == nil || !strings.Contains(err.Error(), "cert") {
			t.Errorf("connect: %v", err)
		}
		client.Disconnect()
	})
}

func TestLostAckThenResendShowsOnce(t *testing.T) {
	for _, forward := range []bool{false, true} {
		t.Run(fmt.Sprint("forward repeats ", forward), func(t *testing.T) {
			world(t, func(t *testing.T, n *Network) {
				n.rules.DropRepeats = !forward
				bot, ana := pair(t, n)
				raw := record[*events.Message](ana)
				disturb(t, n, bot.Account(), Fault{Kind: LoseAck})
				send := func() error {
					_, err := bot.Client().SendMessage(t.Context(), ana.Account().LID(), &waE2E.Message{Conversation: proto.String("once")},
						whatsmeow.SendRequestExtra{ID: "3EB0ONCE", Timeout: 5 * time.Second})
					return err
				}
				if err := send(); !errors.Is(err, whatsmeow.ErrMessageTimedOut) {
					t.Errorf("lost ack: %v", err)
				}
				if err := send(); err != nil {
					t.Errorf("resend: %v", err)
				}
				wantEvents := 1
				if forward {
					wantEvents = 2
				}
				if got := raw(); len(got) != wantEvents {
					t.Errorf("ana's client got it %d times", len(got))
				}
				if got := ana.Messages(); len(got) != 2 {
					t.Errorf("ana reads %d messages", len(got))
				}
			})
		})
	}
}

func TestDroppedClientsReturn(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, ana := pair(t, n)
		gone := record[*events.Disconnected](bot)
		disturb(t, n, nil, Fault{Kind: Drop})
		if len(gone()) != 1 {
			t.Error("the bot was not disconnected")
		}
		time.Sleep(5 * time.Second)
		wantReceived(t, ana, say(t, bot, ana.Account().LID(), "back"))
	})
}

func TestSilentNetworkShowsButDoesNotAnswer(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, ana := pair(t, n)
		disturb(t, n, bot.Account(), Fault{Kind: Silent, For: time.Hour})
		m := &waE2E.Message{Conversation: proto.String("in doubt")}
		_, err := bot.Client().SendMessage(t.Context(), ana.Account().LID(), m, whatsmeow.SendRequestExtra{ID: "3EB0DOUBT"})
		if !errors.Is(err, whatsmeow.ErrMessageTimedOut) {
			t.Errorf("send: %v", err)
		}
		wantReceived(t, ana, "3EB0DOUBT")
		time.Sleep(time.Hour)
		if _, err = bot.Client().SendMessage(t.Context(), ana.Account().LID(), m, whatsmeow.SendRequestExtra{ID: "3EB0DOUBT"}); err != nil {
			t.Errorf("after an hour: %v", err)
		}
		if len(ana.Messages()) != 2 {
			t.Error("ana reads it twice")
		}
	})
}

func TestAckErrorsRefuseUntilOK(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, ana := pair(t, n)
		for _, code := range []int{463, 429} {
			disturb(t, n, bot.Account(), Fault{Kind: AckError, Code: code})
			id, err := bot.Say(t.Context(), ana.Account().LID(), "refused")
			if err == nil || !strings.Contains(err.Error(), fmt.Sprint(code)) {
				t.Errorf("code %d: %v", code, err)
			}
			if _, ok := ana.Received(id); ok {
				t.Error("a refused message was shown")
			}
		}
		disturb(t, n, bot.Account(), Fault{Kind: OK})
		wantReceived(t, ana, say(t, bot, ana.Account().LID(), "fine"))
	})
}

func TestOutageRefusesConnections(t *testing.T) {
	for _, whole := range []bool{true, false} {
		t.Run(fmt.Sprint("whole network ", whole), func(t *testing.T) {
			world(t, func(t *testing.T, n *Network) {
				bot, ana := pair(t, n)
				who := bot.Account()
				if whole {
					who = nil
				}
				disturb(t, n, who, Fault{Kind: Outage, For: 10 * time.Minute})
				if on, _ := bot.Connected(); on {
					t.Error("the bot is still connected")
				}
				time.Sleep(5 * time.Minute)
				if on, _ := bot.Connected(); on {
					t.Error("the bot came back during the outage")
				}
				time.Sleep(10 * time.Minute)
				wantReceived(t, ana, say(t, bot, ana.Account().LID(), "over"))
			})
		})
	}
}

func TestFailuresEndTheLogin(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, _ := pair(t, n)
		bans := record[*events.TemporaryBan](bot)
		disturb(t, n, bot.Account(), Fault{Kind: Failure, Code: 402, Ban: 101, For: time.Hour})
		time.Sleep(time.Second)
		if got := bans(); len(got) != 1 || got[0].Code != events.TempBanSentToTooManyPeople || got[0].Expire != time.Hour {
			t.Errorf("banned: %+v", got)
		}
		bot.Offline()
		time.Sleep(time.Hour)
		if err := bot.Online(t.Context()); err != nil {
			t.Errorf("after the ban: %v", err)
		}
		outdated := record[*events.ClientOutdated](bot)
		disturb(t, n, bot.Account(), Fault{Kind: Failure, Code: 405})
		time.Sleep(time.Second)
		if len(outdated()) != 1 {
			t.Error("the client was not told that it is outdated")
		}
		disturb(t, n, bot.Account(), Fault{Kind: OK})
		bot.Offline()
		if err := bot.Online(t.Context()); err != nil {
			t.Errorf("after the update: %v", err)
		}
		out := record[*events.LoggedOut](bot)
		disturb(t, n, bot.Account(), Fault{Kind: Failure, Code: 401})
		time.Sleep(time.Second)
		if got := out(); len(got) != 1 || !got[0].OnConnect {
			t.Errorf("logged out: %+v", got)
		}
	})
}

func TestLogoutUnlinksAndAnotherClientPairs(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, ana := pair(t, n)
		out := record[*events.LoggedOut](bot)
		disturb(t, n, bot.Account(), Fault{Kind: Logout})
		if got := out(); len(got) != 1 || got[0].OnConnect {
			t.Errorf("logged out: %+v", got)
		}
		if len(bot.Account().Devices()) != 0 {
			t.Error("the client is still linked")
		}
		again := enrol(t, n, "15550000001", "Bot")
		if got := bot.Account().Devices(); len(got) != 1 || got[0] != 2 {
			t.Errorf("devices %v", got)
		}
		wantReceived(t, again, say(t, ana, bot.Account().LID(), "who are you"))
	})
}

func TestReplacedClientStaysDown(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, _ := pair(t, n)
		gone := record[*events.StreamReplaced](bot)
		disturb(t, n, bot.Account(), Fault{Kind: Replaced})
		time.Sleep(time.Minute)
		if len(gone()) != 1 {
			t.Error("the client was not told")
		}
		if on, problem := bot.Connected(); on || problem == nil {
			t.Error("the client is connected")
		}
	})
}

func TestOfflineQueueArrivesInOrder(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, people, g := club(t, n, 2)
		ana := people[0]
		say(t, bot, ana.Account().LID(), "before")
		ana.Offline()
		var want []string
		for i := range 600 { // more than the window
			to := g.JID()
			if i%2 == 0 {
				to = ana.Account().LID()
			}
			want = append(want, say(t, bot, to, fmt.Sprint(i)))
		}
		preview, done := record[*events.OfflineSyncPreview](ana), record[*events.OfflineSyncCompleted](ana)
		before := len(ana.Messages())
		if err := ana.Online(t.Context()); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		var got []string
		for _, r := range ana.Messages()[before:] {
			got = append(got, r.ID)
		}
		if !equal(got, want) {
			t.Errorf("got %d messages, in another order or number than %d", len(got), len(want))
		}
		if p := preview(); len(p) != 1 || p[0].Messages != 600 {
			t.Errorf("preview %+v", p)
		}
		if d := done(); len(d) != 1 || d[0].Count != 600 {
			t.Errorf("completed %+v", d)
		}
		ana.Offline()
		preview()
		if err := ana.Online(t.Context()); err != nil {
			t.Fatal(err)
		}
		if p := preview(); len(p) != 0 {
			t.Errorf("delivered messages are still queued: %+v", p)
		}
	})
}

// breakSession makes a persona forget what it shares with another.
func breakSession(p *Persona, with *Account) {
	m := p.client.Store.Sessions.(*memStore)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forgetSessions(types.JID{User: with.lid, Server: types.HiddenUserServer}.SignalAddressUser())
	clear(m.senderKeys)
}

func TestBrokenSessionAsksForARetry(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, people, g := club(t, n, 2)
		ana := people[0]
		for _, chat := range []types.JID{ana.Account().LID(), g.JID()} {
			say(t, bot, chat, "so that they know each other")
			say(t, ana, bot.Account().LID(), "and sessions are agreed on")
			lost := record[*events.UndecryptableMessage](ana)
			breakSession(ana, bot.Account())
			id := say(t, bot, chat, "can you read this")
			time.Sleep(time.Second)
			if len(lost()) == 0 {
				t.Error("the first copy could be read")
			}
			if r := wantReceived(t, ana, id); r.Retries == 0 || r.Text != "can you read this" || r.Chat != chat && r.Chat != bot.Account().LID() {
				t.Errorf("got %+v", r)
			}
			wantReceived(t, ana, say(t, bot, chat, "and this"))
		}
		for _, a := range n.Accepted() {
			if a.ID == "" {
				t.Error("a retry counts as a message")
			}
		}
	})
}

func TestUnknownQueriesAreRefused(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, _ := pair(t, n)
		raw := bot.Client().DangerousInternals()
		answer := raw.WaitResponse("Q1")
		err := raw.SendNode(context.Background(), node{Tag: "iq", Attrs: attrs{"to": types.ServerJID, "type": "get", "id": "Q1", "xmlns": "w:unheard"}})
		if err != nil {
			t.Fatal(err)
		}
		got := <-answer
		refused, _ := child(got, "error")
		if text(&refused, "code") != "501" {
			t.Errorf("answer %s", got)
		}
	})
}
