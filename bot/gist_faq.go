package bot

import (
	"context"
	"fmt"

	"clubrun/store"
)

// faq returns the answer to what people often ask in words of their own, or ""
// for a topic that is none of that.
func (t *turn) faq(topic string) string {
	switch topic {
	case gistSee, gistPay, gistOther:
		return t.loc.Say("bot.faq."+topic, "operator", t.operator())
	case gistWho:
		return t.loc.Say("bot.faq.who", "operator", t.keeper())
	case gistApp, gistAny, gistAlso, gistTyped:
		return t.loc.Say("bot.faq." + topic)
	}
	return ""
}

// explainBoard says how a line of the board is read, in the sender's first
// group.
func (t *turn) explainBoard(ctx context.Context) error {
	groups, err := t.home(ctx)
	if err != nil {
		return fmt.Errorf("which board: %w", err)
	}
	metric := store.ByEffort
	if groups = t.foremost(groups); len(groups) > 0 {
		metric = groups[0].Metric
	}
	t.say("bot.faq.board", "metric", t.loc.Say("bot.metric."+string(metric)))
	return nil
}

// cameBack answers who is here again: a pause ends, and who is shown nowhere is
// asked.
func (t *turn) cameBack(ctx context.Context) error {
	shown, err := t.shownIn(ctx)
	if err != nil {
		return err
	}
	if len(shown) == 0 {
		return t.answerGist(ctx, gistJoin)
	}
	return runResume(ctx, t, nil)
}
