package garmin

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"unicode"
)

// Challenge is the code that Garmin asks for in the middle of a sign-in.
type Challenge struct {
	Method string // "email", "sms" or "totp"
	Target string // where the code went, masked by Garmin; may be empty
}

// SignIn is a sign-in under way: it holds Garmin's cookies, and no password.
// It is for one goroutine at a time and is forgotten by dropping it.
type SignIn struct {
	client    *Client
	jar       http.CookieJar
	challenge *Challenge
	done      bool
	tokens    Tokens
	profile   Profile
}

// Challenge returns what Garmin asks, nil when it asks nothing.
func (s *SignIn) Challenge() *Challenge { return s.challenge }

// Done says that the account is signed in and Tokens works.
func (s *SignIn) Done() bool { return s.done }

// Tokens returns the account's tokens, zero unless Done.
func (s *SignIn) Tokens() Tokens { return s.tokens }

// Profile returns the account's profile, zero unless Done.
func (s *SignIn) Profile() Profile { return s.profile }

// Format hides the tokens and cookies from every verb.
func (s *SignIn) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "sign-in (done: %t, code wanted: %t)", s.done, s.challenge != nil)
}

// SignIn signs in as Garmin's phone app does: a visit of the sign-in page for
// its cookies, one request, then, unless a code is wanted, the exchange of the ticket and one data call that proves that the
// tokens work. It is never repeated by itself: each try counts at Garmin.
func (c *Client) SignIn(ctx context.Context, email, password string) (*SignIn, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, fault(opSignIn, Malformed, "cookie jar")
	}
	s := &SignIn{client: c, jar: jar}
	if err := s.visit(ctx); err != nil {
		return nil, err
	}
	body := map[string]any{"username": email, "password": password, "rememberMe": true, "captchaToken": ""}
	a, err := s.post(ctx, opSignIn, c.wire().LoginPath, body)
	if err != nil {
		return nil, err
	}
	e, err := readEnvelope(opSignIn, a)
	if err != nil {
		return nil, err
	}
	if e.ResponseStatus.Type == typeMFA {
		s.challenge = e.challenge()
		return s, nil
	}
	if err := loginRefusal(a, e); err != nil {
		return nil, err
	}
	return s, s.finish(ctx, e.ServiceTicketID)
}

// Answer gives the code that the challenge asks for. After BadCode the sign-in
// stays open and the next code may be right; after any other error it is over.
func (s *SignIn) Answer(ctx context.Context, code string) error {
	if s.challenge == nil {
		return fault(opAnswer, Expired, "no code is wanted")
	}
	digits, ok := cleanCode(code)
	if !ok {
		return fault(opAnswer, BadCode, "not a code of digits")
	}
	body := map[string]any{"mfaMethod": s.challenge.Method, "mfaVerificationCode": digits,
		"rememberMyBrowser": true, "reconsentList": []string{}, "mfaSetup": false}
	a, err := s.post(ctx, opAnswer, s.client.wire().CodePath, body)
	if err == nil {
		err = s.accept(ctx, a)
	}
	if err != nil && KindOf(err) != BadCode {
		s.challenge = nil
	}
	return err
}

func (s *SignIn) accept(ctx context.Context, a *answer) error {
	e, err := readEnvelope(opAnswer, a)
	if err != nil {
		return err
	}
	if err := codeRefusal(a, e); err != nil {
		return err
	}
	s.challenge = nil
	return s.finish(ctx, e.ServiceTicketID)
}

// finish makes tokens of the ticket and proves them.
func (s *SignIn) finish(ctx context.Context, ticket string) error {
	t, p, err := s.client.trade(ctx, ticket, s.client.wire().LoginService)
	if err != nil {
		return err
	}
	s.tokens, s.profile, s.done = t, p, true
	return nil
}

// visit opens the sign-in page, whose cookies a sign-in is known to be refused
// without at times. A page that is not to be had hinders nothing, unless
// Garmin limits or does not answer at all.
func (s *SignIn) visit(ctx context.Context) error {
	h := http.Header{}
	h.Set("User-Agent", s.client.wire().LoginAgent)
	h.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	a, err := s.client.do(ctx, call{op: opSignIn, method: http.MethodGet, url: s.page(), header: h, jar: s.jar, timeout: loginTimeout, limit: maxJSON})
	if err != nil {
		return err
	}
	if a.status == http.StatusTooManyRequests {
		return &Error{Op: opSignIn, Kind: RateLimited, Status: a.status, RetryAfter: retryAfter(a.header)}
	}
	return nil
}

// page is the address of the sign-in page.
func (s *SignIn) page() string {
	w := s.client.wire()
	return "https://" + w.SSO + w.LoginPage + "?" + w.loginQuery()
}

// post sends JSON to the sign-in host, as the app's embedded browser does.
func (s *SignIn) post(ctx context.Context, op, path string, body any) (*answer, error) {
	w := s.client.wire()
	data, err := json.Marshal(body)
	if err != nil {
		return nil, fault(op, Malformed, "body of the request")
	}
	h := http.Header{}
	h.Set("User-Agent", w.LoginAgent)
	h.Set("Accept", "application/json, text/plain, */*")
	h.Set("Content-Type", "application/json")
	h.Set("Origin", "https://"+w.SSO)
	h.Set("Referer", s.page())
	return s.client.do(ctx, call{op: op, method: http.MethodPost, url: "https://" + w.SSO + path + "?" + w.loginQuery(),
		header: h, body: data, jar: s.jar, timeout: loginTimeout, limit: maxJSON})
}

// cleanCode drops the spaces and dashes that people type into codes.
func cleanCode(code string) (string, bool) {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' {
			return -1
		}
		return r
	}, code)
	if len(digits) < 4 || len(digits) > 10 || strings.Trim(digits, "0123456789") != "" {
		return "", false
	}
	return digits, true
}
