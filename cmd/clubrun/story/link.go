package story

import (
	"context"
	"fmt"
	"regexp"
	"strings"
)

// link walks people through linking, to the yes for a group, and prints
// nothing of it.
func (p *Player) link(ctx context.Context, guests []Guest) error {
	p.mute = true
	defer func() { p.mute, p.heard = false, nil }()
	for _, g := range guests {
		names, err := p.expand(g)
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := p.linkOne(ctx, name, g.Group); err != nil {
				return fmt.Errorf("link %s: %w", name, err)
			}
		}
	}
	return nil
}

func (p *Player) expand(g Guest) ([]string, error) {
	if g.Who != "all" {
		_, err := p.find(g.Who)
		return []string{g.Who}, err
	}
	if _, err := p.group(g.Group); err != nil {
		return nil, err
	}
	var names []string
	for _, who := range p.members(g.Group) {
		names = append(names, who.key())
	}
	return names, nil
}

func (p *Player) linkOne(ctx context.Context, name, group string) error {
	who, err := p.find(name)
	if err != nil {
		return err
	}
	steps := []string{"/link chat", who.Email, who.Password}
	if who.MFA != "" {
		steps = append(steps, "{code}")
	}
	for _, text := range steps {
		if err := p.turn(ctx, name, text); err != nil {
			return err
		}
	}
	if !p.said("Linked") {
		return fmt.Errorf("the bot did not say Linked; %s", p.recall())
	}
	if n := p.numberOf(group); n != "" {
		if err := p.turn(ctx, name, n); err != nil {
			return err
		}
	}
	return p.turn(ctx, name, "yes")
}

// turn writes one message and waits for what comes back.
func (p *Player) turn(ctx context.Context, name, text string) error {
	p.heard = nil
	if err := p.say(ctx, name, "", text); err != nil {
		return err
	}
	if err := p.settle(ctx); err != nil {
		return err
	}
	return p.tell(ctx)
}

var numbered = regexp.MustCompile(`(?m)^\W*(\d+)\W+(.*)$`)

// numberOf finds a group in a list that the bot gave, by its number.
func (p *Player) numberOf(group string) string {
	if group == "" {
		return ""
	}
	for _, h := range p.heard {
		for _, m := range numbered.FindAllStringSubmatch(h.Text, -1) {
			if strings.Contains(lower(m[2]), lower(group)) {
				return m[1]
			}
		}
	}
	return ""
}
