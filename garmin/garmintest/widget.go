package garmintest

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// The titles by which the sign-in pages are told apart.
const (
	titleSignIn = "GARMIN Authentication Application"
	titleApp    = "Enter MFA code for login"
	titleLocked = "Account Locked"
	titleDone   = "Success"
)

// resendPause is how long the page waits before a code can be asked for again.
const resendPause = 30 * time.Second

// visit answers the sign-in pages of a browser and of the apps' web views. It
// opens a session, as the real pages do by cookie.
func (s *Server) visit(q *http.Request) reply {
	at := onSSO
	if strings.HasPrefix(q.URL.Path, "/sso/") && !s.trouble.is("phone") { // which is asked for behind the password
		at = onForm
	}
	if r, hit := s.disturbed(nil, at); hit {
		return r
	}
	s.visits++
	id := word(32, s.opts.Seed, "visit", s.visits)
	ses := &session{visited: true, query: q.URL.RawQuery, service: q.URL.Query().Get("service")}
	s.sessions[id] = ses
	var r reply
	switch q.URL.Path {
	case "/sso/signin":
		r = s.signInPage(http.StatusOK, ses)
	case "/sso/embed":
		r = page(http.StatusOK, "GAuth Embedded Version")
	default:
		r = page(http.StatusOK, titleSignIn)
	}
	r.cookies = []*http.Cookie{{Name: "SESSION", Value: id, Path: "/", Secure: true, HttpOnly: true}}
	for _, name := range []string{"__VCAP_ID__", "__cf_bm", "__cflb", "_cfuvid"} {
		r.cookies = append(r.cookies, &http.Cookie{Name: name, Value: word(24, s.opts.Seed, name, s.visits), Path: "/", Secure: true, HttpOnly: true})
	}
	return r
}

// pressed answers what a browser posts from the sign-in pages.
func (s *Server) pressed(q *http.Request, body []byte) reply {
	ses := s.sessionOf(q)
	if ses == nil || !ses.visited {
		return page(http.StatusForbidden, "403 Forbidden")
	}
	if q.URL.Path == "/sso/verifyMFA/mfaCode" {
		return s.resend(ses, body)
	}
	form, err := url.ParseQuery(string(body))
	if err != nil || !s.ours(ses, form.Get("_csrf")) {
		return page(http.StatusForbidden, "403 Forbidden")
	}
	if q.URL.Path == "/sso/signin" {
		return s.password(q, ses, form)
	}
	return s.typed(ses, form)
}

// ours says whether a hidden token is of this session's pages.
func (s *Server) ours(ses *session, token string) bool {
	i := slices.Index(ses.tokens, token)
	return i >= 0 && (s.rules.WidgetOldPage || i == len(ses.tokens)-1)
}

// password judges the form of the sign-in page.
func (s *Server) password(q *http.Request, ses *session, form url.Values) reply {
	m := s.account(q, form.Get("username"))
	if m != nil {
		m.counts.Logins++
	}
	if r, hit := s.disturbed(m, onForm); hit {
		return widgetTrouble(r)
	}
	switch {
	case m == nil:
		return s.signInPage(s.rules.WidgetRefusalStatus, ses)
	case m.locked:
		return page(http.StatusOK, titleLocked)
	case m.Password != form.Get("password"):
		m.wrong++
		m.locked = m.wrong >= s.rules.PasswordsToLock
		return s.signInPage(s.rules.WidgetRefusalStatus, ses)
	}
	m.wrong = 0
	ses.member = m
	if m.MFA == "" {
		return s.success(ses)
	}
	ses.pending, ses.until = true, s.now().Add(s.rules.CodeLife)
	if m.MFA != MFATOTP && s.rules.WidgetSendsCode {
		s.send(ses)
	}
	return s.codePage(ses)
}

// widgetTrouble tells a refusal, which is JSON elsewhere, by a page.
func widgetTrouble(r reply) reply {
	switch {
	case !strings.HasPrefix(r.header.Get("Content-Type"), "application/json"):
		return r
	case strings.Contains(string(r.body), "generalLoginAccountLocked"):
		return page(http.StatusOK, titleLocked)
	}
	return page(http.StatusForbidden, "Just a moment...")
}

