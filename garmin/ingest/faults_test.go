package ingest_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"clubrun/garmin/garmintest"
	"clubrun/store"
	"clubrun/store/failpoint"
	"clubrun/store/storetest"
)

var (
	wantRuns = flag.Int("runs", 0, "how many disturbed lives are compared with undisturbed ones; 0 means some")
	runsSeed = flag.Uint64("runs-seed", 1, "of the worlds and the disturbances")
)

// runsAWorld is how many lives are led in one world, one after the other.
const runsAWorld = 50

// TestWhateverGoesWrongEndsAsIfNothingHad leads each life twice: once against
// a Garmin that is well, once against its twin that is not, with a bot that
// dies now and then. A failure names the flags that lead the same life again.
func TestWhateverGoesWrongEndsAsIfNothingHad(t *testing.T) {
	runs := *wantRuns
	if runs == 0 {
		runs = 150
		if testing.Short() {
			runs = 30
		}
	}
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // lives leave much behind
	template := emptyDB(t)
	began := time.Now()
	t.Run("worlds", func(t *testing.T) {
		for first := 0; first < runs; first += runsAWorld {
			seed := *runsSeed + uint64(first/runsAWorld)
			t.Run(fmt.Sprint(seed), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { leadLives(t, template, seed, min(runsAWorld, runs-first)) })
			})
		}
	})
	took := time.Since(began)
	t.Logf("%d lives in %.1f s, %.0f a second", runs, took.Seconds(), float64(runs)/took.Seconds())
}

// faultMembers are who lives in a world, each with what goes wrong easily: two
// devices, typed workouts, legs.
var faultMembers = map[string]garmintest.Training{
	"ana": {Archetype: garmintest.TwoDevices, Volume: .3},
	"ben": {Archetype: garmintest.Beginner, Volume: .3},
	"tri": {Archetype: garmintest.Triathlete, Volume: .3},
}

func leadLives(t *testing.T, template []byte, seed uint64, runs int) {
	shift := time.Date(2026, time.September, 9, 11, 0, 0, 0, time.UTC).AddDate(0, 0, int(seed%365)).Sub(time.Now())
	now := func() time.Time { return time.Now().Add(shift) }
	zone, err := time.LoadLocation([]string{"Europe/Berlin", "America/New_York", "Pacific/Auckland"}[seed%3])
	if err != nil {
		t.Fatal(err)
	}
	var twins [2]*twin
	for i := range twins {
		s, err := garmintest.New(garmintest.Options{Seed: int64(seed), Now: now})
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"ana", "ben", "tri"} {
			err := s.Add(garmintest.Member{Name: name, Email: name + "@example.org", Password: name + "-pass-1", Zone: zone, Training: faultMembers[name]})
			if err != nil {
				t.Fatal(err)
			}
		}
		p := servePlain(s)
		defer p.end()
		twins[i] = &twin{Server: s, wire: p, watch: newWire(p.client, now)}
	}
	dir := storetest.Folder(t)
	for n := range runs {
		r := rand.New(rand.NewPCG(seed, uint64(n)))
		if err := leadLife(t, r, twins, template, filepath.Join(dir, fmt.Sprint(n)), now); err != nil {
			t.Errorf("life %d of world %d: %v\nagain: go test ./garmin/ingest -run TestWhateverGoesWrong -runs-seed %d -runs %d", n, seed, err, seed, n+1)
			return
		}
	}
}

// leadLife leads one life twice and compares what is known in the end.
func leadLife(t *testing.T, r *rand.Rand, twins [2]*twin, template []byte, dir string, now func() time.Time) error {
	names := [][]string{{"ana", "ben"}, {"ana"}, {"tri"}, {"ben"}, {"tri", "ana"}}[r.IntN(5)]
	files := r.IntN(15) == 0
	var both [2]*life
	for i, of := range twins {
		folder := filepath.Join(dir, fmt.Sprint(i))
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		of.watch = newWire(of.wire.client, now)
		both[i] = born(t, of, folder, template, now, names, files)
		defer both[i].end(t)
	}
	calm, wild := both[0], both[1]
	defer os.RemoveAll(dir)
	from := store.DayOf(now().UTC()) - 2
	play := &play{T: t, r: r, calm: calm, wild: wild}
	for range 3 + r.IntN(5) {
		play.step()
	}
	play.recover()
	for i, p := range wild.people {
		want, got := calm.state(t, calm.people[i], from), wild.state(t, p, from)
		if diff := cmp.Diff(want, got); diff != "" {
			return fmt.Errorf("%w: %s (- undisturbed, + disturbed)\n%s\n%s", errLives, p.name, diff, strings.Join(play.told, "\n"))
		}
	}
	if err := wrongs(wild.watch); err != nil {
		return fmt.Errorf("%w\n%s", err, strings.Join(play.told, "\n"))
	}
	return wrongs(calm.watch)
}

// play is one life in both worlds.
type play struct {
	*testing.T
	r          *rand.Rand
	calm, wild *life
	told       []string
	uploads    int
}

func (p *play) tell(format string, args ...any) {
	p.told = append(p.told, p.wild.now().Format("01-02 15:04:05 ")+fmt.Sprintf(format, args...))
}

func (p *play) odds(percent int) bool { return p.r.IntN(100) < percent }

func (p *play) someone() person { return p.wild.people[p.r.IntN(len(p.wild.people))] }

