package operate

import (
	"context"
	"errors"
	"fmt"
	"time"

	"clubrun/digest/locale"
	"clubrun/store"
)

type statusReport struct {
	Version  string       `json:"version"`
	Started  string       `json:"started"`
	Uptime   int64        `json:"uptime_s"`
	WhatsApp string       `json:"whatsapp"`
	Sending  bool         `json:"sending"`
	Groups   groupCount   `json:"groups"`
	Members  memberCount  `json:"members"`
	Sync     syncTimes    `json:"sync"`
	Inbox    int          `json:"inbox"`
	Outbox   int          `json:"outbox"`
	Digests  []nextDigest `json:"digests"`

	last, next time.Time
	due        []store.Group
}

type groupCount struct {
	All     int `json:"all"`
	Allowed int `json:"allowed"`
	Started int `json:"started"`
}

type memberCount struct {
	Linked    int `json:"linked"`
	Healthy   int `json:"healthy"`
	SignedOut int `json:"signed_out"`
	Cooling   int `json:"cooling"`
}

type syncTimes struct {
	Last   string          `json:"last,omitempty"`
	Result store.JobResult `json:"result,omitempty"`
	Next   string          `json:"next,omitempty"`
}

type nextDigest struct {
	Group string `json:"group"`
	Due   string `json:"due"`
}

func showStatus(ctx context.Context, d *Desk, c *Call) error {
	if d.House == nil {
		return Nobody("the data folder")
	}
	s := statusReport{
		Version: d.Version, Started: instant(d.Started), Uptime: int64(d.Now().Sub(d.Started) / time.Second),
		WhatsApp: d.House.WhatsApp.State(), Sending: d.House.Settings.Send, Digests: []nextDigest{},
	}
	err := errors.Join(s.countGroups(ctx, d), s.countMembers(ctx, d), s.findSyncs(ctx, d))
	if err != nil {
		return err
	}
	if s.Inbox, s.Outbox, err = d.DB.Pending(ctx); err != nil {
		return err
	}
	if c.output == "json" {
		return printJSON(c.out, []statusReport{s})
	}
	return s.print(d, c)
}

func (s *statusReport) countGroups(ctx context.Context, d *Desk) error {
	groups, err := d.DB.Groups(ctx)
	if err != nil {
		return err
	}
	s.Groups.All = len(groups)
	for _, g := range groups {
		if g.Allowed {
			s.Groups.Allowed++
		}
		if g.Enabled {
			s.Groups.Started++
		}
		if g.Allowed && g.Enabled && !g.NextRun.IsZero() {
			s.due = append(s.due, g)
			s.Digests = append(s.Digests, nextDigest{g.Name, instant(g.NextRun)})
		}
	}
	return nil
}

func (s *statusReport) countMembers(ctx context.Context, d *Desk) error {
	accounts, err := d.DB.Accounts(ctx)
	if err != nil {
		return err
	}
	s.Members.Linked = len(accounts)
	for _, a := range accounts {
		switch a.State {
		case store.AccountHealthy:
			s.Members.Healthy++
		case store.AccountSignedOut:
			s.Members.SignedOut++
		case store.AccountCooling:
			s.Members.Cooling++
		}
	}
	return nil
}

// The name of the job that syncs, and how many runs back it is looked for.
const (
	syncJob  = "sync"
	lookBack = 200
)

func (s *statusReport) findSyncs(ctx context.Context, d *Desk) error {
	jobs, err := d.DB.Jobs(ctx, lookBack)
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if j.Operation == syncJob && !j.End.IsZero() {
			s.last, s.Sync.Last, s.Sync.Result = j.End, instant(j.End), j.Result
			break
		}
	}
	for _, j := range d.House.Jobs.Jobs {
		if j.Name == syncJob {
			s.next = j.When.Next(d.Now())
			s.Sync.Next = instant(s.next)
		}
	}
	return nil
}

func (s *statusReport) print(d *Desk, c *Call) error {
	var t grid
	t.add("version", s.Version)
	t.add("running", locale.For("en", store.Kilometres).Duration(d.Now().Sub(d.Started))+", since "+d.clock(d.Started))
	t.add("whatsapp", s.WhatsApp)
	t.add("groups", fmt.Sprintf("%d: %d allowed, %d started", s.Groups.All, s.Groups.Allowed, s.Groups.Started))
	t.add("members", s.members())
	t.add("last sync", d.clock(s.last)+resultWord(s.Sync.Result))
	t.add("next sync", d.clock(s.next))
	t.add("inbox", waiting(s.Inbox))
	outbox := waiting(s.Outbox)
	if !s.Sending {
		outbox += "; nothing is sent, for SEND is off"
	}
	t.add("outbox", outbox)
	for _, g := range s.due {
		t.add("next digest", g.Name+", "+next(g))
	}
	return t.print(c.out)
}

func waiting(n int) string {
	if n == 0 {
		return "empty"
	}
	return count(n, "message waits", "messages wait")
}

func (s *statusReport) members() string {
	text := fmt.Sprintf("%d linked", s.Members.Linked)
	if n := s.Members.SignedOut; n > 0 {
		text += fmt.Sprintf(", %d must sign in again", n)
	}
	if n := s.Members.Cooling; n > 0 {
		text += fmt.Sprintf(", %d limited by Garmin for a while", n)
	}
	return text
}

func resultWord(r store.JobResult) string {
	if r == "" {
		return ""
	}
	return ", " + string(r)
}

// stop ends the running instance; whoever waits for the answer gets it before.
func stop(_ context.Context, d *Desk, c *Call) error {
	if d.Stop == nil {
		return Nobody("the data folder")
	}
	if _, err := fmt.Fprintln(c.out, "Clubrun is stopping."); err != nil {
		return err
	}
	d.Stop()
	return nil
}
