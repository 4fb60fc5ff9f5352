package bot_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"clubrun/digest/locale"
	"clubrun/store"
)

// moments are the steps of the way in and all that goes wrong on it, each with
// the words that its dialogue holds; without words where a story alone shows it.
var moments = []struct{ name, words string }{
	{"the first direct message: the terms", "bot.terms.operator"},
	{"the choice of a way", "bot.link.road"},
	{"the wrong page is pasted", "bot.link.ticket.form"},
	{"the ticket is too old", "bot.refused.ticket"},
	{"the bot's own page: once, for ten minutes", ""},
	{"a wrong code", "bot.refused.code"},
	{"a code of not six digits", "bot.link.code.form"},
	{"a code too late", "bot.timeout.link"},
	{"no code comes", "bot.resend.anew"},
	{"the third wrong code", "bot.refused.tries"},
	{"a wrong password", "bot.refused.password"},
	{"Garmin limits sign-ins", "bot.refused.rate"},
	{"Garmin wants a puzzle solved", "bot.refused.captcha"},
	{"Garmin wants new terms agreed to, or a profile made", ""},
	{"Garmin wants a telephone number", "bot.refused.phone"},
	{"Garmin has locked the account", "bot.refused.locked"},
	{"Garmin is down or has changed", "bot.refused.down"},
	{"the account is linked to somebody else", "bot.refused.taken"},
	{"linked, with a preview of the own line", "bot.share.preview"},
	{"private workouts are told of before the yes", "bot.read.private"},
	{"another name, and one that is taken", "bot.share.taken"},
	{"Garmin signs the bot out", ""},
	{"somebody leaves the group", "bot.nogroup"},
	{"unlinked", "bot.unlinked"},
	{"erased", "bot.deleted"},
	{"a password in the group", "bot.posted"},
}

var named = regexp.MustCompile("\\]\\(([^)]+)\\)|`([^`]+)`")

// Every step of the way in and every failure on it is shown: the index of the
// stories names files that are there, and the dialogues say the words of it.
func TestEveryFailureOnTheWayInIsShown(t *testing.T) {
	root := filepath.Join("..", "testdata", "stories")
	index, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	words := locale.For("en", store.Kilometres)
	for _, m := range moments {
		_, row, found := strings.Cut(string(index), "\n| "+m.name+" |")
		row, _, _ = strings.Cut(row, "\n")
		files := named.FindAllStringSubmatch(row, -1)
		if !found || len(files) == 0 {
			t.Errorf("nothing shows %q", m.name)
		}
		said := ""
		for _, file := range files {
			path := filepath.Join(root, file[1])
			if file[2] != "" {
				path = filepath.Join("..", file[2])
			}
			text, err := os.ReadFile(path)
			if err != nil {
				t.Errorf("%q: %v", m.name, err)
			}
			if file[2] != "" {
				said += string(text)
			}
		}
		if m.words != "" && !holds(said, words.Say(m.words, "n", 2)) && !holds(said, words.Say(m.words, "n", 1)) {
			t.Errorf("no dialogue of %q says %s", m.name, m.words)
		}
	}
}

// holds says whether a dialogue has a text, as far as nothing is filled in it.
func holds(dialogue, text string) bool {
	line, _, _ := strings.Cut(text, "\n")
	for _, part := range regexp.MustCompile(`\{[a-z]+\}`).Split(line, -1) {
		if !strings.Contains(dialogue, strings.TrimSpace(part)) {
			return false
		}
	}
	return line != ""
}
