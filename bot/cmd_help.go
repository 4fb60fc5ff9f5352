package bot

import (
	"context"
	"strings"

	"clubrun/bot/access"
	"clubrun/store"
)

// runHelp says what the bot can do: in a group in few lines, in a direct
// message by where the sender stands.
func runHelp(ctx context.Context, t *turn, _ []string) error {
	if t.in.Group {
		t.say("bot.help.room", "link", t.invite("link"))
		return nil
	}
	if !t.known() {
		t.say("bot.help.new")
		return nil
	}
	if _, err := t.account(ctx); err != nil {
		if quiet(err) == nil {
			t.say("bot.help.new")
		}
		return quiet(err)
	}
	text := t.loc.Say("bot.help.head") + "\n" + t.helpLines()
	rules, err := t.rulesAny(ctx)
	if rules {
		text += "\n" + t.loc.Say("bot.help.digest") + "\n" + t.loc.Say("bot.help.admin")
	}
	t.tell(text)
	return err
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

// helpLines is the table of commands as far as a member may use them here.
func (t *turn) helpLines() string {
	var lines []string
	for _, c := range t.book().Commands {
		key := "bot.help." + c.Name
		if c.Where&Direct == 0 || !access.Allow(store.RoleMember, c.Needs) || !t.loc.Has(key) {
			continue
		}
		lines = append(lines, t.loc.Say(key))
	}
	return strings.Join(lines, "\n")
}