// resend sends a code because the page asks for it.
func (s *Server) resend(ses *session, body []byte) reply {
	var f struct {
		GUID   string `json:"customerGuid"`
		Method string `json:"mfaMethod"`
	}
	m := ses.member
	switch {
	case json.Unmarshal(body, &f) != nil, m == nil, !ses.pending, f.GUID != m.guid:
		return jsonReply(http.StatusUnauthorized, map[string]string{"message": "HTTP 401 Unauthorized"})
	case methodOf(f.Method) != m.MFA, m.MFA == MFATOTP:
		return problem()
	case !ses.sent.IsZero() && s.now().Before(ses.sent.Add(resendPause)):
		return s.limited(trouble{args: []string{"json"}}).at(http.StatusTooManyRequests)
	}
	s.send(ses)
	return jsonReply(http.StatusOK, map[string]any{"codeSentTo": s.target(m)})
}

func (r reply) at(status int) reply {
	r.status = status
	return r
}

// typed judges the form of the code page.
func (s *Server) typed(ses *session, form url.Values) reply {
	m := ses.member
	if m == nil {
		return s.signInPage(http.StatusOK, ses)
	}
	m.counts.Codes++
	if r, hit := s.disturbed(m, onForm); hit {
		return widgetTrouble(r)
	}
	switch now := s.now(); {
	case m.locked:
		return page(http.StatusOK, titleLocked)
	case !ses.pending, !now.Before(ses.until), now.Before(m.codesBarred):
		return s.signInPage(http.StatusOK, ses)
	case !s.right(ses, form.Get("mfa-code"), now):
		s.wrongCode(ses, now)
		return s.codePage(ses)
	}
	ses.pending, m.wrongCodes = false, 0
	return s.success(ses)
}

// success is the page with the ticket.
func (s *Server) success(ses *session) reply {
	embed := here(embedService, ses.member.China)
	if ses.service != embed {
		return page(http.StatusForbidden, "403 Forbidden")
	}
	address := embed + "?ticket=" + s.newTicket(ses.member, embed, "cas")
	script := fmt.Sprintf(`<script>var response_url = "%s";</script>`, strings.ReplaceAll(address, "/", `\/`))
	return document(http.StatusOK, titleDone, script+"<p>"+html.EscapeString(address)+"</p>")
}

// token is the hidden field of a form; each page has a new one.
func (s *Server) token(ses *session) string {
	s.visits++
	t := word(36, s.opts.Seed, "csrf", s.visits)
	ses.tokens = append(ses.tokens, t)
	return `<input type="hidden" name="_csrf" value="` + t + `"/><input type="hidden" name="embed" value="true"/>`
}

func (s *Server) signInPage(status int, ses *session) reply {
	form := `<form method="post" action="/sso/signin?` + html.EscapeString(ses.query) + `">` + s.token(ses) +
		`<input name="username" type="email"/><input name="password" type="password"/><button>Sign In</button></form>`
	return document(status, titleSignIn, form)
}

// codePage asks for the code. Its script says what the browser needs to ask
// for another one.
func (s *Server) codePage(ses *session) reply {
	m := ses.member
	title, to := titleSignIn, ""
	if m.MFA == MFATOTP {
		title = titleApp
	} else if !ses.sent.IsZero() {
		to = s.target(m)
	}
	script := fmt.Sprintf(`<script>var customerGuid = "%s"; var mfaMethod = "%s"; var locale = "en_US"; var clientId = "gauth-widget"; var codeSentTo = "%s";</script>`,
		m.guid, s.called(m), to)
	form := `<form method="post" action="/sso/verifyMFA/loginEnterMfaCode?` + html.EscapeString(ses.query) + `">` + s.token(ses) +
		`<input type="hidden" name="fromPage" value="setupEnterMfaCode"/><input name="mfa-code"/><button>Next</button></form>`
	return document(http.StatusOK, title, script+form)
}

func document(status int, title, body string) reply {
	r := page(status, title)
	r.body = []byte("<!DOCTYPE html><html><head><title>" + title + "</title></head><body>" + body + "</body></html>\n")
	return r
}
