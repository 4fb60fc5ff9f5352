package account

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"clubrun/garmin"
	"clubrun/store"
)

// How long Garmin is left alone after it limited an account: its limiter is
// per account, clears within hours to a day, and every try arms it anew.
const (
	coolLeast = 2 * time.Hour
	coolMost  = 24 * time.Hour
	coolAsked = 48 * time.Hour // the most that a Retry-After is obeyed
)

// How often an athlete may sign in.
const (
	maxSignIns = 3
	signInSpan = 24 * time.Hour
)

// The counters. Sign-ins, codes, tickets and data are limited apart from each
// other: saved tokens work while sign-ins are refused. Those of sign-ins are the
// person's, whatever account they name and however they spell it.
func (k *Keeper) signInKey(ctx context.Context, athlete int64) string {
	return "garmin.cool.signin." + k.person(ctx, athlete)
}
func (k *Keeper) pauseKey(ctx context.Context, athlete int64) string {
	return "garmin.cool.codes." + k.person(ctx, athlete)
}
func (k *Keeper) ticketKey(ctx context.Context, athlete int64) string {
	return "garmin.cool.ticket." + k.person(ctx, athlete)
}
func dataKey(athlete int64) string { return "garmin.cool.data." + strconv.FormatInt(athlete, 10) }
func (k *Keeper) dayKey(ctx context.Context, athlete int64) string {
	return "garmin.signins." + k.person(ctx, athlete)
}

const hourKey = "garmin.signins.all"

// cool is a cool-down: until when, and how long it was, so that the next one
// is twice as long.
type cool struct {
	until time.Time
	span  time.Duration
}

func (k *Keeper) getCool(ctx context.Context, key string) (cool, error) {
	text, err := k.Store.Counter(ctx, key)
	if err != nil || text == "" {
		return cool{}, err
	}
	var until, span int64
	if _, err := fmt.Sscanf(text, "%d %d", &until, &span); err != nil {
		return cool{}, fmt.Errorf("counter %s: %w", key, err)
	}
	return cool{time.Unix(until, 0).UTC(), time.Duration(span) * time.Second}, nil
}

func (k *Keeper) setCool(ctx context.Context, key string, c cool) error {
	// The limit was met: it is kept even when who met it has given up.
	return k.Store.SetCounter(context.WithoutCancel(ctx), key, fmt.Sprintf("%d %d", c.until.Unix(), int64(c.span/time.Second)))
}

// chill begins a cool-down, twice as long as the last one unless that is a day
// gone, and returns its end. Whatever is longer counts: ours, or what Garmin
// asked for.
func (k *Keeper) chill(ctx context.Context, key string, asked time.Duration) (time.Time, error) {
	now := k.Now()
	last, err := k.getCool(ctx, key)
	if err != nil {
		last = cool{}
	}
	span := coolLeast
	if last.span > 0 && now.Before(last.until.Add(coolMost)) {
		span = min(2*last.span, coolMost)
	}
	// Whole seconds, rounded up: a counter keeps no smaller ones.
	until := now.Add(max(span, min(asked, coolAsked))).Add(time.Second - 1).Truncate(time.Second)
	k.Log.Info().Ctx(ctx).Str("counter", key).Time("until", until).Msg("cooling down")
	return until, errors.Join(err, k.setCool(ctx, key, cool{until, span}))
}

// warm ends the doubling after a success. A failure to note it only makes the
// next cool-down longer.
func (k *Keeper) warm(ctx context.Context, key string) {
	if c, err := k.getCool(ctx, key); err == nil && c.span == 0 {
		return
	}
	if err := k.Store.SetCounter(context.WithoutCancel(ctx), key, ""); err != nil {
		k.Log.Warn().Ctx(ctx).Err(err).Msg("cool-down not ended")
	}
}

// cooled refuses while a cool-down lasts.
func (k *Keeper) cooled(ctx context.Context, key string, kind store.RefusalKind) error {
	c, err := k.getCool(ctx, key)
	if err != nil {
		return &store.Refusal{Kind: store.RefusedDown, Err: err}
	}
	if k.Now().Before(c.until) {
		return &store.Refusal{Kind: kind, Until: c.until, Err: ErrCooling}
	}
	return nil
}

// admit lets a sign-in through, and counts it before it is tried. The
// athlete's own limits come first: who is refused by them costs the others
// nothing, and who is refused for the others' sake loses no try.
func (k *Keeper) admit(ctx context.Context, athlete int64, account string) error {
	if err := k.cooled(ctx, k.signInKey(ctx, athlete), store.RefusedRate); err != nil {
		return err
	}
	if err := k.cooled(ctx, k.pauseKey(ctx, athlete), store.RefusedTries); err != nil {
		return err
	}
	if until, err := k.closed(&k.door); err != nil {
		if k.opened(&k.door, garmin.RateLimit) {
			return &store.Refusal{Kind: store.RefusedRate, Until: until, Err: err}
		}
		return &store.Refusal{Kind: store.RefusedDown, Why: store.WhyAll, Until: until, Err: err}
	}
	limits := []limit{{k.dayKey(ctx, athlete), maxSignIns, signInSpan}}
	if k.Hourly > 0 {
		limits = append(limits, limit{hourKey, k.Hourly, time.Hour})
	}
	return k.count(ctx, limits, func() (func() error, error) { return k.strange(ctx, account, k.person(ctx, athlete)) })
}

