package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"clubrun/digest/locale"
	"clubrun/store"
)

// mostNext is how many groups' next digests are told.
const mostNext = 5

// runStatus tells the operator how the instance is, in few lines.
func runStatus(ctx context.Context, t *turn, _ []string) error {
	h, err := t.Desk.Health(ctx)
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	groups, err := t.Store.Groups(ctx)
	if err != nil {
		return fmt.Errorf("groups: %w", err)
	}
	lines := []string{
		t.loc.Say("bot.status.head", "bot", "*"+strings.TrimSpace("Clubrun "+h.Version)+"*", "time", t.past(h.Since)),
		t.whatsappLine(h), t.garminLine(h), t.memberLine(h.Members), t.syncLine(h.Sync),
	}
	lines = append(lines, t.digestLines(groups)...)
	lines = append(lines, t.queueLine(h.Inbox-1, h.Outbox)) // the question itself is answered by this
	if h.Disk > 0 {
		const gigabyte = 1e9
		lines = append(lines, t.loc.Say("bot.status.disk", "free", t.loc.Number(h.Free/gigabyte, 0), "all", t.loc.Number(h.Disk/gigabyte, 0)))
	}
	waiting, err := t.waitingLines(ctx, groups)
	if err != nil {
		return err
	}
	t.tell(strings.Join(append(lines, waiting...), "\n"))
	return nil
}

// waitingLines tell the groups that wait for the operator's word: they need no
// notice any more.
func (t *turn) waitingLines(ctx context.Context, groups []store.Group) (lines []string, err error) {
	for _, g := range groups {
		if !t.awaits(g) {
			continue
		}
		if _, err := t.Rooms.Roster(ctx, g.Chat); errors.Is(err, store.ErrNotFound) {
			continue // the bot was taken out again
		}
		lines = append(lines, t.loc.Say("bot.status.waits", "group", locale.Name(g.Name), "command", allowing(g)))
		if err := t.Store.SetCounter(ctx, waitingKey(g), "told"); err != nil {
			return nil, fmt.Errorf("group that waits: %w", err)
		}
	}
	return lines, nil
}

// past tells a moment that is over: never one that is yet to come.
func (t *turn) past(at time.Time) string { return t.moment(at.Truncate(time.Minute)) }

func (t *turn) whatsappLine(h Health) string {
	if h.Online {
		return t.loc.Say("bot.status.online")
	}
	return t.loc.Say("bot.status.offline")
}

func (t *turn) garminLine(h Health) string {
	switch g := h.Garmin; {
	case g.Down:
		return t.loc.Say("bot.status.garmin.down", "time", t.moment(h.nextTry()))
	case g.Asked == 0:
		return t.loc.Say("bot.status.garmin.idle")
	case g.Failing > 0:
		return t.loc.Say("bot.status.garmin.some", "n", g.Failing, "all", g.Asked)
	}
	return t.loc.Say("bot.status.garmin.ok")
}

func (t *turn) memberLine(m MemberHealth) string {
	parts := []string{t.loc.Say("bot.status.members", "n", m.Linked)}
	if m.SignedOut > 0 {
		parts = append(parts, t.loc.Say("bot.status.signedout", "n", m.SignedOut))
	}
	if m.Cooling > 0 {
		parts = append(parts, t.loc.Say("bot.status.cooling", "n", m.Cooling))
	}
	return strings.Join(parts, ", ")
}

func (t *turn) syncLine(s SyncHealth) string {
	next := t.moment(s.Next)
	switch failed := s.Failed.Total(); {
	case s.Last.IsZero():
		return t.loc.Say("bot.status.sync.none", "next", next)
	case failed > 0:
		return t.loc.Say("bot.status.sync.failed", "time", t.past(s.Last), "n", failed, "next", next)
	}
	return t.loc.Say("bot.status.sync", "time", t.past(s.Last), "next", next)
}

// digestLines tell the digests that come next, the soonest first.
func (t *turn) digestLines(groups []store.Group) []string {
	var due []store.Group
	for _, g := range groups {
		if t.serves(g) && !g.NextRun.IsZero() {
			due = append(due, g)
		}
	}
	if len(due) == 0 {
		return []string{t.loc.Say("bot.status.digest.none")}
	}
	slices.SortStableFunc(due, func(a, b store.Group) int { return a.NextRun.Compare(b.NextRun) })
	var lines []string
	for _, g := range due[:min(len(due), mostNext)] {
		lines = append(lines, t.loc.Say("bot.status.digest", "group", locale.Name(g.Name), "time", t.moment(g.NextRun)))
	}
	if more := len(due) - mostNext; more > 0 {
		lines = append(lines, t.loc.Say("bot.status.digest.more", "n", more))
	}
	return lines
}

func (t *turn) queueLine(in, out int) string {
	if in <= 0 && out <= 0 {
		return t.loc.Say("bot.status.idle")
	}
	return t.loc.Say("bot.status.queue", "in", max(in, 0), "out", max(out, 0))
}

// awaits says whether a group waits for the operator's word: the bot has been
// added to it, and works nowhere without leave.
func (b *Bot) awaits(g store.Group) bool {
	return !b.Settings.AnyGroup && !g.Allowed && !g.Enabled
}

// allowing is the command that lets the bot work in a group. Strangers choose
// what groups are called, and a terminal would take some names for more than a
// name: such a group is named by its number.
func allowing(g store.Group) string {
	odd := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ' ' }
	name := strings.Join(strings.Fields(g.Name), " ")
	if len(name) > 60 || !strings.ContainsFunc(name, unicode.IsLetter) || strings.ContainsFunc(name, odd) {
		return fmt.Sprintf("clubrun groups allow %d", g.ID)
	}
	return "clubrun groups allow " + name
}
