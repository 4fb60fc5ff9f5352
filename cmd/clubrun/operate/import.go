package operate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"clubrun/cmd/clubrun/control"
	"clubrun/garmin/ingest"
	"clubrun/store"
)

// importName is the command whose words are files.
const importName = "import"

// importFiles keeps the activities of files, folders and archives.
func importFiles(ctx context.Context, d *Desk, c *Call) error {
	if d.House == nil {
		return Nobody("the data folder")
	}
	a, err := d.findMember(ctx, c.member)
	if err != nil {
		return err
	}
	zone, err := d.zoneOf(ctx, a)
	if err != nil {
		return err
	}
	in := &importing{d: d, c: c, who: a, zone: zone}
	for _, name := range c.Files {
		if err = in.named(ctx, name); err != nil {
			break
		}
	}
	return errors.Join(err, in.noted(context.WithoutCancel(ctx)), in.summary(ctx))
}

// zoneOf is the zone of somebody's clocks: their own, or that of the first group
// that shows them, or the instance's.
func (d *Desk) zoneOf(ctx context.Context, a store.Athlete) (*time.Location, error) {
	if zone, err := time.LoadLocation(a.Prefs.Zone); err == nil && a.Prefs.Zone != "" {
		return zone, nil
	}
	memberships, err := d.DB.MembershipsOf(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	if len(memberships) > 0 {
		g, err := d.DB.Group(ctx, memberships[0].Group)
		return g.Location(), err
	}
	return d.local(d.Now()).Location(), nil
}

// importing is one import while it goes on.
type importing struct {
	d    *Desk
	c    *Call
	who  store.Athlete
	zone *time.Location

	files, fresh, known   int // files, and activities
	kept, without, broken int // files
	damaged               int // files that were read up to a fault
	unread                int // activities
}

// named reads all that a name of the command line stands for.
func (in *importing) named(ctx context.Context, name string) error {
	before := in.files
	for {
		given, err := control.Give(ctx, in.c.out, name)
		if errors.Is(err, io.EOF) {
			if in.files == before {
				return in.c.note(in.files, 0, name+": no FIT, TCX or GPX file is in it")
			}
			return nil
		}
		if err != nil {
			return err
		}
		if err := in.one(ctx, given); err != nil {
			return err
		}
	}
}

// one imports a file and says how that went. Its error means that the next
// would fail, too.
func (in *importing) one(ctx context.Context, f control.Given) error {
	in.files++
	if f.Reason != "" {
		in.broken++
		return in.c.note(in.files, 0, f.Name+": skipped: "+f.Reason)
	}
	got, err := in.d.House.Ingest.Import(ctx, in.who.ID, f.Name, f.Data, in.zone)
	var broken *ingest.FileError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, ingest.ErrNoActivity):
		in.without++
		return in.c.step(in.files, 0, f.Name+": "+err.Error())
	case errors.As(err, &broken):
		in.broken++
		return in.c.note(in.files, 0, f.Name+": skipped: "+broken.Error())
	case err != nil:
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	in.fresh += got.New
	in.known += got.Known
	said := "known already"
	if got.New > 0 {
		said = count(got.New, "new activity", "new activities")
	}
	if got.New > 0 && got.Known > 0 {
		said += fmt.Sprintf(", %d known already", got.Known)
	}
	if got.Kept {
		in.kept++
		said += ", file kept"
	}
	if got.Broken > 0 {
		in.unread += got.Broken
		said += fmt.Sprintf(", %d not readable", got.Broken)
	}
	if got.Fault != "" {
		in.damaged++
		return in.c.note(in.files, 0, f.Name+": "+said+"; "+got.Fault)
	}
	return in.c.step(in.files, 0, f.Name+": "+said)
}

func (in *importing) noted(ctx context.Context) error {
	if in.fresh+in.kept == 0 {
		return nil
	}
	return in.d.DB.Audit(ctx, store.AuditEntry{
		At: in.d.Now(), Actor: operator, Action: "activity.import", Subject: fmt.Sprintf("athlete %d", in.who.ID),
		Detail: fmt.Sprintf("%d new, %s kept", in.fresh, count(in.kept, "file", "files")),
	})
}

func (in *importing) summary(ctx context.Context) error {
	if ctx.Err() != nil {
		return nil //nolint:nilerr // who asked is gone, and hears no summary
	}
	text := fmt.Sprintf("Read %s of %s: %d new, %d known already", count(in.files, "file", "files"), plain(in.who.Name), in.fresh, in.known)
	if in.without > 0 {
		text += "; " + count(in.without, "holds no activity", "hold no activity")
	}
	if in.unread > 0 {
		text += fmt.Sprintf(", %d not readable", in.unread)
	}
	if in.damaged > 0 {
		text += fmt.Sprintf("; %d damaged and read up to the fault", in.damaged)
	}
	if in.broken > 0 {
		text += fmt.Sprintf("; %d broken", in.broken)
	}
	text += "."
	if in.fresh > 0 && !in.who.Prefs.Files {
		text += " The files themselves are not kept: " + plain(in.who.Name) + " has not agreed to that (/files on)."
	}
	_, err := fmt.Fprintln(in.c.out, text)
	if err == nil && in.broken > 0 {
		err = failure("clubrun inspect FILE says how far one can be read", "%s could not be read and %s skipped",
			count(in.broken, "file", "files"), map[bool]string{true: "was", false: "were"}[in.broken == 1])
	}
	return err
}

// checkImport refuses an import of nothing.
func (c *Call) checkImport(args []string) error {
	for _, name := range args {
		if strings.TrimSpace(name) == "" {
			return usage("%s: a file without a name", c.Name)
		}
	}
	if len(args) == 0 {
		return usage("%s needs a file, a folder or an archive", c.Name)
	}
	return nil
}
