package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"clubrun/digest/locale"
	"clubrun/store"
)

// The quiet time of who only says "on", and the longest one, in minutes.
const (
	usualFrom = 22 * 60
	usualTo   = 7 * 60
	mostQuiet = 16 * 60
)

// runQuiet sets in which hours nothing unasked is posted in a group, or tells
// it. The digest and races wait for their end.
func runQuiet(ctx context.Context, t *turn, args []string) error {
	g, role, ok, err := t.governed(ctx, args, "quiet")
	if err != nil || !ok {
		return err
	}
	q := store.Quiet{From: usualFrom, To: usualTo}
	switch {
	case shows(args):
		return t.tellQuiet(ctx, g)
	case len(args) == 1 && isOff(args[0]):
		q = store.Quiet{}
	case len(args) == 1 && isOn(args[0]):
	default:
		if q, ok = quietOf(args); !ok {
			t.say("bot.quiet.unknown")
			return nil
		}
		if (q.To-q.From+24*60)%(24*60) > mostQuiet {
			t.say("bot.quiet.long")
			return nil
		}
	}
	before := g.Quiet
	if g.Quiet = q; before.On() && !q.On() {
		t.say("bot.quiet.ended")
		return t.Store.SetQuiet(ctx, t.by(role), g.ID, q, t.reply())
	}
	if err := t.tellQuiet(ctx, g); err != nil {
		return err
	}
	return t.Store.SetQuiet(ctx, t.by(role), g.ID, q, t.reply())
}

func (t *turn) tellQuiet(ctx context.Context, g store.Group) error {
	if !g.Quiet.On() {
		t.say("bot.quiet.off")
		return nil
	}
	text := t.loc.Say("bot.quiet.set", "from", minutes(g.Quiet.From), "to", minutes(g.Quiet.To))
	_, due, planned, err := t.nextWeek(ctx, g)
	if err != nil {
		return err
	}
	if planned {
		text += t.delayed(g, due)
	}
	t.tell(text)
	return nil
}

// delayed says when a digest comes that is due in the quiet time.
func (t *turn) delayed(g store.Group, due time.Time) string {
	if !g.Quiet.Holds(due) {
		return ""
	}
	return "\n" + t.loc.Say("bot.quiet.digest", "day", t.loc.Weekday(due.Weekday()), "time", t.loc.Time(due), "to", minutes(g.Quiet.To))
}

func minutes(n int) string { return fmt.Sprintf("%02d:%02d", n/60, n%60) }

// quietOf reads two times of the day: "21-07", "21:30 to 6:45", "von 22 uhr bis
// 7 uhr".
func quietOf(args []string) (q store.Quiet, ok bool) {
	words := strings.FieldsFunc(strings.Join(args, " "), func(r rune) bool { return strings.ContainsRune(" -–—", r) })
	words = slices.DeleteFunc(words, isBetween)
	for i := 1; i < len(words) && len(words) <= 8; i++ {
		fromHour, fromMinute, ok := locale.ParseClock(strings.Join(words[:i], " "))
		toHour, toMinute, ok2 := locale.ParseClock(strings.Join(words[i:], " "))
		if ok && ok2 {
			q = store.Quiet{From: fromHour*60 + fromMinute, To: toHour*60 + toMinute}
			return q, q.On()
		}
	}
	return q, false
}

func isBetween(word string) bool {
	switch word {
	case "from", "to", "till", "until", "between", "and", "von", "bis", "zwischen", "und", "desde", "hasta", "de", "a", "las", "entre", "y", "das", "ate", "as", "e",
		"jusqu'a", "jusque", "et", "dalle", "alle", "fino", "tra", "van", "tot", "tussen", "en":
		return true
	}
	return false
}
