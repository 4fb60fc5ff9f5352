package garmintest_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/garmin"
	"clubrun/garmin/garmintest"
)

// check shows how the server behaves under one choice of a switch, and that
// the real client copes with it.
type check func(t *testing.T, w *world, other bool)

// inAssumedWorld runs f in a world with some of everybody, under rules.
func inAssumedWorld(t *testing.T, rules garmintest.Assumptions, f func(t *testing.T, w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		shift := storyStart(t).Sub(time.Now())
		now := func() time.Time { return time.Now().Add(shift) }
		s, err := garmintest.New(garmintest.Options{Seed: 1, Now: now, Rules: &rules})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for _, m := range []garmintest.Member{
			somebody(t, "ben", "", garmintest.Runner), somebody(t, "tri", "", garmintest.Triathlete), somebody(t, "hana", "", garmintest.Beginner),
			somebody(t, "ana", garmintest.MFAEmail, garmintest.Hiker), somebody(t, "ines", garmintest.MFASMS, garmintest.Gym),
			somebody(t, "caro", garmintest.MFATOTP, garmintest.Hiker),
		} {
			if err := s.Add(m); err != nil {
				t.Fatal(err)
			}
		}
		f(t, &world{s, &garmin.Client{Transport: s.Transport(), Now: now}, now})
	})
}

func TestEachAssumptionBothWays(t *testing.T) {
	checks := map[string]check{}
	for _, some := range []map[string]check{loginChecks, codeChecks, widgetChecks, tokenChecks, dataChecks, healthChecks} {
		for name, c := range some {
			checks[name] = c
		}
	}
	for _, a := range garmintest.Assumed() {
		c := checks[a.Name]
		if c == nil {
			t.Errorf("%s is not tested", a.Name)
			continue
		}
		delete(checks, a.Name)
		for _, other := range []bool{false, true} {
			rules := garmintest.DefaultAssumptions()
			if other {
				if err := rules.Set(a.Name, fmt.Sprint(a.Other)); err != nil {
					t.Fatal(err)
				}
			}
			t.Run(fmt.Sprintf("%s/other=%t", a.Name, other), func(t *testing.T) {
				inAssumedWorld(t, rules, func(t *testing.T, w *world) { c(t, w, other) })
			})
		}
	}
	for name := range checks {
		t.Errorf("%s is tested and no switch", name)
	}
}

func TestEachAssumptionIsListedOnceWithAnotherChoice(t *testing.T) {
	defaults := garmintest.DefaultAssumptions()
	fields := reflect.TypeOf(defaults).NumField()
	if got := len(garmintest.Assumed()); got != fields {
		t.Errorf("%d switches are listed, there are %d", got, fields)
	}
	seen := map[string]bool{}
	for _, a := range garmintest.Assumed() {
		if seen[a.Name] || a.What == "" || a.Where == "" || reflect.TypeOf(a.Default()) != reflect.TypeOf(a.Other) || a.Default() == a.Other {
			t.Errorf("%+v, default %v", a, a.Default())
		}
		seen[a.Name] = true
		r := defaults
		if err := r.Set(a.Name, fmt.Sprint(a.Other)); err != nil || r == defaults {
			t.Errorf("%s cannot be set: %v", a.Name, err)
		}
		if err := r.Set(a.Name, fmt.Sprint(a.Default())); err != nil || r != defaults {
			t.Errorf("%s cannot be set back: %v", a.Name, err)
		}
	}
	for _, name := range []string{"", "-", "moon", "Nulls-", "slow--for"} {
		if defaults.Set(name, "true") == nil {
			t.Errorf("set %q", name)
		}
	}
}

// pick is the first where the default is chosen, the second otherwise.
func pick[T any](other bool, preset, second T) T {
	if other {
		return second
	}
	return preset
}

