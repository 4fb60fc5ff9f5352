package garmin

import (
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"math"
	"net/textproto"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
)

// The roads of a sign-in with e-mail and password.
const (
	roadMobile = "mobile"
	roadWidget = "widget"
)

// SignInTable is the one table of what a sign-in says on the wire: the order
// of the roads, client ids, user agents, paths and headers. It is read from a
// file and never changed afterwards. Hosts are not in it.
type SignInTable struct {
	Roads []string `toml:"roads"` // first to last
	// Transport is whose TLS handshake the sign-in hosts see.
	Transport string            `toml:"transport"`
	Mobile    MobileRoad        `toml:"mobile"`
	Widget    WidgetRoad        `toml:"widget"`
	Token     TokenClient       `toml:"token"`
	Headers   map[string]string `toml:"headers"` // of every call to the token host and the data host
}

// MobileRoad is the JSON sign-in of Garmin's phone app.
type MobileRoad struct {
	Client  string `toml:"client"`
	Service string `toml:"service"` // path on the app's own host, for which the ticket is
	Locale  string `toml:"locale"`
	Agent   string `toml:"agent"`
	Visit   string `toml:"visit"` // the page that is opened first
	Login   string `toml:"login"`
	Code    string `toml:"code"`
	Pause   Pause  `toml:"pause"` // between the page and the password
}

// WidgetRoad is the HTML sign-in that Garmin lends to other pages.
type WidgetRoad struct {
	Client string `toml:"client"`
	Locale string `toml:"locale"`
	Agent  string `toml:"agent"`
	Embed  string `toml:"embed"` // the page around the form, and the service for which the ticket is
	SignIn string `toml:"signin"`
	Send   string `toml:"send"` // sends a code, or another one
	Code   string `toml:"code"`
	Form   string `toml:"form"`  // name of the code's form
	Pause  Pause  `toml:"pause"` // between the form and the password
}

// TokenClient is who trades tickets and refresh tokens.
type TokenClient struct {
	Client string `toml:"client"`
	Path   string `toml:"path"`
}

// Pause is a wait in seconds, from and to.
type Pause [2]float64

//go:embed signin.toml
var signInFile []byte

// builtIn is the table of a server whose operator set none.
var builtIn = sync.OnceValue(func() *SignInTable {
	t, err := (&SignInTable{}).overlay(signInFile)
	if err != nil {
		panic("garmin: the built-in sign-in table: " + err.Error())
	}
	return t
})

// signInMost is the largest file of a table that is read, in bytes.
const signInMost = 64 << 10

// ParseSignIn reads an operator's file over the built-in table: what the file
// names replaces what is built in, everything else stays. What it does not
// understand it refuses with a sentence that says where and what to do.
func ParseSignIn(data []byte) (*SignInTable, error) { return builtIn().overlay(data) }

func (t *SignInTable) overlay(data []byte) (*SignInTable, error) {
	if len(data) > signInMost {
		return nil, fmt.Errorf("the sign-in table has %d bytes: at most %d are read, so leave out what is as built in", len(data), signInMost)
	}
	next := *t
	next.Roads = nil // the decoder writes into what is there
	next.Headers = maps.Clone(t.Headers)
	meta, err := toml.Decode(string(data), &next)
	if err != nil {
		return nil, fmt.Errorf("%s: mend it as TOML asks", strings.TrimPrefix(err.Error(), "toml: "))
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("%s is no key of the sign-in table: look for its spelling in the built-in file, or take the line out; hosts cannot be set", unknown[0])
	}
	if !meta.IsDefined("roads") {
		next.Roads = slices.Clone(t.Roads)
	}
	if err := errors.Join(next.checkRoads(), next.checkTexts(), next.checkPauses(), next.canonical()); err != nil {
		return nil, err
	}
	return &next, nil
}

func (t *SignInTable) checkRoads() error {
	for i, road := range t.Roads {
		if road != roadMobile && road != roadWidget || slices.Contains(t.Roads[:i], road) {
			return fmt.Errorf("roads names %q: write %q and %q, each once at most, in the order to try", road, roadMobile, roadWidget)
		}
	}
	if len(t.Roads) == 0 {
		return fmt.Errorf("roads is empty: write %q, %q or both", roadMobile, roadWidget)
	}
	if t.Transport != plainTransport && t.Transport != androidTransport {
		return fmt.Errorf("transport is %q: write %q or %q", t.Transport, plainTransport, androidTransport)
	}
	return nil
}

