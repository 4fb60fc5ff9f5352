package bot

import (
	"strings"

	"clubrun/store"
)

// harmless says whether a command may be stored as it was typed: it is one
// that is known, and nothing follows it that could be a secret.
func (b *Book) harmless(r Request, text string) bool {
	if r.Command == "" || addressed(text) {
		return false
	}
	if r.Command == "link" || !r.Slash {
		for _, arg := range r.Args {
			if !b.plainArgument(arg) {
				return false
			}
		}
	}
	return len(r.Args) <= mostArguments
}

// mostArguments is how many words of a command may be stored; "/goal set 1000
// km run from 1 sep until 30 sep" has nine.
const mostArguments = 12

// addressed says whether a text has an @ elsewhere than before a name: it may
// be an address.
func addressed(text string) bool {
	for word := range strings.FieldsSeq(text) {
		if strings.LastIndexByte(word, '@') > 0 {
			return true
		}
	}
	return false
}

// plainArgument says whether a word is one that commands are known to be
// followed by.
func (b *Book) plainArgument(word string) bool {
	switch word {
	case "me", "my", "mine", "garmin", "chat", "page", "files", "file", "cn", "china", "garmin.cn", "show", "why", "this", "all", "group":
		return true
	}
	if code, is := store.ParseInvite(word); is && store.CheckedInvite(code) {
		return true
	}
	return isLast(word) || isOn(word) || isOff(word) || b.name(word) != ""
}

// posted says whether a text in a group looks as if somebody posted what
// belongs into a direct message: an e-mail address after /link, or beside
// something that looks like a password.
func (b *Book) posted(text string) bool {
	if len(text) > longest {
		return false
	}
	address, found := email(text)
	if !found {
		return false
	}
	words := strings.Fields(text)
	others := 0
	for _, word := range words {
		if before, after, is := strings.Cut(word, address); is {
			word = strings.Trim(before+after, ":;,.<>()")
		}
		f := trim(fold(word))
		if called(f) || b.name(strings.TrimLeft(f, "/!.")) == "link" {
			return true
		}
		if guarded(word) {
			others++
		}
	}
	return others > 0 && len(words) <= 3
}

// called says whether a folded word is what passwords are called.
func called(word string) bool {
	head, _, _ := strings.Cut(word, ":")
	head, _, _ = strings.Cut(head, "=")
	switch head {
	case "password", "passwd", "pass", "pwd", "pw", "passwort", "kennwort", "contrasena", "clave", "senha", "palavra-passe", "passe", "mdp", "parola", "wachtwoord", "ww":
		return true
	}
	return false
}

// guarded says whether a word looks made to be hard to guess: letters together
// with digits or signs.
func guarded(word string) bool {
	if len(word) < 6 {
		return false
	}
	letter := strings.ContainsFunc(word, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' })
	sign := strings.ContainsAny(word[:len(word)-1], "0123456789!#$%&*+-_/=?^") || strings.ContainsAny(word, "0123456789")
	return letter && sign
}
