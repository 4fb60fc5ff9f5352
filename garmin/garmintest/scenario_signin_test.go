package garmintest_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"
)

const kind = "responseStatus"

var signInScenarios = []scenario{
	{"ok", func(t *testing.T, w *world) {
		res, body := w.login(t, "ben", "ben-pass-1")
		want(t, "status", res.StatusCode, 200)
		want(t, "type", says(body, kind, "type"), "SUCCESSFUL")
		want(t, "service", says(body, "serviceURL"), mobileHome)
		_, v := w.exchange(t, says(body, "serviceTicketId"))
		if len(strings.Split(fmt.Sprint(v["access_token"]), ".")) != 3 || v["expires_in"] != 86399.0 {
			t.Errorf("tokens %v", v)
		}
	}},
	{"bad password, locked after 5", func(t *testing.T, w *world) {
		for range 5 {
			res, body := w.login(t, "ben", "wrong")
			want(t, "status", res.StatusCode, 401)
			want(t, "type", says(body, kind, "type"), "INVALID_USERNAME_PASSWORD")
		}
		_, body := w.login(t, "ben", "ben-pass-1")
		want(t, "message", says(body, kind, "message"), "generalLoginAccountLocked")
		_, body = w.login(t, "dev", "dev-pass-1")
		want(t, "somebody else", says(body, kind, "type"), "SUCCESSFUL")
	}},
	{"captcha", func(t *testing.T, w *world) {
		w.disturbed(t, "ben", "captcha", "")
		_, body := w.login(t, "ben", "ben-pass-1")
		want(t, "type", says(body, kind, "type"), "CAPTCHA_REQUIRED")
	}},
	{"login 429 HTML", func(t *testing.T, w *world) {
		w.disturbed(t, "ben", "429", "sso")
		res, body := w.login(t, "ben", "ben-pass-1")
		if res.StatusCode != 429 || !strings.Contains(body, "1015") || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%d %s", res.StatusCode, body)
		}
		res, _ = w.login(t, "dev", "dev-pass-1")
		want(t, "somebody else", res.StatusCode, 200)
	}},
	{"login 429 JSON", func(t *testing.T, w *world) {
		w.disturbed(t, "ben", "429", "sso json")
		res, body := w.login(t, "ben", "ben-pass-1")
		want(t, "status", res.StatusCode, 200)
		want(t, "status in JSON", says(body, "error", "status-code"), "429")
	}},
	{"427", func(t *testing.T, w *world) {
		w.disturbed(t, "ben", "427", "")
		_, body := w.login(t, "ben", "ben-pass-1")
		want(t, "status in JSON", says(body, "error", "status-code"), "427")
	}},
	{"WAF 403", func(t *testing.T, w *world) {
		w.disturbed(t, "ben", "waf", "")
		res, body := w.login(t, "ben", "ben-pass-1")
		if res.StatusCode != 403 || res.Header.Get("Cf-Mitigated") != "challenge" || !strings.Contains(body, "Just a moment") || res.Header.Get("Server") != "cloudflare" {
			t.Errorf("%d %v", res.StatusCode, res.Header)
		}
	}},
	{"China", func(t *testing.T, w *world) {
		_, body := w.login(t, "zhu", "zhu-pass-1")
		want(t, "at the world's hosts", says(body, kind, "type"), "INVALID_USERNAME_PASSWORD")
		_, body, err := w.do(t, "POST", "https://sso.garmin.cn/mobile/api/login?clientId=GCM_IOS_DARK&service=https%3A%2F%2Fmobile.integration.garmin.cn%2Fgcm%2Fios", phone,
			"application/json", `{"username":"zhu@example.org","password":"zhu-pass-1"}`)
		if err != nil {
			t.Fatal(err)
		}
		form := url.Values{"service_ticket": {says(body, "serviceTicketId")}, "service_url": {"https://mobile.integration.garmin.cn/gcm/ios"},
			"grant_type": {"https://connectapi.garmin.com/di-oauth2-service/oauth/grant/service_ticket"}}
		status, v := w.token(t, "garmin.cn", form)
		want(t, "token host", status, 200)
		status, lost := w.refresh(t, v["refresh_token"])
		if status != 400 || !strings.HasPrefix(fmt.Sprint(lost["error_description"]), "User doesn't exist in DB") {
			t.Errorf("a refresh at the world's host: %d %v", status, lost)
		}
		res, _, _ := w.data(t, v["access_token"], "/userprofile-service/socialProfile")
		want(t, "the world's data host", res.StatusCode, 401)
		res, _, _ = w.do(t, "GET", "https://connectapi.garmin.cn/userprofile-service/socialProfile", "GCM-Android-5.23", "", "", "Authorization", fmt.Sprint("Bearer ", v["access_token"]))
		want(t, "China's data host", res.StatusCode, 200)
	}},
}

