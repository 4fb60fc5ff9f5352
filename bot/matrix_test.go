package bot_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"clubrun/bot"
	"clubrun/digest/locale"
	"clubrun/store"
	"clubrun/store/storetest"

	"github.com/google/go-cmp/cmp"
)

// cells say by whom a command is asked, and where. Ana is an admin of Tuesday
// Runners, Ben a member who is shown there; Caro is linked and shown nowhere;
// Dora is in the group and never linked; Zoe is in no group.
var cells = []string{
	"member, direct", "member, in the group", "linked and not shared, direct", "admin, direct", "admin, in the group",
	"never linked, direct", "never linked, in the group", "stranger, direct",
}

// mark begins a cell of a file of testdata/commands.
const mark = "# == "

// operators are the commands of who runs the bot. They have a dialogue of their
// own, testdata/operator.txt: nobody else gets more than silence or a hint.
var operators = []string{"status", "pair", "logs"}

// Every command is asked by everybody in every place, with its words and with
// wrong ones: testdata/commands has a file for each, with a part for each cell.
func TestEveryCommandInEveryCell(t *testing.T) {
	var names []string
	if _, err := os.Stat("testdata/operator.txt"); err != nil {
		t.Error("nobody shows what the operator asks", err)
	}
	for _, c := range bot.NewBook().Commands {
		if slices.Contains(operators, c.Name) {
			continue
		}
		names = append(names, c.Name)
		t.Run(c.Name, func(t *testing.T) {
			file := filepath.Join("testdata", "commands", c.Name+".txt")
			script, err := os.ReadFile(file)
			if err != nil {
				t.Fatalf("nobody has asked /%s yet: %v", c.Name, err)
			}
			if missing := missingCells(string(script)); len(missing) > 0 {
				t.Errorf("%s: nobody asks as %s", file, strings.Join(missing, " and as "))
			}
			golden(t, file, string(script), told(t, c.Name, string(script)))
		})
	}
	files, err := filepath.Glob("testdata/commands/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !slices.Contains(names, strings.TrimSuffix(filepath.Base(file), ".txt")) {
			t.Errorf("%s is about no command", file)
		}
	}
}

// told plays a file of the matrix, and looks how long each answer is.
func told(t *testing.T, command, script string) string {
	var got strings.Builder
	play(t, func(w *world) {
		w.cast()
		w.listen = func(o store.Outgoing) {
			if n := utf8.RuneCountInString(o.Text); o.Kind == store.KindText && n > short && n > longer[command].most {
				t.Errorf("/%s is answered in %d characters: %s", command, n, o.Text)
			}
		}
		for i, part := range parts(script) {
			if i > 0 {
				w.calm()
			}
			w.perform(part, &got)
		}
	})
	return got.String()
}

// short is how many characters an answer in a chat may have.
const short = 350

// longer are the answers that may have more, and why.
var longer = map[string]struct {
	most int
	why  string
}{
	"link":    {1100, "the terms are told whole, and Garmin's own page has a long address"},
	"resend":  {450, "the terms, with the first question"},
	"unlink":  {650, "who returns is told the terms again; and is linked, read and asked in one go"},
	"privacy": {1100, "eight lines of all that is read, kept and shown, in one message that can be passed on"},
	"help":    {1450, "/help all is all of it; an admin's own has two lines more"},
	"start":   {600, "an admin's help, as /start is a hello in private"},
	"stats":   {500, "two periods and the records, asked for by name"},
	"me":      {600, "one's own week, month, year and latest workouts"},
	"sync":    {700, "the terms, to somebody who starts without Garmin"},
	"stop":    {450, "the terms, with the first question"},
	"prize":   {1000, "the list of all prizes, only ever in private"},
}

// Nobody keeps an excuse that is not needed any more.
func TestLongAnswersHaveAReason(t *testing.T) {
	for name, l := range longer {
		if l.why == "" || l.most <= short {
			t.Errorf("/%s: why may it be longer?", name)
		}
	}
}

// wordy are the sentences that may be longer, and why.
var wordy = map[string]string{"bot.pair.how": "the operator's steps, one a line, once a year"}

