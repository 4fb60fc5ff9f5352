package operate

import (
	"context"
	"strconv"
	"strings"

	"clubrun/store"
)

// findGroup finds a group by its name or its number.
func (d *Desk) findGroup(ctx context.Context, name string) (store.Group, error) {
	g, _, err := d.findGroupIn(ctx, []string{name}, 1)
	return g, err
}

// findGroupIn finds the group that the first words name, at least so many of
// them, and returns the words behind: people forget the quotes around a name.
func (d *Desk) findGroupIn(ctx context.Context, words []string, least int) (store.Group, []string, error) {
	groups, err := d.DB.Groups(ctx)
	if err != nil {
		return store.Group{}, nil, err
	}
	for n := len(words); n >= least; n-- {
		found := matching(groups, strings.Join(words[:n], " "))
		if len(found) == 1 {
			return found[0], words[n:], nil
		}
		if len(found) > 1 {
			return store.Group{}, nil, failure("use the number that clubrun groups shows", "%d groups are called %q", len(found), found[0].Name)
		}
	}
	return store.Group{}, nil, failure("clubrun groups shows those that it is in", "the bot is in no group called %q", strings.Join(words, " "))
}

func matching(groups []store.Group, name string) []store.Group {
	var found []store.Group
	for _, g := range groups {
		if strconv.FormatInt(g.ID, 10) == name {
			return []store.Group{g}
		}
		if store.SameName(g.Name, name) {
			found = append(found, g)
		}
	}
	return found
}

// findMember finds somebody who has written to the bot, by name or number.
func (d *Desk) findMember(ctx context.Context, name string) (store.Athlete, error) {
	all, err := d.DB.Athletes(ctx)
	if err != nil {
		return store.Athlete{}, err
	}
	var found []store.Athlete
	for _, a := range all {
		if strconv.FormatInt(a.ID, 10) == name {
			return a, nil
		}
		if store.SameName(a.Name, name) {
			found = append(found, a)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return store.Athlete{}, failure("clubrun members shows everybody", "nobody called %q has written to the bot", name)
	}
	return store.Athlete{}, failure("use the number that clubrun members shows", "%d members are called %q", len(found), name)
}

// named returns the words of a name: a flag's value and what follows it, for
// people forget the quotes.
func named(flag string, args []string) []string { return append([]string{flag}, args...) }
