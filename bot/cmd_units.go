package bot

import (
	"context"
	"time"

	"clubrun/store"
)

// runUnits sets in which units distances are told: to the sender in a direct
// message, in the whole group by one of its admins. The answer is an example.
func runUnits(ctx context.Context, t *turn, args []string) error {
	g, role, ok, err := t.governedHere(ctx, args, "units")
	if err != nil || !ok {
		return err
	}
	if shows(args) {
		t.sample("bot.units.are")
		return nil
	}
	units, known := unitsOf(args[0])
	if !known || len(args) > 1 {
		t.say("bot.units.unknown")
		return nil
	}
	t.speak(t.loc.Language(), units, t.zone)
	if t.in.Group {
		t.sample("bot.units.group")
		return t.Store.SetUnits(ctx, t.by(role), g.ID, units, t.reply())
	}
	prefs := t.athlete.Prefs
	prefs.Units = units
	t.sample("bot.units.own")
	return t.keep(ctx, prefs)
}

// sample says something about a run and a hill as they are told now.
func (t *turn) sample(key string) {
	const run, hill = 10000, 250
	t.say(key, "distance", t.loc.Distance(run, store.Run), "pace", t.loc.Pace(run, 55*time.Minute, store.Run), "climb", t.loc.Climb(hill))
}

// unitsOf returns the unit system that a folded word means, in any language.
func unitsOf(word string) (store.Units, bool) {
	switch word {
	case "km", "kilometer", "kilometers", "kilometre", "kilometres", "kilometros", "quilometros", "chilometri", "metric", "metrisch", "metrico", "metrique": //nolint:misspell // Spanish
		return store.Kilometres, true
	case "mi", "mile", "miles", "meile", "meilen", "milla", "millas", "milha", "milhas", "miglia", "mijl", "mijlen", "imperial", "imperiale":
		return store.Miles, true
	case "both", "beide", "beides", "ambos", "ambas", "deux", "entrambi", "entrambe", "allebei":
		return store.Both, true
	}
	return "", false
}
