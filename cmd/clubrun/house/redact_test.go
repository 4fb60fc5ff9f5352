package house

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"clubrun/store"

	"github.com/rs/zerolog"
)

// logged returns what one event becomes.
func logged(install string, event func(zerolog.Logger)) string {
	var out bytes.Buffer
	r := &Redactor{To: &out}
	r.SetKey([]byte(install))
	event(zerolog.New(r))
	return out.String()
}

func TestNoSecretPassesTheLog(t *testing.T) {
	const canary = "c4nary-Secret!"
	jwt := "eyJhbGciOiJSUzI1NiJ9.eyJzY29wZSI6WyJDT05ORUNUX1JFQUQiXX0.c2lnbmF0dXJl"
	for name, c := range map[string]struct{ hidden, line string }{
		"password by key":     {canary, logged("k", func(l zerolog.Logger) { l.Info().Str("password", canary).Msg("x") })},
		"token by a long key": {canary, logged("k", func(l zerolog.Logger) { l.Info().Str("garminAccessToken", canary).Msg("x") })},
		"code as a number":    {"123456", logged("k", func(l zerolog.Logger) { l.Info().Int("mfa_code", 123456).Msg("x") })},
		"a list of codes":     {"123456", logged("k", func(l zerolog.Logger) { l.Info().Strs("codes", []string{"123456"}).Msg("x") })},
		"below another key": {canary, logged("k", func(l zerolog.Logger) {
			l.Info().Dict("request", zerolog.Dict().Str("cookie", canary)).Msg("x")
		})},
		"bearer":            {"abcdef012345", logged("k", func(l zerolog.Logger) { l.Error().Err(fmt.Errorf("GET: Bearer abcdef012345")).Msg("x") })},
		"jwt":               {"c2lnbmF0dXJl", logged("k", func(l zerolog.Logger) { l.Error().Msg("answered " + jwt) })},
		"ticket of the app": {"ST-0123456-abcdefgh", logged("k", func(l zerolog.Logger) { l.Error().Msg("Invalid service ticket: ST-0123456-abcdefgh-sso") })},
		"ticket in a URL":   {"ST-0123456-abcdefgh", logged("k", func(l zerolog.Logger) { l.Error().Msg("https://x/sso/embed?ticket=ST-0123456-abcdefgh-cas") })},
		"opaque":            {"0a1b2c3d4e5f", logged("k", func(l zerolog.Logger) { l.Error().Msg("got 0a1b2c3d4e5f0a1b2c3d4e5f0a1b2c3d4e5f0a1b2c3d") })},
		"mail":              {"ana.m", logged("k", func(l zerolog.Logger) { l.Error().Msg("for ana.m+garmin@mail.example.org: no") })},
		"mail in a URL":     {"ana.m", logged("k", func(l zerolog.Logger) { l.Error().Msg("?user=ana.m%40example.org&x=1") })},
		"store's own type":  {canary, logged("k", func(l zerolog.Logger) { l.Info().Interface("x", store.Secret(canary)).Msg("x") })},
		"settings": {canary, logged("k", func(l zerolog.Logger) {
			l.Info().Interface("x", Settings{Key: canary}).Msgf("%+v", Settings{Key: canary})
		})},
	} {
		if strings.Contains(c.line, c.hidden) {
			t.Errorf("%s: %s", name, c.line)
		}
	}
}

// The lines of whatsmeow are texts, with addresses in many forms.
func TestNoNumberPassesTheLog(t *testing.T) {
	for _, text := range []string{
		"No LID found for 351910000001@s.whatsapp.net", "Failed to get LID for 351910000001:12@s.whatsapp.net: timeout",
		"Failed to encrypt 3EB0A1 for 351910000001.0:3@s.whatsapp.net", "no session with 351910000001_1:0", "no session with 351910000001:0",
		"Error decrypting message 3EB0 from 351910000001@lid in 120363041234567890@g.us: no sender key for 351910000001:1 (120363041234567890@g.us)",
		"call +351 910 000 001 or +351910000001", `<notification from="351910000001@s.whatsapp.net" id="1"/>`, "from\n351910000001", "\u200e351910000001",
	} {
		line := logged("k", func(l zerolog.Logger) { l.Warn().Str("note", text).Err(fmt.Errorf("%s", text)).Msg(text) })
		if regexp.MustCompile(`351[ ]?910|1203630`).MatchString(line) {
			t.Errorf("%s: %s", text, line)
		}
	}
}

