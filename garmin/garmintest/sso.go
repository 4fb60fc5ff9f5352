package garmintest

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

const (
	embedService  = "https://" + hostSSO + "/sso/embed"
	mobileService = "https://" + hostMobile + "/gcm/ios"
)

// session is one sign-in attempt, known by its cookie.
type session struct {
	member  *member
	service string
	code    string // wanted; empty for an authenticator app
	pending bool   // a code is wanted
	until   time.Time
	wrong   int // codes

	visited bool   // it began with a page
	query   string // of the page
	tokens  []string
	sent    time.Time // the newest code
}

// ticket is good for one exchange.
type ticket struct {
	member  *member
	service string
	until   time.Time
}

func (s *Server) sso(q *http.Request, body []byte) reply {
	if s.firewalled(q, false) {
		return blocked()
	}
	switch path := q.URL.Path; {
	case q.Method == http.MethodPost && (path == "/mobile/api/login" || path == "/portal/api/login"):
		return s.login(q, body)
	case q.Method == http.MethodPost && (path == "/mobile/api/mfa/verifyCode" || path == "/portal/api/mfa/verifyCode"):
		return s.verify(q, body)
	case q.Method == http.MethodGet && (path == "/sso/signin" || path == "/sso/embed" || strings.HasSuffix(path, "/sign-in")):
		return s.visit(q)
	case q.Method == http.MethodPost && (path == "/sso/signin" || path == "/sso/verifyMFA/mfaCode" || path == "/sso/verifyMFA/loginEnterMfaCode"):
		return s.pressed(q, body)
	}
	return notFoundPage()
}

// login judges e-mail and password.
func (s *Server) login(q *http.Request, body []byte) reply {
	var f struct {
		Username string `json:"username"`
		Password string `json:"password"`
	}
	service := q.URL.Query().Get("service")
	if json.Unmarshal(body, &f) != nil || f.Username == "" || q.URL.Query().Get("clientId") == "" || !strings.HasPrefix(service, "https://") {
		return problem()
	}
	m := s.account(q, f.Username)
	if m != nil {
		m.counts.Logins++
	}
	if r, hit := s.disturbed(m, onSSO); hit {
		return r
	}
	if ses := s.sessionOf(q); s.rules.PageFirst && (ses == nil || !ses.visited || q.Referer() == "") {
		return s.limited(trouble{})
	}
	switch {
	case m == nil:
		return refused(http.StatusUnauthorized, "INVALID_USERNAME_PASSWORD", "generalLoginInvalidUsernameOrPassword")
	case m.locked:
		return s.lockedOut()
	case m.Password != f.Password:
		m.wrong++
		m.locked = m.wrong >= s.rules.PasswordsToLock
		return refused(http.StatusUnauthorized, "INVALID_USERNAME_PASSWORD", "generalLoginInvalidUsernameOrPassword")
	}
	m.wrong = 0
	if m.MFA != "" {
		return s.challenge(m, service)
	}
	return s.signedIn(m, service)
}

// challenge opens a session that wants a code, and sends the code at once.
func (s *Server) challenge(m *member, service string) reply {
	id := s.name(m, 32, "session")
	ses := &session{member: m, service: service, pending: true, until: s.now().Add(s.rules.CodeLife)}
	s.sessions[id] = ses
	info := map[string]any{"email": nil, "phoneNumber": nil, "mfaLastMethodUsed": s.called(m), "defaultMfaMethod": nil,
		"mfaUISetting": map[string]any{"allowPhoneOption": true, "allowAddEmailAddress": false, "chooseDifferentWayShown": true}}
	switch m.MFA {
	case MFAEmail:
		info["email"] = s.target(m)
	case MFASMS:
		info["phoneNumber"] = s.target(m)
	}
	if m.MFA != MFATOTP {
		s.send(ses)
	}
	e := envelope("MFA_REQUIRED", "", "OK")
	e["customerMfaInfo"], e["consentTypeList"] = info, []string{}
	r := jsonReply(http.StatusOK, e).with("Content-Type", "application/json")
	r.cookies = []*http.Cookie{{Name: "SESSION", Value: id, Path: "/", Secure: true, HttpOnly: true}}
	return r
}

// target is where a member's codes go, masked.
func (s *Server) target(m *member) string {
	if m.MFA == MFASMS {
		return "*******" + sixDigits(s.opts.Seed, "phone", m.Email)[4:]
	}
	return maskMail(m.Email)
}

// send sends a session's member a new code.
func (s *Server) send(ses *session) {
	m := ses.member
	m.codes++
	m.counts.CodesSent++
	ses.code = sixDigits(s.opts.Seed, "code", mailKey(m.Email), m.codes)
	ses.sent, m.code = s.now(), ses.code
	s.note(IssuedCode, m.code)
	if s.opts.OnCode != nil {
		s.opts.OnCode(m.Email, m.code)
	}
}

// signedIn is the answer with a ticket.
func (s *Server) signedIn(m *member, service string) reply {
	e := envelope("SUCCESSFUL", "", "OK")
	e["serviceURL"], e["serviceTicketId"] = service, s.newTicket(m, service, "sso")
	r := jsonReply(http.StatusOK, e).with("Content-Type", "application/json")
	for _, name := range []string{"CASTGC", "GARMIN-SSO", "GARMIN-SSO-CUST-GUID", "GMN_TRACKABLE"} {
		r.cookies = append(r.cookies, &http.Cookie{Name: name, Value: s.name(m, 24, name), Path: "/", Secure: true, HttpOnly: true})
	}
	return r
}

// envelope is the form of every JSON sign-in answer.
func envelope(kind, message, status string) map[string]any {
	return map[string]any{"serviceURL": nil, "serviceTicketId": nil,
		"responseStatus": map[string]any{"type": kind, "message": message, "httpStatus": status},
		"responseReason": nil, "customerMfaInfo": nil, "consentTypeList": nil,
		"captchaAlreadyPassed": false, "samlResponse": nil, "authType": "CAS"}
}

func refused(status int, kind, message string) reply {
	word := strings.ToUpper(strings.ReplaceAll(http.StatusText(status), " ", "_"))
	e := envelope(kind, message, word)
	e["authType"] = nil
	return jsonReply(status, e).with("Content-Type", "application/json")
}

func (s *Server) lockedOut() reply {
	return refused(s.rules.LockedStatus, s.rules.LockedType, "generalLoginAccountLocked")
}

// name makes a name that is unique to a member and a purpose.
func (s *Server) name(m *member, n int, purpose string) string {
	m.issued++
	return word(n, s.opts.Seed, purpose, mailKey(m.Email), m.issued)
}

func (s *Server) newTicket(m *member, service, suffix string) string {
	m.issued++
	key := mailKey(m.Email)
	t := "ST-0" + sixDigits(s.opts.Seed, "ticket", key, m.issued) + "-" + word(20, s.opts.Seed, "ticket", key, m.issued) + "-" + suffix
	s.tickets[t] = ticket{m, service, s.now().Add(s.rules.TicketLife)}
	s.note(IssuedTicket, t)
	return t
}

// maskMail shows what the real page shows: ru*****@example.org.
func maskMail(email string) string {
	user, host, _ := strings.Cut(email, "@")
	return user[:min(2, len(user))] + "*****@" + host
}
