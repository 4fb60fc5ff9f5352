package bot

import (
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode"

	"clubrun/digest/locale"
	"clubrun/store"
)

// The dialogues.
const (
	topicLink   = "link"   // until the account is linked: what is typed may be a secret
	topicShare  = "share"  // the yes to being shown in a group
	topicLeave  = "leave"  // which group
	topicDelete = "delete" // the word that erases everything
	topicGuess  = "guess"  // the yes to a command that was misspelt
	topicWho    = "who"    // whom a name means
	topicWhen   = "when"   // the day or the hour that a schedule lacks
)

// The lives of dialogues.
const (
	linkLife  = 10 * time.Minute
	shareLife = 48 * time.Hour
	shortLife = 10 * time.Minute
)

// notes are what a dialogue remembers. There is never a secret in them.
type notes struct {
	Road    string   `json:"road,omitempty"`    // of a sign-in
	Region  string   `json:"region,omitempty"`  // of the account: "cn", or the world
	Anew    bool     `json:"anew,omitempty"`    // a new sign-in was offered, for want of a code
	Page    string   `json:"page,omitempty"`    // hash of the token of the page that is open
	Groups  []int64  `json:"groups,omitempty"`  // as they were numbered
	Name    string   `json:"name,omitempty"`    // to be shown
	Text    string   `json:"text,omitempty"`    // that a yes agrees to
	Lure    int64    `json:"lure,omitempty"`    // group whose invitation the sender came by
	Command string   `json:"command,omitempty"` // that was guessed, or asks for somebody
	Args    []string `json:"args,omitempty"`    // of that command
	People  []int64  `json:"people,omitempty"`  // as they were numbered
}

func (t *turn) notes() notes {
	var n notes
	if json.Unmarshal([]byte(t.talk.Data), &n) != nil {
		return notes{}
	}
	return n
}

// await makes the dialogue wait for a step.
func (t *turn) await(topic, step string, life time.Duration, n notes) {
	if topic == topicLink || topic == topicShare {
		n.Lure = t.lure()
	}
	data, err := json.Marshal(n)
	if err != nil {
		data = []byte("{}") // cannot be: notes are plain
	}
	k := store.Talk{User: t.in.Sender, Topic: topic, Step: step, Data: string(data), Until: t.Now().Add(life)}
	t.next, t.talk = &k, k
}

// end ends the dialogue.
func (t *turn) end() {
	k := store.Talk{User: t.in.Sender}
	t.next, t.talk = &k, k
	t.memory().setEmail(t.in.Sender, "")
}

// expired says whether the dialogue waited too long.
func (t *turn) expired() bool { return !t.talk.Until.IsZero() && t.Now().After(t.talk.Until) }

// converse goes on with the dialogue. It is false where the message is none of
// the dialogue's business.
func (t *turn) converse(ctx context.Context) (taken bool, err error) {
	if t.expired() {
		return t.tooLate()
	}
	f := fold(t.text)
	if isStop(f) && t.talk.Step != stepReading {
		t.stopped()
		return true, nil
	}
	switch t.talk.Topic {
	case topicLink:
		if t.talk.Step == stepWait {
			return t.waitStep(ctx, f)
		}
		if t.meanwhile(f) {
			return true, nil
		}
		return true, t.linkStep(ctx)
	case topicShare:
		return t.shareStep(ctx, f)
	case topicLeave:
		return t.leaveStep(ctx, f)
	case topicDelete:
		return true, t.deleteStep(ctx, f)
	case topicGuess:
		return t.guessStep(ctx, f)
	case topicWho:
		return t.whoStep(ctx, f)
	case topicWhen:
		return t.whenStep(ctx, f)
	case topicPoll:
		return t.pollStep(ctx, f)
	case topicHealth:
		return t.healthStep(ctx, f)
	case topicEntry:
		return t.entryStep(ctx, f)
	}
	return false, nil
}

// stopped ends the dialogue on a stop. Who is asked whether they may be shown
// is linked already: that stop is a no, and there is more that can be stopped.
func (t *turn) stopped() {
	asked := t.talk.Topic == topicShare
	t.end()
	if asked {
		t.tell(paragraphs(t.loc.Say("bot.share.no"), t.loc.Say("bot.stop")))
		return
	}
	t.say("bot.cancelled")
}

