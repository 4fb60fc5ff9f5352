package house

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"

	"clubrun/bot"
	"clubrun/bot/dashboard"
)

// wireWeb takes the address of the web server, where there is one, so that an
// address that is taken is told before anything starts.
func (h *House) wireWeb(ctx context.Context) error {
	if h.Settings.Listen == "" {
		return nil
	}
	var listen net.ListenConfig
	l, err := listen.Listen(ctx, "tcp", h.Settings.Listen)
	if err != nil {
		e := &ConfigError{Err: fmt.Errorf("LISTEN: %w", err)}
		if errors.Is(err, syscall.EADDRINUSE) {
			e.Hint = "another program has this address: choose another one with --listen, or no web server with --listen off"
		}
		return e
	}
	if l, err = h.encrypted(l); err != nil {
		return err
	}
	h.Web = &dashboard.Server{Listener: l, Device: h.WhatsApp, Database: newPrompt(h.DB), Space: h.space, Metrics: h.Metrics, Now: h.out.Now, Log: h.out.Log}
	h.wirePages(h.Web)
	return nil
}

// encrypted speaks TLS on a listener where the operator has a certificate.
func (h *House) encrypted(l net.Listener) (net.Listener, error) {
	if h.Settings.TLSCert == "" {
		return l, nil
	}
	pair, err := tls.LoadX509KeyPair(h.Settings.TLSCert, h.Settings.TLSKey)
	if err != nil {
		_ = l.Close()
		return nil, &ConfigError{Err: fmt.Errorf("TLS_CERT, TLS_KEY: %w", err)}
	}
	return tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}), nil
}

// wirePages opens the pages on which members sign in and fetch archives, where
// there is an address by which members come.
func (h *House) wirePages(web *dashboard.Server) {
	if h.Settings.PublicURL != "" {
		web.SignIns, web.Archives, web.Proxies = pages{h.Bot}, archives{h.Bot}, h.Settings.Proxies
	}
}

// Pages answers for the web server without one, nil where members have no
// pages: stories come by no socket.
func (h *House) Pages() http.Handler {
	if h.Settings.PublicURL == "" {
		return nil
	}
	web := &dashboard.Server{Device: h.WhatsApp, Database: newPrompt(h.DB), Now: h.out.Now, Log: h.out.Log}
	h.wirePages(web)
	return web.Handler()
}

// pages are the bot's sign-ins as the web server shows them.
type pages struct{ bot *bot.Bot }

// Page returns what a token opens.
func (p pages) Page(ctx context.Context, token string) (dashboard.SignIn, error) {
	page, err := p.bot.Page(ctx, token)
	return dashboard.SignIn(page), err
}

// Submit hands the bot what was typed.
func (p pages) Submit(ctx context.Context, token string, f dashboard.Form) error {
	region := ""
	if f.China {
		region = "cn"
	}
	err := p.bot.Submit(ctx, token, f.Email, f.Password, region)
	switch {
	case errors.Is(err, bot.ErrNoEmail):
		return dashboard.ErrNoEmail
	case errors.Is(err, bot.ErrNoPassword):
		return dashboard.ErrNoPassword
	}
	return err
}

// archives are what the bot hands over, as the web server shows it.
type archives struct{ bot *bot.Bot }

// Fetch returns what a token opens.
func (a archives) Fetch(ctx context.Context, token string) (dashboard.Archive, error) {
	page, err := a.bot.Fetch(ctx, token)
	return dashboard.Archive(page), err
}

// WriteFetched writes the archive that a token opens.
func (a archives) WriteFetched(ctx context.Context, token string, w io.Writer) error {
	return a.bot.WriteFetched(ctx, token, w)
}

// closeWeb gives the address back where Run has not done so.
func (h *House) closeWeb() error {
	if h.Web == nil {
		return nil
	}
	if err := h.Web.Listener.Close(); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}
