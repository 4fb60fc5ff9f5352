package house

import (
	"context"
	"errors"
	"fmt"
	"time"

	"clubrun/bot"
	"clubrun/bot/outbox"
	"clubrun/bot/schedule"
	"clubrun/store"

	"github.com/rs/zerolog"
)

// wireDesk lets the bot know its operator, and the operator the bot.
func (h *House) wireDesk() {
	h.Bot.Desk = h
	h.Bot.Settings.OperatorPhone, h.Bot.Settings.Self = h.Settings.Operator, h.WhatsApp.Self
}

// watch is the job that tells the operator what they should know.
func (h *House) watch(ctx context.Context) (schedule.Outcome, error) {
	told, err := h.Bot.Watch(ctx)
	return schedule.Outcome{Processed: told}, err
}

// Health returns how the house is.
func (h *House) Health(ctx context.Context) (bot.Health, error) {
	data := h.Accounts.Standing().Data
	out := bot.Health{
		Version: h.out.Version, Since: h.since, Online: h.Online(),
		Garmin: bot.GarminHealth{Down: data.Open, Until: data.Until, Failing: data.Failing, Asked: data.Asked},
	}
	out.Free, out.Disk = h.room()
	var errs [4]error
	out.Paired, errs[0] = outbox.Standing{Counters: h.DB}.Since(ctx)
	out.Members, errs[1] = h.countMembers(ctx)
	out.Sync, errs[2] = h.findSyncs(ctx)
	out.Inbox, out.Outbox, errs[3] = h.DB.Pending(ctx)
	return out, errors.Join(errs[:]...)
}

// room is the space of the disk, none where the system does not tell.
func (h *House) room() (free, all float64) {
	free, all, err := h.space()
	if err != nil {
		return 0, 0
	}
	return free, all
}

func (h *House) countMembers(ctx context.Context) (m bot.MemberHealth, err error) {
	accounts, err := h.DB.Accounts(ctx)
	if err != nil {
		return m, fmt.Errorf("accounts: %w", err)
	}
	for _, a := range accounts {
		if a.Source == store.ByHand {
			continue // nothing of it can fail
		}
		m.Linked++
		switch a.State {
		case store.AccountHealthy:
			m.Healthy++
		case store.AccountSignedOut:
			m.SignedOut++
		case store.AccountCooling:
			m.Cooling++
		}
	}
	return m, nil
}

// The name of the job that syncs, and how many runs back it is looked for.
const (
	syncJob  = "sync"
	lookBack = 200
)

func (h *House) findSyncs(ctx context.Context) (s bot.SyncHealth, err error) {
	jobs, err := h.DB.Jobs(ctx, lookBack)
	if err != nil {
		return s, fmt.Errorf("jobs: %w", err)
	}
	for _, j := range jobs {
		if j.Operation == syncJob && !j.End.IsZero() {
			s.Last, s.Result, s.Failed = j.End, j.Result, store.ParseFailures(j.Message)
			break
		}
	}
	for _, j := range h.Jobs.Jobs {
		if j.Name == syncJob {
			s.Next = j.When.Next(h.out.Now())
		}
	}
	return s, nil
}

// Ring returns the latest warnings and errors of the log; nil where none are
// kept.
func (h *House) Ring() *Ring {
	if h.out.Redactor == nil {
		return nil
	}
	return h.out.Redactor.Ring
}

// Complaints returns the latest warnings and errors for the operator's phone.
func (h *House) Complaints(n int) (all []bot.Complaint) {
	ring := h.Ring()
	if ring == nil {
		return nil
	}
	for _, l := range ring.Last(n) {
		text := l.Text
		if l.Cause != "" {
			text = "#" + l.Cause + " " + text
		}
		all = append(all, bot.Complaint{At: l.At, Error: l.Level > zerolog.WarnLevel, Text: text})
	}
	return all
}

// letGo tells the operator of a digest that came too late for everybody.
func (h *House) letGo(ctx context.Context, g store.Group, due time.Time) error {
	_, err := h.Bot.LetGo(ctx, g, due)
	return err
}
