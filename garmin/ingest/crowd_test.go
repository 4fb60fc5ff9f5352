package ingest_test

import (
	"flag"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rs/zerolog"

	"clubrun/garmin"
	"clubrun/garmin/account"
	"clubrun/garmin/garmintest"
	"clubrun/garmin/ingest"
	"clubrun/store"
	"clubrun/store/storetest"
)

// How a crowd is synced: each answer takes a second and a half, as on a slow
// line, and a round begins each hour.
const (
	crowdAnswer = "1500ms"
	crowdEvery  = time.Hour
	crowdUpload = 2 * time.Minute // from a workout's end to its upload
)

// crowd is many people in front of one Garmin.
type crowd struct {
	*world
	watch  *wire
	people []store.Athlete
	rounds []time.Duration // how long each took
	busy   int             // most requests in one hour
	days   []int           // requests of each whole day
	errs   []error
}

var crowded = flag.Int("crowd", 60, "how many accounts are synced for three days; the gate takes 500")

// TestACrowdOfAccountsIsSyncedAtItsPace prints what a full instance does in
// three days, of which the last has an outage.
func TestACrowdOfAccountsIsSyncedAtItsPace(t *testing.T) {
	people := *crowded
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	synctest.Test(t, func(t *testing.T) {
		shift := time.Date(2026, time.September, 8, 23, 30, 0, 0, time.UTC).Sub(time.Now())
		now := func() time.Time { return time.Now().Add(shift) }
		rules := garmintest.DefaultAssumptions()
		rules.UploadAfterLeast, rules.UploadAfterMost = crowdUpload, crowdUpload
		s, err := garmintest.New(garmintest.Options{Seed: 5, Now: now, Rules: &rules})
		if err != nil {
			t.Fatal(err)
		}
		p := servePlain(s)
		defer p.end()
		c := &crowd{world: &world{Server: s, db: storetest.OpenAt(t, filepath.Join(storetest.Folder(t), "clubrun.db"), now), now: now}, watch: newWire(p.client, now)}
		c.keeper = &account.Keeper{Garmin: &garmin.Client{Transport: &mortal{wire: c.watch}, Now: now}, Store: c.db, Now: now, Log: zerolog.Nop()}
		c.engine = &ingest.Engine{Source: c.keeper, Probe: c.keeper.News, Store: c.db, Now: now, Backfill: 14, Log: zerolog.Nop()}
		c.join(t, people)
		began := now()
		if err := s.Disturb("", "slow", crowdAnswer); err != nil {
			t.Fatal(err)
		}
		c.live(t, 48)
		if len(c.errs) > 0 {
			t.Errorf("on good days: %v", c.errs[0])
		}
		c.report(t, began.Add(2*crowdEvery))
		c.outage(t)
		if err := wrongs(c.watch); err != nil {
			t.Error(err)
		}
	})
}

// join links everybody.
func (c *crowd) join(t *testing.T, n int) {
	t.Helper()
	c.watch.signing(true)
	defer c.watch.signing(false)
	for i := range n {
		name := fmt.Sprintf("m%03d", i)
		err := c.Add(garmintest.Member{Name: name, Email: name + "@example.org", Password: name + "-pass-1", Training: garmintest.Training{Volume: .2}})
		if err != nil {
			t.Fatal(err)
		}
		a := storetest.Athlete(t, c.db, name)
		ticket, err := c.Ticket(name + "@example.org")
		if err == nil {
			_, err = c.keeper.Redeem(t.Context(), a.ID, ticket)
		}
		if err == nil {
			_, err = c.keeper.Link(t.Context(), storetest.Actor(a), a.ID, store.Reply{})
		}
		if err != nil {
			t.Fatal(err)
		}
		c.people = append(c.people, a)
	}
}

// live lets the hourly job run so many times.
func (c *crowd) live(t *testing.T, hours int) {
	t.Helper()
	for range hours {
		time.Sleep(c.now().Truncate(crowdEvery).Add(crowdEvery).Sub(c.now()))
		began := c.now()
		if _, err := c.engine.All(t.Context()); err != nil {
			c.errs = append(c.errs, err)
		}
		c.rounds = append(c.rounds, c.now().Sub(began))
		r := c.keeper.Standing().Requests
		c.busy = max(c.busy, r.Hour)
		if began.Hour() == 23 {
			c.days = append(c.days, r.Day)
		}
		if !r.Until.IsZero() {
			t.Errorf("the budget is used up: %+v", r)
		}
	}
}

// report prints the figures of the good days and holds them.
func (c *crowd) report(t *testing.T, since time.Time) {
	t.Helper()
	var delays []time.Duration
	for _, a := range c.people {
		acts, err := c.db.Activities(t.Context(), a.ID, store.Span{Start: 0, End: 40_000})
		if err != nil {
			t.Fatal(err)
		}
		for _, act := range acts {
			if up := act.Start.Add(act.Elapsed + crowdUpload); up.After(since) && !act.Manual {
				delays = append(delays, act.Known.Sub(up))
			}
		}
		if who, err := c.db.Athlete(t.Context(), a.ID); err != nil || c.now().Sub(who.LastSync) > 2*crowdEvery {
			t.Errorf("%s starves: last synced at %s, %v", a.Name, who.LastSync, err)
		}
	}
	if len(delays) == 0 {
		t.Fatal("nobody did anything")
	}
	slices.Sort(delays)
	calls := make([]int, 0, len(c.people))
	for _, a := range c.people {
		n := c.Counts(a.Name + "@example.org")
		calls = append(calls, n.Calls+n.Refreshes)
	}
	least := time.Duration(slices.Min(c.watch.smallest()) * float64(time.Second))
	worst, round := delays[len(delays)-1], slices.Max(c.rounds)
	t.Logf("%d accounts: %v requests a day, at most %d an hour; %d an account and day at most; %d uploads, stored after %s on average and %s at worst; the longest round took %s; least gap of an account %s",
		len(c.people), c.days, c.busy, slices.Max(calls)/2, len(delays), delays[len(delays)/2].Round(time.Second), worst.Round(time.Second), round.Round(time.Second), least)
	if limit := crowdEvery + round; worst > limit {
		t.Errorf("stored %s after its upload, more than %s", worst, limit)
	}
	if least < faultPace || round > crowdEvery/2 {
		t.Errorf("gap %s, round %s", least, round)
	}
}

// outage is six hours without Garmin, and what comes after.
func (c *crowd) outage(t *testing.T) {
	t.Helper()
	before := c.keeper.Standing().Requests.Day
	if err := c.Disturb("", "down", ""); err != nil {
		t.Fatal(err)
	}
	c.errs = nil
	c.live(t, 6)
	if asked := c.keeper.Standing().Requests.Day - before; asked > 6*3*lanesAtMost {
		t.Errorf("%d requests into an outage", asked)
	}
	if len(c.errs) != 6 {
		t.Errorf("an outage of six rounds was met in %d", len(c.errs))
	}
	if err := c.Disturb("", "ok", ""); err != nil {
		t.Fatal(err)
	}
	c.errs = nil
	c.live(t, 2)
	if len(c.errs) > 0 {
		t.Errorf("after the outage: %v", c.errs[0])
	}
	for _, a := range c.people {
		if who, err := c.db.Athlete(t.Context(), a.ID); err != nil || c.now().Sub(who.LastSync) > 2*crowdEvery {
			t.Errorf("%s is forgotten after the outage: %s, %v", a.Name, who.LastSync, err)
		}
	}
}

// lanesAtMost is how many accounts are asked at once.
const lanesAtMost = 16
