package takeout

import (
	"io"
	"strconv"
	"strings"
)

// readme writes the text that says what is what, in the member's language.
func (a *archive) readme(w io.Writer) error {
	lines := []string{a.Say("takeout.head", "name", a.who.Name)}
	add := func(there bool, key string, args ...any) {
		if there {
			lines = append(lines, a.Say(key, args...))
		}
	}
	add(a.Format != JSON, "takeout.csv")
	add(a.Format != CSV, "takeout.json")
	add(len(a.kept) > a.lost, "takeout.files")
	add(a.made > 0, "takeout.fit")
	add(a.Bare, "takeout.bare", "number", strconv.FormatInt(a.who.ID, 10))
	add(a.lost > 0, "takeout.lost", "n", a.lost)
	lines = append(lines, a.Say("takeout.others"))
	_, err := io.WriteString(w, strings.Join(lines, "\n\n")+"\n")
	return err
}
