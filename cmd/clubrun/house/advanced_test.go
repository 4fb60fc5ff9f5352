package house

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"clubrun/store"
)

func TestOwnRulesTemplatesAndWordsAreHeard(t *testing.T) {
	path := filepath.Join(t.TempDir(), "own.toml")
	text := "[rules]\ndaily_cap = 300\n[rules.sport.ride]\neffort = 1.3\n[templates]\nbrief = \"{{.Title}}\"\n[words.en]\n\"close.own\" = \"mine\"\n[words.de]\n\"close.own\" = \"meins\"\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s := Defaults()
	s.Advanced = path
	v, err := s.Voice()
	if err != nil {
		t.Fatal(err)
	}
	if v.Rules == nil || !slices.Contains(v.Templates.Names(), "brief") {
		t.Errorf("rules %v, styles %v", v.Rules, v.Templates.Names())
	}
	for lang, want := range map[string]string{"en": "mine", "de": "meins"} {
		if got := v.Words.For(lang, store.Kilometres).Say("close.own"); got != want {
			t.Errorf("%s says %q", lang, got)
		}
	}
}

func TestOwnSignInTableIsHeard(t *testing.T) {
	path := filepath.Join(t.TempDir(), "own.toml")
	text := "[signin]\nroads = [\"widget\"]\n[signin.mobile]\npause = [3, 6]\n[signin.headers]\nX-App-Ver = \"20000\"\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s := Defaults()
	s.Advanced = path
	if _, err := s.Voice(); err != nil {
		t.Error(err)
	}
	table, err := s.SignIn()
	if err != nil || !slices.Equal(table.Roads, []string{"widget"}) || table.Mobile.Pause != [2]float64{3, 6} || table.Headers["X-App-Ver"] != "20000" {
		t.Errorf("%+v %v", table, err)
	}
	if table, err := Defaults().SignIn(); table != nil || err != nil {
		t.Errorf("%+v %v", table, err)
	}
}

func TestWhatCouldFailOnSundayIsRefusedAtTheStart(t *testing.T) {
	for text, want := range map[string]string{
		"[rules]\ndaily_cap = -1":                  "daily_cap",
		"[rules.sport.juggling]\neffort = 1":       "juggling",
		"[templates]\nbrief = \"{{.Titel}}\"":      "brief",
		"[words.en]\n\"close.own\" = \"{nobody}\"": "nobody",
		"[words.xx]\n\"close.own\" = \"a\"":        "xx",
		"[colours]\nrun = \"red\"":                 "colours",
		"[rules":                                   "line",
		"[signin]\nsso = \"evil.example\"":         "hosts cannot be set",
		"[signin.mobile]\nlogin = \"//evil\"":      "mobile.login",
		"[templates]\nfull = \"another\"":          "full",
		"[words.en]\n\"weekday.0\" = \"Funday\"":   "weekday.0",
	} {
		if _, err := parseAdvanced(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want a word about %s", text, err, want)
		}
	}
	s := Defaults()
	s.Advanced = filepath.Join(t.TempDir(), "missing.toml")
	if _, err := s.Voice(); err == nil || !strings.Contains(err.Error(), "ADVANCED") {
		t.Errorf("a missing file: %v", err)
	}
}
