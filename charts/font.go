package charts

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/font"
)

//go:embed fonts/*.gz
var fontFiles embed.FS

// weight is a cut of the text font.
type weight int

const (
	medium weight = iota
	semibold
	display // for titles and figures
	heavy   // for the one number of a card
	weights
)

// Measures of the text font as shares of its size.
const capHeight = 0.727

// textFonts has the text font in each weight.
var textFonts = [weights]fontFile{
	medium:   embedded("Inter-Medium.ttf"),
	semibold: embedded("Inter-SemiBold.ttf"),
	display:  embedded("InterDisplay-Bold.ttf"),
	heavy:    embedded("InterDisplay-ExtraBold.ttf"),
}

// scriptFonts are the fonts for signs that the text font lacks, by the script
// they are for.
var scriptFonts = []struct {
	fontFile
	scripts []*unicode.RangeTable
}{
	{embedded("NotoSansArabic-Bold.ttf"), []*unicode.RangeTable{unicode.Arabic}},
	{embedded("NotoSansArmenian-Bold.ttf"), []*unicode.RangeTable{unicode.Armenian}},
	{embedded("NotoSansBengali-Bold.ttf"), []*unicode.RangeTable{unicode.Bengali}},
	{embedded("NotoSansDevanagari-Bold.ttf"), []*unicode.RangeTable{unicode.Devanagari}},
	{embedded("NotoSansEthiopic-Bold.ttf"), []*unicode.RangeTable{unicode.Ethiopic}},
	{embedded("NotoSansGeorgian-Bold.ttf"), []*unicode.RangeTable{unicode.Georgian}},
	{embedded("NotoSansGujarati-Bold.ttf"), []*unicode.RangeTable{unicode.Gujarati}},
	{embedded("NotoSansGurmukhi-Bold.ttf"), []*unicode.RangeTable{unicode.Gurmukhi}},
	{embedded("NotoSansHebrew-Bold.ttf"), []*unicode.RangeTable{unicode.Hebrew}},
	{embedded("NotoSansKannada-Bold.ttf"), []*unicode.RangeTable{unicode.Kannada}},
	{embedded("NotoSansKhmer-Bold.ttf"), []*unicode.RangeTable{unicode.Khmer}},
	{embedded("NotoSansLao-Bold.ttf"), []*unicode.RangeTable{unicode.Lao}},
	{embedded("NotoSansMalayalam-Bold.ttf"), []*unicode.RangeTable{unicode.Malayalam}},
	{embedded("NotoSansMyanmar-Bold.ttf"), []*unicode.RangeTable{unicode.Myanmar}},
	{embedded("NotoSansOriya-Bold.ttf"), []*unicode.RangeTable{unicode.Oriya}},
	{embedded("NotoSansSinhala-Bold.ttf"), []*unicode.RangeTable{unicode.Sinhala}},
	{embedded("NotoSansTamil-Bold.ttf"), []*unicode.RangeTable{unicode.Tamil}},
	{embedded("NotoSansTelugu-Bold.ttf"), []*unicode.RangeTable{unicode.Telugu}},
	{embedded("NotoSansThai-Bold.ttf"), []*unicode.RangeTable{unicode.Thai}},
	{embedded("NotoSansCJKsc-Bold.otf"), []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, signsCJK}},
	{emojiFont, []*unicode.RangeTable{pictures}},
}

// signsCJK are signs of no script that stand in the font for Chinese,
// Japanese and Korean.
var signsCJK = &unicode.RangeTable{R16: []unicode.Range16{
	{0x2000, 0x2BFF, 1}, {0x3000, 0x303F, 1}, {0x30FB, 0x30FC, 1}, {0xFF00, 0xFFEF, 1},
}}

// emojiFont has pictures in place of outlines.
var emojiFont = embedded("NotoColorEmoji.ttf")

// fontFile is an embedded font that is unpacked and parsed when it is first asked for. A
// parsed font is safe for use by many.
type fontFile struct {
	name  string
	parse func() (*font.Font, error)
}

func embedded(name string) fontFile {
	return fontFile{name, sync.OnceValues(func() (*font.Font, error) {
		data, err := unpacked(name)
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", name, err)
		}
		face, err := font.ParseTTF(bytes.NewReader(data))
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", name, err)
		}
		return face.Font, nil
	})}
}

// unpacked returns a font as it was before it was packed for the binary.
func unpacked(name string) ([]byte, error) {
	f, err := fontFiles.Open("fonts/" + name + ".gz")
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	r, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
