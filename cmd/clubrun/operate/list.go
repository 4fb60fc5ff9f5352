package operate

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"clubrun/digest/locale"
	"clubrun/store"
)

// listed is an activity with what became of its file.
type listed struct {
	store.Activity
	who   person
	files []store.File
}

type listRow struct {
	Activity   int64     `json:"activity"`
	Member     int64     `json:"member"`
	Name       string    `json:"name"`
	Source     string    `json:"source"`
	External   string    `json:"external"`
	Start      string    `json:"start"`
	Sport      string    `json:"sport"`
	Type       string    `json:"type,omitempty"`
	Distance   float64   `json:"distance_m,omitempty"`
	Elapsed    float64   `json:"elapsed_s,omitempty"`
	Downloaded bool      `json:"downloaded"`
	Agreed     bool      `json:"agreed"` // the member agreed that files are kept
	Files      []fileRow `json:"files"`
}

// fileRow is what became of one format of a file.
type fileRow struct {
	Format   string          `json:"format"`
	State    store.FileState `json:"state"`
	Reason   string          `json:"reason,omitempty"`
	Attempts int             `json:"attempts"`
	Retry    string          `json:"retry,omitempty"`
	At       string          `json:"at"`
	Path     string          `json:"path,omitempty"`
	SHA256   string          `json:"sha256,omitempty"`
	Size     int64           `json:"size,omitempty"`
}

// listActivities lists activities and whether their file is here.
func listActivities(ctx context.Context, d *Desk, c *Call) error {
	span, err := d.span(c)
	if err != nil {
		return err
	}
	people, err := d.chosen(ctx, c)
	if err != nil {
		return err
	}
	unread := 0
	if !c.offline && d.House != nil {
		if unread, err = d.refresh(ctx, c, people); err != nil {
			return err
		}
	}
	all, err := d.listed(ctx, c, people, span)
	if err != nil {
		return err
	}
	if err := d.printList(c, all); err != nil {
		return err
	}
	if unread > 0 {
		return failure("clubrun members shows whose account needs something; --offline lists what is kept without asking",
			"%s could not be read at Garmin: the list shows what was kept before", count(unread, "member", "members"))
	}
	return nil
}

// refresh reads what Garmin has, and returns of how many members it could not.
func (d *Desk) refresh(ctx context.Context, c *Call, people []person) (unread int, err error) {
	for i, p := range people {
		if p.account.ID == 0 {
			continue
		}
		if err := c.glance(i, len(people), "reading "+p.Name); err != nil {
			return unread, err
		}
		if d.resting(p) {
			unread++
			continue
		}
		if _, err := d.House.Ingest.Look(ctx, p.ID); err != nil {
			unread++
		}
		if ctx.Err() != nil {
			return unread, ctx.Err()
		}
	}
	return unread, nil
}

// resting says whether an account is not to be asked now.
func (d *Desk) resting(p person) bool {
	state := p.account.State
	return state == store.AccountSignedOut || state == store.AccountCooling && d.Now().Before(p.account.Until)
}

func (d *Desk) listed(ctx context.Context, c *Call, people []person, span store.Span) ([]listed, error) {
	var all []listed
	for _, p := range people {
		acts, err := d.DB.Activities(ctx, p.ID, span)
		if err != nil {
			return nil, err
		}
		files, err := d.DB.Files(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		of := map[int64][]store.File{}
		for _, f := range files {
			of[f.Activity] = append(of[f.Activity], f)
		}
		for _, a := range acts {
			one := listed{a, p, of[a.ID]}
			if a.Parent == "" && c.ofType(a) && (!c.missing || !one.here()) && (!c.downloaded || one.here()) {
				all = append(all, one)
			}
		}
	}
	return all, nil
}

// kind is the type of the activity, or that it was typed and its sport.
func (l listed) kind() string {
	if l.Source == store.SourceTyped {
		return string(l.Sport) + ", typed"
	}
	return orNone(either(l.Type, string(l.Sport)))
}

// here says whether a file of the activity is kept.
func (l listed) here() bool {
	return slices.ContainsFunc(l.files, func(f store.File) bool { return f.State == store.FileKept })
}

func (d *Desk) printList(c *Call, all []listed) error {
	if c.output == "json" {
		var rows []listRow
		for _, l := range all {
			rows = append(rows, l.row())
		}
		return printJSON(c.out, rows)
	}
	if len(all) == 0 {
		_, err := fmt.Fprintln(c.out, "No such activity is kept.")
		return err
	}
	english := locale.For("en", store.Kilometres)
	here := 0
	var table grid
	table.add("MEMBER", "BEGAN", "TYPE", "DISTANCE", "TIME", "FILE", "WHY")
	for _, l := range all {
		if l.here() {
			here++
		}
		table.add(l.who.Name, l.Local.Format("2006-01-02 15:04"), l.kind(), distance(english, l.Activity),
			english.Duration(l.Elapsed), l.formats(), orNone(d.why(l)))
	}
	if err := table.print(c.out); err != nil {
		return err
	}
	_, err := fmt.Fprintf(c.out, "%s: %d with a file, %d without.\n", count(len(all), "activity", "activities"), here, len(all)-here)
	return err
}

func distance(l *locale.Locale, a store.Activity) string {
	if a.Distance == 0 {
		return none
	}
	return l.Distance(a.Distance, a.Sport)
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// formats are the formats that are kept.
func (l listed) formats() string {
	var kept []string
	for _, f := range l.files {
		if f.State == store.FileKept {
			kept = append(kept, f.Format)
		}
	}
	if len(kept) == 0 {
		return "missing"
	}
	return strings.Join(kept, " ")
}

// why says what became of each attempt to fetch the file, and why none was
// made.
func (d *Desk) why(l listed) string {
	var parts []string
	for _, format := range []string{"fit", "tcx", "gpx", "kml"} {
		i := slices.IndexFunc(l.files, func(f store.File) bool { return f.Format == format })
		if i < 0 || l.files[i].Reason == "" {
			continue
		}
		text := l.files[i].Reason
		if !l.files[i].Retry.IsZero() {
			text += ", again from " + d.local(l.files[i].Retry).Format(time.DateOnly)
		}
		if n := len(parts) - 1; n >= 0 && strings.HasSuffix(parts[n], ": "+text) {
			parts[n] = strings.TrimSuffix(parts[n], ": "+text) + ", " + format + ": " + text
			continue
		}
		parts = append(parts, format+": "+text)
	}
	switch {
	case len(parts) > 0:
		return strings.Join(parts, "; ")
	case l.here():
		return ""
	case l.Source == store.SourceTyped:
		return "typed, not recorded"
	case !l.who.Prefs.Files:
		return "not agreed that files are kept"
	case l.Source != "garmin":
		return "it was sent, and its file is not kept"
	}
	return "not fetched yet"
}

func (l listed) row() listRow {
	r := listRow{
		Activity: l.ID, Member: l.who.ID, Name: l.who.Name, Source: l.Source, External: l.External, Start: l.Start.UTC().Format(time.RFC3339),
		Sport: string(l.Sport), Type: l.Type, Distance: rounded(l.Distance), Elapsed: rounded(l.Elapsed.Seconds()), Downloaded: l.here(), Agreed: l.who.Prefs.Files, Files: []fileRow{},
	}
	for _, f := range l.files {
		r.Files = append(r.Files, fileRow{f.Format, f.State, f.Reason, f.Attempts, instant(f.Retry), instant(f.Updated), f.Path, f.SHA256, f.Size})
	}
	return r
}

// rounded drops digits that no device knows.
func rounded(x float64) float64 { return math.Round(x*100) / 100 }
