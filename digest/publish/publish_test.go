package publish_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"clubrun/digest/publish"
	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"

	"github.com/rs/zerolog"
)

var sunday = time.Date(2026, time.September, 13, 17, 0, 0, 0, time.UTC) // 18:00 in Lisbon

// week is a group whose members ran on Tuesday.
func week(t *testing.T, names ...string) (*sqlite.DB, store.Group, []store.Athlete) {
	t.Helper()
	db := storetest.OpenAt(t, t.TempDir()+"/clubrun.db", func() time.Time { return sunday })
	g := storetest.Group(t, db, "Tuesday Runners")
	var members []store.Athlete
	for _, name := range names {
		a := storetest.Member(t, db, g, name)
		storetest.Activity(t, db, a.ID, time.Date(2026, time.September, 8, 7, 0, 0, 0, time.UTC))
		members = append(members, a)
	}
	return db, g, members
}

func owed(t *testing.T, db *sqlite.DB) (all []store.Outgoing) {
	t.Helper()
	for {
		o, err := db.Claim(t.Context(), sunday.Add(time.Hour), nil)
		if err != nil {
			return all
		}
		all = append(all, o)
		if err := db.Accepted(t.Context(), o.ID, sunday); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSecondPublishOwesNothing(t *testing.T) {
	db, g, _ := week(t, "Ana", "Ben", "Caro", "Dev")
	p := &publish.Publisher{Store: db, Now: func() time.Time { return sunday }, Log: zerolog.Nop()}
	for _, want := range []bool{true, false} {
		if fresh, err := p.Publish(t.Context(), g, sunday); err != nil || fresh != want {
			t.Fatalf("fresh %v, %v; want %v", fresh, err, want)
		}
	}
	all := owed(t, db)
	if len(all) != 2 || all[0].Kind != store.KindText || all[1].Kind != store.KindImage || all[1].Media.Alt == "" {
		t.Errorf("owed %d messages, want a text, then a picture with words", len(all))
	}
}

// leaver withdraws somebody in the moment before the digest is saved.
type leaver struct {
	*sqlite.DB
	leave func()
}

func (l *leaver) SaveDigest(ctx context.Context, d store.Digest, out []store.Outgoing) (bool, error) {
	if l.leave != nil {
		l.leave()
		l.leave = nil
	}
	return l.DB.SaveDigest(ctx, d, out)
}

func TestWhoWithdrawsWhileTheDigestIsMadeIsNotInIt(t *testing.T) {
	db, g, members := week(t, "Ana", "Ben", "Caro", "Dev")
	ben := members[1]
	rows := &leaver{db, func() {
		if err := db.Unshare(t.Context(), storetest.Actor(ben), ben.ID, g.ID, store.Reply{}); err != nil {
			t.Fatal(err)
		}
	}}
	p := &publish.Publisher{Store: rows, Now: func() time.Time { return sunday }, Log: zerolog.Nop()}
	if fresh, err := p.Publish(t.Context(), g, sunday); err != nil || !fresh {
		t.Fatalf("fresh %v, %v", fresh, err)
	}
	for _, o := range owed(t, db) {
		if strings.Contains(o.Text, "Ben") || o.Media != nil && strings.Contains(o.Media.Alt, "Ben") {
			t.Errorf("Ben is in it: %s", o.Text)
		}
	}
}

func TestTheLastDayCoversTheRunningWeekAnyOtherTheLast(t *testing.T) {
	g := store.Group{Zone: "Europe/Lisbon", WeekStart: time.Monday}
	for due, want := range map[time.Time]store.Day{
		sunday:                      store.Date(2026, time.September, 7),
		sunday.Add(14 * time.Hour):  store.Date(2026, time.September, 7),
		sunday.Add(-24 * time.Hour): store.Date(2026, time.August, 31),
		sunday.Add(5 * time.Hour):   store.Date(2026, time.September, 7), // Sunday 23:00
		sunday.Add(6*time.Hour + 59*time.Minute + 59*time.Second): store.Date(2026, time.September, 7), // Monday 00:59
	} {
		if got := publish.WeekFor(g, due); got.Start != want {
			t.Errorf("%s covers the week of %s, want %s", due, got.Start, want)
		}
	}
}

func TestThePartsOfADigestLeaveInTheirOrder(t *testing.T) {
	db, g, _ := week(t, "Ana", "Ben", "Caro", "Dev")
	now := sunday
	p := &publish.Publisher{Store: db, Log: zerolog.Nop(), Now: func() time.Time {
		now = now.Add(time.Second) // drawing takes its time
		return now
	}}
	if _, err := p.Publish(t.Context(), g, sunday); err != nil {
		t.Fatal(err)
	}
	if all := owed(t, db); len(all) != 2 || all[0].Kind != store.KindText || all[1].Kind != store.KindImage {
		t.Errorf("%d parts, the first a %s", len(all), all[0].Kind)
	}
}

// A week in which Garmin answered nobody looks emptier than it was: its digest
// says so, and no other does.
func TestADigestSaysSinceWhenGarminIsSilent(t *testing.T) {
	const silent = "Last heard from Garmin: *Sat 21:00*"
	for name, c := range map[string]struct {
		read time.Time
		late time.Duration
		due  time.Time
		want bool
	}{
		"read just now":           {sunday.Add(-time.Minute), 3 * time.Hour, sunday, false},
		"silent since Saturday":   {sunday.Add(-21 * time.Hour), 3 * time.Hour, sunday, true},
		"who asks is not patient": {sunday.Add(-21 * time.Hour), 0, sunday, false},
		"silent since it ended":   {sunday.Add(9 * time.Hour), 3 * time.Hour, sunday.Add(15 * time.Hour), false},
	} {
		t.Run(name, func(t *testing.T) {
			db, g, members := week(t, "Ana", "Ben", "Caro", "Dev")
			for _, m := range members[1:] {
				if err := db.Synced(t.Context(), m.ID, c.read); err != nil {
					t.Fatal(err)
				}
			}
			p := &publish.Publisher{Store: db, Late: c.late, Now: func() time.Time { return c.due }, Log: zerolog.Nop()}
			made, err := p.Preview(t.Context(), g, publish.WeekFor(g, sunday))
			if err != nil || strings.Contains(made.Text, silent) != c.want || !c.want && strings.Contains(made.Text, "heard from Garmin") {
				t.Errorf("%v:\n%s", err, made.Text)
			}
		})
	}
}
