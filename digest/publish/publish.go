// Package publish owes each group its digest exactly once: it freezes text and
// picture in one transaction under the group and the week. It sends nothing,
// and it never changes a digest that was frozen.
package publish

import (
	"context"
	"errors"
	"fmt"
	"time"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
	"clubrun/store/failpoint"

	"github.com/rs/zerolog"
)

// Store is what a digest is made from and where it is kept.
type Store interface {
	Members(ctx context.Context, group int64) ([]store.Athlete, error)
	GroupActivities(ctx context.Context, group int64, span store.Span) ([]store.Activity, error)
	SaveDigest(ctx context.Context, d store.Digest, owed []store.Outgoing) (fresh bool, err error)
}

// Publisher makes digests.
type Publisher struct {
	Store Store
	Now   func() time.Time
	Log   zerolog.Logger
}

const (
	// history is how far back a digest looks for means, bests and streaks.
	history = 371
	// patience is how long a digest may wait to be sent.
	patience = 36 * time.Hour
)

// Content is a digest as it would be posted.
type Content struct {
	Text    string
	Picture *render.Card // nil when nobody moved
	Members []int64      // the athletes that it was made of
}

// WeekFor returns the week that a digest due at that moment covers: on the
// last day of the group's week the running one, on any other the last full one.
func WeekFor(g store.Group, due time.Time) store.Span {
	day := store.DayOf(due.In(g.Location()))
	week := store.WeekOf(day, g.WeekStart)
	if day == week.Last() {
		return week
	}
	return week.Before()
}

// Cause returns the correlation id of the digest that Publish makes.
func (p *Publisher) Cause(g store.Group, due time.Time) string {
	return store.Digest{Group: g.ID, Week: WeekFor(g, due)}.Cause()
}

// Publish owes the group its digest for the week that due asks for. It is safe
// to repeat: the second call for a week reports false and owes nothing.
func (p *Publisher) Publish(ctx context.Context, g store.Group, due time.Time) (fresh bool, err error) {
	return p.PublishWeek(ctx, g, WeekFor(g, due), due)
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
	owed, err := p.owed(g, d, c)
	if err != nil {
		return false, fmt.Errorf("digest of group %d: %w", g.ID, err)
	}
	failpoint.Hit(ctx, failpoint.DigestMade)
	d.Content, d.Generated, d.Members = c.Text, p.Now(), c.Members
	fresh, err = p.Store.SaveDigest(ctx, d, owed)
	failpoint.Hit(ctx, failpoint.DigestSaved)
	if err == nil {
		p.Log.Info().Ctx(ctx).Int64("group", g.ID).Time("due", due).Stringer("week", week.Start).Bool("fresh", fresh).Msg("digest owed")
	}
	return fresh, err
}

// Preview makes the digest of a week exactly as Publish would.
func (p *Publisher) Preview(ctx context.Context, g store.Group, week store.Span) (Content, error) {
	members, err := p.Store.Members(ctx, g.ID)
	if err != nil {
		return Content{}, fmt.Errorf("members: %w", err)
	}
	activities, err := p.Store.GroupActivities(ctx, g.ID, store.Span{Start: week.Start - history, End: week.End})
	if err != nil {
		return Content{}, fmt.Errorf("activities: %w", err)
	}
	report := digest.Compute(digest.Input{Group: g, Span: week, Now: p.Now(), Season: store.Season{Members: members, Activities: activities}})
	l := locale.For(g.Language, g.Units)
	card, drawn, err := render.Picture(report, l)
	if err != nil {
		return Content{}, fmt.Errorf("picture: %w", err)
	}
	c := Content{Text: render.Digest(report, l)}
	for _, m := range members {
		c.Members = append(c.Members, m.ID)
	}
	if drawn {
		c.Picture = &card
	}
	return c, nil
}

// owed writes the messages: the text, then the picture. How long after the
// text the picture leaves is for the sender's pace.
func (p *Publisher) owed(g store.Group, d store.Digest, c Content) ([]store.Outgoing, error) {
	key, cause := fmt.Sprintf("digest:%d:%s:", d.Group, d.Week.Start), d.Cause()
	now, expires := p.Now(), d.Due.Add(patience)
	owed := []store.Outgoing{{
		Key: key + "text", Chat: g.Chat, Kind: store.KindText, Urgency: store.UrgencyDigest,
		Text: c.Text, Due: now, Expires: expires, Cause: cause,
	}}
	if c.Picture == nil {
		return owed, nil
	}
	media, err := c.Picture.Media()
	if err != nil {
		return nil, err
	}
	return append(owed, store.Outgoing{
		Key: key + "picture", Chat: g.Chat, Kind: store.KindImage, Urgency: store.UrgencyDigest,
		Text: c.Picture.Caption, Media: media, Due: now, Expires: expires, Cause: cause,
	}), nil
}
