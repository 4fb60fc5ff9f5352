package garmin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// wire answers requests from memory.
type wireFunc func(*http.Request) (*http.Response, error)

func (f wireFunc) RoundTrip(q *http.Request) (*http.Response, error) { return f(q) }

// says answers everything alike; header is name and value in turn.
func says(status int, body string, header ...string) *Client {
	return &Client{Wait: func(context.Context, time.Duration) error { return nil }, Transport: wireFunc(func(q *http.Request) (*http.Response, error) {
		h := http.Header{}
		for i := 0; i < len(header); i += 2 {
			h.Set(header[i], header[i+1])
		}
		return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), Request: q}, nil
	})}
}

func TestDataAnswersAndTheirKinds(t *testing.T) {
	for name, c := range map[string]struct {
		client *Client
		want   Kind
	}{
		"rows":            {says(200, `[{"activityId":7}]`), ""},
		"id in quotes":    {says(200, `[{"activityId":"7"}]`), ""},
		"id as a float":   {says(200, `[{"activityId":7.0}]`), ""},
		"past the end":    {says(200, `[]`), ""},
		"nothing":         {says(204, ""), ""},
		"empty":           {says(200, ""), Malformed},
		"expired":         {says(401, "{}"), TokenInactive},
		"limited":         {says(429, ""), RateLimited},
		"forbidden":       {says(403, "{}"), NoData},
		"firewall":        {says(403, "<html>"), Blocked},
		"challenge":       {says(200, "{}", "Cf-Mitigated", "challenge"), Blocked},
		"page":            {says(200, " <!DOCTYPE html><p>"), Unavailable},
		"page by type":    {says(200, "[]", "Content-Type", "text/html"), Unavailable},
		"gone":            {says(404, "{}"), NotFound},
		"unknown path":    {says(404, "<html>"), Unavailable},
		"outage":          {says(503, ""), Unavailable},
		"bad range":       {says(400, "{}"), Malformed},
		"an object":       {says(200, "{}"), Malformed},
		"cut off":         {says(200, `[{"activityId":7}`), Malformed},
		"row without id":  {says(200, `[{}, {"activityId":7}, null]`), ""},
		"rows without id": {says(200, `[{}, {"activityId":null}]`), Malformed},
		"redirect":        {says(302, "", "Location", "https://evil.example/"), Malformed},
		"beyond the size": {says(200, strings.Repeat(" ", maxJSON+1)), Malformed},
	} {
		_, err := c.client.Activities(t.Context(), Tokens{Access: "token-7"}, Query{})
		if KindOf(err) != c.want || (c.want == "") != (err == nil) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func TestAnotherActivityThanAskedForIsRefused(t *testing.T) {
	if _, err := says(200, `{"activityId":8}`).Activity(t.Context(), Tokens{}, 7); KindOf(err) != Malformed {
		t.Error(err)
	}
}

func TestSignInAnswersAndTheirKinds(t *testing.T) {
	status := func(kind, message string) string {
		return fmt.Sprintf(`{"responseStatus":{"type":%q,"message":%q}}`, kind, message)
	}
	for name, c := range map[string]struct {
		client *Client
		want   Kind
	}{
		"password":       {says(401, status("INVALID_USERNAME_PASSWORD", "")), BadCredentials},
		"by message":     {says(200, status("OTHER", "generalLoginInvalidUsernameOrPassword")), BadCredentials},
		"bare 401":       {says(401, "{}"), BadCredentials},
		"401 page":       {says(401, "<html>"), Blocked},
		"locked":         {says(403, status("ACCOUNT_LOCKED", "")), Interaction},
		"unknown type":   {says(200, status("CONSENT_NEEDED", "")), Interaction},
		"old captcha":    {says(400, "<ErrorResponse>InvalidReCaptchaException"), Interaction},
		"no ticket":      {says(200, status("SUCCESSFUL", "")), Malformed},
		"no type":        {says(200, "{}"), Malformed},
		"no JSON":        {says(200, "hello"), Malformed},
		"limited":        {says(429, "error code: 1015"), RateLimited},
		"limited inside": {says(200, `{"error":{"status-code":429}}`), RateLimited},
		"portal only":    {says(200, `{"error":{"status-code":"427"}}`), Blocked},
		"outage":         {says(502, "bad gateway"), Unavailable},
	} {
		_, err := c.client.SignIn(t.Context(), "ana@example.org", "Secret_Pass")
		if KindOf(err) != c.want {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func TestRefreshKeepsATokenThatIsNotReplaced(t *testing.T) {
	c := says(200, `{"access_token":"new","expires_in":60}`)
	c.Now = func() time.Time { return time.Unix(1000, 0) }
	got, err := c.Refresh(t.Context(), Tokens{Refresh: "old", ClientID: "C"})
	if err != nil || got.Refresh != "old" || got.Access != "new" || got.Expires.Unix() != 1060 {
		t.Errorf("expires %v, %v", got.Expires, err)
	}
}

func TestRefreshAnswersAndTheirKinds(t *testing.T) {
	for name, c := range map[string]struct {
		client *Client
		want   Kind
	}{
		"dead":    {says(400, `{"error":"invalid_grant","error_description":"Invalid refresh token: secret-7"}`), InvalidGrant},
		"limited": {says(429, ""), RateLimited},
		"401":     {says(401, `{}`), Unavailable},
		"page":    {says(200, "<html>"), Unavailable},
		"other":   {says(400, `{"error":"invalid_request"}`), Malformed},
		"nothing": {says(200, `{}`), Malformed},
	} {
		_, err := c.client.Refresh(t.Context(), Tokens{Refresh: "secret-7"})
		if KindOf(err) != c.want || err == nil || strings.Contains(err.Error(), "secret-7") {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func TestNetworkErrorsNameNoAddress(t *testing.T) {
	c := &Client{Transport: wireFunc(func(*http.Request) (*http.Response, error) { return nil, errors.New("broken: secret-7") })}
	_, err := c.Activities(t.Context(), Tokens{}, Query{From: "2026-09-07"})
	if KindOf(err) != Network || strings.Contains(err.Error(), "secret-7") || strings.Contains(err.Error(), "2026") {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (&Client{Transport: wireFunc(func(q *http.Request) (*http.Response, error) { return nil, q.Context().Err() })}).Count(ctx, Tokens{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestRedirectsStayOnTheHost(t *testing.T) {
	for location, want := range map[string]bool{
		"https://connectapi.garmin.com/elsewhere": true, "/elsewhere": true, "https://evil.example/": false,
		"http://connectapi.garmin.com/": false, "https://sso.garmin.com/": false, "https://127.0.0.1/": false,
	} {
		followed := false
		c := &Client{Transport: wireFunc(func(q *http.Request) (*http.Response, error) {
			if q.URL.Path == "/activitylist-service/activities/count" {
				return &http.Response{StatusCode: 302, Header: http.Header{"Location": {location}}, Body: http.NoBody, Request: q}, nil
			}
			followed = true
			return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(`{"totalCount":1}`)), Request: q}, nil
		})}
		if _, err := c.Count(t.Context(), Tokens{Access: "a"}); followed != want {
			t.Errorf("%s: followed %t, %v", location, followed, err)
		}
	}
}

func TestRetryAfterIsSecondsOrADate(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, "-5": 0, "soon": 0, "99999999": maxRetryAfter, "Wed, 09 Sep 2026 13:00:00 GMT": time.Hour, "Wed, 09 Sep 2026 11:00:00 GMT": 0,
	} {
		h := http.Header{"Retry-After": {value}, "Date": {"Wed, 09 Sep 2026 12:00:00 GMT"}}
		if got := retryAfter(h); got != want {
			t.Errorf("%q is %v, want %v", value, got, want)
		}
	}
}

func TestCodesAreReadAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]string{"123456": "123456", " 123 456\n": "123456", "123-456": "123456", "12a456": "", "": "", "12345678901": "", "１２３４５６": ""} {
		if got, _ := cleanCode(typed); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}
