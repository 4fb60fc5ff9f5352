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
	Members  int    `json:"members"`                // who agreed to be shown
	Admins   *int   `json:"admins,omitempty"`       // by WhatsApp's word; absent where no instance runs to ask
	Known    *int   `json:"admins_known,omitempty"` // of them, who have written to the bot
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
	heads := []string{"NUMBER", "GROUP", "ALLOWED", "STARTED", "MEMBERS", "DIGEST", "NEXT"}
	if d.running() {
		heads = append(heads, "ADMINS")
	}
	table.add(heads...)
	for _, g := range groups {
		members, err := d.DB.Members(ctx, g.ID)
		if err != nil {
			return err
		}
		row := groupRow{
			Number: g.ID, Name: g.Name, Allowed: g.Allowed, Started: g.Enabled, Members: len(members), Schedule: g.Schedule, Zone: g.Zone, Next: instant(g.NextRun),
		}
		cells := []string{fmt.Sprint(g.ID), g.Name, yes(g.Allowed), yes(g.Enabled), fmt.Sprint(len(members)), weekly(g), next(g)}
		if d.running() {
			cells = append(cells, d.stewards(ctx, g, &row))
		}
		rows = append(rows, row)
		table.add(cells...)
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

// running says whether there is an instance that can ask WhatsApp.
func (d *Desk) running() bool { return d.House != nil && d.House.WhatsApp != nil && d.House.Bot != nil }

// rosterWait bounds the question who is an admin: while the device is away,
// nobody knows.
const rosterWait = 5 * time.Second

// stewards tells how many admins a group has, and whether one of them could be
// told something: that takes somebody who has written to the bot.
func (d *Desk) stewards(ctx context.Context, g store.Group, row *groupRow) string {
	ctx, cancel := context.WithTimeout(ctx, rosterWait)
	defer cancel()
	admins, known, err := d.House.Bot.Stewards(ctx, g)
	if err != nil {
		return none
	}
	met := len(known)
	row.Admins, row.Known = &admins, &met
	switch {
	case admins == 0:
		return "nobody"
	case met == 0:
		return fmt.Sprintf("%d, none has written", admins)
	}
	return fmt.Sprintf("%d, %d known", admins, met)
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