// The forms of a table's texts.
var (
	idForm     = regexp.MustCompile(`^[0-9A-Za-z_.-]{1,100}$`)
	pathForm   = regexp.MustCompile(`^(/[0-9A-Za-z_.-]{1,60}){1,8}$`)
	printable  = regexp.MustCompile(`^[ -~]{1,300}$`)
	headerForm = regexp.MustCompile(`^[A-Za-z][0-9A-Za-z-]{0,59}$`)
)

func (t *SignInTable) checkTexts() error {
	for _, text := range []struct {
		key, value string
		form       *regexp.Regexp
		is         string
	}{
		{"mobile.client", t.Mobile.Client, idForm, "a client id"},
		{"mobile.service", t.Mobile.Service, pathForm, "a path such as /gcm/ios, without a host"},
		{"mobile.locale", t.Mobile.Locale, idForm, "a locale such as en-US"},
		{"mobile.agent", t.Mobile.Agent, printable, "a user agent"},
		{"mobile.visit", t.Mobile.Visit, pathForm, "a path, without a host"},
		{"mobile.login", t.Mobile.Login, pathForm, "a path, without a host"},
		{"mobile.code", t.Mobile.Code, pathForm, "a path, without a host"},
		{"widget.client", t.Widget.Client, idForm, "a client id"},
		{"widget.locale", t.Widget.Locale, idForm, "a locale such as en_US"},
		{"widget.agent", t.Widget.Agent, printable, "a user agent"},
		{"widget.embed", t.Widget.Embed, pathForm, "a path, without a host"},
		{"widget.signin", t.Widget.SignIn, pathForm, "a path, without a host"},
		{"widget.send", t.Widget.Send, pathForm, "a path, without a host"},
		{"widget.code", t.Widget.Code, pathForm, "a path, without a host"},
		{"widget.form", t.Widget.Form, idForm, "the name of a form"},
		{"token.client", t.Token.Client, idForm, "a client id"},
		{"token.path", t.Token.Path, pathForm, "a path, without a host"},
	} {
		if !text.form.MatchString(text.value) || strings.Contains(text.value, "/..") {
			return fmt.Errorf("%s is %q: write %s", text.key, text.value, text.is)
		}
	}
	return nil
}

func (t *SignInTable) checkPauses() error {
	for _, p := range []struct {
		key string
		Pause
	}{{"mobile.pause", t.Mobile.Pause}, {"widget.pause", t.Widget.Pause}} {
		from, to := p.Pause[0], p.Pause[1]
		if math.IsNaN(from) || math.IsNaN(to) || from < 1 || to < from || to > 60 {
			return fmt.Errorf("%s is %v: write two numbers of seconds, from and to, between 1 and 60", p.key, [2]float64(p.Pause))
		}
	}
	return nil
}

// ours are the headers that the client itself sets.
var ours = []string{"Accept", "Accept-Encoding", "Authorization", "Connection", "Content-Length", "Content-Type", "Cookie",
	"Host", "Origin", "Referer", "Te", "Trailer", "Transfer-Encoding", "Upgrade"}

// canonical spells the headers as HTTP does; the file's own spelling of a
// built-in one replaces it.
func (t *SignInTable) canonical() error {
	spelt := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(t.Headers)) {
		value, usual := t.Headers[name], textproto.CanonicalMIMEHeaderKey(name)
		switch {
		case !headerForm.MatchString(name), slices.Contains(ours, usual):
			return fmt.Errorf("headers.%s cannot be set: take the line out", name)
		case value != "" && !printable.MatchString(value):
			return fmt.Errorf("headers.%s is %q: write one line of plain text", name, value)
		}
		if _, twice := spelt[usual]; twice && usual == name {
			continue // the other spelling is the operator's
		}
		spelt[usual] = value
	}
	t.Headers = spelt
	return nil
}
