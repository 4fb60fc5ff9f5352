package digest

import (
	_ "embed"
	"fmt"
	"slices"
	"sync"

	"github.com/BurntSushi/toml"

	"clubrun/store"
)

// Route is a way along which a goal can lead.
type Route struct {
	Key    string
	Name   string
	Metric store.Metric // what leads along it: ByDistance or ByClimb
	Length float64      // metres
	Stops  []Stop       // in order, the first one at 0, the last one at the end
}

// Stop is a milestone of a route.
type Stop struct {
	Name string
	At   float64 // metres from the start
}

//go:embed routes.toml
var routesFile []byte

var routes = sync.OnceValue(func() []Route {
	all, err := parseRoutes(routesFile)
	if err != nil {
		panic("digest: the built-in routes: " + err.Error())
	}
	return all
})

// Routes returns the ways along which a goal can lead, by key.
func Routes() []Route { return slices.Clone(routes()) }

// RouteOf returns the route of a key.
func RouteOf(key string) (Route, bool) {
	for _, r := range routes() {
		if r.Key == key {
			return r, true
		}
	}
	return Route{}, false
}

// parseRoutes reads the table of routes.
func parseRoutes(data []byte) ([]Route, error) {
	var file struct {
		Route []struct {
			Key    string
			Name   string
			Metric store.Metric
			Stop   []struct {
				Name string
				KM   float64 `toml:"km"`
			}
		}
	}
	meta, err := toml.Decode(string(data), &file)
	if err != nil {
		return nil, fmt.Errorf("routes: %w", err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("routes: %s is no key", unknown[0])
	}
	var all []Route
	for _, w := range file.Route {
		r := Route{Key: w.Key, Name: w.Name, Metric: w.Metric}
		for _, s := range w.Stop {
			r.Stops = append(r.Stops, Stop{s.Name, s.KM * 1000})
		}
		if len(r.Stops) < 2 || r.Stops[0].At != 0 {
			return nil, fmt.Errorf("route %s: it needs a start at 0 and an end", r.Key)
		}
		r.Length = r.Stops[len(r.Stops)-1].At
		all = append(all, r)
	}
	slices.SortFunc(all, func(x, y Route) int { return slices.Compare([]byte(x.Key), []byte(y.Key)) })
	return all, nil
}

// travel is how far along its route a goal has come, and what was passed in
// the span of a report; nil where it leads along none.
func (p *Progress) travel(s store.Span) *Journey {
	route, known := RouteOf(p.Route)
	if !known || route.Metric != p.Metric {
		return nil
	}
	before := 0.0
	if begun := min(int(s.Start-p.Span.Start), len(p.Days)); begun > 0 {
		before = p.Days[begun-1]
	}
	j := &Journey{Route: route.Key, Name: route.Name, Length: route.Length, Done: min(p.Done, route.Length)}
	for _, stop := range route.Stops {
		if j.Next = stop.Name; stop.At > j.Done {
			j.ToNext = stop.At - j.Done
			return j
		}
		j.Passed, j.Next = stop.Name, ""
		if stop.At > before {
			j.Crossed = append(j.Crossed, stop.Name)
		}
	}
	return j
}
