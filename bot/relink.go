package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"clubrun/digest/locale"
	"clubrun/store"
)

// Who is signed out is told so once, then weekly, three times more at most, and
// never at night.
const (
	relinkAgain  = 7 * 24 * time.Hour
	mostRelinks  = 4
	mostTold     = 5 // people at once, so that a bad day at Garmin fills no outbox
	wakingHour   = 9
	sleepingHour = 20
)

// Remind tells those whose account needs them to sign in again, each in their
// direct chat and a few at once, and returns how many it told. It is to be
// called several times an hour.
func (b *Bot) Remind(ctx context.Context) (told int, err error) {
	if b.Direct == nil || b.Outage != nil && b.Outage() {
		return 0, nil
	}
	accounts, err := b.Store.Accounts(ctx)
	if err != nil {
		return 0, fmt.Errorf("remind: %w", err)
	}
	promises, err := b.Store.Promises(ctx)
	if err != nil {
		return 0, fmt.Errorf("remind: %w", err)
	}
	for _, account := range accounts {
		if account.State != store.AccountSignedOut || told == mostTold {
			continue
		}
		if slices.ContainsFunc(promises, func(p store.Promise) bool { return p.Athlete == account.Athlete }) {
			continue // they have tried, and hear when it works
		}
		fresh, err := b.remind(ctx, account)
		if err != nil {
			return told, fmt.Errorf("remind athlete %d: %w", account.Athlete, err)
		}
		if fresh {
			told++
		}
	}
	return told, nil
}

// reminders are how often the owner of an account was reminded since it was
// linked, and when last, also of an earlier link.
type reminders struct {
	linked int64 // Unix time of the link that they are about
	times  int
	last   int64
}

func (b *Bot) remind(ctx context.Context, account store.Account) (fresh bool, err error) {
	key := fmt.Sprintf("bot.relink.%d", account.Athlete)
	text, err := b.Store.Counter(ctx, key)
	if quiet(err) != nil {
		return false, err
	}
	var r reminders
	if _, err := fmt.Sscan(text, &r.linked, &r.times, &r.last); err != nil {
		r = reminders{}
	}
	if r.linked != account.Linked.Unix() {
		r.linked, r.times = account.Linked.Unix(), 0
	}
	if r.times >= mostRelinks || b.Now().Sub(time.Unix(r.last, 0)) < relinkAgain {
		return false, nil
	}
	t, err := b.toward(ctx, account.Athlete)
	if err != nil {
		return false, err
	}
	if !t.awake() {
		return false, nil
	}
	r.times, r.last = r.times+1, b.Now().Unix()
	words := "bot.relink"
	if r.times == mostRelinks {
		words = "bot.relink.last"
	}
	t.announceByDay(fmt.Sprintf("relink:%d:%d:%d", account.ID, r.linked, r.times), t.loc.Say(words))
	if err := b.Store.Answer(ctx, store.Reply{Owed: t.owed}); err != nil {
		return false, err
	}
	return true, b.Store.SetCounter(ctx, key, fmt.Sprint(r.linked, r.times, r.last))
}

// toward makes ready to write to an athlete who has asked nothing just now, in
// their language and by their clock.
func (b *Bot) toward(ctx context.Context, athlete int64) (*turn, error) {
	a, err := b.Store.Athlete(ctx, athlete)
	if err != nil {
		return nil, err
	}
	t := &turn{Bot: b, athlete: a, in: store.Incoming{Sender: a.User, Phone: a.Phone, Chat: b.Direct(a.User, a.Phone)}}
	if t.talk, err = b.Store.Talk(ctx, a.User); quiet(err) != nil {
		return nil, err
	}
	shown, err := t.shownIn(ctx)
	if err != nil {
		return nil, err
	}
	t.speakAsIn(shown)
	return t, nil
}

// announce owes a text that answers nothing.
func (t *turn) announce(key, text string) {
	o := t.outgoing(store.KindText, text)
	o.Key, o.Urgency = key, store.UrgencyDigest
	t.owed = append(t.owed, o)
}

// announceByDay is announce of what can wait: what cannot be sent by day is not
// sent at night.
func (t *turn) announceByDay(key, text string) {
	t.announce(key, text)
	o := &t.owed[len(t.owed)-1]
	now := t.Now().In(t.zone)
	if evening := time.Date(now.Year(), now.Month(), now.Day(), sleepingHour, 0, 0, 0, t.zone); now.Before(evening) && evening.Before(o.Expires) {
		o.Expires = evening
	}
}

// LinkedBy returns what an athlete is told when the operator has linked their
// account, to be kept in the transaction of that: it is the athlete who decides
// what becomes of it.
func (b *Bot) LinkedBy(ctx context.Context, athlete int64, account string) (store.Reply, error) {
	if b.Direct == nil {
		return store.Reply{}, nil
	}
	t, err := b.toward(ctx, athlete)
	if err != nil {
		return store.Reply{}, fmt.Errorf("who was linked: %w", err)
	}
	name := locale.Name(t.athlete.Name)
	if account = locale.Name(account); account == "" {
		account = name
	}
	operator := t.operator()
	text := t.loc.Say("bot.linked.operator", "name", name, "operator", operator, "account", account)
	t.announce(fmt.Sprintf("linked:%d:%d", athlete, b.Now().Unix()), capitalised(text, operator))
	return store.Reply{Owed: t.owed}, nil
}

// capitalised writes a word large where it begins a sentence of a text.
func capitalised(text, word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return strings.Replace(text, "! "+word, "! "+string(unicode.ToUpper(first))+word[size:], 1)
}
