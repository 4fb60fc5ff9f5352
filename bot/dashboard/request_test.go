package dashboard

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"
	"time"

	"clubrun/store"

	"github.com/rs/zerolog"
)

// broken is a database that cannot be read.
type broken struct{}

var errBroken = errors.New("disk is gone")

func (broken) Readable(context.Context) error { return errBroken }
func (broken) Writable(context.Context) error { return errBroken }

// A request's id stands in its answer and in its lines of the log.
func TestARequestIsFoundInTheLogByItsAnswer(t *testing.T) {
	var log bytes.Buffer
	hook := zerolog.HookFunc(func(e *zerolog.Event, _ zerolog.Level, _ string) { e.Str("cause", store.CauseOf(e.GetCtx())) })
	noon := time.Date(2026, time.September, 9, 12, 0, 0, 0, time.UTC)
	s := &Server{Database: broken{}, Now: func() time.Time { return noon }, Log: zerolog.New(&log).Hook(hook)}
	h, seen := s.Handler(), map[string]bool{}
	for range 3 {
		log.Reset()
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/healthz?token=abc", nil))
		id := w.Header().Get("X-Request-Id")
		if seen[id] || !regexp.MustCompile(`^W[0-9A-Z]{6}$`).MatchString(id) {
			t.Errorf("the id is %q", id)
		}
		seen[id] = true
		lines := 0
		for d := json.NewDecoder(&log); d.More(); lines++ {
			var line struct{ Cause, Message, Page string }
			if err := d.Decode(&line); err != nil || line.Cause != id {
				t.Errorf("a line of %s says %+v, %v", id, line, err)
			}
			if line.Message == "request answered" && line.Page != "GET /healthz" {
				t.Errorf("the page is %q", line.Page)
			}
		}
		if lines != 2 {
			t.Errorf("%d lines, want the fault and the answer", lines)
		}
	}
}
