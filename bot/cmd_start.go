package bot

import (
	"context"
	"errors"
	"fmt"

	"clubrun/bot/access"
	"clubrun/store"
)

// runStart begins the bot's work in a group, when one of its admins says so
// and the operator serves it. In a direct message it is a hello.
func runStart(ctx context.Context, t *turn, _ []string) error {
	if !t.in.Group {
		return runHelp(ctx, t, nil)
	}
	roster, role, err := t.rank(ctx, t.in.Chat)
	if err != nil {
		return err
	}
	if !access.Allow(role, access.StartGroup) {
		return t.denied(ctx, role, access.StartGroup)
	}
	g, err := t.Store.KnowGroup(ctx, roster, t.defaults())
	if err != nil {
		return fmt.Errorf("start: %w", err)
	}
	t.group = g
	t.speak(g.Language, g.Units, g.Location())
	switch {
	case !g.Allowed && !t.Settings.AnyGroup:
		t.say("bot.start.notallowed", "operator", t.operator(), "group", groupName(g))
		return nil
	case g.Enabled && g.Allowed:
		t.say("bot.start.already", "link", t.invite("link"))
		t.drawInvitation(ctx, g, "")
		return nil
	case !g.Allowed: // the operator lets any group in by an admin's word
		if err := t.Store.AllowGroup(ctx, t.by(role), g.ID, true); err != nil {
			return fmt.Errorf("start: %w", err)
		}
	}
	t.say("bot.start.done", "link", t.invite("link"))
	t.drawInvitation(ctx, g, "")
	return t.Store.StartGroup(ctx, t.by(role), g.ID, t.reply())
}

// rank asks WhatsApp who is in a group and what the sender is to it at this
// moment. Nothing that the sender wrote plays a part.
func (t *turn) rank(ctx context.Context, chat store.Chat) (store.Roster, store.Role, error) {
	r, err := t.Rooms.Roster(ctx, chat)
	if errors.Is(err, store.ErrNotFound) {
		return r, store.RoleStranger, nil
	}
	if err != nil {
		return r, store.RoleStranger, fmt.Errorf("roster: %w", err)
	}
	p, in := member(r, t.in)
	switch {
	case !in:
		return r, store.RoleStranger, nil
	case p.Admin:
		return r, store.RoleAdmin, nil
	}
	return r, store.RoleMember, nil
}
