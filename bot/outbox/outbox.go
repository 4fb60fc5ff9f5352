// Package outbox sends what is owed: it claims rows of the outbox, keeps the
// pace at which a person would write, sends, and tries again or gives up
// aloud. It is the only caller of Send, and it never decides what is said.
package outbox

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"clubrun/store"
	"clubrun/store/failpoint"

	"github.com/rs/zerolog"
)

// Store keeps the rows.
type Store interface {
	Claim(ctx context.Context, now time.Time, skip []store.Chat) (store.Outgoing, error)
	Sending(ctx context.Context, id int64, message string) error
	Accepted(ctx context.Context, id int64, at time.Time) error
	Requeue(ctx context.Context, id int64, due time.Time, reason string) error
	Bury(ctx context.Context, id int64, reason string) error
}

// Queue tells when there is something to do.
type Queue interface {
	InDoubt(ctx context.Context) ([]store.Outgoing, error)
	NextDue(ctx context.Context) (at time.Time, ok bool, err error)
	Owed() <-chan struct{}
}

// Sender is the messenger. An error of Send may say of itself that the message
// may have arrived (InDoubt() bool), that it never will (Permanent() bool), or
// that the bot is too fast (Limited() bool).
type Sender interface {
	MessageID(key string) string
	Wait(ctx context.Context) error
	Typing(ctx context.Context, chat store.Chat) error
	Send(ctx context.Context, o store.Outgoing) (accepted time.Time, err error)
}

// Worker works the outbox, one message at a time.
type Worker struct {
	Store  Store
	Queue  Queue
	Sender Sender
	Pace   *Pace
	Now    func() time.Time
	Rand   *rand.Rand // of the typing pauses
	Log    zerolog.Logger
	OnSend func(store.Outgoing, error) // may be nil
	Hurry  int                         // divides all pauses; 0 divides none. For simulated networks only

	recheck time.Time // when to look for rows that are noted as being sent and are not; zero: there are none
	resumed bool      // what an earlier process left is free
}

// The waits after a send that failed. What may have arrived is left alone
// until its receipt had time to come.
const (
	firstRetry = 5 * time.Second
	lastRetry  = 15 * time.Minute
	doubtWait  = 2 * time.Minute
)

// Run sends until ctx ends, and returns nil then. Rows that were being sent
// when the last process died, or when their fate could not be noted, are sent
// again under their ids, unless a receipt for them came in the meantime.
func (w *Worker) Run(ctx context.Context) error {
	w.recheck, w.resumed = w.Now(), false
	for w.Sender.Wait(ctx) == nil {
		again, err := w.step(ctx)
		if err != nil && ctx.Err() == nil {
			w.Log.Error().Ctx(ctx).Err(err).Msg("outbox step failed")
			w.doubt()
			w.rest(ctx, w.Now().Add(w.pause(firstRetry)))
		}
		if err == nil && !again.IsZero() {
			w.rest(ctx, again)
		}
	}
	return nil
}

// doubt sees to it that rows whose fate could not be noted are found.
func (w *Worker) doubt() {
	if now := w.Now(); !w.recheck.After(now) {
		w.recheck = now.Add(w.pause(doubtWait))
	}
}

// resume frees the rows that are noted as being sent: those that an earlier
// process left at once, others when their receipt had time to come. None is in
// hand: the worker sends one after the other, and nothing before this has
// succeeded once.
func (w *Worker) resume(ctx context.Context, now time.Time) error {
	rows, err := w.Queue.InDoubt(ctx)
	if err != nil {
		return fmt.Errorf("rows in doubt: %w", err)
	}
	var next time.Time
	for _, o := range rows {
		reason := "restarted while sending"
		if w.resumed {
			reason = "its fate could not be noted"
			if ripe := o.Updated.Add(w.pause(doubtWait)); ripe.After(now) {
				next = ripe
				continue
			}
		}
		if err := w.Store.Requeue(ctx, o.ID, now, reason); err != nil {
			return fmt.Errorf("requeue %s: %w", o.Key, err)
		}
	}
	w.recheck, w.resumed = next, true
	return nil
}

// idle is how far ahead the worker looks when nothing is owed; Owed wakes it.
const idle = 24 * time.Hour

// step sends at most one message. It returns when to look again; the zero time
// means at once.
func (w *Worker) step(ctx context.Context) (again time.Time, err error) {
	now := w.Now()
	if !w.recheck.IsZero() && !w.recheck.After(now) {
		if err := w.resume(ctx, now); err != nil {
			return time.Time{}, err
		}
	}
	if free := w.Pace.Free(now); free.After(now) {
		return free, nil
	}
	busy, next := w.Pace.Busy(now)
	o, err := w.Store.Claim(ctx, now, busy)
	if errors.Is(err, store.ErrNotFound) {
		return w.nextLook(ctx, now, next)
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("claim: %w", err)
	}
	if free := w.Pace.FreeFor(o, now); free.After(now) {
		return time.Time{}, w.Store.Requeue(ctx, o.ID, free, o.Error)
	}
	ctx = store.WithCause(ctx, o.Cause)
	failpoint.Hit(ctx, failpoint.OutboxClaimed)
	if err := w.send(ctx, o); !errors.Is(err, store.ErrNotFound) {
		return time.Time{}, err
	}
	return time.Time{}, nil // a receipt settled the row meanwhile, or its person is erased
}

