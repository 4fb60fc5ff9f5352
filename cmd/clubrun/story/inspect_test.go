package story

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"clubrun/garmin/garmintest"
	"clubrun/store/failpoint"
	"clubrun/store/storetest"

	"github.com/rs/zerolog"
)

// inside plays lines and then lets f look at the player.
func inside(t *testing.T, log *strings.Builder, lines string, f func(t *testing.T, p *Player)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		o := Options{World: Default(), Seed: 1, Data: storetest.Folder(t), Out: &strings.Builder{}, Base: stories, Level: zerolog.DebugLevel}
		if log != nil {
			o.Log = log
		}
		p, err := New(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := p.Close(); err != nil {
				t.Error(err)
			}
		}()
		if err := p.Play(t.Context(), read(t, lines)); err != nil {
			t.Fatal(err)
		}
		f(t, p)
	})
}

func leaks(t *testing.T, p *Player) string {
	t.Helper()
	err := p.Inspect(t.Context())
	var leak *Leak
	if err != nil && !errors.As(err, &leak) {
		t.Fatal(err)
	}
	return fmt.Sprint(err)
}

func TestInspectFindsWhatLiesOpen(t *testing.T) {
	inside(t, nil, "ana: /link chat\nana: ana@example.org\nana: ana-pass-1\nana: {code}\n", func(t *testing.T, p *Player) {
		tokens := map[string]string{}
		for _, i := range p.garmin.Issued() {
			tokens[i.Kind] = i.Value
		}
		key, err := os.ReadFile(filepath.Join(p.data(), "secret.key"))
		if err != nil {
			t.Fatal(err)
		}
		for want, text := range map[string]string{
			"password in life-0/note": "x ana-pass-1", "e-mail address in life-0/note": "?u=ana%40example.org",
			"code in life-0/note": `["` + tokens[garmintest.IssuedCode] + `"]`, "ticket in life-0/note": tokens[garmintest.IssuedTicket],
			"access token in life-0/note": tokens[garmintest.IssuedAccess], "refresh token in life-0/note": tokens[garmintest.IssuedRefresh],
			"key in life-0/note": string(key),
		} {
			note := filepath.Join(p.data(), "note")
			if err := os.WriteFile(note, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if got := leaks(t, p); !strings.Contains(got, want) || strings.Contains(got, "ana") || strings.Contains(got, strings.TrimSpace(text)) {
				t.Errorf("got %s, want %s", got, want)
			}
			if err := os.Remove(note); err != nil {
				t.Fatal(err)
			}
		}
		p.log.Debug().Msg("for ana@example.org")
		if got := leaks(t, p); got != "secrets leaked: e-mail address in the log before it is redacted, as text" {
			t.Error(got)
		}
	})
}

// What SECURITY.md says of a crash.
func TestOnlyADeadCopyMayHoldWhatWasBeingHandled(t *testing.T) {
	lines := "ana: /link chat\nana: ana@example.org\nkill at inbox.stored\nana: ana-pass-1\nana: /link chat\nana: ana@example.org\nana: ana-pass-1\nana: {code}\nexpect: Linked\n"
	inside(t, nil, lines, func(t *testing.T, p *Player) {
		if p.deaths[0] != failpoint.InboxStored {
			t.Fatalf("died at %q", p.deaths[0])
		}
		for _, c := range []struct {
			file string
			died failpoint.Point
			want string
		}{
			{"life-0/whatsapp.db-kept", failpoint.InboxStored, "<nil>"}, {"life-0/whatsapp.db-kept", failpoint.InboxReceived, "<nil>"},
			{"life-0/whatsapp.db-kept", failpoint.LinkSaved, "password in life-0/whatsapp.db-kept"},
			{"life-0/clubrun.db-kept", failpoint.InboxStored, "password in life-0/clubrun.db-kept"},
			{"life-1/whatsapp.db-kept", failpoint.InboxStored, "password in life-1/whatsapp.db-kept"},
		} {
			p.deaths[0] = c.died
			kept := filepath.Join(p.Data, c.file)
			if err := os.WriteFile(kept, []byte("\x0aana-pass-1"), 0o600); err != nil {
				t.Fatal(err)
			}
			if got := leaks(t, p); !strings.Contains(got, c.want) {
				t.Errorf("died at %s, password in %s: %s", c.died, c.file, got)
			}
			if err := os.Remove(kept); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// Every story is judged so at its end; here it is seen that the log is the
// whole one, and that there is something to find.
func TestTheLogTellsNobody(t *testing.T) {
	var log strings.Builder
	inside(t, &log, "ana: /link chat\nana: ana@example.org\nana: ana-pass-1\nana: {code}\n", func(t *testing.T, p *Player) {
		all := append(p.canaries(), p.addresses()...)
		if len(all) < 40 || !strings.Contains(log.String(), `"level":"debug"`) {
			t.Errorf("%d canaries, log:\n%s", len(all), log.String())
		}
		p.log.Warn().Str("user", p.order[0].Phone).Msgf("No LID found for %s: Bearer %s", p.order[0].account.PN(), p.garmin.Issued()[2].Value)
		f := newFinder(all)
		hit := func(kind, how string) { t.Errorf("%s in the log, %s", kind, how) }
		f.find([]byte(log.String()), hit)
		f.findWords([]byte(log.String()), hit)
		if want := "@s.whatsapp.net: [token]"; !strings.Contains(log.String(), want) {
			t.Errorf("%s is missing in:\n%s", want, log.String())
		}
	})
}
