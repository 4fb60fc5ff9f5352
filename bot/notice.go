package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"clubrun/digest/locale"
	"clubrun/store"
)

// deskKey keeps where the operator last wrote an order, and in which language
// they were answered. The operator is told something unasked there and nowhere
// else; whoever has never written hears nothing.
const deskKey = "bot.operator"

// ownChat stands in that counter for the chat of the bot's number with itself.
const ownChat = "self"

// noticeLife is how long a notice is of use.
const noticeLife = 48 * time.Hour

// keepDesk remembers that the operator wrote here.
func (t *turn) keepDesk(ctx context.Context) error {
	where := ownChat
	if t.in.Sender != store.Owner {
		where = fingerprint(t.in.Phone) // of the setting; it goes with it
	}
	if err := t.Store.SetCounter(ctx, deskKey, where+" "+t.loc.Language()); err != nil {
		return fmt.Errorf("operator's chat: %w", err)
	}
	return nil
}

// desk makes ready to write to the operator unasked, where they last wrote
// themselves; it returns nil where they never did, or are somebody else now.
func (b *Bot) desk(ctx context.Context) (*turn, error) {
	text, err := b.Store.Counter(ctx, deskKey)
	if quiet(err) != nil {
		return nil, fmt.Errorf("operator's chat: %w", err)
	}
	where, lang, _ := strings.Cut(text, " ")
	chat, phone := store.Chat(""), b.Settings.OperatorPhone
	switch {
	case where == ownChat && b.Settings.Self != nil:
		chat = b.Settings.Self()
	case phone != "" && where == fingerprint(phone) && b.Direct != nil:
		chat = b.Direct(phone, phone)
	}
	if chat == "" {
		return nil, nil
	}
	t := &turn{Bot: b, in: store.Incoming{Chat: chat}}
	home := b.defaults()
	t.speak(lang, home.Units, home.Location())
	return t, nil
}

// inform owes the operator a notice. Its key makes it one: owed again it is the
// same. It is the one road by which they are told something unasked; told is
// false where there is no chat for it.
func (b *Bot) inform(ctx context.Context, key string, text func(t *turn) string) (told bool, err error) {
	t, err := b.desk(ctx)
	if err != nil || t == nil {
		return false, err
	}
	t.notify(ctx, key, text(t))
	if err := b.Store.Answer(ctx, store.Reply{Owed: t.owed}); err != nil {
		return false, fmt.Errorf("notice: %w", err)
	}
	return true, nil
}

func (t *turn) notify(ctx context.Context, key, text string) {
	t.announce("notice:"+key, text)
	o := &t.owed[len(t.owed)-1]
	o.Expires, o.Cause = t.Now().Add(noticeLife), store.CauseOf(ctx)
}

// Watch tells the operator what has come about since it was last called: that
// Garmin stopped to answer or answers again, and which digests came too late
// for everybody. It is to be called several times an hour.
func (b *Bot) Watch(ctx context.Context) (told int, err error) {
	if b.Desk == nil {
		return 0, nil
	}
	garmin, err := b.watchGarmin(ctx)
	late, other := b.watchDigests(ctx)
	return garmin + late, errors.Join(err, other)
}

// waitingKey is the counter that keeps that the operator knows of a group that
// waits for their word.
func waitingKey(g store.Group) string { return fmt.Sprintf("bot.notice.group.%d", g.ID) }

// tellWaiting tells the operator, once, of a group that waits for their word.
func (b *Bot) tellWaiting(ctx context.Context, g store.Group) error {
	if !b.awaits(g) {
		return nil
	}
	known, err := b.Store.Counter(ctx, waitingKey(g))
	if known != "" || quiet(err) != nil {
		return quiet(err)
	}
	told, err := b.inform(ctx, fmt.Sprintf("group:%d", g.ID), func(t *turn) string {
		return t.loc.Say("bot.notice.group", "group", locale.Name(g.Name), "command", allowing(g))
	})
	if !told || err != nil {
		return err
	}
	return b.Store.SetCounter(ctx, waitingKey(g), "told")
}

// onceADay is the least time between two notices of one kind.
const onceADay = 24 * time.Hour

