// Package publish owes each group its digest exactly once: it freezes text and
// picture in one transaction under the group and the week. It sends nothing,
// and it never changes a digest that was frozen.
package publish

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"clubrun/digest"
	"clubrun/digest/gather"
	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
	"clubrun/store/failpoint"

	"github.com/rs/zerolog"
)

// Store is what a digest is made from and where it is kept.
type Store interface {
	gather.Source
	SaveDigest(ctx context.Context, d store.Digest, owed []store.Outgoing) (fresh bool, err error)
}

// Publisher makes digests.
type Publisher struct {
	Store Store
	Voice
	// MessageID returns the id under which a message will be sent, by its key:
	// the pictures of an album name it.
	MessageID func(key string) string
	Late      time.Duration // after which a digest says that accounts were not read again; 0 is never
	Now       func() time.Time
	Log       zerolog.Logger
}

// Voice is what an operator may set of what digests say; the zero value is
// what is built in.
type Voice struct {
	Rules     *digest.Rules
	Templates *render.Templates
	Words     *locale.Wording
}

// patience is how long a digest may wait to be sent.
const patience = 36 * time.Hour

// Content is a digest as it would be posted.
type Content struct {
	Text     string
	Pictures []render.Card   // none when nobody moved; a second only when it has news
	Members  []int64         // the athletes that it was made of
	Mentions []store.Mention // whom it names
	Edition  int64           // of the season that it was made of
}

// WeekFor returns the week that a digest due at that moment covers: on the
// last day of the group's week the running one, on any other the last full one.
func WeekFor(g store.Group, due time.Time) store.Span {
	return g.WeekFor(due)
}

// Cause returns the correlation id of the digest that Publish makes.
func (p *Publisher) Cause(g store.Group, due time.Time) string {
	return store.Digest{Group: g.ID, Week: WeekFor(g, due)}.Cause()
}

// Publish owes the group its digest for the week that due asks for. It is safe
// to repeat: the second call for a week reports false and owes nothing. A week
// that an admin wants skipped is store.ErrSkipped.
func (p *Publisher) Publish(ctx context.Context, g store.Group, due time.Time) (fresh bool, err error) {
	week := WeekFor(g, due)
	if g.Skip != 0 && g.Skip == week.Start {
		return false, fmt.Errorf("digest of group %d: %w", g.ID, store.ErrSkipped)
	}
	return p.PublishWeek(ctx, g, week, due)
}

// PublishWeek is Publish for a week that somebody chose.
func (p *Publisher) PublishWeek(ctx context.Context, g store.Group, week store.Span, due time.Time) (fresh bool, err error) {
	for try := 1; ; try++ {
		fresh, err = p.publishOnce(ctx, g, week, due)
		if try == tries || !errors.Is(err, store.ErrDenied) {
			return fresh, err
		}
	}
}

// tries is how often a digest is made anew because somebody withdrew while it
// was being made.
const tries = 3

func (p *Publisher) publishOnce(ctx context.Context, g store.Group, week store.Span, due time.Time) (fresh bool, err error) {
	d := store.Digest{Group: g.ID, Week: week, Due: due, State: store.DigestPending}
	ctx = store.WithCause(ctx, d.Cause())
	c, err := p.Preview(ctx, g, week)
	if err != nil {
		return false, fmt.Errorf("digest of group %d: %w", g.ID, err)
	}
	owed := p.owed(ctx, g, d, c)
	failpoint.Hit(ctx, failpoint.DigestMade)
	d.Content, d.Generated, d.Members, d.Mentions, d.Edition = c.Text, p.Now(), c.Members, c.Mentions, c.Edition
	fresh, err = p.Store.SaveDigest(ctx, d, owed)
	failpoint.Hit(ctx, failpoint.DigestSaved)
	if err == nil {
		p.Log.Info().Ctx(ctx).Int64("group", g.ID).Time("due", due).Stringer("week", week.Start).Bool("fresh", fresh).Msg("digest owed")
	}
	return fresh, err
}

// Preview makes the digest of a week exactly as Publish would.
func (p *Publisher) Preview(ctx context.Context, g store.Group, week store.Span) (Content, error) {
	in, err := gather.Input(ctx, p.Store, g, week, p.Now(), p.Rules)
	if err != nil {
		return Content{}, err
	}
	in.Patience = p.Late
	report := digest.Compute(in)
	l := p.Words.For(g.Language, g.Units)
	text, err := p.Templates.Digest(report, l)
	if err != nil { // the text is there all the same, in the full style
		p.Log.Error().Ctx(ctx).Err(err).Int64("group", g.ID).Msg("style of the digest failed")
	}
	c := Content{Text: text.Body, Mentions: text.Mentions, Edition: in.Edition}
	for _, m := range in.Members {
		c.Members = append(c.Members, m.ID)
	}
	for _, draw := range []drawing{render.Picture, render.News} {
		card, drawn, err := attempt(draw, report, l)
		if err != nil { // the words say everything
			p.Log.Error().Ctx(ctx).Err(err).Int64("group", g.ID).Msg("picture of the digest failed")
		}
		if err == nil && drawn {
			c.Pictures = append(c.Pictures, card)
		}
	}
	return c, nil
}

// drawing draws a picture of a report, if it is one that has it.
type drawing func(r digest.Report, l *locale.Locale) (card render.Card, drawn bool, err error)

// attempt draws and survives a panic: a picture never keeps a digest back.
func attempt(draw drawing, r digest.Report, l *locale.Locale) (card render.Card, drawn bool, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("panic: %v", fault)
		}
	}()
	return draw(r, l)
}

// encoded is the card as it is sent; it survives a panic as attempt does.
func encoded(card render.Card) (media *store.Media, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("panic: %v", fault)
		}
	}()
	return card.Media()
}

// owed writes the messages: the text, then the picture, or an album of two.
// How long after the text the pictures leave is for the sender's pace.
func (p *Publisher) owed(ctx context.Context, g store.Group, d store.Digest, c Content) []store.Outgoing {
	key := fmt.Sprintf("digest:%d:%s:", d.Group, d.Week.Start)
	now := p.Now() // one moment for all: what is due earlier would leave earlier
	part := func(name string, kind store.Kind, text string) store.Outgoing {
		return store.Outgoing{
			Key: key + name, Chat: g.Chat, Kind: kind, Urgency: store.UrgencyDigest, Text: text,
			Due: now, Expires: d.Due.Add(patience), Cause: d.Cause(),
		}
	}
	var pictures []store.Outgoing
	for _, card := range c.Pictures {
		media, err := encoded(card)
		if err != nil { // as one that was not drawn
			p.Log.Error().Ctx(ctx).Err(err).Int64("group", g.ID).Msg("picture of the digest failed")
			continue
		}
		picture := part("picture", store.KindImage, card.Caption)
		if n := len(pictures) + 1; n > 1 {
			picture.Key += strconv.Itoa(n)
		}
		picture.Media = media
		pictures = append(pictures, picture)
	}
	owed := []store.Outgoing{part("text", store.KindText, c.Text)}
	if len(pictures) > 1 && p.MessageID != nil {
		owed = append(owed, part("album", store.KindAlbum, strconv.Itoa(len(pictures))))
		for i := range pictures {
			pictures[i].Target.Message = p.MessageID(key + "album")
		}
	}
	return append(owed, pictures...)
}
