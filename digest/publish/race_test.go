package publish_test

import (
	"context"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"clubrun/digest/publish"
	"clubrun/store"
	"clubrun/store/sqlite"
	"clubrun/store/storetest"
)

// raced is a group that wants races at once, with one that ended on Sunday at
// 11:00 and is known since 17:00.
func raced(t *testing.T) (*sqlite.DB, store.Group) {
	t.Helper()
	db, g, members := week(t, "Ana", "Ben", "Caro", "Dev")
	a := storetest.Activity(t, db, members[0].ID, sunday.Add(-8*time.Hour))
	a.Race = true
	raw := store.Raw{Athlete: a.Athlete, Source: a.Source, Kind: "list", External: a.External, Hash: "race", Body: []byte(`{}`)}
	if _, err := db.Keep(t.Context(), raw, []store.Activity{a}); err != nil {
		t.Fatal(err)
	}
	g.Races = true
	return db, g
}

func TestARaceIsPostedOnceInWakingHours(t *testing.T) {
	db, g := raced(t)
	for _, step := range []struct {
		after time.Duration // Sunday 18:00
		want  int
	}{{4 * time.Hour, 0}, {13 * time.Hour, 0}, {0, 1}, {time.Hour, 0}, {24 * time.Hour, 0}} {
		h := &publish.Herald{Store: db, Now: func() time.Time { return sunday.Add(step.after) }}
		if err := h.Post(t.Context(), g); err != nil {
			t.Fatal(err)
		}
		all := owed(t, db)
		if len(all) != step.want {
			t.Errorf("after %s: %d messages, want %d", step.after, len(all), step.want)
		}
		for _, o := range all {
			if late := o.Expires.In(g.Location()); late.Hour() != 22 || late.Day() != 13 {
				t.Errorf("it may be posted until %s", late)
			}
		}
	}
}

func TestARaceOfADigestIsNotPostedAgain(t *testing.T) {
	db, g := raced(t)
	p := &publish.Publisher{Store: db, Now: func() time.Time { return sunday }, Log: zerolog.Nop()}
	if fresh, err := p.Publish(t.Context(), g, sunday); err != nil || !fresh {
		t.Fatalf("fresh %v, %v", fresh, err)
	}
	_ = owed(t, db)
	h := &publish.Herald{Store: db, Now: func() time.Time { return sunday.Add(24 * time.Minute) }}
	if err := h.Post(t.Context(), g); err != nil {
		t.Fatal(err)
	}
	if all := owed(t, db); len(all) != 0 {
		t.Errorf("posted %q", all[0].Text)
	}
}

// quitter has somebody withdraw in the moment before a race is owed.
type quitter struct {
	*sqlite.DB
	quit func()
}

func (q quitter) OweRace(ctx context.Context, group, athlete, edition int64, o store.Outgoing) error {
	q.quit()
	return q.DB.OweRace(ctx, group, athlete, edition, o)
}

func TestWhoWithdrawsMeanwhileHasNoRacePosted(t *testing.T) {
	db, g := raced(t)
	ana, err := db.AthleteByUser(t.Context(), storetest.User("Ana"))
	if err != nil {
		t.Fatal(err)
	}
	h := &publish.Herald{Now: func() time.Time { return sunday }, Store: quitter{db, func() {
		if err := db.Unshare(t.Context(), storetest.Actor(ana), ana.ID, g.ID, store.Reply{}); err != nil {
			t.Fatal(err)
		}
	}}}
	if err := h.Post(t.Context(), g); err != nil {
		t.Fatal(err)
	}
	if all := owed(t, db); len(all) != 0 {
		t.Errorf("%d messages are owed, want none: %q", len(all), all[0].Text)
	}
}
