package garmin

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPagesAreUnderstoodHoweverTheyAreWritten(t *testing.T) {
	for name, c := range map[string]struct {
		page string
		want widgetPage
	}{
		"form":     {`<title>GARMIN Authentication Application</title><input value='a&amp;b' type=hidden name='_csrf'><INPUT NAME="password">`, widgetPage{title: "garmin authentication application", csrf: "a&b", password: true}},
		"spaces":   {"<input type=\"hidden\"\n  name = \"_csrf\"   value = \"t\" />", widgetPage{csrf: "t"}},
		"code":     {`<title> Enter MFA code for login </title><input name="mfa-code">`, widgetPage{title: "enter mfa code for login", code: true}},
		"done":     {`<title>Success</title><script>var response_url = "https:\/\/sso.garmin.com\/sso\/embed?ticket=ST-012345-abc-cas";</script>`, widgetPage{title: "success", ticket: "ST-012345-abc-cas"}},
		"elsewise": {`<title>Not Success</title>response_url = "?ticket=ST-012345-abc-cas"`, widgetPage{title: "not success"}},
	} {
		got := readPage([]byte(c.page))
		got.vars = nil
		if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(widgetPage{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestACodeIsWantedWhateverTheTitle(t *testing.T) {
	script := `<script>var customerGuid = "g"; var mfaMethod = 'phone'; var locale="de_DE"; var codeSentTo = "";</script>`
	p := readPage([]byte("<title>GARMIN Authentication Application</title>" + script))
	if want := (&Challenge{Method: "sms", Resend: 30 * time.Second}); !p.wantsCode() || *p.challenge() != *want || p.vars["locale"] != "de_DE" {
		t.Errorf("%+v", p)
	}
	app := readPage([]byte(`<title>Enter MFA code for login</title><input name="mfa-code">`))
	if !app.wantsCode() || *app.challenge() != (Challenge{Method: "totp"}) {
		t.Errorf("%+v", app.challenge())
	}
}

func TestPagesThatRefuse(t *testing.T) {
	form := `<input name="_csrf" value="t"><input name="password">`
	for name, c := range map[string]struct {
		op, page string
		status   int
		want     Kind
	}{
		"form again":     {opSignIn, "<title>GARMIN Authentication Application</title>" + form, 200, BadCredentials},
		"form with 401":  {opSignIn, "<title>GARMIN Authentication Application</title>" + form, 401, BadCredentials},
		"bare 401":       {opSignIn, "<title>Hello</title>", 401, Blocked},
		"begins anew":    {opAnswer, "<title>GARMIN Authentication Application</title>" + form, 200, Expired},
		"locked":         {opSignIn, "<title>Account Locked</title>", 200, Interaction},
		"phone":          {opSignIn, "<title>Update Phone Number</title>", 200, Interaction},
		"child":          {opSignIn, "<title>Unable to sign in</title>", 200, Interaction},
		"title says so":  {opSignIn, "<title>Invalid username</title>", 200, BadCredentials},
		"gateway":        {opSignIn, "<title>502 Bad Gateway</title>", 200, Unavailable},
		"challenge":      {opSignIn, "<title>Just a moment...</title>", 200, Blocked},
		"none":           {opSignIn, "", 200, Blocked},
		"without ticket": {opSignIn, "<title>Success</title>", 200, Malformed},
		"done":           {opSignIn, `<title>Success</title>response_url="?ticket=ST-012345-abc"`, 200, ""},
	} {
		err := readPage([]byte(c.page)).refusal(c.op, &answer{c.status, http.Header{}, []byte(c.page)})
		if KindOf(err) != c.want || (c.want == "") != (err == nil) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

// FuzzPage: no page makes the reader fail or yield a ticket of another form.
func FuzzPage(f *testing.F) {
	f.Add([]byte(`<title>Success</title>response_url="?ticket=ST-012345-abc"`))
	f.Add([]byte(`<title>x</title><input name="_csrf" value="t"><script>var mfaMethod = "email"; var customerGuid = "g";</script>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		p := readPage(body)
		err := p.refusal(opSignIn, &answer{200, http.Header{}, body})
		if err == nil && !ticketForm.MatchString(p.ticket) {
			t.Errorf("ticket %q", p.ticket)
		}
		if err != nil && strings.Contains(err.Error(), "ST-") {
			t.Error("the error holds a ticket")
		}
		_ = p.challenge()
	})
}
