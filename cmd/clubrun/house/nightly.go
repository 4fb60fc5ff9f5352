package house

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"clubrun/bot/schedule"
	"clubrun/store"
)

// keepHouse is the nightly job: what is older than it is kept for goes, as
// does everything about those who have gone and every activity file that no row
// knows, and nothing of it stays in a write-ahead log.
func (h *House) keepHouse(ctx context.Context) (schedule.Outcome, error) {
	gone, leaving := h.forgetDeparted(ctx)
	removed, aging := h.DB.Retain(ctx, h.Settings.Retention, h.removeFile)
	loose, tidying := h.Ingest.Tidy(ctx)
	strangers, estranging := h.estrange(ctx)
	out := schedule.Outcome{Processed: gone + loose + strangers}
	var told []string
	if gone > 0 {
		told = append(told, fmt.Sprintf("members %d", gone))
	}
	for _, r := range removed {
		out.Processed += r.Rows
		told = append(told, fmt.Sprintf("%s %d", r.Table, r.Rows))
	}
	if loose > 0 {
		told = append(told, fmt.Sprintf("loose files %d", loose))
	}
	if strangers > 0 {
		told = append(told, fmt.Sprintf("contacts %d", strangers))
	}
	if len(told) > 0 {
		out.Message = "removed: " + strings.Join(told, ", ")
	}
	return out, errors.Join(leaving, aging, tidying, estranging, h.DB.Checkpoint(ctx), h.WhatsApp.Sweep(ctx))
}

// forgetDeparted erases all about whoever has gone, and returns how many that
// were.
func (h *House) forgetDeparted(ctx context.Context) (gone int, err error) {
	all, err := h.DB.Departed(ctx, h.Settings.Retention)
	if err != nil {
		return 0, fmt.Errorf("departed: %w", err)
	}
	for _, id := range all {
		if err := (shelf{h}).Clear(ctx, id); err != nil {
			return gone, fmt.Errorf("departed: %w", err)
		}
		if err := h.DB.Erase(ctx, store.Actor{}, id, store.Reply{}); err != nil && !errors.Is(err, store.ErrNotFound) {
			return gone, fmt.Errorf("departed: %w", err)
		}
		gone++
	}
	return gone, nil
}

// rosterTime is how long the night waits for WhatsApp's word of who is in the
// groups; while the device is away there is none, and the next night asks again.
const rosterTime = time.Minute

// estrange lets WhatsApp's own database forget whoever shares no group with the
// bot and is no member, and returns how many that were.
func (h *House) estrange(ctx context.Context) (int, error) {
	known, err := h.acquaintances(ctx)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("who is known: %w", err)
	}
	return h.WhatsApp.Estrange(ctx, known)
}

// acquaintances are the user ids and phone numbers of all members, of everybody
// in a group that the bot is in, and of the operator.
func (h *House) acquaintances(ctx context.Context) (map[string]bool, error) {
	known := map[string]bool{h.Settings.Operator: true}
	members, err := h.DB.Athletes(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range members {
		known[a.User], known[a.Phone] = true, true
	}
	groups, err := h.DB.Groups(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, rosterTime)
	defer cancel()
	for _, g := range groups {
		r, err := h.WhatsApp.Roster(ctx, g.Chat)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, p := range r.People {
			known[p.User], known[p.Phone] = true, true
		}
	}
	return known, nil
}

// removeFile removes an activity file, and the folders of its month and year
// where it was the last one.
func (h *House) removeFile(name string) error {
	if err := h.files.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	month := path.Dir(name)
	if h.files.Remove(month) == nil { // fails where something is in it
		_ = h.files.Remove(path.Dir(month))
	}
	return nil
}

// shelf is what is kept of a member beside the database.
type shelf struct{ h *House }

// Clear removes all of it: the activity files, and what WhatsApp's own database
// keeps to send it again.
func (s shelf) Clear(ctx context.Context, athlete int64) error {
	if err := s.h.Ingest.Clear(ctx, athlete); err != nil {
		return err
	}
	chats, err := s.h.DB.ChatsOf(ctx, athlete)
	if err != nil {
		return fmt.Errorf("chats of athlete %d: %w", athlete, err)
	}
	return s.h.WhatsApp.Purge(ctx, chats...)
}
