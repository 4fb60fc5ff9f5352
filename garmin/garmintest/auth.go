package garmintest

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

const ticketGrant = "https://connectapi.garmin.com/di-oauth2-service/oauth/grant/service_ticket"

// clients are the client ids that the token host knows.
var clients = []string{
	"GARMIN_CONNECT_MOBILE_ANDROID_DI_2025Q2", "GARMIN_CONNECT_MOBILE_ANDROID_DI_2024Q4",
	"GARMIN_CONNECT_MOBILE_ANDROID_DI", "GARMIN_CONNECT_MOBILE_IOS_DI",
}

// grant is a pair of tokens that was issued.
type grant struct {
	member       *member
	client       string
	accessUntil  time.Time
	refreshUntil time.Time
	revoked      bool // both are dead
	app          bool // of a sign-in as the phone app does it
}

func (s *Server) auth(q *http.Request, body []byte) reply {
	if s.firewalled(q, true) || s.foreign(q) {
		return blocked()
	}
	if q.Method != http.MethodPost || q.URL.Path != "/di-oauth2-service/oauth/token" {
		return notFoundPage()
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return oauthError(http.StatusBadRequest, "invalid_request", "")
	}
	id, secret, ok := q.BasicAuth()
	if !ok || secret != "" || id != form.Get("client_id") || !slices.Contains(clients, id) {
		return oauthError(http.StatusUnauthorized, "invalid_client", "Bad client credentials")
	}
	switch form.Get("grant_type") {
	case ticketGrant:
		return s.trade(q, form, id)
	case "refresh_token":
		return s.renew(q, form, id)
	}
	return oauthError(http.StatusBadRequest, "unsupported_grant_type", "Unsupported grant type")
}

func oauthError(status int, kind, description string) reply {
	return jsonReply(status, map[string]string{"error": kind, "error_description": description})
}

// elsewhere is how a region speaks of the other one's account.
func elsewhere(m *member) reply {
	return oauthError(http.StatusBadRequest, "invalid_request", "User doesn't exist in DB for GarminGUID: "+m.guid)
}

// trade makes tokens of a ticket: once, within its life, for its service.
func (s *Server) trade(q *http.Request, form url.Values, client string) reply {
	name := form.Get("service_ticket")
	t, ok := s.tickets[name]
	if t.member != nil {
		t.member.counts.Exchanges++
	}
	if r, hit := s.disturbed(t.member, onAuth); hit {
		return r
	}
	bad := oauthError(s.rules.BadTicketStatus, "invalid_grant", "Invalid service ticket: "+name)
	if !ok {
		return bad
	}
	if t.member.China != chinese(q) {
		return elsewhere(t.member)
	}
	if form.Get("service_url") != t.service {
		if s.rules.WrongServiceBurn {
			delete(s.tickets, name)
		}
		return bad
	}
	delete(s.tickets, name)
	if !s.now().Before(t.until) {
		return bad
	}
	return s.issue(t.member, client, strings.HasSuffix(name, "-sso"), true)
}

// renew makes new tokens of a refresh token and kills the old one.
func (s *Server) renew(q *http.Request, form url.Values, client string) reply {
	name := form.Get("refresh_token")
	g := s.refresh[name]
	var m *member
	if g != nil {
		m = g.member
		m.counts.Refreshes++
	}
	if r, hit := s.disturbed(m, onAuth); hit {
		return r
	}
	if g != nil && m.China != chinese(q) {
		return elsewhere(m)
	}
	if g == nil || g.revoked || g.client != client || !s.now().Before(g.refreshUntil) {
		return oauthError(http.StatusBadRequest, "invalid_grant", "Invalid refresh token: "+name)
	}
	if !s.rules.RefreshAnew || s.of(m).is("keep-refresh") {
		return s.issue(m, client, g.app, false)
	}
	if s.rules.RefreshRotates {
		delete(s.refresh, name)
	}
	return s.issue(m, client, g.app, true)
}

// issue makes a pair of tokens, or an access token alone.
func (s *Server) issue(m *member, client string, app, both bool) reply {
	now := s.now().Truncate(time.Second)
	g := &grant{member: m, client: client, app: app, accessUntil: now.Add(s.rules.AccessLife), refreshUntil: now.Add(s.rules.RefreshLife)}
	jti := uuid(s.opts.Seed, "jti", s.name(m, 20, "token"))
	access := s.jwt(m, client, jti, now, g.accessUntil)
	s.access[access] = g
	s.note(IssuedAccess, access)
	answer := map[string]any{"access_token": access, "token_type": "Bearer", "expires_in": int(s.rules.AccessLife / time.Second),
		"scope": "CONNECT_READ CONNECT_WRITE", "jti": jti}
	if s.rules.CustomerID {
		answer["customerId"] = m.guid
	}
	if both {
		answer["refresh_token"], answer["refresh_token_expires_in"] = s.newRefresh(m, g), int(s.rules.RefreshLife/time.Second)
	}
	return jsonReply(http.StatusOK, answer)
}

func (s *Server) newRefresh(m *member, g *grant) string {
	inner := s.name(m, 36, "refresh")
	value, _ := json.Marshal(map[string]string{"refreshTokenValue": inner, "garminGuid": m.guid})
	refresh := base64.StdEncoding.EncodeToString(value)
	s.refresh[refresh] = g
	s.note(IssuedRefresh, refresh)
	s.note(IssuedRefresh, inner)
	return refresh
}

// jwt is an access token in form; nobody checks the signature.
func (s *Server) jwt(m *member, client, jti string, from, to time.Time) string {
	head, _ := json.Marshal(map[string]string{"alg": "RS256", "typ": "JWT", "kid": "di-oauth-signer-prod-2024-q1"})
	claims, _ := json.Marshal(map[string]any{
		"scope": []string{"CONNECT_READ", "CONNECT_WRITE"}, "iss": here("https://"+hostAuth, m.China), "exp": to.Unix(), "iat": from.Unix(),
		"jti": jti, "client_id": client, "client_type": "UNDEFINED", "garmin_guid": m.guid, "managed_status": "MANAGED",
		"revocation_eligibility": []string{"GLOBAL_SIGNOUT"},
	})
	var signature []byte
	for i := range 8 {
		part := digest(s.opts.Seed, "signature", jti, i)
		signature = append(signature, part[:]...)
	}
	enc := base64.RawURLEncoding
	return enc.EncodeToString(head) + "." + enc.EncodeToString(claims) + "." + enc.EncodeToString(signature)
}

// revoke kills all tokens of a member, as "sign out everywhere" does. Each
// refresh token shares its grant with an access token.
func (s *Server) revoke(m *member) {
	for _, g := range s.access {
		if g.member == m {
			g.revoked = true
		}
	}
}

// lapse ends before their time the codes or the tickets of a member, or, when
// nothing is named, the access tokens.
func (s *Server) lapse(m *member, what string) {
	switch what {
	case "codes":
		for _, ses := range s.sessions {
			if ses.member == m {
				ses.until = time.Time{}
			}
		}
	case "tickets":
		for name, t := range s.tickets {
			if t.member == m {
				t.until = time.Time{}
				s.tickets[name] = t
			}
		}
	default:
		s.expire(m)
	}
}

// expire ends all access tokens of a member before their time.
func (s *Server) expire(m *member) {
	for _, g := range s.access {
		if g.member == m {
			g.accessUntil = time.Time{}
		}
	}
}
