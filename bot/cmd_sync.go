package bot

import (
	"context"
	"time"

	"clubrun/store"
)

// syncRest is how long after a look at Garmin the same person can ask for
// another.
const syncRest = 15 * time.Minute

// runSync reads the sender's workouts at Garmin now, and tells what was new.
func runSync(ctx context.Context, t *turn, _ []string) error {
	if linked, err := t.linkedAtGarmin(ctx); err != nil || !linked {
		return err
	}
	account, err := t.account(ctx)
	if err != nil {
		return err
	}
	if account.State == store.AccountSignedOut {
		t.say("bot.sync.out")
		return nil
	}
	if next := t.athlete.LastSync.Add(syncRest); next.After(t.Now()) {
		t.say("bot.sync.soon", "time", t.moment(t.athlete.LastSync.Truncate(time.Minute)), "next", t.moment(next))
		return nil
	}
	if t.in.Attempts == 0 && t.memory().again("sync "+t.in.Sender, syncRest) {
		t.say("bot.sync.later") // Garmin did not answer a moment ago, and is left in peace
		return nil
	}
	deadline, stop := context.WithTimeout(ctx, readTime)
	defer stop()
	tally, err := t.Sync.Sync(deadline, t.athlete.ID)
	switch {
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		t.logger(ctx).Warn().Err(err).Msg("sync on demand not finished")
		t.say("bot.sync.later")
	case tally.New > 0:
		t.say("bot.sync.new", "n", tally.New)
	default:
		t.say("bot.sync.none")
	}
	return nil
}
