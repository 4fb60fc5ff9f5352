package garmintest

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// best is somebody's record of a kind.
type best struct {
	kind  int
	value float64 // seconds, or metres of the longest
	of    *workout
}

// bests are the records of a member's runs and rides, by the service's own
// numbers of their kinds.
func (s *Server) bests(m *member) []best {
	kinds := map[float64]int{1000: 1, 1609: 2, 5000: 3, 10000: 4, 21098: 5, 42195: 6}
	var all [9]best
	for _, w := range s.workouts(m, s.now()) {
		longest := 0
		switch {
		case w.manual:
			continue
		case w.sport.family() == runningType:
			longest = 7
			for _, sp := range w.splits {
				if k := kinds[sp.metres]; k > 0 && (all[k].of == nil || sp.seconds < all[k].value) {
					all[k] = best{k, sp.seconds, w}
				}
			}
		case w.sport.family() == cyclingType:
			longest = 8
		}
		if longest > 0 && w.distance > all[longest].value {
			all[longest] = best{longest, w.distance, w}
		}
	}
	var some []best
	for _, b := range all {
		if b.of != nil {
			some = append(some, b)
		}
	}
	return some
}

func (s *Server) records(m *member, name string) reply {
	if name != m.display {
		return forbidden()
	}
	rows := []map[string]any{}
	for i, b := range s.bests(m) {
		rows = append(rows, map[string]any{"id": m.profile*100 + int64(i), "typeId": b.kind, "activityId": b.of.id, "activityName": b.of.name, "activityType": b.of.sport.key,
			"prStartTimeGmt": b.of.start.UnixMilli(), "prStartTimeGmtFormatted": b.of.start.Format(detailTime), "value": b.value, "status": "ACCEPTED"})
	}
	return jsonReply(http.StatusOK, rows)
}

// ofOneDay are the activities of a local day as the app's day view has them:
// with times in the ISO form.
func (s *Server) ofOneDay(m *member, date string) []map[string]any {
	rows := []map[string]any{}
	for _, w := range s.workouts(m, s.now()) {
		if w.local().Format(time.DateOnly) != date {
			continue
		}
		row := s.row(m, w)
		row["startTimeLocal"], row["startTimeGMT"] = w.local().Format(detailTime), w.start.Format(detailTime)
		rows = append(rows, row)
	}
	return rows
}

// dayView answers the app's view of one day.
func (s *Server) dayView(m *member, date string) reply {
	if !isDay(date) {
		return badRequest(http.StatusBadRequest)
	}
	b := s.days(m)
	d := b.day(date)
	v := b.frame(d)
	v["calendarDate"], v["restingHeartRate"], v["heartRateValues"] = date, some(d.rest), nil
	part := func(payload any) map[string]any {
		return map[string]any{"statusCode": 200, "headers": map[string]any{}, "errorMessage": nil, "payload": payload, "successful": true}
	}
	return jsonReply(http.StatusOK, map[string]any{"ActivitiesForDay": part(s.ofOneDay(m, date)), "AllDayHR": part(v)})
}

// besides answers data calls that are neither about a day nor about one
// activity; false when the path is none of these.
func (s *Server) besides(m *member, path string, q url.Values) (reply, bool) {
	switch path {
	case "/gear-service/gear/filterGear":
		return s.gears(m, q), true
	case "/activity-service/activity/activityTypes":
		return jsonReply(http.StatusOK, typeTable()), true
	case "/device-service/deviceregistration/devices":
		return jsonReply(http.StatusOK, m.devices()), true
	case "/userprofile-service/userprofile/personal-information":
		return plain(m.personal()), true
	}
	for _, r := range []struct {
		prefix string
		answer func(rest string) reply
	}{
		{"/gear-service/gear/stats/", func(rest string) reply { return s.worn(m, rest) }},
		{"/personalrecord-service/personalrecord/prs/", func(rest string) reply { return s.records(m, rest) }},
		{"/mobile-gateway/heartRate/forDate/", func(rest string) reply { return s.dayView(m, rest) }},
		{"/activitylist-service/activities/fordailysummary/", func(rest string) reply {
			switch date := q.Get("calendarDate"); {
			case rest != m.display:
				return forbidden()
			case !isDay(date):
				return badRequest(http.StatusBadRequest)
			default:
				return jsonReply(http.StatusOK, s.ofOneDay(m, date))
			}
		}},
	} {
		if rest, ok := strings.CutPrefix(path, r.prefix); ok && rest != "" {
			return r.answer(rest), true
		}
	}
	return reply{}, false
}

// typeTable is the table of types as far as they occur here, under its root.
func typeTable() []map[string]any {
	rows := []map[string]any{{"typeId": allTypes, "typeKey": "all", "parentTypeId": nil, "isHidden": false, "restricted": false, "trimmable": true}}
	for i := range sports {
		rows = append(rows, sports[i].typeJSON())
	}
	return rows
}

func (m *member) devices() []map[string]any {
	rows := []map[string]any{}
	for _, d := range []device{m.body.watch, m.body.second} {
		if d == m.body.second && m.Training.Archetype != TwoDevices {
			continue
		}
		rows = append(rows, map[string]any{"deviceId": d.id, "unitId": d.id, "displayName": d.name, "productDisplayName": d.name, "applicationKey": d.key,
			"primary": d == m.body.watch, "deviceStatus": "active", "partNumber": nil, "serialNumber": nil})
	}
	return rows
}

func (m *member) personal() map[string]any {
	u := m.userSettings()["userData"].(map[string]any)
	return map[string]any{"userInfo": map[string]any{"birthDate": u["birthDate"], "genderType": u["gender"], "email": m.Email, "locale": m.locale(), "timeZone": m.Zone.String()},
		"biometricProfile": map[string]any{"userId": m.profile, "height": u["height"], "weight": u["weight"], "vo2Max": u["vo2MaxRunning"], "activityClass": nil}}
}
