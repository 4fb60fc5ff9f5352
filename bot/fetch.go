package bot

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"clubrun/bot/access"
	"clubrun/digest/locale"
	"clubrun/store"
)

// An archive that a chat does not take is fetched from the bot's own web
// server, where there is one. The address holds the member's number and a token
// that is told in the message alone and kept as a hash: a newer archive, a day
// or /delete make it worthless. The archive is made while it is fetched, and
// never lies about.

// fetchLife is how long an archive can be fetched.
const fetchLife = 24 * time.Hour

// fetching is an archive that can be fetched.
type fetching struct {
	Hash   string
	Format string
	Until  time.Time
}

func fetchKey(athlete int64) string { return fmt.Sprintf("fetch.%d", athlete) }

// offer opens a page for the sender's archive and says where it is; ok is false
// where the bot has no pages.
func (t *turn) offer(ctx context.Context, format string) (ok bool, err error) {
	if t.Settings.PublicURL == "" {
		return false, nil
	}
	token := strconv.FormatInt(t.athlete.ID, 36) + "-" + t.Token()
	f := fetching{Hash: pageHash(token), Format: format, Until: t.Now().Add(fetchLife).Truncate(time.Minute)}
	kept, err := json.Marshal(f)
	if err != nil {
		return false, fmt.Errorf("offer an archive: %w", err)
	}
	if err := t.Store.SetCounter(ctx, fetchKey(t.athlete.ID), string(kept)); err != nil {
		return false, fmt.Errorf("offer an archive: %w", err)
	}
	t.say("bot.export.link", "url", t.Settings.PublicURL+"/d/"+token, "time", t.moment(f.Until))
	return true, nil
}

// FetchPage is a page on which a member fetches their archive.
type FetchPage struct {
	Locale   *locale.Locale
	Operator string // who runs this bot; may be empty
	Until    string // when the page is over, as the member reads it
}

// Fetch returns the page that a token opens. store.ErrNotFound is a page that
// is over or never was.
func (b *Bot) Fetch(ctx context.Context, token string) (FetchPage, error) {
	t, f, err := b.fetchOf(ctx, token)
	if err != nil {
		return FetchPage{}, err
	}
	return FetchPage{Locale: t.loc, Operator: locale.Name(b.Settings.Operator), Until: t.moment(f.Until)}, nil
}

// WriteFetched writes the archive that a token opens, and nothing where it
// opens none. The token stays good: phones lose connections.
func (b *Bot) WriteFetched(ctx context.Context, token string, w io.Writer) error {
	t, f, err := b.fetchOf(ctx, token)
	if err != nil {
		return err
	}
	e := store.AuditEntry{At: b.Now(), Actor: t.by(store.RoleMember), Action: string(access.Export), Subject: fmt.Sprintf("athlete %d", t.athlete.ID), Detail: "page"}
	if err := b.Store.Audit(ctx, e); err != nil {
		return fmt.Errorf("fetch: %w", err)
	}
	return b.Takeout.Stream(ctx, w, t.athlete.ID, f.Format, t.loc.Say)
}

// fetchOf finds whose archive a token opens.
func (b *Bot) fetchOf(ctx context.Context, token string) (*turn, fetching, error) {
	number, _, ok := strings.Cut(token, "-")
	id, err := strconv.ParseInt(number, 36, 64)
	if b.Settings.PublicURL == "" || b.Direct == nil || !ok || err != nil || len(token) > 100 {
		return nil, fetching{}, store.ErrNotFound
	}
	kept, err := b.Store.Counter(ctx, fetchKey(id))
	if err != nil {
		return nil, fetching{}, fmt.Errorf("fetch: %w", err)
	}
	var f fetching
	switch {
	case json.Unmarshal([]byte(kept), &f) != nil:
		return nil, f, store.ErrNotFound
	case b.Now().After(f.Until) || subtle.ConstantTimeCompare([]byte(f.Hash), []byte(pageHash(token))) == 0:
		return nil, f, store.ErrNotFound
	}
	a, err := b.Store.Athlete(ctx, id)
	if err != nil {
		return nil, f, fmt.Errorf("fetch: %w", err)
	}
	t, err := b.beginFor(ctx, a)
	return t, f, err
}
