package bot_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"clubrun/garmin/garmintest"
	"clubrun/store"
	"clubrun/store/storetest"
)

// club is sixty people of a group in a week in which everything happens that
// the bot may write of unasked. Twenty of them have never written to it.
type club struct {
	*world
	r       *rand.Rand
	linked  []store.Athlete
	refused []string
	asked   map[store.Chat]int // promises that were made to whoever wrote
	unasked map[store.Chat][]string
}

func newClub(w *world) *club {
	c := &club{world: w, r: rand.New(rand.NewPCG(60, 1)), asked: map[store.Chat]int{}, unasked: map[store.Chat][]string{}}
	var members []string
	for i := range 30 {
		name := fmt.Sprintf("linked%d", i)
		a, _ := storetest.Linked(w.t, w.db, name)
		storetest.Activity(w.t, w.db, a.ID, time.Now().Add(-time.Duration(i)*time.Hour))
		if err := w.db.SetPrefs(w.t.Context(), storetest.Actor(a), a.ID, store.Prefs{Remind: 1}, store.Reply{}); err != nil {
			w.t.Fatal(err)
		}
		c.linked, members = append(c.linked, a), append(members, name)
	}
	for i := range 10 {
		name := string(rune('f'+i)) + "enna"
		err := w.garmin.Add(garmintest.Member{Name: name, Email: name + "@example.org", Password: name + "-pass-1", Training: garmintest.Training{Archetype: garmintest.Runner}})
		if err != nil {
			w.t.Fatal(err)
		}
		c.refused, members = append(c.refused, name), append(members, name)
	}
	for i := range 20 {
		members = append(members, fmt.Sprintf("silent%d", i))
	}
	w.group("Club", true, members...)
	return c
}

// hour lets the jobs of an hour run and notes what nobody asked for.
func (c *club) hour() {
	c.t.Helper()
	ctx := c.t.Context()
	for _, a := range c.linked {
		if err := c.db.Synced(ctx, a.ID, time.Now()); err != nil {
			c.t.Fatal(err)
		}
	}
	for range 4 {
		for i, job := range []func(context.Context) (int, error){c.bot.Remind, c.bot.Nudge, c.bot.Count, c.bot.Again} {
			if told, err := job(ctx); err != nil || told > 5 {
				c.t.Errorf("job %d: %d at once, %v", i, told, err)
			}
		}
		c.note(c.take())
		time.Sleep(15 * time.Minute)
	}
}

func (c *club) note(owed []store.Outgoing) {
	for _, o := range owed {
		if strings.HasPrefix(o.Key, "re:") || strings.HasSuffix(string(o.Chat), "@g.us") {
			continue
		}
		kind, _, _ := strings.Cut(o.Key, ":")
		c.unasked[o.Chat] = append(c.unasked[o.Chat], kind)
		if hour := time.Now().In(lisbon(c.t)).Hour(); kind != "moved" && (hour < 9 || hour >= 20) {
			c.t.Errorf("%s at %d o'clock", kind, hour)
		}
	}
}

// happens is what becomes of people in an hour.
func (c *club) happens() {
	c.t.Helper()
	a := c.linked[c.r.IntN(len(c.linked))]
	switch c.r.IntN(8) {
	case 0, 1, 2:
		c.signedOut(strings.TrimPrefix(a.User, "lid-"))
	case 3:
		storetest.Linked(c.t, c.db, strings.TrimPrefix(a.User, "lid-"))
	case 4:
		c.calm()
	case 5:
		storetest.Activity(c.t, c.db, a.ID, time.Now())
	case 6:
		in := c.message(strings.TrimPrefix(a.User, "lid-"), "/me")
		in.Phone = fmt.Sprint(491700000000 + c.r.Int64N(1000000))
		c.receive(in)
		c.note(c.take())
	}
}

// TestAWeekOfAClubWritesToNobodyMoreThanAgreed: to those who wrote first, at
// most one reminder to sign in and one word of those that were asked for, once
// for each promise, and a word for each number that moved.
func TestAWeekOfAClubWritesToNobodyMoreThanAgreed(t *testing.T) {
	if testing.Short() || racing {
		t.Skip("short: a week of sixty people takes a while")
	}
	play(t, func(w *world) {
		c := newClub(w)
		moves := 0
		for hour := range 7 * 24 {
			switch hour {
			case 2, 50, 98:
				w.down("down")
				for _, name := range c.refused {
					if got := c.tried(name); strings.Contains(got, promised) {
						c.asked[store.Chat(storetest.User(name)+"@lid")]++
					}
				}
			case 30, 70, 120:
				w.down("ok")
				c.tried(c.refused[0])
			}
			c.happens()
			c.hour()
		}
		kinds := map[string]int{}
		for chat, all := range c.unasked {
			if strings.Contains(string(chat), "silent") {
				t.Errorf("who has never written is written to: %s %v", chat, all)
			}
			count := map[string]int{}
			for _, kind := range all {
				count[kind]++
				kinds[kind]++
			}
			moves += count["moved"]
			if count["relink"] > 1 || count["remind"] > 1 || count["again"] > c.asked[chat] {
				t.Errorf("%s is written to unasked: %v, and was promised %d", chat, all, c.asked[chat])
			}
			if !slices.Contains([]string{"relink", "remind", "again", "moved"}, all[0]) {
				t.Errorf("%s: what is %v?", chat, all)
			}
		}
		t.Logf("written unasked in a week: %v, to %d of 60", kinds, len(c.unasked))
		if kinds["relink"] == 0 || kinds["remind"] == 0 || kinds["again"] == 0 || moves == 0 {
			t.Errorf("not everything happened: %v", kinds)
		}
	})
}