func (w *Worker) nextLook(ctx context.Context, now, next time.Time) (time.Time, error) {
	due, ok, err := w.Queue.NextDue(ctx)
	if err != nil {
		return time.Time{}, fmt.Errorf("next due: %w", err)
	}
	look := now.Add(idle)
	if ok && due.After(now) && due.Before(look) {
		look = due
	}
	for _, at := range []time.Time{next, w.recheck} {
		if !at.IsZero() && at.Before(look) {
			look = at
		}
	}
	return look, nil
}

func (w *Worker) send(ctx context.Context, o store.Outgoing) error {
	if o.Message == "" {
		o.Message = w.Sender.MessageID(o.Key)
	}
	if err := w.Store.Sending(ctx, o.ID, o.Message); err != nil {
		return fmt.Errorf("note sending: %w", err)
	}
	failpoint.Hit(ctx, failpoint.OutboxNamed)
	w.showTyping(ctx, o)
	began := w.Now()
	at, err := w.Sender.Send(ctx, o)
	if w.OnSend != nil {
		w.OnSend(o, err)
	}
	if err != nil {
		return w.failed(ctx, o, began, err)
	}
	w.Log.Debug().Ctx(ctx).Int64("out", o.ID).Str("kind", string(o.Kind)).Int("attempt", o.Attempts).Msg("message sent")
	failpoint.Hit(ctx, failpoint.OutboxAcked)
	w.count(ctx, o, w.Now())
	if err := w.Store.Accepted(ctx, o.ID, at); err != nil {
		return fmt.Errorf("note acceptance: %w", err)
	}
	failpoint.Hit(ctx, failpoint.OutboxAccepted)
	return nil
}

// count takes a message into account that left then, or may have.
func (w *Worker) count(ctx context.Context, o store.Outgoing, at time.Time) {
	if err := w.Pace.Sent(ctx, o, at); err != nil {
		w.Log.Error().Ctx(ctx).Err(err).Msg("pace not kept")
	}
}

// failed decides what becomes of a message that could not be sent.
func (w *Worker) failed(ctx context.Context, o store.Outgoing, began time.Time, cause error) error {
	var doubt interface{ InDoubt() bool }
	var final interface{ Permanent() bool }
	var slow interface{ Limited() bool }
	log := w.Log.Warn().Ctx(ctx).Err(cause).Int64("out", o.ID).Int("attempt", o.Attempts)
	if errors.As(cause, &slow) && slow.Limited() {
		if err := (Standing{w.Pace.Counters}).Limited(ctx, w.Now()); err != nil {
			return fmt.Errorf("note limit: %w", err)
		}
	}
	switch {
	case errors.As(cause, &final) && final.Permanent():
		log.Msg("message given up")
		return w.Store.Bury(ctx, o.ID, cause.Error())
	case errors.As(cause, &doubt) && doubt.InDoubt():
		log.Msg("message in doubt")
		w.count(ctx, o, began)
		return w.Store.Requeue(ctx, o.ID, w.Now().Add(w.pause(doubtWait)), cause.Error())
	}
	log.Msg("message not sent")
	return w.Store.Requeue(ctx, o.ID, w.Now().Add(w.pause(backoff(o.Attempts))), cause.Error())
}

func (w *Worker) pause(d time.Duration) time.Duration { return d / time.Duration(max(w.Hurry, 1)) }

func backoff(attempts int) time.Duration {
	wait := firstRetry << min(max(attempts-1, 0), 10)
	return min(wait, lastRetry)
}

// rest waits until a moment, until something is owed, or until ctx ends.
func (w *Worker) rest(ctx context.Context, until time.Time) {
	t := time.NewTimer(until.Sub(w.Now()))
	defer t.Stop()
	select {
	case <-t.C:
	case <-w.Queue.Owed():
	case <-ctx.Done():
	}
}

// The pause in which an answer seems to be typed, by its length in bytes.
const (
	shortestPause = time.Second
	longestPause  = 4 * time.Second
	pausePerByte  = 8 * time.Millisecond
)

// showTyping shows that an answer is being typed, as long as its length deserves.
// Digests and reactions come without it.
func (w *Worker) showTyping(ctx context.Context, o store.Outgoing) {
	if o.Urgency != store.UrgencyReply || o.Kind == store.KindReaction {
		return
	}
	if err := w.Sender.Typing(ctx, o.Chat); err != nil {
		w.Log.Debug().Ctx(ctx).Err(err).Msg("typing not shown")
	}
	pause := shortestPause + time.Duration(len(o.Text))*pausePerByte + time.Duration(w.Rand.IntN(500))*time.Millisecond
	t := time.NewTimer(w.pause(min(pause, longestPause)))
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
