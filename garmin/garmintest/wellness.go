package garmintest

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Spans that the service answers in one go, days.
const (
	shortSpan = 28 // steps and sleep; more is refused
	weekGoal  = 150
)

// forbidden is how the data host speaks of what is not the caller's.
func forbidden() reply {
	return jsonReply(http.StatusForbidden, map[string]string{"message": "HTTP 403 Forbidden", "error": "ForbiddenException"})
}

// wellness answers calls about the days of a member; false when the path is
// none of these.
func (s *Server) wellness(m *member, path string, q url.Values) (reply, bool) {
	if !healthy(path) {
		return reply{}, false
	}
	m.counts.Days++
	if r, hit := s.unwell(m, path); hit {
		return r, true
	}
	b := s.days(m)
	for _, r := range healthRoutes() {
		if rest, ok := strings.CutPrefix(path, r.prefix); ok && (rest != "") == strings.HasSuffix(r.prefix, "/") {
			return r.answer(b, rest, q), true
		}
	}
	return notFoundPage(), true
}

// healthy says whether a path is about days.
func healthy(path string) bool {
	service, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch service {
	case "usersummary-service", "wellness-service", "userstats-service", "sleep-service", "hrv-service", "metrics-service", "weight-service":
		return true
	}
	return false
}

// route answers what follows a prefix.
type route func(b *book, rest string, q url.Values) reply

// healthRoute is a call about days: a whole path, or what begins with a prefix
// that ends with a stroke.
type healthRoute struct {
	prefix string
	answer route
}

func healthRoutes() []healthRoute {
	return []healthRoute{
		{"/usersummary-service/usersummary/daily/", mine("calendarDate", (*book).summary)},
		{"/usersummary-service/stats/steps/daily/", spanned(shortSpan, (*book).stepsDaily)},
		{"/usersummary-service/stats/steps/weekly/", (*book).stepsWeekly},
		{"/usersummary-service/stats/im/daily/", spanned(shortSpan, (*book).effortDaily)},
		{"/usersummary-service/stats/im/weekly/", spanned(0, (*book).effortWeekly)},
		{"/usersummary-service/stats/stress/daily/", spanned(shortSpan, (*book).stressDaily)},
		{"/wellness-service/wellness/dailySummaryChart/", mine("date", (*book).quarters)},
		{"/wellness-service/wellness/dailyHeartRate/", mine("date", (*book).heartRates)},
		{"/wellness-service/wellness/dailySleepData/", mine("date", (*book).sleep)},
		{"/wellness-service/wellness/dailyStress/", dated((*book).stressOf)},
		{"/wellness-service/wellness/daily/im/", dated((*book).effort)},
		{"/wellness-service/wellness/daily/spo2/", dated((*book).oxygen)},
		{"/wellness-service/wellness/daily/respiration/", dated((*book).breath)},
		{"/wellness-service/wellness/floorsChartData/daily/", dated((*book).floors)},
		{"/wellness-service/wellness/bodyBattery/reports/daily", between("startDate", "endDate", (*book).batteries)},
		{"/wellness-service/stats/daily/sleep/score/", spanned(shortSpan, (*book).sleepScores)},
		{"/userstats-service/wellness/daily/", (*book).statistics},
		{"/sleep-service/sleep/dailySleepData", inQuery("date", (*book).sleep)},
		{"/sleep-service/stats/sleep/daily/", spanned(shortSpan, (*book).sleepDaily)},
		{"/hrv-service/hrv/daily/", spanned(0, (*book).hrvDaily)},
		{"/hrv-service/hrv/", dated((*book).hrv)},
		{"/metrics-service/metrics/maxmet/daily/", spanned(0, (*book).maxMet)},
		{"/metrics-service/metrics/trainingreadiness/", dated((*book).readiness)},
		{"/metrics-service/metrics/trainingstatus/aggregated/", dated((*book).trainingStatus)},
		{"/metrics-service/metrics/endurancescore", inQuery("calendarDate", (*book).nothing)},
		{"/metrics-service/metrics/hillscore", inQuery("calendarDate", (*book).nothing)},
		{"/weight-service/weight/dateRange", between("startDate", "endDate", (*book).weightRange)},
		{"/weight-service/weight/range/", spanned(0, (*book).weightDays)},
		{"/weight-service/weight/dayview/", dated((*book).weightDay)},
	}
}

