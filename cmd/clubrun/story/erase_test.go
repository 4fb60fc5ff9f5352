package story

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
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

// heard are the texts that somebody alone was sent, and what they wrote.
func heard(t *testing.T, p *Player, name string) []string {
	t.Helper()
	others := map[string]bool{}
	var texts []string
	for _, who := range []string{"ana", "ben", "dev", name} {
		person, err := p.find(who)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range person.phone.Messages() {
			switch {
			case who != name:
				others[m.Text] = true
			case len(m.Text) >= 30 && !others[m.Text]:
				texts = append(texts, m.Text)
			}
		}
	}
	slices.Sort(texts)
	return slices.Compact(texts)
}

// A life that left something in every corner: a page to sign in on, two
// recordings of one ride, taken apart; files, one of them handed in; health, an
// export, typed entries, one of them not finished; a name, a duel, a vote, a race
// that was cheered and a cheer for another's; a digest; a number that moved.
const fullLife = `setting PUBLIC_URL https://club.example.org
eli: /link page
eli opens the page
linked: eli, ben, dev@Tuesday Runners
eli: /files on
eli: /health on
eli: yes
operator: download --missing --member eli --since 14d
operator: sync --member eli
eli: /split 1
eli: /hide 2
eli: /pause
eli: /resume
eli: /types -yoga
eli: /remind 5d
eli sends no-garmin.gpx
eli: +5k run 28min yesterday at 5:10
expect: ✍️
eli: +7k run
eli: no
ana@Tuesday Runners: /schedule sun 18:00
ana@Tuesday Runners: /races post on
ana@Tuesday Runners: /goal set 1000 km by 30 sep
ana@Tuesday Runners: /invite
ben: /duel eli
eli: /duel yes
wait 2m
ana@Tuesday Runners: /metric poll
wait 1m
eli@Tuesday Runners votes effort
eli: /export
expect: all that I keep about you
eli@Tuesday Runners: /me
until sun 12:00
expect: cheer
eli@Tuesday Runners reacts 👏
ben@Tuesday Runners reacts 🔥
until sun 18:01
expect: Eli
eli: /name Elisabetta
eli: /week ben
wait 10m
`

// erased plays the erasure of Eli, and looks for what was kept before in every
// byte of the bot's data, and in its log.
func erased(t *testing.T, p *Player, log *strings.Builder, before []string, lines string) {
	t.Helper()
	eli, err := p.find("eli")
	if err != nil {
		t.Fatal(err)
	}
	user := eli.account.LID().User
	old := strings.TrimPrefix(eli.Phone, "+")
	before = append(before, heard(t, p, "eli")...)
	pages := regexp.MustCompile(`/l/\w+`).FindAllString(strings.Join(before, "\n"), -1)
	if len(pages) == 0 {
		t.Error("no page was offered")
	}
	for _, page := range pages {
		before = append(before, strings.TrimPrefix(page, "/l/")) // its token
	}
	before = append(before, "all that I keep about you", "Week 37", "Elisabetta")
	if err := p.Play(t.Context(), read(t, lines)); err != nil {
		t.Fatal(err)
	}
	number := eli.account.PN().User
	for _, text := range append(before, old, number) {
		where := standing(t, p.data(), text)
		if shares := !strings.Contains(lines, "remove "); shares && (text == old || text == number || text == eli.Phone) { // WhatsApp's own, as /privacy says
			where = slices.DeleteFunc(where, func(file string) bool { return strings.HasPrefix(file, "whatsapp.db") })
		}
		if text != user && len(where) > 0 { // the last answer still knows where it goes
			t.Errorf("%.60q stands in %v", text, where)
		}
		if text != user && strings.Contains(log.String(), text) {
			t.Errorf("%.60q stands in the log", text)
		}
	}
	if left := standing(t, filepath.Join(p.data(), "files"), ""); len(left) > 0 {
		t.Errorf("files are left: %v", left)
	}
}

// Also where the number has moved, where the bot has been taken out of the
// group, where the member has, and where nothing at all was said for a month.
func TestAfterDeleteNothingOfAFullLifeStandsAnywhere(t *testing.T) {
	const atOnce = "at once"
	const goodbye = "eli: /delete\neli: DELETE\nexpect: Gone\nwait 2m\n"
	for name, lines := range map[string]string{
		atOnce: goodbye,
		"after the number moved and the bot left": "eli moves to +351 910 000 777\neli: /me\nwait 5m\nremove bot@Tuesday Runners\nwait 5m\n" + goodbye + "wait 24h\n",
		"a month after leaving and /unlink":       "remove eli@Tuesday Runners\neli: /unlink\nwait 32d\n",
	} {
		t.Run(name, func(t *testing.T) {
			if name != atOnce && !*all {
				t.Skip("played by the gate, or with -all-stories")
			}
			var log strings.Builder
			inside(t, &log, fullLife, func(t *testing.T, p *Player) {
				before := held(t, p, "Elisabetta")
				if len(before) < 100 {
					t.Fatalf("only %d texts are kept of a full life", len(before))
				}
				for _, sent := range []string{"all that I keep about you", "Week 37"} { // to Eli, and to the group
					if where := standing(t, p.data(), sent); !slices.Contains(where, "whatsapp.db") && !slices.Contains(where, "whatsapp.db-wal") {
						t.Errorf("%q is not kept to be sent again, but in %v", sent, where)
					}
				}
				if n := len(standing(t, filepath.Join(p.data(), "files"), "")); n == 0 {
					t.Error("no file is kept")
				}
				erased(t, p, &log, before, lines)
			})
		})
	}
}
