package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
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
	wantKills = flag.Int("kills", 50, "how often the bot is killed")
	killSeed  = flag.Uint64("kill-seed", 1, "of the choice of double kills and of random moments")
)

// scenario is what the bot has to do between the Sunday's digest falling due
// and everything being said, with the lives that it takes.
type scenario struct {
	*world
	anas, bens           *talk
	anaCounts, benCounts garmintest.Counts
	dark                 bool            // all phones are off until the digest is out
	seen                 int             // accepted messages before
	repeats              int             // resends before
	before               map[string]bool // keys of messages before
	kills                []string        // that happened
	lives                int
	passed               map[failpoint.Point]int // by the last life
	took                 time.Duration           // by the last life
	oracle               []string                // workouts of a scenario without a kill
}

// begin restores the data, opens the scenario's moment and lets everybody say
// their first words, which WhatsApp keeps until the bot is there. In a dark
// scenario everybody sleeps, so that no receipt tells a new life what the one
// before has sent.
func (w *world) begin(ctx context.Context, oracle []string, dark bool) (*scenario, error) {
	if err := w.restore(); err != nil {
		return nil, err
	}
	w.set(sunday)
	s := &scenario{world: w, dark: dark, oracle: oracle, before: map[string]bool{}, seen: len(w.whatsapp.Accepted()), repeats: w.whatsapp.Repeats(),
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
	if !dark {
		s.talk(ctx)
		return s, nil
	}
	var phones sync.WaitGroup
	phones.Go(w.ana.phone.Offline)
	phones.Go(w.ben.phone.Offline)
	phones.Wait()
	return s, nil
}

func (s *scenario) talk(ctx context.Context) {
	s.anas = s.ana.begin(ctx, errand{room: true, says: "/week", until: "so far"}, errand{says: "/me"})
	s.bens = s.ben.begin(ctx, errand{says: "/link chat", until: "You are in the next digest"})
}

// wake ends the dark, once.
func (s *scenario) wake(ctx context.Context) error {
	s.dark = false
	if err := errors.Join(s.ana.phone.Online(ctx), s.ben.phone.Online(ctx)); err != nil {
		return err
	}
	s.talk(ctx)
	return nil
}

// done says whether everybody has all that they wanted, and the digest is
// posted.
func (s *scenario) done(ctx context.Context) bool {
	if !s.dark && !(s.anas.over() && s.bens.over()) {
		return false
	}
	sent, err := s.column(ctx, "clubrun.db", `SELECT state FROM digest`)
	if err != nil || !slices.Equal(sent, []string{"sent"}) {
		return false
	}
	if s.dark {
		return s.wake(ctx) != nil // and what is missing then fails the verification
	}
	return s.quiet(ctx)
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

// plan is how often and when the bot is killed in a scenario.
type plan struct {
	dark  bool
	kills []kill
}

// play lives through the kills, then one more life to the end, and verifies.
func (w *world) play(ctx context.Context, oracle []string, p plan) (*scenario, error) {
	s, err := w.begin(ctx, oracle, p.dark)
	if err != nil {
		return s, err
	}
	for _, k := range p.kills {
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
	began := time.Now()
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
	}
	if errors.Is(err, errDied) {
		s.kills = append(s.kills, string(k.point))
		if !p.killed() {
			return false, fmt.Errorf("the life ended by itself: %v\n%s", p.result, p.errs.String())
		}
		return false, nil
	}
	if err != nil {
		return false, errors.Join(err, p.signal(syscall.SIGKILL))
	}
	s.passed, s.took = p.passed, time.Since(began)
	return true, s.verify(ctx)
}

// plans yields scenarios without end: each occurrence of each point once,
// first ones first, and then again; after each three of them a double kill, one
// at random moments of a life as long as the whole one was, and one in the dark
// around the sending of the digest's parts.
func plans(whole *scenario, seed uint64) func() plan {
	occurs := whole.passed
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
	sending := []failpoint.Point{failpoint.OutboxAcked, failpoint.OutboxNamed, failpoint.OutboxAccepted, failpoint.OutboxClaimed}
	return func() plan {
		turn++
		switch turn % 6 {
		case 0:
			return plan{kills: []kill{{after: moment(r, whole.took)}, {after: moment(r, whole.took)}}}
		case 4:
			first, second := anyPoint(r), anyPoint(r)
			first.at = 1 + r.IntN(occurs[first.point])
			second.at = 1 + r.IntN(min(occurs[second.point], 3)) // a recovery passes few of them
			return plan{kills: []kill{first, second}}
		case 5:
			first, second := sending[turn/6%len(sending)], sending[r.IntN(len(sending))]
			return plan{true, []kill{{point: first, at: 1 + r.IntN(2)}, {point: second, at: 1}}}
		}
		next++
		return plan{kills: []kill{single[(next-1)%len(single)]}}
	}
}

func anyPoint(r *rand.Rand) kill {
	all := failpoint.All()
	return kill{point: all[r.IntN(len(all))]}
}

// moment is a time after a life's start at which it may be busy.
func moment(r *rand.Rand, life time.Duration) time.Duration {
	return time.Millisecond + time.Duration(r.Int64N(int64(life)))
}

// tally is what all worlds share: what comes next, and the figures.
type tally struct {
	mu        sync.Mutex
	plans     func() plan // nil until the first world knows what a life passes
	scenarios int
	lives     int
	repeats   int
	kills     map[string]int
	killed    int
}

func (c *tally) add(s *scenario) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.scenarios++
	c.lives += s.lives
	c.repeats += s.whatsapp.Repeats() - s.repeats
	for _, k := range s.kills {
		c.kills[k]++
		c.killed++
	}
}

// next returns the next plan; false when enough were carried out.
func (c *tally) next(whole *scenario) (plan, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.plans == nil {
		c.plans = plans(whole, *killSeed)
	}
	if c.killed >= *wantKills {
		return plan{}, false
	}
	return c.plans(), true
}

func (c *tally) tell(t *testing.T, took time.Duration) {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%d kills, %d lives, %d scenarios in %s: %.1f kills a second; %d resends on the wire, none of them seen\n",
		c.killed, c.lives, c.scenarios, took.Round(time.Second), float64(c.killed)/took.Seconds(), c.repeats)
	for _, p := range failpoint.All() {
		fmt.Fprintf(&b, "%6d %s\n", c.kills[string(p)], p)
		if c.kills[string(p)] == 0 {
			t.Errorf("no kill at %s", p)
		}
	}
	fmt.Fprintf(&b, "%6d at a random moment", c.kills[""])
	t.Log(b.String())
}

