package operate

import (
	"context"
	"fmt"
	"strings"

	"clubrun/store"
)

type memberRow struct {
	Number int64    `json:"number"`
	Name   string   `json:"name"`
	Phone  string   `json:"phone,omitempty"`
	State  string   `json:"state"`
	Reason string   `json:"reason,omitempty"`
	Linked string   `json:"linked,omitempty"`
	Synced string   `json:"synced,omitempty"`
	Groups []string `json:"groups"`
}

// What a member's state is beside those of an account.
const (
	unlinked = "not_linked"
	byHand   = "by_hand" // counts without an account elsewhere
)

func listMembers(ctx context.Context, d *Desk, c *Call) error {
	people, err := d.people(ctx)
	if err != nil {
		return err
	}
	var rows []memberRow
	var table grid
	head := []string{"NUMBER", "NAME", "LINKED SINCE", "STATE", "LAST SYNC", "GROUPS"}
	if c.phones {
		head = append(head, "PHONE")
	}
	table.add(head...)
	for _, p := range people {
		row := memberRow{
			Number: p.ID, Name: p.Name, State: p.state(), Reason: p.account.Reason,
			Linked: instant(p.account.Linked), Synced: instant(p.LastSync), Groups: p.groups,
		}
		cells := []string{fmt.Sprint(p.ID), p.Name, d.clock(p.account.Linked), d.stateWords(p), d.clock(p.LastSync), orNone(strings.Join(p.groups, ", "))}
		if c.phones {
			row.Phone = p.Phone
			cells = append(cells, orNone(p.Phone))
		}
		rows = append(rows, row)
		table.add(cells...)
	}
	if c.output == "json" {
		return printJSON(c.out, rows)
	}
	if len(people) == 0 {
		_, err := fmt.Fprintln(c.out, "Nobody has written to the bot in a direct chat yet.")
		return err
	}
	return table.print(c.out)
}

// person is somebody who has written to the bot, with what is kept of them.
type person struct {
	store.Athlete
	account store.Account // zero where none is linked
	groups  []string      // names of those in which they are shown; never nil
}

func (d *Desk) people(ctx context.Context) ([]person, error) {
	athletes, err := d.DB.Athletes(ctx)
	if err != nil {
		return nil, err
	}
	accounts, err := d.DB.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	groups, err := d.DB.Groups(ctx)
	if err != nil {
		return nil, err
	}
	linked, names := map[int64]store.Account{}, map[int64]string{}
	for _, a := range accounts {
		if _, known := linked[a.Athlete]; !known || a.Source != store.ByHand {
			linked[a.Athlete] = a
		}
	}
	for _, g := range groups {
		names[g.ID] = g.Name
	}
	var all []person
	for _, a := range athletes {
		p := person{Athlete: a, account: linked[a.ID], groups: []string{}}
		memberships, err := d.DB.MembershipsOf(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		for _, m := range memberships {
			p.groups = append(p.groups, names[m.Group])
		}
		all = append(all, p)
	}
	return all, nil
}

func (p person) state() string {
	switch {
	case p.account.ID == 0:
		return unlinked
	case p.account.Source == store.ByHand:
		return byHand
	}
	return string(p.account.State)
}

// stateWords says how somebody's account is.
func (d *Desk) stateWords(p person) string {
	switch {
	case p.account.ID == 0:
		return "not linked"
	case p.account.Source == store.ByHand:
		return "by hand"
	case p.account.State == store.AccountHealthy:
		return "linked"
	case p.account.State == store.AccountCooling && !p.account.Until.IsZero():
		return "waits until " + d.clock(p.account.Until)
	case p.account.State == store.AccountSignedOut:
		return "must sign in again"
	}
	return strings.ReplaceAll(string(p.account.State), "_", " ")
}
