package whatsapptest

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waWa6"
	"go.mau.fi/whatsmeow/types/events"
	"go.mau.fi/whatsmeow/util/keys"
	"google.golang.org/protobuf/proto"
)

// stranger is a whatsmeow client that no persona drives; its events are kept.
func stranger(t *testing.T, n *Network) (*whatsmeow.Client, func() []any) {
	t.Helper()
	identity := keys.NewKeyPair()
	client := whatsmeow.NewClient(newStore(identity, identity.CreateSignedPreKey(1)), nil)
	client.SetPreLoginHTTPClient(n.HTTPClient())
	client.SetWebsocketHTTPClient(n.HTTPClient())
	t.Cleanup(client.Disconnect)
	return client, record[any](&Persona{client: client})
}

func only[T any](all []any) (out []T) {
	for _, e := range all {
		if v, ok := e.(T); ok {
			out = append(out, v)
		}
	}
	return out
}

func TestScanRefusesForeignAndOldCodes(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		a := n.AddAccount("15550000001", "Bot")
		client, seen := stranger(t, n)
		if err := client.Connect(); err != nil {
			t.Fatal(err)
		}
		codes := only[*events.QR](seen())[0].Codes
		if len(codes) != 6 {
			t.Errorf("%d codes", len(codes))
		}
		parts := strings.Split(codes[0], ",")
		parts[1] = parts[2] // another noise key
		for _, bad := range []string{"", "hello", strings.Join(parts, ",")} {
			if err := a.Scan(bad); err == nil {
				t.Errorf("scanned %q", bad)
			}
		}
		synctest.Wait() // who hangs up while a frame is on its way leaves a goroutine behind
		client.Disconnect()
		synctest.Wait()
		if err := a.Scan(codes[0]); err == nil {
			t.Error("scanned the code of a client that is gone")
		}
	})
}

func TestClientsThatLieAboutTheirKeysAreNotLinked(t *testing.T) {
	lies := map[string]func(*waWa6.ClientPayload_DevicePairingRegistrationData){
		"another identity": func(d *waWa6.ClientPayload_DevicePairingRegistrationData) {
			other := keys.NewKeyPair()
			signed := other.CreateSignedPreKey(1)
			d.EIdent, d.ESkeyVal, d.ESkeySig = other.Pub[:], signed.Pub[:], signed.Signature[:]
		},
		"prekey signed by nobody": func(d *waWa6.ClientPayload_DevicePairingRegistrationData) {
			d.ESkeySig = make([]byte, 64)
		},
		"no keys": func(d *waWa6.ClientPayload_DevicePairingRegistrationData) {
			d.EIdent, d.ESkeyVal = nil, nil
		},
	}
	for name, lie := range lies {
		t.Run(name, func(t *testing.T) {
			world(t, func(t *testing.T, n *Network) { pairLying(t, n, lie) })
		})
	}
}

func pairLying(t *testing.T, n *Network, lie func(*waWa6.ClientPayload_DevicePairingRegistrationData)) {
	a := n.AddAccount("15550000001", "Bot")
	client, seen := stranger(t, n)
	client.GetClientPayload = func() *waWa6.ClientPayload {
		p := proto.Clone(client.Store.GetClientPayload()).(*waWa6.ClientPayload)
		if p.DevicePairingData != nil {
			lie(p.DevicePairingData)
		}
		return p
	}
	if err := client.Connect(); err != nil {
		t.Fatal(err)
	}
	if err := a.Scan(only[*events.QR](seen())[0].Codes[0]); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	if len(a.Devices()) != 0 || len(only[*events.Connected](seen())) != 0 {
		t.Error("the client is linked")
	}
}

func TestNobodyLogsInWithAnotherKey(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot := enrol(t, n, "15550000001", "Bot")
		client, seen := stranger(t, n)
		id := bot.Account().pn(1)
		client.Store.ID, client.Store.LID = &id, bot.Account().lidOf(1)
		if err := client.Connect(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if out := only[*events.LoggedOut](seen()); len(out) != 1 || !out[0].OnConnect {
			t.Errorf("logged out: %+v", out)
		}
		if on, _ := bot.Connected(); !on {
			t.Error("the owner was thrown out")
		}
	})
}
