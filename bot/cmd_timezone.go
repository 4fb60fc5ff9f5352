package bot

import (
	"context"
	"strings"
	"time"

	"clubrun/store"
)

// runTimezone sets by whose clocks times are told: to the sender in a direct
// message, in the whole group by one of its admins, where the digest comes by
// them from then on.
func runTimezone(ctx context.Context, t *turn, args []string) error {
	g, role, ok, err := t.governedHere(ctx, args, "timezone")
	if err != nil || !ok {
		return err
	}
	if shows(args) {
		t.clock("bot.timezone.is", t.zone)
		return nil
	}
	name, zone, known := zoneOf(args)
	if !known {
		t.say("bot.timezone.unknown")
		return nil
	}
	if t.in.Group {
		return t.moveGroup(ctx, g, role, name, zone)
	}
	prefs := t.athlete.Prefs
	prefs.Zone = name
	t.clock("bot.timezone.own", zone)
	return t.keep(ctx, prefs)
}

// moveGroup sets the group's zone and tells when the digest comes by it.
func (t *turn) moveGroup(ctx context.Context, g store.Group, role store.Role, name string, zone *time.Location) error {
	g.Zone = name
	t.clock("bot.timezone.group", zone)
	next := time.Time{}
	if day, hour, minute, planned := weekly(g); planned {
		next = nextMoment(t.Now(), day, hour, minute, zone)
		last := &t.owed[len(t.owed)-1]
		last.Text += "\n" + t.scheduled(g, day, hour, minute, next)
	}
	return t.Store.SetZone(ctx, t.by(role), g.ID, name, next, t.reply())
}

// clock says something about a zone and what its clocks show.
func (t *turn) clock(key string, zone *time.Location) {
	t.say(key, "zone", city(zone.String()), "time", t.loc.Time(t.Now().In(zone)))
}

// zoneOf returns the zone that folded words mean: its name in the tz database,
// or a city in it, as it is called there or abroad.
func zoneOf(words []string) (name string, zone *time.Location, ok bool) {
	for len(words) > 1 && isPlaceFill(words[0]) {
		words = words[1:]
	}
	name, ok = places()[strings.ReplaceAll(strings.Join(words, " "), "_", " ")]
	if !ok {
		return "", nil, false
	}
	zone, err := time.LoadLocation(name)
	return name, zone, err == nil
}

func isPlaceFill(word string) bool {
	switch word {
	case "in", "to", "nach", "en", "em", "a", "à", "naar", "set":
		return true
	}
	return false
}
