package bot

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"clubrun/bot/access"
	"clubrun/digest/locale"
	"clubrun/store"
)

// stale is the age at which a message is not answered in a group any more, and
// in a direct message only where it is the person's newest.
const stale = 5 * time.Minute

// handle answers one row of the inbox. Newer says that the same person has
// written something after it.
func (b *Bot) handle(ctx context.Context, in store.Incoming, newer bool) error {
	t, err := b.begin(ctx, in)
	if err != nil {
		return err
	}
	if err := t.renumber(ctx); err != nil {
		return err
	}
	old := in.Sent.Before(b.started.Add(-stale)) || in.Received.Sub(in.Sent) > stale
	switch {
	case in.ID == 0:
		t.interrupted(ctx)
	case b.memory().replaced(keyOf(in)):
	case old && (in.Group || newer && t.talk.Topic == "" && !t.hands()):
	case in.Group:
		err = t.room(ctx)
	default:
		err = t.direct(ctx)
	}
	if err != nil {
		return err
	}
	if err := t.finish(ctx); err != nil {
		return err
	}
	t.logger(ctx).Debug().Int("owed", len(t.owed)).Msg("message handled")
	return nil
}

// room answers a message in a group.
func (t *turn) room(ctx context.Context) error {
	served := t.serves(t.group)
	if served && t.in.Withheld && t.book().posted(t.text) {
		t.say("bot.posted", "link", t.invite("link"))
		return nil
	}
	if t.text == gratitude {
		t.thanked(served)
		return nil
	}
	r := t.book().Parse(t.text)
	c, known := t.book().find(r.Command)
	if !known || !r.Slash || !served && !c.Silent || !served && !t.group.Allowed && !c.Always {
		return nil
	}
	if t.tooMuch(c, r) {
		return nil
	}
	if c.Where&Room == 0 {
		t.pointer(c)
		return nil
	}
	if !c.Ruled && !access.Allow(store.RoleMember, c.Needs) {
		return t.denied(ctx, store.RoleMember, c.Needs)
	}
	return t.run(ctx, c, r.Args)
}

// tooMuch keeps a group quiet: the same question within a minute gets an hour
// glass, and who asks all the time a zipper, once.
func (t *turn) tooMuch(c Command, r Request) bool {
	mind := t.memory()
	switch n := mind.count(t.in.Sender); {
	case n == rateLimit+1:
		t.react("🤐")
		return true
	case n > rateLimit:
		return true
	}
	same := string(t.in.Chat) + " " + c.Name + " " + strings.Join(r.Args, " ")
	if c.Calm && (c.Sets == nil || !c.Sets(r.Args)) && t.in.Attempts == 0 && mind.again(same, calmDown) && t.in.Edits == "" {
		t.react("⏳")
		return true
	}
	return false
}

// pointer sends somebody from the group to the direct chat, once a day each.
func (t *turn) pointer(c Command) {
	if t.memory().again("pointer "+t.in.Sender+string(t.in.Chat)+c.Name, dayLife) {
		t.react("👉")
		return
	}
	command := c.Name
	if !t.known() && c.Needs != access.Erase && c.Needs != access.Unlink && c.Name != "stop" {
		command = "link"
	}
	t.say("bot.pointer", "link", t.invite(command))
}

// invite returns the link that opens the direct chat with a command typed in.
func (t *turn) invite(command string) string {
	if command == "link" {
		return t.invitation(t.group)
	}
	return t.opens("/" + command)
}

// opens returns the link that opens the direct chat with a text typed in, or
// the text alone where the bot has no number yet.
func (t *turn) opens(text string) string {
	if n := t.number(); n != "" {
		return "wa.me/" + n + "?text=" + strings.ReplaceAll(text, " ", "%20")
	}
	return text
}

// directLimit is how many direct messages of one person are answered within a
// window.
const directLimit = 100

