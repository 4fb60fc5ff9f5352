package dashboard

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"clubrun/digest/locale"
	"clubrun/store"
)

// Archives are the pages on which members fetch all that is kept about them,
// each of which has a token for its address.
type Archives interface {
	// Fetch returns what a token opens. store.ErrNotFound is a page that is over
	// or never was.
	Fetch(ctx context.Context, token string) (Archive, error)
	// WriteFetched writes the zip archive that a token opens.
	WriteFetched(ctx context.Context, token string, w io.Writer) error
}

// Archive is whom a page is for, and how to speak with them.
type Archive struct {
	Locale   *locale.Locale
	Operator string // who runs this server; may be empty
	Until    string // when the page is over
}

// The limits within which archives are fetched.
const (
	fetchers  = 4         // archives on their way at once
	fetchTime = time.Hour // an archive is on its way at most
)

// fetch serves the pages of archives. Looking at one fetches nothing: messengers
// look at addresses by themselves.
type fetch struct {
	*sheet
	seats chan struct{}
}

func newFetch(s *sheet) *fetch { return &fetch{sheet: s, seats: make(chan struct{}, fetchers)} }

// open shows the page.
func (p *fetch) open(w http.ResponseWriter, r *http.Request) {
	a, ok := p.enter(w, r)
	if !ok {
		return
	}
	l := a.Locale
	p.show(w, http.StatusOK, sight{
		Language: l.Language(), Title: l.Say("page.fetch"), Lines: []string{l.Say("page.fetch.more", "time", a.Until)},
		Button: l.Say("page.fetch.button"), Foot: foot(l, a.Operator, r.Host),
	})
}

// give writes the archive as it is made. One that fails half-way is cut off, so
// that nobody takes it for whole.
func (p *fetch) give(w http.ResponseWriter, r *http.Request) {
	if _, ok := p.enter(w, r); !ok {
		return
	}
	select {
	case p.seats <- struct{}{}:
		defer func() { <-p.seats }()
	default:
		p.tell(w, r, http.StatusServiceUnavailable, "page.fetch.busy", "page.fetch.busy.more")
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), fetchTime)
	defer cancel()
	out := &parcel{to: w, control: http.NewResponseController(w), now: p.Now}
	err := p.Archives.WriteFetched(ctx, r.PathValue("token"), out)
	if err == nil {
		return
	}
	p.Log.Warn().Ctx(ctx).Err(err).Msg("archive not fetched")
	if out.begun {
		panic(http.ErrAbortHandler)
	}
	http.Error(w, "that did not work; please try once more", http.StatusInternalServerError)
}

// enter lets a request in that came over https and whose token opens a page.
func (p *fetch) enter(w http.ResponseWriter, r *http.Request) (Archive, bool) {
	if !p.admit(w, r, "page.fetch.plain") {
		return Archive{}, false
	}
	a, err := p.Archives.Fetch(r.Context(), r.PathValue("token"))
	switch {
	case errors.Is(err, store.ErrNotFound):
		p.over(w, r, "page.fetch.over")
	case err != nil:
		p.failed(w, r, err, "archive page")
	}
	return a, err == nil
}

// parcel is an answer of which every part has its own time to get through: a
// large one may take long, but nobody who has stopped reading.
type parcel struct {
	to      http.ResponseWriter
	control *http.ResponseController
	now     func() time.Time
	begun   bool
}

// Write writes a part of an archive.
func (a *parcel) Write(p []byte) (int, error) {
	if !a.begun {
		a.begun = true
		h := a.to.Header()
		h.Set("Content-Type", "application/zip")
		h.Set("Content-Disposition", `attachment; filename="clubrun-export.zip"`)
	}
	if err := a.control.SetWriteDeadline(a.now().Add(writeTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return a.to.Write(p)
}
