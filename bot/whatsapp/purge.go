package whatsapp

import (
	"context"
	"fmt"
	"strings"
	"time"

	"clubrun/store"

	"go.mau.fi/whatsmeow/types"
)

// For a week whatsmeow keeps what it has sent, by chat, to send it again to a
// phone that could not read it (store/sqlstore, retry.go).
// Of what it sends and receives it also keeps the secrets by which votes and
// edits are read: who wrote what, by its id, without an end.
const (
	secrets  = "whatsmeow_message_secrets"
	sent     = "whatsmeow_retry_buffer"
	sentLife = 7 * 24 * time.Hour
)

// Purge removes what was sent to chats and is kept to be sent again, from every
// byte of the file: a phone that could not read it does not get it any more. Of
// a direct chat, or of what its person wrote in groups, no secret stays either.
func (c *Client) Purge(ctx context.Context, chats ...store.Chat) error {
	if len(chats) == 0 {
		return nil
	}
	for _, chat := range chats {
		if _, err := c.db.ExecContext(ctx, `DELETE FROM `+sent+` WHERE chat_jid = ?`, string(chat)); err != nil {
			return fmt.Errorf("purge: %w", err)
		}
		if strings.HasSuffix(string(chat), "@"+types.GroupServer) { // of all who are in it
			continue
		}
		if _, err := c.db.ExecContext(ctx, `DELETE FROM `+secrets+` WHERE chat_jid = ?1 OR sender_jid = ?1`, string(chat)); err != nil {
			return fmt.Errorf("purge: %w", err)
		}
	}
	return c.compact(ctx)
}

// compact writes the file anew: what is deleted is overwritten, but not copies
// of it in the gaps of pages.
func (c *Client) compact(ctx context.Context) error {
	if _, err := c.db.ExecContext(ctx, `VACUUM`); err != nil {
		return fmt.Errorf("compact: %w", err)
	}
	return c.Checkpoint(ctx)
}

// Sweep removes what was sent more than a week ago; whatsmeow itself does so
// only when it sends something.
func (c *Client) Sweep(ctx context.Context) error {
	_, err := c.db.ExecContext(ctx, `DELETE FROM `+sent+` WHERE timestamp < ?`, c.Now().Add(-sentLife).UnixMilli())
	if err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	return c.Checkpoint(ctx)
}
