package garmin

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// FuzzAnswers feeds bytes to everything that reads an answer: none of it may
// panic, and no error may quote what was read.
func FuzzAnswers(f *testing.F) {
	f.Add(200, "application/json", []byte(`{"serviceTicketId":"ST-0123-abc-sso","responseStatus":{"type":"SUCCESSFUL"}}`))
	f.Add(200, "application/json", []byte(`{"responseStatus":{"type":"MFA_REQUIRED"},"customerMfaInfo":{"mfaLastMethodUsed":"sms"}}`))
	f.Add(200, "application/json", []byte(`{"access_token":"a.eyJleHAiOjE3ODkwMzgwMDB9.b","refresh_token":"r","expires_in":86399}`))
	f.Add(400, "application/json", []byte(`{"error":"invalid_grant","error_description":"x"}`))
	f.Add(200, "application/json", []byte(`[{"activityId":21500000001},{"activityId":"7"}]`))
	f.Add(200, "application/json", []byte(`{"profileId":2590001.0,"displayName":null,"fullName":" Ana "}`))
	f.Add(503, "text/html", []byte("<html>"))
	f.Add(200, "application/x-zip-compressed", []byte("PK\x05\x06"+strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, status int, kind string, body []byte) {
		a := &answer{status, http.Header{"Content-Type": {kind}, "Retry-After": {kind}}, body}
		c := &Client{Now: func() time.Time { return time.Unix(0, 0) }}
		_ = judge(opList, a)
		if e, err := readEnvelope(opSignIn, a); err == nil {
			_ = e.challenge()
			_, _ = loginRefusal(a, e), codeRefusal(a, e)
		}
		if got, err := c.readTokens(opRefresh, InvalidGrant, a, Tokens{Refresh: "old"}); err == nil && (got.Access == "" || got.Refresh == "") {
			t.Error("tokens without a token")
		}
		rows, err := readRows(a)
		if err == nil && len(rows) > 0 && !slices.ContainsFunc(rows, func(row json.RawMessage) bool {
			id, ok := ActivityID(row)
			return ok && id > 0
		}) {
			t.Error("rows without an id")
		}
		if p, err := readProfile(a); err == nil && p.ID == "" {
			t.Error("a profile without an id")
		}
		if entries, err := unzip(body); err == nil {
			for _, e := range entries {
				if strings.ContainsAny(e.Name, "/\\\x00") || e.Name == "" {
					t.Errorf("name %q", e.Name)
				}
			}
		}
		_, _ = DecodeTokens(string(body))
		_, _ = ImportTokens(body)
	})
}
