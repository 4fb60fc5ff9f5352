package garmin

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// mobile is the road of Garmin's phone app: a page for its cookies, and JSON.
type mobile struct {
	client *Client
	jar    http.CookieJar
}

func (m mobile) service() string {
	return "https://" + m.client.Region.hosts().mobile + m.client.table().Mobile.Service
}

// query says who signs in, for what.
func (m mobile) query() string {
	t := m.client.table().Mobile
	return "clientId=" + url.QueryEscape(t.Client) + "&locale=" + url.QueryEscape(t.Locale) + "&service=" + url.QueryEscape(m.service())
}

func (m mobile) origin() string { return "https://" + m.client.Region.hosts().sso }

// page is the address of the sign-in page.
func (m mobile) page() string { return m.origin() + m.client.table().Mobile.Visit + "?" + m.query() }

func (m mobile) begin(ctx context.Context, email, password string) (string, *Challenge, error) {
	if err := m.visit(ctx); err != nil {
		return "", nil, err
	}
	if err := m.client.pause(ctx, m.client.table().Mobile.Pause); err != nil {
		return "", nil, networkError(opSignIn, err)
	}
	body := map[string]any{"username": email, "password": password, "rememberMe": true, "captchaToken": ""}
	a, err := m.post(ctx, opSignIn, m.client.table().Mobile.Login, body)
	if err != nil {
		return "", nil, err
	}
	e, err := readEnvelope(opSignIn, a)
	if err != nil {
		return "", nil, err
	}
	if e.ResponseStatus.Type == typeMFA {
		return "", e.challenge(), nil
	}
	return e.ServiceTicketID, nil, loginRefusal(a, e)
}

func (m mobile) answer(ctx context.Context, method, code string) (string, error) {
	body := map[string]any{"mfaMethod": method, "mfaVerificationCode": code,
		"rememberMyBrowser": true, "reconsentList": []string{}, "mfaSetup": false}
	a, err := m.post(ctx, opAnswer, m.client.table().Mobile.Code, body)
	if err != nil {
		return "", err
	}
	e, err := readEnvelope(opAnswer, a)
	if err != nil {
		return "", err
	}
	return e.ServiceTicketID, codeRefusal(a, e)
}

// resend cannot: the app's protocol is not known to have a call for it.
func (m mobile) resend(context.Context, string) (string, error) {
	return "", fault(opSend, Interaction, "only a new sign-in brings another code")
}

// visit opens the sign-in page, whose cookies a sign-in is known to be refused
// without at times. A page that is not to be had hinders nothing, unless
// Garmin limits or does not answer at all.
func (m mobile) visit(ctx context.Context) error {
	a, err := m.client.do(ctx, call{op: opSignIn, method: http.MethodGet, url: m.page(), jar: m.jar, timeout: loginTimeout, limit: maxJSON,
		header: browse(m.client.table().Mobile.Agent, acceptHTML, "")})
	if err != nil {
		return err
	}
	return limitedBy(opSignIn, a)
}

// limitedBy is the error of a limiter's answer.
func limitedBy(op string, a *answer) error {
	if a.status == http.StatusTooManyRequests {
		return &Error{Op: op, Kind: RateLimited, Status: a.status, RetryAfter: retryAfter(a.header)}
	}
	return nil
}

// post sends JSON to the sign-in host, as the app's embedded browser does.
func (m mobile) post(ctx context.Context, op, path string, body any) (*answer, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return nil, fault(op, Malformed, "body of the request")
	}
	h := browse(m.client.table().Mobile.Agent, "application/json, text/plain, */*", m.page())
	h.Set("Content-Type", "application/json")
	h.Set("Origin", m.origin())
	return m.client.do(ctx, call{op: op, method: http.MethodPost, url: m.origin() + path + "?" + m.query(),
		header: h, body: data, jar: m.jar, timeout: loginTimeout, limit: maxJSON})
}
