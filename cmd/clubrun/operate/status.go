package operate

import (
	"context"
	"errors"
	"fmt"
	"time"

	"clubrun/cmd/clubrun/house"
	"clubrun/digest/locale"
	"clubrun/garmin"
	"clubrun/garmin/account"
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
	Garmin   garminState  `json:"garmin"`
	Sync     syncTimes    `json:"sync"`
	Inbox    int          `json:"inbox"`
	Outbox   int          `json:"outbox"`
	Digests  []nextDigest `json:"digests"`

	last, next time.Time
	due        []store.Group
	standing   account.Standing
}

// garminState is how the instance stands with Garmin.
type garminState struct {
	Data     gateState      `json:"data"`
	SignIns  gateState      `json:"sign_ins"`
	Requests requestCount   `json:"requests"`
	Calls    map[string]int `json:"calls"` // since the start, by the class of how they ended
}

// requestCount is how many requests were made in this hour and day of UTC, and
// may be made that nobody waits for.
type requestCount struct {
	Hour       int    `json:"hour"`
	HourBudget int    `json:"hour_budget"`
	Day        int    `json:"day"`
	DayBudget  int    `json:"day_budget"`
	Until      string `json:"used_up_until,omitempty"`
}

// gateState is one kind of request.
type gateState struct {
	Open    bool         `json:"left_alone"`
	Class   garmin.Class `json:"class,omitempty"`
	Until   string       `json:"until,omitempty"`
	Failing int          `json:"failing"`
	Asked   int          `json:"asked"`
}

func newGate(g account.Gate) gateState {
	return gateState{g.Open, g.Class, instant(g.Until), g.Failing, g.Asked}
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
	Failed store.Failures  `json:"failed,omitempty"` // accounts, by the class of what went wrong
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
	s.askGarmin(d)
	if err := errors.Join(s.countGroups(ctx, d), s.askHouse(ctx, d)); err != nil {
		return err
	}
	if c.output == "json" {
		return printJSON(c.out, []statusReport{s})
	}
	return s.print(d, c)
}

func (s *statusReport) askGarmin(d *Desk) {
	s.standing = d.House.Accounts.Standing()
	r := s.standing.Requests
	s.Garmin = garminState{
		newGate(s.standing.Data), newGate(s.standing.SignIns),
		requestCount{r.Hour, r.Budget.Hour, r.Day, r.Budget.Day, instant(r.Until)}, map[string]int{},
	}
	for class, n := range s.standing.Outcomes {
		s.Garmin.Calls[house.LabelOf(class)] = n
	}
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

// askHouse asks for what the operator is told in WhatsApp, too.
func (s *statusReport) askHouse(ctx context.Context, d *Desk) error {
	h, err := d.House.Health(ctx)
	if err != nil {
		return err
	}
	s.Members = memberCount{h.Members.Linked, h.Members.Healthy, h.Members.SignedOut, h.Members.Cooling}
	s.last, s.next = h.Sync.Last, h.Sync.Next
	s.Sync = syncTimes{instant(s.last), h.Sync.Result, h.Sync.Failed, instant(s.next)}
	s.Inbox, s.Outbox = h.Inbox, h.Outbox
	return nil
}

func (s *statusReport) print(d *Desk, c *Call) error {
	var t grid
	t.add("version", s.Version)
	t.add("running", locale.For("en", store.Kilometres).Duration(d.Now().Sub(d.Started))+", since "+d.clock(d.Started))
	t.add("whatsapp", s.WhatsApp)
	t.add("groups", fmt.Sprintf("%d: %d allowed, %d started", s.Groups.All, s.Groups.Allowed, s.Groups.Started))
	t.add("members", s.members())
	t.add("garmin", gateWords(d, "", s.standing.Data))
	if s.standing.SignIns.Open {
		t.add("", gateWords(d, "sign-ins: ", s.standing.SignIns))
	}
	t.add("requests", requestWords(d, s.standing.Requests))
	t.add("last sync", d.clock(s.last)+resultWord(s.Sync.Result))
	for _, line := range failedWords(s.Sync.Failed) {
		t.add("", line)
	}
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

// requestWords tells how much of the budget is used.
func requestWords(d *Desk, r account.Requests) string {
	text := fmt.Sprintf("%d of %d this hour, %d of %d today", r.Hour, r.Budget.Hour, r.Day, r.Budget.Day)
	if !r.Until.IsZero() {
		text += "; used up until " + d.clock(r.Until)
	}
	return text
}

// gateWords tells whether Garmin is asked at present, and if not, why.
func gateWords(d *Desk, what string, g account.Gate) string {
	failing := fmt.Sprintf("%d of %s failed within the hour", g.Failing, count(g.Asked, "account", "accounts"))
	switch {
	case g.Open:
		return fmt.Sprintf("%sleft alone until %s: accounts %s; %s", what, d.clock(g.Until), house.ClassWords(string(g.Class)), failing)
	case g.Failing > 0:
		return what + "answers; " + failing
	case g.Asked == 0:
		return what + "not asked within the hour"
	}
	return what + "answers"
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
