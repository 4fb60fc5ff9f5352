package garmin

import (
	"context"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"time"
	"unicode"
)

// Challenge is the code that Garmin asks for in the middle of a sign-in.
type Challenge struct {
	Method string        // "email", "sms" or "totp"
	Target string        // where the code went, masked by Garmin; may be empty
	Resend time.Duration // how long after one code the next can be asked for; 0 where none can
}

// resendPause is how long Garmin's page waits before it sends another code.
const resendPause = 30 * time.Second

// road is one way of signing in with e-mail and password.
type road interface {
	// begin gives e-mail and password. What comes back is a ticket, or what
	// Garmin asks.
	begin(ctx context.Context, email, password string) (ticket string, ask *Challenge, err error)
	// answer gives a code and returns the ticket.
	answer(ctx context.Context, method, code string) (ticket string, err error)
	// resend asks for another code and returns where it went.
	resend(ctx context.Context, method string) (target string, err error)
	// service is what the ticket is for.
	service() string
}

// SignIn is a sign-in under way: it holds Garmin's cookies, and no password.
// It is for one goroutine at a time and is forgotten by dropping it.
type SignIn struct {
	client    *Client
	name      string
	road      road
	challenge *Challenge
	done      bool
	tokens    Tokens
	profile   Profile
}

// Challenge returns what Garmin asks, nil when it asks nothing.
func (s *SignIn) Challenge() *Challenge { return s.challenge }

// Done says that the account is signed in and Tokens works.
func (s *SignIn) Done() bool { return s.done }

// Road returns the name of the road that was taken, as in the sign-in table.
func (s *SignIn) Road() string { return s.name }

// Tokens returns the account's tokens, zero unless Done.
func (s *SignIn) Tokens() Tokens { return s.tokens }

// Profile returns the account's profile, zero unless Done.
func (s *SignIn) Profile() Profile { return s.profile }

// Format hides the tokens and cookies from every verb.
func (s *SignIn) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "sign-in (done: %t, code wanted: %t)", s.done, s.challenge != nil)
}

// SignIn signs in along the roads of the table: pages, pauses and one password
// on each, then, unless a code is wanted, the exchange of the ticket and one
// data call that proves that the tokens work. The next road is taken only
// where one ends at a wall. Whatever says no to the person or limits them ends
// it at once, and it is never repeated by itself: each try counts at Garmin.
func (c *Client) SignIn(ctx context.Context, email, password string) (s *SignIn, err error) {
	defer c.ended(opSignIn, &err)
	var wall error
	for _, name := range c.table().Roads {
		s, err := c.along(ctx, name, email, password)
		if err == nil || !isWall(err) {
			return s, err
		}
		if wall == nil {
			wall = err
		}
	}
	return nil, wall
}

// isWall says whether the way was barred, and not the person.
func isWall(err error) bool {
	switch KindOf(err) {
	case Blocked, Malformed, BadTicket, TokenInactive:
		return true
	}
	return false
}

// along tries one road.
func (c *Client) along(ctx context.Context, name, email, password string) (*SignIn, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, fault(opSignIn, Malformed, "cookie jar")
	}
	s := &SignIn{client: c, name: name, road: mobile{c, jar}}
	if name == roadWidget {
		s.road = &widget{client: c, jar: jar}
	}
	ticket, ask, err := s.road.begin(ctx, email, password)
	if err != nil {
		return nil, err
	}
	if ask != nil {
		s.challenge = ask
		return s, nil
	}
	if err := s.finish(ctx, ticket); err != nil {
		return nil, err
	}
	return s, nil
}

// Answer gives the code that the challenge asks for. After BadCode the sign-in
// stays open and the next code may be right; after any other error it is over.
func (s *SignIn) Answer(ctx context.Context, code string) (err error) {
	defer s.client.ended(opAnswer, &err)
	if s.challenge == nil {
		return fault(opAnswer, Expired, "no code is wanted")
	}
	digits, ok := cleanCode(code)
	if !ok {
		return fault(opAnswer, BadCode, "not a code of digits")
	}
	ticket, err := s.road.answer(ctx, s.challenge.Method, digits)
	if KindOf(err) == BadCode {
		return err
	}
	s.challenge = nil
	if err != nil {
		return err
	}
	return s.finish(ctx, ticket)
}

// Resend asks for another code; the one before is dead then. It is RateLimited
// before the challenge's pause is over. Not every road can: the challenge
// tells.
func (s *SignIn) Resend(ctx context.Context) (err error) {
	defer s.client.ended(opSend, &err)
	switch {
	case s.challenge == nil:
		return fault(opSend, Expired, "no code is wanted")
	case s.challenge.Resend == 0:
		return fault(opSend, Interaction, "only a new sign-in brings another code")
	}
	target, err := s.road.resend(ctx, s.challenge.Method)
	if err == nil && target != "" {
		ask := *s.challenge
		ask.Target = target
		s.challenge = &ask
	}
	return err
}

// finish makes tokens of the ticket and proves them.
func (s *SignIn) finish(ctx context.Context, ticket string) error {
	t, p, err := s.client.trade(ctx, ticket, s.road.service())
	if err != nil {
		return err
	}
	s.tokens, s.profile, s.done = t, p, true
	return nil
}

// browse returns the headers of a browser.
func browse(agent, accept, referer string) http.Header {
	h := http.Header{}
	h.Set("User-Agent", agent)
	h.Set("Accept", accept)
	if referer != "" {
		h.Set("Referer", referer)
	}
	return h
}

const acceptHTML = "text/html,application/xhtml+xml,*/*;q=0.8"

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
