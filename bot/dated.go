package bot

import (
	"context"
	"time"

	"clubrun/digest"
	"clubrun/store"
)

// dated adds to the last answer as of when its figures are, where Garmin answers
// nobody, or where they are older than they should be: whoever asks wants to
// know, and nobody else.
func (t *turn) dated(ctx context.Context) {
	down := t.Outage != nil && t.Outage()
	if len(t.owed) == 0 || !down && t.Settings.Late == 0 {
		return
	}
	patience := t.Settings.Late
	if down {
		patience = 0
	}
	reads, err := t.reads(ctx)
	if err != nil {
		t.logger(ctx).Warn().Err(err).Msg("when the figures were read is not known")
	}
	at, late := digest.AsOf(reads, t.Now(), patience)
	text := ""
	switch {
	case down && late && t.in.Group:
		text = t.loc.Say("bot.outage.room.time", "time", t.pastMoment(at))
	case down && late:
		text = t.loc.Say("bot.outage", "time", t.pastMoment(at))
	case down && (t.in.Group || t.known()):
		text = t.loc.Say("bot.outage.room")
	case late && t.in.Group:
		text = t.loc.Say("bot.stale.room", "time", t.pastMoment(at))
	case late:
		text = t.loc.Say("bot.stale", "time", t.pastMoment(at))
	default:
		return
	}
	for i := range t.owed {
		if o := &t.owed[len(t.owed)-1-i]; o.Kind == store.KindText {
			o.Text = paragraphs(o.Text, text)
			return
		}
	}
}

// reads are when the accounts were last read whose figures an answer tells: the
// sender's own in the direct chat, in a group those of all who are shown. Who is
// signed out or counts by hand is not read at all.
func (t *turn) reads(ctx context.Context) ([]time.Time, error) {
	if !t.in.Group {
		account, err := t.Store.Account(ctx, t.athlete.ID, garmin)
		if err != nil || account.State == store.AccountSignedOut {
			return nil, quiet(err)
		}
		return []time.Time{t.athlete.LastSync}, nil
	}
	return t.Store.Reads(ctx, t.group.ID)
}

// pastMoment tells when something was: the clock time, with its day where that
// is not today. It is never too late.
func (t *turn) pastMoment(at time.Time) string {
	at = at.In(t.zone)
	clock := t.loc.Time(at)
	switch day := store.DayOf(at); store.DayOf(t.Now().In(t.zone)) - day {
	case 0:
		return clock
	case 1:
		return t.loc.Say("bot.when.yesterday") + " " + clock
	case 2, 3, 4, 5, 6:
		return t.loc.WeekdayShort(at.Weekday()) + " " + clock
	default:
		return t.loc.NamedDay(day) + " " + clock
	}
}
