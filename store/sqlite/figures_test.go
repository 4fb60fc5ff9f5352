package sqlite_test

import (
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/storetest"

	"github.com/google/go-cmp/cmp"
)

func TestFiguresCountWhatIsKept(t *testing.T) {
	db := storetest.Open(t)
	now := time.Date(2026, 9, 13, 18, 0, 0, 0, time.UTC)
	empty, err := db.Figures(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(store.Figures{Accounts: map[store.AccountState]int{}, Outbox: map[store.OutState]int{}}, empty); diff != "" {
		t.Error(diff)
	}
	g := storetest.Group(t, db, "Tuesday Runners")
	ana, ben := storetest.Member(t, db, g, "Ana"), storetest.Member(t, db, g, "Ben")
	_, caro := storetest.Linked(t, db, "Caro")
	if err := db.SetAccountState(t.Context(), caro.ID, store.AccountSignedOut, "ended", time.Time{}); err != nil {
		t.Fatal(err)
	}
	storetest.Activity(t, db, ana.ID, now)
	for athlete, ago := range map[int64]time.Duration{ana.ID: time.Hour, ben.ID: 26 * time.Hour, caro.Athlete: 300 * time.Hour} {
		if err := db.Synced(t.Context(), athlete, now.Add(-ago)); err != nil {
			t.Fatal(err)
		}
	}
	for key, due := range map[string]time.Duration{"a": -2 * time.Minute, "b": -time.Minute, "c": time.Hour} {
		o := store.Outgoing{Key: key, Chat: g.Chat, Kind: store.KindText, Urgency: store.UrgencyReply, Text: "hi", Due: now.Add(due)}
		if err := db.Owe(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Receive(t.Context(), store.Incoming{Chat: g.Chat, Sender: ana.User, Message: "M1", Text: "/week"}); err != nil {
		t.Fatal(err)
	}
	f, err := db.Figures(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	if f.InboxSince.IsZero() {
		t.Error("nobody knows since when a message waits")
	}
	f.InboxSince = time.Time{}
	want := store.Figures{
		Accounts: map[store.AccountState]int{store.AccountHealthy: 2, store.AccountSignedOut: 1},
		Synced:   now.Add(-time.Hour), Stalest: now.Add(-26 * time.Hour), Inbox: 1,
		Outbox: map[store.OutState]int{store.OutQueued: 3}, OwedSince: now.Add(-2 * time.Minute), Athletes: 3, Groups: 1, Started: 1, Activities: 1,
	}
	if diff := cmp.Diff(want, f); diff != "" {
		t.Error(diff)
	}
}
