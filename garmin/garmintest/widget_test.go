package garmintest_test

import (
	"encoding/base64"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"clubrun/garmin"
	"clubrun/garmin/garmintest"
)

const (
	sso   = "https://sso.garmin.com"
	embed = sso + "/sso/embed"
)

// browser is a person with a browser on the sign-in pages.
type browser struct {
	t      *testing.T
	client *http.Client
	body   string // of the last answer
	status int
}

func newBrowser(t *testing.T, w *world) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, client: &http.Client{Transport: w.Transport(), Jar: jar}}
}

func (b *browser) send(method, address, kind, body string) *http.Response {
	b.t.Helper()
	q, err := http.NewRequestWithContext(b.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	q.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64)")
	q.Header.Set("Referer", sso+"/")
	if kind != "" {
		q.Header.Set("Content-Type", kind)
	}
	res, err := b.client.Do(q)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	b.body, b.status = string(text), res.StatusCode
	return res
}

func (b *browser) get(path string) { b.send("GET", sso+path, "", "") }

func (b *browser) post(path string, form url.Values) {
	b.send("POST", sso+path, "application/x-www-form-urlencoded", form.Encode())
}

// trade shows a ticket of the page to the token host.
func (b *browser) trade(ticket string) {
	b.t.Helper()
	const id = "GARMIN_CONNECT_MOBILE_ANDROID_DI_2025Q2"
	form := url.Values{"client_id": {id}, "service_ticket": {ticket}, "service_url": {embed},
		"grant_type": {"https://connectapi.garmin.com/di-oauth2-service/oauth/grant/service_ticket"}}
	q, err := http.NewRequestWithContext(b.t.Context(), "POST", "https://diauth.garmin.com/di-oauth2-service/oauth/token", strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	q.Header.Set("User-Agent", "GCM-Android-5.23")
	q.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(id+":")))
	res, err := b.client.Do(q)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, _ := io.ReadAll(res.Body)
	b.body, b.status = string(text), res.StatusCode
}

var (
	csrfField   = regexp.MustCompile(`name="_csrf" value="([^"]+)"`)
	titleOfPage = regexp.MustCompile(`<title>(.*)</title>`)
	variable    = regexp.MustCompile(`var (\w+) = "([^"]*)";`)
	ticketInURL = regexp.MustCompile(`response_url = "([^"]+)"`)
)

func (b *browser) find(r *regexp.Regexp) string {
	if m := r.FindStringSubmatch(b.body); m != nil {
		return m[1]
	}
	return ""
}

func (b *browser) vars() map[string]string {
	vars := map[string]string{}
	for _, m := range variable.FindAllStringSubmatch(b.body, -1) {
		vars[m[1]] = m[2]
	}
	return vars
}

const widgetQuery = "?id=gauth-widget&embedWidget=true&service=https%3A%2F%2Fsso.garmin.com%2Fsso%2Fembed"

// password opens the sign-in page and sends its form.
func (b *browser) password(email, password string) {
	b.t.Helper()
	b.get("/sso/signin" + widgetQuery)
	b.post("/sso/signin"+widgetQuery, url.Values{"username": {email}, "password": {password}, "embed": {"true"}, "_csrf": {b.find(csrfField)}})
}

func (b *browser) code(code, csrf string) {
	b.t.Helper()
	b.post("/sso/verifyMFA/loginEnterMfaCode"+widgetQuery, url.Values{"mfa-code": {code}, "embed": {"true"}, "_csrf": {csrf}, "fromPage": {"setupEnterMfaCode"}})
}

// ask asks the page for a code and returns the answer's status.
func (b *browser) ask(vars map[string]string) int {
	b.t.Helper()
	kept := b.body
	res := b.send("POST", sso+"/sso/verifyMFA/mfaCode?clientId="+vars["clientId"], "application/json",
		`{"customerGuid":"`+vars["customerGuid"]+`","mfaMethod":"`+vars["mfaMethod"]+`","locale":"en_US"}`)
	b.body = kept
	return res.StatusCode
}

// redeem wants a success page whose address the real client can use.
func (b *browser) redeem(w *world) {
	b.t.Helper()
	if b.find(titleOfPage) != "Success" {
		b.t.Fatalf("status %d, page %s", b.status, b.body)
	}
	_, _, err := w.client.Redeem(b.t.Context(), strings.ReplaceAll(b.find(ticketInURL), `\/`, "/"))
	wantKind(b.t, err, "")
}

func TestABrowserSignsInOnThePage(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		b := newBrowser(t, w)
		b.get("/sso/embed?id=gauth-widget")
		b.password("ben@example.org", "ben-pass-1")
		b.redeem(w)
		page, err := url.Parse(w.client.Page())
		if err != nil {
			t.Fatal(err)
		}
		b.get(page.RequestURI())
		if b.find(csrfField) == "" {
			t.Errorf("the client's own page has no form: %s", b.body)
		}
	}, somebody(t, "ben", "", garmintest.Runner))
}

func TestThePageIsLimitedByAPage(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.disturbed(t, "ben", "429", "sso json 60")
		b := newBrowser(t, w)
		b.password("ben@example.org", "ben-pass-1")
		if b.status != 429 || !strings.Contains(b.body, "1015") {
			t.Errorf("%d %s", b.status, b.body)
		}
	}, somebody(t, "ben", "", garmintest.Runner))
}

