package sqlite_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

// grep counts a text in every file of the folder, log included.
func grep(t *testing.T, dir, text string) int {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var hits int
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		hits += bytes.Count(content, []byte(text))
	}
	return hits
}

// live leaves a mark wherever somebody can leave one.
func live(t *testing.T, db *sqlite.DB, g store.Group, name string) store.Athlete {
	t.Helper()
	ctx := t.Context()
	a := storetest.Member(t, db, g, name)
	dm := store.Chat(a.User + "@lid")
	_, err := db.Meet(ctx, a.User, "phone-"+name, "")
	check(t, err)
	for i := range 12 {
		act := full(a.ID)
		act.External, act.Name = fmt.Sprint(name, i), name+strings.Repeat(" long", i*40)
		act.Metrics.Device = "watch of " + name
		body := []byte(name + strings.Repeat("x", i*700))
		record := store.Raw{Athlete: a.ID, Source: "garmin", Kind: "list", External: act.External, Hash: name, Body: body, Reason: name}
		_, err := db.Keep(ctx, record, []store.Activity{act})
		check(t, err)
	}
	acts, err := db.Activities(ctx, a.ID, always)
	check(t, err)
	check(t, db.SaveFile(ctx, store.File{Activity: acts[0].ID, Format: "fit", Path: "files/" + name, State: store.FileKept}))
	for i := range 6 {
		id := fmt.Sprint("M-", name, i)
		in := receive(t, db, store.Incoming{Chat: dm, Sender: a.User, Phone: "phone-" + name, Name: name, Message: id, Text: "I am " + name})
		grouped := receive(t, db, store.Incoming{Chat: g.Chat, Sender: a.User, Name: name, Message: id + "g", Group: true, Text: "/me " + name})
		answer := text("re:"+id, dm)
		answer.Text, answer.Cause = "Hi "+name, in.Cause()
		answer.Media = &store.Media{Mime: "image/jpeg", Data: []byte(name + strings.Repeat("j", 9000)), Alt: name}
		public := text("note:"+id+"g", g.Chat) // which no withdrawal takes back
		public.Text, public.Cause = name+" ran", grouped.Cause()
		if i%2 == 0 {
			public.Cause, public.Target = "", store.Target{Message: id + "g", Sender: a.User}
		}
		talk := store.Talk{User: a.User, Topic: "link", Data: name}
		check(t, db.Answer(ctx, store.Reply{To: in.ID, Talk: &talk, Owed: []store.Outgoing{answer}}))
		check(t, db.Answer(ctx, store.Reply{To: grouped.ID, Owed: []store.Outgoing{public}}))
	}
	check(t, db.Audit(ctx, store.AuditEntry{Actor: storetest.Actor(a), Action: "x", Subject: "group 1", Denied: true, Detail: name}))
	return a
}

func TestEraseLeavesNoByte(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	db := storetest.OpenAt(t, path, time.Now)
	g := storetest.Group(t, db, "G")
	var people []store.Athlete
	for i := range 30 {
		people = append(people, live(t, db, g, fmt.Sprintf("canary%02d", i)))
	}
	before := pending(t, db)
	for i, a := range people {
		if i%3 == 0 {
			continue
		}
		check(t, db.Erase(t.Context(), storetest.Actor(a), a.ID, store.Reply{Owed: []store.Outgoing{text(fmt.Sprint("gone", i), "dm")}}))
		if hits := grep(t, filepath.Dir(path), fmt.Sprintf("canary%02d", i)); hits > 0 {
			t.Errorf("%d copies of canary %d while open", hits, i)
		}
		if _, err := db.Athlete(t.Context(), a.ID); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("athlete %d: %v", a.ID, err)
		}
	}
	if got, want := pending(t, db)[1], before[1]-20*12+20; got != want {
		t.Errorf("%d messages are owed, want %d: the last answers and those of others", got, want)
	}
	check(t, db.Close())
	for i := range people {
		hits := grep(t, filepath.Dir(path), fmt.Sprintf("canary%02d", i))
		if (hits > 0) != (i%3 == 0) {
			t.Errorf("%d copies of canary %d after closing", hits, i)
		}
	}
}

