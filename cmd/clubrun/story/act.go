package story

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"clubrun/bot/whatsapp/whatsapptest"
	"clubrun/store/failpoint"

	"go.mau.fi/whatsmeow/types"
)

// act does what a line says.
func (p *Player) act(ctx context.Context, a Action) error {
	switch a.Verb {
	case Says:
		return p.say(ctx, a.Who, a.Group, a.Text)
	case Answers:
		return p.answer(ctx, a)
	case Sends:
		return p.send(ctx, a)
	case Edits:
		return p.edit(ctx, a)
	case Votes:
		return p.vote(ctx, a)
	case Reacts:
		return p.react(ctx, a)
	case Moves, Anew:
		return p.move(a)
	case Linked:
		return p.link(ctx, a.People)
	case Add, Remove, Promote, Demote:
		return p.changeGroup(a)
	case Phone:
		_, err := p.bot.Phone().Say(ctx, a.Text)
		return err
	case Operator:
		return p.operate(ctx, a.Text)
	case Until:
		return p.pass(ctx, time.Until(p.next(a)))
	case Wait:
		return p.pass(ctx, a.For)
	case Garmin:
		return p.disturbGarmin(a)
	case WhatsApp:
		return p.disturbWhatsApp(ctx, a)
	case Opens:
		return p.open(ctx, a)
	case Setting:
		p.choices = append(p.choices, [2]string{a.Text, a.Rest})
		return p.restart(ctx)
	case Restart:
		return p.restart(ctx)
	case Kill:
		if a.Text != "" {
			return p.arm(failpoint.Point(a.Text))
		}
		return p.kill(ctx)
	}
	return nil
}

// next returns the next moment at which the clocks of the world show a time on
// a weekday.
func (p *Player) next(a Action) time.Time {
	now := time.Now().In(p.World.zone())
	days := (int(a.Weekday) - int(now.Weekday()) + 7) % 7
	at := time.Date(now.Year(), now.Month(), now.Day()+days, a.Hour, a.Minute, 0, 0, now.Location())
	if !at.After(now) {
		at = at.AddDate(0, 0, 7)
	}
	return at
}

// chat returns where a line of that group, or without one, is written.
func (p *Player) chat(group string) (types.JID, error) {
	if group == "" {
		return p.bot.PN(), nil
	}
	g, err := p.group(group)
	if err != nil {
		return types.JID{}, err
	}
	return g.JID(), nil
}

func (p *Player) say(ctx context.Context, name, group, text string) error {
	who, err := p.find(name)
	if err != nil {
		return err
	}
	to, err := p.chat(group)
	if err != nil {
		return err
	}
	if text, err = p.fill(who, text); err != nil {
		return err
	}
	id := ""
	if bot := p.bot.LID(); slices.Contains(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,.!?:", r) }), "@bot") {
		id, err = who.phone.Mention(ctx, to, strings.ReplaceAll(text, "@bot", "@"+bot.User), bot)
	} else {
		id, err = who.phone.Say(ctx, to, text)
	}
	if err != nil {
		return fmt.Errorf("%s cannot write: %w", name, err)
	}
	who.last = spoken{group, id}
	return nil
}

// answer says something in answer to the bot's last message in a chat.
func (p *Player) answer(ctx context.Context, a Action) error {
	who, err := p.find(a.Who)
	if err != nil {
		return err
	}
	to, err := p.chat(a.Group)
	if err != nil {
		return err
	}
	last, ok := p.lastOfBot(func(m whatsapptest.Accepted) bool {
		_, got := who.phone.Received(m.ID)
		return got && (m.Chat == to || a.Group == "" && m.Chat == who.account.LID())
	})
	if !ok {
		return errors.New("the bot has written nothing there to answer")
	}
	id, err := who.phone.Reply(ctx, to, last.ID, a.Text)
	who.last = spoken{a.Group, id}
	return err
}

// lastOfBot returns the newest message of the bot that fits.
func (p *Player) lastOfBot(fits func(m whatsapptest.Accepted) bool) (last whatsapptest.Accepted, ok bool) {
	for _, m := range slices.Backward(p.whatsapp.Accepted()) {
		if m.From == p.bot && fits(m) {
			return m, true
		}
	}
	return last, false
}

