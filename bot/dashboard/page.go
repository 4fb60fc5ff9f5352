package dashboard

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"net/netip"
	"strings"

	"clubrun/digest/locale"
	"clubrun/store"
)

//go:embed pages/page.html
var pageHTML string

//go:embed pages/page.css
var pageStyle string

// sheet is what all pages of members have in common: plain HTML that needs no
// script, in the member's language, over https alone.
type sheet struct {
	*Server
	page *template.Template
	csp  string
}

func newSheet(s *Server) *sheet {
	sum := sha256.Sum256([]byte(pageStyle))
	return &sheet{
		Server: s, page: template.Must(template.New("page").Parse(pageHTML)),
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
	Button          string // of a form without fields
	Chat, Back      string
	Foot            string
}

type fields struct {
	EmailLabel, Email, EmailFault string
	PasswordLabel, PasswordFault  string
	ChinaLabel, Button            string
	China                         bool
}

// admit lets a request in that came over https; anybody else is told why not.
func (p *sheet) admit(w http.ResponseWriter, r *http.Request, why string) bool {
	w.Header().Set("Content-Security-Policy", p.csp)
	w.Header().Set("Referrer-Policy", "same-origin") // without one a browser calls our own form a stranger's
	if p.private(r) {
		return true
	}
	p.tell(w, r, http.StatusForbidden, "page.plain", why)
	return false
}

// over says that a page is no more, and how to get another one.
func (p *sheet) over(w http.ResponseWriter, r *http.Request, how string) {
	p.tell(w, r, http.StatusGone, "page.over", how)
}

// tell tells a visitor of whom nothing is known two sentences.
func (p *sheet) tell(w http.ResponseWriter, r *http.Request, code int, title, line string) {
	l := visitor(r)
	p.show(w, code, sight{Language: l.Language(), Title: l.Say(title), Lines: []string{l.Say(line)}})
}

// failed logs what went wrong, and tells the visitor nothing of it.
func (p *sheet) failed(w http.ResponseWriter, r *http.Request, err error, where string) {
	p.Log.Error().Ctx(r.Context()).Err(err).Msg(where)
	http.Error(w, "that did not work; please try once more", http.StatusInternalServerError)
}

func (p *sheet) show(w http.ResponseWriter, code int, s sight) {
	s.Style = template.CSS(pageStyle) //nolint:gosec // our own, from this binary
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("X-Robots-Tag", "noindex")
	w.WriteHeader(code)
	_ = p.page.Execute(w, s) // whoever has hung up misses nothing
}

// foot says whose server this is.
func foot(l *locale.Locale, operator, host string) string {
	if operator == "" {
		return l.Say("page.operator.nameless", "host", host)
	}
	return l.Say("page.operator", "operator", operator, "host", host)
}

// visitor returns the words for somebody of whom only the browser is known.
func visitor(r *http.Request) *locale.Locale {
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
func (p *sheet) private(r *http.Request) bool {
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
