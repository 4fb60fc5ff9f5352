package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"clubrun/digest/locale"
	"clubrun/store"
)

// question is what somebody wants to see figures of.
type question struct {
	span  store.Span
	timed bool        // the span was told
	sport store.Sport // empty for all
	self  bool        // "me"
	group bool        // "all"
	name  string      // of whom, as it was typed; empty for nobody
	tag   bool        // the name stood behind an @
	rest  []string    // what was not understood
}

// asks makes a question of what followed a command in a group.
func (t *turn) asks(args []string, g store.Group, unit locale.Unit, known []store.Athlete) question {
	return ask(locale.Calendar{Lang: t.loc.Language(), Today: t.today(g), First: g.WeekStart}, args, unit, known)
}

// ask makes a question of words. Known are the members that may be asked for:
// their names mean them, whatever else they mean. One word that means nothing
// else is taken for a name.
func ask(c locale.Calendar, args []string, unit locale.Unit, known []store.Athlete) question {
	q := question{span: c.This(unit)}
	words := locale.Typed(args)
	for i := 0; i < len(words); {
		i += q.take(c, words[i:], unit, known)
	}
	if q.name == "" && len(q.rest) > 0 && calls(q.rest, known) {
		q.name, q.rest = strings.Join(q.rest, " "), nil
	}
	return q
}

// take reads what the words begin with and returns how many it were.
func (q *question) take(c locale.Calendar, words []string, unit locale.Unit, known []store.Athlete) int {
	word := words[0]
	if sport, ok := sportOf(word); ok && q.sport == "" && !slices.ContainsFunc(known, func(a store.Athlete) bool { return callName(a) == word }) {
		q.sport = sport
		return 1
	}
	switch {
	case strings.HasPrefix(word, "@") && len(word) > 1:
		if isMe(word[1:]) {
			q.self = true
			return 1
		}
		q.name, q.tag = word[1:], true
		return 1
	case isMe(word):
		q.self = true
		return 1
	case isAll(word):
		q.group = true
		return 1
	}
	called := slices.ContainsFunc(known, func(a store.Athlete) bool {
		return callName(a) == word || strings.HasPrefix(callName(a), word) && !c.Sure(word)
	})
	if !called && !q.timed {
		if span, used, ok := c.Period(words, unit); ok {
			q.span, q.timed = span, true
			return used
		}
	}
	q.rest = append(q.rest, word)
	return 1
}

// calls says whether words that mean nothing else may be somebody's name: one
// word of letters, or the beginning of a name that is known.
func calls(words []string, known []store.Athlete) bool {
	name := strings.Join(words, " ")
	if len(words) == 1 && len([]rune(name)) >= 2 && !strings.ContainsAny(name, "0123456789/@") {
		return true
	}
	return slices.ContainsFunc(known, func(a store.Athlete) bool { return strings.HasPrefix(callName(a), name) })
}

// callName is a member's name as it is typed.
func callName(a store.Athlete) string {
	words := strings.Fields(fold(a.Name))
	for i, w := range words {
		words[i] = trim(w)
	}
	return strings.Join(words, " ")
}

func isMe(word string) bool {
	switch word {
	case "me", "my", "mine", "myself", "ich", "mich", "mein", "meine", "yo", "eu", "moi", "io", "ik", "mij":
		return true
	}
	return false
}

func isAll(word string) bool {
	switch word {
	case "all", "everyone", "everybody", "group", "alle", "gruppe", "todos", "todas", "grupo", "tous", "groupe", "tutti", "gruppo", "iedereen", "groep":
		return true
	}
	return false
}

// visible returns the members of a group that may be asked for: those who are
// shown and not in a pause.
func (t *turn) visible(ctx context.Context, g store.Group) ([]store.Athlete, error) {
	today := t.today(g)
	season, err := t.Store.Season(ctx, g.ID, store.Span{Start: today, End: today + 1})
	if err != nil {
		return nil, fmt.Errorf("members: %w", err)
	}
	return slices.DeleteFunc(season.Members, func(a store.Athlete) bool {
		return slices.ContainsFunc(season.Pauses, func(p store.Pause) bool { return p.Athlete == a.ID && p.Span.Contains(today) })
	}), nil
}

// named returns the members that a typed name means: the one behind a tag, the
// one of exactly that name, or all whose name begins so.
func (q question) named(known []store.Athlete) []store.Athlete {
	var found []store.Athlete
	for _, a := range known {
		switch name := callName(a); {
		case q.tag && (fold(a.User) == q.name || a.Phone == q.name), name == q.name:
			return []store.Athlete{a}
		case strings.HasPrefix(name, q.name):
			found = append(found, a)
		}
	}
	return found
}

// nothingOf says that somebody has nothing to see here; the same of who is
// unknown, not linked, not shown and in a pause.
func (t *turn) nothingOf(q question) {
	name := locale.Name(capital(q.name))
	if q.tag || name == "" {
		t.say("bot.nothing.person")
		return
	}
	t.say("bot.nothing", "name", name)
}

// capital writes a folded name as names are written.
func capital(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		r := []rune(w)
		words[i] = strings.ToUpper(string(r[:1])) + string(r[1:])
	}
	return strings.Join(words, " ")
}
