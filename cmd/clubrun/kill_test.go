package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"clubrun/garmin/garmintest"
	"clubrun/store/failpoint"
)

// TestMain lets this binary be the command itself, so that the lives which the
// tests start are the real one.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == lifeCommand {
		main()
	}
	os.Exit(m.Run())
}

var (
	wantKills = flag.Int("kills", 150, "how often the bot is killed")
	killSeed  = flag.Uint64("kill-seed", 1, "of the choice of double kills and of random moments")
)

// scenario is what the bot has to do between the Sunday's digest falling due
// and everything being said, with the lives that it takes.
type scenario struct {
	*world
	anas, bens           *talk
	anaCounts, benCounts garmintest.Counts
	seen                 int             // accepted messages before
	before               map[string]bool // keys of messages before
	kills                []string        // that happened
	lives                int
	passed               map[failpoint.Point]int // by the last life
	oracle               []string                // workouts of a scenario without a kill
}

// begin restores the data, opens the scenario's moment and lets everybody say
// their first words, which WhatsApp keeps until the bot is there.
func (w *world) begin(ctx context.Context, oracle []string) (*scenario, error) {
	if err := w.restore(); err != nil {
		return nil, err
	}
	w.set(sunday)
	s := &scenario{world: w, oracle: oracle, before: map[string]bool{}, seen: len(w.whatsapp.Accepted()),
		anaCounts: w.garmin.Counts(w.ana.email), benCounts: w.garmin.Counts(w.ben.email)}
	keys, err := s.column(ctx, "clubrun.db", `SELECT key FROM outbox`)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		s.before[k] = true
	}
	w.ana.forget()
	w.ben.forget()
	s.anas = w.ana.begin(ctx, errand{room: true, says: "/week", until: "so far"}, errand{says: "/me"})
	s.bens = w.ben.begin(ctx, errand{says: "/link chat", until: "You are in the next digest"})
	return s, nil
}

// done says whether everybody has all that they wanted, and the digest is
// posted.
func (s *scenario) done(ctx context.Context) bool {
	if !s.anas.over() || !s.bens.over() {
		return false
	}
	sent, err := s.column(ctx, "clubrun.db", `SELECT state FROM digest`)
	return err == nil && slices.Equal(sent, []string{"sent"}) && s.quiet(ctx)
}

// kill is how a life ends before its time: at the N-th occurrence of a point,
// or, without one, a while after its start.
type kill struct {
	point failpoint.Point
	at    int
	after time.Duration
}

func (k kill) String() string {
	if k.point == "" {
		return fmt.Sprintf("after %s", k.after)
	}
	return fmt.Sprintf("%s:%d", k.point, k.at)
}

// play lives through the kills, then one more life to the end, and verifies.
func (w *world) play(ctx context.Context, oracle []string, kills ...kill) (*scenario, error) {
	s, err := w.begin(ctx, oracle)
	if err != nil {
		return nil, err
	}
	for _, k := range kills {
		over, err := s.live(ctx, k)
		if err != nil || over {
			return s, err
		}
	}
	over, err := s.live(ctx, kill{})
	if err == nil && !over {
		err = errors.New("the last life was killed")
	}
	return s, err
}

// live lives one life, until it is killed or everything is done and verified.
func (s *scenario) live(ctx context.Context, k kill) (over bool, err error) {
	s.lives++
	deadly := ""
	if k.point != "" {
		deadly = k.String()
	}
	p, err := s.start(ctx, deadly, nil)
	if err != nil {
		return false, err
	}
	if k.after > 0 {
		timer := time.AfterFunc(k.after, func() { _ = p.signal(syscall.SIGKILL) })
		defer timer.Stop()
	}
	err = await(ctx, p, func() bool { return s.done(ctx) })
	if err == nil {
		err = p.stop()
		if err != nil && k.after > 0 && p.killed() == nil {
			err = errDied // it was struck while it stopped
		}
	}
	if errors.Is(err, errDied) {
		s.kills = append(s.kills, string(k.point))
		return false, p.killed()
	}
	if err != nil {
		return false, errors.Join(err, p.signal(syscall.SIGKILL))
	}
	s.passed = p.passed
	return true, s.verify(ctx)
}

