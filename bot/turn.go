package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"clubrun/digest/locale"
	"clubrun/store"

	"github.com/rs/zerolog"
)

// turn is one message being handled: what came, who wrote it, and what is
// owed for it so far.
type turn struct {
	*Bot
	in      store.Incoming
	text    string // of the message, also where it was withheld
	lost    bool   // the text was withheld and is gone
	athlete store.Athlete
	group   store.Group // of a message in a group
	talk    store.Talk  // the sender's dialogue; without a topic where there is none
	homes   []store.Group
	asked   bool   // homes are known
	chosen  int64  // whom a name was said to mean
	about   int64  // the one group that a question is about; 0 for all
	heading string // the group that the next answer is about, where the sender is in several
	lured   int64  // the group whose invitation the sender came by; 0 for none
	loc     *locale.Locale
	zone    *time.Location

	tells   int64 // the group of whose members the answer tells figures; 0 for none
	owed    []store.Outgoing
	counted int         // answers owed so far, for their keys
	next    *store.Talk // the dialogue from now on; nil leaves it
	done    bool        // the row is settled
}

// known says whether the sender is somebody who began to link.
func (t *turn) known() bool { return t.athlete.ID != 0 }

// by returns the sender as an actor in a role.
func (t *turn) by(role store.Role) store.Actor {
	return store.Actor{Role: role, User: t.in.Sender, Athlete: t.athlete.ID, Message: t.in.Cause()}
}

// Lives of answers that cannot be sent: old ones in a group only puzzle.
const (
	roomLife   = 15 * time.Minute
	directLife = 24 * time.Hour
)

// say owes a text. Args are pairs of a name and a value, as in locale.Say.
func (t *turn) say(key string, args ...any) { t.tell(t.loc.Say(key, args...)) }

// tell owes a text that is already in words.
func (t *turn) tell(text string) {
	if t.heading != "" && !strings.Contains(text, t.heading) {
		text = t.heading + ": " + text
	}
	t.heading = ""
	o := t.outgoing(store.KindText, text)
	if t.in.Group {
		o.Target = t.target()
	}
	t.owed = append(t.owed, o)
}

// append adds a line to the last text that is owed.
func (t *turn) append(line string) {
	if n := len(t.owed); n > 0 && t.owed[n-1].Kind == store.KindText {
		t.owed[n-1].Text += "\n" + line
	}
}

// react owes a reaction to the message.
func (t *turn) react(emoji string) {
	o := t.outgoing(store.KindReaction, emoji)
	o.Target = t.target()
	t.owed = append(t.owed, o)
}

func (t *turn) target() store.Target { return store.Target{Message: t.in.Message, Sender: t.in.Sender} }

func (t *turn) outgoing(kind store.Kind, text string) store.Outgoing {
	t.counted++
	life := directLife
	if t.in.Group {
		life = roomLife
	}
	now := t.Now()
	return store.Outgoing{
		Key: t.key(!t.in.Group), Chat: t.in.Chat, Kind: kind, Urgency: store.UrgencyReply,
		Text: text, Due: now, Expires: now.Add(life), Cause: t.in.Cause(),
	}
}

// key is the key of the last answer counted. In a direct chat it names the group
// that is told of, by which the answer is taken back when somebody there
// withdraws before it has left.
func (t *turn) key(direct bool) string {
	if t.tells != 0 && direct {
		return fmt.Sprintf("re:%s:g%d:%d", t.in.Message, t.tells, t.counted)
	}
	return fmt.Sprintf("re:%s:%d", t.in.Message, t.counted)
}

// reply returns what the turn leaves behind, for the transaction of its
// effect; the row counts as settled from then on.
func (t *turn) reply() store.Reply {
	t.done = true
	return store.Reply{To: t.in.ID, Talk: t.next, Owed: t.owed}
}

// part returns what the turn leaves behind so far, while the row stays open:
// after a crash the turn is taken up again where its dialogue stands.
func (t *turn) part() store.Reply {
	r := store.Reply{Talk: t.next, Owed: t.owed}
	t.owed = nil
	return r
}

// finish settles a row that no effect has settled.
func (t *turn) finish(ctx context.Context) error {
	if t.done {
		return nil
	}
	return t.Store.Answer(ctx, t.reply())
}

// begin makes ready to answer a row: it recalls its text and finds out who
// wrote it.
func (b *Bot) begin(ctx context.Context, in store.Incoming) (*turn, error) {
	t := &turn{Bot: b, in: in, text: in.Text}
	if in.Withheld {
		text, ok := b.memory().text(keyOf(in))
		t.text, t.lost = text, !ok
	}
	if in.Sender == store.Owner {
		t.speakAsIn(nil)
		return t, nil
	}
	var err error
	if t.athlete, err = b.Store.AthleteByUser(ctx, in.Sender); quiet(err) != nil {
		return nil, fmt.Errorf("who wrote: %w", err)
	}
	if in.Group {
		err = t.beginRoom(ctx)
	} else {
		err = t.beginDirect(ctx)
	}
	return t, err
}

