// Package locale knows how people of a language and a unit system read
// numbers, dates, paces and sentences. Its words stand in one flat file per
// language. It never computes a figure and never decides what is said.
package locale

import (
	"fmt"
	"slices"
	"strings"

	"clubrun/store"
)

// Locale is one language with one unit system. It is safe for many callers.
type Locale struct {
	lang  string
	units store.Units
	words words
	base  words // English, for what the language lacks
}

// For returns the locale of a language tag ("de", "de-AT", "pt_BR"); an
// unknown language reads as English, an unknown unit system as kilometres.
func For(lang string, units store.Units) *Locale { return from(catalogue(), lang, units) }

func from(all map[string]words, lang string, units store.Units) *Locale {
	lang = strings.ToLower(lang)
	if i := strings.IndexAny(lang, "-_"); i > 0 {
		lang = lang[:i]
	}
	if _, known := all[lang]; !known {
		lang = english
	}
	if units != store.Miles && units != store.Both {
		units = store.Kilometres
	}
	return &Locale{lang: lang, units: units, words: all[lang], base: all[english]}
}

// Languages returns the ISO 639-1 codes of all languages whose calendar,
// numbers and typed words are known, English first.
func Languages() []string { return slices.Clone(languages[:]) }

// Missing returns the keys that English has and the language lacks, sorted.
func Missing(lang string) []string {
	all := catalogue()
	var keys []string
	for key := range all[english] {
		plain, _, _ := strings.Cut(key, "[")
		if !all[lang].has(plain) {
			keys = append(keys, plain)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// Language returns the ISO 639-1 code of the locale's language.
func (l *Locale) Language() string { return l.lang }

// Units returns the locale's unit system.
func (l *Locale) Units() store.Units { return l.units }

// Single returns the locale with one unit system: kilometres where both are
// read. Columns and pictures have no room for brackets.
func (l *Locale) Single() *Locale { return l.in(store.Kilometres) }

// in returns the locale with one of two unit systems where both are read.
func (l *Locale) in(units store.Units) *Locale {
	if l.units != store.Both {
		return l
	}
	one := *l
	one.units = units
	return &one
}

// both writes a figure in kilometres and, in brackets, in miles, where both
// are read.
func (l *Locale) both(write func(*Locale) string) string {
	if l.units != store.Both {
		return write(l)
	}
	metric, imperial := write(l.in(store.Kilometres)), write(l.in(store.Miles))
	if metric == imperial {
		return metric
	}
	return metric + " (" + imperial + ")"
}

// Has says whether there are words for the key, in this language or in
// English.
func (l *Locale) Has(key string) bool { return l.words.has(key) || l.base.has(key) }

func (w words) has(key string) bool {
	_, plain := w[key]
	_, plural := w[key+"[other]"]
	return plain || plural
}

// Say returns the text of a key. Args are pairs of a name and a value that
// replace {name}; whole numbers are grouped as the language does, everything
// else is printed as it is. The value of n chooses the plural form. A text
// that the language lacks is said in English; a key nobody knows is returned
// itself, so that the fault is seen and nothing else breaks.
func (l *Locale) Say(key string, args ...any) string {
	if !l.Has(key) {
		return key
	}
	text := l.words.form(key, l.lang, args)
	if text == "" {
		text = l.base.form(key, english, args)
	}
	return l.Fill(text, args...)
}

// Fill replaces the placeholders of a text that no file has, such as an
// operator's own, as Say does.
func (l *Locale) Fill(text string, args ...any) string {
	return fill(text, func(name string) (string, bool) {
		value, ok := argument(args, name)
		if !ok {
			return "", false
		}
		return l.print(value), true
	})
}

// form picks the plural form that n asks for, then other, then the plain key.
func (w words) form(key, lang string, args []any) string {
	if n, ok := argument(args, "n"); ok {
		if text, ok := w[key+"["+plural(lang, n)+"]"]; ok {
			return text
		}
		if text, ok := w[key+"[other]"]; ok {
			return text
		}
	}
	if text, ok := w[key]; ok {
		return text
	}
	return w[key+"[other]"]
}

// argument finds the value of a name in a list of pairs.
func argument(args []any, name string) (any, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1], true
		}
	}
	return nil, false
}

func (l *Locale) print(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int:
		return l.Number(float64(v), 0)
	case int64:
		return l.Number(float64(v), 0)
	case float64:
		return l.Number(v, 1)
	}
	return fmt.Sprint(value)
}

// fill replaces each {name} once; what it puts in is not looked at again, so
// a person called {n} stays so.
func fill(text string, value func(name string) (string, bool)) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			break
		}
		shut := strings.IndexByte(text[open:], '}')
		if shut < 0 {
			break
		}
		shut += open
		b.WriteString(text[:open])
		if v, ok := value(text[open+1 : shut]); ok {
			b.WriteString(v)
			if strings.HasSuffix(v, ".") && strings.HasPrefix(text[shut+1:], ".") {
				shut++ // "13. Sept." ends a sentence with one stop
			}
		} else {
			b.WriteString(text[open : shut+1])
		}
		text = text[shut+1:]
	}
	b.WriteString(text)
	return b.String()
}
