package bot

import (
	"strings"

	"clubrun/digest/render"
	"clubrun/store"
)

// switches are what somebody said of classes of workouts.
type switches struct {
	on, off store.Classes
	bare    store.Classes // without a word whether on or off
	all     bool          // every class is on
}

// switched reads classes with a sign before them (-commute +run), or with on or
// off behind them (virtual manual off), or alone.
func switched(words []string) (s switches, ok bool) {
	for _, word := range words {
		switch {
		case isOn(word) && s.bare != "":
			s.on, s.bare = join(s.on, s.bare), ""
			continue
		case isOff(word) && s.bare != "":
			s.off, s.bare = join(s.off, s.bare), ""
			continue
		case isAll(word) && len(words) <= 2 && (len(words) == 1 || isOn(words[len(words)-1])):
			return switches{all: true}, true
		}
		sign, name := signed(word)
		class, known := classOf(name)
		if !known {
			return s, false
		}
		switch sign {
		case '+':
			s.on = s.on.With(class)
		case '-':
			s.off = s.off.With(class)
		default:
			s.bare = s.bare.With(class)
		}
	}
	return s, len(words) > 0
}

func join(a, b store.Classes) store.Classes {
	return store.NewClasses(append(a.List(), b.List()...)...)
}

// signed takes a plus or one of the signs that people type as a minus off a
// word.
func signed(word string) (sign rune, rest string) {
	for _, minus := range []string{"-", "−", "–", "—"} {
		if rest, ok := strings.CutPrefix(word, minus); ok {
			return '-', rest
		}
	}
	if rest, ok := strings.CutPrefix(word, "+"); ok {
		return '+', rest
	}
	return 0, word
}

// classOf returns the class that a folded word means, in any language.
func classOf(word string) (store.Class, bool) {
	if s, ok := sportOf(word); ok {
		return store.Class(s), true
	}
	switch word {
	case "virtual", "virtuals", "virtuell", "virtuel", "virtuale", "virtueel", "zwift":
		return store.ClassVirtual, true
	case "manual", "typed", "manuell", "getippt", "manuel", "manuale", "handmatig", "escritas", "digitadas":
		return store.ClassManual, true
	case "commute", "commutes", "commuting", "arbeitsweg", "arbeitswege", "pendeln", "trayecto", "trayectos", "deslocacao", "deslocacoes", "trajet", "trajets", "velotaf",
		"tragitto", "tragitti", "pendolare", "woon-werk", "woonwerk", "forenzen":
		return store.ClassCommute, true
	case "other", "others", "andere", "sonstiges", "otros", "otras", "outros", "outras", "autre", "autres", "altro", "altri", "overig", "overige":
		return store.Class(store.Other), true
	}
	return "", false
}

// classes lists classes by name.
func (t *turn) classes(set store.Classes) string {
	var all []string
	for _, c := range set.List() {
		if c.IsSport() {
			all = append(all, render.Sport(store.Sport(c), t.loc))
			continue
		}
		all = append(all, t.loc.Say("bot.class."+string(c)))
	}
	return strings.Join(all, ", ")
}

// rest are the classes that are not in a set.
func rest(set store.Classes) store.Classes {
	return drop(store.NewClasses(store.AllClasses()...), set)
}

// drop returns a set without the classes of another.
func drop(set, others store.Classes) store.Classes {
	for _, c := range others.List() {
		set = set.Without(c)
	}
	return set
}
