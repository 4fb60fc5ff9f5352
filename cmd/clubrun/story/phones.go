package story

import (
	"context"
	"fmt"
	"testing/synctest"
)

// turnOn links the phones of people who take part from now on. A phone that
// nobody looks at is not linked: a club of sixty costs more than all the rest.
func (p *Player) turnOn(ctx context.Context, people []*person) error {
	for _, who := range people {
		if who.phone != nil {
			continue
		}
		phone, err := p.whatsapp.Persona(ctx, who.account)
		if err != nil {
			return fmt.Errorf("phone of %s: %w", who.Name, err)
		}
		who.phone = phone
		synctest.Wait()
	}
	return nil
}

// cast returns who must have a phone for an action: who acts, and everybody in
// the group that it is about.
func (p *Player) cast(a Action) []*person {
	if a.Verb == Operator {
		return p.order
	}
	var people []*person
	for _, g := range append(a.People, Guest{a.Who, a.Group}, Guest{a.By, ""}) {
		if who, ok := p.people[g.Who]; ok {
			people = append(people, who)
		}
		people = append(people, p.members(g.Group)...)
	}
	return people
}

// members returns the people of a group; nobody where there is none.
func (p *Player) members(group string) []*person {
	g, ok := p.groups[lower(group)]
	if !ok {
		return nil
	}
	var people []*person
	for _, who := range p.order {
		if g.IsMember(who.account) {
			people = append(people, who)
		}
	}
	return people
}