// direct answers a direct message.
func (t *turn) direct(ctx context.Context) error {
	if t.memory().count("direct "+t.in.Sender) > directLimit {
		return nil
	}
	if taken, err := t.ordered(ctx); taken || err != nil {
		return err
	}
	if t.lost && t.in.Document == nil {
		return t.restarted(ctx)
	}
	if t.text == store.VoiceNote || t.text == store.PictureAlone {
		t.say("bot.unread")
		return nil
	}
	r := t.book().Parse(t.text)
	role, err := t.role(ctx)
	if err != nil {
		return err
	}
	if role != store.RoleStranger {
		if taken, err := t.handed(ctx); taken || err != nil {
			return err
		}
	}
	if t.talk.Topic != "" && !t.book().plainly(t.text) {
		taken, err := t.converse(ctx)
		if taken || err != nil {
			return err
		}
	}
	said := phrase(fold(t.text))
	if said != "" {
		r.Command, r.Args = said, nil
	}
	c, known := t.book().find(r.Command)
	topic := ""
	if !r.Slash && said == "" && r.Command != "link" && (!known || len(r.Args) > 0) {
		topic = gist(fold(t.text))
	}
	if err := t.overreached(ctx, role); err != nil {
		return err
	}
	switch {
	case role == store.RoleStranger:
		return t.stranger(ctx, c, known && (r.Slash || said != "" || r.Word == "link" && len(r.Args) <= 1))
	case topic != "":
		return t.answerGist(ctx, topic)
	case known && (r.Slash || len(r.Args) <= 3 || (c.Name == "pause" || c.Name == "remind") && len(r.Args) <= 6): // "pausa hasta el 20 de septiembre"
		return t.obey(ctx, c, r.Args, role)
	}
	if yes := isYes(fold(t.text)); yes || isNo(fold(t.text)) {
		if taken, err := t.answerDuel(ctx, yes); taken || err != nil {
			return err
		}
	}
	return t.puzzled(ctx, r)
}

// role returns what the sender of a direct message is to this instance.
func (t *turn) role(ctx context.Context) (store.Role, error) {
	if t.known() {
		return store.RoleMember, nil
	}
	groups, err := t.common(ctx)
	if err != nil || len(groups) == 0 {
		return store.RoleStranger, err
	}
	return store.RoleMember, nil
}

// obey runs a command of a direct message. What needs an admin asks WhatsApp
// itself who is one.
func (t *turn) obey(ctx context.Context, c Command, args []string, role store.Role) error {
	if c.Where&Direct == 0 {
		t.say("bot.roomonly")
		return nil
	}
	if !c.Ruled && !access.Allow(role, c.Needs) {
		return t.denied(ctx, role, c.Needs)
	}
	return t.run(ctx, c, args)
}

// run runs a command, and says where its figures may be out of date.
func (t *turn) run(ctx context.Context, c Command, args []string) error {
	err := c.Run(ctx, t, args)
	if c.Figures && err == nil {
		t.dated(ctx)
	}
	if c.Name == "help" && err == nil && t.fromOperator(t.in) {
		t.append(t.loc.Say("bot.help.operator"))
	}
	return err
}

// denied records that somebody may not do something and shows a lock.
func (t *turn) denied(ctx context.Context, role store.Role, action access.Action) error {
	subject := "direct"
	if t.group.ID != 0 {
		subject = fmt.Sprintf("group %d", t.group.ID)
	}
	e := store.AuditEntry{At: t.Now(), Actor: t.by(role), Action: string(action), Subject: subject, Denied: true}
	if err := t.Store.Audit(ctx, e); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	t.react("🔒")
	return nil
}

// puzzled answers a direct message that is no command: with a guess, with a
// thank-you, or with a hint where there is help.
func (t *turn) puzzled(ctx context.Context, r Request) error {
	f := fold(t.text)
	switch {
	case t.in.Document != nil:
		t.say("bot.document")
	case isThanks(f):
		t.react("🙏")
	case laughs(f):
		t.react("😄")
	case isStop(f):
		t.whatToStop()
	case isNo(f) && lettered(f):
		return t.lateNo(ctx)
	case isYes(f) && lettered(f):
		return t.lateYes(ctx)
	case isYes(f), isNo(f), len(digits(f)) == 6 && len(f) < 20: // an answer to nothing; a code that nobody waits for
	case r.Slash || !strings.Contains(f, " "):
		if command, as, ok := t.book().guessed(r.Word); ok && (as[0] == r.Word[0] || !t.foreign(command, as)) {
			t.guess(command, as)
			return nil
		}
		return t.hint(ctx)
	default:
		return t.hint(ctx)
	}
	return nil
}