func TestLinesOfOnePersonHaveOneTag(t *testing.T) {
	tag := func(install, text string) string {
		return regexp.MustCompile(`id-[0-9a-f]{8}`).FindString(logged(install, func(l zerolog.Logger) { l.Info().Msg(text) }))
	}
	want := tag("k", "351910000001@s.whatsapp.net")
	for _, same := range []string{"+351 910-000-001", "351910000001:7@s.whatsapp.net", "for 351910000001_1:0", "351910000001"} {
		if got := tag("k", same); got != want || got == "" {
			t.Errorf("%s: tag %q, want %q", same, got, want)
		}
	}
	if tag("k", "Ana@example.org") != tag("k", "ana@Example.org") {
		t.Error("one address in two spellings has two tags")
	}
	if tag("k", "351910000002") == want || tag("other", "351910000001") == want {
		t.Error("another person, or another installation, has the same tag")
	}
}

func TestALineWithoutAKeyHasNoTag(t *testing.T) {
	var out bytes.Buffer
	log := zerolog.New(&Redactor{To: &out})
	log.Info().Msg("from 351910000001")
	if !strings.Contains(out.String(), "from [id]") {
		t.Error(out.String())
	}
}

func TestNoValueForgesALine(t *testing.T) {
	var out bytes.Buffer
	r := &Redactor{To: zerolog.ConsoleWriter{Out: &out, NoColor: true, TimeFormat: time.DateTime}}
	log := zerolog.New(r)
	log.Info().Str("name", "Ana\n2026-01-01 ERR forged \x1b[2J\u202e\u2028").Msg("hello\n2026-01-01 ERR forged\r\x1b[31m\u200f")
	if n := strings.Count(out.String(), "\n"); n != 1 || strings.ContainsAny(strings.TrimSuffix(out.String(), "\n"), "\n\r\x1b\u202e\u2028\u200f") {
		t.Errorf("%q", out.String())
	}
}

func TestWhatIsNoSecretPasses(t *testing.T) {
	line := logged("k", func(l zerolog.Logger) {
		l.Warn().Int64("group", 4).Int("status_code", 429).Int64("activity", 21345678901).Dur("away", 90*time.Second).
			Str("id", "3EB0A1B2").Str("version", "v1.2.3").Str("zone", "Europe/Lisbon").
			Msg("digest missed by 12.3456789012 s at 2026-09-13T18:00:00Z, 0xc00012345678")
	})
	for _, want := range []string{`"group":4`, `"status_code":429`, `"activity":21345678901`, `"away":90000`, "3EB0A1B2", "v1.2.3", "Europe/Lisbon", "12.3456789012 s at 2026-09-13T18:00:00Z, 0xc00012345678"} {
		if !strings.Contains(line, want) {
			t.Errorf("%s is missing in %s", want, line)
		}
	}
}

func TestTheRedactorTellsTheLevel(t *testing.T) {
	var out bytes.Buffer
	log := zerolog.New(&Redactor{To: &zerolog.FilteredLevelWriter{Writer: zerolog.LevelWriterAdapter{Writer: &out}, Level: zerolog.WarnLevel}})
	log.Info().Msg("quiet")
	log.Warn().Msg("loud")
	if s := out.String(); strings.Contains(s, "quiet") || !strings.Contains(s, "loud") {
		t.Error(s)
	}
}

func FuzzRedactor(f *testing.F) {
	f.Add("from 351910000001@s.whatsapp.net\n", "password")
	f.Add(`{"a":1}`, "a b")
	f.Fuzz(func(t *testing.T, text, key string) {
		for _, line := range []string{
			logged("k", func(l zerolog.Logger) { l.Info().Str(key, text).Msg(text) }),
			string((&Redactor{}).line([]byte(text))),
		} {
			if strings.Count(line, "\n") != 1 || !json.Valid([]byte(line)) || strings.Contains(line, "\x1b") {
				t.Errorf("%q", line)
			}
		}
		if line := logged("k", func(l zerolog.Logger) { l.Info().Msg(text + " +351910000001 " + text) }); strings.Contains(line, "351910000001") && !strings.Contains(text, "351910000001") {
			t.Errorf("%q", line)
		}
	})
}
