package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"clubrun/store"
)

const (
	together  = 16   // messages handled at once, of different people
	batch     = 200  // rows read from the inbox at once
	mostHeld  = 1000 // rows in hand, beyond which no more are read
	tries     = 3    // of handling a message
	firstWait = 2 * time.Second
	storeWait = 5 * time.Second // after the store itself failed
)

// Run answers what is in the inbox, each person's messages in their order and
// several people at once, until ctx ends; then it returns nil, when all that
// it began has ended.
func (b *Bot) Run(ctx context.Context) error {
	b.started = b.Now()
	caught := make(chan struct{})
	d := &desk{bot: b, more: true, lines: map[string]*line{}, held: map[int64]bool{}, done: make(chan outcome, together), caught: caught}
	defer d.hands.Wait()
	d.hands.Go(func() {
		if b.Ready == nil || b.Ready(ctx) == nil {
			close(caught)
		}
	})
	for {
		wake := earlier(d.serve(ctx), b.memory().sweep())
		if !d.wait(ctx, wake) {
			return nil
		}
	}
}

// desk is the work in hand. Only Run's own goroutine touches it; the handlers
// report on done.
type desk struct {
	bot   *Bot
	lines map[string]*line // by sender
	order []string         // senders in the order in which they came
	held  map[int64]bool   // rows that are in a line or being handled
	busy  int
	more  bool      // the inbox may have rows that are not held
	again time.Time // when to ask a store that failed
	done  chan outcome
	hands sync.WaitGroup

	caught <-chan struct{} // closed when what was written while the bot was away is here; nil after that
}

// line is what one person has written and nobody has answered yet.
type line struct {
	rows   []store.Incoming
	active bool
	rest   time.Time // not before
}

type outcome struct {
	row store.Incoming
	err error
}

// serve reads the inbox, starts what can start, and returns when to look
// again.
func (d *desk) serve(ctx context.Context) (wake time.Time) {
	d.fill(ctx)
	now := d.bot.Now()
	for _, sender := range d.order {
		l := d.lines[sender]
		if l.active || len(l.rows) == 0 {
			continue
		}
		if now.Before(l.rest) {
			wake = earlier(wake, l.rest)
			continue
		}
		if d.busy < together {
			d.start(ctx, l)
		}
	}
	return earlier(wake, d.again)
}

func (d *desk) fill(ctx context.Context) {
	if !d.more || len(d.held) > mostHeld || d.bot.Now().Before(d.again) {
		return
	}
	d.again = time.Time{}
	limit := batch + len(d.held)
	rows, err := d.bot.Store.Unanswered(ctx, limit)
	if err != nil {
		if ctx.Err() == nil {
			d.bot.Log.Error().Ctx(ctx).Err(err).Msg("inbox not read")
		}
		d.again = d.bot.Now().Add(storeWait)
		return
	}
	d.more = len(rows) == limit
	for _, row := range rows {
		if d.held[row.ID] {
			continue
		}
		d.held[row.ID] = true
		d.line(row)
	}
}

// recall puts the sign-ins that a stop interrupted behind what their people
// have written.
func (d *desk) recall(ctx context.Context) {
	rows, err := d.bot.lost(ctx)
	if err != nil && ctx.Err() == nil {
		d.bot.Log.Error().Ctx(ctx).Err(err).Msg("interrupted sign-ins not found")
	}
	for _, row := range rows {
		d.line(row)
	}
}

// line puts a row into its sender's line.
func (d *desk) line(row store.Incoming) {
	l, known := d.lines[row.Sender]
	if !known {
		l = &line{}
		d.lines[row.Sender] = l
		d.order = append(d.order, row.Sender)
	}
	l.rows = append(l.rows, row)
}

// start hands the first row of a line to a handler.
func (d *desk) start(ctx context.Context, l *line) {
	row := l.rows[0]
	newer := len(l.rows) > 1
	l.active = true
	d.busy++
	d.bot.running.Add(1)
	ctx = store.WithCause(ctx, row.Cause())
	d.hands.Go(func() {
		err := d.bot.guarded(ctx, row, newer)
		d.bot.running.Add(-1)
		d.done <- outcome{row, err} // never blocks: the channel holds all that are busy
	})
}

// wait returns when there is something to do; false when ctx has ended.
func (d *desk) wait(ctx context.Context, wake time.Time) bool {
	var alarm <-chan time.Time
	if !wake.IsZero() {
		t := time.NewTimer(max(wake.Sub(d.bot.Now()), time.Millisecond))
		defer t.Stop()
		alarm = t.C
	}
	select {
	case <-ctx.Done():
		return false
	case <-d.bot.Store.Arrived():
		d.more = true
	case <-alarm:
	case <-d.caught:
		d.caught, d.more = nil, true
		d.fill(ctx)
		d.recall(ctx)
	case o := <-d.done:
		d.finish(ctx, o)
	}
	return ctx.Err() == nil
}

// finish takes a handled row off its line, or lets it wait for another try.
func (d *desk) finish(ctx context.Context, o outcome) {
	d.busy--
	l := d.lines[o.row.Sender]
	l.active = false
	if o.err == nil || d.bot.failed(store.WithCause(ctx, o.row.Cause()), o.row, o.err) {
		l.rows = l.rows[1:]
		delete(d.held, o.row.ID)
		d.bot.memory().drop(keyOf(o.row))
		if len(l.rows) == 0 {
			d.forget(o.row.Sender)
		}
		return
	}
	l.rows[0].Attempts++
	l.rest = d.bot.Now().Add(firstWait << (2 * (l.rows[0].Attempts - 1)))
}

func (d *desk) forget(sender string) {
	delete(d.lines, sender)
	for i, s := range d.order {
		if s == sender {
			d.order = append(d.order[:i], d.order[i+1:]...)
			return
		}
	}
}

// guarded handles a row and survives its panic. Of a panic it tells where, and
// what only where the runtime raised it: other values might hold a text.
func (b *Bot) guarded(ctx context.Context, in store.Incoming, newer bool) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic of %T", p)
			var fault runtime.Error
			if e, ok := p.(error); ok && errors.As(e, &fault) {
				err = fmt.Errorf("panic: %w", fault)
			}
			b.Log.Error().Ctx(ctx).Err(err).Int64("inbox", in.ID).Bytes("stack", debug.Stack()).Msg("handler panicked")
		}
	}()
	return b.handle(ctx, in, newer)
}

// failed notes that a row could not be handled. True means that it is given
// up, and that the sender has been told.
func (b *Bot) failed(ctx context.Context, in store.Incoming, cause error) (over bool) {
	if ctx.Err() != nil {
		return false // we are being stopped: the row stays for the next start
	}
	b.Log.Error().Ctx(ctx).Err(cause).Int64("inbox", in.ID).Msg("message not handled")
	if in.ID == 0 { // nobody wrote it, and nobody waits for it
		return in.Attempts+1 >= tries
	}
	attempts, err := b.Store.Defer(ctx, in.ID, cause.Error())
	if err != nil {
		b.Log.Error().Ctx(ctx).Err(err).Int64("inbox", in.ID).Msg("failure not noted")
		return false
	}
	if attempts < tries {
		return false
	}
	if err := b.Store.Answer(ctx, b.apology(ctx, in)); err != nil {
		b.Log.Error().Ctx(ctx).Err(err).Int64("inbox", in.ID).Msg("apology not stored")
	}
	return true
}
