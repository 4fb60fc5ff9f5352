package bot

import (
	"slices"
	"strings"

	"clubrun/bot/access"
	"clubrun/store"
)

// longest is the length in bytes beyond which a text is no command.
const longest = 1024

// Request is a text read as a command. Its words are folded: lower case
// without accents.
type Request struct {
	Slash   bool     // it began with / or one of its kin
	Word    string   // as typed, without the prefix
	Command string   // the name of the command; empty for a word nobody knows
	Args    []string // what followed
}

// Parse reads a text as a command. A plain word without a prefix is a command
// only where it is the whole text or begins a short one, and only in a direct
// message: the caller looks at Slash. It takes time linear in the text.
func (b *Book) Parse(text string) Request {
	if len(text) > longest {
		return Request{}
	}
	words := strings.Fields(fold(text))
	for len(words) > 1 && strings.HasPrefix(words[0], "@") {
		words = words[1:]
	}
	if len(words) == 0 {
		return Request{}
	}
	r := Request{}
	r.Slash, words = unprefix(words)
	words = meant(words)
	if len(words) == 0 {
		return Request{Slash: r.Slash}
	}
	words = b.forward(words, r.Slash)
	r.Word, r.Args = words[0], words[1:]
	r.Command = b.named(asTyped(text, r.Word), r.Word)
	if n, ok := b.glued(r.Word); r.Command == "" && ok {
		r.Command, r.Args = "week", append([]string{n}, r.Args...)
	}
	if code, ok := invitation(r.Word); r.Command == "" && len(r.Args) == 0 && ok {
		r.Command, r.Args = "link", []string{code}
	}
	return r
}

// asTyped returns a word of a text with its accents.
func asTyped(text, folded string) string {
	for word := range strings.FieldsSeq(text) {
		if word = trim(strings.TrimLeft(word, "/!.／")); fold(word) == folded {
			return word
		}
	}
	return folded
}

// unprefix takes the prefix off the first word; "/ week" is "/week". Several
// signs in a row are no prefix: people write "... and then".
func unprefix(words []string) (slash bool, rest []string) {
	first := words[0]
	if !strings.ContainsRune("/!.", rune(first[0])) || len(first) > 1 && strings.ContainsRune("/!.", rune(first[1])) {
		return false, words
	}
	if first == "/" {
		return true, words[1:]
	}
	rest = slices.Clone(words)
	rest[0] = first[1:]
	return len(first) > 1, rest
}

// plainly says whether a text is a known command behind a real slash: that,
// and nothing else, interrupts a dialogue.
func (b *Book) plainly(text string) bool {
	r := b.Parse(text)
	return r.Slash && r.Command != "" && strings.HasPrefix(fold(text), "/")
}

// meant drops what carries no meaning: punctuation at the ends of words,
// emoji, politeness, and the bot's name behind an @.
func meant(words []string) []string {
	var kept []string
	for i, word := range words {
		if i == 0 {
			word, _, _ = strings.Cut(word, "@")
		}
		if word = trim(word); word == "" && i == 0 && words[0] == "?" {
			word = "?"
		}
		if word != "?" && !letters(word) || i > 0 && polite(word) {
			continue
		}
		kept = append(kept, word)
	}
	return kept
}

func polite(word string) bool {
	switch word {
	case "please", "pls", "plz", "bitte", "favor", "por", "porfa", "svp", "stp", "prego", "alstublieft", "aub", "thanks", "thx", "danke":
		return true
	}
	return false
}

// forward puts "last week", "the last month" and "diese woche" in the order
// "week last". Behind a slash more may follow.
func (b *Book) forward(words []string, slash bool) []string {
	if len(words) > 1 && isArticle(words[0]) && (isThis(words[1]) || isLast(words[1]) || periodic(b.name(words[1]))) {
		words = words[1:]
	}
	if len(words) < 2 || len(words) > 2 && !slash || b.name(words[0]) != "" || !isLast(words[0]) && !isThis(words[0]) || !periodic(b.name(words[1])) {
		return words
	}
	return append([]string{words[1], words[0]}, words[2:]...)
}

// isThis says whether a folded word means the one that runs.
func isThis(s string) bool {
	switch s {
	case "this", "current", "diese", "dieser", "dieses", "diesen", "esta", "este", "cette", "ce", "cet", "questa", "questo", "deze", "dit":
		return true
	}
	return false
}

func isArticle(s string) bool {
	switch s {
	case "the", "die", "der", "das", "den", "la", "el", "le", "il", "a", "o", "de", "het":
		return true
	}
	return false
}

// periodic says whether a command is about a period of its own name.
func periodic(command string) bool {
	return command == "week" || command == "month" || command == "year"
}

// invitation finds the code that somebody typed without its command, or glued
// to it: "PRC3", "linkprc3".
func invitation(word string) (code string, ok bool) {
	code, ok = store.ParseInvite(strings.TrimPrefix(word, "link"))
	return strings.ToLower(code), ok && store.CheckedInvite(code)
}

// glued takes "kw37" and "week37" apart.
func (b *Book) glued(word string) (number string, ok bool) {
	at := strings.IndexFunc(word, func(r rune) bool { return r >= '0' && r <= '9' })
	if at < 1 || strings.ContainsFunc(word[at:], func(r rune) bool { return r < '0' || r > '9' }) {
		return "", false
	}
	return word[at:], b.name(word[:at]) == "week"
}

// nearest returns the command that a misspelt word is closest to.
func (b *Book) nearest(word string) (command string, ok bool) {
	command, _, ok = b.guessed(word)
	return command, ok
}

// guessed returns the command of people that a misspelt word is closest to, and
// its name of which that is so: at most one letter off for short words, two for
// others. Of several the one that is closest to the word as it was typed
// counts, then one that begins like it, then an English one. What the operator
// alone may do is no guess.
func (b *Book) guessed(typed string) (command, as string, ok bool) {
	if n := len([]rune(typed)); n < 3 || n > 20 {
		return "", "", false
	}
	word, most := unstretched(typed), 2
	if len(word) < 5 {
		most = 1
	}
	best := most*far + far
	for _, c := range b.Commands {
		if !access.Allow(store.RoleMember, c.Needs) && !access.Allow(store.RoleAdmin, c.Needs) {
			continue
		}
		for i, name := range append([]string{c.Name}, c.Aliases...) {
			d := Distance(word, name, most)
			if d > most {
				continue
			}
			rank := d*far + 4*min(Distance(typed, name, most+2), far/4-1)
			if !strings.HasPrefix(name, word) {
				rank += 2
			}
			if i > 0 {
				rank++
			}
			if rank < best {
				best, command, as = rank, c.Name, name
			}
		}
	}
	return command, as, command != ""
}

// far parts guesses that are one letter further off from all that are not.
const far = 100

// unstretched makes one letter of three and more: "hilfeeee" is "hilfe".
func unstretched(word string) string {
	var kept []rune
	all := []rune(word)
	for i := 0; i < len(all); {
		end := i
		for end < len(all) && all[end] == all[i] {
			end++
		}
		kept = append(kept, all[i])
		if end-i == 2 {
			kept = append(kept, all[i])
		}
		i = end
	}
	return string(kept)
}
