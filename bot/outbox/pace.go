package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"clubrun/store"
)

// Counters keep the buckets, so that a restart does not refill them.
type Counters interface {
	Counter(ctx context.Context, key string) (string, error)
	SetCounter(ctx context.Context, key, value string) error
}

// Limit is the size of a token bucket: Burst messages at once, and one more
// each Every.
type Limit struct {
	Burst int
	Every time.Duration
}

// Limits are the paces that keep a number from looking like a machine's. They
// lie at or below the strictest figure that users of other bots report.
type Limits struct {
	All         []Limit // every message
	Unsolicited []Limit // messages that nobody asked for
	Chat        Limit   // answers in one chat
	Gap         Gap     // between unsolicited messages in one chat
}

// Gap is a pause that begins when a message was accepted: at least Least, and
// up to More longer.
type Gap struct{ Least, More time.Duration }

// DefaultLimits are 15 messages a minute in all; 4 a minute, 60 an hour and
// 300 a day unsolicited; in one chat two at once, then one in 3 seconds, and of
// what nobody asked for one in 30 to 60 seconds: a picture follows its text
// after about as long as a person would take.
func DefaultLimits() Limits {
	return Limits{
		All:         []Limit{{15, time.Minute / 15}},
		Unsolicited: []Limit{{4, time.Minute / 4}, {60, time.Hour / 60}, {300, 24 * time.Hour / 300}},
		Chat:        Limit{2, 3 * time.Second},
		Gap:         Gap{30 * time.Second, 30 * time.Second},
	}
}

// Faster returns limits under which n times as many messages go in the same
// time, for simulated networks; under 2 it changes nothing.
func (l Limits) Faster(n int) Limits {
	faster := func(one Limit) Limit { return Limit{one.Burst, one.Every / time.Duration(max(n, 1))} }
	all := func(many []Limit) (out []Limit) {
		for _, one := range many {
			out = append(out, faster(one))
		}
		return out
	}
	gap := Gap{l.Gap.Least / time.Duration(max(n, 1)), l.Gap.More / time.Duration(max(n, 1))}
	return Limits{All: all(l.All), Unsolicited: all(l.Unsolicited), Chat: faster(l.Chat), Gap: gap}
}

// bucket is a token bucket, told by what has been taken from it: Taken tokens
// at the moment At, one of which returns each Every.
type bucket struct {
	Taken float64   `json:"taken"`
	At    time.Time `json:"at"`
}

func (b bucket) taken(l Limit, now time.Time) float64 {
	return max(0, b.Taken-float64(now.Sub(b.At))/float64(l.Every))
}

// free returns when the next token can be taken.
func (b bucket) free(l Limit, now time.Time) time.Time {
	over := b.taken(l, now) + 1 - float64(l.Burst)
	if over <= 0 {
		return now
	}
	return now.Add(time.Duration(over*float64(l.Every)).Round(time.Millisecond) + time.Millisecond)
}

func (b bucket) take(l Limit, now time.Time) bucket { return bucket{b.taken(l, now) + 1, now} }

// Pace keeps the limits. It is used by one worker only.
type Pace struct {
	Limits   Limits
	Counters Counters
	Rand     *rand.Rand // of the gaps; nil makes them the least

	state   paceState
	caution caution
}

type paceState struct {
	All         []bucket              `json:"all"`
	Unsolicited []bucket              `json:"unsolicited"`
	Chats       map[store.Chat]bucket `json:"chats"`
	// Quiet is until when a chat gets nothing unsolicited.
	Quiet map[store.Chat]time.Time `json:"quiet,omitempty"`
}

const paceKey = "outbox/pace"

