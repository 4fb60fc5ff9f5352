package whatsapp

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"go.mau.fi/whatsmeow/types"
)

// persons are where whatsmeow keeps what it knows of people (store/sqlstore):
// names, numbers, the keys of conversations. In its own hands none of it ever
// ends.
var persons = []struct{ table, column string }{
	{"whatsmeow_contacts", "their_jid"},
	{"whatsmeow_sessions", "their_id"},
	{"whatsmeow_identity_keys", "their_id"},
	{"whatsmeow_sender_keys", "sender_id"},
	{"whatsmeow_privacy_tokens", "their_jid"},
	{"whatsmeow_chat_settings", "chat_jid"},
	{secrets, "sender_jid"},
	{secrets, "chat_jid"},
	{sent, "chat_jid"},
}

// userOf is the user part of what stands in a column of persons, with or
// without device and server: 100000000000001_1:7, 351910000000:0, 1@lid.
func userOf(id string) string {
	if end := strings.IndexAny(id, "_:.@"); end >= 0 {
		return id[:end]
	}
	return id
}

// Estrange forgets everybody but those whose user ids or phone numbers are
// known, and the bot itself; of groups nothing is forgotten. Who writes again
// begins anew, as a stranger does. It returns how many it forgot.
func (c *Client) Estrange(ctx context.Context, known map[string]bool) (forgotten int, err error) {
	friends, err := c.acquainted(ctx, known)
	if err != nil {
		return 0, fmt.Errorf("estrange: %w", err)
	}
	gone := map[string]bool{}
	for _, p := range persons {
		ids, err := c.texts(ctx, `SELECT DISTINCT `+p.column+` FROM `+p.table)
		if err != nil {
			return len(gone), fmt.Errorf("estrange: %w", err)
		}
		var leaving []string
		for _, id := range ids {
			if friends[userOf(id)] || strings.HasSuffix(id, "@"+types.GroupServer) || strings.Contains(id, types.BroadcastServer) {
				continue
			}
			leaving = append(leaving, id)
			gone[userOf(id)] = true
		}
		if err := c.remove(ctx, p.table, p.column, leaving); err != nil {
			return len(gone), fmt.Errorf("estrange: %w", err)
		}
	}
	pairs, err := c.pairs(ctx)
	if err != nil {
		return len(gone), fmt.Errorf("estrange: %w", err)
	}
	var leaving []string
	for lid, number := range pairs {
		if friends[lid] {
			continue
		}
		leaving = append(leaving, lid)
		delete(gone, number) // one person of two names
		gone[lid] = true
	}
	if err := c.remove(ctx, "whatsmeow_lid_map", "lid", leaving); err != nil {
		return len(gone), fmt.Errorf("estrange: %w", err)
	}
	if len(gone) == 0 {
		return 0, nil
	}
	return len(gone), c.compact(ctx)
}

// remove deletes the rows with these texts in a column, in one pass over the
// table: not every column has an index.
func (c *Client) remove(ctx context.Context, table, column string, texts []string) error {
	if len(texts) == 0 {
		return nil
	}
	list, err := json.Marshal(texts)
	if err != nil {
		return err
	}
	_, err = c.db.ExecContext(ctx, `DELETE FROM `+table+` WHERE `+column+` IN (SELECT value FROM json_each(?))`, string(list)) //nolint:gosec // both names stand above
	return err
}

// acquainted returns those who are known under both of their names, and the bot.
func (c *Client) acquainted(ctx context.Context, known map[string]bool) (map[string]bool, error) {
	friends := map[string]bool{"0": true} // WhatsApp itself
	for name := range known {
		friends[name] = true
	}
	own, err := c.texts(ctx, `SELECT jid FROM whatsmeow_device UNION SELECT lid FROM whatsmeow_device WHERE lid IS NOT NULL`)
	if err != nil {
		return nil, err
	}
	for _, id := range own {
		friends[userOf(id)] = true
	}
	pairs, err := c.pairs(ctx)
	if err != nil {
		return nil, err
	}
	for lid, number := range pairs {
		if friends[lid] || friends[number] {
			friends[lid], friends[number] = true, true
		}
	}
	return friends, nil
}

// pairs are the phone numbers that whatsmeow knows, by hidden id.
func (c *Client) pairs(ctx context.Context) (map[string]string, error) {
	all, err := c.texts(ctx, `SELECT lid || ' ' || pn FROM whatsmeow_lid_map`)
	if err != nil {
		return nil, err
	}
	pairs := make(map[string]string, len(all))
	for _, pair := range all {
		lid, number, _ := strings.Cut(pair, " ")
		pairs[lid] = number
	}
	return pairs, nil
}

// texts returns one column.
func (c *Client) texts(ctx context.Context, query string) (all []string, err error) {
	rows, err := c.db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		all = append(all, text)
	}
	return all, rows.Err()
}
