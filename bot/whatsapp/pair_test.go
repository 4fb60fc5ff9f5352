package whatsapp_test

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"clubrun/bot/whatsapp"
	"clubrun/bot/whatsapp/whatsapptest"

	"github.com/rs/zerolog"
	"go.mau.fi/whatsmeow"
)

// diary is a log that can be read while it is written.
type diary struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (d *diary) Write(line []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.Write(line)
}

func (d *diary) String() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.String()
}

// unlinked runs a device for a while whose codes nobody scans, and returns its
// log.
func (w *world) unlinked(t *testing.T, client *http.Client, life time.Duration) string {
	t.Helper()
	return w.logged(t, client, func(string) {}, func() { time.Sleep(life) })
}

// logged runs a device while something happens, and returns its log.
func (w *world) logged(t *testing.T, client *http.Client, qr func(code string), happens func()) string {
	t.Helper()
	var log diary
	c, err := whatsapp.Open(t.Context(), whatsapp.Options{
		Path: w.path, InstallKey: []byte("install"), HTTP: client, Inbox: w.inbox, Now: time.Now,
		QR: qr, Log: zerolog.New(&log),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- c.Run(ctx) }()
	happens()
	synctest.Wait() // as in lifeWith
	cancel()
	if err := errors.Join(<-done, c.Close()); err != nil {
		t.Error(err)
	}
	return log.String()
}

// A link that the phone ended is gone before the next one is asked for: nobody
// logs in with it again.
func TestALinkThatEndedIsForgottenAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("whatsmeow empties a device that it has read without a lock, which the race detector may see")
	}
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		const times = 12
		log := w.logged(t, w.net.HTTPClient(), func(code string) {
			if err := w.bot.Scan(code); err != nil {
				t.Errorf("scan: %v", err)
			}
		}, func() {
			time.Sleep(time.Minute)
			for range times {
				if err := w.net.Disturb(w.bot, whatsapptest.Fault{Kind: whatsapptest.Logout}); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Minute)
			}
		})
		if n := strings.Count(log, "logged out:"); n != times || strings.Contains(log, "Failed to delete") {
			t.Errorf("logged out %d times, want %d: %s", n, times, log)
		}
	})
}

func TestWhyNobodyIsPairedIsSaidAsItIs(t *testing.T) {
	const unscanned = `"again_in":"1m0s","message":"nobody scanned the code"`
	cut := &http.Client{Transport: &http.Transport{DialTLSContext: func(context.Context, string, string) (net.Conn, error) {
		return nil, errors.New("network is unreachable")
	}}}
	t.Run("nobody scans", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			if log := w.unlinked(t, w.net.HTTPClient(), 3*time.Minute); strings.Count(log, unscanned) != 1 {
				t.Errorf("log: %s", log)
			}
		})
	})
	t.Run("no network", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			log := w.unlinked(t, cut, 150*time.Second)
			if strings.Contains(log, "nobody scanned") || strings.Count(log, "whatsapp gave no code to scan") != 3 {
				t.Errorf("log: %s", log)
			}
		})
	})
	t.Run("outdated", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			if err := w.net.Disturb(nil, whatsapptest.Fault{Kind: whatsapptest.Failure, Code: 405}); err != nil {
				t.Fatal(err)
			}
			log := w.unlinked(t, w.net.HTTPClient(), 90*time.Minute)
			if strings.Contains(log, "nobody scanned") || strings.Count(log, `"reason":"whatsapp wants a newer client: update clubrun","away":"1h0m0s"`) != 2 {
				t.Errorf("log: %s", log)
			}
		})
	})
}

func TestAPasskeyIsNamedWherePairingWantsOne(t *testing.T) {
	for _, event := range []string{whatsmeow.QRChannelEventPasskeyRequest, whatsmeow.QRChannelEventPasskeyResponse} {
		if err := whatsapp.Broken(whatsmeow.QRChannelItem{Event: event}, true); !strings.Contains(err.Error(), "passkey") {
			t.Errorf("%s: %v", event, err)
		}
	}
}
