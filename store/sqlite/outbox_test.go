package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

func owe(t *testing.T, db *sqlite.DB, out ...store.Outgoing) {
	t.Helper()
	if err := db.Owe(t.Context(), out...); err != nil {
		t.Fatal(err)
	}
}

func claim(t *testing.T, db *sqlite.DB, now time.Time, skip ...store.Chat) store.Outgoing {
	t.Helper()
	o, err := db.Claim(t.Context(), now, skip)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		t.Fatal(err)
	}
	return o
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestOwedMessageIsClaimedAsItWasOwed(t *testing.T) {
	db := atNoon(t)
	want := store.Outgoing{
		ID: 1, Key: "re:M1:0", Chat: "c", Kind: store.KindImage, Urgency: store.UrgencyReply, Text: "caption",
		Target: store.Target{Message: "M1", Sender: "ana"},
		Media: &store.Media{Mime: "image/jpeg", Name: "a.jpg", Data: []byte{1, 2}, Thumbnail: []byte{3},
			Width: 1080, Height: 1350, Alt: "a chart"},
		Due: noon.Add(time.Second), Expires: noon.Add(36 * time.Hour), Cause: "M1",
	}
	owe(t, db, want)
	if got := claim(t, db, noon); got.ID != 0 {
		t.Errorf("claimed before it is due: %s", got.Key)
	}
	want.State, want.Attempts, want.Updated = store.OutSending, 1, noon
	if diff := cmp.Diff(want, claim(t, db, noon.Add(time.Second))); diff != "" {
		t.Error(diff)
	}
	if got := claim(t, db, noon.Add(time.Second)); got.ID != 0 {
		t.Errorf("claimed twice: %s", got.Key)
	}
	doubt, err := db.InDoubt(t.Context())
	if diff := cmp.Diff([]store.Outgoing{want}, doubt); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestOwingTwiceOwesOnce(t *testing.T) {
	db := atNoon(t)
	first := text("k", "c")
	second := first
	second.Text, second.Media = "another", &store.Media{Mime: "image/jpeg", Data: []byte{1}}
	owe(t, db, first)
	owe(t, db, second)
	if got := claim(t, db, noon); got.Text != first.Text || got.Media != nil {
		t.Errorf("claimed %+v", got)
	}
	if got := pending(t, db); got[1] != 1 {
		t.Errorf("%d are pending", got[1])
	}
	select {
	case <-db.Owed():
	default:
		t.Error("nobody was told")
	}
}

func TestClaimTakesTheOldestDueOfChatsThatAreFree(t *testing.T) {
	db := atNoon(t)
	late := text("late", "a")
	late.Due = noon.Add(-time.Minute)
	oldest := text("oldest", "b")
	oldest.Due = noon.Add(-time.Hour)
	owe(t, db, text("now", "c"), late, oldest, text("now too", "d"))
	var got []string
	for range 5 {
		got = append(got, claim(t, db, noon, "a").Key)
	}
	if diff := cmp.Diff([]string{"oldest", "now", "now too", "", ""}, got); diff != "" {
		t.Error(diff)
	}
	if got := claim(t, db, noon); got.Key != "late" {
		t.Errorf("free again: %q", got.Key)
	}
}

func TestPartsOfAChatKeepTheirOrder(t *testing.T) {
	db := atNoon(t)
	owe(t, db, text("1", "c"), text("2", "c"), text("other", "d"))
	first := claim(t, db, noon)
	if got := claim(t, db, noon); got.Key != "other" {
		t.Errorf("while 1 is sent: %q", got.Key)
	}
	check(t, db.Requeue(t.Context(), first.ID, noon.Add(time.Minute), "not connected"))
	if got := claim(t, db, noon); got.Key != "" {
		t.Errorf("while 1 waits: %q", got.Key)
	}
	if at, ok, err := db.NextDue(t.Context()); !ok || err != nil || !at.Equal(noon.Add(time.Minute)) {
		t.Errorf("NextDue = %v, %v, %v; want when 1 is due", at, ok, err)
	}
	again := claim(t, db, noon.Add(time.Minute))
	if again.Key != "1" || again.Attempts != 2 || again.Error != "not connected" {
		t.Errorf("tried again: %+v", again)
	}
	if _, ok, err := db.NextDue(t.Context()); ok || err != nil {
		t.Errorf("NextDue while 1 is sent: %v, %v", ok, err)
	}
	check(t, db.Accepted(t.Context(), again.ID, noon))
	if got := claim(t, db, noon); got.Key != "2" {
		t.Errorf("after 1: %q", got.Key)
	}
}

func TestReplyDoesNotWaitBehindADigest(t *testing.T) {
	db := atNoon(t)
	digest := text("digest", "c")
	digest.Urgency = store.UrgencyDigest
	owe(t, db, digest)
	claim(t, db, noon)
	owe(t, db, text("reply", "c"))
	if got := claim(t, db, noon); got.Key != "reply" {
		t.Errorf("claimed %q", got.Key)
	}
}

func TestEachMessageIsClaimedExactlyOnce(t *testing.T) {
	db := atNoon(t)
	const n = 200
	for i := range n {
		owe(t, db, text(fmt.Sprintf("k%03d", i), store.Chat(fmt.Sprintf("c%d", i%20))))
	}
	var mu sync.Mutex
	var got []string
	var workers sync.WaitGroup
	for range 8 {
		workers.Go(func() {
			for idle := 0; idle < 50; {
				o, err := db.Claim(t.Context(), noon, nil)
				if errors.Is(err, store.ErrNotFound) {
					idle++ // the rest may wait behind what others are sending
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				got = append(got, o.Key)
				mu.Unlock()
				if err := db.Accepted(t.Context(), o.ID, noon); err != nil {
					t.Error(err)
				}
			}
		})
	}
	workers.Wait()
	slices.Sort(got)
	if len(got) != n || len(slices.Compact(got)) != n {
		t.Errorf("%d claims for %d messages", len(got), n)
	}
}

func TestExpiredMessageIsNeverClaimed(t *testing.T) {
	db := atNoon(t)
	old := text("old", "c")
	old.Expires = noon.Add(-time.Millisecond)
	last := text("last", "c")
	last.Expires = noon
	owe(t, db, old, last)
	if got := claim(t, db, noon); got.Key != "last" {
		t.Errorf("claimed %q", got.Key)
	}
	if got := pending(t, db); got[1] != 1 {
		t.Errorf("%d are pending", got[1])
	}
}

func digestOf(t *testing.T, db *sqlite.DB) (store.Group, store.Digest, []store.Outgoing) {
	t.Helper()
	g := storetest.Group(t, db, "G")
	week := store.WeekOf(store.DayOf(noon), time.Monday)
	d := store.Digest{Group: g.ID, Week: week, Due: noon, Content: "frozen", Generated: noon}
	out := []store.Outgoing{text("digest:1:2026-09-07:0", g.Chat), text("digest:1:2026-09-07:1", g.Chat)}
	for i := range out {
		out[i].Expires = noon.Add(36 * time.Hour)
	}
	if fresh, err := db.SaveDigest(t.Context(), d, out); !fresh || err != nil {
		t.Fatalf("fresh = %v, %v", fresh, err)
	}
	return g, d, out
}

func digestState(t *testing.T, db *sqlite.DB, d store.Digest) store.DigestState {
	t.Helper()
	kept, err := db.Digest(t.Context(), d.Group, d.Week)
	check(t, err)
	return kept.State
}

func TestSecondDigestOfAWeekOwesNothing(t *testing.T) {
	db := atNoon(t)
	g, d, out := digestOf(t, db)
	again := d
	again.Content = "another"
	out[0].Key = "digest:1:2026-09-07:again"
	if fresh, err := db.SaveDigest(t.Context(), again, out); fresh || err != nil {
		t.Errorf("fresh = %v, %v", fresh, err)
	}
	if got := pending(t, db); got[1] != 2 {
		t.Errorf("%d are owed", got[1])
	}
	last, err := db.LastDigest(t.Context(), g.ID)
	d.ID, d.State = 1, store.DigestPending
	if diff := cmp.Diff(d, last); diff != "" || err != nil {
		t.Error(diff, err)
	}
	g, err = db.Group(t.Context(), g.ID)
	if err != nil || !g.LastRun.IsZero() {
		t.Errorf("a digest of some week moved the schedule on to %v, %v", g.LastRun, err)
	}
}

func TestDigestIsSentWithItsLastPart(t *testing.T) {
	db := atNoon(t)
	_, d, _ := digestOf(t, db)
	check(t, db.Accepted(t.Context(), claim(t, db, noon).ID, noon))
	if got := digestState(t, db, d); got != store.DigestPending {
		t.Errorf("after the first part: %s", got)
	}
	last := claim(t, db, noon)
	check(t, db.Sending(t.Context(), last.ID, "3EB0"))
	check(t, db.Delivered(t.Context(), "3EB0", noon.Add(time.Second))) // the receipt may come before the ack
	check(t, db.Accepted(t.Context(), last.ID, noon.Add(2*time.Second)))
	kept, err := db.Digest(t.Context(), d.Group, d.Week)
	if err != nil || kept.State != store.DigestSent || !kept.Sent.Equal(noon.Add(time.Second)) {
		t.Errorf("after the last part: %+v, %v", kept, err)
	}
	check(t, db.Delivered(t.Context(), "of somebody else", noon))
	check(t, db.Delivered(t.Context(), "", noon))
}

func TestDigestFailsWithAnyPart(t *testing.T) {
	db := atNoon(t)
	_, d, _ := digestOf(t, db)
	check(t, db.Bury(t.Context(), claim(t, db, noon).ID, "refused"))
	check(t, db.Accepted(t.Context(), claim(t, db, noon).ID, noon))
	if got := digestState(t, db, d); got != store.DigestFailed {
		t.Errorf("state %s", got)
	}
}

func TestDigestExpiresWithItsParts(t *testing.T) {
	db := atNoon(t)
	_, d, _ := digestOf(t, db)
	if got := claim(t, db, noon.Add(37*time.Hour)); got.ID != 0 {
		t.Errorf("claimed %s", got.Key)
	}
	if got := digestState(t, db, d); got != store.DigestExpired {
		t.Errorf("state %s", got)
	}
}

func TestMessageThatIsDoneIsNotSentAgain(t *testing.T) {
	db := atNoon(t)
	owe(t, db, text("k", "c"))
	o := claim(t, db, noon)
	check(t, db.Accepted(t.Context(), o.ID, noon))
	for name, err := range map[string]error{
		"requeue": db.Requeue(t.Context(), o.ID, noon, ""),
		"sending": db.Sending(t.Context(), o.ID, "M"),
		"bury":    db.Bury(t.Context(), o.ID, ""),
	} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s after the ack: %v", name, err)
		}
	}
	if got := claim(t, db, noon); got.ID != 0 {
		t.Error("claimed again")
	}
}

func TestSenderInABubbleWakesWhenItIsDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := storetest.Open(t)
		start := time.Now()
		ctx, cancel := context.WithCancel(t.Context())
		var sent []string
		done := make(chan struct{})
		go func() {
			defer close(done)
			sent = sendUntil(ctx, t, db)
		}()
		for i := range 3 {
			o := text(fmt.Sprint(i), store.Chat(fmt.Sprint("c", i)))
			o.Due = start.Add(time.Duration(3-i) * time.Hour)
			owe(t, db, o)
		}
		time.Sleep(24 * time.Hour)
		cancel()
		<-done
		want := []string{"2 after 1h0m0s", "1 after 2h0m0s", "0 after 3h0m0s"}
		if diff := cmp.Diff(want, sent); diff != "" {
			t.Error(diff)
		}
	})
}

// sendUntil claims what is due, sleeping from one due time to the next.
func sendUntil(ctx context.Context, t *testing.T, db *sqlite.DB) (sent []string) {
	start := time.Now()
	for {
		o, err := db.Claim(ctx, time.Now(), nil)
		if err == nil {
			sent = append(sent, fmt.Sprintf("%s after %v", o.Key, time.Since(start)))
			err = db.Accepted(ctx, o.ID, time.Now())
		}
		at, ok, _ := db.NextDue(ctx)
		var wake <-chan time.Time
		if ok {
			wake = time.After(time.Until(at))
		}
		select {
		case <-wake:
		case <-db.Owed():
		case <-ctx.Done():
			return sent
		}
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			t.Error(err)
		}
	}
}
