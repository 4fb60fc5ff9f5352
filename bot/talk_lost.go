package bot

import (
	"context"
	"fmt"

	"clubrun/store"
)

// lost returns, as messages that nobody wrote, the sign-ins that were under
// way when the bot was stopped: an address, a password and Garmin's cookies
// live in memory only, so that whoever waits at such a step waits in vain and
// has to be told.
func (b *Bot) lost(ctx context.Context) ([]store.Incoming, error) {
	if b.Direct == nil {
		return nil, nil
	}
	var all []store.Incoming
	for _, step := range []string{stepPassword, stepCode} {
		talks, err := b.Store.TalksAt(ctx, topicLink, step)
		if err != nil {
			return nil, fmt.Errorf("sign-ins under way: %w", err)
		}
		for _, k := range talks {
			if b.Now().After(k.Until) {
				continue // who comes back to it is told that it took too long
			}
			a, err := b.Store.AthleteByUser(ctx, k.User)
			if err != nil {
				return nil, fmt.Errorf("sign-ins under way: %w", err)
			}
			all = append(all, store.Incoming{
				Chat: b.Direct(a.User, a.Phone), Sender: a.User, Phone: a.Phone, Name: a.Name,
				Message: fmt.Sprintf("lost-%d-%d", a.ID, k.Until.UnixMilli()), Sent: b.Now(), Received: b.Now(),
			})
		}
	}
	return all, nil
}

// interrupted tells somebody that the bot was restarted in the middle of their
// sign-in, unless an answer to what they wrote has done so.
func (t *turn) interrupted(ctx context.Context) {
	if t.talk.Topic != topicLink || t.expired() {
		return
	}
	switch t.talk.Step {
	case stepPassword:
		if _, known := t.memory().email(t.in.Sender); known {
			return
		}
	case stepCode:
		if t.waits() {
			return
		}
	default:
		return
	}
	t.linkAgain(ctx, "bot.restarted.link")
}
