package charts

import (
	"cmp"
	"image/color"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"github.com/rivo/uniseg"
	"golang.org/x/image/math/fixed"
)

// style is how a piece of text looks.
type style struct {
	size   float64 // of the font, in pixels
	weight weight
	ink    color.NRGBA
	align  float64 // where x is: 0 left end, 0.5 middle, 1 right end
	track  float64 // room between letters, in pixels
	digits bool    // all digits equally wide
}

// line is text that has been shaped: runs of glyphs from left to right.
type line struct {
	runs  []shaping.Output
	width float64
}

// lineKey is what the shape of a line depends on.
type lineKey struct {
	s      string
	size   float64
	weight weight
	track  float64
	digits bool
}

// typesetter turns strings into lines. It belongs to one picture.
type typesetter struct {
	faces
	icons map[string][]segment

	shaper shaping.HarfbuzzShaper
	split  shaping.Segmenter
	wrap   shaping.LineWrapper
	lines  map[lineKey]line
}

// newTypesetter prepares fonts and icons.
func newTypesetter() (*typesetter, error) {
	fonts, err := newFaces()
	if err != nil {
		return nil, err
	}
	icons, err := loadIcons()
	if err != nil {
		return nil, err
	}
	return &typesetter{faces: fonts, icons: icons, lines: map[lineKey]line{}}, nil
}

// measure is the width of text.
func (ts *typesetter) measure(s string, st style) float64 { return ts.shape(s, st).width }

// shape shapes text, once for each line and style.
func (ts *typesetter) shape(s string, st style) line {
	key := lineKey{s, st.size, st.weight, st.track, st.digits}
	if l, ok := ts.lines[key]; ok {
		return l
	}
	l := line{runs: ts.pieces(s, st)}
	for i, run := range l.runs {
		for _, g := range run.Glyphs {
			l.width += float64(g.Advance)/64 + ts.trackOf(run.Face, st)
		}
		if i == len(l.runs)-1 {
			l.width -= ts.trackOf(run.Face, st)
		}
	}
	ts.lines[key] = l
	return l
}

// trackOf is the room between letters: none in scripts that join them.
func (ts *typesetter) trackOf(f *font.Face, st style) float64 {
	if f != ts.faces.text[st.weight] {
		return 0
	}
	return st.track
}

// between parts what stands in one line side by side, such as a name and dates.
const between = " · "

// pieces shapes text. Beside a piece that is read from right to left, each
// piece has its own direction, so that it does not turn the others' figures.
func (ts *typesetter) pieces(s string, st style) []shaping.Output {
	parts := strings.Split(s, between)
	backwards := func(part string) bool { return direction([]rune(part)) == di.DirectionRTL }
	if len(parts) == 1 || !slices.ContainsFunc(parts, backwards) {
		return ts.runs([]rune(s), st)
	}
	var all []shaping.Output
	for i, part := range parts {
		if i > 0 {
			all = append(all, ts.runs([]rune(between), st)...)
		}
		all = append(all, ts.runs([]rune(part), st)...)
	}
	return all
}

// runs shapes text and puts its runs in the order in which they are seen.
func (ts *typesetter) runs(text []rune, st style) []shaping.Output {
	if len(text) == 0 {
		return nil
	}
	in := shaping.Input{
		Text: text, RunEnd: len(text),
		Direction: direction(text),
		Size:      fixed.Int26_6(st.size * 64),
		Language:  language.NewLanguage("und"),
	}
	if st.digits {
		in.FontFeatures = []shaping.FontFeature{{Tag: ot.MustNewTag("tnum"), Value: 1}}
	}
	var outs []shaping.Output
	for _, part := range ts.split.Split(in, oneFace{ts.faces.text[st.weight]}) {
		for _, run := range ts.byFace(part, st.weight) {
			outs = append(outs, ts.shaper.Shape(run))
		}
	}
	conf := shaping.WrapConfig{Direction: in.Direction, DisableTrailingWhitespaceTrim: true}
	lines, _ := ts.wrap.WrapParagraph(conf, 1<<20, text, shaping.NewSliceIterator(outs))
	if len(lines) == 0 {
		return nil
	}
	seen := make([]shaping.Output, len(lines[0]))
	for _, run := range lines[0] {
		run.Glyphs = append([]shaping.Glyph(nil), run.Glyphs...) // the wrapper reuses them
		seen[run.VisualIndex] = run
	}
	return seen
}

