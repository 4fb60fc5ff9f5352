package sqlite_test

import (
	"errors"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

// hiding are the ways in which somebody has less seen of them.
func hiding(t *testing.T) map[string]func(*sqlite.DB, store.Athlete) error {
	prefs := func(p store.Prefs) func(*sqlite.DB, store.Athlete) error {
		return func(db *sqlite.DB, ben store.Athlete) error {
			return db.SetPrefs(t.Context(), storetest.Actor(ben), ben.ID, p, store.Reply{})
		}
	}
	return map[string]func(*sqlite.DB, store.Athlete) error{
		"one activity": func(db *sqlite.DB, ben store.Athlete) error {
			a := storetest.Activity(t, db, ben.ID, noon.Add(-time.Hour))
			return db.HideActivity(t.Context(), storetest.Actor(ben), ben.ID, a.ID, true, store.Reply{})
		},
		"a sport":         prefs(store.Prefs{Private: store.PrivateTotals, Hidden: store.NewClasses("run")}),
		"what is private": prefs(store.Prefs{Private: store.PrivateOut}),
		"the former name": func(db *sqlite.DB, ben store.Athlete) error {
			return db.SetName(t.Context(), storetest.Actor(ben), ben.ID, "Benedict", store.Reply{})
		},
	}
}

func TestWhoHidesSomethingTakesBackWhatWaits(t *testing.T) {
	for name, hide := range hiding(t) {
		t.Run(name, func(t *testing.T) {
			db, g, ben := frozen(t)
			check(t, db.SetPrefs(t.Context(), storetest.Actor(ben), ben.ID, store.Prefs{Private: store.PrivateTotals}, store.Reply{}))
			if _, err := db.LastDigest(t.Context(), g.ID); err != nil {
				t.Fatalf("showing more took the digest back: %v", err)
			}
			check(t, hide(db, ben))
			if d, err := db.LastDigest(t.Context(), g.ID); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("the digest is still there: %+v, %v", d, err)
			}
			if o := claim(t, db, noon); o.ID != 0 {
				t.Errorf("a part is still owed: %+v", o)
			}
		})
	}
}

// What was read before somebody hid something is not posted after.
func TestADigestOfBeforeSomethingWasHiddenIsRefused(t *testing.T) {
	for name, hide := range hiding(t) {
		t.Run(name, func(t *testing.T) {
			db := atNoon(t)
			g := storetest.Group(t, db, "G")
			ben := storetest.Member(t, db, g, "ben")
			check(t, db.SetPrefs(t.Context(), storetest.Actor(ben), ben.ID, store.Prefs{Private: store.PrivateTotals}, store.Reply{}))
			week := store.WeekOf(store.DayOf(noon), time.Monday)
			read := func() store.Digest {
				s, err := db.Season(t.Context(), g.ID, week)
				check(t, err)
				return store.Digest{Group: g.ID, Week: week, Due: noon, Content: "ben", Edition: s.Edition}
			}
			before := read()
			check(t, hide(db, ben))
			if _, err := db.SaveDigest(t.Context(), before, nil); !errors.Is(err, store.ErrDenied) {
				t.Errorf("kept: %v", err)
			}
			if fresh, err := db.SaveDigest(t.Context(), read(), nil); err != nil || !fresh {
				t.Errorf("the one that was made anew: %v, %v", fresh, err)
			}
		})
	}
}