// Load reads the buckets of the last process.
func (p *Pace) Load(ctx context.Context) error {
	text, err := p.Counters.Counter(ctx, paceKey)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("pace: %w", err)
	}
	p.state = paceState{}
	if text != "" {
		if err := json.Unmarshal([]byte(text), &p.state); err != nil {
			return fmt.Errorf("pace: %w", err)
		}
	}
	if p.caution, err = (Standing{p.Counters}).load(ctx); err != nil {
		return fmt.Errorf("pace: %w", err)
	}
	p.state.All = fit(p.state.All, len(p.Limits.All))
	p.state.Unsolicited = fit(p.state.Unsolicited, len(p.Limits.Unsolicited))
	if p.state.Chats == nil {
		p.state.Chats = map[store.Chat]bucket{}
	}
	if p.state.Quiet == nil {
		p.state.Quiet = map[store.Chat]time.Time{}
	}
	return nil
}

func fit(b []bucket, n int) []bucket {
	return append(b, make([]bucket, n)...)[:n]
}

// Free returns when any message may be sent.
func (p *Pace) Free(now time.Time) time.Time {
	return latest(p.state.All, p.Limits.All, p.caution.factor(now, false), now)
}

// FreeFor returns when this message may be sent, as far as it is unsolicited.
func (p *Pace) FreeFor(o store.Outgoing, now time.Time) time.Time {
	if o.Urgency == store.UrgencyReply || o.Kind == store.KindImage && o.Target.Message != "" {
		return now // the pictures of an album are what was announced with it
	}
	at := latest(p.state.Unsolicited, p.Limits.Unsolicited, p.caution.factor(now, true), now)
	if quiet := p.state.Quiet[o.Chat]; quiet.After(at) {
		return quiet
	}
	return at
}

func latest(buckets []bucket, limits []Limit, factor int, now time.Time) time.Time {
	at := now
	for i, l := range limits {
		if f := buckets[i].free(l.slower(factor), now); f.After(at) {
			at = f
		}
	}
	return at
}

// Busy returns the chats in which nothing may be sent yet, and when the first
// of them is free.
func (p *Pace) Busy(now time.Time) (chats []store.Chat, next time.Time) {
	for chat, b := range p.state.Chats {
		at := b.free(p.Limits.Chat, now)
		if !at.After(now) {
			continue
		}
		chats = append(chats, chat)
		if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	slices.Sort(chats)
	return chats, next
}

// Sent takes the tokens of a message that was sent, and keeps the buckets.
func (p *Pace) Sent(ctx context.Context, o store.Outgoing, now time.Time) error {
	caution, err := (Standing{p.Counters}).load(ctx)
	if err != nil {
		return fmt.Errorf("pace: %w", err)
	}
	p.caution = caution
	for i, l := range p.Limits.All {
		p.state.All[i] = p.state.All[i].take(l.slower(caution.factor(now, false)), now)
	}
	if o.Urgency != store.UrgencyReply {
		for i, l := range p.Limits.Unsolicited {
			p.state.Unsolicited[i] = p.state.Unsolicited[i].take(l.slower(caution.factor(now, true)), now)
		}
		// Rows are due at whole milliseconds: a finer moment would never come.
		p.state.Quiet[o.Chat] = now.Add(p.gap()).Truncate(time.Millisecond)
	}
	maps.DeleteFunc(p.state.Quiet, func(_ store.Chat, until time.Time) bool { return !until.After(now) })
	p.state.Chats[o.Chat] = p.state.Chats[o.Chat].take(p.Limits.Chat, now)
	for chat, b := range p.state.Chats {
		if b.taken(p.Limits.Chat, now) == 0 {
			delete(p.state.Chats, chat)
		}
	}
	text, err := json.Marshal(p.state)
	if err != nil {
		return fmt.Errorf("pace: %w", err)
	}
	return p.Counters.SetCounter(ctx, paceKey, string(text))
}

func (p *Pace) gap() time.Duration {
	g := p.Limits.Gap
	if p.Rand == nil || g.More <= 0 {
		return g.Least
	}
	return g.Least + time.Duration(p.Rand.Int64N(int64(g.More)))
}
