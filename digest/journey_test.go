package digest

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"clubrun/store"
)

func TestAJourneyPassesItsMilestones(t *testing.T) {
	in := of(2, act(1, store.Ride, -3, "08:00", 60, 30), act(1, store.Ride, 1, "08:00", 120, 50), act(2, store.Ride, 2, "08:00", 60, 20))
	in.Goal = aim(779, -7, 90)
	in.Goal.Route = "camino-frances"
	want := &Journey{
		Route: "camino-frances", Name: "Camino Francés", Length: 779000, Done: 100000,
		Passed: "Puente la Reina", Next: "Estella", ToNext: 14000, Crossed: []string{"Pamplona", "Puente la Reina"},
	}
	if diff := cmp.Diff(want, Compute(in).Goal.Journey); diff != "" {
		t.Error(diff)
	}
	in.Activities = append(in.Activities, act(2, store.Ride, 5, "08:00", 1200, 900))
	if j := Compute(in).Goal.Journey; j.Done != j.Length || j.Passed != "Santiago de Compostela" || j.Next != "" || j.ToNext != 0 || len(j.Crossed) != 18 {
		t.Errorf("at the end: %+v", j)
	}
	in.Activities = nil
	if j := Compute(in).Goal.Journey; j.Passed != "Saint-Jean-Pied-de-Port" || j.Next != "Roncesvalles" || j.ToNext != 25000 || j.Crossed != nil {
		t.Errorf("at the start: %+v", j)
	}
}

func TestAJourneyNeedsARouteOfItsKind(t *testing.T) {
	in := of(1, climbing(act(1, store.Run, 1, "08:00", 90, 15), 1500))
	in.Goal = aim(9, 0, 30)
	for _, c := range []struct {
		metric store.Metric
		route  string
		leads  bool
	}{
		{store.ByDistance, "rhein", true}, {store.ByDistance, "", false}, {store.ByDistance, "moon", false}, {store.ByTime, "rhein", false},
		{store.ByDistance, "everest", false}, {store.ByClimb, "everest", true}, {store.ByClimb, "rhein", false},
	} {
		in.Goal.Metric, in.Goal.Route = c.metric, c.route
		if j := Compute(in).Goal.Journey; (j != nil) != c.leads {
			t.Errorf("%s along %q: %+v", c.metric, c.route, j)
		}
	}
	in.Goal.Metric, in.Goal.Route = store.ByClimb, "everest"
	if j := Compute(in).Goal.Journey; j.Passed != "Ben Nevis" || j.Next != "Zugspitze" || j.ToNext != 1462 {
		t.Errorf("%+v", j)
	}
}

func TestTheTableOfRoutesCanBeTravelled(t *testing.T) {
	key := regexp.MustCompile(`^[a-z0-9-]+$`)
	seen := map[string]bool{}
	for _, r := range Routes() {
		if !key.MatchString(r.Key) || seen[r.Key] || r.Name == "" {
			t.Errorf("route %q, %q", r.Key, r.Name)
		}
		seen[r.Key] = true
		if r.Metric != store.ByDistance && r.Metric != store.ByClimb {
			t.Errorf("%s: metric %q", r.Key, r.Metric)
		}
		names := map[string]bool{}
		for i, s := range r.Stops {
			if s.Name == "" || strings.TrimSpace(s.Name) != s.Name || names[s.Name] {
				t.Errorf("%s: stop %q", r.Key, s.Name)
			}
			names[s.Name] = true
			if i > 0 && s.At <= r.Stops[i-1].At {
				t.Errorf("%s: %s comes before %s", r.Key, s.Name, r.Stops[i-1].Name)
			}
		}
	}
	if len(seen) < 8 {
		t.Errorf("only %d routes", len(seen))
	}
}
