package garmintest

import (
	"math/rand/v2"
	"strings"
	"time"
)

// place is where somebody trains.
type place struct {
	name string
	lat  float64 // degrees
	lon  float64
	base float64 // metres above the sea
}

var places = map[string]place{
	"Europe/Lisbon":       {"Lisbon", 38.7436, -9.1602, 80},
	"Europe/Berlin":       {"Berlin", 52.4800, 13.4000, 40},
	"Europe/London":       {"London", 51.4480, -0.1480, 30},
	"Europe/Madrid":       {"Madrid", 40.4180, -3.6830, 650},
	"Europe/Paris":        {"Paris", 48.8310, 2.4330, 45},
	"Europe/Rome":         {"Rome", 41.9140, 12.4920, 40},
	"Europe/Amsterdam":    {"Amsterdam", 52.3570, 4.8680, 2},
	"Europe/Istanbul":     {"Istanbul", 41.0850, 28.9750, 90},
	"America/New_York":    {"New York", 40.7820, -73.9650, 25},
	"America/Los_Angeles": {"Los Angeles", 34.0730, -118.3400, 70},
	"America/Sao_Paulo":   {"São Paulo", -23.5870, -46.6570, 750},
	"Asia/Kolkata":        {"Bengaluru", 12.9760, 77.5920, 910},
	"Asia/Tokyo":          {"Tokyo", 35.6720, 139.7490, 20},
	"Australia/Sydney":    {"Sydney", -33.8960, 151.2340, 40},
}

// home picks a spot within some kilometres of a zone's town. Zones without a
// town of ours get one in the middle of their hour.
func home(zone *time.Location, at time.Time, r *rand.Rand) place {
	p, ok := places[zone.String()]
	if !ok {
		_, offset := at.In(zone).Zone()
		name := zone.String()
		p = place{name[strings.LastIndex(name, "/")+1:], 45.5, float64(offset) / 240, 120}
	}
	p.lat += (r.Float64() - .5) * .06
	p.lon += (r.Float64() - .5) * .06
	p.base += float64(r.IntN(20))
	return p
}
