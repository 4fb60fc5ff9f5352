package bot

import (
	"context"
	"fmt"
	"strings"

	"clubrun/store"
)

// runFiles switches the keeping of activity files, or tells how it stands. Who
// agreed to terms by which all are kept has no switch; who agreed to others
// has.
func runFiles(ctx context.Context, t *turn, args []string) error {
	if linked, err := t.linked(ctx); err != nil || !linked {
		return err
	}
	if t.Settings.Files == "none" || t.Settings.Files == "all" && t.athlete.Prefs.Files {
		t.say("bot.files."+t.Settings.Files, "operator", t.operator())
		return nil
	}
	prefs := t.athlete.Prefs
	switch {
	case len(args) == 1 && isOn(args[0]):
		prefs.Files = true
		t.say("bot.files.on")
	case len(args) == 1 && isOff(args[0]):
		prefs.Files = false
		t.say("bot.files.off")
	case prefs.Files:
		t.say("bot.files.are.on")
		return nil
	default:
		t.say("bot.files.are.off")
		return nil
	}
	return t.Store.SetPrefs(ctx, t.by(store.RoleMember), t.athlete.ID, prefs, t.reply())
}

// runPrivate sets what becomes of workouts that are private at Garmin.
func runPrivate(ctx context.Context, t *turn, args []string) error {
	if linked, err := t.linked(ctx); err != nil || !linked {
		return err
	}
	prefs := t.athlete.Prefs
	word := ""
	if len(args) > 0 {
		word = args[0]
	}
	switch word {
	case "totals", "total", "count", "totales", "totais", "summe", "summen", "mitzahlen", "totaux", "totali", "totalen":
		prefs.Private = store.PrivateTotals
		t.say("bot.private.totals")
	case "exclude", "out", "off", "excluir", "fuera", "fora", "ausschliessen", "raus", "aus", "exclure", "dehors", "escludi", "fuori", "uitsluiten", "weg":
		prefs.Private = store.PrivateOut
		t.say("bot.private.exclude")
	default:
		now := store.PrivateOut
		if prefs.Private == store.PrivateTotals {
			now = store.PrivateTotals
		}
		t.say("bot.private.are." + string(now))
		return nil
	}
	return t.Store.SetPrefs(ctx, t.by(store.RoleMember), t.athlete.ID, prefs, t.reply())
}

// runUnlink destroys the tokens of the sender's account.
func runUnlink(ctx context.Context, t *turn, _ []string) error {
	if err := quiet(t.Store.EndPromise(ctx, t.athlete.ID, garmin, store.Reply{})); err != nil {
		return err
	}
	if linked, err := t.linked(ctx); err != nil || !linked {
		return err
	}
	t.end()
	if over, err := t.unlinkByHand(ctx); over || err != nil {
		return err
	}
	if text := t.loc.Say("bot.unlinked"); t.athlete.Prefs.Health.IsZero() {
		t.tell(text)
	} else {
		t.tell(text + " " + t.loc.Say("bot.unlinked.health"))
	}
	return t.Accounts.Unlink(ctx, t.by(store.RoleMember), t.athlete.ID, t.reply())
}

// runDelete asks for the word that erases everything about the sender.
func runDelete(_ context.Context, t *turn, _ []string) error {
	if !t.known() {
		t.say("bot.delete.nothing")
		return nil
	}
	t.await(topicDelete, "confirm", shortLife, notes{})
	t.say("bot.delete.ask")
	return nil
}

// deleteStep erases everything about the sender when they say the word.
func (t *turn) deleteStep(ctx context.Context, f string) error {
	if first, _, _ := strings.Cut(f, " "); !isErase(f) && isYes(first) && t.known() {
		t.say("bot.delete.ask") // a yes is not enough, and no no either
		return nil
	}
	t.end()
	if !isErase(f) || !t.known() {
		t.say("bot.delete.kept")
		return nil
	}
	by := t.by(store.RoleMember)
	if err := quiet(t.Accounts.Unlink(ctx, by, t.athlete.ID, store.Reply{})); err != nil {
		return err
	}
	if t.Shelf != nil {
		if err := t.Shelf.Clear(ctx, t.athlete.ID); err != nil {
			return fmt.Errorf("clear files: %w", err)
		}
	}
	t.say("bot.deleted")
	if err := t.Store.Erase(ctx, by, t.athlete.ID, t.reply()); err != nil {
		return err
	}
	t.memory().forget(t.in.Sender)
	return nil
}
