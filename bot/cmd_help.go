package bot

import (
	"context"
	"slices"
	"strings"

	"clubrun/bot/access"
	"clubrun/digest/locale"
	"clubrun/store"
)

// runHelp says what the bot can do: in a group in few lines, in a direct
// message by where the sender stands. With a command it says what that does.
func runHelp(ctx context.Context, t *turn, args []string) error {
	switch whole := len(args) == 1 && isWhole(args[0]); {
	case whole && !t.in.Group:
		return t.helpAll(ctx)
	case len(args) > 0 && !whole && t.helpAbout(args[0]):
		return nil
	case t.in.Group:
		t.say("bot.help.room", "link", t.invite("link"))
		return nil
	}
	return t.helpHere(ctx)
}

// helpAbout says what the command of a word does, or that there is none. It is
// false where the word is of a sentence, "help me", and not of a question.
func (t *turn) helpAbout(word string) bool {
	word = strings.TrimLeft(word, "/!.")
	asked := t.book().Parse(t.text).Slash
	if word == "" || !asked && isMe(word) {
		return false
	}
	name := t.book().name(word)
	if name == "" {
		name, _ = t.book().nearest(word)
	}
	switch c, known := t.book().find(name); {
	case known && access.Allow(store.RoleAdmin, c.Needs):
		t.say("bot.about." + name)
	case asked && !t.in.Group:
		t.say("bot.about.none", "word", locale.Name(word))
	default:
		return false
	}
	return true
}

// first are the commands that help tells of at once, of those that have a line;
// the others come with /help all.
func first(account store.Account, shown, groups []store.Group) []string {
	first := []string{"week", "me"}
	switch {
	case len(shown) == 0 && len(groups) == 0:
		first = []string{"me"}
	case len(shown) == 0:
		first = []string{"join", "me"}
	}
	if account.Source != garmin {
		first = append(first, "undo")
	}
	return append(first, "pause", "leave", "privacy")
}

// helpHere says what to ask next, by where the sender stands: not linked yet,
// linked and shown nowhere, shown, and an admin.
func (t *turn) helpHere(ctx context.Context) error {
	account, err := store.Account{}, store.ErrNotFound
	if t.known() {
		account, err = t.account(ctx)
	}
	if err != nil {
		if quiet(err) == nil {
			t.say("bot.help.new")
		}
		return quiet(err)
	}
	shown, err := t.shownIn(ctx)
	if err != nil {
		return err
	}
	groups, err := t.common(ctx)
	if err != nil {
		return err
	}
	lines := []string{t.loc.Say("bot.help.nowhere")}
	switch {
	case len(shown) > 0:
		lines[0] = t.loc.Say("bot.help.shown", "groups", names(shown))
	case len(groups) == 0:
		lines[0] = t.loc.Say("bot.nogroup")
	}
	lines = append(lines, t.helpLines(first(account, shown, groups)...)...)
	admin, err := t.adminLines(ctx)
	t.tell(strings.Join(append(append(lines, admin...), t.loc.Say("bot.help.more")), "\n"))
	return err
}

// helpAll says all that the sender can ask.
func (t *turn) helpAll(ctx context.Context) error {
	lines := append([]string{t.loc.Say("bot.help.head")}, t.helpLines()...)
	admin, err := t.adminLines(ctx)
	t.tell(strings.Join(append(lines, admin...), "\n"))
	return err
}

// adminLines are what only admins can ask; nothing for others.
func (t *turn) adminLines(ctx context.Context) ([]string, error) {
	rules, err := t.rulesAny(ctx)
	if !rules {
		return nil, err
	}
	return []string{t.loc.Say("bot.help.digest"), t.loc.Say("bot.help.admin")}, err
}

// rulesAny says whether the sender is an admin of one of the groups.
func (t *turn) rulesAny(ctx context.Context) (bool, error) {
	groups, err := t.common(ctx)
	for _, g := range groups {
		_, role, err := t.rank(ctx, g.Chat)
		if err != nil {
			return false, err
		}
		if access.Allow(role, access.SteerDigest) {
			return true, nil
		}
	}
	return false, err
}

// helpLines is the table of commands as far as a member may use them here, or
// those of some names.
func (t *turn) helpLines(names ...string) []string {
	var lines []string
	for _, c := range t.book().Commands {
		key := "bot.help." + c.Name
		if c.Where&Direct == 0 || !access.Allow(store.RoleMember, c.Needs) || !t.loc.Has(key) {
			continue
		}
		if len(names) == 0 || slices.Contains(names, c.Name) {
			lines = append(lines, t.loc.Say(key))
		}
	}
	return lines
}
