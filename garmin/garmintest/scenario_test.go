package garmintest_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"clubrun/garmin"
	"clubrun/garmin/garmintest"
)

// scenario is a way in which the service can be, shown by what goes over the
// wire and not by a client that may forgive.
type scenario struct {
	name string
	show func(t *testing.T, w *world)
}

func TestEachScenarioCanBeSwitchedOnForOneAccount(t *testing.T) {
	seen := map[string]bool{}
	for _, some := range [][]scenario{signInScenarios, codeScenarios, tokenScenarios, dataScenarios, worldScenarios, fileScenarios} {
		for _, sc := range some {
			if seen[sc.name] {
				t.Errorf("%s is shown twice", sc.name)
			}
			seen[sc.name] = true
			t.Run(sc.name, func(t *testing.T) {
				zhu := somebody(t, "zhu", "", garmintest.Runner)
				zhu.China = true
				inWorld(t, sc.show, somebody(t, "ben", "", garmintest.Runner), somebody(t, "ana", garmintest.MFAEmail, garmintest.Hiker),
					somebody(t, "tri", "", garmintest.Triathlete), somebody(t, "dev", "", garmintest.Racer), zhu)
			})
		}
	}
	for _, name := range scenarioNames() {
		if !seen[name] {
			t.Errorf("%s is not shown", name)
		}
	}
}

// scenarioNames are those that a simulation of the service must know.
func scenarioNames() []string {
	return strings.Split("ok · MFA email · MFA SMS · MFA TOTP · wrong code · expired code · too many codes · resend too early · bad password, locked after 5 · "+
		"captcha · login 429 HTML · login 429 JSON · 427 · WAF 403 · ticket used · ticket expired · token inactive · no new refresh token · "+
		"refresh rotates · revoked · 429 with Retry-After · 429 without Retry-After · 500 NPE · 503 HTML · slow · slow body · cut-off body · HTML with 200 · "+
		"late upload · edited name · edited type · edited distance · trimmed · deleted · duplicate device · multisport · manual · GPX original · TCX original · "+
		"several entries · empty zip · 204 GPX · 404 TCX · null name and distance · unknown typeKey · displayName UUID · displayName dotted · China · DST day", " · ")
}

// do makes a request and returns status, headers and body; a body that is cut
// off is an error.
func (w *world) do(t *testing.T, method, address, agent, kind, body string, header ...string) (*http.Response, string, error) {
	t.Helper()
	q, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("User-Agent", agent)
	if kind != "" {
		q.Header.Set("Content-Type", kind)
	}
	for i := 0; i < len(header); i += 2 {
		q.Header.Set(header[i], header[i+1])
	}
	res, err := w.Transport().RoundTrip(q)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	return res, string(b), err
}

const (
	phone       = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
	mobileQuery = "?clientId=GCM_IOS_DARK&locale=en-US&service=https%3A%2F%2Fmobile.integration.garmin.com%2Fgcm%2Fios"
	mobileHome  = "https://mobile.integration.garmin.com/gcm/ios"
)

// login posts a password as the app does.
func (w *world) login(t *testing.T, name, password string) (*http.Response, string) {
	t.Helper()
	res, body, err := w.do(t, "POST", sso+"/mobile/api/login"+mobileQuery, phone, "application/json",
		fmt.Sprintf(`{"username":"%s@example.org","password":%q,"rememberMe":true,"captchaToken":""}`, name, password))
	if err != nil {
		t.Fatal(err)
	}
	return res, body
}

// says is a text of JSON behind a way of keys.
func says(body string, way ...any) string {
	var v any
	_ = json.Unmarshal([]byte(body), &v)
	text, _ := dig(v, way...).(string)
	return text
}

