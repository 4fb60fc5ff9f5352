package whatsapptest

import (
	"bytes"
	"context"
	"testing"
	"testing/synctest"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
)

func TestPictureArrivesIntact(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, people, g := club(t, n, 2)
		pic := Picture{
			Data: bytes.Repeat([]byte("pixel"), 50_000), Mime: "image/jpeg", Caption: "*Week 37*", Alt: "A table of eight runners",
			Width: 1080, Height: 1350, Thumbnail: []byte{0xff, 0xd8, 0xff},
		}
		id, err := bot.SendImage(t.Context(), g.JID(), pic)
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		r := wantReceived(t, people[1], id)
		if r.Kind != KindImage || r.Text != pic.Caption || r.Alt != pic.Alt || r.Width != 1080 || r.Height != 1350 || r.Mime != "image/jpeg" || !bytes.Equal(r.Thumbnail, pic.Thumbnail) {
			t.Errorf("got %+v", r)
		}
		data, err := people[1].Download(t.Context(), id)
		if err != nil || !bytes.Equal(data, pic.Data) {
			t.Errorf("downloaded %d bytes, %v", len(data), err)
		}
	})
}

func TestDocumentArrivesIntact(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, ana := enrol(t, n, "15550000001", "Bot"), enrol(t, n, "15550000002", "Ana")
		file := bytes.Repeat([]byte{0, 1, 2, 3}, 9000)
		id, err := ana.SendDocument(t.Context(), bot.Account().LID(), "run.fit", "application/octet-stream", file)
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if r := wantReceived(t, bot, id); r.Kind != KindDocument || r.FileName != "run.fit" || r.Size != len(file) {
			t.Errorf("got %+v", r)
		}
		data, err := bot.Download(t.Context(), id)
		if err != nil || !bytes.Equal(data, file) {
			t.Errorf("downloaded %d bytes, %v", len(data), err)
		}
	})
}

func TestReactionEditAndRevokeNameTheirTarget(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, people, g := club(t, n, 2)
		ana, ctx := people[0], context.Background()
		id := say(t, ana, g.JID(), "frist")
		if err := bot.React(ctx, g.JID(), ana.Account().LID(), id, "✅"); err != nil {
			t.Fatal(err)
		}
		if err := ana.Edit(ctx, g.JID(), id, "first"); err != nil {
			t.Fatal(err)
		}
		if err := ana.Revoke(ctx, g.JID(), ana.Account().LID(), id); err != nil {
			t.Fatal(err)
		}
		poll, err := bot.Poll(ctx, g.JID(), "When?", "Sunday", "Monday")
		if err != nil {
			t.Fatal(err)
		}
		answer, err := bot.Reply(ctx, g.JID(), id, "seen")
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		var kinds []string
		for _, r := range people[1].Messages() {
			kinds = append(kinds, r.Kind+" "+r.Text)
			if r.Kind == KindReaction || r.Kind == KindEdit || r.Kind == KindRevoke {
				if r.Target != id {
					t.Errorf("%s is of %q, not of %q", r.Kind, r.Target, id)
				}
			}
		}
		want := []string{"text frist", "reaction ✅", "edit first", "revoke ", "poll When?", "text seen"}
		if !equal(kinds, want) {
			t.Errorf("got %q, want %q", kinds, want)
		}
		if r := wantReceived(t, people[1], poll); !equal(r.Options, []string{"Sunday", "Monday"}) {
			t.Errorf("poll %+v", r)
		}
		if r := wantReceived(t, people[1], answer); r.Quoted != id {
			t.Errorf("answer %+v", r)
		}
		var edits []string
		for _, a := range n.Accepted() {
			edits = append(edits, a.Type+a.Edit)
		}
		if want := []string{"text", "reaction", "text1", "text7", "poll", "text"}; !equal(edits, want) {
			t.Errorf("accepted %q, want %q", edits, want)
		}
	})
}

