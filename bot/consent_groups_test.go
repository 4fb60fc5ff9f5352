package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"clubrun/digest/publish"
	"clubrun/store"
	"clubrun/store/storetest"
)

func (m *matrix) sports(_ *soul, c *circle) {
	if !c.on {
		return
	}
	word := m.toggle(c.out)
	m.note("%s /sports %s", c.name, word)
	m.receive(m.message(host+"@"+c.name, "/sports "+word))
}

// remove takes somebody out of a group. A bot that is not there does not hear.
func (m *matrix) remove(s *soul, c *circle) {
	if !c.in[s.name] {
		return
	}
	m.note("%s is removed from %s", s.name, c.name)
	delete(c.in, s.name)
	r := m.rosters[chatOf(c.name)]
	r.People = slices.DeleteFunc(r.People, func(p store.Person) bool { return p.User == storetest.User(s.name) })
	if !c.on {
		return
	}
	if err := m.bot.Left(m.t.Context(), r.Chat, storetest.User(s.name)); err != nil {
		m.t.Fatal(err)
	}
	delete(s.yes, c.name)
}

func (m *matrix) add(s *soul, c *circle) {
	if c.in[s.name] {
		return
	}
	m.note("%s is added to %s", s.name, c.name)
	c.in[s.name] = true
	r := m.rosters[chatOf(c.name)]
	r.People = append(r.People, store.Person{User: storetest.User(s.name), Phone: phone(s.name)})
}

// power takes the bot out of a group, or back: then who has left meanwhile is
// shown no more, and an admin starts it again.
func (m *matrix) power(_ *soul, c *circle) {
	r := m.rosters[chatOf(c.name)]
	if c.on && m.r.IntN(3) > 0 {
		return
	}
	if c.on = !c.on; !c.on {
		m.note("the bot is removed from %s", c.name)
		if err := m.bot.Left(m.t.Context(), r.Chat, ""); err != nil {
			m.t.Fatal(err)
		}
		return
	}
	m.note("the bot is back in %s", c.name)
	if err := m.bot.Joined(m.t.Context(), *r); err != nil {
		m.t.Fatal(err)
	}
	m.receive(m.message(host+"@"+c.name, "/start"))
	for _, s := range m.souls {
		if !c.in[s.name] {
			delete(s.yes, c.name)
		}
	}
}

// promote makes somebody an admin, or no more: nobody is seen by that.
func (m *matrix) promote(s *soul, c *circle) {
	r := m.rosters[chatOf(c.name)]
	for i, p := range r.People {
		if p.User == storetest.User(s.name) {
			r.People[i].Admin = !p.Admin
			m.note("%s is admin of %s: %t", s.name, c.name, !p.Admin)
		}
	}
}

// title gives a group another name.
func (m *matrix) title(_ *soul, c *circle) {
	if !c.on {
		return
	}
	r := m.rosters[chatOf(c.name)]
	r.Name = fmt.Sprintf("%s %d", c.name, m.r.IntN(100))
	m.note("%s is called %s", c.name, r.Name)
	if err := m.bot.Joined(m.t.Context(), *r); err != nil {
		m.t.Fatal(err)
	}
}

func (m *matrix) metric(_ *soul, c *circle) {
	if !c.on {
		return
	}
	word := []string{"effort", "days", "time", "km", "count"}[m.r.IntN(5)]
	m.note("%s /metric %s", c.name, word)
	m.receive(m.message(host+"@"+c.name, "/metric "+word))
}

func (m *matrix) goal(_ *soul, c *circle) {
	if !c.on {
		return
	}
	m.note("%s has a goal", c.name)
	m.receive(m.message(host+"@"+c.name, fmt.Sprintf("/goal set %d km by 30 dec", 100+m.r.IntN(900))))
}

// duel asks somebody who is shown for a duel, who answers.
func (m *matrix) duel(s *soul, c *circle) {
	o := m.souls[m.r.IntN(len(m.souls))]
	if !c.on || !s.yes[c.name] || !o.yes[c.name] || s == o || o.paused(m.today()) {
		return
	}
	m.note("%s wants a duel with %s", s.name, o.name)
	m.say(s.name, "/duel "+o.shown())
	m.receive(m.message(o.name, "/duel "+[]string{"yes", "yes", "no"}[m.r.IntN(3)]))
}

