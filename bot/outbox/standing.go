package outbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"clubrun/store"
)

// Standing keeps what decides how WhatsApp looks upon the bot's number: when
// it was linked first, when it was last told to slow down, when its last ban
// ended. It outlives a restart.
type Standing struct{ Counters Counters }

const (
	pairedKey  = "whatsapp/paired"
	limitedKey = "whatsapp/limited"
	bannedKey  = "whatsapp/banned"
)

// Paired notes that the device was linked. The first time counts: a number
// that is linked again is no newer.
func (s Standing) Paired(ctx context.Context, at time.Time) error {
	first, err := s.get(ctx, pairedKey)
	if err != nil || !first.IsZero() {
		return err
	}
	return s.set(ctx, pairedKey, at)
}

// Since returns when the device was linked first; zero where it never was.
func (s Standing) Since(ctx context.Context) (time.Time, error) { return s.get(ctx, pairedKey) }

// Limited notes that WhatsApp refused a message because of its limits.
func (s Standing) Limited(ctx context.Context, at time.Time) error { return s.set(ctx, limitedKey, at) }

// Banned notes until when WhatsApp shuts the number out.
func (s Standing) Banned(ctx context.Context, until time.Time) error {
	return s.set(ctx, bannedKey, until)
}

func (s Standing) set(ctx context.Context, key string, at time.Time) error {
	return s.Counters.SetCounter(ctx, key, at.UTC().Format(time.RFC3339))
}

func (s Standing) get(ctx context.Context, key string) (time.Time, error) {
	text, err := s.Counters.Counter(ctx, key)
	if errors.Is(err, store.ErrNotFound) || err == nil && text == "" {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("counter %s: %w", key, err)
	}
	return at, nil
}

// How much slower the bot is than its limits allow, and for how long. People
// report that new numbers and numbers that were warned are watched most.
const (
	newNumber     = 14 * 24 * time.Hour
	newFactor     = 5 // unsolicited messages only: awaited answers go on
	limitedTime   = 24 * time.Hour
	limitedFactor = 2
	bannedTime    = 7 * 24 * time.Hour
	bannedFactor  = 4
)

// caution is what standing means at one moment.
type caution struct{ paired, limited, banned time.Time }

func (s Standing) load(ctx context.Context) (c caution, err error) {
	var errs [3]error
	c.paired, errs[0] = s.get(ctx, pairedKey)
	c.limited, errs[1] = s.get(ctx, limitedKey)
	c.banned, errs[2] = s.get(ctx, bannedKey)
	return c, errors.Join(errs[:]...)
}

// factor returns how many times slower than usual to be.
func (c caution) factor(now time.Time, unsolicited bool) int {
	f := 1
	if unsolicited && !c.paired.IsZero() && now.Sub(c.paired) < newNumber {
		f *= newFactor
	}
	if !c.limited.IsZero() && now.Sub(c.limited) < limitedTime {
		f *= limitedFactor
	}
	if !c.banned.IsZero() && now.Sub(c.banned) < bannedTime {
		f *= bannedFactor
	}
	return f
}

// slower returns a limit under which a number goes f times more carefully.
func (l Limit) slower(f int) Limit {
	return Limit{max(1, l.Burst/f), l.Every * time.Duration(f)}
}
