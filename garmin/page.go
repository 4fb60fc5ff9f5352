package garmin

import (
	"errors"
	"html"
	"net/http"
	"regexp"
	"strings"
)

var (
	errNoForm = errors.New("a page without the form")
	errWall   = errors.New("a firewall's page")
)

// The parts of a sign-in page by which it is understood. Spaces and the order
// of attributes vary.
var (
	pageTitle    = regexp.MustCompile(`(?is)<title[^>]*>(.{0,200}?)</title>`)
	pageInput    = regexp.MustCompile(`(?is)<input\b[^>]{0,1000}>`)
	pageVariable = regexp.MustCompile(`(?m)\bvar\s+(\w{1,40})\s*=\s*["']([^"'\r\n]{0,400})["']`)
	pageAddress  = regexp.MustCompile(`(?i)response_url\s*=\s*["']([^"'\r\n]{0,1000})["']`)
	inputName    = regexp.MustCompile(`(?i)\bname\s*=\s*["']([^"']*)["']`)
	inputValue   = regexp.MustCompile(`(?i)\bvalue\s*=\s*["']([^"']*)["']`)
)

// widgetPage is what a page of the HTML sign-in says.
type widgetPage struct {
	title    string // in lower case
	csrf     string // hidden token of its form
	password bool   // its form asks for the password
	code     bool   // its form asks for a code
	ticket   string
	vars     map[string]string // of its script
}

// readPage takes a page apart.
func readPage(body []byte) widgetPage {
	text := string(body)
	p := widgetPage{vars: map[string]string{}}
	if m := pageTitle.FindStringSubmatch(text); m != nil {
		p.title = strings.ToLower(strings.TrimSpace(html.UnescapeString(m[1])))
	}
	for _, input := range pageInput.FindAllString(text, 64) {
		name := inputName.FindStringSubmatch(input)
		if name == nil {
			continue
		}
		switch name[1] {
		case "_csrf":
			if value := inputValue.FindStringSubmatch(input); value != nil {
				p.csrf = html.UnescapeString(value[1])
			}
		case "password":
			p.password = true
		case "mfa-code":
			p.code = true
		}
	}
	for _, m := range pageVariable.FindAllStringSubmatch(text, 64) {
		p.vars[m[1]] = m[2]
	}
	if m := pageAddress.FindStringSubmatch(text); m != nil && p.title == "success" {
		p.ticket = ticketInText.FindString(strings.ReplaceAll(m[1], `\/`, "/"))
	}
	return p
}

// wantsCode says whether the page asks for a code. Its title does not always
// tell.
func (p widgetPage) wantsCode() bool {
	return p.ticket == "" && (p.code || p.vars["customerGuid"] != "" && p.vars["mfaMethod"] != "")
}

func (p widgetPage) challenge() *Challenge {
	method := mfaMethod(p.vars["mfaMethod"])
	if p.vars["mfaMethod"] == "" && strings.Contains(p.title, "enter mfa code") && p.vars["codeSentTo"] == "" {
		method = "totp"
	}
	c := &Challenge{Method: method, Target: p.vars["codeSentTo"]}
	if method != "totp" {
		c.Resend = resendPause
	}
	return c
}

// refusal judges a page that asks for no code: nil where it holds a ticket.
// Only the form that comes back, or a title that says so, means that e-mail or
// password is wrong; what is not known is a wall.
func (p widgetPage) refusal(op string, a *answer) error {
	says := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(p.title, w) {
				return true
			}
		}
		return false
	}
	fail := &Error{Op: op, Status: a.status}
	switch {
	case a.status == http.StatusOK && ticketForm.MatchString(p.ticket):
		return nil
	case p.title == "success":
		fail.Kind, fail.Err = Malformed, errors.New("no ticket")
	case says("locked"):
		fail.Kind, fail.Wants, fail.Err = Interaction, WantUnlock, errors.New("account locked")
	case says("update phone"):
		fail.Kind, fail.Wants, fail.Err = Interaction, WantPhone, errors.New("a telephone number is wanted")
	case says("unable to sign in", "consent", "terms"):
		fail.Kind, fail.Err = Interaction, errors.New("something that only Garmin's page can settle")
	case says("bad gateway", "service unavailable"):
		fail.Kind = Unavailable
	case op == opAnswer && p.password:
		fail.Kind = Expired // the sign-in begins anew
	case p.password, says("invalid", "incorrect", "account error"):
		fail.Kind = BadCredentials
	default:
		fail.Kind, fail.Err = Blocked, errors.New("a page that is not known")
	}
	return fail
}
