package render

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

var update = flag.Bool("update", false, "rewrite the golden texts")

// incomplete are the languages that do not have every text yet: they say the
// rest in English and have no golden texts.
var incomplete = []string{}

// finished are the languages that have golden texts.
func finished() []string {
	return slices.DeleteFunc(locale.Languages(), func(lang string) bool { return slices.Contains(incomplete, lang) })
}

// situation is a report and what is written about it.
type situation struct {
	name  string
	only  []string    // the languages it matters in; none for all
	units store.Units // kilometres where none are told
	write func(l *locale.Locale) string
}

// few are the languages in which a situation is shown that differs from others
// in figures, not in words.
var few = []string{"en", "de", "fr"}

func TestGoldenTexts(t *testing.T) {
	known := map[string]bool{}
	for _, lang := range finished() {
		for _, s := range situations() {
			if len(s.only) > 0 && !slices.Contains(s.only, lang) {
				continue
			}
			path := filepath.Join("testdata", lang, s.name+".txt")
			if known[path] {
				t.Errorf("%s is there twice", path)
			}
			known[path] = true
			text := s.write(locale.For(lang, s.units))
			golden(t, path, text)
			readable(t, path, text)
		}
	}
	if n := len(situations()); n < 40 {
		t.Errorf("%d situations", n)
	}
	files, _ := filepath.Glob("testdata/*/*.txt")
	for _, path := range files {
		if !known[path] {
			t.Errorf("%s is of no situation", path)
		}
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	got += "\n"
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s changed (-want +got):\n%s", path, diff)
	}
}

// readable says whether a text fits the chat: short enough not to fold, its
// story in the first five lines, no monospaced line wider than a phone, no
// gap too many, no placeholder left.
func readable(t *testing.T, path, text string) {
	t.Helper()
	limit, name := smallText, filepath.Base(path)
	switch {
	case strings.HasPrefix(name, "club"), strings.HasPrefix(name, "thousand"), strings.HasPrefix(name, "own"), strings.HasPrefix(name, "longer"), strings.HasPrefix(name, "period"), strings.HasPrefix(name, "list"):
		limit = clubText
		if strings.HasPrefix(name, "list") {
			limit = longText // it is never sent
		}
	case strings.HasPrefix(name, "short"):
		limit = shortText
	}
	if n := utf8.RuneCountInString(text); n > limit {
		t.Errorf("%s has %d signs, at most %d fit", path, n, limit)
	}
	lines := strings.Split(text, "\n")
	if n := utf8.RuneCountInString(strings.Join(lines[:min(5, len(lines))], "\n")); n > 350 && !strings.HasPrefix(name, "list") {
		t.Errorf("%s: the first five lines have %d signs", path, n)
	}
	if strings.Contains(text, "\n\n\n") || strings.Contains(text, "%!") || strings.ContainsAny(text, "{}") || strings.Contains(text, gap) {
		t.Errorf("%s reads badly:\n%s", path, text)
	}
	narrow(t, path, text)
}

// narrow says whether every monospaced line is at most 22 columns wide.
func narrow(t *testing.T, path, text string) {
	t.Helper()
	parts := strings.Split(text, "```")
	if len(parts)%2 != 1 {
		t.Errorf("%s: a monospaced part does not end: %q", path, text)
	}
	for i := 1; i < len(parts); i += 2 {
		for line := range strings.SplitSeq(parts[i], "\n") {
			if w := locale.Width(line); w > boardWidth {
				t.Errorf("%s: %q is %d wide", path, line, w)
			}
		}
	}
}

// Every language that is finished has every text, and the list of those that
// are not shrinks.
func TestLanguagesAreComplete(t *testing.T) {
	for _, lang := range locale.Languages() {
		missing := locale.Missing(lang)
		switch unfinished := slices.Contains(incomplete, lang); {
		case unfinished && len(missing) == 0:
			t.Errorf("%s has every text: take it off the list", lang)
		case !unfinished && len(missing) > 0:
			t.Errorf("%s lacks %d texts, such as %s", lang, len(missing), missing[0])
		}
	}
}

// Whatever the language, the columns of every board and the story at the top
// fit, as far as the language has its words.
func TestEveryLanguageFitsTheChat(t *testing.T) {
	for _, lang := range locale.Languages() {
		for _, units := range []store.Units{store.Kilometres, store.Miles, store.Both} {
			l := locale.For(lang, units)
			for _, s := range Samples() {
				for _, style := range styles {
					for _, metric := range metrics {
						r := s.Report
						r.Group.Style = style
						ranked(&r, metric)
						readable(t, strings.Join([]string{fits(style, s.Name), lang, string(units), string(metric)}, "-"), Digest(r, l))
					}
				}
			}
		}
	}
}

// fits names a text so that readable knows its limit.
func fits(style, name string) string {
	if style == StyleShort {
		return "short-" + name
	}
	return name
}

var metrics = []store.Metric{store.ByEffort, store.ByDays, store.ByTime, store.ByDistance, store.ByClimb, store.ByCount, store.ByPoints}

// ranked ranks a sample by a metric, without computing it anew.
func ranked(r *digest.Report, m store.Metric) {
	r.Metric, r.Sport, r.Rows = m, "", slices.Clone(r.Rows)
	if m == store.ByDistance {
		r.Sport = store.Run
	}
	slices.SortStableFunc(r.Rows, func(a, b digest.Row) int { return r.Score(b) - r.Score(a) })
	for i := range r.Rows {
		r.Rows[i].Rank = i + 1
		if i > 0 && r.Score(r.Rows[i]) == r.Score(r.Rows[i-1]) {
			r.Rows[i].Rank = r.Rows[i-1].Rank
		}
	}
}

// Whatever can be told of somebody has words, in a line of its own and in a
// club's lists.
func TestEveryKindAndSportHasWords(t *testing.T) {
	l := locale.For("en", store.Kilometres)
	for _, kind := range clubKinds {
		own := kind == digest.KindTogether || kind == digest.KindCheered || kind == digest.KindGroup
		if !own && !l.Has("club."+string(kind)) {
			t.Errorf("club.%s has no words", kind)
		}
		if kind != digest.KindFar && kind != digest.KindGroup && !l.Has("hl."+string(kind)) {
			t.Errorf("hl.%s has no words", kind)
		}
	}
	for _, s := range []store.Sport{
		store.Run, store.Ride, store.EBike, store.Swim, store.Walk, store.Hike,
		store.Row, store.Ski, store.Strength, store.Yoga, store.Team, store.Other,
	} {
		if !l.Has("sport."+string(s)) || !l.Has("sport.one."+string(s)) {
			t.Errorf("%s has no words", s)
		}
	}
	for _, marks := range [][]landmark{heights[:], ways[:], waters[:]} {
		for _, m := range marks {
			if !l.Has("place." + m.key) {
				t.Errorf("place.%s has no words", m.key)
			}
		}
	}
}
