package dashboard

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"errors"
	"html/template"
	"net/http"
	"net/netip"
	"strings"

	"clubrun/digest/locale"
	"clubrun/store"
)

// SignIns are the pages on which members sign in at Garmin, each of which has a
// token for its address and works once.
type SignIns interface {
	// Page returns what a token opens, without spending it. store.ErrNotFound
	// is a page that is over or never was.
	Page(ctx context.Context, token string) (SignIn, error)
	// Submit takes what was typed and spends the token.
	Submit(ctx context.Context, token string, f Form) error
}

// The errors of a Submit that leave the page open.
var (
	ErrNoEmail    = errors.New("that is no e-mail address")
	ErrNoPassword = errors.New("there is no password")
)

// SignIn is whom a page is for, and how to speak with them.
type SignIn struct {
	Locale   *locale.Locale
	Name     string // may be empty
	Operator string // who runs this server; may be empty
	Chat     string // https address of the chat with the bot; may be empty
}

// Form is what somebody typed.
type Form struct {
	Email    string
	Password string
	China    bool // the account is at garmin.cn
}

//go:embed pages/signin.html
var signInPage string

//go:embed pages/signin.css
var signInStyle string

// signIn serves the pages of members: plain HTML that needs no script.
type signIn struct {
	*Server
	page *template.Template
	csp  string
}

func newSignIn(s *Server) *signIn {
	sum := sha256.Sum256([]byte(signInStyle))
	return &signIn{
		Server: s, page: template.Must(template.New("signin").Parse(signInPage)),
		csp: "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; style-src 'sha256-" +
			base64.StdEncoding.EncodeToString(sum[:]) + "'",
	}
}

// sight is what a page shows.
type sight struct {
	Language, Title string
	Style           template.CSS
	Lines           []string
	Form            *fields
	Chat, Back      string
	Foot            string
}

type fields struct {
	EmailLabel, Email, EmailFault string
	PasswordLabel, PasswordFault  string
	ChinaLabel, Button            string
	China                         bool
}

// open shows the page, again and again, until somebody signs in.
func (p *signIn) open(w http.ResponseWriter, r *http.Request) {
	who, ok := p.enter(w, r)
	if !ok {
		return
	}
	p.form(w, r, who, Form{}, nil)
}

// take takes what was typed.
func (p *signIn) take(w http.ResponseWriter, r *http.Request) {
	who, ok := p.enter(w, r)
	if !ok {
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "that form cannot be read", http.StatusBadRequest)
		return
	}
	f := Form{Email: strings.TrimSpace(r.PostForm.Get("email")), Password: r.PostForm.Get("password"), China: r.PostForm.Get("china") != ""}
	err := p.SignIns.Submit(r.Context(), r.PathValue("token"), f)
	switch {
	case errors.Is(err, store.ErrNotFound):
		p.over(w, r)
	case errors.Is(err, ErrNoEmail), errors.Is(err, ErrNoPassword):
		p.form(w, r, who, f, err)
	case err != nil:
		p.Log.Error().Ctx(r.Context()).Err(err).Msg("sign-in page")
		http.Error(w, "that did not work; please try once more", http.StatusInternalServerError)
	default:
		l := who.Locale
		p.show(w, http.StatusOK, sight{
			Language: l.Language(), Title: l.Say("page.sent"), Lines: []string{l.Say("page.sent.more")}, Chat: who.Chat, Back: l.Say("page.back"),
		})
	}
}

// enter lets a request in that came over https and whose token opens a page.
func (p *signIn) enter(w http.ResponseWriter, r *http.Request) (SignIn, bool) {
	w.Header().Set("Content-Security-Policy", p.csp)
	w.Header().Set("Referrer-Policy", "same-origin") // without one a browser calls our own form a stranger's
	if !p.private(r) {
		l := p.visitor(r)
		p.show(w, http.StatusForbidden, sight{Language: l.Language(), Title: l.Say("page.plain"), Lines: []string{l.Say("page.plain.more")}})
		return SignIn{}, false
	}
	who, err := p.SignIns.Page(r.Context(), r.PathValue("token"))
	if errors.Is(err, store.ErrNotFound) {
		p.over(w, r)
		return SignIn{}, false
	}
	if err != nil {
		p.Log.Error().Ctx(r.Context()).Err(err).Msg("sign-in page")
		http.Error(w, "that did not work; please try once more", http.StatusInternalServerError)
		return SignIn{}, false
	}
	return who, true
}

// form shows the form, with what was wrong with it.
func (p *signIn) form(w http.ResponseWriter, r *http.Request, who SignIn, f Form, fault error) {
	l := who.Locale
	s := sight{Language: l.Language(), Title: l.Say("page.title")}
	hello := l.Say("page.hello.nameless")
	if who.Name != "" {
		hello = l.Say("page.hello", "name", who.Name)
	}
	s.Lines = []string{hello + " " + l.Say("page.intro")}
	s.Form = &fields{
		EmailLabel: l.Say("page.email"), Email: f.Email, PasswordLabel: l.Say("page.password"),
		ChinaLabel: l.Say("page.china"), China: f.China, Button: l.Say("page.button"),
	}
	code := http.StatusOK
	switch {
	case errors.Is(fault, ErrNoEmail):
		s.Form.EmailFault, code = l.Say("page.email.again"), http.StatusUnprocessableEntity
	case errors.Is(fault, ErrNoPassword):
		s.Form.PasswordFault, code = l.Say("page.password.again"), http.StatusUnprocessableEntity
	}
	s.Foot = l.Say("page.operator.nameless", "host", r.Host)
	if who.Operator != "" {
		s.Foot = l.Say("page.operator", "operator", who.Operator, "host", r.Host)
	}
	p.show(w, code, s)
}

func (p *signIn) over(w http.ResponseWriter, r *http.Request) {
	l := p.visitor(r)
	p.show(w, http.StatusGone, sight{Language: l.Language(), Title: l.Say("page.over"), Lines: []string{l.Say("page.over.more")}})
}

func (p *signIn) show(w http.ResponseWriter, code int, s sight) {
	s.Style = template.CSS(signInStyle) //nolint:gosec // our own, from this binary
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("X-Robots-Tag", "noindex")
	w.WriteHeader(code)
	_ = p.page.Execute(w, s) // whoever has hung up misses nothing
}

// visitor returns the words for somebody of whom only the browser is known.
func (p *signIn) visitor(r *http.Request) *locale.Locale {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		lang, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if l := locale.For(lang, store.Kilometres); l.Language() == lang {
			return l
		}
	}
	return locale.For("en", store.Kilometres)
}

// private says whether nobody can read along: the request came over https, to
// us or to a proxy that we trust, or from this machine to this machine.
func (p *signIn) private(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	near := from.Addr().Unmap()
	trusted := near.IsLoopback()
	for _, net := range p.Proxies {
		trusted = trusted || net.Contains(near)
	}
	if proto := r.Header.Get("X-Forwarded-Proto"); proto != "" {
		return trusted && proto == "https"
	}
	return near.IsLoopback() && Local(r.Host) && r.Header.Get("X-Forwarded-For") == "" && r.Header.Get("Forwarded") == ""
}

// Local says whether a host, with or without a port, is this machine.
func Local(host string) bool {
	if at := strings.LastIndexByte(host, ':'); at > strings.LastIndexByte(host, ']') {
		host = host[:at]
	}
	host = strings.Trim(host, "[]")
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