func TestThePageAsksForEachKindOfCode(t *testing.T) {
	for mfa, title := range map[string]string{
		garmintest.MFAEmail: "GARMIN Authentication Application", garmintest.MFASMS: "GARMIN Authentication Application",
		garmintest.MFATOTP: "Enter MFA code for login",
	} {
		inWorld(t, func(t *testing.T, w *world) {
			b := newBrowser(t, w)
			b.password("ana@example.org", "ana-pass-1")
			vars := b.vars()
			if b.find(titleOfPage) != title || vars["mfaMethod"] != mfa || vars["codeSentTo"] != "" {
				t.Fatalf("%s: page %s", mfa, b.body)
			}
			if mfa != garmintest.MFATOTP {
				if _, sent := w.Code("ana@example.org"); sent {
					t.Error("a code was sent unasked")
				}
				if got := b.ask(vars); got != 200 {
					t.Errorf("the code was refused: %d", got)
				}
			}
			b.code("000000", b.find(csrfField))
			if b.find(csrfField) == "" || b.find(titleOfPage) != title {
				t.Fatalf("after a wrong code: %s", b.body)
			}
			code, _ := w.Code("ana@example.org")
			b.code(code, b.find(csrfField))
			b.redeem(w)
		}, somebody(t, "ana", mfa, garmintest.Runner))
	}
}

func TestAnotherCodeIsSentAfterHalfAMinute(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		b := newBrowser(t, w)
		b.password("ana@example.org", "ana-pass-1")
		vars := b.vars()
		stranger := map[string]string{"customerGuid": "x", "mfaMethod": "email"}
		if got := []int{b.ask(stranger), b.ask(vars), b.ask(vars)}; got[0] != 401 || got[1] != 200 || got[2] != 429 {
			t.Errorf("statuses %v", got)
		}
		first, _ := w.Code("ana@example.org")
		time.Sleep(31 * time.Second)
		if got := b.ask(vars); got != 200 {
			t.Errorf("status %d after a pause", got)
		}
		b.code(first, b.find(csrfField))
		if b.find(titleOfPage) == "Success" {
			t.Error("the first code still works")
		}
		second, _ := w.Code("ana@example.org")
		b.code(second, b.find(csrfField))
		b.redeem(w)
	}, somebody(t, "ana", garmintest.MFAEmail, garmintest.Runner))
}

func TestWhatThePageRefuses(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		b := newBrowser(t, w)
		b.post("/sso/signin", url.Values{"username": {"ben@example.org"}, "password": {"ben-pass-1"}})
		if b.status != 403 {
			t.Errorf("a form without a page: status %d", b.status)
		}
		b.get("/sso/signin" + widgetQuery)
		b.post("/sso/signin", url.Values{"username": {"ben@example.org"}, "password": {"ben-pass-1"}, "_csrf": {"guessed"}})
		if b.status != 403 {
			t.Errorf("a foreign form: status %d", b.status)
		}
		for range 5 {
			b.password("ben@example.org", "wrong")
		}
		b.password("ben@example.org", "ben-pass-1")
		if b.find(titleOfPage) != "Account Locked" {
			t.Errorf("page %s", b.body)
		}
		_, err := w.client.SignIn(t.Context(), "ben@example.org", "ben-pass-1")
		wantKind(t, err, garmin.Interaction)
		if err := w.Disturb("", "429", ""); err != nil {
			t.Fatal(err)
		}
		if b.get("/sso/signin" + widgetQuery); b.status != 429 {
			t.Errorf("status %d for everybody", b.status)
		}
	}, somebody(t, "ben", "", garmintest.Runner))
}

var widgetChecks = map[string]check{
	"widget-refusal-status": func(t *testing.T, w *world, other bool) {
		b := newBrowser(t, w)
		b.password("ben@example.org", "wrong")
		if b.status != pick(other, 401, 200) || b.find(csrfField) == "" {
			t.Errorf("status %d, page %s", b.status, b.body)
		}
		b.password("ben@example.org", "ben-pass-1")
		b.redeem(w)
	},
	"widget-sends-code": func(t *testing.T, w *world, other bool) {
		b := newBrowser(t, w)
		b.password("ana@example.org", "ana-pass-1")
		if vars := b.vars(); (vars["codeSentTo"] != "") != other || w.Counts("ana@example.org").CodesSent != pick(other, 0, 1) {
			t.Errorf("page %s", b.body)
		} else if !other {
			b.ask(vars)
		}
		code, _ := w.Code("ana@example.org")
		b.code(code, b.find(csrfField))
		b.redeem(w)
	},
	"widget-old-page": func(t *testing.T, w *world, other bool) {
		b := newBrowser(t, w)
		b.password("caro@example.org", "caro-pass-1")
		old := b.find(csrfField)
		b.code("000000", old)
		fresh := b.find(csrfField)
		code, _ := w.Code("caro@example.org")
		b.code(code, old)
		if b.status != pick(other, 200, 403) {
			t.Errorf("status %d", b.status)
		}
		if other {
			b.code(code, fresh)
		}
		b.redeem(w)
	},
}
