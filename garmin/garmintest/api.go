package garmintest

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// inactive is how the data host refuses a token.
func inactive() reply {
	return jsonReply(http.StatusUnauthorized, map[string]string{"message": "HTTP 401 Unauthorized"}).
		with("Www-Authenticate", `Bearer error="invalid_token", error_description="Token is not active"`)
}

// missing is how the data host says that an activity is not there.
func missing() reply {
	return jsonReply(http.StatusNotFound, map[string]string{"message": "HTTP 404 Not Found", "error": "NotFoundException"})
}

// api answers data calls: the bearer first, then the path.
func (s *Server) api(q *http.Request) reply {
	if s.firewalled(q, true) || s.foreign(q) {
		return blocked()
	}
	token, ok := strings.CutPrefix(q.Header.Get("Authorization"), "Bearer ")
	g := s.access[token]
	var m *member
	if ok && g != nil {
		m = g.member
		m.counts.Calls++
	}
	if r, hit := s.disturbed(m, onAPI); hit {
		return r
	}
	if g != nil && s.refused(g) {
		return inactive()
	}
	if m == nil || m.China != chinese(q) || g.revoked || !s.now().Before(g.accessUntil) {
		return inactive()
	}
	if q.Method != http.MethodGet {
		return jsonReply(http.StatusMethodNotAllowed, map[string]string{"message": "HTTP 405 Method Not Allowed", "error": "NotAllowedException"})
	}
	r := s.data(m, q)
	t := s.of(m)
	r.cut = t.is("cut")
	if t.is("drip") {
		r.pause = t.span(s.rules.SlowFor)
	}
	return r
}

func (s *Server) data(m *member, q *http.Request) reply {
	switch path := q.URL.Path; path {
	case "/userprofile-service/socialProfile":
		return jsonReply(http.StatusOK, s.profileOf(m)).with("Content-Type", "application/json")
	case "/userprofile-service/userprofile/settings":
		return jsonReply(http.StatusOK, m.settings()).with("Content-Type", "application/json")
	case "/userprofile-service/userprofile/user-settings":
		return jsonReply(http.StatusOK, m.userSettings()).with("Content-Type", "application/json")
	case "/device-service/deviceservice/mylastused":
		m.counts.Probes++
		return s.lastUsed(m)
	case "/activitylist-service/activities/search/activities":
		m.counts.Lists++
		return s.list(m, q.URL.Query())
	case "/activitylist-service/activities/count":
		return s.total(m)
	default:
		if r, ok := s.wellness(m, path, q.URL.Query()); ok {
			return r
		}
		if r, ok := s.besides(m, path, q.URL.Query()); ok {
			return r
		}
		return s.one(m, path, q.URL.Query())
	}
}

// one answers calls about one activity.
func (s *Server) one(m *member, path string, query url.Values) reply {
	if rest, ok := strings.CutPrefix(path, "/download-service/files/activity/"); ok {
		if s.tooManyFiles(m) {
			return s.limited(trouble{})
		}
		if r, ok := s.withheld(m, "original"); ok {
			return r
		}
		return s.original(m, rest)
	}
	if rest, ok := strings.CutPrefix(path, "/download-service/export/"); ok {
		if s.tooManyFiles(m) {
			return s.limited(trouble{})
		}
		format, _, _ := strings.Cut(rest, "/")
		if r, ok := s.withheld(m, format); ok {
			return r
		}
		return s.export(m, rest)
	}
	rest, ok := strings.CutPrefix(path, "/activity-service/activity/")
	if !ok {
		return notFoundPage()
	}
	id, sub, _ := strings.Cut(rest, "/")
	w, r := s.lookup(m, id)
	if w == nil {
		return r
	}
	switch sub {
	case "":
		m.counts.Details++
		return jsonReply(http.StatusOK, s.detail(m, w))
	case "hrTimeInZones":
		return jsonReply(http.StatusOK, zoneRows(m, w))
	case "splits":
		return s.splits(m, w)
	case "details":
		return s.chart(m, w, query)
	}
	if r, ok := s.aside(m, w, sub); ok {
		return r
	}
	return notFoundPage()
}

// lookup finds a member's activity by the id in a path, or says why not.
func (s *Server) lookup(m *member, text string) (*workout, reply) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, notFoundPage()
	}
	now := s.now()
	s.extend(m, now)
	w := s.ids[id]
	switch {
	case w == nil || !w.visible(now):
		return nil, missing()
	case w.owner != m:
		if s.rules.ForeignStatus == http.StatusNotFound {
			return nil, missing()
		}
		return nil, jsonReply(s.rules.ForeignStatus, map[string]string{"message": "HTTP 403 Forbidden", "error": "ForbiddenException"})
	}
	return w, reply{}
}

// tooManyFiles counts a download and says whether the limiter turns it away.
func (s *Server) tooManyFiles(m *member) bool {
	m.counts.Files++
	if s.rules.FilesPerMinute == 0 {
		return false
	}
	since := s.now().Add(-time.Minute)
	m.files = slices.DeleteFunc(m.files, func(at time.Time) bool { return !at.After(since) })
	m.files = append(m.files, s.now())
	return len(m.files) > s.rules.FilesPerMinute
}
