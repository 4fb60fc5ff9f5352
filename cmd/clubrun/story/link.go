package story

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"clubrun/store"
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
	if g.Group != "" || g.Who == "all" {
		if _, err := p.group(g.Group); err != nil {
			return nil, err
		}
	}
	if g.Who != "all" {
		_, err := p.find(g.Who)
		return []string{g.Who}, err
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
	linked, shown, err := p.standing(ctx, who, group)
	if err != nil || shown {
		return err
	}
	if linked {
		return p.agree(ctx, name, group, "/join")
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
	if linked, _, err = p.standing(ctx, who, group); err != nil || !linked {
		return errors.Join(err, fmt.Errorf("the bot did not link them; %s", p.recall()))
	}
	if err := p.consent(ctx, name, group); err != nil || group == "" {
		return err
	}
	if _, shown, err = p.standing(ctx, who, group); err != nil || !shown {
		return errors.Join(err, fmt.Errorf("they are linked, and not shown in %s; %s", group, p.recall()))
	}
	return nil
}

// agree asks to be shown and says yes.
func (p *Player) agree(ctx context.Context, name, group, ask string) error {
	if err := p.turn(ctx, name, ask); err != nil {
		return err
	}
	return p.consent(ctx, name, group)
}

// consent picks the group, where several are possible, and says yes.
func (p *Player) consent(ctx context.Context, name, group string) error {
	if n := p.numberOf(group); n != "" {
		if err := p.turn(ctx, name, n); err != nil {
			return err
		}
	}
	return p.turn(ctx, name, "yes")
}

// standing says whether somebody has linked an account already, and is shown
// in that group, or in any where none is named.
func (p *Player) standing(ctx context.Context, who *person, group string) (linked, shown bool, err error) {
	a, err := p.house.DB.AthleteByUser(ctx, who.account.LID().User)
	if errors.Is(err, store.ErrNotFound) {
		return false, false, nil
	}
	if err != nil {
		return false, false, err
	}
	if _, err = p.house.DB.Account(ctx, a.ID, "garmin"); errors.Is(err, store.ErrNotFound) {
		return false, false, nil
	}
	if err != nil {
		return false, false, err
	}
	all, err := p.house.DB.MembershipsOf(ctx, a.ID)
	for _, m := range all {
		g, err := p.house.DB.Group(ctx, m.Group)
		if err != nil {
			return true, false, err
		}
		shown = shown || group == "" || store.SameName(g.Name, group)
	}
	return true, shown, err
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