// poll asks a group what it should rank by, or ends that.
func (m *matrix) poll(_ *soul, c *circle) {
	if !c.on {
		return
	}
	m.note("%s is polled", c.name)
	m.receive(m.message(host+"@"+c.name, "/metric poll"+[]string{"", " end"}[m.r.IntN(2)]))
}

// cheer claps for the last race that was posted.
func (m *matrix) cheer(s *soul, c *circle) {
	if m.race == "" || !c.on || !c.in[s.name] {
		return
	}
	m.note("%s claps in %s", s.name, c.name)
	if err := m.db.Cheered(m.t.Context(), chatOf(c.name), m.race, storetest.User(s.name), "👏"); err != nil {
		m.t.Fatal(err)
	}
}

// herald posts races in the groups that the bot is in.
func (m *matrix) herald() {
	h := &publish.Herald{Store: m.db, Now: time.Now}
	for _, c := range m.circles {
		if !c.on {
			continue
		}
		if err := h.Post(m.t.Context(), m.known(c.name)); err != nil {
			m.t.Fatal(err)
		}
	}
	m.take()
}

// waiting is a digest that was made and not yet posted: what it was made of.
type waiting struct {
	of   map[*doing]*soul
	from *circle
}

// digest owes a group the digest of the week.
func (m *matrix) digest(c *circle) *waiting {
	week := store.WeekOf(m.today(), time.Monday)
	w := &waiting{map[*doing]*soul{}, c}
	for _, s := range m.souls {
		for _, d := range s.did {
			if week.Contains(d.day) && seen(s, c, d) {
				w.of[d] = s
			}
		}
	}
	if len(w.of) == 0 {
		return nil
	}
	fresh, err := m.bot.Digests.Now(m.t.Context(), m.known(c.name), week)
	if err != nil {
		m.t.Fatal(err)
	}
	if !fresh {
		return nil
	}
	m.note("the digest of %s is made", c.name)
	return w
}

// posted checks what left: a digest from which nobody has withdrawn anything
// since it was made.
func (m *matrix) posted(w *waiting) {
	m.t.Helper()
	for _, o := range m.take() {
		if w == nil || !strings.HasPrefix(o.Key, "digest:") {
			continue
		}
		for d, s := range w.of {
			before := &circle{name: w.from.name} // what the group does not count is no secret
			if !seen(s, before, d) {
				m.fail("%s is posted with %s of %s", o.Key, d, s.name)
			}
		}
		m.names(w.from, store.WeekOf(m.today(), time.Monday), "what is posted", o.Text, false)
	}
}

// left looks at all that leaves: a message to a group, or to its admin, tells
// nothing of who is not to be told of there by now.
func (m *matrix) left(o store.Outgoing) {
	if strings.HasPrefix(o.Key, "digest:") || m.aloud || o.Kind == store.KindReaction {
		return // looked at by posted, by unmentioned
	}
	text := o.Text
	if o.Media != nil {
		text += "\n" + o.Media.Alt + "\n" + o.Media.Name
	}
	for _, c := range m.circles {
		direct := o.Chat == direct(storetest.User(host), "") && !slices.ContainsFunc(m.circles, func(o *circle) bool { return o != c && o.on })
		if o.Chat != chatOf(c.name) && !direct {
			continue
		}
		m.names(c, store.WeekOf(m.today(), time.Monday), "message "+o.Key, text, true)
		if rest, is := strings.CutPrefix(o.Key, "race:"); is && o.Chat == chatOf(c.name) {
			m.race = sentAs(o)
			_, id, _ := strings.Cut(rest, ":")
			for _, s := range m.souls {
				for _, d := range s.did {
					if fmt.Sprint(d.id) == id && (!seen(s, c, d) || d.private || s.paused(m.today())) {
						m.fail("the race %s of %s is posted in %s", d, s.name, c.name)
					}
				}
			}
		}
	}
}
