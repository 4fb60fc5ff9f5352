package gallery

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"clubrun/digest/locale"
)

func TestEveryLanguageHasItsPage(t *testing.T) {
	if testing.Short() {
		t.Skip("draws every picture in every language")
	}
	dir := t.TempDir()
	index, err := Write(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i, lang := range locale.Languages() {
		data, err := os.ReadFile(filepath.Join(dir, pageName(i, lang)))
		if err != nil {
			t.Fatal(err)
		}
		page := string(data)
		for _, want := range []string{lang + "-small-week.jpg", lang + "-club-week.jpg", lang + "-invitation.jpg", `<html lang="` + lang + `">`, "Ana"} {
			if !strings.Contains(page, want) {
				t.Errorf("%s does not show %q", lang, want)
			}
		}
		for _, c := range strings.Split(page, `<img src="`)[1:] {
			file, _, _ := strings.Cut(c, `"`)
			if _, err := os.Stat(filepath.Join(dir, file)); err != nil {
				t.Errorf("%s shows a picture that is not there: %v", lang, err)
			}
		}
	}
	if filepath.Base(index) != "index.html" {
		t.Errorf("begins at %s", index)
	}
}

func TestTextsLookAsInAChat(t *testing.T) {
	for in, want := range map[string]string{
		"*bold* and _soft_ <b>": "<b>bold</b> and <i>soft</i> &lt;b&gt;",
		"```a\nb```\nc":         "<pre>a\nb</pre>c",
		"2 * 3 * 4":             "2 * 3 * 4",
	} {
		if got := string(chat(in)); got != want {
			t.Errorf("%q looks like %q, want %q", in, got, want)
		}
	}
}
