package bot

import (
	"context"

	"clubrun/bot/access"
	"clubrun/digest/render"
	"clubrun/store"
)

// runMetric sets what a group ranks by, or tells it.
func runMetric(ctx context.Context, t *turn, args []string) error {
	g, role, ok, err := t.governedFor(ctx, args, access.SetMetric, "metric")
	if err != nil || !ok {
		return err
	}
	if shows(args) {
		now := g.Metric
		if g.Style == render.StylePoints {
			now = store.ByPoints
		}
		if !t.loc.Has("bot.metric." + string(now)) {
			now = store.ByEffort
		}
		t.say("bot.metric.is", "metric", t.loc.Say("bot.metric."+string(now)))
		return nil
	}
	if isPoll(args[0]) {
		return t.poll(ctx, g, role, args[1:])
	}
	m, known := metricOf(args[0])
	if !known || len(args) > 2 {
		t.say("bot.metric.unknown")
		return nil
	}
	key := "bot.metric.set"
	if len(args) == 2 {
		if _, sport := sportOf(args[1]); m != store.ByDistance || !sport {
			t.say("bot.metric.unknown")
			return nil
		}
		key = "bot.metric.set.sport" // a board by distance is of the sport that most did
	}
	t.say(key, "metric", t.loc.Say("bot.metric."+string(m)))
	return t.rankBy(ctx, g, role, m)
}

// rankBy sets what a group ranks by. The style that ranks by points alone gives
// way to the full one: whoever asked last wins.
func (t *turn) rankBy(ctx context.Context, g store.Group, role store.Role, m store.Metric) error {
	if g.Style == render.StylePoints && m != store.ByPoints {
		if err := t.Store.SetStyle(ctx, t.by(role), g.ID, render.StyleFull, store.Reply{}); err != nil {
			return err
		}
	}
	return t.Store.SetMetric(ctx, t.by(role), g.ID, m, t.reply())
}

// metricOf returns the metric that a folded word means, in any language.
func metricOf(word string) (store.Metric, bool) {
	switch word {
	case "effort", "intensity", "intensitat", "intensitaet", "anstrengung", "belastung", "esfuerzo", "intensidad", "esforco", "intensidade", "intensite", "sforzo", "intensita",
		"intensiteit", "inspanning":
		return store.ByEffort, true
	case "days", "day", "tage", "dias", "jours", "giorni", "dagen":
		return store.ByDays, true
	case "time", "hours", "zeit", "stunden", "tiempo", "horas", "tempo", "temps", "heures", "ore", "tijd", "uren":
		return store.ByTime, true
	case "km", "kilometres", "kilometers", "kilometer", "mi", "miles", "distance", "strecke", "distanz", "distancia", "kilometros", "quilometros", "distanza", "chilometri", "afstand": //nolint:misspell // Spanish
		return store.ByDistance, true
	case "climb", "ascent", "elevation", "hm", "hohenmeter", "hoehenmeter", "desnivel", "subida", "denivele", "dislivello", "hoogtemeters":
		return store.ByClimb, true
	case "count", "workouts", "anzahl", "einheiten", "numero", "entrenamientos", "entrenos", "treinos", "nombre", "seances", "allenamenti", "aantal", "trainingen":
		return store.ByCount, true
	case "points", "punkte", "puntos", "pontos", "punti", "punten":
		return store.ByPoints, true
	}
	return "", false
}
