package bot

import (
	"context"
	"fmt"

	"clubrun/store"
)

// runPair tells the operator how the bot is linked to WhatsApp, and how that is
// done again.
func runPair(ctx context.Context, t *turn, _ []string) error {
	h, err := t.Desk.Health(ctx)
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	head := t.loc.Say("bot.pair.number", "number", "+"+t.number())
	if !h.Paired.IsZero() {
		day := store.DayOf(h.Paired.In(t.zone))
		head = t.loc.Say("bot.pair.since", "number", "+"+t.number(), "day", t.loc.Day(day)+" "+h.Paired.In(t.zone).Format("2006"))
	}
	t.tell(paragraphs(head, t.loc.Say("bot.pair.how")))
	return nil
}