// plans yields scenarios without end: each occurrence of each point once,
// first ones first, and then again; after three of them a double kill and one
// at random moments.
func plans(occurs map[failpoint.Point]int, seed uint64) func() []kill {
	r := rand.New(rand.NewPCG(seed, 0))
	var single []kill
	for n := 1; n <= slices.Max(slices.Collect(maps.Values(occurs))); n++ {
		for _, p := range failpoint.All() {
			if n <= occurs[p] {
				single = append(single, kill{point: p, at: n})
			}
		}
	}
	turn, next := 0, 0
	return func() []kill {
		turn++
		switch turn % 5 {
		case 0:
			return []kill{{after: moment(r)}, {after: moment(r)}}
		case 4:
			first, second := single[r.IntN(len(single))], single[r.IntN(len(single))]
			second.at = 1 + r.IntN(min(second.at, 3)) // a recovery passes few of them
			return []kill{first, second}
		}
		next++
		return []kill{single[(next-1)%len(single)]}
	}
}

// moment is a time after a life's start at which it may be busy.
func moment(r *rand.Rand) time.Duration {
	return time.Millisecond + time.Duration(r.Int64N(int64(500*time.Millisecond)))
}

// tally are the figures of the whole harness.
type tally struct {
	mu        sync.Mutex
	scenarios int
	lives     int
	repeats   int
	kills     map[string]int
	killed    int
}

func (c *tally) add(s *scenario, repeats int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.scenarios++
	c.lives += s.lives
	c.repeats += repeats
	for _, k := range s.kills {
		c.kills[k]++
		c.killed++
	}
}

func (c *tally) enough() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.killed >= *wantKills
}

func (c *tally) tell(t *testing.T, took time.Duration) {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%d kills, %d lives, %d scenarios in %s: %.1f kills a second; %d resends on the wire, none of them seen\n",
		c.killed, c.lives, c.scenarios, took.Round(time.Second), float64(c.killed)/took.Seconds(), c.repeats)
	for _, p := range failpoint.All() {
		fmt.Fprintf(&b, "%6d %s\n", c.kills[string(p)], p)
	}
	fmt.Fprintf(&b, "%6d at a random moment", c.kills[""])
	t.Log(b.String())
}

// worlds is how many worlds are killed in at the same time.
const worlds = 3

// TestNothingIsLostWhereverTheBotIsKilled kills the real command with SIGKILL
// at every point that it passes, once or twice in a scenario, and at random
// moments. Afterwards nothing is lost, said twice, answered twice or damaged.
func TestNothingIsLostWhereverTheBotIsKilled(t *testing.T) {
	if testing.Short() {
		*wantKills = 30
	}
	trust(t)
	began := time.Now()
	figures := &tally{kills: map[string]int{}}
	for seed := range uint64(worlds) {
		t.Run(fmt.Sprintf("world %d", seed), func(t *testing.T) {
			t.Parallel()
			killIn(t, newWorld(t), *killSeed*worlds+seed, figures)
		})
	}
	t.Cleanup(func() { figures.tell(t, time.Since(began)) })
}

func killIn(t *testing.T, w *world, seed uint64, figures *tally) {
	t.Helper()
	whole, err := w.play(t.Context(), nil)
	if err != nil {
		t.Fatalf("without a kill: %v\n%s\n%s", err, whole.anas, whole.bens)
	}
	for _, p := range failpoint.All() {
		if whole.passed[p] == 0 {
			t.Errorf("no life passes %s", p)
		}
	}
	for next := plans(whole.passed, seed); !figures.enough(); {
		plan, repeats := next(), w.whatsapp.Repeats()
		s, err := w.play(t.Context(), whole.oracle, plan...)
		if err != nil {
			t.Fatalf("killed %v: %v\n%s\n%s", plan, err, s.anas, s.bens)
		}
		figures.add(s, w.whatsapp.Repeats()-repeats)
	}
}
