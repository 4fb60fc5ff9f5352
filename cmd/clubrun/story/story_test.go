package story

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"clubrun/store/storetest"
)

const stories = "../../../testdata/stories"

// play plays a story in a bubble of its own and returns the transcript.
func play(t *testing.T, s Story) (transcript string, err error) {
	t.Helper()
	var out bytes.Buffer
	synctest.Test(t, func(t *testing.T) {
		p, e := New(t.Context(), Options{
			World: Default(), Seed: 1, Data: storetest.Folder(t), Out: &out, Dir: t.TempDir(), Base: stories,
		})
		if e != nil {
			t.Fatal(e)
		}
		err = p.Play(t.Context(), s)
		if e := p.Close(); e != nil {
			t.Error(e)
		}
	})
	return out.String(), err
}

func read(t *testing.T, text string) Story {
	t.Helper()
	s, err := Read("test", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var all = flag.Bool("all-stories", false, "play every story of testdata, and every end of a full life; the gate does")

// core are the stories that stand for all where time is short.
var core = []string{"first-week.txt", "wrong-code.txt", "restart-and-kill.txt"}

func TestEveryStoryComesTrue(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(stories, "*.txt"))
	if err != nil || len(files) < 5 {
		t.Fatalf("%d stories, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			if testing.Short() && filepath.Base(file) != "restart-and-kill.txt" {
				t.Skip("short: one story that pairs, links, syncs, posts and is killed stands for all")
			}
			if !*all && !slices.Contains(core, filepath.Base(file)) {
				t.Skip("played by the gate, or with -all-stories")
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := play(t, read(t, string(text))); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestTheSameStoryHasTheSameTranscript(t *testing.T) {
	if testing.Short() {
		t.Skip("short: the gate compares the transcripts of every story")
	}
	s := read(t, "linked: ana, ben, dev, hana@Tuesday Runners\nana@Tuesday Runners: /schedule sun 18:00\nuntil sun 18:00\nexpect image\n")
	first, err := play(t, s)
	if err != nil {
		t.Fatal(err)
	}
	second, err := play(t, s)
	if err != nil || first != second {
		t.Errorf("%v; first:\n%s\nsecond:\n%s", err, first, second)
	}
	if !strings.Contains(first, "2026-09-13 18:00 bot -> Tuesday Runners [image 0001.jpg 1080x") {
		t.Errorf("no picture in:\n%s", first)
	}
}

func TestAnExpectationThatIsNotMetNamesItsLine(t *testing.T) {
	for _, expect := range []string{"expect: these words never come", "expect none", "expect not: /link", "expect image", "expect reaction 👏"} {
		_, err := play(t, read(t, "# a comment\nana: /help\n"+expect+"\n"))
		var failed *Failed
		if !errors.As(err, &failed) || failed.Line.Number != 3 || failed.File != "test" {
			t.Errorf("%s: got %v, want a failure in line 3", expect, err)
		}
	}
}

func TestAFailureOfATypedLineNamesNoPlace(t *testing.T) {
	if got := (&Failed{Line: Line{Text: "expect none"}, Reason: "it spoke"}).Error(); got != "expect none: it spoke" {
		t.Errorf("got %q", got)
	}
}

func TestADisturbanceLastsUntilOK(t *testing.T) {
	if testing.Short() {
		t.Skip("short: the gate's stories disturb both networks")
	}
	for _, what := range []string{"drop", "429"} {
		_, err := play(t, read(t, "whatsapp: "+what+`
ana: /help
expect none
kill
expect none
wait 2m
expect none
restart
expect none
whatsapp: ok
wait 10m
ana: /week
expect: Week
`))
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := play(t, read(t, "whatsapp: drop\nana: /help\nwait 3h\nexpect none\nwhatsapp: ok\nexpect: Clubrun\n")); err != nil {
		t.Error(err)
	}
}

func TestWhatCannotHappenInTheWorldIsSaid(t *testing.T) {
	for line, want := range map[string]string{
		"linked: ana@Night Owls":           `there is no group "Night Owls"`,
		"linked: zoe@Tuesday Runners":      "link zoe:",
		"remove zoe@Tuesday Runners":       "remove: zoe is not in Tuesday Runners",
		"add ana@Tuesday Runners":          "add: ana is already in Tuesday Runners",
		"garmin ana: upload":               "upload needs a file",
		"garmin ana: sulk":                 `no such disturbance: "sulk"`,
		"whatsapp: sulk":                   `whatsapp cannot be disturbed by "sulk"`,
		"kill at the.end":                  `there is no point "the.end"`,
		"ana reacts 👏":                     "nothing there to react to",
		"ana edits: /week":                 "has written nothing to edit",
		"ben: {code}":                      "garmin has sent Ben no code",
		"kill at digest.saved\nana: /help": "never reached digest.saved",
	} {
		_, err := play(t, read(t, line+"\n"))
		var bad *Error
		if !errors.As(err, &bad) || !strings.Contains(bad.Reason, want) || strings.Contains(bad.Reason, "test:") {
			t.Errorf("%s: got %v, want %q", line, err, want)
		}
	}
}

func TestTheDefaultWorldIsWhatItPromises(t *testing.T) {
	w := Default()
	if err := w.check(); err != nil {
		t.Fatal(err)
	}
	if n := len(w.Groups[0].Admins) + len(w.Groups[0].Members); n != 8 {
		t.Errorf("Tuesday Runners has %d people, want 8", n)
	}
	if n := len(w.Groups[1].Admins) + len(w.Groups[1].Members); n != 60 {
		t.Errorf("Parkside RC has %d people, want 60", n)
	}
	if got := w.Start.In(w.zone()).Format("Mon 2 January 2006 15:04"); got != "Wed 9 September 2026 12:00" {
		t.Errorf("it is %s", got)
	}
}

func TestAWorldThatCannotBeIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"unknown field":  `{"start":"2026-09-09T11:00:00Z","paired":"2026-06-01T09:00:00Z","zone":"Europe/Lisbon","colour":"red"}`,
		"no zone":        `{"start":"2026-09-09T11:00:00Z","paired":"2026-06-01T09:00:00Z"}`,
		"paired later":   `{"start":"2026-06-01T09:00:00Z","paired":"2026-09-09T11:00:00Z","zone":"Europe/Lisbon"}`,
		"unknown member": `{"start":"2026-09-09T11:00:00Z","paired":"2026-06-01T09:00:00Z","zone":"Europe/Lisbon","groups":[{"name":"A","admins":["Ana"]}]}`,
		"twice":          `{"start":"2026-09-09T11:00:00Z","paired":"2026-06-01T09:00:00Z","zone":"Europe/Lisbon","people":[{"name":"Ana"},{"name":"ana"}]}`,
	} {
		if _, err := Load(strings.NewReader(text)); err == nil {
			t.Errorf("%s: was accepted", name)
		}
	}
}
