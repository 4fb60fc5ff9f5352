package story

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"clubrun/store"
)

// held are the texts that are kept of somebody and of nobody else, long enough
// to stand nowhere by chance. What an erasure may leave is not among them: the
// log of actions and the limits.
func held(t *testing.T, p *Player, name string) []string {
	t.Helper()
	all, of := map[string]bool{}, map[string]bool{}
	people, err := p.house.DB.Athletes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range people {
		mine := who.Name == name
		err := p.house.DB.Holdings(t.Context(), who.ID, func(h store.Holding) error {
			for _, v := range h.Values {
				text, is := v.(string)
				if !is {
					body, err := json.Marshal(v)
					if text = string(body); err != nil || len(text) < 40 {
						continue
					}
				}
				if _, err := time.Parse(time.RFC3339Nano, text); err == nil || len(text) < 12 || strings.Contains(text, "Runners") {
					continue
				}
				if mine && !slices.Contains([]string{"log_of_actions", "limits"}, h.Part) {
					of[text] = true
				} else if !mine {
					all[text] = true
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var only []string
	for text := range of {
		if !all[text] {
			only = append(only, text)
		}
	}
	slices.Sort(only)
	return only
}

// standing returns the files of the data folder in which a text stands.
func standing(t *testing.T, folder, text string) (where []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if err == nil && bytes.Contains(data, []byte(text)) {
			where = append(where, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return where
}

// A life that left something in every corner: two recordings of one ride, taken
// apart; files, health, an export, a digest, typed words.
const fullLife = `linked: eli, ben@Tuesday Runners
eli: /files on
eli: /health on
eli: yes
operator: download --missing --member eli --since 14d
operator: sync --member eli
eli: /split 1
eli: /hide 2
eli: /pause
eli: /resume
ana@Tuesday Runners: /schedule sun 18:00
eli: /export
expect: all that I keep about you
eli@Tuesday Runners: /me
until sun 18:01
expect: Eli
wait 10m
`

func TestAfterDeleteNothingOfAFullLifeStandsAnywhere(t *testing.T) {
	var log strings.Builder
	inside(t, &log, fullLife, func(t *testing.T, p *Player) {
		before := held(t, p, "Eli")
		if len(before) < 100 {
			t.Fatalf("only %d texts are kept of a full life", len(before))
		}
		for _, sent := range []string{"all that I keep about you", "Week 37"} { // to Eli, and to the group
			if where := standing(t, p.data(), sent); !slices.Contains(where, "whatsapp.db") && !slices.Contains(where, "whatsapp.db-wal") {
				t.Errorf("%q is not kept to be sent again, but in %v", sent, where)
			}
		}
		files := filepath.Join(p.data(), "files")
		if n := len(standing(t, files, "")); n == 0 {
			t.Error("no file is kept")
		}
		eli, err := p.find("eli")
		if err != nil {
			t.Fatal(err)
		}
		user := eli.account.LID().User
		if err := p.Play(t.Context(), read(t, "eli: /delete\neli: DELETE\nexpect: Gone\nwait 2m\n")); err != nil {
			t.Fatal(err)
		}
		for _, text := range append(before, "all that I keep about you", "Week 37") {
			where := standing(t, p.data(), text)
			if text == eli.Phone { // WhatsApp's own, as /privacy says
				where = slices.DeleteFunc(where, func(file string) bool { return strings.HasPrefix(file, "whatsapp.db") })
			}
			if text != user && len(where) > 0 { // the last answer still knows where it goes
				t.Errorf("%.60q stands in %v", text, where)
			}
			if text != user && strings.Contains(log.String(), text) {
				t.Errorf("%.60q stands in the log", text)
			}
		}
		if left := standing(t, files, ""); len(left) > 0 {
			t.Errorf("files are left: %v", left)
		}
	})
}
