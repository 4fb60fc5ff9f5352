package render

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// unsaid are the keys that no situation says: other rooms do, or they are on
// pictures.
var unsaid = []string{"bot.", "card.", "weekday", "month.", "date.", "number.", "duration.", "clock.", "typed.", "effort.short", "page.", "takeout."}

// Every sentence is said in some situation, and with all of its placeholders:
// each key is made to say its own name and everything that it is filled with.
func TestEverySentenceIsSaidWithItsPlaceholders(t *testing.T) {
	file, err := os.ReadFile("../locale/words/en.txt")
	if err != nil {
		t.Fatal(err)
	}
	all, err := locale.ParseWords(string(file))
	if err != nil {
		t.Fatal(err)
	}
	own := map[string]string{}
	for key, text := range all {
		if !slices.ContainsFunc(unsaid, func(prefix string) bool { return strings.HasPrefix(key, prefix) }) {
			own[key] = "⟦" + key + "⟧" + placeholders(text)
		}
	}
	words, err := (*locale.Wording)(nil).With("en", own)
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for _, units := range []store.Units{store.Kilometres, store.Miles} {
		for _, s := range append(situations(), everything()...) {
			text := s.write(words.For("en", units))
			if at := strings.IndexAny(text, "{}"); at >= 0 {
				t.Errorf("%s: a placeholder is left: %.80s", s.name, text[max(0, at-60):])
			}
			said.WriteString(text)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(own)) {
		if !strings.Contains(said.String(), "⟦"+key+"⟧") {
			t.Errorf("no situation says %s", key)
		}
	}
}

// placeholders are the placeholders of a text, one after the other.
func placeholders(text string) string {
	var found strings.Builder
	for {
		_, after, ok := strings.Cut(text, "{")
		name, rest, closed := strings.Cut(after, "}")
		if !ok || !closed {
			return found.String()
		}
		found.WriteString("{" + name + "}")
		text = rest
	}
}

// everything says what stands in long lists, one by one.
func everything() []situation {
	var all []situation
	say := func(write func(l *locale.Locale) string) {
		all = append(all, situation{name: "everything", write: write})
	}
	say(func(l *locale.Locale) string { return Race(sampleSmall().Highlights[0], l) })
	for _, distance := range []float64{0, 1000, 1609.344, 5000, 10000, 15000, 21097.5, 42195, 50000} {
		say(func(l *locale.Locale) string {
			return Race(digest.Highlight{Kind: digest.KindRace, Athlete: 1, Name: "Ana", Sport: store.Run, Distance: distance, Time: 3e12}, l)
		})
	}
	frozen := sampleQuiet()
	frozen.Aside = frozen.Aside[:1]
	say(digested(frozen))
	sunday := samplePlain()
	sunday.Span, sunday.SoFar, sunday.Begun = store.WeekOf(sunday.Span.Start, 0), true, 2
	say(func(l *locale.Locale) string { return SoFar(sunday, l) })
	for i := range 4 {
		r := sampleQuiet()
		r.Span.Start, r.Span.End, r.LastYear = r.Span.Start+store.Day(7*i), r.Span.End+store.Day(7*i), nil
		e := sampleEmpty(3)
		e.Span = r.Span
		say(digested(r))
		say(digested(e))
	}
	for _, s := range []store.Sport{
		store.Run, store.Ride, store.EBike, store.Swim, store.Walk, store.Hike,
		store.Row, store.Ski, store.Strength, store.Yoga, store.Team, store.Other,
	} {
		r := sampleOne()
		r.Sports = []digest.Total{{Part: part(s, 2, 90, 9, 0), Athletes: 1}}
		r.Highlights = []digest.Highlight{{Kind: digest.KindFirst, Athlete: 1, Name: "Ana", Sport: s}}
		say(func(l *locale.Locale) string { return Period(r, l) + Digest(r, l) })
	}
	return all
}