// longGone is the age from which an ended dialogue is not spoken of any more.
const longGone = time.Hour

// tooLate ends a dialogue that waited too long; a text that may have been
// meant for it gets told so.
func (t *turn) tooLate() (taken bool, err error) {
	topic, gone := t.talk.Topic, t.Now().Sub(t.talk.Until) > longGone
	asked := t.talk.Step != stepWait
	t.end()
	r := t.book().Parse(t.text)
	if !asked || topic == topicGuess || topic == topicWho || topic == topicWhen || topic == topicPoll || topic == topicEntry || r.Command != "" && topic != topicLink || gone && !isYes(fold(t.text)) {
		return false, nil
	}
	command := topic
	switch topic {
	case topicLink:
		t.say("bot.timeout.link")
		return true, nil
	case topicShare:
		command = "join"
	}
	t.say("bot.timeout", "command", t.called(command))
	return true, nil
}

// restarted answers a message whose text is gone: it was withheld from the
// disk, and the bot has been restarted since it came.
func (t *turn) restarted(ctx context.Context) error {
	switch {
	case t.talk.Topic == topicLink && t.talk.Step == stepReading:
		return t.linkStep(ctx)
	case t.talk.Topic == topicLink && !t.expired():
		t.linkAgain(ctx, "bot.restarted.link")
	case t.known() || t.talk.Topic != "":
		t.say("bot.restarted")
	}
	return nil
}

// guess asks whether a misspelt word meant a command, under the name that is
// closest to it. Of what cannot be taken back only that name is told: whoever
// wants it types it.
func (t *turn) guess(command, as string) {
	if as == command || t.foreign(command, as) {
		as = t.called(command)
	}
	if c, known := t.book().find(command); known && c.Grave {
		t.say("bot.guess.grave", "command", as)
		return
	}
	t.await(topicGuess, "confirm", shortLife, notes{Command: command})
	t.say("bot.guess", "command", as)
}

func (t *turn) guessStep(ctx context.Context, f string) (taken bool, err error) {
	command := t.notes().Command
	t.end()
	if isNo(f) {
		t.react("👍")
		return true, nil
	}
	c, known := t.book().find(command)
	if !isYes(f) || !known {
		return false, nil
	}
	role, err := t.role(ctx)
	if err != nil {
		return true, err
	}
	return true, t.obey(ctx, c, nil, role)
}

// list numbers the names of groups, one a line.
func (t *turn) list(groups []store.Group) string {
	var lines []string
	for i, g := range groups {
		lines = append(lines, t.loc.Say("bot.list", "i", i+1, "group", groupName(g)))
	}
	return strings.Join(lines, "\n")
}

// pick returns the group that an answer to a numbered list means: by number or
// by name.
func pick(groups []store.Group, answer, folded string) (store.Group, bool) {
	if n, ok := choice(folded); ok && n <= len(groups) {
		return groups[n-1], true
	}
	for _, g := range groups {
		if store.SameName(g.Name, answer) {
			return g, true
		}
	}
	return store.Group{}, false
}

// numbered returns the groups that a dialogue numbered, as far as they are
// still among those given.
func (n notes) numbered(groups []store.Group) []store.Group {
	var all []store.Group
	for _, id := range n.Groups {
		for _, g := range groups {
			if g.ID == id {
				all = append(all, g)
			}
		}
	}
	return all
}

func ids(groups []store.Group) []int64 {
	var all []int64
	for _, g := range groups {
		all = append(all, g.ID)
	}
	return all
}

// foreign says whether a name of a command is the one that another language
// calls it by, and not one that the language of the chat speaks of.
func (t *turn) foreign(command, name string) bool {
	if name == t.called(command) || strings.Contains(t.loc.Say("bot.about."+command), "/"+name) {
		return false
	}
	for _, lang := range locale.Languages() {
		if t.calledIn(t.Words.For(lang, ""), command) == name {
			return true
		}
	}
	return false
}

// called is the name of a command in the language of the chat: the one with
// which its own help begins.
func (t *turn) called(command string) string { return t.calledIn(t.loc, command) }

func (t *turn) calledIn(loc *locale.Locale, command string) string {
	_, text, _ := strings.Cut(loc.Say("bot.about."+command), "/")
	name := text
	if end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
		name = text[:end]
	}
	if t.book().name(fold(name)) != command {
		return command
	}
	return name
}
