package whatsapptest

import (
	"testing"
	"time"
)

func FuzzScan(f *testing.F) {
	for _, s := range []string{"", "https://wa.me/settings/linked_devices#2@abc,AAAA,BBBB,CCCC,1", "a,b,c,d", "#,,,"} {
		f.Add(s)
	}
	n, err := New(Options{Seed: 1, Now: time.Now})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(n.Close)
	a := n.AddAccount("15550000001", "Bot")
	f.Fuzz(func(t *testing.T, qr string) {
		if a.Scan(qr) == nil {
			t.Errorf("scanned %q", qr)
		}
	})
}

func FuzzHandshake(f *testing.F) {
	f.Add([]byte("hello"), []byte("finish"))
	keys, err := newPKI(1)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, first, second []byte) {
		state, err := newNoise([]byte("WA\x06\x03"))
		if err != nil {
			t.Fatal(err)
		}
		_, ephemeral, err := state.hello(keys, first)
		if err != nil {
			return
		}
		if _, _, err := state.finish(ephemeral, second); err == nil {
			t.Error("a client without the keys finished the handshake")
		}
	})
}
