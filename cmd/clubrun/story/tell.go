package story

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"clubrun/bot/whatsapp/whatsapptest"
)

// hearing is a message of the bot as people received it.
type hearing struct {
	whatsapptest.Received
}

// tell prints what people received since the last time, in the order in which
// WhatsApp accepted it, and remembers it for the expectations.
func (p *Player) tell(ctx context.Context) error {
	accepted := p.whatsapp.Accepted()
	for _, m := range accepted[p.told:] {
		if m.From != p.bot {
			continue
		}
		if err := p.tellOne(ctx, m); err != nil {
			return err
		}
	}
	p.told = len(accepted)
	return nil
}

func (p *Player) tellOne(ctx context.Context, m whatsapptest.Accepted) error {
	if m.Chat == p.bot.LID() {
		p.tellPhone(m)
		return nil
	}
	got, reader, missing := p.readers(m)
	if reader == nil {
		p.print(m.At, "bot -> "+p.place(m), "!! nobody got it")
		return nil
	}
	p.heard = append(p.heard, hearing{got})
	if link := linkOfPage.FindString(got.Text); link != "" {
		reader.page = link
	}
	head := "bot -> " + p.place(m)
	body := got.Text
	switch got.Kind {
	case "image":
		p.images++
		name := fmt.Sprintf("%04d.jpg", p.images)
		head += fmt.Sprintf(" [image %s %dx%d]", name, got.Width, got.Height)
		if err := p.keepMedia(ctx, reader, m.ID, name); err != nil {
			return err
		}
	case "document":
		p.documents++
		head += " [document " + got.FileName + "]"
		if err := p.keepMedia(ctx, reader, m.ID, fmt.Sprintf("%04d-%s", p.documents, filepath.Base(got.FileName))); err != nil {
			return err
		}
	case "album":
		head, body = head+" [album of "+got.Text+"]", ""
	case "poll":
		head += " [poll]"
	case "reaction":
		head += " reacts " + got.Text + " to " + p.author(got.Target)
		body = ""
	case "edit":
		head += " edits"
	case "revoke":
		head, body = head+" deletes", ""
	}
	if missing > 0 {
		body = strings.TrimRight(body, "\n") + fmt.Sprintf("\n!! %d of %d did not get it", missing, len(p.humans(m)))
	}
	p.print(m.At, head, body)
	return nil
}

// tellPhone prints what the bot wrote into the chat of its number with itself.
func (p *Player) tellPhone(m whatsapptest.Accepted) {
	got, ok := p.bot.Phone().Received(m.ID)
	if !ok {
		p.print(m.At, "bot -> "+phone, "!! it did not get it")
		return
	}
	p.heard = append(p.heard, hearing{got})
	p.print(m.At, "bot -> "+phone, got.Text)
}

// humans are the people whom a message was meant for.
func (p *Player) humans(m whatsapptest.Accepted) []*person {
	var out []*person
	for _, who := range p.order {
		for _, to := range m.To {
			if to == who.account {
				out = append(out, who)
			}
		}
	}
	return out
}

// readers returns the message as the first of its people decrypted it, and how
// many of them did not.
func (p *Player) readers(m whatsapptest.Accepted) (got whatsapptest.Received, reader *person, missing int) {
	for _, who := range p.humans(m) {
		var r whatsapptest.Received
		ok := false
		if who.phone != nil {
			r, ok = who.phone.Received(m.ID)
		}
		if !ok {
			missing++
			continue
		}
		if reader == nil {
			got, reader = r, who
		}
	}
	return got, reader, missing
}

// place names the chat of a message.
func (p *Player) place(m whatsapptest.Accepted) string {
	for _, g := range p.World.Groups {
		if group := p.groups[lower(g.Name)]; group != nil && group.JID() == m.Chat {
			return g.Name
		}
	}
	for _, g := range p.groups {
		if g.JID() == m.Chat {
			return g.Name()
		}
	}
	for _, who := range p.order {
		if who.account.LID() == m.Chat || who.account.PN() == m.Chat {
			return who.key()
		}
	}
	return m.Chat.String()
}

// author names who wrote a message.
func (p *Player) author(id string) string {
	for _, m := range p.whatsapp.Accepted() {
		if m.ID != id {
			continue
		}
		for _, who := range p.order {
			if who.account == m.From {
				return who.key()
			}
		}
	}
	return "somebody"
}

// keepMedia keeps a picture or a file as its reader has it.
func (p *Player) keepMedia(ctx context.Context, reader *person, id, name string) error {
	if p.Dir == "" {
		return nil
	}
	data, err := reader.phone.Download(ctx, id)
	if err != nil {
		return fmt.Errorf("%s for %s: %w", name, reader.Name, err)
	}
	if err := os.MkdirAll(p.Dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(p.Dir, name), data, 0o644)
}

// print prints one message of the transcript.
func (p *Player) print(at time.Time, head, body string) {
	if p.mute {
		return
	}
	fmt.Fprintf(p.Out, "%s %s\n", at.In(p.World.zone()).Format("2006-01-02 15:04"), head)
	if body = strings.TrimRight(body, "\n"); body == "" {
		return
	}
	for line := range strings.SplitSeq(body, "\n") {
		fmt.Fprintf(p.Out, "  %s\n", line)
	}
}

// judge looks at the last action; it returns what is wrong, or nothing.
func (p *Player) judge(a Action) string {
	switch a.Verb {
	case Expect:
		if !p.said(a.Text) {
			return "the bot did not say so; " + p.recall()
		}
	case ExpectNot:
		if p.said(a.Text) {
			return "the bot did say so"
		}
	case ExpectNone:
		for _, h := range p.heard {
			if h.Kind != "reaction" {
				return p.recall()
			}
		}
	case ExpectPic:
		if !p.any("image", "") {
			return "no picture came; " + p.recall()
		}
	case ExpectMark:
		if !p.any("reaction", a.Text) {
			return "no such reaction came; " + p.recall()
		}
	}
	return ""
}

func (p *Player) said(text string) bool {
	for _, h := range p.heard {
		if h.Kind != "reaction" && strings.Contains(h.Text, text) {
			return true
		}
	}
	return false
}

func (p *Player) any(kind, text string) bool {
	for _, h := range p.heard {
		if h.Kind == kind && (text == "" || h.Text == text) {
			return true
		}
	}
	return false
}

// recall says what came, for somebody who reads why a story failed.
func (p *Player) recall() string {
	if len(p.heard) == 0 {
		return "it said nothing"
	}
	var said []string
	for _, h := range p.heard {
		said = append(said, fmt.Sprintf("%s %q", h.Kind, h.Text))
	}
	return "it sent " + strings.Join(said, ", ")
}
