package house

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"clubrun/store"
	"clubrun/store/sqlite"
)

// Operate runs a command of the operator that works on the data of a house,
// also while it runs: groups list, groups allow NAME, groups forbid NAME.
func (h *House) Operate(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 0 || args[0] != "groups" {
		return fmt.Errorf("%q does not work beside the running bot", strings.Join(args, " "))
	}
	return Groups(ctx, h.DB, args[1:], out)
}

// Groups lists groups, or allows or forbids one by its name or number.
func Groups(ctx context.Context, db *sqlite.DB, args []string, out io.Writer) error {
	verb := "list"
	if len(args) > 0 {
		verb = args[0]
	}
	switch {
	case verb == "list" && len(args) <= 1:
		return listGroups(ctx, db, out)
	case (verb == "allow" || verb == "forbid") && len(args) > 1:
		return allowGroup(ctx, db, strings.Join(args[1:], " "), verb == "allow", out)
	}
	return fmt.Errorf("write groups list, groups allow NAME or groups forbid NAME")
}

func listGroups(ctx context.Context, db *sqlite.DB, out io.Writer) error {
	groups, err := db.Groups(ctx)
	if err != nil {
		return err
	}
	if len(groups) == 0 {
		_, err := fmt.Fprintln(out, "The bot is in no group yet. Add its number to one.")
		return err
	}
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "NUMBER\tGROUP\tALLOWED\tSTARTED\tDIGEST\tNEXT")
	for _, g := range groups {
		next := ""
		if !g.NextRun.IsZero() {
			next = g.NextRun.In(g.Location()).Format("Mon 2 Jan 15:04 MST")
		}
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\t%s\n", g.ID, g.Name, yes(g.Allowed), yes(g.Enabled), orNone(g.Schedule), next)
	}
	return table.Flush()
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func allowGroup(ctx context.Context, db *sqlite.DB, name string, allowed bool, out io.Writer) error {
	g, err := findGroup(ctx, db, name)
	if err != nil {
		return err
	}
	if err := db.AllowGroup(ctx, operator, g.ID, allowed); err != nil {
		return err
	}
	if !allowed {
		_, err = fmt.Fprintf(out, "%s is no longer allowed: the bot is silent there.\n", g.Name)
		return err
	}
	_, err = fmt.Fprintf(out, "%s is allowed. One of its admins starts the bot there with /start.\n", g.Name)
	return err
}

// operator is the actor of commands typed on the operator's own machine.
var operator = store.Actor{Role: store.RoleOperator}

func findGroup(ctx context.Context, db *sqlite.DB, name string) (store.Group, error) {
	groups, err := db.Groups(ctx)
	if err != nil {
		return store.Group{}, err
	}
	var found []store.Group
	for _, g := range groups {
		if fmt.Sprint(g.ID) == name {
			return g, nil
		}
		if store.SameName(g.Name, name) {
			found = append(found, g)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	if len(found) > 1 {
		return store.Group{}, fmt.Errorf("%d groups are called %q: use the number that groups list shows", len(found), name)
	}
	return store.Group{}, fmt.Errorf("the bot is in no group called %q; groups list shows those it is in", name)
}