// answerCode posts a code as the app does, within a sign-in.
func (w *world) answerCode(t *testing.T, res *http.Response, method, code string) string {
	t.Helper()
	var cookies []string
	for _, c := range res.Cookies() {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	_, body, err := w.do(t, "POST", sso+"/mobile/api/mfa/verifyCode"+mobileQuery, phone, "application/json",
		fmt.Sprintf(`{"mfaMethod":%q,"mfaVerificationCode":%q,"rememberMyBrowser":true,"reconsentList":[],"mfaSetup":false}`, method, code), "Cookie", strings.Join(cookies, "; "))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// token asks the token host and returns status and JSON.
func (w *world) token(t *testing.T, host string, form url.Values) (int, map[string]any) {
	t.Helper()
	const id = "GARMIN_CONNECT_MOBILE_ANDROID_DI_2025Q2"
	form.Set("client_id", id)
	res, body, err := w.do(t, "POST", "https://diauth."+host+"/di-oauth2-service/oauth/token", "GCM-Android-5.23", "application/x-www-form-urlencoded", form.Encode(),
		"Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(id+":")))
	if err != nil {
		t.Fatal(err)
	}
	var v map[string]any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
	return res.StatusCode, v
}

func (w *world) exchange(t *testing.T, ticket string) (int, map[string]any) {
	t.Helper()
	return w.token(t, "garmin.com", url.Values{"service_ticket": {ticket}, "service_url": {mobileHome},
		"grant_type": {"https://connectapi.garmin.com/di-oauth2-service/oauth/grant/service_ticket"}})
}

func (w *world) refresh(t *testing.T, refresh any) (int, map[string]any) {
	t.Helper()
	text, _ := refresh.(string)
	return w.token(t, "garmin.com", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {text}})
}

// data asks the data host with an access token.
func (w *world) data(t *testing.T, access any, path string) (*http.Response, string, error) {
	t.Helper()
	return w.do(t, "GET", api+path, "GCM-Android-5.23", "", "", "Authorization", fmt.Sprint("Bearer ", access))
}

// enter signs somebody in who is asked no code and returns the tokens.
func (w *world) enter(t *testing.T, name string) map[string]any {
	t.Helper()
	_, body := w.login(t, name, name+"-pass-1")
	status, v := w.exchange(t, says(body, "serviceTicketId"))
	if status != 200 {
		t.Fatalf("%s is not let in: %d %v", name, status, v)
	}
	return v
}

func (w *world) disturbed(t *testing.T, name, what, arg string) {
	t.Helper()
	if err := w.Disturb(name+"@example.org", what, arg); err != nil {
		t.Fatal(err)
	}
}

func want[T comparable](t *testing.T, what string, got, wanted T) {
	t.Helper()
	if got != wanted {
		t.Errorf("%s: %v, want %v", what, got, wanted)
	}
}

var tokenScenarios = []scenario{
	{"ticket used", func(t *testing.T, w *world) {
		_, body := w.login(t, "ben", "ben-pass-1")
		w.exchange(t, says(body, "serviceTicketId"))
		status, v := w.exchange(t, says(body, "serviceTicketId"))
		want(t, "status", status, 400)
		want(t, "error", fmt.Sprint(v["error"]), "invalid_grant")
	}},
	{"ticket expired", func(t *testing.T, w *world) {
		_, body := w.login(t, "ben", "ben-pass-1")
		w.disturbed(t, "ben", "expire", "tickets")
		_, v := w.exchange(t, says(body, "serviceTicketId"))
		want(t, "at a word", fmt.Sprint(v["error"]), "invalid_grant")
		_, body = w.login(t, "ben", "ben-pass-1")
		time.Sleep(91 * time.Second)
		_, v = w.exchange(t, says(body, "serviceTicketId"))
		want(t, "in time", fmt.Sprint(v["error"]), "invalid_grant")
	}},
	{"token inactive", func(t *testing.T, w *world) {
		w.disturbed(t, "ben", "inactive", "")
		res, _, _ := w.data(t, w.enter(t, "ben")["access_token"], "/userprofile-service/socialProfile")
		if res.StatusCode != 401 || !strings.Contains(res.Header.Get("Www-Authenticate"), "Token is not active") {
			t.Errorf("%d %v", res.StatusCode, res.Header)
		}
	}},
	{"no new refresh token", func(t *testing.T, w *world) {
		v := w.enter(t, "ben")
		w.disturbed(t, "ben", "keep-refresh", "")
		for range 2 {
			status, fresh := w.refresh(t, v["refresh_token"])
			if _, ok := fresh["refresh_token"]; status != 200 || ok || fresh["access_token"] == v["access_token"] {
				t.Errorf("%d %v", status, fresh)
			}
		}
	}},
	{"refresh rotates", func(t *testing.T, w *world) {
		v := w.enter(t, "ben")
		_, fresh := w.refresh(t, v["refresh_token"])
		status, dead := w.refresh(t, v["refresh_token"])
		want(t, "the old one", fmt.Sprint(status, " ", dead["error"]), "400 invalid_grant")
		status, _ = w.refresh(t, fresh["refresh_token"])
		want(t, "the new one", status, 200)
	}},
	{"revoked", func(t *testing.T, w *world) {
		v := w.enter(t, "ben")
		w.disturbed(t, "ben", "revoke", "")
		res, _, _ := w.data(t, v["access_token"], "/userprofile-service/socialProfile")
		want(t, "data", res.StatusCode, 401)
		status, dead := w.refresh(t, v["refresh_token"])
		want(t, "refresh", fmt.Sprint(status, " ", dead["error"]), "400 invalid_grant")
	}},
}

// broken is what the data host answers under a disturbance, for one account
// and not for another.
func broken(what, arg string, holds func(res *http.Response, body string, err error) bool) func(t *testing.T, w *world) {
	return func(t *testing.T, w *world) {
		ben, dev := w.enter(t, "ben")["access_token"], w.enter(t, "dev")["access_token"]
		w.disturbed(t, "ben", what, arg)
		const path = "/activitylist-service/activities/search/activities?limit=20"
		if res, body, err := w.data(t, ben, path); !holds(res, body, err) {
			t.Errorf("%d %v %.200s %v", res.StatusCode, res.Header, body, err)
		}
		if res, body, err := w.data(t, dev, path); res.StatusCode != 200 || err != nil || !json.Valid([]byte(body)) {
			t.Errorf("somebody else: %d %v", res.StatusCode, err)
		}
		w.disturbed(t, "ben", "ok", "")
		if res, body, err := w.data(t, ben, path); res.StatusCode != 200 || err != nil || !json.Valid([]byte(body)) {
			t.Errorf("afterwards: %d %v", res.StatusCode, err)
		}
	}
}

func isHTML(res *http.Response) bool {
	return strings.HasPrefix(res.Header.Get("Content-Type"), "text/html")
}

var dataScenarios = []scenario{
	{"429 with Retry-After", broken("429", "api 90", func(res *http.Response, _ string, _ error) bool {
		return res.StatusCode == 429 && res.Header.Get("Retry-After") == "90"
	})},
	{"429 without Retry-After", broken("429", "api", func(res *http.Response, _ string, _ error) bool {
		return res.StatusCode == 429 && res.Header.Get("Retry-After") == ""
	})},
	{"500 NPE", broken("npe", "", func(res *http.Response, body string, _ error) bool {
		return res.StatusCode == 500 && strings.Contains(says(body, "message"), "NullPointerException")
	})},
	{"503 HTML", broken("down", "", func(res *http.Response, _ string, _ error) bool { return res.StatusCode == 503 && isHTML(res) })},
	{"HTML with 200", broken("html", "", func(res *http.Response, _ string, _ error) bool { return res.StatusCode == 200 && isHTML(res) })},
	{"cut-off body", broken("cut", "", func(res *http.Response, body string, err error) bool {
		return res.StatusCode == 200 && err != nil && body != "" && !json.Valid([]byte(body))
	})},
	{"slow", took("slow", 40*time.Second)},
	{"slow body", took("drip", 40*time.Second)},
}

// took wants an answer to be whole after a time and not before.
func took(what string, least time.Duration) func(t *testing.T, w *world) {
	return func(t *testing.T, w *world) {
		access := w.enter(t, "ben")["access_token"]
		w.disturbed(t, "ben", what, "41s")
		from := time.Now()
		res, body, err := w.data(t, access, "/userprofile-service/socialProfile")
		if res.StatusCode != 200 || err != nil || !json.Valid([]byte(body)) {
			t.Errorf("%d %v", res.StatusCode, err)
		}
		if d := time.Since(from); d < least || d > least+10*time.Second {
			t.Errorf("took %v", d)
		}
	}
}

// newest is the first row of the list and the same activity's detail.
func (w *world) newest(t *testing.T, tokens garmin.Tokens) (row map[string]any, one any) {
	t.Helper()
	row = w.rows(t, tokens)[0]
	return row, w.get(t, tokens, fmt.Sprintf("/activity-service/activity/%.0f", row["activityId"]), 200)
}

// changed is a change of the newest activity, told of by list and detail.
func changed(what, arg string, holds func(before, after map[string]any, one any) bool) func(t *testing.T, w *world) {
	return func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ben")
		before, was := w.newest(t, tokens)
		time.Sleep(time.Minute)
		w.disturbed(t, "ben", what, arg)
		after, one := w.newest(t, tokens)
		if before["activityId"] != after["activityId"] || !holds(before, after, one) {
			t.Errorf("%s: %v, then %v", what, before, after)
		}
		if old, fresh := dig(was, "metadataDTO", "lastUpdateDate"), dig(one, "metadataDTO", "lastUpdateDate"); fmt.Sprint(fresh) <= fmt.Sprint(old) {
			t.Errorf("%s: updated %v, then %v", what, old, fresh)
		}
	}
}

var worldScenarios = []scenario{
	{"edited name", changed("rename", "last Easy", func(_, after map[string]any, one any) bool {
		return after["activityName"] == "Easy" && dig(one, "activityName") == "Easy"
	})},
	{"edited type", changed("type", "last trail_running", func(_, after map[string]any, one any) bool {
		return dig(after, "activityType", "typeKey") == "trail_running" && dig(one, "activityTypeDTO", "typeKey") == "trail_running"
	})},
	{"unknown typeKey", changed("type", "last paddle_golf", func(_, after map[string]any, one any) bool {
		return dig(after, "activityType", "typeKey") == "paddle_golf" && dig(one, "activityTypeDTO", "typeKey") == "paddle_golf"
	})},
	{"edited distance", changed("edit", "last", func(before, after map[string]any, _ any) bool {
		return before["distance"] != after["distance"] || before["duration"] != after["duration"]
	})},
	{"trimmed", changed("trim", "last", func(before, after map[string]any, one any) bool {
		return number(after["duration"]) < .9*number(before["duration"]) && dig(one, "metadataDTO", "trimmed") == true
	})},
	{"null name and distance", changed("blank", "last", func(_, after map[string]any, one any) bool {
		name, there := after["activityName"]
		return there && name == nil && after["distance"] == nil && dig(one, "activityName") == nil && dig(one, "summaryDTO", "distance") == nil
	})},
	{"deleted", func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ben")
		row, _ := w.newest(t, tokens)
		w.disturbed(t, "ben", "delete", "last")
		w.get(t, tokens, fmt.Sprintf("/activity-service/activity/%.0f", row["activityId"]), 404)
		if left := w.rows(t, tokens); left[0]["activityId"] == row["activityId"] {
			t.Error("it is still listed")
		}
	}},
	{"late upload", func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ben")
		before := w.rows(t, tokens)
		used := dig(w.get(t, tokens, "/device-service/deviceservice/mylastused", 200), "lastUsedDeviceUploadTime")
		w.disturbed(t, "ben", "record", "2026-08-20T03:15 45 running")
		after := w.rows(t, tokens)
		i := slices.IndexFunc(after, func(r map[string]any) bool { return r["startTimeLocal"] == "2026-08-20 03:15:00" })
		if len(after) != len(before)+1 || i < 5 || number(after[i]["distance"]) < 5000 {
			t.Errorf("%d rows, then %d; it is row %d", len(before), len(after), i)
		}
		if now := dig(w.get(t, tokens, "/device-service/deviceservice/mylastused", 200), "lastUsedDeviceUploadTime"); number(now) <= number(used) {
			t.Error("the probe does not move")
		}
	}},
	{"duplicate device", func(t *testing.T, w *world) {
		tokens := w.signIn(t, "dev")
		w.disturbed(t, "dev", "record", "2026-09-09T11:00 40 running")
		w.disturbed(t, "dev", "duplicate", "last")
		rows := w.rows(t, tokens)
		if a, b := rows[0], rows[1]; a["deviceId"] == b["deviceId"] || a["activityId"] == b["activityId"] || number(a["beginTimestamp"])-number(b["beginTimestamp"]) > 70_000 {
			t.Errorf("%v\n%v", a, b)
		}
	}},
	{"multisport", func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ben")
		w.disturbed(t, "ben", "record", "2026-09-09T03:00 0 multi_sport")
		i := slices.IndexFunc(w.rows(t, tokens), func(r map[string]any) bool { return r["parent"] == true })
		if i < 0 {
			t.Fatal("no whole")
		}
		row := w.rows(t, tokens)[i]
		one := w.get(t, tokens, fmt.Sprintf("/activity-service/activity/%.0f", row["activityId"]), 200)
		legs, _ := dig(one, "metadataDTO", "childIds").([]any)
		want(t, "legs", len(legs), 5)
		leg := w.get(t, tokens, fmt.Sprintf("/activity-service/activity/%.0f", legs[2]), 200)
		want(t, "parent", number(dig(leg, "parentId")), number(row["activityId"]))
		want(t, "legs counted", number(dig(w.get(t, tokens, "/activitylist-service/activities/count", 200), "multisportChildCount")), 5)
	}},
	{"manual", func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ben")
		w.disturbed(t, "ben", "typed", "2026-09-09T11:00 30 running")
		row, _ := w.newest(t, tokens)
		if _, device := row["deviceId"]; row["manualActivity"] != true || device || row["hasPolyline"] == true {
			t.Errorf("%v", row)
		}
		w.get(t, tokens, fmt.Sprintf("/download-service/files/activity/%.0f", row["activityId"]), 404)
	}},
	{"displayName UUID", named("0f0e9d3c-7a61-4c55-a1b0-2f3e4d5c6b7a")},
	{"displayName dotted", named("anna.b_9 x")},
	{"DST day", func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ben")
		w.disturbed(t, "ben", "record", "2026-03-29T00:30 90 running") // clocks go from 1:00 to 2:00
		rows := w.rows(t, tokens)
		i := slices.IndexFunc(rows, func(r map[string]any) bool { return r["startTimeLocal"] == "2026-03-29 00:30:00" })
		if i < 0 || rows[i]["startTimeGMT"] != "2026-03-29 00:30:00" || rows[i]["endTimeGMT"] != "2026-03-29 02:00:00" {
			t.Fatalf("row %d", i)
		}
		sum := w.get(t, tokens, "/usersummary-service/usersummary/daily/"+w.display(t, tokens)+"?calendarDate=2026-03-29", 200)
		want(t, "the day's length", number(dig(sum, "durationInMilliseconds")), 23*3600*1000)
	}},
}