// begin signs somebody in as far as a code.
func (w *world) begin(t *testing.T, name string) *garmin.SignIn {
	t.Helper()
	s, err := w.client.SignIn(t.Context(), name+"@example.org", name+"-pass-1")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (w *world) mustDisturb(t *testing.T, what, arg string) {
	t.Helper()
	if err := w.Disturb("", what, arg); err != nil {
		t.Fatal(err)
	}
}

// wantRefusal wants a kind and a status.
func wantRefusal(t *testing.T, err error, kind garmin.Kind, status int) {
	t.Helper()
	var e *garmin.Error
	if !errors.As(err, &e) || e.Kind != kind || e.Status != status {
		t.Errorf("got %v, want %s with %d", err, kind, status)
	}
}

// rows lists all activities of the last year and their fields.
func (w *world) rows(t *testing.T, tokens garmin.Tokens) []map[string]any {
	t.Helper()
	raw, err := w.client.Activities(t.Context(), tokens, garmin.Query{Limit: garmin.MaxPage})
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]any
	for _, one := range raw {
		var row map[string]any
		if err := json.Unmarshal(one, &row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// idOf is the first activity for which a field has a value.
func idOf(t *testing.T, rows []map[string]any, field string, value any) int64 {
	t.Helper()
	for _, r := range rows {
		if r[field] == value {
			return int64(r["activityId"].(float64))
		}
	}
	t.Fatalf("no activity with %s = %v", field, value)
	return 0
}

var loginChecks = map[string]check{
	"page-first": func(t *testing.T, w *world, other bool) {
		b := newBrowser(t, w)
		const login = sso + "/mobile/api/login?clientId=GCM_IOS_DARK&service=https%3A%2F%2Fmobile.integration.garmin.com%2Fgcm%2Fios"
		const body = `{"username":"ben@example.org","password":"ben-pass-1"}`
		if res := b.send("POST", login, "application/json", body); res.StatusCode != pick(other, 200, 429) {
			t.Errorf("without a page: status %d", res.StatusCode)
		}
		b.get("/mobile/sso/en_US/sign-in?clientId=GCM_IOS_DARK")
		if res := b.send("POST", login, "application/json", body); res.StatusCode != 200 {
			t.Errorf("after the page: status %d", res.StatusCode)
		}
		if _, err := w.client.SignIn(t.Context(), "ben@example.org", "ben-pass-1"); err != nil {
			t.Errorf("client: %v", err)
		}
	},
	"captcha-status": func(t *testing.T, w *world, other bool) {
		w.mustDisturb(t, "captcha", "")
		_, err := w.client.SignIn(t.Context(), "ben@example.org", "ben-pass-1")
		wantRefusal(t, err, garmin.Interaction, pick(other, 200, 403))
	},
	"locked-status": func(t *testing.T, w *world, other bool) {
		w.mustDisturb(t, "locked", "")
		_, err := w.client.SignIn(t.Context(), "ben@example.org", "ben-pass-1")
		wantRefusal(t, err, garmin.Interaction, pick(other, 200, 403))
	},
	"locked-type": func(t *testing.T, w *world, other bool) {
		w.mustDisturb(t, "locked", "")
		_, err := w.client.SignIn(t.Context(), "ben@example.org", "ben-pass-1")
		wantKind(t, err, garmin.Interaction)
		if says := pick(other, "account locked", "ACCOUNT_DISABLED"); !strings.Contains(err.Error(), says) {
			t.Errorf("%v does not say %s", err, says)
		}
	},
	"passwords-to-lock": func(t *testing.T, w *world, other bool) {
		for range 3 {
			_, err := w.client.SignIn(t.Context(), "ben@example.org", "wrong")
			wantKind(t, err, garmin.BadCredentials)
		}
		_, err := w.client.SignIn(t.Context(), "ben@example.org", "ben-pass-1")
		wantKind(t, err, pick(other, "", garmin.Interaction))
	},
	"retry-after": func(t *testing.T, w *world, other bool) {
		w.mustDisturb(t, "429", "")
		_, err := w.client.SignIn(t.Context(), "ben@example.org", "ben-pass-1")
		var e *garmin.Error
		if !errors.As(err, &e) || e.Kind != garmin.RateLimited || e.RetryAfter != pick(other, 0, 2*time.Hour) {
			t.Errorf("got %v", err)
		}
	},
	"agents-only": func(t *testing.T, w *world, other bool) {
		if res, _ := ask(t, w.Transport(), "GET", api+"/x", "Go-http-client/1.1"); res.StatusCode != pick(other, 403, 401) {
			t.Errorf("status %d", res.StatusCode)
		}
		w.signIn(t, "ben")
	},
	"native-headers": func(t *testing.T, w *world, other bool) {
		if res, _ := ask(t, w.Transport(), "GET", api+"/x", "GCM-iOS-5.22.1.4"); res.StatusCode != pick(other, 401, 403) {
			t.Errorf("status %d", res.StatusCode)
		}
		w.signIn(t, "ben")
	},
}

var codeChecks = map[string]check{
	"code-life": func(t *testing.T, w *world, other bool) {
		s := w.begin(t, "ana")
		time.Sleep(7 * time.Minute)
		code, _ := w.Code("ana@example.org")
		wantKind(t, s.Answer(t.Context(), code), pick(other, "", garmin.Expired))
	},
	"codes-per-session": func(t *testing.T, w *world, other bool) {
		s := w.begin(t, "ana")
		for range 2 {
			wantKind(t, s.Answer(t.Context(), "000000"), garmin.BadCode)
		}
		wantKind(t, s.Answer(t.Context(), "000000"), pick(other, garmin.TooManyCodes, garmin.BadCode))
		code, _ := w.Code("ana@example.org")
		wantKind(t, s.Answer(t.Context(), code), pick(other, garmin.Expired, ""))
	},
	"codes-per-day": func(t *testing.T, w *world, other bool) {
		for range 2 {
			s := w.begin(t, "ana")
			_, _ = s.Answer(t.Context(), "000000"), s.Answer(t.Context(), "000000")
		}
		s := w.begin(t, "ana")
		code, _ := w.Code("ana@example.org")
		wantKind(t, s.Answer(t.Context(), code), pick(other, "", garmin.TooManyCodes))
	},
	"wrong-code-status": func(t *testing.T, w *world, other bool) {
		s := w.begin(t, "ana")
		wantRefusal(t, s.Answer(t.Context(), "000000"), garmin.BadCode, pick(other, 200, 401))
		code, _ := w.Code("ana@example.org")
		wantKind(t, s.Answer(t.Context(), code), "")
	},
	"wrong-code-type": func(t *testing.T, w *world, other bool) {
		b := newBrowser(t, w)
		const query = "?clientId=GCM_IOS_DARK&service=https%3A%2F%2Fmobile.integration.garmin.com%2Fgcm%2Fios"
		b.send("POST", sso+"/mobile/api/login"+query, "application/json", `{"username":"ana@example.org","password":"ana-pass-1"}`)
		b.send("POST", sso+"/mobile/api/mfa/verifyCode"+query, "application/json", `{"mfaMethod":"email","mfaVerificationCode":"000000"}`)
		if want := pick(other, `"MFA_CODE_INVALID"`, `"MFA_VERIFICATION_FAILED"`); !strings.Contains(b.body, want) {
			t.Errorf("%s not in %s", want, b.body)
		}
		s := w.begin(t, "ana")
		wantKind(t, s.Answer(t.Context(), "000000"), garmin.BadCode)
		code, _ := w.Code("ana@example.org")
		wantKind(t, s.Answer(t.Context(), code), "")
	},
	"app-method":   methodCheck("caro", "totp", "totp", "authenticator"),
	"phone-method": methodCheck("ines", "sms", "sms", "phone"),
}

// methodCheck wants a way of asking for codes under each of its names.
func methodCheck(name, method, preset, second string) check {
	return func(t *testing.T, w *world, other bool) {
		b := newBrowser(t, w)
		b.send("POST", sso+"/mobile/api/login?clientId=GCM_IOS_DARK&service=https%3A%2F%2Fmobile.integration.garmin.com%2Fgcm%2Fios",
			"application/json", fmt.Sprintf(`{"username":"%s@example.org","password":"%s-pass-1"}`, name, name))
		if want := `"mfaLastMethodUsed":"` + pick(other, preset, second) + `"`; !strings.Contains(b.body, want) {
			t.Errorf("%s not in %s", want, b.body)
		}
		s := w.begin(t, name)
		if c := s.Challenge(); c == nil || c.Method != method {
			t.Fatalf("challenge %+v", c)
		}
		code, _ := w.Code(name + "@example.org")
		wantKind(t, s.Answer(t.Context(), code), "")
	}
}
