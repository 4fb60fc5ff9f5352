package bot

import (
	"context"
	"fmt"

	"clubrun/store"
)

// Stewards counts the admins of a group by WhatsApp's present word, and returns
// those of them who have written to the bot: nobody else is written to unasked.
// Nothing of a group hangs on the admin who set it up.
func (b *Bot) Stewards(ctx context.Context, g store.Group) (admins int, known []store.Athlete, err error) {
	r, err := b.Rooms.Roster(ctx, g.Chat)
	if err != nil {
		return 0, nil, fmt.Errorf("admins of group %d: %w", g.ID, err)
	}
	for _, p := range r.People {
		if !p.Admin || p.Phone != "" && p.Phone == b.number() {
			continue
		}
		admins++
		a, err := b.Store.AthleteByUser(ctx, p.User)
		if quiet(err) != nil {
			return admins, known, fmt.Errorf("admins of group %d: %w", g.ID, err)
		}
		if err == nil {
			known = append(known, a)
		}
	}
	return admins, known, nil
}
