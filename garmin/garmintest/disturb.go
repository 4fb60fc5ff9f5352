package garmintest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// trouble is a disturbance that lasts until "ok".
type trouble struct {
	what string
	args []string
}

func (t trouble) is(what string) bool { return t.what == what }

func (t trouble) has(arg string) bool {
	for _, a := range t.args {
		if a == arg {
			return true
		}
	}
	return false
}

// where a request arrives.
type where string

const (
	onSSO  where = "sso"
	onForm where = "form" // the sign-in host's pages for browsers
	onAuth where = "auth"
	onAPI  where = "api"
)

// Disturb makes the service misbehave for one member, or for everyone when
// email is empty, as Disturbances lists it.
func (s *Server) Disturb(email, what, arg string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.disturb(email, what, arg)
}

// disturb is Disturb for who holds the lock.
func (s *Server) disturb(email, what, arg string) error {
	words := strings.Fields(what + " " + arg)
	if len(words) == 0 {
		return errors.New("garmintest: disturb how?")
	}
	targets := s.order
	if email != "" {
		m, err := s.find(email)
		if err != nil {
			return err
		}
		targets = []*member{m}
	}
	if err := understood(words[0], words[1:]); err != nil {
		return err
	}
	switch words[0] {
	case "revoke":
		for _, m := range targets {
			s.revoke(m)
		}
		return nil
	case "expire":
		for _, m := range targets {
			s.lapse(m, strings.Join(words[1:], " "))
		}
		return nil
	case "china":
		for _, m := range targets {
			m.China = true
		}
		return nil
	case "delete", "edit", "rename", "trim", "type", "blank", "duplicate":
		return s.change(targets, words)
	case "record", "typed":
		return s.late(targets, words)
	case "display":
		return renamed(targets, words)
	case "mfa":
		return asksFor(targets, words)
	case "barred":
		for _, m := range targets {
			m.codesBarred = s.now().Add(24 * time.Hour)
		}
		return nil
	case "ok":
		s.settle(email == "", targets)
		return nil
	}
	if !lasts(words[0]) {
		return fmt.Errorf("garmintest: no such disturbance: %q", words[0])
	}
	t := trouble{words[0], words[1:]}
	if email == "" {
		s.trouble = t
		return nil
	}
	targets[0].trouble = t
	return nil
}

// renamed gives members another display name.
func renamed(targets []*member, words []string) error {
	if len(words) != 2 || len(targets) != 1 {
		return errors.New("garmintest: display NAME, of one member")
	}
	targets[0].display = words[1]
	return nil
}

// asksFor decides how accounts ask for a code.
func asksFor(targets []*member, words []string) error {
	way := strings.Join(words[1:], " ")
	switch way {
	case MFAEmail, MFASMS, MFATOTP:
	case "none":
		way = ""
	default:
		return fmt.Errorf("garmintest: no such way of asking for a code: %q", way)
	}
	for _, m := range targets {
		m.MFA = way
	}
	return nil
}

func (s *Server) settle(all bool, targets []*member) {
	if all {
		s.trouble = trouble{}
	}
	for _, m := range targets {
		m.trouble, m.locked, m.wrong, m.wrongCodes, m.codesBarred = trouble{}, false, 0, 0, time.Time{}
	}
}

// of is what disturbs a member: their own trouble, or everyone's.
func (s *Server) of(m *member) trouble {
	if m != nil && m.trouble.what != "" {
		return m.trouble
	}
	return s.trouble
}

// disturbed returns the answer of a disturbance, if one applies here. The
// member may be nil.
func (s *Server) disturbed(m *member, at where) (reply, bool) {
	t := s.of(m)
	host := at
	if at == onForm {
		host = onSSO
	}
	switch t.what {
	case "429":
		for _, other := range []where{onSSO, onAuth, onAPI} {
			if other != host && t.has(string(other)) && !t.has(string(host)) {
				return reply{}, false
			}
		}
		if at == onForm { // pages are limited by pages
			t.args = slices.DeleteFunc(slices.Clone(t.args), func(a string) bool { return a == "json" })
		}
		return s.limited(t), true
	case "down":
		return s.outage(), true
	case "html":
		return page(http.StatusOK, "Garmin Connect"), true
	}
	if host == onSSO {
		return s.signInTrouble(t, at)
	}
	if at == onAPI && t.is("npe") {
		return thrown(), true
	}
	if at == onAPI && t.is("inactive") && !t.has("mobile") {
		return inactive(), true
	}
	return reply{}, false
}