// named is an account with a display name, which must be in paths as it is.
func named(name string) func(t *testing.T, w *world) {
	return func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ben")
		old := w.display(t, tokens)
		w.disturbed(t, "ben", "display", strings.ReplaceAll(name, " ", "+"))
		now := w.display(t, tokens)
		if now == old {
			t.Error("it is the old name")
		}
		w.get(t, tokens, "/usersummary-service/usersummary/daily/"+now+"?calendarDate=2026-09-08", 200)
		w.get(t, tokens, "/usersummary-service/usersummary/daily/"+old+"?calendarDate=2026-09-08", 403)
	}
}

// archived is what an original's archive holds under a disturbance.
func archived(shape string, holds func(files []*zip.File) bool) func(t *testing.T, w *world) {
	return func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ben")
		id := idOf(t, w.rows(t, tokens), "hasPolyline", true)
		w.disturbed(t, "ben", "files", shape)
		res, body, err := w.data(t, tokens.Access, fmt.Sprintf("/download-service/files/activity/%d", id))
		if err != nil || res.StatusCode != 200 || res.Header.Get("Content-Type") != "application/x-zip-compressed" {
			t.Fatalf("%d %v %v", res.StatusCode, res.Header, err)
		}
		z, err := zip.NewReader(bytes.NewReader([]byte(body)), int64(len(body)))
		if err != nil || !holds(z.File) {
			t.Errorf("%v: %v", z, err)
		}
	}
}

