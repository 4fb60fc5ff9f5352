package story

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// World is what a story is played in: the day on which it begins, the people
// and their Garmin accounts, the groups. It is read from JSON.
type World struct {
	Start    time.Time `json:"start"`    // the moment of the first line
	Paired   time.Time `json:"paired"`   // when the bot's number was linked
	Zone     string    `json:"zone"`     // IANA name
	Language string    `json:"language"` // ISO 639-1
	Units    string    `json:"units"`    // km or mi
	People   []Person  `json:"people"`
	Groups   []Group   `json:"groups"`
}

// Person is somebody with a phone and a Garmin account.
type Person struct {
	Name     string `json:"name"`
	Phone    string `json:"phone,omitempty"`    // digits; derived from the place in the list when empty
	Email    string `json:"email,omitempty"`    // name@example.org when empty
	Password string `json:"password,omitempty"` // name-pass-1 when empty
	MFA      string `json:"mfa,omitempty"`      // "", email, sms or totp
	Training string `json:"training,omitempty"` // an archetype of the simulated Garmin
}

// Group is a WhatsApp group of the world.
type Group struct {
	Name    string   `json:"name"`
	Admins  []string `json:"admins"`
	Members []string `json:"members"` // without the admins
	Bot     bool     `json:"bot"`     // the bot is in it
	Allowed bool     `json:"allowed"` // the operator allowed it
	Started bool     `json:"started"` // an admin said /start
}

// key is the name by which a person is called in stories.
func (p Person) key() string { return strings.ToLower(p.Name) }

// Default is the demo's world: a Wednesday in September in Lisbon, eight
// friends who run together, a club of sixty, and Zoe, who is in no group.
func Default() World {
	w := World{
		Start: time.Date(2026, 9, 9, 11, 0, 0, 0, time.UTC), Paired: time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC),
		Zone: "Europe/Lisbon", Language: "en", Units: "km",
		People: []Person{
			{Name: "Ana", MFA: "email", Training: "runner"},
			{Name: "Ben", Training: "hiker"},
			{Name: "Caro", MFA: "totp", Training: "triathlete"},
			{Name: "Dev", Training: "racer"},
			{Name: "Eli", Training: "twodevices"},
			{Name: "Fay", Training: "ebiker"},
			{Name: "Gus", Training: "comeback"},
			{Name: "Hana", Training: "beginner"},
			{Name: "Zoe", Training: "gym"},
			{Name: "Ines", MFA: "sms", Training: "private"},
		},
		Groups: []Group{
			{Name: "Tuesday Runners", Admins: []string{"Ana"}, Members: []string{"Ben", "Caro", "Dev", "Eli", "Fay", "Gus", "Hana"}, Bot: true, Allowed: true, Started: true},
			{Name: "Parkside RC", Admins: []string{"Ines"}, Bot: true},
		},
	}
	for _, name := range strings.Fields(parkside) {
		w.People = append(w.People, Person{Name: name})
		w.Groups[1].Members = append(w.Groups[1].Members, name)
	}
	w.complete()
	return w
}

// parkside are the other 59 of Parkside RC.
const parkside = `Ash Bea Bram Cleo Dan Dora Ed Ema Finn Flo Gil Greta Hugo Ida Ivo Jan Jo Jonas Kai Kim Kofi Lars Lena Leo Li Lou
Luca Maja Mara Marek Max Mia Milo Mo Nele Nia Nils Noor Ola Olga Oskar Pau Pia Priya Quin Raj Rita Rosa Sam Sara Sven Tara Tess
Tom Ugo Uma Vera Wim Yusuf`

// Load reads a world from JSON.
func Load(r io.Reader) (World, error) {
	var w World
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&w); err != nil {
		return World{}, fmt.Errorf("world: %w", err)
	}
	w.complete()
	return w, w.check()
}

func (w *World) complete() {
	for i := range w.People {
		p := &w.People[i]
		if p.Phone == "" {
			p.Phone = fmt.Sprintf("351910000%03d", i+1)
		}
		if p.Email == "" {
			p.Email = p.key() + "@example.org"
		}
		if p.Password == "" {
			p.Password = p.key() + "-pass-1"
		}
		if p.Training == "" {
			p.Training = "club"
		}
	}
}

func (w World) check() error {
	if _, err := time.LoadLocation(w.Zone); err != nil || w.Zone == "" {
		return fmt.Errorf("world: zone %q is not an IANA name, such as Europe/Lisbon", w.Zone)
	}
	if w.Start.IsZero() || w.Paired.IsZero() || w.Paired.After(w.Start) {
		return fmt.Errorf("world: start and paired are needed, and paired comes first")
	}
	known := map[string]bool{}
	for _, p := range w.People {
		if p.Name == "" || known[p.key()] || p.key() == "bot" || p.key() == phone || strings.ContainsAny(p.Name, " @:") {
			return fmt.Errorf("world: %q cannot be a person's name: one word, not twice, not bot or phone", p.Name)
		}
		known[p.key()] = true
	}
	for _, g := range w.Groups {
		if g.Name == "" || len(g.Admins) == 0 {
			return fmt.Errorf("world: group %q needs a name and an admin", g.Name)
		}
		for _, m := range append(g.Admins, g.Members...) {
			if !known[strings.ToLower(m)] {
				return fmt.Errorf("world: %s is in %s but not among the people", m, g.Name)
			}
		}
	}
	return nil
}

// zone returns the world's zone; check has seen that it exists.
func (w World) zone() *time.Location {
	z, err := time.LoadLocation(w.Zone)
	if err != nil {
		return time.UTC
	}
	return z
}
