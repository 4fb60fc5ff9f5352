package publish

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"clubrun/digest"
	"clubrun/digest/gather"
	"clubrun/digest/render"
	"clubrun/store"
)

// RaceStore is what races are posted from at once.
type RaceStore interface {
	gather.Source
	OweRace(ctx context.Context, group, athlete, edition int64, o store.Outgoing) error
	Counter(ctx context.Context, key string) (string, error)
	SetCounter(ctx context.Context, key, value string) error
	LastDigest(ctx context.Context, group int64) (store.Digest, error)
}

// Herald posts a race at once in groups that want that: one a day at most, in
// waking hours and outside of the group's quiet time, so that people can cheer. It is safe to
// repeat.
type Herald struct {
	Store RaceStore
	Voice
	Now func() time.Time
}

// The rules of a race that is posted at once.
const (
	freshRace = 2         // days, today included
	firstHour = 8         // in the group's zone
	lastHour  = 21        // not any more
	raceGrace = time.Hour // that a message may be under way
)

// Post owes the group its most remarkable race of today or yesterday, unless
// one was posted today. What the group's digest could tell is not told again.
func (h *Herald) Post(ctx context.Context, g store.Group) error {
	now := h.Now().In(g.Location())
	if !g.Races || g.Quiet.Holds(now) || now.Hour() < firstHour || now.Hour() >= lastHour {
		return nil
	}
	counter := fmt.Sprintf("race/%d", g.ID)
	today := store.DayOf(now)
	last, err := h.Store.Counter(ctx, counter)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("races of group %d: %w", g.ID, err)
	}
	day, posted, _ := strings.Cut(last, " ")
	if day == today.String() {
		return nil
	}
	in, err := gather.Input(ctx, h.Store, g, store.Span{Start: today - freshRace + 1, End: today + 1}, now, h.Rules)
	if err != nil {
		return err
	}
	digested, err := h.Store.LastDigest(ctx, g.ID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("races of group %d: %w", g.ID, err)
	}
	race, found := pick(in, posted, digested)
	if !found {
		return nil
	}
	// The counter first: after a crash one race less is posted at once, and
	// never one too many. The digest tells it anyway.
	if err := h.Store.SetCounter(ctx, counter, today.String()+" "+strconv.FormatInt(race.Activity, 10)); err != nil {
		return fmt.Errorf("races of group %d: %w", g.ID, err)
	}
	err = h.Store.OweRace(ctx, g.ID, race.Athlete, in.Edition, store.Outgoing{
		Key: RaceKey(g.ID, race.Activity), Chat: g.Chat, Kind: store.KindText, Urgency: store.UrgencyDigest,
		Text: render.Race(race, h.Words.For(g.Language, g.Units)), Due: now, Expires: evening(now).Add(raceGrace),
		Cause: store.NewCause(store.CauseDigest, RaceKey(g.ID, race.Activity)),
	})
	if errors.Is(err, store.ErrDenied) {
		return nil // who withdraws or hides something meanwhile is not told of
	}
	return err
}

// RaceKey is the key of the message about a race; reactions to it are cheers.
func RaceKey(group, activity int64) string { return fmt.Sprintf("race:%d:%d", group, activity) }

// evening is when the waking hours of a moment's day are over.
func evening(now time.Time) time.Time {
	y, m, d := now.Date()
	return time.Date(y, m, d, lastHour, 0, 0, 0, now.Location())
}

// pick returns the most remarkable race of the span but for the one that was
// posted last, and those that a digest was made of.
func pick(in digest.Input, posted string, digested store.Digest) (digest.Highlight, bool) {
	known := map[int64]time.Time{}
	for _, a := range in.Activities {
		known[a.ID] = a.Known
	}
	for _, r := range digest.Compute(in).Notable {
		told := digested.Week.Contains(r.Day) && !known[r.Activity].After(digested.Generated)
		if r.Kind == digest.KindRace && r.Activity != 0 && strconv.FormatInt(r.Activity, 10) != posted && !told {
			return r, true
		}
	}
	return digest.Highlight{}, false
}
