package charts

import (
	"unicode"

	"github.com/go-text/typesetting/font"
)

// faces are the fonts that one picture uses: the text font, and each other
// one from when a sign asks for it.
type faces struct {
	text  [weights]*font.Face
	other map[string]*font.Face
}

func newFaces() (faces, error) {
	fs := faces{other: map[string]*font.Face{}}
	for w, file := range textFonts {
		f, err := file.parse()
		if err != nil {
			return fs, err
		}
		fs.text[w] = font.NewFace(f)
	}
	return fs, nil
}

// open returns the face of a font, nil where it cannot be parsed.
func (fs faces) open(file fontFile) *font.Face {
	face, known := fs.other[file.name]
	if !known {
		if f, err := file.parse(); err == nil {
			face = font.NewFace(f)
		}
		fs.other[file.name] = face
	}
	return face
}

// isEmoji says whether a face is the one with pictures.
func (fs faces) isEmoji(f *font.Face) bool { return f != nil && f == fs.other[emojiFont.name] }

// faceFor finds the first font that has the whole cluster, or nil.
func (fs faces) faceFor(cluster []rune, w weight) *font.Face {
	if isEmoji(cluster) {
		if f := fs.open(emojiFont); covers(f, cluster) {
			return f
		}
		return nil
	}
	if covers(fs.text[w], cluster) {
		return fs.text[w]
	}
	for _, s := range scriptFonts {
		if !unicode.In(cluster[0], s.scripts...) {
			continue
		}
		if f := fs.open(s.fontFile); covers(f, cluster) {
			return f
		}
	}
	return nil
}

func covers(f *font.Face, cluster []rune) bool {
	if f == nil {
		return false
	}
	for _, r := range cluster {
		if joiner(r) || selector(r) || tag(r) {
			continue
		}
		if _, ok := f.NominalGlyph(r); !ok {
			return false
		}
	}
	return true
}

// joiner says whether a rune only ties its neighbours and has no glyph.
func joiner(r rune) bool { return r == 0x200C || r == 0x200D }
