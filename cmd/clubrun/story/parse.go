package story

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// ParseLine reads one line; ok is false for an empty line or a comment.
func ParseLine(text string) (line Line, ok bool, err error) {
	text = strings.TrimSpace(strings.TrimPrefix(text, "\ufeff")) // some editors begin a file so
	if text == "" || strings.HasPrefix(text, "#") {
		return Line{}, false, nil
	}
	a, err := parseAction(text)
	if err != nil {
		return Line{}, false, err
	}
	return Line{Text: text, Action: a}, true, nil
}

func parseAction(text string) (Action, error) {
	word, rest := cutWord(text)
	bare := uncomment(rest) // of lines in which nobody says anything
	switch strings.TrimSuffix(word, ":") {
	case "expect":
		return parseExpect(word, rest)
	case "until":
		return parseUntil(bare)
	case "wait":
		return parseWait(bare)
	case "restart":
		return alone(Restart, bare)
	case "kill":
		return parseKill(bare)
	case "add", "remove", "promote", "demote":
		return parseRoster(Verb(word), bare)
	case "linked":
		return parseLinked(bare)
	case "operator":
		return need(Action{Verb: Operator, Text: rest}, rest, "operator: needs a command, as in operator: groups list")
	case phone:
		return need(Action{Verb: Phone, Text: rest}, rest, "phone: needs what the bot's owner writes, as in phone: /status")
	case "whatsapp":
		what, more := cutWord(bare)
		return need(Action{Verb: WhatsApp, Text: what, Rest: more}, what, "whatsapp: needs what happens to it, as in whatsapp: drop")
	case "garmin":
		return parseGarmin(rest)
	case "setting":
		name, value := cutWord(rest)
		return need(Action{Verb: Setting, Text: name, Rest: value}, value, "setting needs a name and a value, as in setting CHAT_PASSWORDS off")
	}
	return parsePerson(text)
}

// phone is what the bot's own phone is called in stories.
const phone = "phone"

func parseExpect(word, rest string) (Action, error) {
	if word == "expect:" {
		return need(Action{Verb: Expect, Text: rest}, rest, "expect: needs the text that must come")
	}
	what, more := cutWord(rest)
	switch what {
	case "not:":
		return need(Action{Verb: ExpectNot, Text: more}, more, "expect not: needs the text that must not come")
	case "none":
		return alone(ExpectNone, uncomment(more))
	case "image":
		return alone(ExpectPic, uncomment(more))
	case "reaction":
		mark := uncomment(more)
		return need(Action{Verb: ExpectMark, Text: mark}, mark, "expect reaction needs an emoji")
	}
	return Action{}, fmt.Errorf("expect what? write expect: TEXT, expect not: TEXT, expect none, expect image or expect reaction EMOJI")
}

func alone(v Verb, rest string) (Action, error) {
	if rest != "" {
		return Action{}, fmt.Errorf("nothing may follow %q, here: %q", v, rest)
	}
	return Action{Verb: v}, nil
}

func need(a Action, part, complaint string) (Action, error) {
	if part == "" {
		return Action{}, fmt.Errorf("%s", complaint)
	}
	return a, nil
}

// weekday reads the name of a weekday, whole or its first letters, three at least.
func weekday(s string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if len(s) >= 3 && strings.HasPrefix(lower(d.String()), lower(s)) {
			return d, true
		}
	}
	return 0, false
}

func parseUntil(rest string) (Action, error) {
	day, clock := cutWord(rest)
	w, known := weekday(day)
	t, err := time.Parse("15:04", clock)
	if !known || err != nil {
		return Action{}, fmt.Errorf("until needs a weekday and a time, as in until sun 18:00")
	}
	return Action{Verb: Until, Weekday: w, Hour: t.Hour(), Minute: t.Minute()}, nil
}

func parseWait(rest string) (Action, error) {
	d, err := parseSpan(rest)
	if err != nil {
		return Action{}, err
	}
	return Action{Verb: Wait, For: d}, nil
}

// parseSpan reads 30m, 2h or 7d.
func parseSpan(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		n, err := strconv.Atoi(days)
		if err == nil && n > 0 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	}
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("a time to wait is needed, as in wait 30m, wait 2h or wait 7d")
	}
	return d, nil
}

func parseKill(rest string) (Action, error) {
	if rest == "" {
		return Action{Verb: Kill}, nil
	}
	at, point := cutWord(rest)
	if at != "at" || point == "" || strings.Contains(point, " ") {
		return Action{}, fmt.Errorf("write kill, or kill at POINT, as in kill at digest.saved")
	}
	return Action{Verb: Kill, Text: point}, nil
}