// TestNothingIsLostWhereverTheBotIsKilled kills the real command with SIGKILL
// at every point that it passes, once or twice in a scenario, and at random
// moments. Afterwards nothing is lost, said twice, answered twice or damaged.
func TestNothingIsLostWhereverTheBotIsKilled(t *testing.T) {
	if racing {
		t.Skip("a life is ten times as long here, and whatsmeow races with itself as it disconnects; the stories run in this binary")
	}
	if testing.Short() {
		*wantKills = min(*wantKills, 40)
	}
	trust(t)
	began := time.Now()
	figures := &tally{kills: map[string]int{}}
	for n := range runtime.GOMAXPROCS(0) {
		t.Run(fmt.Sprintf("world %d", n+1), func(t *testing.T) {
			t.Parallel()
			killIn(t, newWorld(t), figures)
		})
	}
	t.Cleanup(func() { figures.tell(t, time.Since(began)) })
}

func killIn(t *testing.T, w *world, figures *tally) {
	t.Helper()
	whole, err := w.play(t.Context(), nil, plan{})
	if err != nil {
		t.Fatalf("without a kill: %v\n%s\n%s", err, whole.anas, whole.bens)
	}
	for _, p := range failpoint.All() {
		if whole.passed[p] == 0 {
			t.Fatalf("no life passes %s", p)
		}
	}
	for {
		p, more := figures.next(whole)
		if !more {
			return
		}
		s, err := w.play(t.Context(), whole.oracle, p)
		if err != nil {
			t.Fatalf("killed %v: %v\n%s\n%s", p, err, s.anas, s.bens)
		}
		figures.add(s)
	}
}
