package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"clubrun/garmin"
)

// door is what is known of sign-ins of a region, whoever tried them.
type door struct {
	well    time.Time // Garmin last answered one in its own word: yes, or no to one person
	down    time.Time // one last failed as it would for everybody
	outage  bool      // down is an outage: no answer, or one of a host in trouble
	unnoted bool      // nothing is known yet
}

// doorKey is the counter of sign-ins of a region.
func doorKey(r garmin.Region) string {
	if r == garmin.World {
		return "garmin.door"
	}
	return "garmin.door/" + string(r)
}

func (k *Keeper) doorOf(ctx context.Context, r garmin.Region) (door, error) {
	text, err := k.Store.Counter(ctx, doorKey(r))
	if err != nil {
		return door{}, err
	}
	var well, down int64
	var d door
	if n, _ := fmt.Sscan(text, &well, &down, &d.outage); n < 3 { // none yet
		return door{unnoted: true}, nil
	}
	d.well, d.down = time.UnixMilli(well).UTC(), time.UnixMilli(down).UTC()
	return d, nil
}

// passed notes how a sign-in ended at the door. A failure to note it leaves
// what was known.
func (k *Keeper) passed(ctx context.Context, r garmin.Region, err error) {
	kind := garmin.KindOf(err)
	well, down, outage := err == nil, false, false
	switch kind {
	case garmin.BadCredentials, garmin.BadCode, garmin.TooManyCodes, garmin.Interaction:
		well = true
	case garmin.Unavailable, garmin.Network:
		down, outage = !errors.Is(err, context.Canceled), true
	case garmin.Blocked, garmin.Malformed:
		down = true
	}
	if !well && !down {
		return
	}
	whole := context.WithoutCancel(ctx)
	leave, failed := k.enterTurn(whole, &k.minding)
	if failed != nil {
		return
	}
	defer leave()
	d, failed := k.doorOf(whole, r)
	if well {
		d.well = k.Now()
	} else {
		d.down, d.outage = k.Now(), outage
	}
	if failed == nil {
		failed = k.Store.SetCounter(whole, doorKey(r), fmt.Sprint(milli(d.well), milli(d.down), d.outage))
	}
	if failed != nil {
		k.Log.Warn().Ctx(ctx).Err(failed).Msg("how a sign-in ended is not noted")
	}
}

// redeemed notes how a ticket ended. That one is taken says of an outage that
// it is over, and nothing of a sign-in by password otherwise.
func (k *Keeper) redeemed(ctx context.Context, r garmin.Region, err error) {
	if err != nil && (ctx.Err() != nil || garmin.ClassOf(err) == garmin.Authentication) {
		return
	}
	if err == nil {
		if d, failed := k.doorOf(ctx, r); failed != nil || !d.unnoted && !d.outage {
			return
		}
	}
	k.passed(ctx, r, err)
}

func milli(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.UnixMilli()
}

// knocked is what the last look at a region's sign-in page told.
type knocked struct {
	at time.Time
	ok bool
}

// Works says what is known of signing in, in a region, since it failed for
// somebody. Seen means that Garmin has answered a sign-in in its own word after
// that and none has failed for everybody since. Likely means less: it was an
// outage, that is half an hour ago or longer, and the sign-in page is there
// again, for which Garmin is asked once in half an hour at most. Whoever tries
// then finds out for all.
func (k *Keeper) Works(ctx context.Context, region string, since time.Time) (seen, likely bool, err error) {
	r, ok := garmin.RegionNamed(region)
	if !ok {
		return false, false, errRegion
	}
	d, err := k.doorOf(ctx, r)
	if err != nil || d.unnoted {
		return false, false, err
	}
	if d.well.After(since) && d.well.After(d.down) {
		return true, true, nil
	}
	if !d.outage || k.Now().Before(d.down.Add(probeAfter)) || !k.idle() {
		return false, false, nil
	}
	return false, k.knock(ctx, r), nil
}

// idle says whether a sign-in and a request would be let through at present.
func (k *Keeper) idle() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.data.class == "" && (k.door.class == "" || !k.Now().Before(k.door.until))
}

// knock looks whether the sign-in page is there, or remembers it.
func (k *Keeper) knock(ctx context.Context, r garmin.Region) bool {
	k.mu.Lock()
	last, known := k.knocks[r]
	k.mu.Unlock()
	if known && k.Now().Before(last.at.Add(probeAfter)) {
		return last.ok
	}
	err := k.Garmin.In(r).Knock(ctx)
	if ctx.Err() != nil {
		return false
	}
	k.Log.Info().Ctx(ctx).Err(err).Msg("looked whether garmin's sign-in page is there")
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.knocks == nil {
		k.knocks = map[garmin.Region]knocked{}
	}
	k.knocks[r] = knocked{k.Now(), err == nil}
	return err == nil
}