func parseRoster(v Verb, rest string) (Action, error) {
	target, by := rest, ""
	if v == Add {
		target, by, _ = strings.Cut(rest, " by ")
	}
	who, group, ok := strings.Cut(strings.TrimSpace(target), "@")
	if !ok || who == "" || group == "" {
		return Action{}, fmt.Errorf("write %s NAME@GROUP, as in %s zoe@Tuesday Runners", v, v)
	}
	return Action{Verb: v, Who: lower(who), Group: strings.TrimSpace(group), By: lower(by)}, nil
}

func parseLinked(rest string) (Action, error) {
	a := Action{Verb: Linked}
	for part := range strings.SplitSeq(rest, ",") {
		who, group, _ := strings.Cut(strings.TrimSpace(part), "@")
		if who = strings.TrimSpace(who); who == "" {
			return Action{}, fmt.Errorf("linked: needs names, as in linked: ana, ben@Tuesday Runners")
		}
		a.People = append(a.People, Guest{lower(who), strings.TrimSpace(group)})
	}
	// A group written once, behind the last name, is meant for all of them.
	for i, last := len(a.People)-2, a.People[len(a.People)-1].Group; i >= 0; i-- {
		if a.People[i].Group == "" {
			a.People[i].Group = last
		}
	}
	return a, nil
}

func parseGarmin(rest string) (Action, error) {
	who, what, ok := strings.Cut(rest, ":")
	what, more := cutWord(what)
	if what != "rename" {
		what, more = uncomment(what), uncomment(more)
	}
	if !ok || who == "" || what == "" {
		return Action{}, fmt.Errorf("write garmin NAME: WHAT, as in garmin ben: 429 or garmin all: ok")
	}
	return Action{Verb: Garmin, Who: lower(who), Text: what, Rest: more}, nil
}

// parsePerson reads what a person does: says, sends, edits, answers, reacts.
func parsePerson(text string) (Action, error) {
	if a, ok := parseDeed(text); ok {
		return need(a, a.Text, "the line ends too early")
	}
	who, said, ok := strings.Cut(text, ":")
	if !ok || who == "" {
		return Action{}, fmt.Errorf("cannot read %q: no action begins so, and a person's line is NAME: TEXT or NAME@GROUP: TEXT", text)
	}
	name, group, in := strings.Cut(who, "@")
	switch group = strings.TrimSpace(group); {
	case strings.TrimSpace(name) == "":
		return Action{}, fmt.Errorf("cannot read %q: a name is needed before @", text)
	case strings.ContainsAny(strings.TrimSpace(name), " \t"):
		return Action{}, fmt.Errorf("cannot read %q: a name is one word", text)
	case in && group == "":
		return Action{}, fmt.Errorf("cannot read %q: a group's name is needed behind @", text)
	}
	said = strings.TrimSpace(said)
	return need(Action{Verb: Says, Who: lower(name), Group: group, Text: said}, said, "somebody says nothing")
}

// parseDeed reads NAME[@GROUP] sends FILE, edits: TEXT, answers: TEXT, reacts EMOJI, votes OPTION,
// moves to NUMBER, starts anew as NUMBER. The verb
// stands before any colon, so that nobody's words are taken for a deed.
func parseDeed(text string) (Action, bool) {
	for _, d := range []struct {
		verb Verb
		sign string
	}{{Sends, " sends "}, {Edits, " edits: "}, {Answers, " answers: "}, {Reacts, " reacts "}, {Votes, " votes "}, {Opens, " opens "}, {Moves, " moves to "}, {Anew, " starts anew as "}} {
		who, what, ok := strings.Cut(text, d.sign)
		name, group, _ := strings.Cut(who, "@")
		if name = strings.TrimSpace(name); !ok || strings.Contains(who, ":") || strings.ContainsAny(name, " \t") {
			continue
		}
		return Action{Verb: d.verb, Who: lower(name), Group: strings.TrimSpace(group), Text: strings.TrimSpace(what)}, true
	}
	return Action{}, false
}

func cutWord(s string) (word, rest string) {
	s = strings.TrimSpace(s)
	end := strings.IndexFunc(s, unicode.IsSpace)
	if end < 0 {
		return s, ""
	}
	return s[:end], strings.TrimSpace(s[end:])
}

var comment = regexp.MustCompile(`(^|\s)#(\s.*)?$`)

// uncomment takes off a comment that stands behind an action.
func uncomment(s string) string { return strings.TrimSpace(comment.ReplaceAllString(s, "")) }

func lower(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
