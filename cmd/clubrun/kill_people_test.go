package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"clubrun/bot/whatsapp/whatsapptest"

	"go.mau.fi/whatsmeow/types/events"
)

// human is somebody with a phone and a Garmin account who wants something of
// the bot and goes on asking until it is done.
type human struct {
	world                 *world
	name, email, password string
	account               *whatsapptest.Account
	phone                 *whatsapptest.Persona

	mu    sync.Mutex // guards all below; never held while waiting
	heard []whatsapptest.Received
	talk  *talk
}

// hear takes every message that the phone decrypts, also one that it has
// already.
func (h *human) hear(raw any) {
	e, ok := raw.(*events.Message)
	if !ok || e.Info.Category == "peer" || e.Info.Sender.User != h.world.bot.LID().User {
		return
	}
	r, ok := h.phone.Received(e.Info.ID)
	if !ok {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.heard = append(h.heard, r)
	if h.talk != nil {
		h.talk.news <- r
	}
}

// everything returns what was heard since the last forget.
func (h *human) everything() []whatsapptest.Received {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.heard)
}

func (h *human) forget() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.heard, h.talk = nil, nil
}

// errand is something that somebody wants: what they say first, and the words
// by which they know that it is done.
type errand struct {
	room  bool // in the group
	says  string
	until string
}

// talk is how somebody goes about their errands, one after the other.
type talk struct {
	human *human
	todo  []errand
	news  chan whatsapptest.Received
	ended chan struct{}

	mu        sync.Mutex // guards all below
	sent      []string   // message ids
	passwords int        // typed
	lines     []string   // what was said, for a failure
	err       error
}

// begin begins errands; the first words are on their way to WhatsApp when it
// returns.
func (h *human) begin(ctx context.Context, todo ...errand) *talk {
	t := &talk{human: h, todo: todo, news: make(chan whatsapptest.Received, 1000), ended: make(chan struct{})}
	h.mu.Lock()
	h.talk = t
	h.mu.Unlock()
	t.say(ctx, todo[0].says)
	go func() {
		defer close(t.ended)
		for len(t.todo) > 0 && t.err == nil {
			select {
			case r := <-t.news:
				t.react(ctx, r)
			case <-ctx.Done():
				return
			}
		}
	}()
	return t
}

func (t *talk) over() bool {
	select {
	case <-t.ended:
		return true
	default:
		return false
	}
}

func (t *talk) say(ctx context.Context, text string) {
	w := t.human.world
	to := w.bot.LID()
	if t.todo[0].room {
		to = w.group.JID()
	}
	id, err := t.human.phone.Say(ctx, to, text)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sent, t.lines = append(t.sent, id), append(t.lines, "> "+text)
	if text == t.human.password {
		t.passwords++
	}
	if err != nil {
		t.err = fmt.Errorf("%s says %q: %w", t.human.name, text, err)
	}
}

// react goes on with the errand after something that the bot said in its chat.
func (t *talk) react(ctx context.Context, r whatsapptest.Received) {
	now := t.todo[0]
	if inRoom := r.Chat == t.human.world.group.JID(); inRoom != now.room || r.Kind != whatsapptest.KindText {
		return
	}
	t.mu.Lock()
	t.lines = append(t.lines, "< "+r.Text)
	t.mu.Unlock()
	if strings.Contains(r.Text, now.until) {
		if t.todo = t.todo[1:]; len(t.todo) > 0 {
			t.say(ctx, t.todo[0].says)
		}
		return
	}
	if answer, ok := t.answer(r.Text); ok {
		t.say(ctx, answer)
	}
}

// answer is what somebody says to a question; false where nothing was asked.
func (t *talk) answer(question string) (string, bool) {
	for _, a := range []struct{ part, answer string }{
		{"What is the e-mail address", t.human.email},
		{"And the password?", t.human.password},
		{"e-mailed a code", "{code}"},
		{"May I show you", "yes"},
		{"lost your last message", t.todo[0].says},
		{"Start again: /link", "/link chat"},
	} {
		if !strings.Contains(question, a.part) {
			continue
		}
		if a.answer == "{code}" {
			return t.human.world.garmin.Code(t.human.email)
		}
		return a.answer, true
	}
	return "", false
}

func (t *talk) String() string {
	if t == nil {
		return "nobody spoke"
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return fmt.Sprintf("%s, %v:\n%s", t.human.name, t.err, strings.Join(t.lines, "\n"))
}
