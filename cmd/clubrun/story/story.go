// Package story reads and plays stories: small text files in which people
// write to the bot and the clock moves, and which say what must come back.
// They are played against the real house, with WhatsApp and Garmin simulated
// in this process. It is for the demo and for tests; `clubrun run` never
// plays anything.
package story

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"
)

// Story is a story as it was read.
type Story struct {
	File  string
	Lines []Line
}

// Line is one action of a story.
type Line struct {
	Number int
	Text   string // as it was written
	Action Action
}

// Verb is the kind of an action.
type Verb string

// The verbs of a story. The comments name the fields of Action that they use.
const (
	Says       Verb = "says"       // Who, Group, Text, in which @bot mentions the bot
	Answers    Verb = "answers"    // Who, Group, Text: in answer to the bot's last message there
	Sends      Verb = "sends"      // Who, Group, Text: a file's path
	Edits      Verb = "edits"      // Who, Group, Text
	Moves      Verb = "moves"      // Who, Text: the phone number, of the same WhatsApp account
	Anew       Verb = "anew"       // Who, Text: the phone number of a new WhatsApp account
	Reacts     Verb = "reacts"     // Who, Group, Text: an emoji
	Votes      Verb = "votes"      // Who, Group, Text: an option of the bot's last poll there
	Linked     Verb = "linked"     // People, Group
	Add        Verb = "add"        // Who, Group, By
	Remove     Verb = "remove"     // Who, Group
	Promote    Verb = "promote"    // Who, Group
	Demote     Verb = "demote"     // Who, Group
	Operator   Verb = "operator"   // Text: a command line
	Phone      Verb = "phone"      // Text: written on the bot's own phone, to itself
	Until      Verb = "until"      // Weekday, Hour, Minute
	Wait       Verb = "wait"       // For
	Garmin     Verb = "garmin"     // Who ("all"), Text, Rest
	WhatsApp   Verb = "whatsapp"   // Text, Rest
	Opens      Verb = "opens"      // Who, Text: what is typed into the page, or nothing
	Setting    Verb = "setting"    // Text: its name, Rest: its value
	Restart    Verb = "restart"    //
	Kill       Verb = "kill"       // Text: the point, empty for now
	Expect     Verb = "expect"     // Text
	ExpectNot  Verb = "expect not" // Text
	ExpectNone Verb = "expect none"
	ExpectPic  Verb = "expect image"
	ExpectMark Verb = "expect reaction" // Text: an emoji
)

// Action is what a line asks for.
type Action struct {
	Verb    Verb
	Who     string // a person's name, lower case; "bot" for the bot
	Group   string // a group's name; empty for a direct chat
	People  []Guest
	By      string
	Text    string
	Rest    string
	Weekday time.Weekday
	Hour    int
	Minute  int
	For     time.Duration
}

// Guest is somebody who is to be linked, and the group to be shown in.
type Guest struct {
	Who   string // "all" for everybody in the group
	Group string // empty: the only group that the person is in
}

// looksOn says whether the line judges the action before it instead of being
// one itself.
func (a Action) looksOn() bool { return strings.HasPrefix(string(a.Verb), "expect") }

// Error is a story that cannot be read, or a world that cannot be made.
type Error struct {
	File   string
	Number int
	Reason string
}

// Error names file and line.
func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Number, e.Reason) }

// Read reads a whole story. Its error is an *Error naming file and line.
func Read(file string, r io.Reader) (Story, error) {
	s := Story{File: file}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		l, ok, err := ParseLine(lines.Text())
		if err != nil {
			return Story{}, &Error{file, n, err.Error()}
		}
		if ok {
			l.Number = n
			s.Lines = append(s.Lines, l)
		}
	}
	if err := lines.Err(); err != nil {
		return Story{}, fmt.Errorf("read story %s: %w", file, err)
	}
	return s, nil
}
