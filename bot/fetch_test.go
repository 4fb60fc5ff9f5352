package bot_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"clubrun/store"
)

// offered asks for an export that no chat takes, and returns the token of the
// page that is offered, and what is said.
func (w *world) offered(who, text string) (token, said string) {
	w.t.Helper()
	names, said := w.export(who, text)
	found := regexp.MustCompile(`https://club\.example\.org/d/(\S+)`).FindStringSubmatch(said)
	if names != nil || found == nil {
		w.t.Fatalf("%s: %v, %s", text, names, said)
	}
	return found[1], said
}

// fetched returns the names in the archive that a token opens.
func (w *world) fetched(token string) (names []string, err error) {
	w.t.Helper()
	var out bytes.Buffer
	_, seen := w.bot.Fetch(w.t.Context(), token)
	if err := w.bot.WriteFetched(w.t.Context(), token, &out); err != nil {
		if seen == nil || out.Len() > 0 {
			w.t.Errorf("%v, with %d bytes; the page %v", err, out.Len(), seen)
		}
		return nil, err
	}
	r, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil || seen != nil {
		w.t.Fatal(err, seen)
	}
	for _, f := range r.File {
		names = append(names, f.Name)
	}
	return names, nil
}

// playLarge plays where every export is too large for a chat.
func playLarge(t *testing.T, f func(w *world)) {
	t.Helper()
	play(t, func(w *world) {
		w.set.PublicURL, w.limit = "https://club.example.org", 100
		w.calm()
		w.link("ben")
		f(w)
	})
}

func TestAnExportThatIsTooLargeIsFetchedFromAPage(t *testing.T) {
	playLarge(t, func(w *world) {
		token, said := w.offered("ben", "/export")
		if !strings.Contains(said, "until *Thu 12:") {
			t.Error(said)
		}
		for range 2 { // a connection may break
			if names, err := w.fetched(token); strings.Join(names, " ") != "activities.csv member.json README.txt" {
				t.Errorf("%v, %v", names, err)
			}
		}
		entries, err := w.db.Audited(w.t.Context(), 3)
		if err != nil || len(entries) != 3 || entries[0].Action != "own.export" || entries[0].Detail != "page" || entries[2].Detail != "" {
			t.Errorf("%+v, %v", entries, err)
		}
		w.calm() // a restart forgets nothing
		time.Sleep(23 * time.Hour)
		if _, err := w.fetched(token); err != nil {
			t.Errorf("after 23 hours: %v", err)
		}
		time.Sleep(2 * time.Hour)
		if _, err := w.fetched(token); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("after a day: %v", err)
		}
	})
}

func TestOnlyTheLastPageOfAnExportIsOpen(t *testing.T) {
	playLarge(t, func(w *world) {
		first, _ := w.offered("ben", "/export")
		if names, said := w.export("ben", "/export"); names != nil || strings.Contains(said, "https://") {
			t.Errorf("within the hour: %v %s", names, said)
		}
		time.Sleep(2 * time.Hour)
		second, _ := w.offered("ben", "/export csv")
		if names, err := w.fetched(second); strings.Join(names, " ") != "activities.csv README.txt" {
			t.Errorf("%v, %v", names, err)
		}
		id, _, _ := strings.Cut(second, "-")
		for _, token := range []string{first, "", "-", id, id + "-", "zz" + second, second + "x", strings.Repeat("1", 200)} {
			if _, err := w.fetched(token); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("%q: %v", token, err)
			}
		}
		w.say("ben", "/delete")
		w.say("ben", "DELETE")
		if _, err := w.fetched(second); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("of who was erased: %v", err)
		}
	})
}
