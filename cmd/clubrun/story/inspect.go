package story

import (
	"bytes"
	"compress/flate"
	"context"
	"database/sql"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing/synctest"
	"time"

	"clubrun/garmin/garmintest"
	"clubrun/store/failpoint"
)

// The kinds of canaries that the simulated Garmin does not give out.
const (
	kindPassword = "password"
	kindEmail    = "e-mail address"
	kindKey      = "key"
	kindNumber   = "phone number"
	kindUser     = "WhatsApp id"
)

// Leak is a secret of the world where it must not be. It names what leaked and
// where, never the secret.
type Leak struct{ Found []string }

// Error lists the places.
func (l *Leak) Error() string { return "secrets leaked: " + strings.Join(l.Found, "; ") }

// wiped is how long after a message the bot may take to clear the disk of it.
const wiped = 2 * time.Second

// Inspect looks for the secrets of the world in every byte of the bot's data,
// in the columns of its databases and in its log at debug level, and returns a
// *Leak where there is one: passwords, codes, tickets, tokens, e-mail
// addresses, the keys outside their files, and in the log phone numbers and
// WhatsApp ids, too.
func (p *Player) Inspect(ctx context.Context) error {
	time.Sleep(wiped)
	synctest.Wait()
	leak := &Leak{}
	for life := range p.lives + 1 {
		folder := filepath.Join(p.Data, fmt.Sprintf("life-%d", life))
		if err := p.inspectLife(ctx, life, folder, leak); err != nil {
			return fmt.Errorf("inspect %s: %w", filepath.Base(folder), err)
		}
	}
	p.inspectLog(leak)
	if len(leak.Found) == 0 {
		return nil
	}
	return leak
}

func (l *Leak) add(kind, how, place string) {
	found := fmt.Sprintf("%s in %s, %s", kind, place, how)
	if !slices.Contains(l.Found, found) {
		l.Found = append(l.Found, found)
	}
}

// canaries are the secrets of the world so far.
func (p *Player) canaries() []canary {
	var all []canary
	for _, who := range p.order {
		all = append(all, canary{kindPassword, who.Password}, canary{kindEmail, who.Email})
	}
	for _, i := range p.garmin.Issued() {
		all = append(all, canary{i.Kind, i.Value})
	}
	return all
}

// addresses are what people are reached by: the bot keeps it, but does not log it.
func (p *Player) addresses() []canary {
	all := []canary{{kindNumber, botPhone}}
	for _, who := range p.order {
		for _, a := range append(who.former, who.account) {
			all = append(all, canary{kindUser, a.LID().User})
		}
		for _, number := range append(who.numbers, who.account.PN().User) {
			all = append(all, canary{kindNumber, number})
		}
	}
	return all
}

func (p *Player) inspectLog(leak *Leak) {
	secrets, raw, shown := newFinder(p.canaries()), p.record.raw.bytes(), p.record.shown.bytes()
	hit := func(place string) func(kind, how string) {
		return func(kind, how string) { leak.add(kind, how, place) }
	}
	secrets.find(raw, hit("the log before it is redacted"))
	secrets.findWords(raw, hit("the log before it is redacted"))
	newFinder(p.addresses()).find(shown, hit("the log"))
}

// inspectLife looks through the data folder of one life of the bot.
func (p *Player) inspectLife(ctx context.Context, life int, folder string, leak *Leak) error {
	finder := newFinder(append(p.canaries(), keys(folder)...))
	return filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		name := filepath.Join(filepath.Base(folder), filepath.Base(path))
		hit := func(kind, how string) {
			if !excused(p.deaths[life], d.Name(), kind) && !(kind == kindKey && filepath.Ext(path) == ".key") {
				leak.add(kind, how, name)
			}
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		finder.find(data, hit)
		if filepath.Ext(path) == ".db" {
			return inspectRows(ctx, path, finder, hit)
		}
		return nil
	})
}

// excused says whether a dead copy may hold this. A bot that dies between the
// decryption of a message and the return of its handler leaves the text in
// whatsapp.db, so that it can be handled in the next life, and is gone then.
func excused(death failpoint.Point, file, kind string) bool {
	if death != failpoint.InboxReceived && death != failpoint.InboxStored || !strings.HasPrefix(file, "whatsapp.db") {
		return false
	}
	switch kind {
	case kindPassword, kindEmail, garmintest.IssuedCode, garmintest.IssuedTicket:
		return true
	}
	return false
}

// keys are the keys of a data folder, as bytes and as their files have them.
func keys(folder string) []canary {
	var all []canary
	for _, name := range []string{"secret.key", "install.key"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err == nil {
			all = append(all, canary{kindKey, strings.TrimSpace(string(text))})
		}
		if raw, err := base64Key(text); err == nil {
			all = append(all, canary{kindKey, string(raw)})
		}
	}
	return all
}

// inspectRows looks for words in every column of every table, and into what
// is packed there.
func inspectRows(ctx context.Context, path string, f *finder, hit func(kind, how string)) error {
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro&_busy_timeout=20000")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	tables, err := names(ctx, db)
	if err != nil {
		return err
	}
	for _, table := range tables {
		if err := inspectTable(ctx, db, table, f, hit); err != nil {
			return fmt.Errorf("table %s: %w", table, err)
		}
	}
	return inspectHealth(ctx, db, hit)
}

func names(ctx context.Context, db *sql.DB) ([]string, error) {
	rows, err := db.QueryContext(ctx, `SELECT name FROM sqlite_master WHERE type = 'table'`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		all = append(all, name)
	}
	return all, rows.Err()
}

func inspectTable(ctx context.Context, db *sql.DB, table string, f *finder, hit func(kind, how string)) error {
	rows, err := db.QueryContext(ctx, `SELECT * FROM "`+table+`"`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, targets := make([]sql.RawBytes, len(columns)), make([]any, len(columns))
	for i := range values {
		targets[i] = &values[i]
	}
	unpack := flate.NewReader(bytes.NewReader(nil))
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		for i, v := range values {
			f.findWords(v, hit)
			if columns[i] == "body" {
				_ = unpack.(flate.Resetter).Reset(bytes.NewReader(v), nil)
				body, _ := io.ReadAll(unpack) // what is not packed was searched as it is
				f.find(body, hit)
			}
		}
	}
	return rows.Err()
}
