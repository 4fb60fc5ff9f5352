package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"clubrun/store"
)

// Parts knows which workouts are told by several recordings, a watch's and a
// bike computer's, and takes them apart.
type Parts interface {
	// Recordings returns the recordings of those activities of the span that
	// have several, by the activity's id.
	Recordings(ctx context.Context, athlete int64, s store.Span) (map[int64][]store.Activity, error)
	// Split makes a workout of each recording. store.ErrNotFound says that
	// there are not several.
	Split(ctx context.Context, by store.Actor, a store.Activity, r store.Reply) error
	// Unsplit takes the last Split back. store.ErrNotFound says that there is
	// none.
	Unsplit(ctx context.Context, by store.Actor, r store.Reply) error
}

// runSplit takes one of the sender's last workouts apart that two devices have
// recorded, takes that back, or lists such workouts.
func runSplit(ctx context.Context, t *turn, args []string) error {
	if linked, err := t.linked(ctx); err != nil || !linked {
		return err
	}
	if t.Parts == nil {
		t.say("bot.split.none")
		return nil
	}
	if slices.ContainsFunc(args, isUndo) {
		return t.unsplit(ctx)
	}
	all, err := t.latest(ctx)
	if err != nil {
		return err
	}
	several, err := t.several(ctx, all)
	if err != nil {
		return err
	}
	at, ok := 0, len(args) == 1
	if ok && !isLast(args[0]) {
		at, ok = choice(args[0])
		at--
	}
	lines := t.severalLines(all, several, func(store.Activity) bool { return true })
	switch {
	case len(all) == 0:
		t.say("bot.hide.nothing")
	case ok && at < len(all):
		return t.split(ctx, all[at])
	case len(lines) == 0:
		t.say("bot.split.none")
	default:
		t.tell(t.loc.Say("bot.split.list") + "\n" + strings.Join(lines, "\n") + "\n" + t.loc.Say("bot.split.how"))
	}
	return nil
}

func (t *turn) split(ctx context.Context, a store.Activity) error {
	t.say("bot.split.done", "what", t.what(a))
	err := t.Parts.Split(ctx, t.by(store.RoleMember), a, t.reply())
	return t.unless(err, "bot.split.one", "what", t.what(a))
}

func (t *turn) unsplit(ctx context.Context) error {
	t.say("bot.split.undone")
	return t.unless(t.Parts.Unsplit(ctx, t.by(store.RoleMember), t.reply()), "bot.split.nothing")
}

// unless says something else in place of the last answer where there was
// nothing to do.
func (t *turn) unless(err error, key string, args ...any) error {
	if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	t.done, t.owed = false, t.owed[:len(t.owed)-1]
	t.say(key, args...)
	return nil
}

// several returns the recordings of those activities that have several.
func (t *turn) several(ctx context.Context, all []store.Activity) (map[int64][]store.Activity, error) {
	if t.Parts == nil || len(all) == 0 {
		return nil, nil
	}
	span := store.Span{Start: all[0].Day(), End: all[0].Day() + 1}
	for _, a := range all {
		span.Start, span.End = min(span.Start, a.Day()), max(span.End, a.Day()+1)
	}
	return t.Parts.Recordings(ctx, t.athlete.ID, span)
}

// severalLines tells of those that have several recordings what each says,
// with their numbers.
func (t *turn) severalLines(all []store.Activity, several map[int64][]store.Activity, meant func(store.Activity) bool) (lines []string) {
	for i, a := range all {
		if len(several[a.ID]) == 0 || !meant(a) {
			continue
		}
		var parts []string
		for _, p := range several[a.ID] {
			parts = append(parts, t.amount(p)+" ("+t.origin(p)+")")
		}
		lines = append(lines, fmt.Sprintf("*%d* ", i+1)+t.loc.Say("bot.split.once", "what", t.what(a), "parts", strings.Join(parts, ", ")))
	}
	return lines
}

// mergedIn tells which workouts of a time have several recordings.
func (t *turn) mergedIn(ctx context.Context, span store.Span) ([]string, error) {
	all, err := t.latest(ctx)
	if err != nil {
		return nil, err
	}
	several, err := t.several(ctx, all)
	return t.severalLines(all, several, func(a store.Activity) bool { return span.Contains(a.Day()) }), err
}

// origin tells where a recording comes from.
func (t *turn) origin(a store.Activity) string {
	switch a.Source {
	case "garmin", "garmin-file", "export":
		return "Garmin"
	case store.SourceFile:
		return t.loc.Say("bot.split.file")
	case store.SourceTyped:
		return t.loc.Say("bot.split.typed")
	}
	return a.Source
}

// amount tells how much a workout was: how far, or else how long.
func (t *turn) amount(a store.Activity) string {
	if a.Distance == 0 {
		return t.loc.Duration(cmp.Or(a.Moving, a.Timer, a.Elapsed))
	}
	return t.loc.Distance(a.Distance, a.Sport)
}
