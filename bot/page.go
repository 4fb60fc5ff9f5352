package bot

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"clubrun/digest/locale"
	"clubrun/store"
)

// A member may sign in on a page of the bot's own web server, so that no
// password is left in a chat. Its address holds a token that is told in the
// message to its member and kept as a hash beside the dialogue that waits for
// it: a newer page, another dialogue or ten minutes make it worthless. What is
// typed there comes in as a message does, and everything else, codes too, is
// said in the chat.

// pageMessage begins the message ids of what was typed into pages. One page
// makes one message, which the inbox takes once.
const pageMessage = "page-"

// askPage opens a page for the sender and returns the words with its address.
func (t *turn) askPage(region string) string {
	token := t.Token()
	hash := pageHash(token)
	t.await(topicLink, stepPage, linkLife, notes{Road: roadPage, Region: region, Page: hash})
	return t.loc.Say("bot.link.page", "url", t.Settings.PublicURL+"/l/"+token)
}

// takePage takes what was typed into the page; what is written in the chat
// meanwhile is answered with a word of patience.
func (t *turn) takePage(ctx context.Context) error {
	typed, ok := strings.CutPrefix(t.in.Message, pageMessage)
	if !ok || typed != t.notes().Page {
		t.say("bot.link.page.wait")
		return nil
	}
	lines := strings.SplitN(t.text+"\n\n", "\n", 4)
	address, password, region := lines[0], lines[1], cmp.Or(lines[2], t.notes().Region)
	in, err := t.Accounts.BeginIn(ctx, region, t.athlete.ID, address, password)
	return t.signed(ctx, in, err)
}

// SignInPage is a page on which a member signs in.
type SignInPage struct {
	Locale   *locale.Locale
	Name     string // of the member, as WhatsApp tells it; may be empty
	Operator string // who runs this bot; may be empty
	Chat     string // address of the chat with the bot; may be empty
}

// Page returns the page that a token opens, without spending it: whoever only
// looks, such as a messenger that makes a preview, takes nothing away.
// store.ErrNotFound is a page that is over, was used or never was.
func (b *Bot) Page(ctx context.Context, token string) (SignInPage, error) {
	t, _, err := b.pageOf(ctx, token)
	if err != nil {
		return SignInPage{}, err
	}
	p := SignInPage{Locale: t.loc, Name: locale.Name(t.athlete.Name), Operator: locale.Name(b.Settings.Operator)}
	if n := b.number(); n != "" {
		p.Chat = "https://wa.me/" + n
	}
	return p, nil
}

// The errors of a page that can be filled in again.
var (
	ErrNoEmail    = errors.New("no e-mail address")
	ErrNoPassword = errors.New("no password")
)

// Submit takes what a member typed into a page and spends its token: e-mail
// address, password, and the region of the account ("cn" or nothing). The
// answer comes in the chat.
func (b *Bot) Submit(ctx context.Context, token, address, password, region string) error {
	t, hash, err := b.pageOf(ctx, token)
	if err != nil {
		return err
	}
	address, ok := email(address)
	switch {
	case !ok:
		return ErrNoEmail
	case password == "" || len(password) > textBytes/2 || strings.ContainsAny(password, "\r\n"):
		return ErrNoPassword
	case b.memory().again("page "+hash, linkLife):
		return store.ErrNotFound
	}
	in := t.in
	in.Message, in.Text = pageMessage+hash, strings.Join([]string{address, password, region}, "\n")
	in.Sent, in.Received = b.Now(), b.Now()
	if err := b.Receive(ctx, in); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	return nil
}

// pageOf finds the dialogue that waits for a token.
func (b *Bot) pageOf(ctx context.Context, token string) (t *turn, hash string, err error) {
	if b.Settings.PublicURL == "" || b.Direct == nil || len(token) > 100 {
		return nil, "", store.ErrNotFound
	}
	hash = pageHash(token)
	waiting, err := b.Store.TalksAt(ctx, topicLink, stepPage)
	if err != nil {
		return nil, "", fmt.Errorf("page: %w", err)
	}
	for _, k := range waiting {
		open := (&turn{talk: k}).notes().Page
		if b.Now().After(k.Until) || subtle.ConstantTimeCompare([]byte(open), []byte(hash)) == 0 {
			continue
		}
		a, err := b.Store.AthleteByUser(ctx, k.User)
		if err != nil {
			return nil, "", fmt.Errorf("page: %w", err)
		}
		t, err := b.beginFor(ctx, a)
		return t, hash, err
	}
	return nil, "", store.ErrNotFound
}

// pagePatience is how long whoever looks at a page waits for WhatsApp's word on
// their groups.
const pagePatience = 3 * time.Second

// beginFor begins a turn in the direct chat of somebody who looks at a page.
// WhatsApp tells it in which groups they are, and so their language; while it
// tells nothing, the page speaks as in the groups that the bot serves.
func (b *Bot) beginFor(ctx context.Context, a store.Athlete) (*turn, error) {
	patient, cancel := context.WithTimeout(ctx, pagePatience)
	defer cancel()
	t, err := b.begin(patient, store.Incoming{Chat: b.Direct(a.User, a.Phone), Sender: a.User, Phone: a.Phone, Name: a.Name})
	if t == nil || err == nil || ctx.Err() != nil {
		return t, err
	}
	all, err := b.Store.Groups(ctx)
	if err != nil {
		return nil, fmt.Errorf("groups: %w", err)
	}
	t.speakAsIn(t.foremost(slices.DeleteFunc(all, func(g store.Group) bool { return !t.serves(g) })))
	return t, nil
}

// pageHash is what is kept of a token.
func pageHash(token string) string {
	sum := sha256.Sum256([]byte("clubrun page " + token))
	return hex.EncodeToString(sum[:])
}
