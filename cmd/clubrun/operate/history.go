package operate

import (
	"context"
	"fmt"

	"clubrun/store"
)

type auditRow struct {
	At      string     `json:"at"`
	Role    store.Role `json:"role"`
	Member  int64      `json:"member,omitempty"`
	Name    string     `json:"name,omitempty"`
	Action  string     `json:"action"`
	Subject string     `json:"subject,omitempty"`
	Denied  bool       `json:"denied"`
	Detail  string     `json:"detail,omitempty"`
	Cause   string     `json:"cause,omitempty"` // the id that the log and an error reply have
}

func showAudit(ctx context.Context, d *Desk, c *Call) error {
	entries, err := d.DB.Audited(ctx, c.last)
	if err != nil {
		return err
	}
	names, err := d.names(ctx)
	if err != nil {
		return err
	}
	var rows []auditRow
	var table grid
	table.add("AT", "WHO", "ACTION", "SUBJECT", "RESULT", "CAUSE", "DETAIL")
	for _, e := range entries {
		name := names[e.Actor.Athlete]
		rows = append(rows, auditRow{instant(e.At), e.Actor.Role, e.Actor.Athlete, name, e.Action, e.Subject, e.Denied, e.Detail, e.Actor.Message})
		result := "done"
		if e.Denied {
			result = "denied"
		}
		who := string(e.Actor.Role)
		if name != "" {
			who += " " + name
		}
		table.add(d.clock(e.At), who, e.Action, orNone(e.Subject), result, orNone(e.Actor.Message), orNone(e.Detail))
	}
	if c.output == "json" {
		return printJSON(c.out, rows)
	}
	return table.print(c.out)
}

func (d *Desk) names(ctx context.Context) (map[int64]string, error) {
	all, err := d.DB.Athletes(ctx)
	if err != nil {
		return nil, err
	}
	names := map[int64]string{}
	for _, a := range all {
		names[a.ID] = a.Name
	}
	return names, nil
}

type jobRow struct {
	Job        string          `json:"job"`
	Start      string          `json:"start"`
	End        string          `json:"end,omitempty"`
	Result     store.JobResult `json:"result,omitempty"`
	Processed  int             `json:"processed"`
	Downloaded int             `json:"downloaded"`
	Failed     store.Failures  `json:"failed,omitempty"` // accounts, by the class of what went wrong
	Message    string          `json:"message,omitempty"`
	Cause      string          `json:"cause,omitempty"` // the id that the log has
}

func showJobs(ctx context.Context, d *Desk, c *Call) error {
	jobs, err := d.DB.Jobs(ctx, c.last)
	if err != nil {
		return err
	}
	var rows []jobRow
	var table grid
	table.add("START", "JOB", "TOOK", "RESULT", "PROCESSED", "FILES", "CAUSE", "MESSAGE")
	for _, j := range jobs {
		rows = append(rows, jobRow{j.Operation, instant(j.Start), instant(j.End), j.Result, j.Processed, j.Downloaded, store.ParseFailures(j.Message), j.Message, j.Cause})
		length, result := "-", "running"
		if !j.End.IsZero() {
			length, result = took(j.End.Sub(j.Start)), string(j.Result)
		}
		table.add(d.clock(j.Start), j.Operation, length, result, fmt.Sprint(j.Processed), fmt.Sprint(j.Downloaded), orNone(j.Cause), orNone(j.Message))
	}
	if c.output == "json" {
		return printJSON(c.out, rows)
	}
	return table.print(c.out)
}
