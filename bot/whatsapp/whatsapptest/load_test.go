package whatsapptest

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestSixtyEightPersonasIdleForAWeek(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, people, g := club(t, n, 67)
		say(t, bot, g.JID(), "on Wednesday")
		time.Sleep(7 * 24 * time.Hour)
		id := say(t, bot, g.JID(), "a week later")
		for _, p := range people {
			wantReceived(t, p, id)
		}
	})
}

func TestSameSeedGivesTheSameTranscript(t *testing.T) {
	var runs [2]string
	for i := range runs {
		t.Run("", func(t *testing.T) {
			world(t, func(t *testing.T, n *Network) { runs[i] = transcript(t, n) })
		})
	}
	if runs[0] != runs[1] || !strings.Contains(runs[0], "3EB0") {
		t.Errorf("first run:\n%s\nsecond run:\n%s", runs[0], runs[1])
	}
}

// transcript plays a short story and writes down what was accepted and read.
func transcript(t *testing.T, n *Network) string {
	var out strings.Builder
	bot, people, g := club(t, n, 3)
	for _, p := range people {
		say(t, p, bot.Account().LID(), "hello")
		say(t, bot, p.Account().LID(), "hello yourself")
		say(t, p, g.JID(), "hello all")
	}
	for _, a := range n.Accepted() {
		fmt.Fprintln(&out, a.Seq, a.At.Unix(), a.ID, a.From.LID(), a.Chat, len(a.To))
	}
	for _, p := range append(people, bot) {
		for _, r := range p.Messages() {
			fmt.Fprintln(&out, p.Account().Name(), r.ID, r.From, r.Text)
		}
	}
	return out.String()
}

func TestPersonasCloseInAnyOrder(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, ana := pair(t, n)
		ana.Close()
		ana.Close()
		disturb(t, n, nil, Fault{Kind: Outage})
		time.Sleep(time.Minute)
		bot.Close()
		disturb(t, n, nil, Fault{Kind: OK})
		if err := bot.Online(t.Context()); err != nil {
			t.Fatal(err)
		}
		n.Close()
		synctest.Wait()
		bot.Close()
	})
}
