package operate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"clubrun/bot/takeout"
	"clubrun/cmd/clubrun/control"
	"clubrun/digest/locale"
	"clubrun/store"
)

// exportName is the command whose --to is a file, or standard output.
const exportName = "export"

// Exports says whether the call writes the one file that --to names.
func (c *Call) Exports() bool { return c.Name == exportName }

// Binary says whether what the call writes is nothing for a terminal.
func (c *Call) Binary() bool { return c.Exports() && !c.bare() }

// bare says whether one part alone is wanted, outside of an archive.
func (c *Call) bare() bool {
	return (c.format == takeout.CSV || c.format == takeout.JSON) && !strings.HasSuffix(strings.ToLower(c.To), ".zip")
}

// checkExport reads the format from the name of the file where none is named.
func (c *Call) checkExport() error {
	name := strings.ToLower(c.To)
	for _, format := range []string{takeout.CSV, takeout.JSON} {
		if c.format == "" && strings.HasSuffix(name, "."+format) {
			c.format = format
		}
	}
	if c.format != "" && !slices.Contains(takeout.Formats(), c.format) {
		return usage("unknown format %q: csv, json or fit", c.format)
	}
	return nil
}

// exportMember writes all that is kept about a member.
func exportMember(ctx context.Context, d *Desk, c *Call) error {
	a, err := d.findMember(ctx, strings.Join(named(c.member, c.args), " "))
	if err != nil {
		return err
	}
	words, err := d.wordsOf(ctx, a)
	if err != nil {
		return err
	}
	// The entry first: whatever leaves is noted, also where it breaks off.
	entry := store.AuditEntry{At: d.Now(), Actor: operator, Action: "member.export", Subject: fmt.Sprintf("athlete %d", a.ID), Detail: c.format}
	if err := d.DB.Audit(ctx, entry); err != nil {
		return err
	}
	m := &takeout.Maker{Store: d.DB, Files: d.Files}
	name := "export-" + slugOf(a)
	out, whole := control.Pour(c.out, name+c.extension())
	switch {
	case c.bare() && c.format == takeout.CSV:
		err = m.WriteCSV(ctx, out, a.ID)
	case c.bare():
		err = m.WriteJSON(ctx, out, a.ID)
	default:
		err = m.Write(ctx, out, takeout.Order{Athlete: a.ID, Format: c.format, Say: words.Say, Step: c.glance})
	}
	if err == nil {
		err = whole()
	}
	if errors.Is(err, store.ErrNotFound) {
		return failure("", "%s has said /delete meanwhile: nothing is kept any more", plain(a.Name))
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "All that is kept about %s: %s\n", plain(a.Name), either(c.To, name+c.extension()))
	return err
}

func (c *Call) extension() string {
	if c.bare() {
		return "." + c.format
	}
	return ".zip"
}

// wordsOf is the language that somebody is written to in: their own, or that of
// the first group that shows them.
func (d *Desk) wordsOf(ctx context.Context, a store.Athlete) (*locale.Locale, error) {
	if a.Prefs.Language != "" {
		return locale.For(a.Prefs.Language, a.Prefs.Units), nil
	}
	shown, err := d.DB.MembershipsOf(ctx, a.ID)
	if err != nil || len(shown) == 0 {
		return locale.For("en", a.Prefs.Units), err
	}
	g, err := d.DB.Group(ctx, shown[0].Group)
	return locale.For(g.Language, a.Prefs.Units), err
}

// slugOf is a member's name as part of a file's name, or the number where
// nothing is left of it.
func slugOf(a store.Athlete) string {
	parts := strings.FieldsFunc(strings.ToLower(a.Name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(parts) == 0 {
		return fmt.Sprint(a.ID)
	}
	return strings.Join(parts, "-")
}