func ends(files []*zip.File, suffix string) bool {
	return slices.ContainsFunc(files, func(f *zip.File) bool { return strings.HasSuffix(f.Name, suffix) && f.UncompressedSize64 > 1000 })
}

// gone is a format that cannot be had.
func gone(format, arg string, status int) func(t *testing.T, w *world) {
	return func(t *testing.T, w *world) {
		tokens := w.signIn(t, "ben")
		id := idOf(t, w.rows(t, tokens), "hasPolyline", true)
		w.disturbed(t, "ben", "files", format+" "+arg)
		w.get(t, tokens, fmt.Sprintf("/download-service/export/%s/activity/%d", format, id), status)
		res, body, err := w.data(t, tokens.Access, fmt.Sprintf("/download-service/files/activity/%d", id))
		if err != nil || res.StatusCode != 200 || !strings.HasPrefix(body, "PK") {
			t.Errorf("the original: %d %v", res.StatusCode, err)
		}
	}
}

var fileScenarios = []scenario{
	{"GPX original", archived("as-gpx", func(f []*zip.File) bool { return len(f) == 1 && ends(f, ".gpx") })},
	{"TCX original", archived("as-tcx", func(f []*zip.File) bool { return len(f) == 1 && ends(f, ".tcx") })},
	{"several entries", archived("several", func(f []*zip.File) bool { return len(f) == 3 && ends(f, "_ACTIVITY.fit") && ends(f, ".gpx") })},
	{"empty zip", archived("empty", func(f []*zip.File) bool { return len(f) == 0 })},
	{"204 GPX", gone("gpx", "void", 204)},
	{"404 TCX", gone("tcx", "none", 404)},
}

