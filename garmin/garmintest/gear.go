package garmintest

import (
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// gear is a thing that wears out.
type gear struct {
	pk          int64
	uuid        string // 32 digits
	kind, model string
	families    []int // of the sports that it is used for
}

func (s *Server) gearOf(m *member) []gear {
	name := func(what string) string {
		d := digest(s.opts.Seed, what, mailKey(m.Email))
		return hex.EncodeToString(d[:16])
	}
	return []gear{
		{m.profile*10 + 1, name("shoes"), "Shoes", "Road shoes", []int{runningType, 9}},
		{m.profile*10 + 2, name("bicycle"), "Bike", "Bicycle", []int{cyclingType}},
	}
}

func (g gear) used(w *workout) bool {
	return !w.manual && w.distance > 0 && slices.Contains(g.families, w.sport.family())
}

// gears answers a member's gear, or that of one activity.
func (s *Server) gears(m *member, q url.Values) reply {
	var of *workout
	if id := q.Get("activityId"); id != "" {
		w, r := s.lookup(m, id)
		if w == nil {
			return r
		}
		of = w
	}
	rows := []map[string]any{}
	for _, g := range s.gearOf(m) {
		if of != nil && !g.used(of) {
			continue
		}
		began := monday(s.opts.Start, m.Zone, -history).Format(time.DateOnly) + "T00:00:00.0"
		rows = append(rows, map[string]any{"gearPk": g.pk, "uuid": g.uuid, "userProfilePk": m.profile, "gearMakeName": "Other", "gearModelName": "Unknown " + g.kind,
			"gearTypeName": g.kind, "gearStatusName": "active", "displayName": nil, "customMakeModel": g.model, "imageNameLarge": nil, "dateBegin": began, "dateEnd": nil,
			"maximumMeters": 800000.0, "notified": false, "createDate": began, "updateDate": began})
	}
	return jsonReply(http.StatusOK, rows)
}

// worn answers how far a thing has gone.
func (s *Server) worn(m *member, name string) reply {
	for _, g := range s.gearOf(m) {
		if g.uuid != name {
			continue
		}
		n, metres := 0, 0.0
		for _, w := range s.workouts(m, s.now()) {
			if g.used(w) {
				n, metres = n+1, metres+w.distance
			}
		}
		return jsonReply(http.StatusOK, map[string]any{"gearPk": g.pk, "uuid": g.uuid, "totalDistance": round(metres, 2), "totalActivities": n, "processing": false})
	}
	return missing()
}
