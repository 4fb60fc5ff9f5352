package operate

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"clubrun/digest/locale"
)

// grid is a table as people read it. Names in it come from WhatsApp, so signs
// that could steer a terminal are dropped.
type grid [][]string

func (g *grid) add(cells ...string) {
	for i := range cells {
		cells[i] = plain(cells[i])
	}
	*g = append(*g, cells)
}

// print writes the table with aligned columns.
func (g grid) print(w io.Writer) error {
	var widths []int
	for _, cells := range g {
		for i, c := range cells {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], locale.Width(c))
		}
	}
	var b strings.Builder
	for _, cells := range g {
		var line strings.Builder
		for i, c := range cells {
			line.WriteString(locale.Pad(c, widths[i]) + "  ")
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// plain makes a text one line without control or direction signs.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r) && r != zeroWidthJoiner:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// zeroWidthJoiner holds emoji of several people together.
const zeroWidthJoiner = '\u200d'

// printJSON writes one object a line.
func printJSON[T any](w io.Writer, all []T) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, one := range all {
		if err := e.Encode(one); err != nil {
			return err
		}
	}
	return nil
}

// instant is a time in JSON: RFC 3339 in UTC, whole seconds.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// clock writes a time for people, in the desk's zone; none is a dash.
func (d *Desk) clock(t time.Time) string {
	if t.IsZero() {
		return none
	}
	zone, err := time.LoadLocation(d.Zone)
	if err != nil {
		zone = time.UTC
	}
	return t.In(zone).Format("2006-01-02 15:04 MST")
}

const none = "-"

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func orNone(s string) string {
	if s == "" {
		return none
	}
	return s
}

// count writes a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// Names returns the names in a list that was printed as JSON, as far as they
// begin as typed.
func Names(list []byte, typed string) []string {
	var names []string
	for line := range strings.Lines(string(list)) {
		var one struct{ Name string }
		if json.Unmarshal([]byte(line), &one) != nil {
			continue
		}
		if len(one.Name) >= len(typed) && strings.EqualFold(one.Name[:len(typed)], typed) {
			names = append(names, plain(one.Name))
		}
	}
	return names
}
