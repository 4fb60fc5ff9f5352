package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"clubrun/store"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
)

// rosterLife is how long a roster is believed while the stream of group events
// is unbroken; every event about the group ends it at once.
const rosterLife = time.Hour

type cachedRoster struct {
	roster store.Roster
	at     time.Time
}

// Roster returns who is in a group and who its admins are. While the device is
// away it waits: nobody else knows.
func (c *Client) Roster(ctx context.Context, chat store.Chat) (store.Roster, error) {
	jid, err := types.ParseJID(string(chat))
	if err != nil || jid.Server != types.GroupServer {
		return store.Roster{}, fmt.Errorf("roster: %w", store.ErrNotFound)
	}
	if r, ok := c.recall(jid); ok {
		return r, nil
	}
	if err := c.Wait(ctx); err != nil {
		return store.Roster{}, fmt.Errorf("roster: %w", err)
	}
	asked := c.rosterAge()
	info, err := c.current.Load().GetGroupInfo(ctx, jid)
	if errors.Is(err, whatsmeow.ErrGroupNotFound) || errors.Is(err, whatsmeow.ErrNotInGroup) {
		return store.Roster{}, fmt.Errorf("roster: %w", store.ErrNotFound)
	}
	if err != nil {
		return store.Roster{}, fmt.Errorf("roster: %w", err)
	}
	return c.remember(ctx, info, asked), nil
}

// rosterAge counts how often rosters were forgotten.
func (c *Client) rosterAge() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.forgotten
}

// remember keeps a roster that was asked for at that age, unless something
// happened to a group since: the answer may be older than the event.
func (c *Client) remember(ctx context.Context, g *types.GroupInfo, asked uint64) store.Roster {
	r := store.Roster{Chat: store.Chat(g.JID.String()), Name: g.Name, Description: g.Topic}
	for _, p := range g.Participants {
		alt := p.LID
		if p.JID.Server == types.HiddenUserServer {
			alt = p.PhoneNumber
		}
		user, phone := c.person(ctx, p.JID, alt)
		r.People = append(r.People, store.Person{User: user, Phone: phone, Admin: p.IsAdmin || p.IsSuperAdmin})
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.forgotten == asked {
		c.rosters[g.JID] = cachedRoster{r, c.Now()}
	}
	c.numbered[g.JID] = g.AddressingMode == types.AddressingModePN
	return r
}

func (c *Client) recall(jid types.JID) (store.Roster, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	r, ok := c.rosters[jid]
	return r.roster, ok && c.Now().Sub(r.at) < rosterLife
}

func (c *Client) forgetAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forgotten++
	clear(c.rosters)
}

func (c *Client) forget(jid types.JID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forgotten++
	delete(c.rosters, jid)
}
