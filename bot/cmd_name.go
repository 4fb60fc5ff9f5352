package bot

import (
	"context"
	"strings"

	"clubrun/digest/locale"
	"clubrun/store"
)

// longestName is how many signs of a name are kept.
const longestName = 40

// runName sets the name under which the sender is shown, or tells it.
func runName(ctx context.Context, t *turn, args []string) error {
	if linked, err := t.linked(ctx); err != nil || !linked {
		return err
	}
	name := strings.Join(strings.Fields(t.typed()), " ")
	if len(args) == 0 || locale.Name(name) == "" || !t.naming() {
		t.say("bot.name.is", "name", locale.Name(t.athlete.Name))
		return nil
	}
	if len([]rune(name)) > longestName {
		t.say("bot.name.long")
		return nil
	}
	taken, err := t.takenNames(ctx, store.Group{})
	if err != nil {
		return err
	}
	if taken.has(name) {
		t.say("bot.name.taken", "name", locale.Name(name))
		return nil
	}
	t.say("bot.name.set", "name", locale.Name(name))
	return t.Store.SetName(ctx, t.by(store.RoleMember), t.athlete.ID, name, t.reply())
}

// naming says whether a name follows: behind a command with its slash, or behind
// a colon, and not somewhere in a sentence.
func (t *turn) naming() bool {
	first, _, _ := strings.Cut(strings.TrimSpace(t.text), " ")
	return t.book().Parse(t.text).Slash || strings.HasSuffix(first, ":")
}

// typed returns what followed the command, as it was typed.
func (t *turn) typed() string {
	words := strings.Fields(t.text)
	for len(words) > 1 && strings.HasPrefix(words[0], "@") {
		words = words[1:]
	}
	if len(words) > 1 && !letters(fold(words[0])) { // the prefix alone
		words = words[1:]
	}
	if len(words) == 0 {
		return ""
	}
	return strings.Join(words[1:], " ")
}
