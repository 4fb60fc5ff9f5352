package bot

import (
	"context"
	"fmt"
	"strings"

	"clubrun/bot/access"
	"clubrun/digest/locale"
	"clubrun/store"
)

// runMembers tells an admin in private how many of the group are linked and who
// is shown. Who is linked and not shown, or in a pause, is only counted.
func runMembers(ctx context.Context, t *turn, _ []string) error {
	g, _, ok, err := t.ruled(ctx, access.ReadMembers, "members")
	if err != nil || !ok {
		return err
	}
	if t.in.Group && (!t.known() || t.Direct == nil) {
		t.say("bot.pointer", "link", t.invite("members"))
		return nil
	}
	roster, err := t.Rooms.Roster(ctx, g.Chat)
	if err != nil {
		return fmt.Errorf("roster: %w", err)
	}
	linked, err := t.countLinked(ctx, roster)
	if err != nil {
		return err
	}
	shown, err := t.visible(ctx, g)
	if err != nil {
		return err
	}
	t.tells = g.ID
	var all []string
	for _, a := range shown {
		all = append(all, locale.Name(a.Name))
	}
	text := t.loc.Say("bot.members.are", "group", groupName(g), "people", t.headcount(roster), "linked", linked, "shown", len(shown))
	if len(all) > 0 {
		text += "\n" + t.loc.Say("bot.members.names", "names", strings.Join(all, ", "))
	}
	t.longAside("/members", text)
	return nil
}

// headcount counts who is in a roster, but for the bot itself.
func (t *turn) headcount(r store.Roster) int {
	n := len(r.People)
	for _, p := range r.People {
		if p.Phone != "" && p.Phone == t.number() {
			n--
		}
	}
	return n
}

// countLinked counts who of a roster has an account.
func (t *turn) countLinked(ctx context.Context, r store.Roster) (n int, err error) {
	for _, p := range r.People {
		a, err := t.Store.AthleteByUser(ctx, p.User)
		if err == nil {
			_, err = t.accountOf(ctx, a.ID)
		}
		if quiet(err) != nil {
			return n, fmt.Errorf("who is linked: %w", err)
		}
		if err == nil {
			n++
		}
	}
	return n, nil
}
