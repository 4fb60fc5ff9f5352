package bot

import (
	"context"
	"strconv"

	"clubrun/digest/locale"
	"clubrun/store"
)

// The days without a workout after which somebody may ask for a word.
const (
	usualGap = 3
	mostGap  = 30
)

// runRemind sets after how many days without a workout the sender wants a
// word, in private; nobody gets one without asking for it.
func runRemind(ctx context.Context, t *turn, args []string) error {
	if linked, err := t.linked(ctx); err != nil || !linked {
		return err
	}
	prefs := t.athlete.Prefs
	switch {
	case shows(args) && prefs.Remind == 0:
		t.say("bot.remind.is.off")
		return nil
	case shows(args):
		t.say("bot.remind.is.on", "n", prefs.Remind)
		return nil
	case len(args) == 1 && isOff(args[0]):
		prefs.Remind = 0
		t.say("bot.remind.off")
		return t.keep(ctx, prefs)
	}
	days, ok := t.gap(args)
	if !ok || days < 1 || days > mostGap {
		t.say("bot.remind.unknown", "n", mostGap)
		return nil
	}
	prefs.Remind = days
	t.say("bot.remind.set", "n", days)
	if err := t.notYet(ctx); err != nil {
		return err
	}
	return t.keep(ctx, prefs)
}

// gap reads a number of days: 2, 2d, two words such as 2 tage, 1w, "me after
// three days"; on is the usual one.
func (t *turn) gap(args []string) (days int, ok bool) {
	if len(args) == 1 && isOn(args[0]) {
		return usualGap, true
	}
	if len(args) == 1 {
		if n, err := strconv.Atoi(args[0]); err == nil {
			return n, true
		}
	}
	words := afterwards(locale.Typed(args))
	c := locale.Calendar{Lang: t.loc.Language(), Today: store.DayOf(t.Now().In(t.zone))}
	until, used, ok := c.Until(words)
	return int(until - c.Today), ok && used == len(words)
}

// afterwards drops the words before a number of days: "me after", "mich nach".
func afterwards(words []string) []string {
	for len(words) > 1 && (isMe(words[0]) || oneOf("after|every|each|in|nach|alle|jede|tras|despues|cada|depois|apos|apres|tous|dans|dopo|ogni|tra|fra|na|om|elke|iedere|de|di|los|les", words[0])) {
		words = words[1:]
	}
	return words
}
