package bot

import (
	"context"
	"strings"
	"time"

	"clubrun/store"
)

// runPrivacy says in short what is read, kept and shown.
func runPrivacy(ctx context.Context, t *turn, _ []string) error {
	hand := false
	if t.known() && !t.in.Group {
		account, err := t.account(ctx)
		if quiet(err) != nil {
			return err
		}
		hand = err == nil && account.Source == store.ByHand
	}
	t.tell(t.privacy(hand))
	return nil
}

// privacy is what is read, kept and shown, for how long, and what becomes of it:
// a line for each, made from what this instance stores, and from whether the
// sender counts without Garmin. In a group it is the same whoever asks.
func (t *turn) privacy(hand bool) string {
	read := "bot.privacy.read"
	if hand {
		read = "bot.privacy.read.hand"
	}
	return strings.Join([]string{
		"👀 " + t.loc.Say(read),
		"🩺 " + t.healthTerm(),
		"🗺️ " + t.filesTerm(),
		"👥 " + t.loc.Say("bot.privacy.shown"),
		"🗓️ " + t.loc.Say("bot.privacy.term", "n", int(t.Settings.Retention/(24*time.Hour))),
		"🔑 " + t.keyTerm(hand),
		"📦 " + t.loc.Say("bot.privacy.out"),
		"🙋 " + t.loc.Say("bot.privacy.who", "operator", t.operator()),
	}, "\n")
}

// keyTerm says what becomes of a password and of the access that it gives, by
// the roads that this instance offers.
func (t *turn) keyTerm(hand bool) string {
	if hand {
		return t.loc.Say("bot.privacy.key.none")
	}
	all := []string{t.loc.Say("bot.privacy.key")}
	for _, road := range t.roads() {
		switch road {
		case roadPage:
			all = append(all, t.loc.Say("bot.privacy.key.page"))
		case roadChat:
			all = append(all, t.loc.Say("bot.privacy.key.chat"))
		}
	}
	return strings.Join(all, " ")
}
