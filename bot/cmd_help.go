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
	if _, err := t.Store.Account(ctx, t.athlete.ID, garmin); err != nil {
		if quiet(err) == nil {
			t.say("bot.help.new")
		}
		return quiet(err)
	}
	t.tell(t.loc.Say("bot.help.head") + "\n" + t.helpLines())
	return nil
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
