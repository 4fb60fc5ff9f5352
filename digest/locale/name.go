package locale

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// nameGraphemes is how many visible signs of a name are kept.
const nameGraphemes = 24

// signRunes is how many runes one visible sign may be made of: enough for a
// family of emoji, too few for a tower of accents.
const signRunes, emojiRunes = 4, 12

// looksLike are signs that read as WhatsApp's formatting marks and do nothing:
// the marks themselves cannot be escaped.
var looksLike = strings.NewReplacer("*", "∗", "_", "＿", "~", "∼", "`", "ˋ")

// Name makes a person's name harmless in chat text: composed, one line, no
// control, direction or zero-width signs, no formatting marks, nothing that
// becomes a link, at most 24 visible signs. It is empty when nothing is left.
func Name(s string) string { return looksLike.Replace(Plain(s)) }

// Plain is Name with its formatting marks: for places that do not format, such
// as pictures.
func Plain(s string) string {
	if len(s) > 4000 {
		s = s[:4000]
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, ""))
	s = unlink(strings.Join(strings.FieldsFunc(spaced(s), unicode.IsSpace), " "))
	var b strings.Builder
	signs, all := 0, uniseg.NewGraphemes(s)
	for all.Next() {
		sign := visible(all.Runes())
		if sign == "" {
			continue
		}
		if signs++; signs > nameGraphemes {
			return strings.TrimRight(b.String(), " ") + "…"
		}
		b.WriteString(sign)
	}
	return strings.TrimSpace(b.String())
}

// Unadorned is a name without its emoji, which no monospaced column can hold.
func Unadorned(name string) string {
	var b strings.Builder
	for all := uniseg.NewGraphemes(name); all.Next(); {
		if !pictograph(all.Runes()[0]) || Width(all.Str()) < 2 {
			b.WriteString(all.Str())
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// spaced turns controls that part words into spaces.
func spaced(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
}

// visible returns what may be shown of one grapheme cluster.
func visible(runes []rune) string {
	emoji := pictograph(runes[0])
	limit := signRunes
	if emoji {
		limit = emojiRunes
	}
	kept := make([]rune, 0, len(runes))
	for i, r := range runes {
		joins := emoji && (r == '\u200d' && i+1 < len(runes) || r >= 0xe0020 && r <= 0xe007f)
		if joins || shown(r) && (i > 0 || !unicode.Is(unicode.M, r)) {
			kept = append(kept, r)
		}
	}
	return string(kept[:min(limit, len(kept))])
}

// shown says whether a rune may stand in a name: no controls, no direction or
// zero-width signs, no private use, no fillers that look like nothing.
func shown(r rune) bool {
	switch r {
	case '\u115f', '\u1160', '\u3164', '\uffa0', '\u2800', '\u034f', '\u17b4', '\u17b5', '\ufffd':
		return false
	}
	return !unicode.Is(unicode.C, r)
}

// pictograph says whether a rune may begin an emoji.
func pictograph(r rune) bool {
	return r >= 0x1f000 && r <= 0x1faff || r >= 0x2190 && r <= 0x2bff || r >= 0xfe00 && r <= 0xfe0f
}

// unlink swaps the dot of what looks like a web address for one that makes no
// link: a dot between a letter or digit and two or more letters.
func unlink(s string) string {
	runes := []rune(s)
	for i := 1; i+2 < len(runes); i++ {
		if runes[i] == '.' && wordy(runes[i-1]) && unicode.IsLetter(runes[i+1]) && unicode.IsLetter(runes[i+2]) {
			runes[i] = '\u2024'
		}
	}
	return string(runes)
}

func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