// asked is a sign-in with a code that was sent in each way.
func asked(way, target string) func(t *testing.T, w *world) {
	return func(t *testing.T, w *world) {
		w.disturbed(t, "ben", "mfa", way)
		res, body := w.login(t, "ben", "ben-pass-1")
		want(t, "type", says(body, kind, "type"), "MFA_REQUIRED")
		want(t, "ticket", says(body, "serviceTicketId"), "")
		want(t, "way", says(body, "customerMfaInfo", "mfaLastMethodUsed"), way)
		if to := says(body, "customerMfaInfo", target); target != "" && !strings.Contains(to, "*****") {
			t.Errorf("sent to %q", to)
		}
		code, ok := w.Code("ben@example.org")
		if !ok {
			t.Fatal("no code")
		}
		want(t, "after the code", says(w.answerCode(t, res, way, code), kind, "type"), "SUCCESSFUL")
	}
}

var codeScenarios = []scenario{
	{"MFA email", asked("email", "email")},
	{"MFA SMS", asked("sms", "phoneNumber")},
	{"MFA TOTP", asked("totp", "")},
	{"wrong code", func(t *testing.T, w *world) {
		res, _ := w.login(t, "ana", "ana-pass-1")
		want(t, "type", says(w.answerCode(t, res, "email", "000000"), kind, "type"), "MFA_CODE_INVALID")
		code, _ := w.Code("ana@example.org")
		want(t, "the right one next", says(w.answerCode(t, res, "email", code), kind, "type"), "SUCCESSFUL")
	}},
	{"expired code", func(t *testing.T, w *world) {
		res, _ := w.login(t, "ana", "ana-pass-1")
		code, _ := w.Code("ana@example.org")
		w.disturbed(t, "ana", "expire", "codes")
		want(t, "message", says(w.answerCode(t, res, "email", code), kind, "message"), "codeEntryExpired")
		res, _ = w.login(t, "ana", "ana-pass-1")
		code, _ = w.Code("ana@example.org")
		time.Sleep(11 * time.Minute)
		want(t, "message", says(w.answerCode(t, res, "email", code), kind, "message"), "codeEntryExpired")
	}},
	{"too many codes", func(t *testing.T, w *world) {
		w.disturbed(t, "ana", "barred", "")
		res, _ := w.login(t, "ana", "ana-pass-1")
		code, _ := w.Code("ana@example.org")
		want(t, "message", says(w.answerCode(t, res, "email", code), kind, "message"), "codeEntryMaxLimit")
		time.Sleep(24 * time.Hour)
		res, _ = w.login(t, "ana", "ana-pass-1")
		for range 2 {
			w.answerCode(t, res, "email", "000000")
		}
		want(t, "the third", says(w.answerCode(t, res, "email", "000000"), kind, "message"), "codeEntryMaxLimit")
	}},
	{"resend too early", func(t *testing.T, w *world) {
		b := newBrowser(t, w)
		b.password("ana@example.org", "ana-pass-1")
		vars := b.vars()
		want(t, "first", b.ask(vars), 200)
		want(t, "at once", b.ask(vars), 429)
		time.Sleep(31 * time.Second)
		want(t, "later", b.ask(vars), 200)
	}},
}
