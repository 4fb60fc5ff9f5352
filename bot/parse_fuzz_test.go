package bot

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"clubrun/digest/locale"
	"clubrun/store"

	"golang.org/x/text/unicode/norm"
)

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Läufe", "ﷺ", "ＷＥＥＫ", "Ǆ", "İ", "ẞ", "\u0301", "e\u0301\u0327", "a\u00a0 b\tc", "👍🏽", "½", "\xff", "…"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := fold(text)
		if twice := fold(once); twice != once {
			t.Errorf("%q folds to %q, and that to %q", text, once, twice)
		}
		if strings.Contains(once, "  ") || strings.TrimSpace(once) != once {
			t.Errorf("%q folds to %q", text, once)
		}
		if w := trim(trim(once)); w != trim(once) {
			t.Errorf("%q is trimmed to %q, and that to %q", once, trim(once), w)
		}
	})
}

// prefixed says, apart from the parser, whether a text begins as a command
// does, behind the mentions before it.
func prefixed(text string) bool {
	for word := range strings.FieldsFuncSeq(norm.NFKD.String(text), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		word = strings.TrimLeftFunc(word, func(r rune) bool {
			return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) || r >= 0x1F3FB && r <= 0x1F3FF
		})
		if word != "" && word[0] != '@' {
			return strings.ContainsRune("/!.", rune(word[0]))
		}
	}
	return false
}

// The judge of a group never keeps a text that neither begins like a command
// nor is written to the bot; and what is kept of plain words is a command in
// the bot's own writing, all of which was typed.
func FuzzGroupJudge(f *testing.F) {
	for _, s := range append([]string{"/week last", "week last", "@ana /kw37", "... no", "／ week？", "ana@example.org hunter2!", "last week", "stats since march", "goal 1000 km by 30 sep", "help me"}, patterns...) {
		f.Add(s)
	}
	book := NewBook()
	c := onWednesday("de")
	fm := form{Calendar: c, loc: (*locale.Wording)(nil).For("de", store.Kilometres), book: book}
	f.Fuzz(func(t *testing.T, text string) {
		r := book.Parse(text)
		keep, withhold := book.judgeGroup(r, text)
		if keep && !prefixed(text) && !book.posted(text) {
			t.Errorf("%q is kept", text)
		}
		if keep && !withhold && (r.Command == "" || len(r.Args) > mostArguments) {
			t.Errorf("%q is stored", text)
		}
		command, known := book.find(r.Command)
		if !known || r.Slash || !command.whole(fm, r.Args) {
			return
		}
		stored := strings.Join(append([]string{"/" + command.Name}, r.Args...), " ")
		again := book.Parse(stored)
		if len(stored) <= longest && (!again.Slash || again.Command != r.Command || !slices.Equal(again.Args, r.Args)) {
			t.Errorf("%q is stored as %q, which reads as %+v and not as %+v", text, stored, again, r)
		}
		typed := strings.Fields(fold(text))
		for _, arg := range r.Args {
			if !slices.ContainsFunc(typed, func(w string) bool { return strings.Contains(w, arg) }) {
				t.Errorf("%q was never typed in %q", arg, text)
			}
		}
	})
}

// A question is read to its end, and nobody is named who was not typed.
func FuzzAsk(f *testing.F) {
	for _, s := range []string{"last", "@ana last month run", "since march ana", "me", "all 2025", "from 1 sep to 14 sep", "kw37", "quest'anno", "30 derniers jours"} {
		f.Add(s, "en")
	}
	known := []store.Athlete{{ID: 1, Name: "Ana", User: "77", Phone: "351"}, {ID: 2, Name: "Mai"}, {ID: 3, Name: "Mara Lopes"}}
	f.Fuzz(func(t *testing.T, text, lang string) {
		if len(text) > longest {
			return
		}
		q := ask(onWednesday(lang), strings.Fields(fold(text)), locale.UnitWeek, known)
		if q.span.Days() < 1 && q.span.End <= q.span.Start {
			t.Errorf("%q asks for %v", text, q.span)
		}
		if q.name != "" && !strings.Contains(strings.Join(locale.Typed(strings.Fields(fold(text))), " "), q.name) {
			t.Errorf("%q names %q", text, q.name)
		}
	})
}

func FuzzEntry(f *testing.F) {
	for _, text := range []string{"+5k run 28min yesterday", "+5,2 km courir 28'30\"", "+1h20 ride 32 km monday", "+3 km swim 1:05:00", "+10km lauf 55min gestern 7:30", "+6 de la tarde 5 km run 1h"} {
		f.Add(text, "de")
	}
	f.Fuzz(func(t *testing.T, text, lang string) {
		if !isEntry(text) {
			return
		}
		e, any := readEntry(onWednesday(lang), text, sane)
		if e.time < 0 || e.metres < 0 || e.climb < 0 || e.clock >= 24*time.Hour || math.IsInf(e.metres, 0) || math.IsNaN(e.metres) {
			t.Errorf("%q: %+v", text, e)
		}
		if !any && (e.sport != "" || e.metres > 0 || e.time > 0) {
			t.Errorf("%q: nothing was read, and yet %+v", text, e)
		}
	})
}

// What is typed with all its words is read as it was meant, whatever the
// figures, the order and the language.
func FuzzEntryIsReadAsItWasMeant(f *testing.F) {
	f.Add(uint16(52), uint16(1710), uint8(1), uint8(0), uint8(0))
	f.Add(uint16(320), uint16(4800), uint8(6), uint8(3), uint8(5))
	f.Add(uint16(17271), uint16(31142), uint8(3), uint8(1), uint8(2)) // 1727,1 km is no 1.7
	sports := []store.Sport{store.Run, store.Ride, store.Swim, store.Walk}
	typed := []struct {
		lang, km, yesterday string
		sports              []string
	}{
		{"en", "%d.%d km", "yesterday", []string{"run", "ride", "swim", "walk"}},
		{"de", "%d,%d km", "gestern", []string{"Lauf", "Rad", "Schwimmen", "Spaziergang"}},
		{"es", "%d,%d km", "ayer", []string{"carrera", "bici", "natación", "caminata"}},
		{"pt", "%d,%d km", "ontem", []string{"corrida", "bicicleta", "natação", "caminhada"}},
		{"fr", "%d,%d km", "hier", []string{"course", "vélo", "natation", "marche"}},
		{"it", "%d,%d km", "ieri", []string{"corsa", "bici", "nuoto", "camminata"}},
		{"nl", "%d,%d km", "gisteren", []string{"hardlopen", "fietsen", "zwemmen", "wandelen"}},
	}
	f.Fuzz(func(t *testing.T, tenths, seconds uint16, lang, sport, order uint8) {
		l := typed[int(lang)%len(typed)]
		s := int(sport) % len(sports)
		if tenths == 0 || seconds < 60 {
			return
		}
		clock := fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
		words := []string{fmt.Sprintf(l.km, tenths/10, tenths%10), l.sports[s], clock, l.yesterday}
		for i := range words { // one of many orders
			j := int(order>>i) % len(words)
			words[i], words[j] = words[j], words[i]
		}
		text := "+" + strings.Join(words, " ")
		e, _ := readEntry(onWednesday(l.lang), text, func(entry) bool { return true })
		if e.sport != sports[s] || math.Abs(e.metres-float64(tenths)*100) > 0.5 || e.time != time.Duration(seconds)*time.Second || e.day != store.Date(2026, 9, 8) {
			t.Errorf("%s: %q is %s", l.lang, text, told(e))
		}
	})
}
