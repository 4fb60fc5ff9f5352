package house

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"

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
	h.Web = &dashboard.Server{Listener: l, Device: h.WhatsApp, Database: h.DB, Now: h.out.Now, Log: h.out.Log}
	return nil
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
