package bot

import (
	"context"
	"fmt"
	"time"

	"clubrun/store"
)

const (
	nudgeAgain = 7 * 24 * time.Hour // at most one word a week
	askedNow   = 18 * time.Hour     // after asking for words, before the first
	freshSync  = 24 * time.Hour     // of figures from which a gap can be told
	longestGap = 90                 // days after which nobody is spoken to any more
)

// Nudge says a kind word to those who asked for one after so many days without
// a workout: once for each gap, at most once a week, by day, and a few people
// at once. It is to be called several times an hour.
func (b *Bot) Nudge(ctx context.Context) (told int, err error) {
	if b.Direct == nil || b.Outage != nil && b.Outage() {
		return 0, nil
	}
	accounts, err := b.Store.Accounts(ctx)
	if err != nil {
		return 0, fmt.Errorf("nudge: %w", err)
	}
	for _, account := range accounts {
		if account.State != store.AccountHealthy || told == mostTold {
			continue
		}
		fresh, err := b.nudge(ctx, account)
		if err != nil {
			return told, fmt.Errorf("nudge athlete %d: %w", account.Athlete, err)
		}
		if fresh {
			told++
		}
	}
	return told, nil
}

func (b *Bot) nudge(ctx context.Context, account store.Account) (fresh bool, err error) {
	a, err := b.Store.Athlete(ctx, account.Athlete)
	if err != nil || a.Prefs.Remind == 0 || account.Source == garmin && b.Now().Sub(a.LastSync) > freshSync {
		return false, err
	}
	t, err := b.toward(ctx, a.ID)
	if err != nil || !t.awake() {
		return false, err
	}
	today := store.DayOf(b.Now().In(t.zone))
	if _, paused, err := t.running(ctx, today); err != nil || paused {
		return false, err
	}
	last, found, err := t.lastDay(ctx, today)
	if err != nil || !found || int(today-last) <= a.Prefs.Remind {
		return false, err
	}
	return t.nudged(ctx, last, int(today-last)-1)
}

// lastDay is the day of the last workout.
func (t *turn) lastDay(ctx context.Context, today store.Day) (last store.Day, found bool, err error) {
	acts, err := t.Store.Activities(ctx, t.athlete.ID, store.Span{Start: today - longestGap, End: today + 2})
	for _, act := range acts {
		if day := act.Day(); !found || day > last {
			last, found = day, true
		}
	}
	return last, found, err
}

// nudged says the word of a gap after the workout of a day, unless it was said.
func (t *turn) nudged(ctx context.Context, last store.Day, days int) (fresh bool, err error) {
	w, err := t.spokenLast(ctx)
	if err != nil || w.gap >= int64(last) || t.Now().Before(w.next) {
		return false, err
	}
	t.announceByDay(fmt.Sprintf("remind:%d:%d", t.athlete.ID, last), t.loc.Say("bot.remind.word", "n", days))
	if err := t.Store.Answer(ctx, store.Reply{Owed: t.owed}); err != nil {
		return false, err
	}
	return true, t.keepSpoken(ctx, word{int64(last), t.Now().Add(nudgeAgain)})
}

// word is the last that somebody was told, and when the next one may come.
type word struct {
	gap  int64 // the day of the workout before it
	next time.Time
}

func (t *turn) spokenLast(ctx context.Context) (w word, err error) {
	text, err := t.Store.Counter(ctx, fmt.Sprintf("bot.remind.%d", t.athlete.ID))
	if quiet(err) != nil {
		return w, err
	}
	var next int64
	if n, _ := fmt.Sscan(text, &w.gap, &next); n < 2 { // none yet
		return word{}, nil
	}
	w.next = time.Unix(next, 0)
	return w, nil
}

func (t *turn) keepSpoken(ctx context.Context, w word) error {
	return t.Store.SetCounter(ctx, fmt.Sprintf("bot.remind.%d", t.athlete.ID), fmt.Sprint(w.gap, w.next.Unix()))
}

// notYet leaves whoever has just asked for words in peace until tomorrow.
func (t *turn) notYet(ctx context.Context) error {
	w, err := t.spokenLast(ctx)
	if err != nil {
		return err
	}
	if tomorrow := t.Now().Add(askedNow); w.next.Before(tomorrow) {
		w.next = tomorrow
	}
	return t.keepSpoken(ctx, w)
}

// awake says whether the person may be written to unasked at this moment: by
// day, and not in the middle of a sign-in.
func (t *turn) awake() bool {
	hour := t.Now().In(t.zone).Hour()
	return hour >= wakingHour && hour < sleepingHour && (t.talk.Topic != topicLink || t.expired())
}
