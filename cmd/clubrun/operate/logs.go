package operate

import (
	"context"

	"clubrun/cmd/clubrun/house"

	"github.com/rs/zerolog"
)

// showLogs shows the latest warnings and errors, and those to come where that
// is asked for.
func showLogs(ctx context.Context, d *Desk, c *Call) error {
	if d.House == nil {
		return Nobody("the data folder")
	}
	ring := d.House.Ring()
	if ring == nil {
		return failure("", "this instance keeps no log")
	}
	lines := ring.Last(c.last)
	if len(lines) == 0 && c.output != "json" && !c.follow {
		var t grid
		t.add("nothing to complain of since " + d.clock(d.Started))
		return t.print(c.out)
	}
	var shown uint64
	for {
		if err := d.printLines(c, lines); err != nil {
			return err
		}
		if len(lines) > 0 {
			shown = lines[len(lines)-1].Number
		}
		if !c.follow {
			return nil
		}
		var more <-chan struct{}
		if lines, more = ring.After(shown); len(lines) > 0 {
			continue
		}
		select {
		case <-more:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (d *Desk) printLines(c *Call, lines []house.LogLine) error {
	var t grid
	for _, l := range lines {
		level := "warning"
		if l.Level > zerolog.WarnLevel {
			level = "error"
		}
		if c.output != "json" {
			t.add(d.clock(l.At), level, orNone(l.Cause), l.Text)
			continue
		}
		if _, err := c.out.Write(append(l.JSON[:len(l.JSON):len(l.JSON)], '\n')); err != nil {
			return err
		}
	}
	return t.print(c.out)
}
