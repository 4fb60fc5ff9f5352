package story

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// move gives somebody another phone number: of the WhatsApp account that they
// have, or of a new one that is in no group.
func (p *Player) move(a Action) error {
	who, err := p.find(a.Who)
	if err != nil {
		return err
	}
	number := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, a.Text)
	if number == "" {
		return fmt.Errorf("%s needs a number to move to, as in %s moves to +351 910 000 700", who.Name, a.Who)
	}
	if who.phone != nil { // turned on again when it is next used
		who.phone.Close()
		who.phone = nil
	}
	who.former = append(who.former, who.account)
	who.numbers = append(who.numbers, who.account.PN().User)
	if a.Verb == Moves {
		return who.account.Move(number)
	}
	if _, taken := p.whatsapp.Account(number); taken {
		return fmt.Errorf("somebody has the number that %s wants", who.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(p.groups)) {
		if group := p.groups[name]; group.IsMember(who.account) {
			if err := group.Leave(who.account); err != nil {
				return err
			}
		}
	}
	who.account = p.whatsapp.AddAccount(number, who.Name)
	return nil
}
