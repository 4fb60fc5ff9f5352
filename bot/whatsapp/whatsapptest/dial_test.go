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