// nothing is the answer where a device never measured anything.
func (b *book) nothing(string) reply { return reply{status: http.StatusNoContent} }

// isDay says whether a text is a day, YYYY-MM-DD.
func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// mine checks the display name and reads the day from a parameter.
func mine(param string, answer func(b *book, date string) reply) route {
	return func(b *book, rest string, q url.Values) reply {
		switch {
		case rest != b.m.display:
			return forbidden()
		case !isDay(q.Get(param)):
			return badRequest(http.StatusBadRequest)
		}
		return answer(b, q.Get(param))
	}
}

// dated reads the day from the path.
func dated(answer func(b *book, date string) reply) route {
	return func(b *book, rest string, _ url.Values) reply {
		if !isDay(rest) {
			return badRequest(http.StatusBadRequest)
		}
		return answer(b, rest)
	}
}

// inQuery reads the day from a parameter.
func inQuery(param string, answer func(b *book, date string) reply) route {
	return func(b *book, _ string, q url.Values) reply { return dated(answer)(b, q.Get(param), q) }
}

// between reads two days from parameters; a missing end is the start.
func between(from, to string, answer func(b *book, days []string) reply) route {
	return func(b *book, _ string, q url.Values) reply {
		return spanned(0, answer)(b, q.Get(from)+"/"+cmp.Or(q.Get(to), q.Get(from)), q)
	}
}

// spanned reads two days from the path, which are refused when they are more
// than most days; 0 is the longest span there is.
func spanned(most int, answer func(b *book, days []string) reply) route {
	return func(b *book, rest string, _ url.Values) reply {
		from, to, _ := strings.Cut(rest, "/")
		days, ok := b.span(from, to, most)
		if !ok {
			return badRequest(http.StatusBadRequest)
		}
		return answer(b, days)
	}
}

// span lists the days from one to another, both included.
func (b *book) span(from, to string, most int) ([]string, bool) {
	if most == 0 {
		most = b.rules.LongRange
	}
	if !isDay(from) || !isDay(to) || from > to {
		return nil, false
	}
	var days []string
	for d := from; d <= to; d = after(d, 1) {
		if days = append(days, d); len(days) > most {
			return nil, false
		}
	}
	return days, true
}

// weeks reads a day and a number of weeks that end with it, oldest first; each
// is named by its first day.
func weeks(rest string) ([]string, bool) {
	end, text, _ := strings.Cut(rest, "/")
	n, err := strconv.Atoi(text)
	if !isDay(end) || err != nil || n < 1 || n > 104 {
		return nil, false
	}
	var first []string
	for i := n - 1; i >= 0; i-- {
		first = append(first, after(end, -7*i-6))
	}
	return first, true
}

// stamp is a moment as these answers write it, local is the clock on the wall.
func stamp(t time.Time) string { return t.UTC().Format(detailTime) }

func (b *book) local(t time.Time) string { return t.In(b.m.Zone).Format(detailTime) }

// fake is a moment of the wall's clock as if it were UTC, milliseconds: the
// service writes local times so.
func (b *book) fake(t time.Time) int64 {
	_, offset := t.In(b.m.Zone).Zone()
	return t.UnixMilli() + int64(offset)*1000
}

// plain is an answer of the services that name no charset.
func plain(v any) reply { return jsonReply(http.StatusOK, v).with("Content-Type", "application/json") }

// unwell returns the answer of a disturbance of daily health.
func (s *Server) unwell(m *member, path string) (reply, bool) {
	t := s.of(m)
	switch {
	case !t.is("health"):
		return reply{}, false
	case t.has("none"):
		return missing(), true
	case !t.has("private"):
		return forbidden(), true
	}
	return plain(map[string]any{"userProfileId": m.profile, "privacyProtected": true}), strings.HasPrefix(path, "/usersummary-service/usersummary/daily/")
}
