package house

import (
	"context"
	"fmt"

	"clubrun/store"
)

// Prepare sets a group up as operator and admin would: for worlds in which a
// story begins with groups that are allowed or started.
func (h *House) Prepare(ctx context.Context, name string, allowed, started bool) error {
	if !allowed && !started {
		return nil
	}
	groups, err := h.DB.Groups(ctx)
	if err != nil {
		return err
	}
	for _, g := range groups {
		if store.SameName(g.Name, name) {
			return h.prepare(ctx, g, allowed, started)
		}
	}
	return fmt.Errorf("the bot is in no group called %q", name)
}

func (h *House) prepare(ctx context.Context, g store.Group, allowed, started bool) error {
	operator := store.Actor{Role: store.RoleOperator}
	if allowed {
		if err := h.DB.AllowGroup(ctx, operator, g.ID, true); err != nil {
			return err
		}
	}
	if started {
		return h.DB.StartGroup(ctx, operator, g.ID, store.Reply{})
	}
	return nil
}