// fill replaces {code} and {ticket} by what Garmin last gave that person.
func (p *Player) fill(who *person, text string) (string, error) {
	if strings.Contains(text, "{code}") {
		code, ok := p.garmin.Code(who.Email)
		if !ok {
			return "", fmt.Errorf("garmin has sent %s no code", who.Name)
		}
		text = strings.ReplaceAll(text, "{code}", code)
	}
	if strings.Contains(text, "{ticket}") {
		ticket, err := p.garmin.Ticket(who.Email)
		if err != nil {
			return "", fmt.Errorf("ticket of %s: %w", who.Name, err)
		}
		text = strings.ReplaceAll(text, "{ticket}", ticket)
	}
	return text, nil
}

func (p *Player) send(ctx context.Context, a Action) error {
	who, err := p.find(a.Who)
	if err != nil {
		return err
	}
	to, err := p.chat(a.Group)
	if err != nil {
		return err
	}
	data, err := p.file(a.Text)
	if err != nil {
		return err
	}
	id, err := who.phone.SendDocument(ctx, to, filepath.Base(a.Text), "application/octet-stream", data)
	who.last = spoken{a.Group, id}
	return err
}

// file reads a file that a story names, from the story's own folder.
func (p *Player) file(name string) ([]byte, error) {
	if !filepath.IsAbs(name) {
		name = filepath.Join(p.Base, name)
	}
	return os.ReadFile(name)
}

func (p *Player) edit(ctx context.Context, a Action) error {
	who, err := p.find(a.Who)
	if err != nil {
		return err
	}
	if who.last.id == "" {
		return fmt.Errorf("%s has written nothing to edit", who.Name)
	}
	to, err := p.chat(who.last.group)
	if err != nil {
		return err
	}
	return who.phone.Edit(ctx, to, who.last.id, a.Text)
}

// react reacts to the bot's last message in a chat.
func (p *Player) react(ctx context.Context, a Action) error {
	who, err := p.find(a.Who)
	if err != nil {
		return err
	}
	group := a.Group
	if group == "" {
		group = who.last.group
	}
	to, err := p.chat(group)
	if err != nil {
		return err
	}
	chat := to
	if group == "" {
		chat = who.account.LID()
	}
	last, ok := p.lastOfBot(func(m whatsapptest.Accepted) bool { return m.Chat == chat })
	if !ok {
		return errors.New("the bot has written nothing there to react to")
	}
	return who.phone.React(ctx, to, p.bot.LID(), last.ID, a.Text)
}

// vote chooses in the bot's last poll in a group.
func (p *Player) vote(ctx context.Context, a Action) error {
	who, err := p.find(a.Who)
	if err != nil {
		return err
	}
	to, err := p.chat(a.Group)
	if err != nil {
		return err
	}
	poll, ok := p.lastOfBot(func(m whatsapptest.Accepted) bool {
		got, ok := who.phone.Received(m.ID)
		return ok && m.Chat == to && got.Kind == "poll"
	})
	if !ok {
		return errors.New("the bot has asked nothing there")
	}
	if got, _ := who.phone.Received(poll.ID); !slices.Contains(got.Options, a.Text) {
		return fmt.Errorf("the poll has no option %q: %s", a.Text, strings.Join(got.Options, ", "))
	}
	return who.phone.Vote(ctx, poll.ID, a.Text)
}

func (p *Player) changeGroup(a Action) error {
	g, err := p.group(a.Group)
	if err != nil && (a.Verb != Add || a.By == "") {
		return err
	}
	if a.Who == "bot" && g == nil {
		by, err := p.find(a.By)
		if err != nil {
			return err
		}
		p.groups[lower(a.Group)] = p.whatsapp.AddGroup(a.Group, by.account, p.bot)
		return nil
	}
	account, admin := p.bot, g.Members()[0]
	if a.Who != "bot" {
		who, err := p.find(a.Who)
		if err != nil {
			return err
		}
		account = who.account
	}
	for _, m := range g.Members() {
		if g.IsAdmin(m) && m != account {
			admin = m
			break
		}
	}
	if (a.Verb == Add) == g.IsMember(account) {
		return fmt.Errorf("%s: %s %s in %s", a.Verb, a.Who, map[bool]string{true: "is already", false: "is not"}[a.Verb == Add], a.Group)
	}
	switch a.Verb {
	case Add:
		return g.Add(admin, account)
	case Remove:
		return g.Remove(admin, account)
	case Promote:
		return g.Promote(admin, account)
	default:
		return g.Demote(admin, account)
	}
}
