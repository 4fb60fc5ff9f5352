package bot

import (
	_ "embed"
	"strings"
	"sync"
)

// zoneNames are the names of the zones of the tz database, one a line.
//
//go:embed zones.txt
var zoneNames string

// cityNames are further cities of zones and what they are called abroad: a zone
// in a line, then its names.
//
//go:embed cities.txt
var cityNames string

// places are the zones by folded name: of the zone itself, of the city in its
// name, and of others.
var places = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	add := func(place, zone string) {
		place = fold(place)
		if _, taken := all[place]; place != "" && !taken {
			all[place] = zone
		}
	}
	for line := range strings.Lines(cityNames) {
		zone, names, found := strings.Cut(strings.TrimSpace(line), ":")
		if !found || strings.HasPrefix(zone, "#") {
			continue
		}
		for name := range strings.SplitSeq(names, ",") {
			add(name, zone)
		}
	}
	for _, zone := range strings.Fields(zoneNames) {
		add(zone, zone)
		add(strings.ReplaceAll(zone, "_", " "), zone)
		if strings.Contains(zone, "/") && !strings.HasPrefix(zone, "Etc/") {
			add(city(zone), zone)
			add(strings.ReplaceAll(city(zone), "-", " "), zone)
		}
	}
	return all
})
