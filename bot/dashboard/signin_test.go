package dashboard

import (
	"context"
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"clubrun/digest/locale"
	"clubrun/store"

	"github.com/rs/zerolog"
)

// desk is a room in which one token opens a page.
type desk struct {
	open  bool
	typed []Form
}

func (d *desk) Page(_ context.Context, token string) (SignIn, error) {
	if !d.open || token != "right" {
		return SignIn{}, store.ErrNotFound
	}
	return SignIn{Locale: locale.For("de", store.Kilometres), Name: `<b>Ana</b>`, Operator: "Ben", Chat: "https://wa.me/49"}, nil
}

func (d *desk) Submit(_ context.Context, token string, f Form) error {
	switch {
	case !d.open || token != "right":
		return store.ErrNotFound
	case !strings.Contains(f.Email, "@"):
		return ErrNoEmail
	case f.Password == "":
		return ErrNoPassword
	}
	d.typed, d.open = append(d.typed, f), false
	return nil
}

func visit(t *testing.T, d *desk, change func(*http.Request), form url.Values) *httptest.ResponseRecorder {
	t.Helper()
	s := &Server{SignIns: d, Proxies: []netip.Prefix{netip.MustParsePrefix("172.18.0.0/16")}, Now: time.Now, Log: zerolog.Nop()}
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
	}
	r := httptest.NewRequestWithContext(t.Context(), method, "https://club.example.org/l/right", strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w
}

func TestLookingSpendsNothingAndSigningInSpendsThePage(t *testing.T) {
	d := &desk{open: true}
	for range 3 {
		if got := visit(t, d, nil, nil); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), `lang="de"`) {
			t.Fatalf("%d\n%s", got.Code, got.Body)
		}
	}
	for _, c := range []struct{ email, password, says string }{
		{"ana", "secret", "Das sieht nicht nach einer E-Mail-Adresse aus."},
		{"ana@example.org", "", "Das Passwort fehlt."},
	} {
		got := visit(t, d, nil, url.Values{"email": {c.email}, "password": {c.password}})
		if body := got.Body.String(); got.Code != http.StatusUnprocessableEntity || !strings.Contains(body, c.says) || !strings.Contains(body, `value="`+c.email+`"`) || strings.Contains(body, "secret") {
			t.Errorf("%d\n%s", got.Code, body)
		}
	}
	good := url.Values{"email": {" ana@example.org "}, "password": {" pass word "}, "china": {"yes"}}
	if got := visit(t, d, nil, good); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), "https://wa.me/49") {
		t.Errorf("%d\n%s", got.Code, got.Body)
	}
	if len(d.typed) != 1 || d.typed[0] != (Form{"ana@example.org", " pass word ", true}) {
		t.Errorf("%+v", d.typed)
	}
	if got := visit(t, d, func(r *http.Request) { r.Header.Set("Accept-Language", "xx,fr-CH;q=0.8") }, good); got.Code != http.StatusGone || !strings.Contains(got.Body.String(), "plus valable") {
		t.Errorf("%d\n%s", got.Code, got.Body)
	}
}

func TestNobodyTypesAPasswordInTheClear(t *testing.T) {
	for name, c := range map[string]struct {
		from, host, proto, via string
		secure, want           bool
	}{
		"https to us":                        {from: "203.0.113.9:999", secure: true, want: true},
		"http from afar":                     {from: "203.0.113.9:999"},
		"a stranger says it was https":       {from: "203.0.113.9:999", proto: "https"},
		"our proxy says it was https":        {from: "172.18.0.5:999", proto: "https", want: true},
		"our proxy says it was http":         {from: "172.18.0.5:999", proto: "http"},
		"a proxy here says https":            {from: "127.0.0.1:999", proto: "https", want: true},
		"a proxy here says nothing of https": {from: "127.0.0.1:999", via: "203.0.113.9"},
		"a proxy here, the host as it came":  {from: "127.0.0.1:999"},
		"this machine to itself":             {from: "127.0.0.1:999", host: "localhost:8080", want: true},
		"this machine to itself, IPv6":       {from: "[::1]:999", host: "[::1]:8080", want: true},
		"a name that begins like it":         {from: "127.0.0.1:999", host: "localhost.example.org"},
	} {
		got := visit(t, &desk{open: true}, func(r *http.Request) {
			r.TLS, r.RemoteAddr = nil, c.from
			if c.secure {
				r.TLS = &tls.ConnectionState{}
			}
			if c.host != "" {
				r.Host = c.host
			}
			if c.proto != "" {
				r.Header.Set("X-Forwarded-Proto", c.proto)
			}
			if c.via != "" {
				r.Header.Set("X-Forwarded-For", c.via)
			}
		}, nil)
		if (got.Code == http.StatusOK) != c.want || !c.want && strings.Contains(got.Body.String(), "<form") {
			t.Errorf("%s: %d", name, got.Code)
		}
	}
}

func TestAPageRunsNothingAndTellsNobody(t *testing.T) {
	got := visit(t, &desk{open: true}, nil, nil)
	body, h := got.Body.String(), got.Header()
	if strings.Contains(body, "<b>Ana") || strings.Contains(body, "<script") {
		t.Error(body)
	}
	if csp := h.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "style-src 'sha256-") || strings.Contains(csp, "unsafe") {
		t.Error(csp)
	}
	if h.Get("Referrer-Policy") != "same-origin" || h.Get("Cache-Control") != "no-store" || h.Get("X-Robots-Tag") != "noindex" {
		t.Error(h)
	}
	d := &desk{open: true}
	other := func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }
	if got := visit(t, d, other, url.Values{"email": {"a@b.c"}, "password": {"x"}}); got.Code != http.StatusForbidden || len(d.typed) > 0 {
		t.Errorf("another site's form: %d", got.Code)
	}
	if got := visit(t, d, nil, url.Values{"email": {strings.Repeat("a", 20<<10)}}); got.Code != http.StatusBadRequest {
		t.Errorf("a long form: %d", got.Code)
	}
}
