package bot

import (
	"context"
	"fmt"

	"clubrun/bot/access"
	"clubrun/store"
)

// shows says whether a command of a setting only asks how it stands.
func shows(args []string) bool { return len(args) == 0 || len(args) == 1 && isShow(args[0]) }

// governed returns the group whose setting a command is about. Its members may
// see how it stands; only its admins change it. Where ok is false, what there
// is to say has been said.
func (t *turn) governed(ctx context.Context, args []string, command string) (g store.Group, role store.Role, ok bool, err error) {
	return t.governedFor(ctx, args, access.SetGroup, command)
}

// governedFor is governed for a setting that needs an action of its own.
func (t *turn) governedFor(ctx context.Context, args []string, action access.Action, command string) (g store.Group, role store.Role, ok bool, err error) {
	if !shows(args) || t.in.Group && !t.serves(t.group) {
		return t.ruled(ctx, action, command)
	}
	if t.in.Group {
		return t.group, store.RoleMember, true, nil
	}
	groups, err := t.rooms(ctx)
	switch {
	case err != nil:
		return g, role, false, err
	case len(groups) == 0:
		t.say("bot.nogroup")
	case len(groups) == 1:
		return groups[0], store.RoleMember, true, nil
	default:
		t.say("bot.which.group", "groups", names(groups), "command", t.called(command))
	}
	return g, role, false, nil
}

// met makes somebody known who sets something of their own before they link.
func (t *turn) met(ctx context.Context) error {
	if t.known() {
		return nil
	}
	a, err := t.Store.Meet(ctx, t.in.Sender, t.in.Phone, t.in.Name)
	if err != nil {
		return fmt.Errorf("meet: %w", err)
	}
	t.athlete = a
	return nil
}

// keep settles a change of the sender's own settings.
func (t *turn) keep(ctx context.Context, prefs store.Prefs) error {
	return t.Store.SetPrefs(ctx, t.by(store.RoleMember), t.athlete.ID, prefs, t.reply())
}
