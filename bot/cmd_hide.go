package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"clubrun/digest/render"
	"clubrun/store"
)

// How many of the last workouts are numbered, and how far they are looked for.
const (
	numbered   = 9
	listedHide = 5 // of them in the list of /hide
	listedMe   = 3 // and below /me
	hideDays   = 90
)

// runHide hides one of the sender's last workouts from every group, takes that
// back, or lists them.
func runHide(ctx context.Context, t *turn, args []string) error {
	if linked, err := t.linked(ctx); err != nil || !linked {
		return err
	}
	all, err := t.latest(ctx)
	if err != nil {
		return err
	}
	several, err := t.several(ctx, all)
	if err != nil {
		return err
	}
	args = slices.Clone(args)
	undo := slices.ContainsFunc(args, isUndo)
	args = slices.DeleteFunc(args, isUndo)
	at, ok := 0, len(args) == 1
	if ok && !isLast(args[0]) {
		at, ok = choice(args[0])
		at--
	}
	switch {
	case len(all) == 0:
		t.say("bot.hide.nothing")
	case len(args) == 0 && !undo:
		t.tell(t.loc.Say("bot.hide.list") + "\n" + t.numberedLines(all, listedHide, several) + "\n" + t.loc.Say("bot.hide.how"))
	case len(args) == 0:
		return t.unhide(ctx, lastHidden(all))
	case !ok || at >= len(all):
		t.say("bot.hide.unknown", "n", len(all))
	case undo:
		return t.unhide(ctx, &all[at])
	default:
		return t.hide(ctx, all[at])
	}
	return nil
}

// latest returns the sender's last workouts, the last one first. A multisport
// event is one.
func (t *turn) latest(ctx context.Context) ([]store.Activity, error) {
	today := store.DayOf(t.Now().In(t.zone))
	all, err := t.Store.Activities(ctx, t.athlete.ID, store.Span{Start: today - hideDays, End: today + 2})
	if err != nil {
		return nil, fmt.Errorf("activities: %w", err)
	}
	whole := map[string]bool{}
	for _, a := range all {
		if a.Parent == "" || a.Parent == a.External {
			whole[a.Source+" "+a.External] = true
		}
	}
	all = slices.DeleteFunc(all, func(a store.Activity) bool {
		return a.Parent != "" && a.Parent != a.External && whole[a.Source+" "+a.Parent]
	})
	slices.SortFunc(all, func(a, b store.Activity) int { return cmp.Or(b.Start.Compare(a.Start), cmp.Compare(b.ID, a.ID)) })
	return all[:min(numbered, len(all))], nil
}

// lastHidden returns the one that was hidden last, nil where none is.
func lastHidden(all []store.Activity) (last *store.Activity) {
	for i := range all {
		if a := &all[i]; !a.Hidden.IsZero() && (last == nil || a.Hidden.After(last.Hidden)) {
			last = a
		}
	}
	return last
}

func (t *turn) hide(ctx context.Context, a store.Activity) error {
	if !a.Hidden.IsZero() {
		t.say("bot.hide.already", "what", t.what(a))
		return nil
	}
	t.say("bot.hide.done", "what", t.what(a))
	return t.setHidden(ctx, a, true)
}

func (t *turn) unhide(ctx context.Context, a *store.Activity) error {
	if a == nil || a.Hidden.IsZero() {
		t.say("bot.hide.none")
		return nil
	}
	t.say("bot.hide.undone", "what", t.what(*a))
	return t.setHidden(ctx, *a, false)
}

func (t *turn) setHidden(ctx context.Context, a store.Activity, hidden bool) error {
	before := t.owed[:len(t.owed)-1]
	err := t.Store.HideActivity(ctx, t.by(store.RoleMember), t.athlete.ID, a.ID, hidden, t.reply())
	if errors.Is(err, store.ErrNotFound) { // gone at Garmin meanwhile
		t.done, t.owed = false, before
		t.say("bot.hide.nothing")
		return nil
	}
	return err
}

// what tells a workout in a few words.
func (t *turn) what(a store.Activity) string {
	text := t.loc.NamedDay(a.Day()) + " · " + render.Sport(a.Sport, t.loc) + " · " + t.amount(a)
	if a.Manual {
		text += " ✍️"
	}
	return text
}

// numberedLines lists the first workouts with their numbers, and says which of
// them have several recordings.
func (t *turn) numberedLines(all []store.Activity, most int, several map[int64][]store.Activity) string {
	var lines []string
	for i, a := range all[:min(most, len(all))] {
		line := fmt.Sprintf("*%d* %s", i+1, t.what(a))
		if !a.Hidden.IsZero() {
			line += " 🙈"
		}
		if n := len(several[a.ID]); n > 0 {
			line += " · " + t.loc.Say("bot.split.mark", "n", n)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func isUndo(word string) bool {
	switch word {
	case "undo", "unhide", "back", "ruckgangig", "rueckgaengig", "zuruck", "zurueck", "deshacer", "desfazer", "annuler", "annulla", "ongedaan", "terug":
		return true
	}
	return false
}