// refused says whether the data host takes no tokens of a road.
func (s *Server) refused(g *grant) bool {
	t := s.of(g.member)
	return t.is("inactive") && t.has("mobile") && g.app
}

// slowness is how long a request waits before anything happens to it: who
// hangs up meanwhile has changed nothing.
func (s *Server) slowness(q *http.Request, body []byte) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.of(s.who(q, body))
	if !t.is("slow") || strings.HasPrefix(q.URL.Path, "/_sim/") {
		return 0
	}
	return t.span(s.rules.SlowFor)
}

// span is how long a disturbance makes things take, as it says or by default.
func (t trouble) span(preset time.Duration) time.Duration {
	if len(t.args) > 0 {
		if d, err := time.ParseDuration(t.args[0]); err == nil {
			return d
		}
	}
	return preset
}

// who finds the member that a request is about, nil when nobody can tell.
func (s *Server) who(q *http.Request, body []byte) *member {
	if token, ok := strings.CutPrefix(q.Header.Get("Authorization"), "Bearer "); ok && s.access[token] != nil {
		return s.access[token].member
	}
	if ses := s.sessionOf(q); ses != nil && ses.member != nil {
		return ses.member
	}
	var f struct {
		Username string `json:"username"`
	}
	if json.Unmarshal(body, &f) == nil {
		return s.members[mailKey(f.Username)]
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil
	}
	if g := s.refresh[form.Get("refresh_token")]; g != nil {
		return g.member
	}
	if form.Has("username") {
		return s.members[mailKey(form.Get("username"))]
	}
	return s.tickets[form.Get("service_ticket")].member
}

// withheld returns the answer to a download that is disturbed: of the original,
// or of a format.
func (s *Server) withheld(m *member, what string) (reply, bool) {
	t := s.of(m)
	some := t.has("original") || t.has("tcx") || t.has("gpx") || t.has("kml") || t.has("csv")
	switch {
	case !t.is("files") || some && !t.has(what) || t.shaped() != "":
		return reply{}, false
	case t.has("none"):
		return missing(), true
	case t.has("void"):
		return reply{status: http.StatusNoContent}, true
	case t.has("broken"):
		return jsonReply(http.StatusForbidden, map[string]any{"message": nil, "error": "WebApplicationException"}), true
	case t.has("html"):
		return page(http.StatusOK, "Garmin Connect"), true
	}
	return s.outage(), true
}

func (s *Server) signInTrouble(t trouble, at where) (reply, bool) {
	switch t.what {
	case "waf":
		other := t.has("mobile") && at == onForm || t.has("widget") && at == onSSO
		return blocked(), !other
	case "427":
		return jsonReply(http.StatusOK, map[string]any{"error": map[string]string{"status-code": "427", "request-id": "0"}}), at == onSSO
	case "phone":
		if at == onSSO {
			return blocked(), t.has("waf")
		}
		return page(http.StatusOK, "Update Phone Number"), at == onForm
	case "locked":
		return s.lockedOut(), true
	case "captcha":
		return refused(s.rules.CaptchaStatus, "CAPTCHA_REQUIRED", "captchaRequired"), true
	}
	return reply{}, false
}

// limited is the limiter's answer, in the form that the disturbance names.
func (s *Server) limited(t trouble) reply {
	if t.has("json") {
		return jsonReply(http.StatusOK, map[string]any{"error": map[string]string{"status-code": "429", "request-id": "0"}})
	}
	r := page(http.StatusTooManyRequests, "error code: 1015")
	if d := s.rules.RetryAfter; d > 0 {
		r.header.Set("Retry-After", strconv.Itoa(int(d/time.Second)))
	}
	for _, a := range t.args {
		if _, err := strconv.Atoi(a); err == nil {
			r.header.Set("Retry-After", a)
		}
	}
	return r
}

// thrown is how a service of the data host stumbles.
func thrown() reply {
	return jsonReply(http.StatusInternalServerError, map[string]string{"message": "java.lang.NullPointerException", "error": "NullPointerException"})
}

func (s *Server) outage() reply {
	if s.rules.OutageJSON {
		return jsonReply(http.StatusServiceUnavailable, map[string]string{"message": "HTTP 503 Service Unavailable"})
	}
	return page(http.StatusServiceUnavailable, "503 Service Unavailable: No server is available to handle this request.")
}
