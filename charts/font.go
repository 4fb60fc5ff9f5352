package charts

import (
	"bytes"
	"embed"
	"fmt"
	"sync"

	"github.com/go-text/typesetting/font"
)

//go:embed fonts/*.ttf
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

// The embedded fonts: one for each weight, then those for other scripts.
var (
	textFonts   = [weights]string{medium: "Inter-Medium", semibold: "Inter-SemiBold", display: "InterDisplay-Bold", heavy: "InterDisplay-ExtraBold"}
	scriptFonts = [...]string{"NotoSansArabic-Bold", "NotoSansHebrew-Bold", "NotoSansDevanagari-Bold", "NotoSansThai-Bold"}
)

// loadFonts parses the embedded fonts, text fonts first. A parsed font is
// safe for use by many.
var loadFonts = sync.OnceValues(func() ([]*font.Font, error) {
	var out []*font.Font
	for _, name := range append(textFonts[:], scriptFonts[:]...) {
		b, err := fontFiles.ReadFile("fonts/" + name + ".ttf")
		if err != nil {
			return nil, fmt.Errorf("font: %w", err)
		}
		face, err := font.ParseTTF(bytes.NewReader(b))
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", name, err)
		}
		out = append(out, face.Font)
	}
	return out, nil
})

// Measures of the text font as shares of its size.
const capHeight = 0.727