// garminTold is what the operator last heard of Garmin, and when each of the
// two was last said, as Unix times.
type garminTold struct {
	state    string // down or up
	down, up int64
}

const garminKey = "bot.notice.garmin"

func (b *Bot) watchGarmin(ctx context.Context) (told int, err error) {
	h, err := b.Desk.Health(ctx)
	if err != nil {
		return 0, fmt.Errorf("health: %w", err)
	}
	text, err := b.Store.Counter(ctx, garminKey)
	if quiet(err) != nil {
		return 0, fmt.Errorf("what was told of Garmin: %w", err)
	}
	was := garminTold{state: "up"}
	if _, err := fmt.Sscan(text, &was.state, &was.down, &was.up); err != nil {
		was = garminTold{state: "up"}
	}
	now, is := b.Now(), was
	switch {
	case h.Garmin.Down && was.state == "up" && now.Sub(time.Unix(was.down, 0)) >= onceADay:
		is.state, is.down = "down", now.Unix()
	case h.Garmin.Answers() && was.state == "down" && now.Sub(time.Unix(was.up, 0)) >= onceADay:
		is.state, is.up = "up", now.Unix()
	default:
		return 0, nil
	}
	fresh, err := b.inform(ctx, fmt.Sprintf("garmin:%s:%d", is.state, now.Unix()), func(t *turn) string {
		return t.loc.Say("bot.notice.garmin."+is.state, "time", t.moment(h.nextTry()))
	})
	if err != nil || !fresh {
		return 0, err
	}
	return 1, b.Store.SetCounter(ctx, garminKey, fmt.Sprint(is.state, " ", is.down, " ", is.up))
}

// lookBack is how old a digest may be that the operator is told of.
const lookBack = 7 * 24 * time.Hour

func (b *Bot) watchDigests(ctx context.Context) (told int, err error) {
	late, err := b.Store.Expired(ctx, b.Now().Add(-lookBack))
	if err != nil || len(late) == 0 {
		return 0, err
	}
	groups, err := b.Store.Groups(ctx)
	if err != nil {
		return 0, fmt.Errorf("groups: %w", err)
	}
	for _, d := range late {
		for _, g := range groups {
			if g.ID != d.Group {
				continue
			}
			fresh, err := b.LetGo(ctx, g, d.Due)
			if err != nil {
				return told, err
			}
			if fresh {
				told++
			}
		}
	}
	return told, nil
}

// LetGo tells the operator of a digest that came too late for everybody: nobody
// wants last Sunday's on Tuesday.
func (b *Bot) LetGo(ctx context.Context, g store.Group, due time.Time) (told bool, err error) {
	key := fmt.Sprintf("late:%d:%d", g.ID, due.Unix())
	counter := fmt.Sprintf("bot.notice.late.%d", g.ID)
	last, err := b.Store.Counter(ctx, counter)
	if quiet(err) != nil || last == key {
		return false, quiet(err)
	}
	told, err = b.inform(ctx, key, func(t *turn) string {
		return t.loc.Say("bot.notice.late", "group", locale.Name(g.Name), "time", t.moment(due))
	})
	if err != nil || !told {
		return false, err
	}
	return true, b.Store.SetCounter(ctx, counter, key)
}

// faultKey is the counter that keeps when the operator was last told of a fault.
const faultKey = "bot.notice.fault"

// faulty returns the notice of a message that could not be handled, to be owed
// together with the apology for it: at most one a day, and none for what the
// operator wrote. It is nil where none is owed.
func (b *Bot) faulty(ctx context.Context, in store.Incoming) *store.Outgoing {
	if b.fromOperator(in) {
		return nil
	}
	last, err := b.Store.Counter(ctx, faultKey)
	at, bad := time.Parse(time.RFC3339, last)
	if quiet(err) != nil || bad == nil && b.Now().Sub(at) < onceADay {
		return nil
	}
	t, err := b.desk(ctx)
	if err != nil || t == nil {
		return nil
	}
	if b.Store.SetCounter(ctx, faultKey, b.Now().UTC().Format(time.RFC3339)) != nil {
		return nil
	}
	t.notify(ctx, "fault:"+in.Cause(), t.loc.Say("bot.notice.fault", "id", in.Cause()))
	return &t.owed[0]
}
