package bot

import (
	"context"
	"strings"

	"clubrun/bot/access"
	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
)

// mostRaces is how many races an answer lists.
const mostRaces = 10

// setsRaces says whether it is about posting races.
func setsRaces(args []string) bool { return len(args) > 0 && isPost(args[0]) }

// runRaces lists a group's races, of this year or another period; its admins
// say whether races are posted at once.
func runRaces(ctx context.Context, t *turn, args []string) error {
	if setsRaces(args) {
		return t.postRaces(ctx, args[1:])
	}
	groups, err := t.rooms(ctx)
	if err != nil {
		return err
	}
	for _, g := range groups {
		q := t.asks(args, g, locale.UnitYear, nil)
		if q.name != "" {
			q.rest = []string{q.name}
		}
		if !t.sensible(q, g, "races") {
			return nil
		}
		r, err := t.groupReport(ctx, g, q.span, q.sport)
		if err != nil {
			return err
		}
		lines, more := render.Races(r, mostRaces, t.loc)
		if more > 0 {
			lines = append(lines, t.loc.Say("bot.races.more", "n", more))
		}
		head := "bot.races.head"
		if len(lines) == 0 {
			head = "bot.races.none"
		}
		t.tell(t.titled(groups, g, strings.Join(append([]string{t.loc.Say(head, "span", t.loc.Span(q.span))}, lines...), "\n")))
	}
	if len(groups) == 0 {
		t.say("bot.nogroup")
	}
	return nil
}

// postRaces switches whether races are posted at once, or tells how it stands.
func (t *turn) postRaces(ctx context.Context, args []string) error {
	g, role, ok, err := t.ruled(ctx, access.SetRaces, "races")
	if err != nil || !ok {
		return err
	}
	return t.setRaces(ctx, g, role, args)
}

func (t *turn) setRaces(ctx context.Context, g store.Group, role store.Role, args []string) error {
	switch {
	case len(args) == 1 && isOn(args[0]):
		t.say("bot.races.on")
		return t.Store.SetRaces(ctx, t.by(role), g.ID, true, t.reply())
	case len(args) == 1 && isOff(args[0]):
		t.say("bot.races.off")
		return t.Store.SetRaces(ctx, t.by(role), g.ID, false, t.reply())
	case len(args) > 0:
		t.say("bot.races.unknown")
	case g.Races:
		t.say("bot.races.are.on")
	default:
		t.say("bot.races.are.off")
	}
	return nil
}

func isPost(word string) bool {
	switch word {
	case "post", "posts", "posting", "posten", "publicar", "postar", "publier", "pubblica", "plaatsen":
		return true
	}
	return false
}
