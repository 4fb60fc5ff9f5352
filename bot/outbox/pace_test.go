package outbox

import (
	"math/rand/v2"
	"testing"
	"time"

	"clubrun/store"
	"clubrun/store/storetest"
)

var noon = time.Date(2026, 9, 9, 12, 0, 0, 0, time.UTC)

func newPace(t *testing.T) *Pace {
	t.Helper()
	p := &Pace{Limits: DefaultLimits(), Counters: storetest.Open(t)}
	if err := p.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return p
}

// flood sends as fast as the pace allows, each to a chat of its own, and
// returns the moments.
func flood(t *testing.T, p *Pace, u store.Urgency, n int) []time.Time {
	t.Helper()
	now := noon
	var sent []time.Time
	for i := range n {
		o := store.Outgoing{Urgency: u, Chat: store.Chat(rune('a' + i))}
		for {
			free := p.Free(now)
			if f := p.FreeFor(o, now); f.After(free) {
				free = f
			}
			if !free.After(now) {
				break
			}
			now = free
		}
		if err := p.Sent(t.Context(), o, now); err != nil {
			t.Fatal(err)
		}
		sent = append(sent, now)
	}
	return sent
}

// most returns the most moments in any window of that length.
func most(moments []time.Time, window time.Duration) int {
	best := 0
	for i, from := range moments {
		n := 0
		for _, m := range moments[i:] {
			if m.Sub(from) < window {
				n++
			}
		}
		best = max(best, n)
	}
	return best
}

func TestUnsolicitedMessagesKeepTheirPace(t *testing.T) {
	sent := flood(t, newPace(t), store.UrgencyDigest, 400)
	// A bucket lets its burst and a window's refill through.
	for _, c := range []struct {
		window time.Duration
		most   int
	}{{time.Minute, 8}, {time.Hour, 120}, {24 * time.Hour, 600}} {
		if n := most(sent, c.window); n > c.most {
			t.Errorf("%d unsolicited messages within %s, at most %d", n, c.window, c.most)
		}
	}
	if n := most(sent[4:], time.Minute); n > 5 {
		t.Errorf("%d unsolicited messages within a minute of steady sending", n)
	}
}

func TestAnswersKeepTheirPace(t *testing.T) {
	sent := flood(t, newPace(t), store.UrgencyReply, 100)
	if n := most(sent[15:], time.Minute); n > 16 {
		t.Errorf("%d answers within a minute of steady sending, at most 15 and the one at its start", n)
	}
}

func TestOneChatGetsTwoAnswersAtOnceThenOneInThreeSeconds(t *testing.T) {
	p := newPace(t)
	o := store.Outgoing{Urgency: store.UrgencyReply, Chat: "ana"}
	for range 2 {
		if busy, _ := p.Busy(noon); len(busy) > 0 {
			t.Fatal("busy before its burst was spent")
		}
		if err := p.Sent(t.Context(), o, noon); err != nil {
			t.Fatal(err)
		}
	}
	busy, next := p.Busy(noon)
	if len(busy) != 1 || next.Sub(noon) < 3*time.Second || next.Sub(noon) > 3100*time.Millisecond {
		t.Errorf("busy %v until %s later", busy, next.Sub(noon))
	}
	if busy, _ := p.Busy(next); len(busy) > 0 {
		t.Errorf("still busy at the moment it named")
	}
}

func TestARestartRefillsNoBucket(t *testing.T) {
	p := newPace(t)
	flood(t, p, store.UrgencyDigest, 4)
	again := &Pace{Limits: p.Limits, Counters: p.Counters}
	if err := again.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if free := again.FreeFor(store.Outgoing{Urgency: store.UrgencyDigest}, noon); !free.After(noon) {
		t.Error("a fifth digest message may leave at once after a restart")
	}
}

func TestANewNumberPostsAtAFifthOfThePace(t *testing.T) {
	p := newPace(t)
	standing := Standing{p.Counters}
	if err := standing.Paired(t.Context(), noon.Add(-24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := standing.Paired(t.Context(), noon); err != nil { // linked again
		t.Fatal(err)
	}
	if err := p.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	sent := flood(t, p, store.UrgencyDigest, 10)
	if took := sent[9].Sub(sent[0]); took < 9*75*time.Second {
		t.Errorf("a number of one day posted ten messages in %s", took)
	}
	answers := newPace(t)
	answers.caution = p.caution
	if took := flood(t, answers, store.UrgencyReply, 10)[9].Sub(noon); took > time.Minute {
		t.Errorf("answers of a new number took %s", took)
	}
	p.caution.paired = noon.Add(-newNumber)
	if f := p.caution.factor(noon, true); f != 1 {
		t.Errorf("after two weeks still %d times slower", f)
	}
}

func TestAWarningHalvesThePaceForADay(t *testing.T) {
	p := newPace(t)
	if err := (Standing{p.Counters}).Limited(t.Context(), noon); err != nil {
		t.Fatal(err)
	}
	if err := p.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if day, later := p.caution.factor(noon.Add(23*time.Hour), false), p.caution.factor(noon.Add(25*time.Hour), false); day != 2 || later != 1 {
		t.Errorf("%d times slower within the day, %d after", day, later)
	}
}

func TestABanIsFollowedByAWeekAtAQuarter(t *testing.T) {
	p := newPace(t)
	if err := (Standing{p.Counters}).Banned(t.Context(), noon); err != nil {
		t.Fatal(err)
	}
	if err := p.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if week, later := p.caution.factor(noon.Add(6*24*time.Hour), false), p.caution.factor(noon.Add(8*24*time.Hour), false); week != 4 || later != 1 {
		t.Errorf("%d times slower within the week, %d after", week, later)
	}
}

func TestAChatGetsOneUnsolicitedMessageInHalfAMinuteToAMinute(t *testing.T) {
	p := newPace(t)
	p.Rand = rand.New(rand.NewPCG(1, 1))
	digest := store.Outgoing{Urgency: store.UrgencyDigest, Chat: "runners"}
	if err := p.Sent(t.Context(), digest, noon); err != nil {
		t.Fatal(err)
	}
	again := &Pace{Limits: p.Limits, Counters: p.Counters} // after a restart
	if err := again.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	free := again.FreeFor(digest, noon)
	if gap := free.Sub(noon); gap < 30*time.Second || gap > time.Minute {
		t.Errorf("the next part waits %s", gap)
	}
	if !again.FreeFor(digest, free).Equal(free) {
		t.Error("still closed at the moment it named")
	}
	for _, o := range []store.Outgoing{{Urgency: store.UrgencyReply, Chat: "runners"}, {Urgency: store.UrgencyDigest, Chat: "riders"}} {
		if at := again.FreeFor(o, noon); at.After(noon) {
			t.Errorf("%+v waits %s", o, at.Sub(noon))
		}
	}
}

func TestThePicturesOfAnAlbumFollowAtOnce(t *testing.T) {
	p := newPace(t)
	album := store.Outgoing{Urgency: store.UrgencyDigest, Chat: "a", Kind: store.KindAlbum}
	if err := p.Sent(t.Context(), album, noon); err != nil {
		t.Fatal(err)
	}
	picture := store.Outgoing{Urgency: store.UrgencyDigest, Chat: "a", Kind: store.KindImage}
	if free := p.FreeFor(picture, noon); !free.After(noon) {
		t.Errorf("a picture of its own follows at %v", free)
	}
	picture.Target.Message = "the album"
	if free := p.FreeFor(picture, noon); free.After(noon) {
		t.Errorf("a picture of the album has to wait until %v", free)
	}
}
