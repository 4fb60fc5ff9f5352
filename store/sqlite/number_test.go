package sqlite_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

func holders(t *testing.T, db *sqlite.DB, phone string) (users string) {
	t.Helper()
	all, err := db.Holders(t.Context(), phone)
	check(t, err)
	for _, a := range all {
		users += a.User + " "
	}
	return strings.TrimSpace(users)
}

// numberAudits are the entries about numbers, oldest first.
func numberAudits(t *testing.T, db *sqlite.DB) (all []string) {
	t.Helper()
	entries, err := db.Audited(t.Context(), 100)
	check(t, err)
	for _, e := range entries {
		if e.Action == "athlete.number" {
			all = append([]string{e.Subject + " " + e.Detail}, all...)
		}
	}
	return all
}

func TestANumberGivenToSomebodyElseIsOfNobodyElseAnyMore(t *testing.T) {
	db := atNoon(t)
	ctx := t.Context()
	g := storetest.Group(t, db, "G")
	ana, err := db.Meet(ctx, "lid-ana", "49151", "ana")
	check(t, err)
	storetest.Member(t, db, g, "ana")
	other, err := db.Meet(ctx, "lid-new", "49151", "Nia")
	check(t, err)
	if other.ID == ana.ID || other.Phone != "49151" || other.Name != "Nia" {
		t.Errorf("the new one is %+v", other)
	}
	if got := holders(t, db, "49151"); got != "lid-new" {
		t.Errorf("the number is of %q", got)
	}
	if ms, err := db.MembershipsOf(ctx, other.ID); err != nil || len(ms) != 0 {
		t.Errorf("inherited %v, %v", ms, err)
	}
	if ms, err := db.MembershipsOf(ctx, ana.ID); err != nil || len(ms) != 1 {
		t.Errorf("lost %v, %v", ms, err)
	}
	same(t, "audit", []string{"athlete 1 given to somebody else"}, numberAudits(t, db))
}

func TestAStrangersNumberIsTakenFromWhoHadIt(t *testing.T) {
	db := atNoon(t)
	_, err := db.Meet(t.Context(), "lid-ana", "49151", "ana")
	check(t, err)
	check(t, db.Renumber(t.Context(), store.Actor{}, "lid-stranger", "49151", store.Reply{}))
	if got := holders(t, db, "49151"); got != "" {
		t.Errorf("the number is of %q", got)
	}
	if _, err := db.AthleteByUser(t.Context(), "lid-stranger"); err == nil {
		t.Error("a stranger was made known")
	}
}

func TestAMovedNumberIsTheSameAthletes(t *testing.T) {
	db := atNoon(t)
	ctx := t.Context()
	ana, err := db.Meet(ctx, "lid-ana", "49151", "ana")
	check(t, err)
	told := store.Outgoing{Key: "moved:1", Chat: "lid-ana@lid", Kind: store.KindText, Urgency: store.UrgencyReply, Text: "moved"}
	for range 2 {
		check(t, db.Renumber(ctx, storetest.Actor(ana), "lid-ana", "49152", store.Reply{Owed: []store.Outgoing{told}}))
	}
	got, err := db.Athlete(ctx, ana.ID)
	if err != nil || got.Phone != "49152" || got.User != "lid-ana" {
		t.Errorf("%+v, %v", got, err)
	}
	same(t, "audit", []string{"athlete 1 moved"}, numberAudits(t, db))
	if holders(t, db, "49151") != "" || holders(t, db, "49152") != "lid-ana" || holders(t, db, "") != "" {
		t.Error("numbers are not where they belong")
	}
	if o, err := db.Claim(ctx, noon, nil); err != nil || o.Text != "moved" {
		t.Errorf("%+v, %v", o, err)
	}
	if o, err := db.Claim(ctx, noon, nil); err == nil {
		t.Errorf("told twice: %+v", o)
	}
}

