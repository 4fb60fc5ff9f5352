package bot

import (
	"context"
	"fmt"

	"clubrun/store"
)

// People are their hidden ids; a phone number is something that they have for a
// while. A number may pass from one person to another, who inherits nothing by
// it, and a person may move to another number, with all that is theirs.

// renumber takes in the number that WhatsApp tells of the sender. Whoever had
// it before has lost it. An athlete who had another one is told, in case it was
// not they who moved.
func (t *turn) renumber(ctx context.Context) error {
	in := t.in
	if in.Phone == "" || in.Phone == in.Sender || in.Received.Sub(in.Sent) > stale { // late ones tell of what was
		return nil
	}
	moved := t.known() && t.athlete.Phone != in.Phone
	if !moved {
		holders, err := t.Store.Holders(ctx, in.Phone)
		if err != nil {
			return fmt.Errorf("whose number: %w", err)
		}
		if len(holders) == 0 || len(holders) == 1 && holders[0].User == in.Sender {
			return nil
		}
	}
	var told store.Reply
	if moved && t.athlete.Phone != "" {
		var err error
		if told, err = t.tellMoved(ctx); err != nil {
			return err
		}
	}
	if err := t.Store.Renumber(ctx, t.by(store.RoleMember), in.Sender, in.Phone, told); err != nil {
		return err
	}
	t.logger(ctx).Info().Bool("moved", moved && t.athlete.Phone != "").Msg("a phone number has changed hands")
	if moved {
		t.athlete.Phone = in.Phone
	}
	return nil
}

// tellMoved is the word to an athlete who has another number now: nothing for
// who has nothing here that came along.
func (t *turn) tellMoved(ctx context.Context) (store.Reply, error) {
	if t.Direct == nil {
		return store.Reply{}, nil
	}
	linked, err := t.hasAccount(ctx)
	if err != nil {
		return store.Reply{}, err
	}
	shown, err := t.agreedIn(ctx)
	if err != nil || !linked && len(shown) == 0 {
		return store.Reply{}, err
	}
	to, err := t.toward(ctx, t.athlete.ID)
	if err != nil {
		return store.Reply{}, err
	}
	o := to.outgoing(store.KindText, to.loc.Say("bot.moved"))
	o.Key, o.Cause = "moved:"+t.in.Message, t.in.Cause()
	return store.Reply{Owed: []store.Outgoing{o}}, nil
}
