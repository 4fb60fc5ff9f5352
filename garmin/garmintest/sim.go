package garmintest

import (
	"encoding/json"
	"net/http"
	"net/url"
)

// sim answers what the simulation itself is asked, on each host:
//
//	GET  /_sim/codes    the newest code of everyone, by e-mail
//	POST /_sim/disturb  {"email": "", "what": "429", "arg": "sso"}, as Disturb takes it
//	GET  /_sim/days?email=&from=&to=   what is true of somebody's days, as Days has it
//	GET  /_sim/activities?email=       what is true of somebody's activities, newest first
func (s *Server) sim(q *http.Request, path string, body []byte) reply {
	switch {
	case path == "codes" && q.Method == http.MethodGet:
		return jsonReply(http.StatusOK, s.newestCodes())
	case path == "disturb" && q.Method == http.MethodPost:
		var f struct{ Email, What, Arg string }
		err := json.Unmarshal(body, &f)
		if err == nil {
			err = s.disturb(f.Email, f.What, f.Arg)
		}
		if err != nil {
			return jsonReply(http.StatusBadRequest, map[string]string{"error": err.Error()})
		}
		return reply{status: http.StatusNoContent}
	case path == "days" && q.Method == http.MethodGet, path == "activities" && q.Method == http.MethodGet:
		return s.world(path, q.URL.Query())
	}
	return notFoundPage()
}

// world answers what the world holds, whatever the service says of it.
func (s *Server) world(what string, q url.Values) reply {
	m, err := s.find(q.Get("email"))
	if err != nil {
		return jsonReply(http.StatusBadRequest, map[string]string{"error": err.Error()})
	}
	if what == "activities" {
		rows := []map[string]any{}
		for _, w := range s.workouts(m, s.now()) {
			rows = append(rows, s.facts(m, w))
		}
		return jsonReply(http.StatusOK, rows)
	}
	b := s.days(m)
	dates, ok := b.span(q.Get("from"), q.Get("to"), 0)
	if !ok {
		return jsonReply(http.StatusBadRequest, map[string]string{"error": errSpan.Error()})
	}
	rows := []Day{}
	for _, date := range dates {
		rows = append(rows, b.truth(date))
	}
	return jsonReply(http.StatusOK, rows)
}

// facts are what happened, in plain words and base units.
func (s *Server) facts(m *member, w *workout) map[string]any {
	records, heart := 0, []uint8(nil)
	if !w.manual && w.file == nil {
		for _, p := range w.asRecorded().parts() {
			records += p.samples()
		}
		heart = w.asRecorded().heart(m.body)
	}
	used := []string{}
	for _, g := range s.gearOf(m) {
		if g.used(w) {
			used = append(used, g.uuid)
		}
	}
	return map[string]any{"id": w.id, "name": w.name, "sport": w.sport.key, "start": w.start.UnixMilli(), "local": w.local().Format(listTime), "timer": w.timer,
		"distance": w.distance, "calories": w.calories, "heart": w.avgHR, "zones": w.zones, "laps": w.laps, "records": records, "first_heart": first(heart), "sets": w.activeSets(),
		"track": w.gps(), "manual": w.manual, "place": w.place.name, "gear": used, "device": w.device.id}
}

func first(heart []uint8) int {
	if len(heart) == 0 {
		return 0
	}
	return int(heart[0])
}
