package whatsapp_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"clubrun/bot/whatsapp"
	"clubrun/store"
)

// TestADocumentIsFetchedByItsRow: after a restart, too, until its message is
// answered.
func TestADocumentIsFetchedByItsRow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		_, end := w.life()
		file := bytes.Repeat([]byte("FIT"), 50_000)
		if _, err := w.ana.SendDocument(t.Context(), w.bot.PN(), "run.fit", "application/octet-stream", file); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		end()
		rows := w.unanswered()
		if len(rows) != 1 || rows[0].Document == nil || rows[0].Document.Name != "run.fit" || rows[0].Document.Size != int64(len(file)) {
			t.Fatalf("%+v", rows)
		}
		c, end := w.life()
		defer end()
		data, err := c.Fetch(t.Context(), *rows[0].Document)
		if err != nil || !bytes.Equal(data, file) {
			t.Errorf("%d bytes, %v", len(data), err)
		}
		lost := *rows[0].Document
		lost.Handle = []byte(strings.Replace(string(lost.Handle), `"path":"/v/`, `"path":"/v/nowhere`, 1))
		for _, d := range []store.Document{lost, {Name: "run.fit"}} {
			if _, err := c.Fetch(t.Context(), d); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("%s: %v", d.Handle, err)
			}
		}
	})
}

// endless is a server whose answers do not end.
type endless struct{}

func (endless) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(zeros{})}, nil
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestNoAnswerIsReadBeyondWhatADocumentMayHave(t *testing.T) {
	answer, err := whatsapp.Bounded(&http.Client{Transport: endless{}}).Get("http://media.example/")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	n, err := io.Copy(io.Discard, answer.Body)
	if err == nil || n != 64<<20 {
		t.Errorf("%d bytes, %v", n, err)
	}
}
