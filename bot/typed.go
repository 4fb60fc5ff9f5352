package bot

import (
	"strings"
	"unicode"

	"clubrun/digest/locale"
)

// What people type inside a dialogue, in all languages at once: nobody should
// have to guess which one the bot expects.

// isYes says whether a folded text is a yes.
func isYes(s string) bool {
	switch trim(s) {
	case "yes", "y", "yep", "yeah", "yes please", "sure", "ok", "okay", "👍",
		"ja", "j", "jo", "ja bitte", "klar", "si", "s", "claro", "vale", "sim", "oui", "o", "d'accord", "certo", "ja graag":
		return true
	}
	return false
}

// isNo says whether a folded text is a no.
func isNo(s string) bool {
	switch trim(s) {
	case "no", "n", "nope", "no thanks", "no thank you", "👎", "nein", "nee", "nein danke", "non", "nao", "no gracias", "non merci", "no grazie", "nee bedankt", "nao obrigado", "nao obrigada":
		return true
	}
	return false
}

// isErase says whether a folded text is the word that confirms /delete, in any
// language.
func isErase(s string) bool {
	switch trim(strings.TrimSpace(s)) {
	case "delete", "loschen", "loeschen", "borrar", "apagar", "supprimer", "elimina", "verwijderen":
		return true
	}
	return false
}

// chosenName returns the name of "name: Annie", in any language.
func chosenName(text string) (name string, ok bool) {
	word, name, found := strings.Cut(text, ":")
	switch name = strings.TrimSpace(name); strings.TrimSpace(fold(word)) {
	case "name", "nombre", "nome", "nom", "naam":
		return name, found && locale.Name(name) != ""
	}
	return "", false
}

// isStop says whether a folded text ends a dialogue.
func isStop(s string) bool {
	switch strings.TrimLeft(trim(s), "/!.") {
	case "stop", "cancel", "quit", "abort", "unsubscribe", "abbrechen", "abbruch", "stopp", "cancelar", "parar", "para", "sair",
		"annuler", "arreter", "arrete", "annulla", "basta", "annuleren", "stoppen":
		return true
	}
	return false
}

// isLast says whether a folded word means the one before this.
func isLast(s string) bool {
	switch s {
	case "last", "previous", "prev", "letzte", "letzten", "letzter", "letztes", "vorige", "vorigen", "vorig", "pasada", "pasado", "ultima", "ultimo", "anterior", "passada", "passado",
		"derniere", "dernier", "passee", "precedente", "scorsa", "scorso", "passata", "passato", "laatste", "afgelopen":
		return true
	}
	return false
}

// isOn and isOff read a switch.
func isOn(s string) bool {
	switch s {
	case "on", "yes", "an", "ein", "ja", "si", "sim", "oui", "aan", "ligar", "activar", "ativar", "active", "attiva":
		return true
	}
	return false
}

func isOff(s string) bool {
	switch s {
	case "off", "no", "none", "aus", "nein", "nao", "non", "nee", "uit", "never", "desligar", "desactivar", "desativar", "desactive", "disattiva":
		return true
	}
	return false
}

// isThanks says whether a folded text only thanks.
func isThanks(s string) bool {
	first, _, _ := strings.Cut(trim(s), " ")
	switch trim(first) {
	case "thanks", "thank", "thx", "ty", "danke", "gracias", "obrigado", "obrigada", "merci", "grazie", "bedankt", "dank", "dankjewel", "🙏":
		return len(s) < 40
	}
	return false
}

// digits returns the digits of a text.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// code finds the six digits that somebody typed as "123456", "123 456",
// "G-123456" or "the code is 123456".
func code(text string) (string, bool) {
	d := digits(fold(text))
	return d, len(d) == 6 && len(text) <= 80
}

// choice reads a small number, the answer to a numbered question.
func choice(s string) (int, bool) {
	d := trim(strings.TrimSpace(s))
	if len(d) == 0 || len(d) > 2 || digits(d) != d {
		return 0, false
	}
	n := 0
	for _, r := range d {
		n = n*10 + int(r-'0')
	}
	return n, n > 0
}

// email returns the first word that looks like an e-mail address.
func email(text string) (string, bool) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("<>(),;\"", r) }) {
		word = strings.TrimPrefix(strings.Trim(word, ".:!?'"), "mailto:")
		if i := strings.LastIndexByte(word, ':'); i >= 0 {
			word = word[i+1:]
		}
		name, host, found := strings.Cut(word, "@")
		if found && name != "" && len(word) <= 254 && !strings.Contains(host, "@") && strings.Contains(strings.Trim(host, "."), ".") {
			return word, true
		}
	}
	return "", false
}
