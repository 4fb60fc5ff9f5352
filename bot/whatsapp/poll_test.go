package whatsapp_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"clubrun/store"
)

// ballots are the votes that were told.
type ballots struct{ all [][]string }

func (b *ballots) Voted(_ context.Context, chat store.Chat, message, user string, hashes []string) error {
	b.all = append(b.all, append([]string{string(chat), message, user}, hashes...))
	return nil
}

func hashOf(option string) string {
	sum := sha256.Sum256([]byte(option))
	return hex.EncodeToString(sum[:])
}

// A vote is sealed for whoever asked: it is opened here, by whatever address
// the group names its people, and so is another one and its withdrawal.
func TestVotesInOurPollsAreTold(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		c, end := w.life()
		defer end()
		votes := &ballots{}
		c.Votes = votes
		o := store.Outgoing{Key: "poll:1", Chat: store.Chat(w.group.JID().String()), Kind: store.KindPoll, Text: "What?\neffort\ndays"}
		w.send(c, o)
		id := c.MessageID("poll:1")
		got, ok := w.ana.Received(id)
		if !ok || got.Kind != "poll" || got.Text != "What?" || len(got.Options) != 2 {
			t.Fatalf("Ana received %+v, %v", got, ok)
		}
		w.send(c, o) // once more, as after a crash
		w.say("group", "/week")
		ana := w.unanswered()[0].Sender
		for _, options := range [][]string{{"days"}, {"effort"}, nil} {
			if err := w.ana.Vote(t.Context(), id, options...); err != nil {
				t.Fatal(err)
			}
			w.settle()
		}
		want := [][]string{{hashOf("days")}, {hashOf("effort")}, nil}
		if len(votes.all) != len(want) {
			t.Fatalf("votes %q", votes.all)
		}
		for i, v := range votes.all {
			if v[0] != string(o.Chat) || v[1] != id || v[2] != ana || len(v) != 3+len(want[i]) || len(v) > 3 && v[3] != want[i][0] {
				t.Errorf("vote %d is %q, want %q of %s", i, v, want[i], ana)
			}
		}
	})
}
