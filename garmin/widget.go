package garmin

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// widget is the road of the sign-in form that Garmin lends to other pages. It
// has no client id of an app, and so escapes the limiter of those.
type widget struct {
	client *Client
	jar    http.CookieJar
	page   widgetPage // the newest
}

func (w widget) address(path string) string { return "https://" + w.client.Region.hosts().sso + path }

func (w widget) service() string { return w.address(w.client.table().Widget.Embed) }

// query says whose form it is and where it leads.
func (w widget) query() string {
	embed := w.service()
	return url.Values{"id": {w.client.table().Widget.Client}, "embedWidget": {"true"}, "gauthHost": {embed}, "service": {embed},
		"source": {embed}, "redirectAfterAccountLoginUrl": {embed}, "redirectAfterAccountCreationUrl": {embed}}.Encode()
}

func (w *widget) begin(ctx context.Context, email, password string) (string, *Challenge, error) {
	form := w.address(w.client.table().Widget.SignIn) + "?" + w.query()
	if err := w.open(ctx, form); err != nil {
		return "", nil, err
	}
	if err := w.client.pause(ctx, w.client.table().Widget.Pause); err != nil {
		return "", nil, networkError(opSignIn, err)
	}
	a, err := w.post(ctx, opSignIn, form, form, url.Values{"username": {email}, "password": {password}, "embed": {"true"}, "_csrf": {w.page.csrf}})
	if err != nil {
		return "", nil, err
	}
	w.page = readPage(a.body)
	if w.page.wantsCode() {
		ask := w.page.challenge()
		if ask.Method != "totp" && ask.Target == "" { // the page has not sent it
			ask.Target, err = w.resend(ctx, ask.Method)
		}
		return "", ask, err
	}
	return w.page.ticket, nil, w.page.refusal(opSignIn, a)
}

// open shows the page around the form, and then the form.
func (w *widget) open(ctx context.Context, form string) error {
	embed := w.service()
	frame := embed + "?" + url.Values{"id": {w.client.table().Widget.Client}, "embedWidget": {"true"},
		"gauthHost": {w.address(strings.TrimSuffix(w.client.table().Widget.Embed, "/embed"))}}.Encode()
	if _, err := w.get(ctx, frame, ""); err != nil {
		return err
	}
	a, err := w.get(ctx, form, embed)
	if err != nil {
		return err
	}
	if w.page = readPage(a.body); w.page.csrf == "" {
		return &Error{Op: opSignIn, Kind: Blocked, Status: a.status, Err: errNoForm}
	}
	return nil
}

func (w *widget) answer(ctx context.Context, _, code string) (string, error) {
	t := w.client.table().Widget
	query := w.query()
	a, err := w.post(ctx, opAnswer, w.address(t.Code)+"?"+query, w.address(t.SignIn)+"?"+query,
		url.Values{"mfa-code": {code}, "embed": {"true"}, "_csrf": {w.page.csrf}, "fromPage": {t.Form}})
	if err != nil {
		return "", err
	}
	next := readPage(a.body)
	if next.wantsCode() {
		w.page.csrf = next.csrf
		return "", &Error{Op: opAnswer, Kind: BadCode, Status: a.status}
	}
	w.page = next
	return next.ticket, next.refusal(opAnswer, a)
}

func (w *widget) resend(ctx context.Context, method string) (string, error) {
	t := w.client.table().Widget
	client, locale := w.page.vars["clientId"], w.page.vars["locale"]
	if client == "" {
		client = t.Client
	}
	if locale == "" {
		locale = t.Locale
	}
	if said := w.page.vars["mfaMethod"]; said != "" {
		method = said // in the page's own word
	}
	body, err := json.Marshal(map[string]string{"customerGuid": w.page.vars["customerGuid"], "mfaMethod": method, "locale": locale})
	if err != nil {
		return "", fault(opSend, Malformed, "body of the request")
	}
	h := browse(t.Agent, "application/json, text/plain, */*", w.address(t.SignIn)+"?"+w.query())
	h.Set("Content-Type", "application/json")
	h.Set("Origin", w.address(""))
	a, err := w.client.do(ctx, call{op: opSend, method: http.MethodPost, url: w.address(t.Send) + "?clientId=" + url.QueryEscape(client),
		header: h, body: body, jar: w.jar, timeout: loginTimeout, limit: maxJSON})
	if err != nil {
		return "", err
	}
	return readSent(a)
}

// readSent reads where a code went.
func readSent(a *answer) (target string, err error) {
	fail := &Error{Op: opSend, Status: a.status}
	switch {
	case a.status == http.StatusTooManyRequests:
		fail.Kind, fail.RetryAfter = RateLimited, max(retryAfter(a.header), resendPause)
	case a.status == http.StatusUnauthorized:
		fail.Kind = Expired
	case a.status >= 500:
		fail.Kind = Unavailable
	case a.html(), a.status != http.StatusOK && a.status != http.StatusNoContent:
		fail.Kind = Blocked
	default:
		var f struct {
			Target string `json:"codeSentTo"`
		}
		_ = json.Unmarshal(a.body, &f) // where it went is not always told
		return f.Target, nil
	}
	return "", fail
}

func (w *widget) get(ctx context.Context, address, referer string) (*answer, error) {
	return w.sane(opSignIn)(w.client.do(ctx, call{op: opSignIn, method: http.MethodGet, url: address, jar: w.jar, timeout: loginTimeout, limit: maxJSON,
		header: browse(w.client.table().Widget.Agent, acceptHTML, referer)}))
}

func (w *widget) post(ctx context.Context, op, address, referer string, form url.Values) (*answer, error) {
	h := browse(w.client.table().Widget.Agent, acceptHTML, referer)
	h.Set("Content-Type", "application/x-www-form-urlencoded")
	h.Set("Origin", w.address(""))
	return w.sane(op)(w.client.do(ctx, call{op: op, method: http.MethodPost, url: address, jar: w.jar, timeout: loginTimeout, limit: maxJSON,
		header: h, body: []byte(form.Encode())}))
}

// sane refuses answers that are no page of Garmin's.
func (w *widget) sane(op string) func(*answer, error) (*answer, error) {
	return func(a *answer, err error) (*answer, error) {
		switch {
		case err != nil:
			return nil, err
		case limitedBy(op, a) != nil:
			return nil, limitedBy(op, a)
		case a.status >= 500:
			return nil, &Error{Op: op, Kind: Unavailable, Status: a.status}
		case a.status == http.StatusForbidden, a.header.Get("Cf-Mitigated") != "":
			return nil, &Error{Op: op, Kind: Blocked, Status: a.status, Err: errWall}
		}
		return a, nil
	}
}