// byFace divides a run of one script so that each cluster stands in one font.
// A cluster that no font has whole, as two texts that were put together can
// make one, stands in a font for each of its signs.
func (ts *typesetter) byFace(in shaping.Input, w weight) []shaping.Input {
	var out []shaping.Input
	at := in.RunStart
	add := func(n int, face *font.Face) {
		if last := len(out) - 1; last >= 0 && out[last].Face == face {
			out[last].RunEnd = at + n
		} else {
			run := in
			run.RunStart, run.RunEnd, run.Face = at, at+n, face
			if ts.isEmoji(face) {
				run.Size = fixed.Int26_6(float64(in.Size) * emojiScale)
			}
			out = append(out, run)
		}
		at += n
	}
	for _, cl := range clusters(string(in.Text[in.RunStart:in.RunEnd])) {
		rs := []rune(cl)
		if face := ts.faceFor(rs, w); face != nil {
			add(len(rs), face)
			continue
		}
		for i := range rs {
			add(1, cmp.Or(ts.faceFor(rs[i:i+1], w), ts.faces.text[w]))
		}
	}
	return out
}

// oneFace lets the segmenter divide by direction and script only.
type oneFace struct{ face *font.Face }

func (o oneFace) ResolveFace(rune) *font.Face { return o.face }

// direction is the direction of the first letter.
func direction(text []rune) di.Direction {
	for _, r := range text {
		if unicode.In(r, unicode.Arabic, unicode.Hebrew) && unicode.IsLetter(r) {
			return di.DirectionRTL
		}
		if unicode.IsLetter(r) {
			return di.DirectionLTR
		}
	}
	return di.DirectionLTR
}

// viramas tie two consonants of a script into one sign.
const viramas = "\u094d\u09cd\u0acd\u0a4d\u0b4d\u0c4d\u0ccd\u0d4d\u17d2\u1039"

// clusters divides text into what a reader takes for single signs.
func clusters(s string) []string {
	var out []string
	for state := -1; s != ""; {
		var cl string
		cl, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
		if n := len(out); n > 0 && (ties(out[n-1]) || hangsOn(cl)) {
			out[n-1] += cl
			continue
		}
		out = append(out, cl)
	}
	return out
}

// ties says whether a cluster ends in a virama, so that the next belongs to it.
func ties(cluster string) bool {
	r, _ := utf8.DecodeLastRuneInString(cluster)
	return strings.ContainsRune(viramas, r)
}

// hangsOn says whether a cluster is a vowel that belongs to the one before it:
// some in Burmese count as signs of their own.
func hangsOn(cluster string) bool {
	r, _ := utf8.DecodeRuneInString(cluster)
	return unicode.Is(unicode.Mc, r)
}

// fit cuts text at the end of a sign so that it is at most room wide.
func (ts *typesetter) fit(s string, st style, room float64) (string, bool) {
	if ts.measure(s, st) <= room {
		return s, false
	}
	cls := clusters(s)
	cut := func(n int) string {
		return strings.TrimRight(strings.Join(cls[:n], ""), " ,.-\u00a0\u200c\u200d") + "…"
	}
	lo, hi := 0, len(cls)-1
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if ts.measure(cut(mid), st) <= room {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return cut(lo), true
}

// shrink lowers the size, not below least, until all texts are at most room
// wide.
func (ts *typesetter) shrink(st style, least, room float64, texts ...string) style {
	for _, s := range texts {
		for st.size > least && ts.measure(s, st) > room {
			st.size = max(least, st.size-2)
		}
	}
	return st
}
