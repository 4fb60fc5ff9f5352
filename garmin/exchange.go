package garmin

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

var (
	ticketForm   = regexp.MustCompile(`^ST-[0-9A-Za-z._-]{4,200}$`)
	ticketInText = regexp.MustCompile(`ST-[0-9A-Za-z._-]{4,200}`)
)

// Page returns the address at which a person signs in with a browser; what the
// page then shows holds the ticket for Redeem.
func (c *Client) Page() string {
	w := widget{client: c}
	return w.address(c.table().Widget.SignIn) + "?" + w.query()
}

// Redeem makes tokens of what a person pasted after signing in with a browser:
// the ticket, or the whole address or text that contains it. An address tells
// its region itself.
func (c *Client) Redeem(ctx context.Context, pasted string) (t Tokens, p Profile, err error) {
	defer c.ended(opTicket, &err)
	ticket := strings.TrimRight(ticketInText.FindString(pasted), ".")
	if ticket == "" {
		return Tokens{}, Profile{}, fault(opTicket, BadTicket, "no ticket in the text")
	}
	switch {
	case strings.Contains(pasted, China.hosts().sso), strings.Contains(pasted, China.hosts().mobile):
		c = c.In(China)
	case strings.Contains(pasted, World.hosts().sso), strings.Contains(pasted, World.hosts().mobile):
		c = c.In(World)
	}
	service := widget{client: c}.service()
	if app := (mobile{client: c}).service(); strings.Contains(pasted, app) {
		service = app
	}
	return c.trade(ctx, ticket, service)
}

// trade exchanges a ticket and proves the tokens by reading the profile:
// Garmin is known to issue tokens that its own data host refuses.
func (c *Client) trade(ctx context.Context, ticket, service string) (Tokens, Profile, error) {
	t, err := c.exchange(ctx, ticket, service)
	if err != nil {
		return Tokens{}, Profile{}, err
	}
	for pause := time.Second; ; pause *= 2 {
		p, err := c.whose(ctx, t)
		var e *Error
		if err == nil || pause > 2*time.Second || !errors.As(err, &e) || e.Kind != Unavailable {
			if err != nil {
				t = Tokens{}
			}
			return t, p, err
		}
		if err := c.wait(ctx, pause); err != nil {
			return Tokens{}, Profile{}, networkError(opProfile, err)
		}
	}
}

// exchange trades the ticket once: it is spent whatever the answer.
func (c *Client) exchange(ctx context.Context, ticket, service string) (Tokens, error) {
	t := Tokens{ClientID: c.table().Token.Client, Region: c.Region}
	form := url.Values{"client_id": {t.ClientID}, "service_ticket": {ticket}, "grant_type": {ticketGrant}, "service_url": {service}}
	a, err := c.token(ctx, opTicket, t, form, "application/json,text/html;q=0.9,*/*;q=0.8")
	if err != nil {
		return Tokens{}, err
	}
	return c.readTokens(opTicket, BadTicket, a, t)
}

// Refresh trades the refresh token for new tokens. The old refresh token is
// dead afterwards: keep the new tokens before using them.
func (c *Client) Refresh(ctx context.Context, old Tokens) (fresh Tokens, err error) {
	defer c.ended(opRefresh, &err)
	t := Tokens{ClientID: old.ClientID, Refresh: old.Refresh, Region: old.Region}
	if t.ClientID == "" {
		t.ClientID = c.table().Token.Client
	}
	form := url.Values{"grant_type": {"refresh_token"}, "client_id": {t.ClientID}, "refresh_token": {t.Refresh}}
	a, err := c.token(ctx, opRefresh, t, form, acceptJSON)
	if err != nil {
		return Tokens{}, err
	}
	return c.readTokens(opRefresh, InvalidGrant, a, t)
}

func (c *Client) token(ctx context.Context, op string, t Tokens, form url.Values, accept string) (*answer, error) {
	h := c.native(accept)
	h.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(t.ClientID+":")))
	h.Set("Content-Type", "application/x-www-form-urlencoded")
	h.Set("Cache-Control", "no-cache")
	return c.do(ctx, call{op: op, method: http.MethodPost, url: "https://" + t.Region.hosts().auth + c.table().Token.Path,
		header: h, body: []byte(form.Encode()), timeout: apiTimeout, limit: maxJSON})
}

// readTokens reads a token answer over what is known before. Only an
// invalid_grant is the given kind of refusal. Garmin's description is dropped:
// it quotes the token.
func (c *Client) readTokens(op string, refused Kind, a *answer, t Tokens) (Tokens, error) {
	var f struct {
		Access  string  `json:"access_token"`
		Refresh string  `json:"refresh_token"`
		Seconds float64 `json:"expires_in"`
		Error   string  `json:"error"`
		Why     string  `json:"error_description"`
	}
	bad := !a.html() && json.Unmarshal(a.body, &f) != nil
	fail := &Error{Op: op, Status: a.status}
	switch {
	case a.status == http.StatusTooManyRequests:
		fail.Kind, fail.RetryAfter = RateLimited, retryAfter(a.header)
	case a.status != http.StatusOK && strings.Contains(f.Why, "doesn't exist in DB"):
		fail.Kind = OtherRegion
	case f.Error == "invalid_grant":
		fail.Kind = refused
	case a.status != http.StatusOK && refused == BadTicket && f.Error != "" && a.status < 500:
		fail.Kind = refused
	case a.walled():
		fail.Kind = Blocked
	case a.html(), a.status == http.StatusUnauthorized, a.status == http.StatusForbidden, a.status >= 500:
		fail.Kind = Unavailable
	case bad, a.status != http.StatusOK, f.Access == "", f.Refresh == "" && t.Refresh == "":
		fail.Kind = Malformed
	default:
		t.Access, t.Expires = f.Access, c.expiry(f.Access, f.Seconds)
		if f.Refresh != "" {
			t.Refresh = f.Refresh
		}
		return t, nil
	}
	return Tokens{}, fail
}

// expiry trusts the answer's seconds over the token's own claim, which is by
// Garmin's clock.
func (c *Client) expiry(access string, seconds float64) time.Time {
	if c.Now == nil || seconds <= 0 || seconds > 1<<31 {
		return readClaims(access).expires()
	}
	return c.Now().Add(time.Duration(seconds) * time.Second).UTC().Truncate(time.Second)
}
