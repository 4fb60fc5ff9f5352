package whatsapptest

import (
	"context"
	"net"
	"net/http"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types/events"
	"go.mau.fi/whatsmeow/util/keys"
)

func TestClientsPairOverAListener(t *testing.T) {
	n, err := New(Options{Seed: 1, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	n.Trust()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Skip("no loopback: ", err)
	}
	served := make(chan error, 1)
	go func() { served <- n.Serve(l) }()
	a := n.AddAccount("15550000001", "Bot")
	identity := keys.NewKeyPair()
	client := whatsmeow.NewClient(newStore(identity, identity.CreateSignedPreKey(1)), nil)
	web := httpClient(func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "tcp", l.Addr().String())
	})
	client.SetPreLoginHTTPClient(web)
	client.SetWebsocketHTTPClient(web)
	ready := make(chan bool, 1)
	client.AddEventHandler(func(raw any) {
		switch e := raw.(type) {
		case *events.QR:
			if err := a.Scan(e.Codes[0]); err != nil {
				t.Error(err)
			}
		case *events.Connected:
			ready <- true
		}
	})
	if err := client.Connect(); err != nil {
		t.Fatal(err)
	}
	<-ready
	client.Disconnect()
	n.Close()
	if err := <-served; err != http.ErrServerClosed {
		t.Errorf("serve ended with %v", err)
	}
}

func TestNetworkNeedsAClock(t *testing.T) {
	if _, err := New(Options{}); err == nil {
		t.Error("a network without a clock")
	}
}

func TestCutLineKeepsMessagesForLater(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		ana := enrol(t, n, "15550000002", "Ana")
		line := n.Line()
		bot, seen := stranger(t, n)
		bot.SetPreLoginHTTPClient(line.HTTPClient())
		bot.SetWebsocketHTTPClient(line.HTTPClient())
		a := n.AddAccount("15550000001", "Bot")
		if err := bot.Connect(); err != nil {
			t.Fatal(err)
		}
		if err := a.Scan(only[*events.QR](seen())[0].Codes[0]); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		seen() // the phone's own messages among them
		say(t, ana, a.LID(), "before")
		line.Cut()
		if all := seen(); len(only[*events.Message](all)) != 1 || len(only[*events.Disconnected](all)) != 1 {
			t.Errorf("events %v", all)
		}
		say(t, ana, a.LID(), "meanwhile")
		time.Sleep(time.Minute)
		if len(only[*events.Message](seen())) != 0 {
			t.Error("the line is not cut")
		}
		line.Mend()
		time.Sleep(time.Minute)
		if got := only[*events.Message](seen()); len(got) != 1 || got[0].Message.GetConversation() != "meanwhile" {
			t.Errorf("got %v", got)
		}
	})
}
