package charts

import (
	"bytes"
	"image"
	"image/png"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/font"
	"golang.org/x/image/draw"
)

// pictures are the signs that the emoji font has.
var pictures = &unicode.RangeTable{
	R16: []unicode.Range16{{0x203C, 0x203C, 1}, {0x2049, 0x2049, 1}, {0x2100, 0x2BFF, 1}, {0x3030, 0x303D, 1}, {0x3297, 0x3299, 1}},
	R32: []unicode.Range32{{0x1F000, 0x1FAFF, 1}},
}

// colourful are the signs that are pictures without being asked to: those with
// the property Emoji_Presentation (Unicode 15.1, emoji-data.txt). The others
// in the range from 1F000 are pictures here too, as no other font has them.
var colourful = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x231A, 0x231B, 1}, {0x23E9, 0x23EC, 1}, {0x23F0, 0x23F3, 3}, {0x25FD, 0x25FE, 1}, {0x2614, 0x2615, 1},
		{0x2648, 0x2653, 1}, {0x267F, 0x267F, 1}, {0x2693, 0x2693, 1}, {0x26A1, 0x26A1, 1}, {0x26AA, 0x26AB, 1},
		{0x26BD, 0x26BE, 1}, {0x26C4, 0x26C5, 1}, {0x26CE, 0x26CE, 1}, {0x26D4, 0x26D4, 1}, {0x26EA, 0x26EA, 1},
		{0x26F2, 0x26F3, 1}, {0x26F5, 0x26F5, 1}, {0x26FA, 0x26FA, 1}, {0x26FD, 0x26FD, 1}, {0x2705, 0x2705, 1},
		{0x270A, 0x270B, 1}, {0x2728, 0x2728, 1}, {0x274C, 0x274E, 2}, {0x2753, 0x2755, 1}, {0x2757, 0x2757, 1},
		{0x2795, 0x2797, 1}, {0x27B0, 0x27BF, 15}, {0x2B1B, 0x2B1C, 1}, {0x2B50, 0x2B55, 5},
	},
	R32: []unicode.Range32{{0x1F000, 0x1FAFF, 1}},
}

// The signs that make other signs pictures, or not.
const (
	asText    = '\uFE0E'
	asPicture = '\uFE0F'
	keycap    = '\u20E3'
)

func selector(r rune) bool { return r == asText || r == asPicture }

// tag says whether a rune spells the region of a flag.
func tag(r rune) bool { return r >= 0xE0020 && r <= 0xE007F }

// tone says whether a rune is a colour of skin.
func tone(r rune) bool { return r >= 0x1F3FB && r <= 0x1F3FF }

// isEmoji says whether a cluster is to be drawn as a picture.
func isEmoji(cluster []rune) bool {
	switch {
	case len(cluster) == 0 || slices.Contains(cluster, asText):
		return false
	case slices.Contains(cluster, keycap):
		return strings.ContainsRune("0123456789#*", cluster[0])
	case slices.Contains(cluster, asPicture):
		return unicode.Is(pictures, cluster[0])
	}
	return unicode.Is(colourful, cluster[0])
}

// emojiSign returns an emoji as the font has it: whole, without colours of
// skin, its first part alone, or not at all. What is more than one picture
// when shaped is not a sign that the font knows.
func (ts *typesetter) emojiSign(cluster []rune) string {
	plain := slices.DeleteFunc(slices.Clone(cluster), tone)
	for _, try := range [][]rune{cluster, plain, cluster[:1]} {
		if len(try) > 0 && (isEmoji(try) || len(try) == 1) && ts.single(try) {
			return string(try)
		}
	}
	return ""
}

// single says whether the cluster is one glyph of the emoji font.
func (ts *typesetter) single(cluster []rune) bool {
	f := ts.open(emojiFont)
	if !unicode.Is(pictures, cluster[0]) && !slices.Contains(cluster, keycap) || !covers(f, cluster) {
		return false
	}
	seen := 0
	for _, run := range ts.shape(string(cluster), style{size: 32}).runs {
		for _, g := range run.Glyphs {
			if g.GlyphID == 0 || run.Face != f {
				return false
			}
			if g.Advance > 0 {
				seen++
			}
		}
	}
	return seen == 1
}

// The size of pictures beside letters, and the room around their middle.
const emojiScale = 0.86

// picture draws the picture of a glyph, wide pixels wide, with its middle at
// half the height of capitals over the baseline.
func (c *canvas) emoji(f *font.Face, id font.GID, x, y, wide, size float64) bool {
	b, ok := f.GlyphDataBitmap(id)
	if !ok || b.Format != font.PNG {
		return false
	}
	m, err := png.Decode(bytes.NewReader(b.Data))
	if err != nil || m.Bounds().Empty() {
		return false
	}
	high := wide * float64(m.Bounds().Dy()) / float64(m.Bounds().Dx())
	mid := y - size*capHeight/2
	at := func(v float64) int { return int(math.Round(v * c.scale)) }
	box := image.Rect(at(x), at(mid-high/2), at(x+wide), at(mid+high/2))
	if reach := int(c.limit * c.scale); box.Min.X < -reach || box.Max.X > 2*reach || box.Empty() {
		return true
	}
	draw.CatmullRom.Scale(c.img, box, m, m.Bounds(), draw.Over, nil)
	return true
}