// lettered says whether a text has a letter: a bare thumb up or down asks for
// nothing.
func lettered(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// lateNo answers a no to nothing: who is shown may mean just that, and hears
// how it ends; to anybody else there is nothing to say.
func (t *turn) lateNo(ctx context.Context) error {
	shown, err := t.agreedIn(ctx)
	if err != nil || len(shown) == 0 || t.memory().count("no "+t.in.Sender) > mostHints {
		return err
	}
	t.say("bot.join.already", "groups", names(shown))
	return nil
}

// lateYes answers a yes to nothing: who is linked and shown nowhere may mean to
// be, and hears how that is done.
func (t *turn) lateYes(ctx context.Context) error {
	linked, err := t.hasAccount(ctx)
	if err != nil || !linked {
		return err
	}
	agreed, err := t.agreedIn(ctx)
	if err != nil || len(agreed) > 0 {
		return err
	}
	open, err := t.open(ctx)
	if err != nil || len(open) == 0 || t.memory().count("yes "+t.in.Sender) > mostHints {
		return err
	}
	t.say("bot.help.nowhere")
	return nil
}

// mostHints is how often within a window help is pointed at: a few times, as
// people ask on, and then no more, so that two bots never talk.
const mostHints = 3

// hint says where help is; who is not linked is told how that is done.
func (t *turn) hint(ctx context.Context) error {
	if t.memory().count("hint "+t.in.Sender) > mostHints {
		return nil
	}
	linked, err := t.hasAccount(ctx)
	if err != nil {
		return err
	}
	if !linked {
		t.say("bot.help.new")
		return nil
	}
	t.say("bot.hint")
	return nil
}

// strangerLimit is how many strangers are answered within a window, so that a
// crowd of them cannot fill the outbox.
const strangerLimit = 20

// stranger answers somebody who is in no started group: kindly, once a day,
// and only if they asked for something.
func (t *turn) stranger(ctx context.Context, c Command, known bool) error {
	if !known {
		return nil
	}
	key := "stranger:" + fingerprint(t.in.Sender)
	last, err := t.Store.Counter(ctx, key)
	if quiet(err) != nil {
		return fmt.Errorf("stranger: %w", err)
	}
	at, err := time.Parse(time.RFC3339, last)
	if err == nil && t.Now().Sub(at) < dayLife {
		return nil
	}
	if t.memory().count("strangers") > strangerLimit {
		return nil
	}
	if err := t.Store.SetCounter(ctx, key, t.Now().UTC().Format(time.RFC3339)); err != nil {
		return fmt.Errorf("stranger: %w", err)
	}
	if !access.Allow(store.RoleStranger, c.Needs) || c.Name != "privacy" {
		t.say("bot.stranger", "operator", t.operator())
		return nil
	}
	return c.Run(ctx, t, nil)
}

// operator names who runs this bot, in the words of the locale.
func (t *turn) operator() string {
	if name := locale.Name(t.Settings.Operator); name != "" {
		return "*" + name + "*"
	}
	return t.loc.Say("bot.operator")
}

// fingerprint makes a key of a user id that does not tell it.
func fingerprint(s string) string {
	sum := sha256.Sum256([]byte("clubrun " + s))
	return fmt.Sprintf("%x", sum[:8])
}

// apology is what is owed for a row that could not be handled.
func (b *Bot) apology(ctx context.Context, in store.Incoming) store.Reply {
	t, err := b.begin(ctx, in)
	if err != nil || t.loc == nil {
		t = &turn{Bot: b, in: in, loc: b.Words.For(b.Settings.Language, b.Settings.Units)}
	}
	t.counted = 90 // beyond the keys of what the row may owe already
	notice := b.faulty(ctx, in)
	switch {
	case in.Group:
		t.react("⚠️")
	case notice != nil:
		t.say("bot.fault.told", "id", in.Cause(), "operator", t.operator())
	default:
		t.say("bot.fault", "id", in.Cause(), "operator", t.operator())
	}
	if notice != nil {
		t.owed = append(t.owed, *notice)
	}
	return t.part()
}

// refusal returns what a source said, where it is something that a person can
// be told.
func refusal(err error) (*store.Refusal, bool) {
	var r *store.Refusal
	return r, errors.As(err, &r)
}
