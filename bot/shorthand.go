package bot

import "strings"

// longhand writes out what people leave out when they type on a phone: "jveux"
// is "je veux". It is for guessing what a sentence is about, and only words that
// mean one thing in all languages are there.
func longhand(words []string) string {
	long := make([]string, len(words))
	for i, word := range words {
		long[i] = word
		if full, ok := shorthand(word); ok {
			long[i] = full
		}
	}
	return strings.Join(long, " ")
}

// shorthand returns the words that a folded one is short for.
func shorthand(word string) (full string, ok bool) {
	switch word {
	case "jveux":
		return "je veux", true
	case "jvoudrais":
		return "je voudrais", true
	case "jsuis", "chuis", "chui":
		return "je suis", true
	case "jcomprends":
		return "je comprends", true
	case "koi", "kwa":
		return "quoi", true
	case "pk", "pq", "pkoi", "pourkoi":
		return "pourquoi", true
	case "kes", "keske", "kesk":
		return "que", true
	case "ki":
		return "qui", true
	case "ds":
		return "dans", true
	case "ke":
		return "che", true
	case "nn":
		return "non", true
	case "xke", "xche", "perke":
		return "perche", true
	case "mn":
		return "mijn", true
	case "c":
		return "cest", true
	}
	return "", false
}
