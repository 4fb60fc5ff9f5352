package operate

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"clubrun/cmd/clubrun/control"
	"clubrun/digest/locale"
	"clubrun/digest/publish"
	"clubrun/store"
)

// publisher returns a publisher for one command; the house's own belongs to
// its job.
func (d *Desk) publisher() *publish.Publisher {
	p := &publish.Publisher{Store: d.DB, Voice: d.Voice, Now: d.Now}
	if d.House != nil {
		*p = *d.House.Publish
	}
	return p
}

func previewDigest(ctx context.Context, d *Desk, c *Call) error {
	g, week, err := d.digestOf(ctx, c)
	if err != nil {
		return err
	}
	made, err := d.publisher().Preview(ctx, g, week)
	if err != nil {
		return err
	}
	return Show(c.out, c.To, fmt.Sprintf("digest-%d-%s", g.ID, week.Start), made)
}

// Show prints a digest and writes its pictures into a folder, under names that
// begin with a stem.
func Show(out control.Out, folder, stem string, made publish.Content) error {
	if _, err := fmt.Fprintln(out, strings.TrimRight(made.Text, "\n")); err != nil {
		return err
	}
	for i, card := range made.Pictures {
		picture, err := card.Picture.JPEG()
		if err != nil {
			return fmt.Errorf("picture: %w", err)
		}
		name := stem + ".jpg"
		if i > 0 {
			name = fmt.Sprintf("%s-%d.jpg", stem, i+1)
		}
		if err := out.File(name, picture); err != nil {
			return fmt.Errorf("picture: %w", err)
		}
		size := card.Picture.Image.Bounds().Size()
		_, err = fmt.Fprintf(out, "\n[image %s %dx%d]\n%s\n", filepath.Join(folder, name), size.X, size.Y, card.Caption)
		if err != nil {
			return err
		}
	}
	return nil
}

func sendDigest(ctx context.Context, d *Desk, c *Call) error {
	if d.House == nil {
		return Nobody("the data folder")
	}
	g, week, err := d.digestOf(ctx, c)
	if err != nil {
		return err
	}
	if !g.Allowed {
		return failure("clubrun groups allow "+plain(g.Name), "%s is not allowed", plain(g.Name))
	}
	if !g.Enabled {
		return failure("one of its admins writes /start there", "%s has not started the bot", plain(g.Name))
	}
	fresh, err := d.publisher().PublishWeek(ctx, g, week, d.Now())
	if err != nil {
		return err
	}
	span := locale.For("en", g.Units).Span(week)
	if !fresh {
		return failure("clubrun digest preview shows it again", "the digest of %s for %s was posted already", plain(g.Name), span)
	}
	if err := d.noteSent(ctx, g, week); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "The digest of %s for %s is on its way%s.\n", plain(g.Name), span, d.unless())
	return err
}

func (d *Desk) noteSent(ctx context.Context, g store.Group, week store.Span) error {
	return d.DB.Audit(ctx, store.AuditEntry{
		At: d.Now(), Actor: operator, Action: "digest.send", Subject: "group " + strconv.FormatInt(g.ID, 10), Detail: "week from " + week.Start.String(),
	})
}

// unless says what keeps messages from leaving at once.
func (d *Desk) unless() string {
	if !d.House.Settings.Send {
		return ", but SEND is off: it waits in the outbox"
	}
	if !d.House.Online() {
		return ", as soon as WhatsApp, which is " + d.House.WhatsApp.State() + ", is online"
	}
	return ""
}

// digestOf returns the group and the week that a command is about.
func (d *Desk) digestOf(ctx context.Context, c *Call) (store.Group, store.Span, error) {
	g, err := d.findGroup(ctx, strings.Join(named(c.group, c.args), " "))
	if err != nil || c.week == "" {
		return g, publish.WeekFor(g, d.Now()), err
	}
	day, err := DayIn(c.week)
	if err != nil {
		return g, store.Span{}, err
	}
	week := store.WeekOf(day, g.WeekStart)
	if today := store.DayOf(d.Now().In(g.Location())); week.Start > today {
		return g, week, failure("", "the week of %s has not begun", week.Start)
	}
	return g, week, nil
}

var errWeek = errors.New("a week is written as 2026-W37, or as a day in it, such as 2026-09-09")

// DayIn reads a week and returns a day that lies in it on whichever weekday
// weeks begin: the Thursday of an ISO week, or the day itself.
func DayIn(week string) (store.Day, error) {
	if day, err := store.ParseDay(week); err == nil {
		return day, nil
	}
	year, number, ok := strings.Cut(strings.ToUpper(week), "-W")
	y, err1 := strconv.Atoi(year)
	n, err2 := strconv.Atoi(number)
	if !ok || err1 != nil || err2 != nil || y < 2000 || y > 9999 || n < 1 || n > 53 {
		return 0, usage("--week %q: %w", week, errWeek)
	}
	monday := store.WeekOf(store.Date(y, time.January, 4), time.Monday).Start + store.Day(7*(n-1))
	if iso, _ := monday.In(time.UTC).ISOWeek(); iso != y {
		return 0, usage("--week %q: %d has no such week", week, y)
	}
	return monday + 3, nil
}
