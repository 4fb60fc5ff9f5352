package garmintest

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// totpStep is how long an authenticator app shows one code.
const totpStep = 30 * time.Second

// totp is what the member's authenticator app shows at a moment.
func (s *Server) totp(m *member, at time.Time) string {
	return sixDigits(s.opts.Seed, "totp", mailKey(m.Email), at.Unix()/int64(totpStep/time.Second))
}

// verify judges a code. It belongs to one session: the code of another sign-in
// is wrong here.
func (s *Server) verify(q *http.Request, body []byte) reply {
	var f struct {
		Method string `json:"mfaMethod"`
		Code   string `json:"mfaVerificationCode"`
	}
	if json.Unmarshal(body, &f) != nil || f.Code == "" {
		return problem()
	}
	ses := s.sessionOf(q)
	if ses == nil || ses.member == nil {
		r, hit := s.disturbed(nil, onSSO)
		if hit {
			return r
		}
		return s.rejected("codeEntryExpired")
	}
	m := ses.member
	m.counts.Codes++
	if r, hit := s.disturbed(m, onSSO); hit {
		return r
	}
	switch now := s.now(); {
	case m.locked:
		return s.lockedOut()
	case now.Before(m.codesBarred):
		return s.rejected("codeEntryMaxLimit")
	case !ses.pending, !now.Before(ses.until):
		return s.rejected("codeEntryExpired")
	case methodOf(f.Method) != m.MFA, !s.right(ses, f.Code, now):
		return s.wrongCode(ses, now)
	}
	ses.pending = false
	m.wrongCodes = 0
	return s.signedIn(m, ses.service)
}

// methodOf knows a way of asking for a code by each of its names.
func methodOf(name string) string {
	switch strings.ToLower(name) {
	case "phone", "sms":
		return MFASMS
	case "app", "authenticator", "totp":
		return MFATOTP
	}
	return name
}

// called is a member's way as the service names it.
func (s *Server) called(m *member) string {
	switch m.MFA {
	case MFASMS:
		return s.rules.PhoneMethod
	case MFATOTP:
		return s.rules.AppMethod
	}
	return m.MFA
}

func (s *Server) sessionOf(q *http.Request) *session {
	c, err := q.Cookie("SESSION")
	if err != nil {
		return nil
	}
	return s.sessions[c.Value]
}

func (s *Server) right(ses *session, code string, now time.Time) bool {
	if ses.member.MFA != MFATOTP {
		return code == ses.code && code != ""
	}
	return code == s.totp(ses.member, now) || code == s.totp(ses.member, now.Add(-totpStep))
}

func (s *Server) wrongCode(ses *session, now time.Time) reply {
	ses.wrong++
	ses.member.wrongCodes++
	if ses.member.wrongCodes >= s.rules.CodesPerDay {
		ses.member.wrongCodes = 0
		ses.member.codesBarred = now.Add(24 * time.Hour)
		ses.pending = false
		return s.rejected("codeEntryMaxLimit")
	}
	if ses.wrong >= s.rules.CodesPerSession {
		ses.pending = false
		return s.rejected("codeEntryMaxLimit")
	}
	return s.rejected("codeEntryInvalid")
}

func (s *Server) rejected(message string) reply {
	return refused(s.rules.WrongCodeStatus, s.rules.WrongCodeType, message)
}