// SignInsLeft returns how many sign-ins an athlete may begin now, as far as it
// is about that athlete alone, and what one would be refused with where that is
// none.
func (k *Keeper) SignInsLeft(ctx context.Context, athlete int64) (left int, wait *store.Refusal, err error) {
	past, err := k.past(ctx, k.dayKey(ctx, athlete), signInSpan)
	if err != nil {
		return 0, nil, err
	}
	if left = maxSignIns - len(past); left <= 0 {
		left, wait = 0, &store.Refusal{Kind: store.RefusedTries, Until: past[len(past)-maxSignIns].Add(signInSpan)}
	}
	for _, cools := range []struct {
		key  string
		kind store.RefusalKind
	}{{k.signInKey(ctx, athlete), store.RefusedRate}, {k.pauseKey(ctx, athlete), store.RefusedTries}} {
		c, err := k.getCool(ctx, cools.key)
		if err != nil {
			return 0, nil, err
		}
		if k.Now().Before(c.until) && (wait == nil || c.until.After(wait.Until)) {
			left, wait = 0, &store.Refusal{Kind: cools.kind, Until: c.until}
		}
	}
	return left, wait, nil
}

// limit is how many sign-ins there may be within a span.
type limit struct {
	key  string
	most int
	span time.Duration
}

// count counts one more sign-in in all limits, or refuses by the first that is
// reached and counts in none; so with what more counts. One sign-in is counted at a time, so that no two
// take the last place.
func (k *Keeper) count(ctx context.Context, limits []limit, more func() (keep func() error, err error)) error {
	leave, err := k.enterTurn(ctx, &k.counting)
	if err != nil {
		return &store.Refusal{Kind: store.RefusedDown, Err: err}
	}
	defer leave()
	texts := make([]string, len(limits))
	for i, l := range limits {
		past, err := k.past(ctx, l.key, l.span)
		if err != nil {
			return &store.Refusal{Kind: store.RefusedDown, Err: err}
		}
		if len(past) >= l.most {
			return &store.Refusal{Kind: store.RefusedTries, Until: past[len(past)-l.most].Add(l.span)}
		}
		texts[i] = unixWords(append(past, k.Now()))
	}
	keep, err := more()
	if err != nil {
		return err
	}
	for i, l := range limits {
		if err := k.Store.SetCounter(ctx, l.key, texts[i]); err != nil {
			return &store.Refusal{Kind: store.RefusedDown, Err: err}
		}
	}
	if err := keep(); err != nil {
		return &store.Refusal{Kind: store.RefusedDown, Err: err}
	}
	return nil
}

// enterTurn waits until nobody else counts the same.
func (k *Keeper) enterTurn(ctx context.Context, of *chan struct{}) (leave func(), err error) {
	k.mu.Lock()
	if *of == nil {
		*of = make(chan struct{}, 1)
	}
	turn := *of
	k.mu.Unlock()
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// unixWords is how times are kept in a counter.
func unixWords(times []time.Time) string {
	words := make([]string, len(times))
	for i, t := range times {
		words[i] = strconv.FormatInt(t.Unix(), 10)
	}
	return strings.Join(words, " ")
}

// past returns the counted times within a span, oldest first.
func (k *Keeper) past(ctx context.Context, key string, span time.Duration) ([]time.Time, error) {
	text, err := k.Store.Counter(ctx, key)
	if err != nil {
		return nil, err
	}
	var past []time.Time
	for word := range strings.FieldsSeq(text) {
		n, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("counter %s: %w", key, err)
		}
		if t := time.Unix(n, 0).UTC(); k.Now().Before(t.Add(span)) {
			past = append(past, t)
		}
	}
	return past, nil
}

// refuse turns an error of Garmin's client into what the athlete can be told,
// and begins a cool-down where Garmin asks for one.
func (k *Keeper) refuse(ctx context.Context, key string, err error) error {
	r := &store.Refusal{Kind: store.RefusedDown, Err: err}
	switch garmin.KindOf(err) {
	case garmin.BadCredentials:
		r.Kind = store.RefusedPassword
	case garmin.Interaction:
		r.Kind, r.Why = store.RefusedInteraction, whyAsked(err)
	case garmin.NotFound, garmin.NoData:
		r.Kind, r.Why = store.RefusedInteraction, store.WhyProfile
	case garmin.BadTicket, garmin.InvalidGrant:
		r.Kind = store.RefusedTicket
	case garmin.OtherRegion:
		r.Kind, r.Why = store.RefusedTicket, store.WhyRegion
	case garmin.Blocked:
		r.Why = store.WhyWall
	case garmin.TokenInactive:
		r.Why = store.WhyUnproved
	case garmin.Expired:
		r.Kind = store.RefusedExpired
	case garmin.RateLimited:
		until, failed := k.chill(ctx, key, retryAfter(err))
		r.Kind, r.Until, r.Err = store.RefusedRate, until, errors.Join(err, failed)
	}
	return r
}

// whyAsked says what Garmin wants of the person.
func whyAsked(err error) store.Why {
	var e *garmin.Error
	if !errors.As(err, &e) {
		return ""
	}
	switch e.Wants {
	case garmin.WantUnlock:
		return store.WhyLocked
	case garmin.WantPerson:
		return store.WhyCaptcha
	case garmin.WantPhone:
		return store.WhyPhone
	}
	return ""
}

func retryAfter(err error) time.Duration {
	var e *garmin.Error
	if errors.As(err, &e) {
		return e.RetryAfter
	}
	return 0
}