func TestVotesReachThePoll(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, people, g := club(t, n, 2)
		poll, err := bot.Poll(t.Context(), g.JID(), "When?", "Sunday", "Monday")
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if err := people[0].Vote(t.Context(), poll, "Monday"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		for _, p := range []*Persona{bot, people[1]} {
			all := p.Messages()
			if r := all[len(all)-1]; r.Kind != KindVote || r.Target != poll || !equal(r.Options, []string{"Monday"}) {
				t.Errorf("%s got %+v", p.Account().Name(), r)
			}
		}
	})
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestSenderLearnsOfDeliveryAndReading(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, ana := enrol(t, n, "15550000001", "Bot"), enrol(t, n, "15550000002", "Ana")
		id := say(t, bot, ana.Account().LID(), "read me")
		if err := ana.Read(t.Context(), id, time.Now()); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		got := bot.Receipts(id)
		if len(got) != 2 || got[0].Kind != types.ReceiptTypeDelivered || got[1].Kind != types.ReceiptTypeRead || got[1].From != ana.Account().LID() {
			t.Errorf("receipts %+v", got)
		}
	})
}

func TestGroupReceiptsNameTheReader(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, people, g := club(t, n, 3)
		id := say(t, bot, g.JID(), "hello")
		readers := map[types.JID]bool{}
		for _, r := range bot.Receipts(id) {
			if r.Chat != g.JID() || r.Kind != types.ReceiptTypeDelivered {
				t.Errorf("receipt %+v", r)
			}
			readers[r.From] = true
		}
		for _, p := range people {
			if !readers[p.Account().LID()] {
				t.Errorf("no receipt of %s", p.Account().Name())
			}
		}
	})
}

func TestTypingIsSeen(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, people, g := club(t, n, 2)
		if err := bot.Type(t.Context(), g.JID(), true); err != nil {
			t.Fatal(err)
		}
		if err := bot.Type(t.Context(), people[0].Account().LID(), false); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		got := people[0].Typing()
		if len(got) != 2 || !got[0].Typing || got[0].Chat != g.JID() || got[0].From != bot.Account().LID() || got[1].Typing {
			t.Errorf("typing %+v", got)
		}
		if len(bot.Typing()) != 0 {
			t.Error("the bot sees itself typing")
		}
	})
}

func TestNumbersAreLookedUp(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot := enrol(t, n, "15550000001", "Bot")
		ana := n.AddAccount("15550000002", "Ana")
		found, err := bot.Client().IsOnWhatsApp(t.Context(), []string{"+15550000002", "+15559999999"})
		if err != nil || len(found) != 2 || !found[0].IsIn || found[0].JID != ana.LID() || found[1].IsIn {
			t.Errorf("found %+v, %v", found, err)
		}
		// Ana has no client: her phone takes the message.
		if _, err := bot.Say(t.Context(), ana.PN(), "anybody there"); err != nil {
			t.Error(err)
		}
		if _, err := bot.Say(t.Context(), types.NewJID("15559999999", types.DefaultUserServer), "nobody"); err == nil {
			t.Error("a message to nobody was sent")
		}
		if all := n.Accepted(); len(all) != 1 || all[0].Chat != ana.LID() || all[0].To[0] != ana {
			t.Errorf("accepted %+v", all)
		}
	})
}

func TestTrustTokensReachTheContact(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, ana := enrol(t, n, "15550000001", "Bot"), enrol(t, n, "15550000002", "Ana")
		say(t, ana, bot.Account().LID(), "hello")
		time.Sleep(time.Minute)
		token, err := bot.Client().Store.PrivacyTokens.GetPrivacyToken(t.Context(), ana.Account().LID())
		if err != nil || token == nil || len(token.Token) != 16 {
			t.Errorf("token %+v, %v", token, err)
		}
	})
}

func TestOwnClientsSeeWhatTheOthersSend(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		bot, ana := enrol(t, n, "15550000001", "Bot"), enrol(t, n, "15550000002", "Ana")
		second := enrol(t, n, "15550000001", "Bot")
		id := say(t, bot, ana.Account().LID(), "from the first")
		r := wantReceived(t, second, id)
		if !r.FromMe || r.Chat != ana.Account().LID() || r.Text != "from the first" {
			t.Errorf("got %+v", r)
		}
		id = say(t, ana, bot.Account().LID(), "to both")
		wantReceived(t, bot, id)
		wantReceived(t, second, id)
		if got := bot.Account().Devices(); len(got) != 2 || got[0] != 1 || got[1] != 2 {
			t.Errorf("devices %v", got)
		}
	})
}

func TestVersionIsCurrent(t *testing.T) {
	world(t, func(t *testing.T, n *Network) {
		if _, err := whatsmeow.GetLatestVersion(t.Context(), n.HTTPClient()); err != nil {
			t.Error(err)
		}
	})
}