func (t *turn) beginRoom(ctx context.Context) error {
	g, err := t.Store.GroupByChat(ctx, t.in.Chat)
	if quiet(err) != nil {
		return fmt.Errorf("which group: %w", err)
	}
	if errors.Is(err, store.ErrNotFound) {
		g = t.defaults()
		g.Chat = t.in.Chat
	}
	t.group = g
	t.speak(g.Language, g.Units, g.Location())
	return nil
}

func (t *turn) beginDirect(ctx context.Context) error {
	var err error
	if t.talk, err = t.Store.Talk(ctx, t.in.Sender); quiet(err) != nil {
		return fmt.Errorf("dialogue: %w", err)
	}
	groups, err := t.home(ctx)
	if err != nil {
		return err
	}
	t.speakAsIn(t.foremost(groups))
	return nil
}

// speakAsIn chooses the person's own language, units and clock or, where they
// chose none, those of the first of their groups.
func (t *turn) speakAsIn(groups []store.Group) {
	home := t.defaults()
	if len(groups) > 0 {
		home = groups[0]
	}
	prefs := t.athlete.Prefs
	if prefs.Language == "" {
		prefs.Language = home.Language
	}
	if prefs.Units == "" {
		prefs.Units = home.Units
	}
	zone, err := time.LoadLocation(prefs.Zone)
	if prefs.Zone == "" || err != nil {
		zone = home.Location()
	}
	t.speak(prefs.Language, prefs.Units, zone)
}

func (t *turn) speak(lang string, units store.Units, zone *time.Location) {
	t.loc, t.zone = t.Words.For(lang, units), zone
}

// home returns the groups by whose language and zone a person is answered:
// where they are shown, else where they are.
func (t *turn) home(ctx context.Context) ([]store.Group, error) {
	if shown, err := t.shownIn(ctx); err != nil || len(shown) > 0 {
		return shown, err
	}
	return t.common(ctx)
}

// common returns the served groups that the sender is in, by WhatsApp's
// present word, in the order of their ids.
func (t *turn) common(ctx context.Context) ([]store.Group, error) {
	if t.asked {
		return t.homes, nil
	}
	all, err := t.Store.Groups(ctx)
	if err != nil {
		return nil, fmt.Errorf("groups: %w", err)
	}
	for _, g := range all {
		if !t.serves(g) {
			continue
		}
		r, err := t.Rooms.Roster(ctx, g.Chat)
		if quiet(err) != nil { // not to be taken for a no: the row is tried again
			return nil, fmt.Errorf("who is in group %d: %w", g.ID, err)
		}
		if _, in := member(r, t.in); in {
			t.homes = append(t.homes, g)
		}
	}
	t.asked = true
	return t.homes, nil
}

// shownIn returns the served groups that the sender is shown in.
func (t *turn) shownIn(ctx context.Context) ([]store.Group, error) {
	agreed, err := t.agreedIn(ctx)
	var shown []store.Group
	for _, g := range agreed {
		if t.serves(g) {
			shown = append(shown, g)
		}
	}
	return shown, err
}

// agreedIn returns all groups that the sender agreed to be shown in, also
// where the bot does not work at present.
func (t *turn) agreedIn(ctx context.Context) ([]store.Group, error) {
	if !t.known() {
		return nil, nil
	}
	ms, err := t.Store.MembershipsOf(ctx, t.athlete.ID)
	if err != nil || len(ms) == 0 {
		return nil, err
	}
	all, err := t.Store.Groups(ctx)
	if err != nil {
		return nil, fmt.Errorf("groups: %w", err)
	}
	var agreed []store.Group
	for _, g := range all {
		for _, m := range ms {
			if m.Group == g.ID {
				agreed = append(agreed, g)
			}
		}
	}
	return agreed, nil
}

// member finds the sender in a roster: by user id, or by phone number where
// the roster knows no user id for it. Where the two disagree it is nobody.
func member(r store.Roster, in store.Incoming) (store.Person, bool) {
	p, found := r.Find(in.Sender)
	if found {
		return p, p.Phone == "" || in.Phone == "" || p.Phone == in.Phone
	}
	for _, p := range r.People {
		if in.Phone != "" && p.Phone == in.Phone && (p.User == "" || p.User == p.Phone) {
			return p, true
		}
	}
	return store.Person{}, false
}

// logger returns the log for lines of this turn, under its cause.
func (t *turn) logger(ctx context.Context) *zerolog.Logger {
	l := t.Log.With().Ctx(ctx).Int64("inbox", t.in.ID).Int64("athlete", t.athlete.ID).Logger()
	return &l
}

// to readdresses a message to the direct chat with somebody who has written to
// the bot.
func (t *turn) to(a store.Athlete, o store.Outgoing) store.Outgoing {
	o.Chat, o.Target, o.Expires = t.Direct(a.User, a.Phone), store.Target{}, t.Now().Add(directLife)
	if a.ID == t.athlete.ID {
		o.Key = t.key(true)
	}
	return o
}