// step lets time pass, something happen, and both bots do their round.
func (p *play) step() {
	time.Sleep(time.Duration(5+p.r.IntN(400)) * time.Minute)
	if p.odds(45) {
		p.happen()
	}
	if p.odds(60) {
		p.disturb()
	}
	if p.odds(15) {
		p.restart()
	}
	if p.odds(15) {
		p.round(p.calm, death{})
	}
	p.round(p.wild, p.dying())
	p.relink(60)
}

// happen changes the world, in both Garmins alike.
func (p *play) happen() {
	who := p.someone()
	what := [][2]string{{"edit", "last"}, {"delete", "last"}, {"rename", "last"}, {"upload", ""}, {"upload", ""}}[p.r.IntN(5)]
	if what[0] == "rename" {
		what[1] = fmt.Sprintf("last Nº %d", p.r.IntN(1000))
	}
	p.tell("%s: %s %s", who.name, what[0], what[1])
	p.uploads++
	start := p.wild.now().Add(-time.Duration(2+p.r.IntN(40)) * time.Hour).Truncate(time.Second).Add(time.Duration(p.uploads) * time.Second)
	file := latecomer(p.T, start, 20+p.r.IntN(60))
	for _, l := range []*life{p.calm, p.wild} {
		var err error
		if what[0] == "upload" {
			err = l.Upload(who.mail(), file)
		} else {
			err = l.Disturb(who.mail(), what[0], what[1])
		}
		if err != nil {
			p.Fatal(err)
		}
	}
}

// disturb lets one Garmin misbehave, or be well again.
func (p *play) disturb() {
	who := ""
	if p.odds(60) {
		who = p.someone().mail()
	}
	kinds := [][2]string{
		{"ok", ""}, {"ok", ""}, {"ok", ""}, {"429", ""}, {"429", "api"}, {"429", "api 5400"}, {"429", "auth"}, {"down", ""}, {"html", ""},
		{"slow", "45s"}, {"slow", "8s"}, {"waf", ""}, {"files", "original"}, {"inactive", ""}, {"revoke", ""}, {"expire", ""}, {"expire", ""},
	}
	kind := kinds[p.r.IntN(len(kinds))]
	p.tell("garmin: %s %s %s", kind[0], kind[1], who)
	if err := p.wild.Disturb(who, kind[0], kind[1]); err != nil {
		p.Fatal(err)
	}
}

// restart takes as long as a process does.
func (p *play) restart() {
	p.tell("restart")
	time.Sleep(3 * time.Second)
	p.wild.restart()
}

// dying draws how the next round is cut short, if it is.
func (p *play) dying() (d death) {
	p.wild.watch.faulty(nil)
	p.wild.tokens.Store(0)
	switch at := p.r.IntN(5); p.r.IntN(12) {
	case 0:
		d.point = failpoint.SyncListed
	case 1:
		d.point = failpoint.SyncKept
	case 2:
		d.after = time.Duration(1+p.r.IntN(20_000)) * time.Millisecond
	case 3, 4:
		p.wild.before = p.odds(50)
		p.wild.tokens.Store(int32(1 + p.r.IntN(2)))
		p.tell("dies as tokens are saved, before: %v", p.wild.before)
	case 5, 6, 7:
		how := []breakage{cut, lost, unsent, killed}[p.r.IntN(4)]
		times := 1 + p.r.IntN(4)
		p.tell("answers %d to %d: %d", at, at+times-1, how)
		p.wild.watch.faulty(func(n int) breakage {
			if n >= at && n < at+times {
				return how
			}
			return whole
		})
	}
	if d != (death{}) {
		p.tell("dies: %+v", d)
	}
	return d
}

// round is one round of a bot over all accounts, now and then with a member who
// asks meanwhile.
func (p *play) round(l *life, d death) (whole bool) {
	before := l.logins()
	asks := l == p.wild && p.odds(15)
	died := l.sync(p.Context(), d, func(ctx context.Context) {
		done := make(chan struct{})
		if asks {
			who := l.people[p.r.IntN(len(l.people))]
			go func() {
				defer close(done)
				time.Sleep(1500 * time.Millisecond)
				_, _ = l.engine.Look(ctx, who.ID)
			}()
		} else {
			close(done)
		}
		defer func() { <-done }()
		_, err := l.engine.All(ctx)
		whole = err == nil
		if l == p.wild {
			p.tell("all: %v", err)
		} else if err != nil {
			p.Errorf("the undisturbed bot: %v", err)
		}
	})
	if l.logins() != before {
		p.Errorf("the bot began %d sign-ins", l.logins()-before)
	}
	if died {
		p.restart()
	}
	return whole && !died
}

// relink lets members who were signed out sign in again, most of them.
func (p *play) relink(percent int) {
	for _, who := range p.wild.people {
		acc, err := p.wild.db.Account(p.Context(), who.ID, "garmin")
		if err != nil {
			p.Fatal(err)
		}
		if acc.State == store.AccountSignedOut && p.odds(percent) {
			byPassword := p.odds(40)
			p.tell("%s signs in again, by password: %v, done: %v", who.name, byPassword, p.wild.link(p.T, who, byPassword))
		}
	}
}

// recover lets all be well and enough time pass: the longest cool-down, and a
// first list of a day after it.
func (p *play) recover() {
	p.wild.watch.faulty(nil)
	p.wild.tokens.Store(0)
	p.tell("all is well")
	if err := p.wild.Disturb("", "ok", ""); err != nil {
		p.Fatal(err)
	}
	for range 5 {
		time.Sleep(25 * time.Hour)
		p.relink(100)
		if p.round(p.wild, death{}) {
			break
		}
	}
	p.round(p.calm, death{})
}