// TestAPromiseEndsOnce: with what it owes, in one transaction, also over a kill.
func TestAPromiseEndsOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	now := noon
	db := storetest.OpenAt(t, path, func() time.Time { return now })
	ctx := t.Context()
	ana, ben := storetest.Athlete(t, db, "ana"), storetest.Athlete(t, db, "ben")
	check(t, db.Promise(ctx, store.Promise{Athlete: ben.ID, Source: "garmin"}))
	now = now.Add(time.Minute)
	check(t, db.Promise(ctx, store.Promise{Athlete: ana.ID, Source: "garmin", Region: "cn"}))
	db = storetest.OpenAt(t, asKilled(t, path), func() time.Time { return now })
	all, err := db.Promises(ctx)
	check(t, err)
	same(t, "promises", []store.Promise{{Athlete: ben.ID, Source: "garmin", Made: noon}, {Athlete: ana.ID, Source: "garmin", Region: "cn", Made: now}}, all)
	owed := store.Reply{Owed: []store.Outgoing{{Key: "again:1", Chat: "x", Kind: store.KindText, Urgency: store.UrgencyDigest, Text: "works"}}}
	check(t, db.EndPromise(ctx, ana.ID, "garmin", owed))
	owed.Owed[0].Key = "again:2"
	if err := db.EndPromise(ctx, ana.ID, "garmin", owed); err == nil {
		t.Error("ended twice")
	}
	if _, err := db.Claim(ctx, now, nil); err != nil {
		t.Error(err)
	}
	if o, err := db.Claim(ctx, now, nil); err == nil {
		t.Errorf("owed twice: %+v", o)
	}
	now = noon.Add(store.PromiseLife + time.Second)
	if all, err := db.Promises(ctx); err != nil || len(all) != 0 {
		t.Errorf("after a week: %v, %v", all, err)
	}
}

func TestAPromiseEndsWithLinkUnlinkAndErase(t *testing.T) {
	for name, end := range map[string]func(db *sqlite.DB, a store.Athlete) error{
		"link":   func(db *sqlite.DB, a store.Athlete) error { storetest.Linked(t, db, "ana"); return nil },
		"unlink": func(db *sqlite.DB, a store.Athlete) error { return unlinked(t, db, a) },
		"erase": func(db *sqlite.DB, a store.Athlete) error {
			return db.Erase(t.Context(), store.Actor{}, a.ID, store.Reply{})
		},
	} {
		db := atNoon(t)
		a := storetest.Athlete(t, db, "ana")
		check(t, db.Promise(t.Context(), store.Promise{Athlete: a.ID, Source: "garmin"}))
		check(t, end(db, a))
		if all, err := db.Promises(t.Context()); err != nil || len(all) != 0 {
			t.Errorf("%s: %v, %v", name, all, err)
		}
	}
}

// unlinked links by hand, which ends no promise of Garmin, and unlinks.
func unlinked(t *testing.T, db *sqlite.DB, a store.Athlete) error {
	t.Helper()
	_, err := db.Link(t.Context(), storetest.Actor(a), store.Account{Athlete: a.ID, Source: store.ByHand, Profile: "1"}, store.Reply{})
	check(t, err)
	if all, err := db.Promises(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("by hand: %v, %v", all, err)
	}
	return db.Unlink(t.Context(), storetest.Actor(a), a.ID, store.ByHand, store.Reply{})
}

// TestTheChatOfANumberThatPassedOnIsNotPurged: it is of somebody else.
func TestTheChatOfANumberThatPassedOnIsNotPurged(t *testing.T) {
	db := atNoon(t)
	ana, err := db.Meet(t.Context(), "lid-ana", "49151", "ana")
	check(t, err)
	for i, want := range []bool{true, false} {
		if i > 0 {
			check(t, db.Renumber(t.Context(), store.Actor{}, "lid-new", "49151", store.Reply{}))
		}
		chats, err := db.ChatsOf(t.Context(), ana.ID)
		check(t, err)
		if got := slices.Contains(chats, "49151@s.whatsapp.net"); got != want {
			t.Errorf("among %v: %v, want %v", chats, got, want)
		}
	}
}

// Whoever is known by the number alone would be reached by nothing else: the
// number stays, also when a hidden id turns up with it.
func TestWhoIsKnownByTheNumberAloneKeepsIt(t *testing.T) {
	db := atNoon(t)
	_, err := db.Meet(t.Context(), "49151", "49151", "Ana")
	check(t, err)
	if got := holders(t, db, "49151"); got != "" {
		t.Errorf("held by %s", got)
	}
	check(t, db.Renumber(t.Context(), store.Actor{}, "lid-ana", "49151", store.Reply{}))
	ana, err := db.AthleteByUser(t.Context(), "49151")
	if err != nil || ana.Phone != "49151" {
		t.Errorf("%+v, %v", ana, err)
	}
	if got := numberAudits(t, db); len(got) > 0 {
		t.Errorf("audited: %q", got)
	}
}
