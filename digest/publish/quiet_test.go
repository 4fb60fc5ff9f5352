package publish_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"clubrun/digest/publish"
	"clubrun/store"
	"clubrun/store/storetest"

	"github.com/rs/zerolog"
)

func TestARaceWaitsForTheEndOfTheQuietTime(t *testing.T) {
	db, g := raced(t)
	g.Quiet = store.Quiet{From: 17 * 60, To: 18*60 + 30} // by the clocks of Lisbon
	for _, step := range []struct {
		after time.Duration // Sunday 18:00
		want  int
	}{{0, 0}, {29 * time.Minute, 0}, {30 * time.Minute, 1}} {
		h := &publish.Herald{Store: db, Now: func() time.Time { return sunday.Add(step.after) }}
		if err := h.Post(t.Context(), g); err != nil {
			t.Fatal(err)
		}
		if all := owed(t, db); len(all) != step.want {
			t.Errorf("after %s: %d messages, want %d", step.after, len(all), step.want)
		}
	}
}

// hider hides an activity of a member while the digest is being made.
type hider struct {
	publish.Store
	hide func()
	done bool
}

func (h *hider) SaveDigest(ctx context.Context, d store.Digest, owed []store.Outgoing) (bool, error) {
	if !h.done {
		h.done = true
		h.hide()
	}
	return h.Store.SaveDigest(ctx, d, owed)
}

// Who hides something while the digest is being made is told without it.
func TestADigestIsMadeAnewWhenSomebodyHidesSomethingMeanwhile(t *testing.T) {
	db, g, members := week(t, "Ana", "Ben", "Caro", "Dev", "Eli")
	ben := members[1]
	h := &hider{Store: db, hide: func() {
		prefs := ben.Prefs
		prefs.Hidden = store.NewClasses("run")
		if err := db.SetPrefs(t.Context(), storetest.Actor(ben), ben.ID, prefs, store.Reply{}); err != nil {
			t.Fatal(err)
		}
	}}
	p := &publish.Publisher{Store: h, Now: func() time.Time { return sunday }, Log: zerolog.Nop()}
	if fresh, err := p.Publish(t.Context(), g, sunday); err != nil || !fresh {
		t.Fatalf("fresh %v, %v", fresh, err)
	}
	d, err := db.LastDigest(t.Context(), g.ID)
	if err != nil || strings.Contains(d.Content, "Ben") || !strings.Contains(d.Content, "Ana") {
		t.Errorf("%v: %s", err, d.Content)
	}
}
