package operate_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"clubrun/cmd/clubrun/story"
	"clubrun/store/storetest"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// play plays a story against a house in a bubble and returns the transcript.
func play(t *testing.T, text string) string {
	t.Helper()
	if testing.Short() && !strings.HasPrefix(text, "operator: groups\n") {
		t.Skip("short: the commands about groups stand for all")
	}
	told, err := story.Read("test", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	synctest.Test(t, func(t *testing.T) {
		p, err := story.New(t.Context(), story.Options{World: small(), Seed: 1, Data: storetest.Folder(t), Out: &out, Dir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Play(t.Context(), told); err != nil {
			t.Error(err)
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return out.String()
}

// small is the demo's world with only those who are needed here.
func small() story.World {
	w := story.Default()
	w.People = slices.DeleteFunc(w.People, func(p story.Person) bool {
		return !slices.Contains([]string{"Ana", "Ben", "Ines", "Zoe"}, p.Name)
	})
	w.Groups[0].Members, w.Groups[1].Members = []string{"Ben"}, nil
	return w
}

// What depends on the pace at which people type and on their training is not
// the operator's.
var passing = []struct {
	what *regexp.Regexp
	by   string
}{
	{regexp.MustCompile(`(T\d\d:\d\d):\d\dZ`), "$1:00Z"},
	{regexp.MustCompile(`"(uptime_s|processed)":\d+`), `"$1":1`},
	{regexp.MustCompile(`("state":"signed_out","reason"):"[^"]+"`), `$1:"…"`},
	{regexp.MustCompile(`"sha256":"[0-9a-f]{64}","size":\d+`), `"sha256":"…","size":1`},
	{regexp.MustCompile(`(list: signed out): .*`), "$1: …"},
	{regexp.MustCompile(`requests( +)\d+ of (\d+) this hour, \d+ of`), "requests${1}1 of $2 this hour, 1 of"},
	{regexp.MustCompile(`"(hour|day|ok)":\d+`), `"$1":1`},
}

// answers returns what the operator read, each block behind its command.
func answers(commands, transcript string) string {
	var asked []string
	for line := range strings.Lines(commands) {
		if command, ok := strings.CutPrefix(line, "operator: "); ok {
			asked = append(asked, command)
		}
	}
	var b strings.Builder
	inside := false
	for line := range strings.Lines(transcript) {
		if !strings.HasPrefix(line, "  ") {
			if inside = strings.HasSuffix(line, " operator\n"); inside {
				b.WriteString("$ clubrun " + asked[0])
				asked = asked[1:]
			}
			continue
		}
		if inside {
			b.WriteString(strings.TrimPrefix(line, "  "))
		}
	}
	text := b.String()
	for _, p := range passing {
		text = p.what.ReplaceAllString(text, p.by)
	}
	return text
}

func TestWhatTheOperatorReads(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := answers(string(text), play(t, string(text)))
			golden := strings.TrimSuffix(file, ".txt") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAPreviewIsWhatIsPosted(t *testing.T) {
	out := play(t, "linked: ana, ben@Tuesday Runners\noperator: digest preview --group 1\noperator: digest send --group 1\nexpect image\n")
	preview, posted, ok := strings.Cut(out, "bot -> Tuesday Runners\n")
	if !ok {
		t.Fatal(out)
	}
	posted, _, _ = strings.Cut(posted, "2026-")
	if !strings.Contains(posted, "Week 36") || !strings.Contains(preview, strings.TrimRight(posted, "\n")) {
		t.Errorf("previewed\n%s\nposted\n%s", preview, posted)
	}
	if !strings.Contains(preview, "[image digest-out/digest-1-2026-08-31.jpg 1080x") {
		t.Errorf("no picture in\n%s", preview)
	}
}

func TestADigestSentByHandIsNotPostedAgainOnSunday(t *testing.T) {
	out := play(t, "linked: ana@Tuesday Runners\noperator: schedule --group 1 mon 07:00\nuntil sun 19:00\n"+
		"operator: digest send --group 1 --week 2026-W37\nexpect: Week 37\n"+
		"operator: digest send --group 1 --week 2026-W37\nexpect none\nuntil mon 07:10\nexpect none\n")
	if strings.Count(out, "is on its way") != 1 || strings.Count(out, "was posted already") != 1 {
		t.Error(out)
	}
}

var number = regexp.MustCompile(`35191\d+`)

func TestPhoneNumbersAreShownOnlyWhenAskedFor(t *testing.T) {
	quiet := play(t, "linked: ana@Tuesday Runners\noperator: members\noperator: members -o json\noperator: audit\noperator: status -o json\n")
	_, quiet, _ = strings.Cut(quiet, " operator\n")
	if found := number.FindString(quiet); found != "" {
		t.Errorf("%s in\n%s", found, quiet)
	}
	asked := answers("operator: members --phones\n", play(t, "linked: ana@Tuesday Runners\noperator: members --phones\n"))
	if number.FindString(asked) == "" {
		t.Errorf("no number in\n%s", asked)
	}
}
