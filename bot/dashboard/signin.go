package dashboard

import (
	"context"
	"errors"
	"net/http"
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

// signIn serves the pages on which members sign in.
type signIn struct{ *sheet }

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
		p.over(w, r, "page.over.more")
	case errors.Is(err, ErrNoEmail), errors.Is(err, ErrNoPassword):
		p.form(w, r, who, f, err)
	case err != nil:
		p.failed(w, r, err, "sign-in page")
	default:
		l := who.Locale
		p.show(w, http.StatusOK, sight{
			Language: l.Language(), Title: l.Say("page.sent"), Lines: []string{l.Say("page.sent.more")}, Chat: who.Chat, Back: l.Say("page.back"),
		})
	}
}

// enter lets a request in that came over https and whose token opens a page.
func (p *signIn) enter(w http.ResponseWriter, r *http.Request) (SignIn, bool) {
	if !p.admit(w, r, "page.plain.more") {
		return SignIn{}, false
	}
	who, err := p.SignIns.Page(r.Context(), r.PathValue("token"))
	if errors.Is(err, store.ErrNotFound) {
		p.over(w, r, "page.over.more")
		return SignIn{}, false
	}
	if err != nil {
		p.failed(w, r, err, "sign-in page")
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
	s.Foot = foot(l, who.Operator, r.Host)
	p.show(w, code, s)
}
