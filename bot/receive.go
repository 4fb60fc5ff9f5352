package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"clubrun/store"
)

// Receive takes a message before WhatsApp is told that it arrived: it returns
// nil only when the message is stored or is none of the bot's business. A text
// that may hold a secret is kept in memory and not stored. What people say to
// each other in a group is not stored at all.
func (b *Bot) Receive(ctx context.Context, in store.Incoming) error {
	if in.Phone != "" && in.Phone == b.number() {
		return nil
	}
	if in.Sender == store.Owner {
		return b.receiveNote(ctx, in)
	}
	mind, key := b.memory(), keyOf(in)
	mind.saw(key)
	if in.Edits != "" && !mind.replace(messageKey{in.Chat, in.Sender, in.Edits}) {
		return nil
	}
	spoken, err := b.spoken(ctx, in)
	if err != nil {
		return fmt.Errorf("receive: %w", err)
	}
	if spoken != "" {
		in.Text = spoken
	}
	keep, withhold := b.judge(ctx, in)
	if !keep && spoken == "" {
		return nil
	}
	if withhold {
		in.Withheld = true
		mind.withhold(key, in.Text) // before the row: a handler may be faster than we are
		in.Text = ""
	}
	fresh, err := b.Store.Receive(ctx, in)
	if err != nil {
		mind.drop(key)
		return fmt.Errorf("receive: %w", err)
	}
	b.Log.Debug().Ctx(ctx).Bool("group", in.Group).Bool("withheld", withhold).Bool("fresh", fresh).Msg("message received")
	return nil
}

// judge decides whether a message is stored at all and whether without its
// text.
func (b *Bot) judge(ctx context.Context, in store.Incoming) (keep, withhold bool) {
	book := b.book()
	request := book.Parse(in.Text)
	if in.Group {
		return book.judgeGroup(request, in.Text)
	}
	if _, _, is := order(in.Text); is && b.fromOperator(in) {
		return true, false
	}
	if in.Edits != "" && !(request.Slash && request.Command != "") {
		return false, false // an edit in a dialogue hides something; it is no answer
	}
	if strings.TrimSpace(in.Text) == "" {
		return in.Document != nil, false
	}
	if b.expectsSecret(ctx, in.Sender) {
		return true, !book.plainly(in.Text) || !book.harmless(request, in.Text)
	}
	return true, !book.harmless(request, in.Text) && !common(fold(in.Text)) && !tellsWorkout(in.Text)
}

// judgeGroup keeps commands, and warns of what was posted by mistake.
func (b *Book) judgeGroup(request Request, text string) (keep, withhold bool) {
	if b.posted(text) {
		return true, true
	}
	if !request.Slash || request.Command == "" {
		return false, false
	}
	return true, !b.harmless(request, text)
}

// common says whether a folded text is one of the short answers that hold
// nothing.
func common(s string) bool {
	if _, ok := choice(s); ok {
		return true
	}
	return s == store.VoiceNote || s == store.PictureAlone || isYes(s) || isNo(s) || isStop(s) || isThanks(s) || isUndo(trim(s)) || trim(s) == "delete" || phrase(s) != ""
}

// expectsSecret says whether the sender is in a dialogue in which the next
// words may be a secret. When in doubt, they are.
func (b *Bot) expectsSecret(ctx context.Context, user string) bool {
	talk, err := b.Store.Talk(ctx, user)
	return err != nil && !errors.Is(err, store.ErrNotFound) || talk.Topic == topicLink
}

// Joined takes what WhatsApp says of a group that the bot is in, at start and
// when it is added. Nothing is said there: a group starts when an admin says so,
// and only the operator is told where it waits for their word. Who
// has left while nobody looked is not shown there any more.
func (b *Bot) Joined(ctx context.Context, r store.Roster) error {
	g, err := b.Store.KnowGroup(ctx, r, b.defaults())
	if err != nil {
		return fmt.Errorf("join: %w", err)
	}
	if err := b.tellWaiting(ctx, g); err != nil {
		return fmt.Errorf("join: %w", err)
	}
	members, err := b.Store.Members(ctx, g.ID)
	if err != nil {
		return fmt.Errorf("join: %w", err)
	}
	for _, a := range members {
		if len(r.People) == 0 || within(r, a) {
			continue
		}
		by := store.Actor{Role: store.RoleMember, User: a.User, Athlete: a.ID}
		if err := quiet(b.Store.Unshare(ctx, by, a.ID, g.ID, store.Reply{})); err != nil {
			return fmt.Errorf("join: %w", err)
		}
	}
	return nil
}

// within says whether an athlete is in a roster: by user id, or by phone number
// where no user id is known of one of the two. Somebody else who has the number
// now is somebody else.
func within(r store.Roster, a store.Athlete) bool {
	for _, p := range r.People {
		byNumber := p.User == "" || p.User == p.Phone || a.User == a.Phone
		if p.User == a.User || byNumber && p.Phone != "" && p.Phone == a.Phone {
			return true
		}
	}
	return false
}

// defaults are the settings of a group that has none of its own.
func (b *Bot) defaults() store.Group {
	s := b.Settings
	return store.Group{Language: s.Language, Units: s.Units, Zone: s.Zone, WeekStart: 1, Metric: store.ByEffort}
}

// Left takes the word that somebody is no longer in a group; an empty user is
// the bot itself. Who has left is not shown there any more.
func (b *Bot) Left(ctx context.Context, chat store.Chat, user string) error {
	if user == "" {
		return quiet(b.Store.LeaveGroup(ctx, chat))
	}
	g, err := b.Store.GroupByChat(ctx, chat)
	if err != nil {
		return quiet(err)
	}
	a, err := b.Store.AthleteByUser(ctx, user)
	if err != nil {
		return quiet(err)
	}
	by := store.Actor{Role: store.RoleMember, User: user, Athlete: a.ID}
	return quiet(b.Store.Unshare(ctx, by, a.ID, g.ID, store.Reply{}))
}

// quiet makes nothing of things that are not there.
func quiet(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}
