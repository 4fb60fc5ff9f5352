package operate

import (
	"context"
	"fmt"
	"strings"
	"time"

	"clubrun/store"
)

type groupRow struct {
	Number   int64  `json:"number"`
	Name     string `json:"name"`
	Allowed  bool   `json:"allowed"`
	Started  bool   `json:"started"`
	Members  int    `json:"members"` // who agreed to be shown
	Schedule string `json:"schedule,omitempty"`
	Zone     string `json:"zone"`
	Next     string `json:"next,omitempty"`
}

func listGroups(ctx context.Context, d *Desk, c *Call) error {
	groups, err := d.DB.Groups(ctx)
	if err != nil {
		return err
	}
	var rows []groupRow
	var table grid
	table.add("NUMBER", "GROUP", "ALLOWED", "STARTED", "MEMBERS", "DIGEST", "NEXT")
	for _, g := range groups {
		members, err := d.DB.Members(ctx, g.ID)
		if err != nil {
			return err
		}
		rows = append(rows, groupRow{g.ID, g.Name, g.Allowed, g.Enabled, len(members), g.Schedule, g.Zone, instant(g.NextRun)})
		table.add(fmt.Sprint(g.ID), g.Name, yes(g.Allowed), yes(g.Enabled), fmt.Sprint(len(members)), weekly(g), next(g))
	}
	if c.output == "json" {
		return printJSON(c.out, rows)
	}
	if len(groups) == 0 {
		_, err := fmt.Fprintln(c.out, "The bot is in no group yet. Add its number to one.")
		return err
	}
	return table.print(c.out)
}

// weekly writes when a group's digest comes, or its cron line where that is no
// moment of the week.
func weekly(g store.Group) string {
	var minute, hour, day int
	if _, err := fmt.Sscanf(g.Schedule, "%d %d * * %d", &minute, &hour, &day); err != nil || day < 0 {
		return orNone(g.Schedule)
	}
	return fmt.Sprintf("%s %02d:%02d", time.Weekday(day % 7).String()[:3], hour, minute)
}

// next writes when a group's next digest comes, on its own clocks.
func next(g store.Group) string {
	if g.NextRun.IsZero() {
		return none
	}
	return g.NextRun.In(g.Location()).Format("Mon 2 Jan 15:04 MST")
}

func allowGroup(ctx context.Context, d *Desk, c *Call) error {
	return d.setAllowed(ctx, c, true, "%s is allowed. One of its admins starts the bot there with /start.\n")
}

func forbidGroup(ctx context.Context, d *Desk, c *Call) error {
	return d.setAllowed(ctx, c, false, "%s is no longer allowed: the bot is silent there.\n")
}

func (d *Desk) setAllowed(ctx context.Context, c *Call, allowed bool, said string) error {
	g, err := d.findGroup(ctx, strings.Join(c.args, " "))
	if err != nil {
		return err
	}
	if err := d.DB.AllowGroup(ctx, operator, g.ID, allowed); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, said, plain(g.Name))
	return err
}
