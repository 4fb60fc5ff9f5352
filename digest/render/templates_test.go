package render

import (
	"slices"
	"strings"
	"testing"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// The built-in templates are read without a fault and used by name.
func TestBuiltInTemplatesAreWhole(t *testing.T) {
	for _, name := range styles {
		parsed, err := parseTemplate(name, files()[name])
		if err != nil {
			t.Fatal(err)
		}
		if err := try(name, parsed); err != nil {
			t.Error(err)
		}
	}
	if len(files()) != len(styles)+1 {
		t.Errorf("%d templates, %d styles and the parts", len(files()), len(styles))
	}
}

func TestOwnTemplatesWriteTheDigest(t *testing.T) {
	own, err := ParseTemplates(map[string]string{
		"haiku": "{{.Title}}\n{{.Moved}}\n\n{{with .Board}}{{range .Rows}}{{.Rank}}. {{.Name}} {{.Value}}\n{{end}}{{end}}\n{{template \"highlights\" .}}\n{{.Say \"close.own\"}}",
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(own.Names(), " "); got != "full short points haiku" {
		t.Error(got)
	}
	r := samplePlain()
	r.Group.Style = "haiku"
	text, err := own.Digest(r, locale.For("en", store.Kilometres))
	if err != nil {
		t.Fatal(err)
	}
	want := "*Week 37* · Mon 7 – Sun 13 Sep\n*8 of 8 moved*\n\n1. Ana 412\n2. Ben 365\n"
	if !strings.HasPrefix(text.Body, want) || !strings.HasSuffix(text.Body, "\n_Your own numbers: write me /me_") {
		t.Errorf("%s", text.Body)
	}
	if len(text.Mentions) != 7 || text.Mentions[0] != (store.Mention{Athlete: 4, Week: sampleWeek.Start, Kind: "race"}) {
		t.Errorf("mentions %+v", text.Mentions)
	}
}

// A template that could fail on the day is refused when it is saved, by a
// sentence with its name, its line and its fault.
func TestBrokenTemplatesAreRefused(t *testing.T) {
	for source, want := range map[string]string{
		"{{.Title}}\n{{.Nonsense}}":          `template "mine", line 2: .Nonsense: can't evaluate field Nonsense in type the report (in the situation "small")`,
		"{{.Title}":                          `template "mine", line 1: bad character U+007D '}'`,
		"{{if .Title}}\n\n{{.Title}}":        `template "mine", line 3: unexpected EOF`,
		"{{shout .Title}}":                   `template "mine", line 1: function "shout" not defined`,
		"x\n{{index .Highlights 0}}":         `template "mine", line 2: index .Highlights 0: error calling index: reflect: slice index out of range (in the situation "one")`,
		"x {{.Board.Mono}}":                  `template "mine", line 1: .Board.Mono: nil pointer evaluating *render.Ranking.Mono (in the situation "quiet")`,
		"{{range $i := 1000000000}}{{end}}x": `template "mine": it does not come to an end (in the situation "small")`,
		"{{define \"a\"}}{{template \"a\" .}}{{end}}{{template \"a\" .}}":                        `template "mine": it does not come to an end (in the situation "small")`,
		"{{$s := \"ab\"}}{{range 60}}{{$s = print $s $s}}{{end}}":                                `template "mine": a text in it grows without end (in the situation "small")`,
		"{{$s := \"\\\\\"}}{{range 60}}{{$s = js $s}}{{end}}":                                    `template "mine": a text in it grows without end (in the situation "small")`,
		"{{$s := \"ab\"}}{{range 60}}{{$s = lines $s $s}}{{end}}":                                `template "mine": a text in it grows without end (in the situation "small")`,
		"{{$s := \"ab\"}}{{range 60}}{{$s = $.Say \"list.and\" \"list\" $s \"last\" $s}}{{end}}": `template "mine": a text in it grows without end (in the situation "small")`,
		"{{range 19000}}{{$.Title}}{{end}}":                                                      `template "mine": its text is longer than 16384 bytes (in the situation "small")`,
		"{{printf \"%999999999d\" 1}}":                                                           `template "mine": printf takes no widths above 99 and no *`,
		"{{printf \"%*d\" 999999999 1}}":                                                         `template "mine": printf takes no widths above 99 and no *`,
		"{{.Rest}}":                                                                              `template "mine": it writes nothing that can be read (in the situation "small")`,
		"\xff":                                                                                   `template "mine": it is not written in UTF-8`,
		strings.Repeat("x", sourceMost+1):                                                        `template "mine": it is longer than 16384 bytes`,
		"{{template \"nobody\" .}}":                                                              `template "mine", line 1: {{template "nobody" .}}: template "nobody" not defined`,
	} {
		_, err := ParseTemplates(map[string]string{"mine": source})
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.60q is refused by\n%v, want\n%s", source, err, want)
		}
	}
	for _, name := range []string{"full", "", "Mine", "a b", "../x", strings.Repeat("x", 21)} {
		if _, err := ParseTemplates(map[string]string{name: "x"}); err == nil {
			t.Errorf("a template may be called %q", name)
		}
	}
}

// What fails all the same is written in the full style, and the fault is told.
func TestAFailingStyleFallsBackToTheFullOne(t *testing.T) {
	own, err := ParseTemplates(map[string]string{"first": "{{if eq .Members 77}}{{.Nonsense}}{{end}}{{.Title}}"})
	if err != nil {
		t.Fatal(err)
	}
	l := locale.For("en", store.Kilometres)
	r := samplePlain()
	full := Digest(r, l)
	for style, change := range map[string]func(*digest.Report){
		"first": func(r *digest.Report) { r.Members = 77 },
		"gone":  func(r *digest.Report) {},
	} {
		r := samplePlain()
		change(&r)
		want := Digest(r, l)
		r.Group.Style = style
		text, err := own.Digest(r, l)
		if err == nil || text.Body != want || len(text.Mentions) == 0 {
			t.Errorf("%s: %v\n%s", style, err, text.Body)
		}
	}
	r.Group.Style = "gone"
	if got := Digest(r, l); got != full {
		t.Errorf("an unknown style reads\n%s", got)
	}
}

// Only who is named in the text counts as mentioned.
func TestMentionsAreOfTheTextAlone(t *testing.T) {
	l := locale.For("en", store.Kilometres)
	for _, s := range Samples() {
		for _, style := range styles {
			r := s.Report
			r.Group.Style = style
			text, err := (*Templates)(nil).Digest(r, l)
			if err != nil {
				t.Fatal(err)
			}
			for i, m := range text.Mentions {
				if slices.Contains(text.Mentions[:i], m) {
					t.Errorf("%s in %s: %+v stands twice", s.Name, style, m)
				}
				row, _ := r.Own(m.Athlete)
				if row.Name == "" || !strings.Contains(text.Body, row.Name) {
					t.Errorf("%s in %s: %+v is not named in\n%s", s.Name, style, m, text.Body)
				}
			}
		}
	}
}

// Nobody in a pause is named, whatever the style.
func TestWhoIsInAPauseIsNotNamed(t *testing.T) {
	l := locale.For("en", store.Kilometres)
	for _, style := range styles {
		for _, r := range []digest.Report{sampleQuiet(), samplePlain()} {
			r.Group.Style, r.Highlights = style, nil
			row := r.Rows[0]
			row.Paused, row.Rank = true, 0
			r.Rows = append(append([]digest.Row{}, r.Rows[1:]...), row)
			if text := Digest(r, l); strings.Contains(text, row.Name) {
				t.Errorf("%s names %s:\n%s", style, row.Name, text)
			}
		}
	}
}
