package whatsapptest

import (
	"context"
	"testing"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
)

// query sends a query of a persona's client and returns the answer.
func query(t *testing.T, p *Persona, kind, xmlns string, content ...node) node {
	t.Helper()
	raw := p.Client().DangerousInternals()
	id := "Q" + decimal(uint64(len(xmlns)))
	answer := raw.WaitResponse(id)
	out := node{Tag: "iq", Attrs: attrs{"to": types.ServerJID, "type": kind, "id": id, "xmlns": xmlns}, Content: content}
	if err := raw.SendNode(context.Background(), out); err != nil {
		t.Fatal(err)
	}
	return *<-answer
}

func TestAClientLearnsWhichKeysTheServerHolds(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot := enrol(t, n, "15550000001", "Bot")
		answer := query(t, bot, "get", "encrypt", node{Tag: "digest"})
		digest, ok := child(&answer, "digest")
		if !ok || string(childBytes(&digest, "identity")) != string(bot.client.Store.IdentityKey.Pub[:]) || len(childBytes(&digest, "hash")) != 20 {
			t.Errorf("digest %s", &answer)
		}
		list, _ := child(&digest, "list")
		if len(list.GetChildren()) != 49 { // its phone took one of 50
			t.Errorf("%d one-time keys", len(list.GetChildren()))
		}
	})
}

func TestASignedKeyIsReplacedOnlyUnderTheClientsSignature(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, ana := enrol(t, n, "15550000001", "Bot"), enrol(t, n, "15550000002", "Ana")
		rotate := func(key *keys.PreKey) string {
			k := signedKey{id: []byte{0, 0, byte(key.KeyID)}, public: key.Pub[:], signature: key.Signature[:]}
			answer := query(t, bot, "set", "encrypt", node{Tag: "rotate", Content: []node{k.node()}})
			return text(&answer, "type")
		}
		if got := rotate(keys.NewKeyPair().CreateSignedPreKey(2)); got != "error" {
			t.Errorf("a foreign signature: %s", got)
		}
		fresh := bot.client.Store.IdentityKey.CreateSignedPreKey(2)
		if got := rotate(fresh); got != "result" {
			t.Errorf("its own signature: %s", got)
		}
		n.mu.Lock()
		d := bot.account.device(1)
		same := string(d.signed.public) == string(fresh.Pub[:])
		n.mu.Unlock()
		if !same {
			t.Error("the key was not replaced")
		}
		bot.client.Store.SignedPreKey = fresh
		wantReceived(t, bot, say(t, ana, bot.Account().LID(), "under the new key"))
	})
}

func TestThereAreNoExperiments(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot := enrol(t, n, "15550000001", "Bot")
		answer := query(t, bot, "get", "abt", node{Tag: "props", Attrs: attrs{"protocol": "1"}})
		if props, ok := child(&answer, "props"); !ok || len(props.GetChildren()) != 0 {
			t.Errorf("props %s", &answer)
		}
	})
}
