package dashboard

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"clubrun/digest/locale"
	"clubrun/store"

	"github.com/rs/zerolog"
)

// warehouse is a room in which one token opens an archive.
type warehouse struct {
	data  []byte
	fault error // after the data
	given int
}

func (d *warehouse) Fetch(_ context.Context, token string) (Archive, error) {
	if token != "right" {
		return Archive{}, store.ErrNotFound
	}
	return Archive{Locale: locale.For("de", store.Kilometres), Operator: "<i>Olga", Until: "Do 18:00"}, nil
}

func (d *warehouse) WriteFetched(_ context.Context, _ string, w io.Writer) error {
	d.given++
	if d.data == nil {
		return d.fault
	}
	_, err := w.Write(d.data)
	return cmp.Or(d.fault, err)
}

// stand serves one over TLS on this machine.
func stand(t *testing.T, d *warehouse) (url string, client *http.Client) {
	t.Helper()
	s := &Server{Archives: d, Now: time.Now, Log: zerolog.Nop()}
	web := httptest.NewUnstartedServer(s.Handler())
	web.Config.WriteTimeout = writeTime
	web.StartTLS()
	t.Cleanup(web.Close)
	return web.URL + "/d/", web.Client()
}

// call asks for a page and returns its answer, read as far as it goes.
func call(t *testing.T, c *http.Client, method, url, site string) (code int, h http.Header, body string, err error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Language", "it")
	r.Header.Set("Sec-Fetch-Site", site)
	got, err := c.Do(r)
	if err != nil {
		return 0, nil, "", err
	}
	data, err := io.ReadAll(got.Body)
	_ = got.Body.Close()
	return got.StatusCode, got.Header, string(data), err
}

func TestLookingFetchesNothingAndTheButtonFetchesTheArchive(t *testing.T) {
	d := &warehouse{data: bytes.Repeat([]byte("PK"), 1<<20)}
	url, c := stand(t, d)
	code, h, body, err := call(t, c, http.MethodGet, url+"right", "none")
	if err != nil || code != http.StatusOK || d.given != 0 || !strings.Contains(body, "bis Do 18:00") || !strings.Contains(body, `<form method="post">`) || strings.Contains(body, "<i>") {
		t.Errorf("%d, %d given, %v\n%s", code, d.given, err, body)
	}
	if h.Get("X-Robots-Tag") != "noindex" || h.Get("Cache-Control") != "no-store" {
		t.Error(h)
	}
	code, h, body, err = call(t, c, http.MethodPost, url+"right", "same-origin")
	if err != nil || code != http.StatusOK || body != string(d.data) || h.Get("Content-Type") != "application/zip" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || h.Get("Cache-Control") != "no-store" {
		t.Errorf("%d, %d bytes, %v, %v", code, len(body), h, err)
	}
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		if code, _, body, err := call(t, c, method, url+"wrong", "same-origin"); err != nil || code != http.StatusGone || !strings.Contains(body, "/export") {
			t.Errorf("another token: %d, %v\n%s", code, err, body)
		}
	}
	if code, _, _, err := call(t, c, http.MethodPost, url+"right", "cross-site"); err != nil || code != http.StatusForbidden || d.given != 1 {
		t.Errorf("another site's form: %d, %d given, %v", code, d.given, err)
	}
}

func TestAnArchiveThatFailsHalfWayIsNotTakenForWhole(t *testing.T) {
	d := &warehouse{data: make([]byte, 100_000), fault: errors.New("disk")}
	url, c := stand(t, d)
	if _, _, body, err := call(t, c, http.MethodPost, url+"right", "same-origin"); err == nil {
		t.Errorf("%d bytes came as if they were all", len(body))
	}
	d.data = nil
	if code, _, body, err := call(t, c, http.MethodPost, url+"right", "same-origin"); err != nil || code != http.StatusInternalServerError || strings.Contains(body, "disk") {
		t.Errorf("one that fails at once: %d %s, %v", code, body, err)
	}
}

func TestFewArchivesAreOnTheirWayAtOnce(t *testing.T) {
	d := &warehouse{}
	s := &Server{Archives: d, Now: time.Now, Log: zerolog.Nop()}
	h := newFetch(newSheet(s))
	for range fetchers {
		h.seats <- struct{}{}
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "https://club.example.org/d/right", nil)
	r.SetPathValue("token", "right")
	w := httptest.NewRecorder()
	h.give(w, r)
	if w.Code != http.StatusServiceUnavailable || d.given != 0 || !strings.Contains(w.Body.String(), "few minutes") {
		t.Errorf("%d\n%s", w.Code, w.Body)
	}
}

func TestNobodyFetchesAnArchiveInTheClear(t *testing.T) {
	d := &warehouse{}
	s := &Server{Archives: d, Now: time.Now, Log: zerolog.Nop()}
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, "http://club.example.org/d/right", nil))
		if w.Code != http.StatusForbidden || d.given != 0 || strings.Contains(w.Body.String(), "your password") {
			t.Errorf("%s: %d\n%s", method, w.Code, w.Body)
		}
	}
}