func TestEveryListedDisturbanceIsTaken(t *testing.T) {
	args := map[string]string{"mfa": "sms", "display": "anna.b", "record": "2026-09-01T07:30 45 running", "typed": "2026-09-01T09:30", "rename": "last Easy", "type": "last hiking",
		"delete": "last", "edit": "last", "trim": "last", "blank": "last", "duplicate": "last"}
	inWorld(t, func(t *testing.T, w *world) {
		for _, d := range garmintest.Disturbances() {
			if d.What == "" {
				t.Errorf("%s says nothing", d.Form)
			}
			w.disturbed(t, "ben", d.Word(), args[d.Word()])
		}
		for _, whole := range []string{"429 sso json 60", "slow 2s", "waf mobile", "inactive mobile", "files tcx none", "files several", "health private", "expire codes", "phone waf"} {
			word, rest, _ := strings.Cut(whole, " ")
			w.disturbed(t, "ben", word, rest)
		}
		for _, word := range []string{"", "earthquake", "display", "mfa letter", "record", "record yesterday", "record 2026-09-01T07:30 many", "typed 2026-09-01T07:30 5 chess", "type last", "rename last", "delete first",
			"429 often", "429 -5", "slow often", "down 2h", "waf app", "inactive app", "files tcx lost", "health low", "expire cookies", "revoke some", "ok now"} {
			if w.Disturb("ben@example.org", word, "") == nil {
				t.Errorf("%q is taken", word)
			}
		}
	}, somebody(t, "ben", "", garmintest.Runner))
}
