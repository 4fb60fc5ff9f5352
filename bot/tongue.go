package bot

import (
	"strings"
	"unicode"
)

// deniedTongue returns in which language a sentence says that its writer does
// not speak another; the language is empty where it is that one itself.
func deniedTongue(words []string) (own string, denies bool) {
	named := ""
	for _, word := range words {
		if lang, ok := languageOf(word); ok && len(word) > 4 {
			named = lang
		}
	}
	if named == "" {
		return "", false
	}
	for _, rule := range []gistRule{
		{"pt", "nao falo|percebo|entendo|leio|sei|compreendo"},
		{"es", "no hablo|hablamos|entiendo|leo|se"},
		{"de", "kein*|nicht spreche|sprech|sprich|kann|kan|verstehe|versteh|konnen|sprechen"},
		{"fr", "pas parle|comprends|lis|parlons"},
		{"it", "non parlo|capisco|leggo|so"},
		{"nl", "geen|niet spreek|versta|begrijp|kan|lees"},
		{"en", "dont|not|cant|no|cannot speak|understand|read|know"},
	} {
		if !rule.keeps(words) {
			continue
		}
		if rule.topic == named {
			return "", true
		}
		return rule.topic, true
	}
	return "", false
}

// laughs says whether a folded text only laughs, in any language: there is
// nothing to answer.
func laughs(s string) bool {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, s)
	if strings.ContainsFunc(s, unicode.IsDigit) || len(s) > 60 {
		return false
	}
	switch unstretched(letters) {
	case "lol", "lool", "lmao", "rofl", "mdr", "mdrr", "ptdr", "xd", "xdd", "rsrs", "rsrsrs":
		return true
	case "k":
		return len(letters) > 2
	}
	for _, of := range []struct {
		letters string
		least   int
	}{{"ha", 4}, {"he", 4}, {"hi", 4}, {"ah", 4}, {"ja", 6}, {"je", 6}, {"ji", 6}} {
		if len(letters) >= of.least && strings.Trim(letters, of.letters) == "" && strings.Count(letters, of.letters[:1]) > 1 && strings.Count(letters, of.letters[1:]) > 1 {
			return true
		}
	}
	return false
}
