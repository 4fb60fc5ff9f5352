package bot

import (
	"context"
	"strings"

	"clubrun/digest/render"
)

// runPrize tells who leads in this week's prize, or which prizes there are.
func runPrize(ctx context.Context, t *turn, args []string) error {
	groups, err := t.rooms(ctx)
	switch {
	case err != nil:
		return err
	case len(groups) == 0:
		t.say("bot.nogroup")
		return nil
	case len(args) > 0 && isList(args[0]):
		t.longAside("/prize list", t.loc.Say("bot.prize.list", "prizes", strings.Join(t.prizes(), " · ")))
		return nil
	case len(args) > 0:
		t.say("bot.prize.unknown")
		return nil
	}
	for _, g := range groups {
		r, err := t.groupReport(ctx, g, t.week(g), "")
		if err != nil {
			return err
		}
		text := render.Prize(r, t.loc)
		if text == "" {
			text = t.loc.Say("bot.prize.none")
		} else {
			text = t.loc.Say("bot.prize.sofar") + "\n" + text
		}
		t.tell(t.titled(groups, g, text))
	}
	return nil
}

// prizes are the names of all prizes.
func (t *turn) prizes() []string {
	var all []string
	for _, rule := range t.Rules.Prizes() {
		if title := render.PrizeTitle(rule, t.loc); title != "" {
			all = append(all, rule.Icon+" "+title)
		}
	}
	return all
}

func isList(word string) bool {
	switch word {
	case "list", "all", "liste", "alle", "lista", "todos", "toutes", "tous", "elenco", "tutti", "lijst":
		return true
	}
	return false
}
