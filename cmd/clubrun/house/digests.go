package house

import (
	"context"

	"clubrun/digest/publish"
	"clubrun/digest/render"
	"clubrun/store"
)

// digests lets the bot's admins see a group's digest, and have it now.
type digests struct{ from *publish.Publisher }

func (d digests) Preview(ctx context.Context, g store.Group, week store.Span) (string, []render.Card, error) {
	c, err := d.from.Preview(ctx, g, week)
	return c.Text, c.Pictures, err
}

func (d digests) Now(ctx context.Context, g store.Group, week store.Span) (fresh bool, err error) {
	return d.from.PublishWeek(ctx, g, week, d.from.Now())
}
