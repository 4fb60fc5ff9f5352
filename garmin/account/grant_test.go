package account_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"clubrun/garmin"
	"clubrun/garmin/account"
	"clubrun/store"
)

// through is a way to Garmin on which a test may answer itself.
type through struct {
	http.RoundTripper
	answer func(*http.Request) *http.Response // nil lets the request pass
}

func (g through) RoundTrip(q *http.Request) (*http.Response, error) {
	if res := g.answer(q); res != nil {
		res.Request = q
		return res, nil
	}
	return g.RoundTripper.RoundTrip(q)
}

func says(status int, kind, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(strings.NewReader(body))}
}

func TestOnlyAnInvalidGrantSignsOut(t *testing.T) {
	const data = "application/json"
	for name, answer := range map[string]struct {
		status     int
		kind, body string
		out        bool
	}{
		"invalid grant":    {400, data, `{"error":"invalid_grant"}`, true},
		"invalid request":  {400, data, `{"error":"invalid_request"}`, false},
		"invalid client":   {401, data, `{"error":"invalid_client"}`, false},
		"other region":     {400, data, `{"error":"invalid_request","error_description":"User doesn't exist in DB"}`, false},
		"unauthorized":     {401, data, `{}`, false},
		"forbidden":        {403, data, `{}`, false},
		"firewall":         {403, "text/html", "<html>blocked</html>", false},
		"not found":        {404, data, `{}`, false},
		"limit":            {429, "text/html", "error code: 1015", false},
		"broken":           {500, data, `{"message":"NullPointerException"}`, false},
		"down":             {503, "text/html", "<html>503</html>", false},
		"page":             {200, "text/html", "<html>Garmin Connect</html>", false},
		"nothing":          {204, data, "", false},
		"half an answer":   {200, data, `{"access_token":"ab`, false},
		"no token":         {200, data, `{}`, false},
		"its text only":    {200, data, `{"message":"invalid_grant"}`, false},
		"a page that says": {400, "text/html", `<html>invalid_grant</html>`, false},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, func(t *testing.T, w *world) {
				a := w.linked(t, "ben")
				before := w.account(t, a).Tokens.Reveal()
				w.keeper.Garmin.Transport = through{w.Transport(), func(q *http.Request) *http.Response {
					if !strings.HasPrefix(q.URL.Host, "diauth.") {
						return nil
					}
					return says(answer.status, answer.kind, answer.body)
				}}
				time.Sleep(25 * time.Hour)
				_, err := w.week(t.Context(), a)
				acc := w.account(t, a)
				if out := acc.State == store.AccountSignedOut; out != answer.out || errors.Is(err, account.ErrSignedOut) != answer.out || err == nil {
					t.Errorf("state %s after %v", acc.State, err)
				}
				if acc.Tokens.Reveal() != before {
					t.Error("the tokens are others now")
				}
				if n := w.Logins("ben@example.org"); n != 1 {
					t.Errorf("%d sign-ins", n)
				}
			})
		})
	}
}

func TestNewTokensAreKeptBeforeTheirFirstUse(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		a := w.linked(t, "ben")
		first := w.account(t, a).Tokens.Reveal()
		used := 0
		w.keeper.Garmin.Transport = through{w.Transport(), func(q *http.Request) *http.Response {
			bearer, ok := strings.CutPrefix(q.Header.Get("Authorization"), "Bearer ")
			if !ok {
				return nil
			}
			used++
			kept := w.account(t, a).Tokens.Reveal()
			current, previous, _ := strings.Cut(kept, "\n")
			if tokens, err := garmin.DecodeTokens(current); err != nil || tokens.Access != bearer || kept == first {
				t.Error("tokens are used that are not kept")
			}
			if previous != first {
				t.Error("the tokens before are not kept")
			}
			return nil
		}}
		time.Sleep(25 * time.Hour)
		if _, err := w.week(t.Context(), a); err != nil || used != 1 {
			t.Errorf("%d uses, %v", used, err)
		}
	})
}
