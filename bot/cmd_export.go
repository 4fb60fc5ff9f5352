package bot

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"clubrun/bot/access"
	"clubrun/store"
)

// Takeout makes the archive of all that is kept about somebody.
type Takeout interface {
	// Pack returns the archive; whole is false where activity files were left out
	// because a chat would not take them. No archive at all means that even so it
	// would be too large.
	Pack(ctx context.Context, athlete int64, format string, say func(key string, args ...any) string) (archive []byte, whole bool, err error)
	// Stream writes the whole archive, however large it is.
	Stream(ctx context.Context, w io.Writer, athlete int64, format string, say func(key string, args ...any) string) error
}

// exportRest is how long after an export the same person can have another.
const exportRest = time.Hour

// What an export is called in the chat.
const (
	exportName = "export.zip"
	exportMime = "application/zip"
)

// runExport hands over all that is kept about the sender. The archive is made
// before anything is owed, and owed as it is then: after a crash it is either
// owed, or the message is handled again.
func runExport(ctx context.Context, t *turn, args []string) error {
	if !t.known() {
		t.say("bot.export.nothing")
		return nil
	}
	format, ok := exportFormat(args)
	if !ok {
		t.say("bot.export.formats")
		return nil
	}
	free, err := t.exportFree(ctx)
	if err != nil {
		return err
	}
	if free.After(t.Now()) {
		t.say("bot.export.soon", "time", t.moment(free))
		return nil
	}
	archive, whole, err := t.Takeout.Pack(ctx, t.athlete.ID, format, t.loc.Say)
	if err != nil {
		return err
	}
	if !whole {
		if offered, err := t.offer(ctx, format); err != nil {
			return err
		} else if offered {
			return t.exported(ctx)
		}
	}
	if archive == nil {
		t.say("bot.export.big", "operator", t.operator())
		return nil
	}
	key := "bot.export.here"
	if format == "csv" || format == "json" {
		key = "bot.export.part"
	}
	if !whole {
		key = "bot.export.bare"
	}
	t.document(archive, t.loc.Say(key, "operator", t.operator()))
	return t.exported(ctx)
}

// exportFormat returns which export is meant: none that is named is everything.
func exportFormat(args []string) (format string, ok bool) {
	switch {
	case len(args) == 0, len(args) == 1 && isWhole(args[0]):
		return "", true
	case len(args) == 1 && slices.Contains([]string{"csv", "json", "fit"}, args[0]):
		return args[0], true
	}
	return "", false
}

// isWhole says whether a folded word means everything.
func isWhole(s string) bool {
	switch trim(s) {
	case "all", "everything", "zip", "alles", "alle", "todo", "tudo", "tout", "tutto":
		return true
	}
	return false
}

func (t *turn) exportKey() string { return fmt.Sprintf("export.%d", t.athlete.ID) }

// exportFree returns from when on the sender can have an export; the zero time
// is any time.
func (t *turn) exportFree(ctx context.Context) (time.Time, error) {
	text, err := t.Store.Counter(ctx, t.exportKey())
	if quiet(err) != nil {
		return time.Time{}, fmt.Errorf("last export: %w", err)
	}
	last, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, nil //nolint:nilerr // there was none
	}
	return last.Add(exportRest), nil
}

// document owes a file.
func (t *turn) document(data []byte, caption string) {
	o := t.outgoing(store.KindDocument, caption)
	o.Media = &store.Media{Mime: exportMime, Name: exportName, Data: data}
	t.owed = append(t.owed, o)
}

// exported settles the row, and then notes when that was: a crash in between
// gives somebody one export too many, and never one too few.
func (t *turn) exported(ctx context.Context) error {
	if err := t.Store.Answer(ctx, t.reply()); err != nil {
		return err
	}
	at := t.Now()
	e := store.AuditEntry{At: at, Actor: t.by(store.RoleMember), Action: string(access.Export), Subject: fmt.Sprintf("athlete %d", t.athlete.ID)}
	if err := t.Store.SetCounter(ctx, t.exportKey(), at.UTC().Format(time.RFC3339)); err != nil {
		t.logger(ctx).Error().Err(err).Msg("export not noted")
	}
	if err := t.Store.Audit(ctx, e); err != nil {
		t.logger(ctx).Error().Err(err).Msg("export not audited")
	}
	return nil
}
