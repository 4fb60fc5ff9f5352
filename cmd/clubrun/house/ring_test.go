package house_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"clubrun/cmd/clubrun/house"

	"github.com/rs/zerolog"
)

// logged writes to a log in front of a ring, as `run` makes it.
func logged(write func(log zerolog.Logger)) *house.Ring {
	ring := new(house.Ring)
	redactor := &house.Redactor{To: io.Discard, Ring: ring}
	redactor.SetKey([]byte("install"))
	write(zerolog.New(redactor).With().Timestamp().Logger())
	return ring
}

func TestARingKeepsWarningsAndErrorsWithoutSecretsAndPeople(t *testing.T) {
	ring := logged(func(log zerolog.Logger) {
		log.Debug().Msg("message received")
		log.Info().Msg("synced")
		log.Warn().Str("phone", "+351910000001").Int64("out", 7).Str("cause", "M123ABC").Msg("message not sent")
		log.Error().Err(errors.Join(errors.New("ask ana@example.org"), errors.New("Bearer abcdef123456"))).Str("stack", strings.Repeat("frame ", 99)).Msg("handler panicked")
	})
	lines := ring.Last(20)
	if len(lines) != 2 {
		t.Fatalf("%d lines: %+v", len(lines), lines)
	}
	first, second := lines[0], lines[1]
	if first.Level != zerolog.WarnLevel || first.Cause != "M123ABC" || !strings.HasPrefix(first.Text, "message not sent (out=7, phone=id-") || first.At.IsZero() {
		t.Errorf("%+v", first)
	}
	if second.Level != zerolog.ErrorLevel || !strings.HasSuffix(second.Text, "; [token]") || strings.Contains(second.Text, "\\n") || strings.Contains(second.Text, "frame") {
		t.Errorf("%+v", second)
	}
	for _, l := range lines {
		if text := l.Text + string(l.JSON); strings.Contains(text, "351910000001") || strings.Contains(text, "example.org") || strings.Contains(text, "abcdef") {
			t.Errorf("somebody is named: %s", text)
		}
		if !json.Valid(l.JSON) || strings.Contains(string(l.JSON), "\n") {
			t.Errorf("no line of JSON: %q", l.JSON)
		}
	}
}

func TestARingForgetsTheOldest(t *testing.T) {
	ring := logged(func(log zerolog.Logger) {
		for i := range 1000 {
			log.Warn().Msg(fmt.Sprint("line ", i))
		}
	})
	all := ring.Last(5000)
	if len(all) != 200 || all[0].Text != "line 800" || all[199].Text != "line 999" || all[199].Number != 1000 {
		t.Errorf("%d lines, from %q to %q", len(all), all[0].Text, all[len(all)-1].Text)
	}
	if got := ring.Last(2); len(got) != 2 || got[1].Text != "line 999" {
		t.Errorf("%+v", got)
	}
	if got := ring.Last(0); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestWhoFollowsARingIsWoken(t *testing.T) {
	var log zerolog.Logger
	ring := logged(func(l zerolog.Logger) { log = l })
	log.Warn().Msg("first")
	lines, more := ring.After(0)
	if len(lines) != 1 {
		t.Fatalf("%+v", lines)
	}
	go log.Error().Msg("second")
	<-more
	if lines, _ = ring.After(lines[0].Number); len(lines) != 1 || lines[0].Text != "second" {
		t.Errorf("%+v", lines)
	}
}