func TestEraseEmptiesWhatWasPosted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clubrun.db")
	db := storetest.OpenAt(t, path, func() time.Time { return noon })
	g := storetest.Group(t, db, "G")
	a, b := storetest.Member(t, db, g, "canary"), storetest.Member(t, db, g, "ben")
	post := func(week store.Span, key string) {
		part := text(key, g.Chat)
		part.Text, part.Media = "1. canary 2. ben", &store.Media{Mime: "image/jpeg", Data: []byte("picture of canary")}
		_, err := db.SaveDigest(t.Context(), store.Digest{Group: g.ID, Week: week, Content: part.Text}, []store.Outgoing{part})
		check(t, err)
	}
	week := store.WeekOf(store.DayOf(noon), time.Monday)
	post(week.Before(), "posted")
	asked := text("ben asked", g.Chat)
	asked.Text = "canary leads"
	owe(t, db, asked)
	for range 2 {
		check(t, db.Accepted(t.Context(), claim(t, db, noon).ID, noon))
	}
	post(week, "not yet posted")

	m := store.Membership{Athlete: a.ID, Group: g.ID, Consent: store.Consent{Text: "v1"}}
	check(t, db.Share(t.Context(), storetest.Actor(a), m, "renamed canary", store.Reply{}))
	check(t, db.Unlink(t.Context(), storetest.Actor(a), a.ID, "garmin", store.Reply{}))
	check(t, db.Erase(t.Context(), storetest.Actor(a), a.ID, store.Reply{}))
	if hits := grep(t, filepath.Dir(path), "canary"); hits != 0 {
		t.Errorf("%d copies on disk", hits)
	}
	if d, err := db.Digest(t.Context(), g.ID, week.Before()); err != nil || d.Content != "" || d.State != store.DigestSent {
		t.Errorf("the posted digest: %+v, %v", d, err)
	}
	if got := claim(t, db, noon); got.ID != 0 {
		t.Errorf("the digest that names somebody who is gone is still owed: %+v", got)
	}
	if _, err := db.Athlete(t.Context(), b.ID); err != nil {
		t.Errorf("ben is gone too: %v", err)
	}
}

func TestWorkForSomebodyWhoIsGoneIsNotFound(t *testing.T) {
	db := atNoon(t)
	g := storetest.Group(t, db, "G")
	a := storetest.Athlete(t, db, "ana")
	act := storetest.Activity(t, db, a.ID, noon)
	check(t, db.Erase(t.Context(), storetest.Actor(a), a.ID, store.Reply{}))
	_, keeping := db.Keep(t.Context(), store.Raw{Athlete: a.ID, Source: "garmin", Kind: "list", External: "1"}, nil)
	_, linking := db.Link(t.Context(), store.Actor{}, store.Account{Athlete: a.ID, Source: "garmin", Profile: "p"}, store.Reply{})
	m := store.Membership{Athlete: a.ID, Group: g.ID, Consent: store.Consent{Text: "v1"}}
	for name, err := range map[string]error{
		"keep": keeping, "link": linking, "share": db.Share(t.Context(), store.Actor{}, m, "", store.Reply{}),
		"file": db.SaveFile(t.Context(), store.File{Activity: act.ID, Format: "fit", State: store.FileKept}),
	} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: %v, want ErrNotFound", name, err)
		}
	}
}

func TestEraseIsAuditedWithoutAName(t *testing.T) {
	db := atNoon(t)
	a := storetest.Athlete(t, db, "ana")
	check(t, db.SetPrefs(t.Context(), storetest.Actor(a), a.ID, store.Prefs{}, store.Reply{}))
	check(t, db.Erase(t.Context(), storetest.Actor(a), a.ID, store.Reply{}))
	entries, err := db.Audited(t.Context(), 10)
	if err != nil || len(entries) != 2 || entries[0].Action != "athlete.erase" || entries[0].Subject != "athlete 1" {
		t.Fatalf("audited %+v, %v", entries, err)
	}
	for _, e := range entries {
		if e.Actor.User != "" || e.Actor.Message != "" || e.Detail != "" {
			t.Errorf("the entry still knows the person: %+v", e)
		}
	}
	again := storetest.Athlete(t, db, "ana")
	if again.ID == a.ID {
		t.Error("the id is used again")
	}
}