// No sentence is longer than a chat likes, in any language.
func TestSentencesAreShort(t *testing.T) {
	for _, lang := range locale.Languages() {
		file, err := os.ReadFile(filepath.Join("..", "digest", "locale", "words", lang+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		all, err := locale.ParseWords(string(file))
		if err != nil {
			t.Fatal(err)
		}
		for key, text := range all {
			if n := utf8.RuneCountInString(text); strings.HasPrefix(key, "bot.") && n > short && wordy[key] == "" {
				t.Errorf("%s: %s has %d characters", lang, key, n)
			}
		}
	}
}

// missingCells are the cells that a script has no line for.
func missingCells(script string) (missing []string) {
	asked := map[string]bool{}
	for _, part := range parts(script) {
		head, rest, _ := strings.Cut(part, "\n")
		if cell, ok := strings.CutPrefix(head, mark); ok && strings.Contains("\n"+rest, "\n> ") {
			asked[cell] = true
		}
	}
	for _, cell := range cells {
		if !asked[cell] {
			missing = append(missing, cell)
		}
		delete(asked, cell)
	}
	for _, other := range slices.Sorted(maps.Keys(asked)) {
		missing = append(missing, fmt.Sprintf("(there is no cell %q)", other))
	}
	return missing
}

// parts cuts a script before each cell.
func parts(script string) []string {
	var all []string
	for {
		at := strings.Index(script[min(1, len(script)):], "\n"+mark)
		if at < 0 {
			return append(all, script)
		}
		all, script = append(all, script[:at+2]), script[at+2:]
	}
}

// golden compares a dialogue with its file, or rewrites it.
func golden(t *testing.T, file, want, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("dialogue differs (-want +got):\n%s", diff)
	}
}

// cast walks everybody of the matrix to where they stand.
func (w *world) cast() {
	w.stop()
	w.given = &post{}
	r := w.rosters[chatOf("Tuesday Runners")]
	r.People = append(r.People, store.Person{User: storetest.User("dora"), Phone: phone("dora")})
	w.start()
	w.link("ana")
	w.link("ben")
	w.signIn("caro")
	w.say("caro", "no")
}

// Whatever /help gives as an example is understood, in every language.
func TestExamplesOfHelpAreUnderstood(t *testing.T) {
	play(t, func(w *world) {
		w.cast()
		tried := map[string]bool{}
		for _, lang := range locale.Languages() {
			words := locale.For(lang, store.Kilometres)
			w.calm()
			w.say("ana", "/language "+lang)
			for _, c := range bot.NewBook().Commands {
				for _, example := range examples(words.Say("bot.about." + c.Name)) {
					if !tried[example] && !slices.Contains(operators, c.Name) {
						w.tryExample(words, example)
					}
					tried[example] = true
				}
			}
		}
	})
}

// ends is what ends an example in a sentence.
var ends = regexp.MustCompile(`[,;()*·]|:(\s|$)|\.(\s+\p{Lu}|$)`)

// examples are the commands that a text quotes, each up to what ends it.
func examples(text string) (all []string) {
	for _, part := range strings.Split(text, "/")[1:] {
		if at := ends.FindStringIndex(part); at != nil {
			part = part[:at[0]]
		}
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, "/"+part)
		}
	}
	return all
}

// tryExample sends an example, with fewer of the words behind it until it is
// understood: some of them are the sentence around it.
func (w *world) tryExample(words *locale.Locale, example string) {
	w.t.Helper()
	typed := strings.Fields(example)
	if len(typed) == 1 {
		return
	}
	r := bot.NewBook().Parse(example)
	for n := len(typed); n > 1; n-- {
		if w.number%50 == 0 { // nobody is answered without an end
			w.calm()
		}
		if answer := w.say("ana", strings.Join(typed[:n], " ")); !w.puzzles(words, r.Command, answer) {
			return
		}
	}
	w.t.Errorf("nothing of %q is understood: %s", example, w.say("ana", example))
}

// puzzles says whether an answer is that a command was not understood.
func (w *world) puzzles(words *locale.Locale, command, answer string) bool {
	for _, key := range []string{
		"bot." + command + ".unknown", "bot." + command + ".unit", "bot." + command + ".past", "bot.schedule.time", "bot.schedule.day",
		"bot.language.which", "bot.export.formats", "bot.hint", "bot.about.none", "bot.guess", "bot.future", "bot.toolong",
	} {
		if text, _, _ := strings.Cut(words.Say(key), "{"); words.Has(key) && len(text) > 4 && strings.Contains(answer, strings.Split(text, "\n")[0]) {
			return true
		}
	}
	return command == "" || answer == ""
}
