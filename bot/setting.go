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
	if t.in.Group && shows(args) {
		return t.group, store.RoleMember, true, nil
	}
	if shows(args) {
		groups, err := t.rooms(ctx)
		if err != nil {
			return g, role, false, err
		}
		if len(groups) == 1 {
			return groups[0], store.RoleMember, true, nil
		}
	}
	return t.ruled(ctx, access.SetGroup, command)
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
