package house

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/rs/zerolog"
)

// Redactor stands between the log and where it is written. It takes zerolog's
// JSON lines and lets through no secret and no person: secrets become words
// such as [token], and a phone number, a WhatsApp id or an e-mail address
// becomes a tag, which is the same for the same person on this installation,
// so that their lines can be told from others'. Control characters, such as a
// new line in a name, become visible, so that no value can forge a line.
//
// It is a second fence: rooms do not log such values in the first place.
type Redactor struct {
	To   io.Writer // a zerolog.LevelWriter is told the level
	Ring *Ring     // keeps the latest warnings and errors, too; may be nil

	key atomic.Pointer[[sha256.Size]byte]
}

// SetKey gives the key of the tags, derived from the key of the installation.
// Lines before it say [id] in place of a tag.
func (r *Redactor) SetKey(install []byte) {
	mac := hmac.New(sha256.New, install)
	mac.Write([]byte("clubrun log tags"))
	key := [sha256.Size]byte(mac.Sum(nil))
	r.key.Store(&key)
}

// Write writes one line.
func (r *Redactor) Write(line []byte) (int, error) { return r.WriteLevel(zerolog.NoLevel, line) }

// WriteLevel writes one line of a level.
func (r *Redactor) WriteLevel(level zerolog.Level, line []byte) (int, error) {
	clean := r.line(line)
	if r.Ring != nil {
		r.Ring.keep(level, clean)
	}
	var err error
	if leveled, ok := r.To.(zerolog.LevelWriter); ok {
		_, err = leveled.WriteLevel(level, clean)
	} else {
		_, err = r.To.Write(clean)
	}
	return len(line), err
}

// line redacts a line. What is no JSON is taken for text.
func (r *Redactor) line(line []byte) []byte {
	var out bytes.Buffer
	to := json.NewEncoder(&out)
	to.SetEscapeHTML(false)
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	var fields map[string]any
	if d.Decode(&fields) != nil || d.More() {
		fields = map[string]any{zerolog.MessageFieldName: string(line)}
	}
	if to.Encode(r.value("", fields)) != nil {
		return nil // values that were decoded can be encoded
	}
	return out.Bytes()
}

// value redacts what stands under a key.
func (r *Redactor) value(key string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		clean := make(map[string]any, len(v))
		for k, e := range v {
			clean[visible(k)] = r.value(k, e)
		}
		return clean
	case []any:
		for i, e := range v {
			v[i] = r.value(key, e)
		}
		return v
	case json.Number:
		if n, err := v.Int64(); err == nil && n > -1000 && n < 1000 {
			return v // a count, a status, the number of a row
		}
		return r.named(key, v.String(), v)
	case string:
		return r.named(key, v, visible(r.text(v)))
	}
	return v
}

// named redacts a value by the name of its key, or returns the value that is
// given as otherwise.
func (r *Redactor) named(key, text string, otherwise any) any {
	for _, word := range words(key) {
		if text != "" && namesSecret(word) {
			return "[" + word + "]"
		}
		if text != "" && namesPerson(word) {
			return r.tag(text)
		}
	}
	return otherwise
}

// words splits a key such as access_token or userName.
func words(key string) []string {
	var split strings.Builder
	for i, c := range key {
		if unicode.IsUpper(c) && i > 0 {
			split.WriteByte(' ')
		}
		split.WriteRune(unicode.ToLower(c))
	}
	return strings.FieldsFunc(split.String(), func(c rune) bool { return !unicode.IsLetter(c) })
}

// namesSecret says whether a word of a key means that its value is secret.
func namesSecret(word string) bool {
	switch word {
	case "password", "passwd", "pass", "pw", "token", "tokens", "ticket", "code", "codes", "secret", "access", "refresh",
		"authorization", "cookie", "challenge", "csrf", "otp", "mfa":
		return true
	}
	return false
}

// namesPerson says whether a word of a key means that its value is somebody's
// address.
func namesPerson(word string) bool {
	switch word {
	case "email", "mail", "phone", "number", "jid", "lid", "pn", "user", "sender", "chat", "participant", "recipient", "who", "login":
		return true
	}
	return false
}

