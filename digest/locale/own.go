package locale

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"clubrun/store"
)

// Wording is the built-in words with an operator's own beside them. Nil has the
// built-in ones alone. They are safe for many callers.
type Wording struct{ all map[string]words }

// With puts an operator's own words of one language beside those that are
// there: a key of the language's file says the new text. Keys that begin with
// "my." are new, for the operator's own templates; "prize.", "route." and
// "place." may get new keys for the operator's own rules. A key that nobody
// says, or a text with a placeholder that its key does not have, is refused.
func (w *Wording) With(lang string, own map[string]string) (*Wording, error) {
	if !slices.Contains(languages[:], lang) {
		return nil, fmt.Errorf("words of %q: there is no such language; there are %s", lang, strings.Join(languages[:], ", "))
	}
	all := catalogue()
	if w != nil {
		all = w.all
	}
	merged := maps.Clone(all[lang])
	var wrong []error
	for _, key := range slices.Sorted(maps.Keys(own)) {
		if err := fits(key, own[key]); err != nil {
			wrong = append(wrong, fmt.Errorf("words of %q: %w", lang, err))
			continue
		}
		merged[key] = own[key]
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	all = maps.Clone(all)
	all[lang] = merged
	return &Wording{all}, nil
}

// For returns the locale of a language with these words, as the function For
// does.
func (w *Wording) For(lang string, units store.Units) *Locale {
	if w == nil {
		return For(lang, units)
	}
	return from(w.all, lang, units)
}

// ParseWords reads words in the form of the built-in files: one line, one
// text, "key = text".
func ParseWords(text string) (map[string]string, error) {
	w, err := parse(text)
	if err != nil {
		return nil, err
	}
	return w, nil
}

// ownMost is how many signs an own text may have.
const ownMost = 600

// fits says whether a text may stand for a key.
func fits(key, text string) error {
	may, any, err := placeholders(key)
	switch {
	case err != nil:
		return err
	case strings.TrimSpace(text) == "" || !utf8.ValidString(text) || utf8.RuneCountInString(text) > ownMost:
		return fmt.Errorf("%s: a text has 1 to %d signs", key, ownMost)
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }):
		return fmt.Errorf("%s: the text has a control character", key)
	}
	for name := range named(text) {
		if !any && !may[name] {
			return fmt.Errorf("%s: {%s} is no placeholder of it; %s", key, name, enumerated(may))
		}
	}
	return nil
}

func enumerated(may map[string]bool) string {
	if len(may) == 0 {
		return "it has none"
	}
	return "it has {" + strings.Join(slices.Sorted(maps.Keys(may)), "}, {") + "}"
}

// placeholders are the names that a text of a key may use; any says that all
// may be used.
func placeholders(key string) (may map[string]bool, any bool, err error) {
	group, _, _ := strings.Cut(key, ".")
	switch group {
	case "my":
		return nil, true, nil
	case "weekday", "month", "date", "number", "duration", "clock":
		return nil, false, fmt.Errorf("%s: the calendar and the numbers stay as they are", key)
	}
	base := catalogue()[english]
	if may := base.placeholders(key); may != nil {
		return may, false, nil
	}
	switch group {
	case "prize":
		return map[string]bool{"name": true, "value": true}, false, nil
	case "route", "place":
		return map[string]bool{}, false, nil
	}
	return nil, false, fmt.Errorf("%s: nothing says this", key)
}

// placeholders are the names that the texts of a key use in any plural form;
// nil where it has none.
func (w words) placeholders(key string) map[string]bool {
	plain, _, _ := strings.Cut(key, "[")
	var all map[string]bool
	for _, form := range []string{"", "[zero]", "[one]", "[two]", "[few]", "[many]", "[other]"} {
		text, ok := w[plain+form]
		if !ok {
			continue
		}
		if all == nil {
			all = map[string]bool{}
		}
		maps.Copy(all, named(text))
	}
	return all
}

// named are the placeholders of a text.
func named(text string) map[string]bool {
	all := map[string]bool{}
	fill(text, func(name string) (string, bool) { all[name] = true; return "", true })
	return all
}
