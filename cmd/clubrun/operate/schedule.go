package operate

import (
	"context"
	"fmt"
	"strings"
	"time"

	"clubrun/bot/schedule"
	"clubrun/digest/locale"
	"clubrun/store"
)

// plan sets, shows or ends a group's weekly digest.
func plan(ctx context.Context, d *Desk, c *Call) error {
	var typed []string
	for _, arg := range c.args {
		typed = append(typed, strings.Fields(arg)...)
	}
	g, when, err := d.findGroupIn(ctx, named(c.group, typed), 1)
	if err != nil {
		return err
	}
	switch {
	case len(when) == 0:
		return d.showPlan(g, c)
	case len(when) == 1 && strings.EqualFold(when[0], "off"):
		if err := d.DB.SetSchedule(ctx, operator, g.ID, "", time.Time{}, store.Reply{}); err != nil {
			return err
		}
		_, err = fmt.Fprintf(c.out, "%s gets no digest any more.\n", plain(g.Name))
		return err
	}
	weekly, lack := locale.ParseWeekly(when, g.Language)
	if lack != locale.LacksNothing {
		return usage("%q is no day and time of the week; write sun 18:00, or off", strings.Join(when, " "))
	}
	if !g.Enabled {
		return failure("one of its admins writes /start there", "%s has not started the bot", plain(g.Name))
	}
	return d.setPlan(ctx, g, weekly, c)
}

func (d *Desk) setPlan(ctx context.Context, g store.Group, w locale.Weekly, c *Call) error {
	line, err := schedule.Parse(w.Cron())
	if err != nil {
		return err
	}
	g.Schedule, g.NextRun = w.Cron(), line.Next(d.Now(), g.Location())
	if err := d.DB.SetSchedule(ctx, operator, g.ID, g.Schedule, g.NextRun, store.Reply{}); err != nil {
		return err
	}
	return d.showPlan(g, c)
}

func (d *Desk) showPlan(g store.Group, c *Call) error {
	if g.Schedule == "" {
		_, err := fmt.Fprintf(c.out, "%s gets no digest.\n", plain(g.Name))
		return err
	}
	_, err := fmt.Fprintf(c.out, "%s gets its digest every week, %s; next: %s.\n", plain(g.Name), weekly(g), next(g))
	return err
}
