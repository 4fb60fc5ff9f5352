package operate

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"clubrun/cmd/clubrun/control"
	"clubrun/store"
)

// chosen returns the member that is named, or everybody.
func (d *Desk) chosen(ctx context.Context, c *Call) ([]person, error) {
	people, err := d.people(ctx)
	if err != nil || c.member == "" {
		return people, err
	}
	a, err := d.findMember(ctx, strings.Join(named(c.member, c.args), " "))
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(people, func(p person) bool { return p.ID != a.ID }), nil
}

// linkedOf keeps those who have linked an account. That the one who was named
// has not is an error.
func linkedOf(people []person, c *Call) ([]person, error) {
	var linked []person
	for _, p := range people {
		if p.account.ID != 0 {
			linked = append(linked, p)
		}
	}
	if len(linked) == 0 && c.member != "" && len(people) > 0 {
		return nil, failure("members link an account by writing /link to the bot", "%s has linked no account", plain(people[0].Name))
	}
	return linked, nil
}

var errDay = errors.New("a day is written as 2026-09-01, or counted back from today, such as 30d")

// span returns the days from --since to --until, both in it.
func (d *Desk) span(c *Call) (store.Span, error) {
	today := store.DayOf(d.local(d.Now()))
	span := store.Span{Start: 0, End: today + 3} // for zones where tomorrow has begun
	if c.since != "" {
		day, err := dayFrom(c.since, today)
		if err != nil {
			return span, usage("--since %q: %w", c.since, err)
		}
		span.Start = day
	}
	if c.until != "" {
		day, err := dayFrom(c.until, today)
		if err != nil {
			return span, usage("--until %q: %w", c.until, err)
		}
		span.End = day + 1
	}
	if span.End <= span.Start {
		return span, usage("--until %s is before --since %s", c.until, c.since)
	}
	return span, nil
}

func dayFrom(text string, today store.Day) (store.Day, error) {
	if day, err := store.ParseDay(text); err == nil {
		return day, nil
	}
	if n, ok := strings.CutSuffix(text, "d"); ok {
		if days, err := strconv.Atoi(n); err == nil && 0 <= days && days < 100_000 {
			return today - store.Day(days), nil
		}
	}
	return 0, errDay
}

// local returns a time on the desk's clocks.
func (d *Desk) local(t time.Time) time.Time {
	zone, err := time.LoadLocation(d.Zone)
	if err != nil {
		zone = time.UTC
	}
	return t.In(zone)
}

// ofType says whether an activity is of the sport or the source's own type
// that is asked for; none is every.
func (c *Call) ofType(a store.Activity) bool {
	return c.kind == "" || strings.EqualFold(c.kind, string(a.Sport)) || strings.EqualFold(c.kind, a.Type)
}

// step shows how far the command is; the line is printed where no bar is drawn.
func (c *Call) step(done, total int, line string) error {
	return control.Show(c.out, control.Step{Done: done, Total: total, Line: plain(line), Plain: true})
}

// note shows how far the command is and prints the line in any case.
func (c *Call) note(done, total int, line string) error {
	return control.Show(c.out, control.Step{Done: done, Total: total, Line: plain(line), Keep: true})
}

// glance shows how far the command is, on a bar only.
func (c *Call) glance(done, total int, line string) error {
	return control.Show(c.out, control.Step{Done: done, Total: total, Line: plain(line)})
}