func TestHiddenStaysHiddenHoweverOftenItIsRead(t *testing.T) {
	db := atNoon(t)
	g := storetest.Group(t, db, "G")
	ben, ana := storetest.Member(t, db, g, "ben"), storetest.Member(t, db, g, "ana")
	by := storetest.Actor(ben)
	a := storetest.Activity(t, db, ben.ID, noon)
	leg := a
	leg.Parent, leg.External = a.External, "leg"
	keep := func(all ...store.Activity) {
		t.Helper()
		_, err := db.Keep(t.Context(), store.Raw{Athlete: ben.ID, Source: "garmin", Kind: "list", External: a.External, Body: []byte("{}")}, all)
		check(t, err)
	}
	hidden := func() (n int) {
		t.Helper()
		all, err := db.Activities(t.Context(), ben.ID, always)
		check(t, err)
		for _, one := range all {
			if !one.Hidden.IsZero() {
				n++
			}
		}
		return n
	}
	if err := db.HideActivity(t.Context(), storetest.Actor(ana), ana.ID, a.ID, true, store.Reply{}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("somebody else hides it: %v", err)
	}
	keep(a, leg)
	check(t, db.HideActivity(t.Context(), by, ben.ID, a.ID, true, store.Reply{}))
	if n := hidden(); n != 2 {
		t.Errorf("%d are hidden, want it and its leg", n)
	}
	later := leg
	later.External = "leg that was read later"
	keep(a, leg, later)
	if n := hidden(); n != 3 {
		t.Errorf("%d are hidden after another reading, want 3", n)
	}
	check(t, db.HideActivity(t.Context(), by, ben.ID, a.ID, false, store.Reply{}))
	if n := hidden(); n != 0 {
		t.Errorf("%d are still hidden", n)
	}
}

func TestNothingHiddenIsToldAsDoneTogether(t *testing.T) {
	db := atNoon(t)
	g := storetest.Group(t, db, "G")
	ana, ben := storetest.Member(t, db, g, "ana"), storetest.Member(t, db, g, "ben")
	a, b := storetest.Activity(t, db, ana.ID, noon), storetest.Activity(t, db, ben.ID, noon)
	check(t, db.SaveTogether(t.Context(), []store.Together{{A: a.ID, B: b.ID}}))
	check(t, db.HideActivity(t.Context(), storetest.Actor(ben), ben.ID, b.ID, true, store.Reply{}))
	s, err := db.Season(t.Context(), g.ID, store.WeekOf(store.DayOf(noon), time.Monday))
	if err != nil || len(s.Together) != 0 || len(s.Activities) != 2 {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestAGroupsClockWeekAndWordsAreKept(t *testing.T) {
	db := atNoon(t)
	ctx := t.Context()
	g := storetest.Group(t, db, "G")
	by := storetest.Actor(storetest.Member(t, db, g, "ana"))
	check(t, db.SetSchedule(ctx, by, g.ID, "0 18 * * 0", noon.Add(time.Hour), store.Reply{}))
	want, err := db.Group(ctx, g.ID)
	check(t, err)
	next := noon.Add(3 * time.Hour)
	check(t, db.SetLanguage(ctx, by, g.ID, "de", store.Reply{}))
	check(t, db.SetUnits(ctx, by, g.ID, store.Both, store.Reply{}))
	check(t, db.SetExcluded(ctx, by, g.ID, store.NewClasses("walk", store.ClassManual), store.Reply{}))
	check(t, db.SetQuiet(ctx, by, g.ID, store.Quiet{From: 21 * 60, To: 7 * 60}, store.Reply{}))
	check(t, db.SetWeekStart(ctx, by, g.ID, time.Sunday, store.Date(2026, 9, 6), store.Reply{}))
	check(t, db.SetZone(ctx, by, g.ID, "Asia/Tokyo", next, store.Reply{}))
	want.Language, want.Units, want.Excluded, want.Quiet = "de", store.Both, "walk manual", store.Quiet{From: 1260, To: 420}
	want.WeekStart, want.Skip, want.Zone, want.Scheduled, want.NextRun = time.Sunday, store.Date(2026, 9, 6), "Asia/Tokyo", noon, next
	got, err := db.Group(ctx, g.ID)
	check(t, err)
	same(t, "group", want, got)
	known, err := db.KnowGroup(ctx, store.Roster{Chat: g.Chat, Name: "Other"}, store.Group{Language: "en", Zone: "UTC"})
	want.Name = "Other"
	check(t, err)
	same(t, "group after another look", want, known)
}
