package story

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"
	"unicode/utf16"
)

// canary is a secret that must be found nowhere.
type canary struct{ kind, value string }

const (
	shortest = 8  // bytes; anything shorter stands in other words by chance
	tail     = 48 // bytes of a long secret that are searched: cut ones are found, too
)

// form is a secret as it may be written.
type form struct {
	kind, how string
	bytes     []byte
}

// forms returns the ways in which a secret may be written. Short secrets, such
// as codes, have only the forms in which text surrounds them in files of bytes:
// a string of JSON, and of a WhatsApp message.
func forms(c canary) []form {
	v := c.value
	if len(v) < shortest {
		return []form{
			{c.kind, "as a string of JSON", []byte(`"` + v + `"`)},
			{c.kind, "in a WhatsApp message", append([]byte{byte(len(v))}, v...)},
		}
	}
	if len(v) > tail {
		v = v[len(v)-tail:]
	}
	all := []form{{c.kind, "as text", []byte(v)}, {c.kind, "as text", []byte(strings.ToLower(v))}}
	for _, e := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for shift := range 3 {
			all = append(all, form{c.kind, "in base64", shifted(e, v, shift)})
		}
	}
	hexed := hex.EncodeToString([]byte(v))
	quoted, _ := json.Marshal(v) // a string always has a form in JSON
	return append(all,
		form{c.kind, "in hex", []byte(hexed)}, form{c.kind, "in hex", []byte(strings.ToUpper(hexed))},
		form{c.kind, "URL-escaped", []byte(url.QueryEscape(v))}, form{c.kind, "URL-escaped", []byte(url.PathEscape(v))},
		form{c.kind, "in JSON", bytes.Trim(quoted, `"`)},
		form{c.kind, "in UTF-16", wide(v, binary.LittleEndian)}, form{c.kind, "in UTF-16", wide(v, binary.BigEndian)},
	)
}

// shifted returns the base64 letters that depend on v alone where v stands
// shift bytes behind the start of a group of three.
func shifted(e *base64.Encoding, v string, shift int) []byte {
	encoded := e.EncodeToString(append(make([]byte, shift), v...))
	first := []int{0, 2, 3}[shift]
	return []byte(encoded[first : (shift+len(v))*8/6])
}

func wide(v string, order binary.AppendByteOrder) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(v)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

// finder finds many forms in one pass: by their first four bytes.
type finder struct {
	known [1 << 14]uint64 // a bit for the hash of each beginning
	by    map[uint32][]form
	words map[string]string // kind by short secret
}

func newFinder(canaries []canary) *finder {
	f := &finder{by: map[uint32][]form{}, words: map[string]string{}}
	seen := map[string]bool{}
	for _, c := range canaries {
		if c.value == "" {
			continue
		}
		if len(c.value) < shortest {
			f.words[c.value] = c.kind
		}
		for _, one := range forms(c) {
			if len(one.bytes) < 4 || seen[string(one.bytes)] {
				continue
			}
			seen[string(one.bytes)] = true
			start := binary.LittleEndian.Uint32(one.bytes)
			f.by[start] = append(f.by[start], one)
			bit := mix(start)
			f.known[bit/64] |= 1 << (bit % 64)
		}
	}
	return f
}

// mix spreads four bytes over the bits of known.
func mix(start uint32) uint32 { return start * 2654435761 >> 12 }

// find calls hit for every form that stands in data.
func (f *finder) find(data []byte, hit func(kind, how string)) {
	for i := 0; i+4 <= len(data); i++ {
		start := binary.LittleEndian.Uint32(data[i:])
		if bit := mix(start); f.known[bit/64]&(1<<(bit%64)) == 0 {
			continue
		}
		for _, one := range f.by[start] {
			if bytes.HasPrefix(data[i:], one.bytes) {
				hit(one.kind, one.how)
			}
		}
	}
}

// findWords calls hit for every short secret that is a word of a text. Six digits
// stand in binary data and in longer numbers by chance, so only a whole word
// counts, and only in text: lines of the log, columns of a row.
func (f *finder) findWords(text []byte, hit func(kind, how string)) {
	if len(f.words) == 0 {
		return
	}
	for from := 0; from < len(text); {
		if !inWord(text[from]) {
			from++
			continue
		}
		to := from + 1
		for to < len(text) && inWord(text[to]) {
			to++
		}
		if kind, found := f.words[string(bytes.Trim(text[from:to], "._-"))]; found {
			hit(kind, "as a word")
		}
		from = to
	}
}

// inWord says whether a byte continues a word or a number.
func inWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '.' || c == '_' || c == '-'
}
