package locale

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed words/*.txt
var files embed.FS

// english is the language that every missing text falls back to.
const english = "en"

// languages are the ones that have a file, in the order in which a word that
// means different things is tried.
var languages = [...]string{english, "de", "es", "pt", "fr", "it", "nl"}

// words are the texts of one language by key; a plural form's key ends in its
// name in brackets.
type words map[string]string

// catalogue reads the embedded files once.
var catalogue = sync.OnceValue(func() map[string]words {
	all := make(map[string]words, len(languages))
	for _, lang := range languages {
		text, err := files.ReadFile("words/" + lang + ".txt")
		if err != nil {
			continue
		}
		all[lang], _ = parse(string(text)) // a test reads the errors
	}
	return all
})

// parse reads the flat form: key = text, # comments, empty lines. It keeps
// what it can read and reports the first line that it cannot.
func parse(text string) (words, error) {
	w := words{}
	var bad error
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, value, err := parseLine(line)
		if _, twice := w[key]; err == nil && twice {
			err = fmt.Errorf("key %q stands twice", key)
		}
		if err != nil {
			if bad == nil {
				bad = fmt.Errorf("line %d: %w", i+1, err)
			}
			continue
		}
		w[key] = value
	}
	return w, bad
}

func parseLine(line string) (key, value string, err error) {
	key, value, found := strings.Cut(line, "=")
	key, value = strings.TrimSpace(key), strings.TrimSpace(value)
	if !found || key == "" || strings.ContainsAny(key, " \t") {
		return "", "", fmt.Errorf("no key = text in %q", line)
	}
	value, err = unescape(value)
	return key, value, err
}

// unescape knows \n, \\, \s (a space at an end) and \uXXXX.
func unescape(s string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch {
		case i < len(s) && s[i] == 'n':
			b.WriteByte('\n')
		case i < len(s) && s[i] == '\\':
			b.WriteByte('\\')
		case i < len(s) && s[i] == 's':
			b.WriteByte(' ')
		case i+4 < len(s) && s[i] == 'u':
			r, err := strconv.ParseUint(s[i+1:i+5], 16, 16)
			if err != nil {
				return "", fmt.Errorf("escape in %q: %w", s, err)
			}
			b.WriteRune(rune(r))
			i += 4
		default:
			return "", fmt.Errorf("unknown escape in %q", s)
		}
	}
	return b.String(), nil
}