// Patterns of secrets and people, in any text. The first that matches at a
// place counts.
const (
	bearer  = `(?i:\b(?:bearer|basic)\s+[\w.~+/=-]{6,})`
	webKey  = `eyJ[\w+/=.-]{16,}`
	ticket  = `ST-[\w-]{8,}`
	address = `\d{5,}(?:-\d+)?(?:[._]\d+)?(?::\d+)?@(?:s\.whatsapp\.net|lid|c\.us|g\.us|hosted(?:\.lid)?|msgr|interop|bot)\b`
	mail    = `[\p{L}\d.!#$%&*+/=?^_|~-]+(?:@|%40)[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}`
	phone   = `\+\d[\d ().-]{5,}\d`
	digits  = `\d{7,}`
	opaque  = `[\w-]{40,}`
)

var pattern = regexp.MustCompile("(" + bearer + ")|(" + webKey + ")|(" + ticket + ")|(" + address + ")|(" + mail + ")|(" + phone + ")|(" + digits + ")|(" + opaque + ")")

// text redacts what looks like a secret or a person.
func (r *Redactor) text(s string) string {
	var out strings.Builder
	done := 0
	for _, m := range pattern.FindAllStringSubmatchIndex(s, -1) {
		found := s[m[0]:m[1]]
		out.WriteString(s[done:m[0]])
		done = m[1]
		switch {
		case m[2] >= 0, m[4] >= 0:
			out.WriteString("[token]")
		case m[6] >= 0:
			out.WriteString("[ticket]")
		case m[8] >= 0:
			user, server, _ := strings.Cut(found, "@")
			out.WriteString(r.tag(user) + "@" + server)
		case m[10] >= 0, m[12] >= 0:
			out.WriteString(r.tag(found))
		case m[14] >= 0:
			out.WriteString(r.number(s, m[0], m[1]))
		default:
			out.WriteString(long(found))
		}
	}
	out.WriteString(s[done:])
	return out.String()
}

// number redacts a run of digits that may be a phone number or a WhatsApp id:
// not one that is part of a word or a fraction.
func (r *Redactor) number(s string, from, to int) string {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	fraction := before == '.' && from > 1 && s[from-2] >= '0' && s[from-2] <= '9'
	if fraction || unicode.IsLetter(before) && before != utf8.RuneError || unicode.IsLetter(after) && after != utf8.RuneError {
		return s[from:to]
	}
	return r.tag(s[from:to])
}

// long hides a long run of letters and digits, which is a key or a token.
func long(s string) string {
	if strings.ContainsAny(s, "0123456789") {
		return "[opaque]"
	}
	return s
}

// tag names a person: the same for a number however it is written.
func (r *Redactor) tag(person string) string {
	key := r.key.Load()
	if key == nil {
		return "[id]"
	}
	mac := hmac.New(sha256.New, key[:])
	mac.Write([]byte(same(person)))
	return "id-" + hex.EncodeToString(mac.Sum(nil)[:4])
}

// same makes one spelling of all ways to write a person's address: of a number
// and of a WhatsApp address the digits without device and server, of anything
// else the lower-case text.
func same(person string) string {
	user, server, isAddress := strings.Cut(person, "@")
	if isAddress && strings.IndexFunc(user, unicode.IsLetter) >= 0 || strings.Contains(person, "%40") {
		return strings.ToLower(strings.ReplaceAll(person, "%40", "@"))
	}
	if server != "g.us" && !strings.HasPrefix(user, "+") {
		user, _, _ = strings.Cut(user, ":")
		user, _, _ = strings.Cut(user, "_")
		user, _, _ = strings.Cut(user, ".")
	}
	only := strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, user)
	if only == "" {
		return strings.ToLower(person)
	}
	return only
}

// visible writes out control characters and the invisible ones that change
// the order or the look of a line.
func visible(s string) string {
	hidden := func(c rune) bool {
		return unicode.IsControl(c) || unicode.In(c, unicode.Cf, unicode.Zl, unicode.Zp) || c == utf8.RuneError
	}
	if strings.IndexFunc(s, hidden) < 0 {
		return s
	}
	var out strings.Builder
	for _, c := range s {
		if hidden(c) {
			q := strconv.QuoteRuneToASCII(c)
			out.WriteString(q[1 : len(q)-1])
			continue
		}
		out.WriteRune(c)
	}
	return out.String()
}
