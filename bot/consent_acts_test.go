package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"clubrun/store"
	"clubrun/store/storetest"
)

// train keeps a workout of an hour that ended just now. Who has no Garmin types
// one.
func (m *matrix) train(s *soul, c *circle) {
	if !s.linked || s.hand {
		m.typed(s, c)
		return
	}
	d := &doing{
		start: time.Now().Add(-time.Hour).Truncate(time.Second), metres: float64(8000 + m.r.IntN(6000)), sport: []store.Sport{store.Run, store.Ride}[m.r.IntN(2)],
		commute: m.r.IntN(5) == 0, manual: m.r.IntN(6) == 0, private: m.r.IntN(5) == 0,
	}
	d.title = fmt.Sprintf("Lake%d", d.start.Unix())
	name := d.title
	if d.commute {
		name = "Commute " + d.title
	}
	a := m.athlete(s)
	act := store.Activity{
		Athlete: a.ID, Source: "garmin", External: fmt.Sprint(d.start.Unix()), Name: name, Sport: d.sport, Type: "x", Start: d.start, Local: d.start,
		Elapsed: time.Hour, Timer: time.Hour, Moving: time.Hour, Distance: d.metres, Private: d.private, Manual: d.manual, Race: m.r.IntN(4) == 0,
	}
	raw := store.Raw{Athlete: a.ID, Source: "garmin", Kind: "list", External: act.External, Hash: "h", Body: []byte("{}")}
	if _, err := m.db.Keep(m.t.Context(), raw, []store.Activity{act}); err != nil {
		m.t.Fatal(err)
	}
	m.fresh(s, d)
	m.note("%s does %s", s.name, d)
}

// String tells a workout.
func (d *doing) String() string {
	text := fmt.Sprintf("%d %s of %.0f m at %s", d.id, d.sport, d.metres, d.start.Format("Mon 2 15:04"))
	for _, is := range []struct {
		so   bool
		word string
	}{{d.commute, "commute"}, {d.manual, "manual"}, {d.private, "private"}, {d.hidden, "hidden"}} {
		if is.so {
			text += " " + is.word
		}
	}
	return text
}

// fresh finds the row that is new, and takes its id and figures; false where
// there is none.
func (m *matrix) fresh(s *soul, d *doing) bool {
	m.t.Helper()
	today := store.DayOf(time.Now())
	all, err := m.db.Activities(m.t.Context(), m.athlete(s).ID, store.Span{Start: today - 90, End: today + 2})
	if err != nil {
		m.t.Fatal(err)
	}
	for _, a := range all {
		if !slices.ContainsFunc(s.did, func(o *doing) bool { return o.id == a.ID }) {
			d.id, d.day, d.start, d.metres, d.sport = a.ID, a.Day(), a.Start, a.Distance, a.Sport
			s.did = append(s.did, d)
			return true
		}
	}
	return false
}

// gone takes a workout out of what somebody did.
func (s *soul) gone(d *doing) {
	s.did = slices.DeleteFunc(s.did, func(o *doing) bool { return o == d })
}

// latest are the last workouts, as they are numbered.
func (s *soul) latest() []*doing {
	all := slices.Clone(s.did)
	slices.SortFunc(all, func(a, b *doing) int {
		if by := b.start.Compare(a.start); by != 0 {
			return by
		}
		return int(b.id - a.id)
	})
	return all
}

// link links an account, at Garmin or none.
func (m *matrix) link(s *soul, _ *circle) {
	if s.linked {
		return
	}
	if s.hand = m.r.IntN(4) == 0 && slices.ContainsFunc(m.circles, func(c *circle) bool { return c.on && c.in[s.name] }); s.hand {
		m.say(s.name, "/link files")
		m.note("%s links without Garmin", s.name)
		m.say(s.name, "no")
	} else {
		storetest.Linked(m.t, m.db, s.name)
		m.note("%s links", s.name)
	}
	s.linked = true
}

// join says yes to one of the groups in which that is asked.
func (m *matrix) join(s *soul, _ *circle) {
	var open []*circle
	for _, c := range m.circles {
		if c.on && c.in[s.name] && !s.yes[c.name] {
			open = append(open, c)
		}
	}
	if !s.linked || len(open) == 0 {
		return
	}
	m.say(s.name, "/join")
	i, before := m.r.IntN(len(open)), s.names
	word := "yes"
	if len(open) > 1 {
		word = fmt.Sprint(i + 1)
	} else if m.r.IntN(4) == 0 {
		s.names = append(slices.Clone(s.names), m.alias())
		m.note("%s wants to be called %s", s.name, s.shown())
		m.say(s.name, "name: "+s.shown())
	}
	if m.r.IntN(5) == 0 {
		m.note("%s says no", s.name)
		m.receive(m.message(s.name, "no"))
		s.names = before
		return
	}
	m.note("%s says yes to %s", s.name, open[i].name)
	m.receive(m.message(s.name, word))
	s.yes[open[i].name] = true
}

// alias is a name that nobody has, and that stands in no other.
func (m *matrix) alias() string {
	letters := strings.NewReplacer("0", "b", "1", "c", "2", "d", "3", "f", "4", "g", "5", "h", "6", "j", "7", "k", "8", "m", "9", "n")
	return "Zed" + letters.Replace(fmt.Sprintf("%05d", m.r.IntN(100_000)))
}

// rename chooses another name.
func (m *matrix) rename(s *soul, _ *circle) {
	if !s.linked {
		return
	}
	s.names = append(s.names, m.alias())
	m.note("%s is called %s", s.name, s.shown())
	m.receive(m.message(s.name, "/name "+s.shown()))
}

// invite follows the invitation of a group, which asks for that group alone.
func (m *matrix) invite(s *soul, c *circle) {
	code := m.known(c.name).Invite
	if !s.linked || code == "" {
		return
	}
	m.say(s.name, "/link "+code)
	m.note("%s follows the invitation to %s and says yes", s.name, c.name)
	m.receive(m.message(s.name, "yes"))
	if c.on && c.in[s.name] {
		s.yes[c.name] = true
	}
}

func (m *matrix) leave(s *soul, c *circle) {
	if !s.yes[c.name] || !c.on || !c.in[s.name] {
		return
	}
	m.note("%s leaves %s", s.name, c.name)
	m.receive(m.message(s.name+"@"+c.name, "/leave"))
	delete(s.yes, c.name)
}

// hide hides one of the last workouts, or shows it again.
func (m *matrix) hide(s *soul, _ *circle) {
	all := s.latest()
	if !s.linked || len(all) == 0 {
		return
	}
	n := 1 + m.r.IntN(min(3, len(all)))
	d := all[n-1]
	if d.hidden = !d.hidden; d.hidden {
		m.note("%s hides %d, %d", s.name, n, d.id)
		m.receive(m.message(s.name, fmt.Sprintf("/hide %d", n)))
		return
	}
	m.note("%s shows %d, %d", s.name, n, d.id)
	m.receive(m.message(s.name, fmt.Sprintf("/hide undo %d", n)))
}

func kinds() []string { return []string{"run", "ride", "manual", "commute"} }

// toggle switches a kind of workouts.
func (m *matrix) toggle(out map[string]bool) (word string) {
	kind := kinds()[m.r.IntN(4)]
	if out[kind] = !out[kind]; out[kind] {
		return "-" + kind
	}
	return "+" + kind
}

func (m *matrix) types(s *soul, _ *circle) {
	if !s.linked {
		return
	}
	word := m.toggle(s.out)
	m.note("%s /types %s", s.name, word)
	m.receive(m.message(s.name, "/types "+word))
}

func (m *matrix) private(s *soul, _ *circle) {
	if !s.linked {
		return
	}
	s.totals = !s.totals
	m.note("%s: private in totals: %t", s.name, s.totals)
	m.receive(m.message(s.name, "/private "+map[bool]string{true: "totals", false: "exclude"}[s.totals]))
}

func (m *matrix) today() store.Day { return store.DayOf(time.Now().In(lisbon(m.t))) }

func (s *soul) paused(d store.Day) bool {
	return slices.ContainsFunc(s.pauses, func(p store.Span) bool { return p.Contains(d) })
}

func (m *matrix) pause(s *soul, _ *circle) {
	if !s.linked || s.paused(m.today()) {
		return
	}
	m.note("%s pauses", s.name)
	m.receive(m.message(s.name, "/pause"))
	s.pauses = append(s.pauses, store.Span{Start: m.today(), End: m.today() + 15})
}

func (m *matrix) resume(s *soul, _ *circle) {
	if !s.linked || !s.paused(m.today()) {
		return
	}
	m.note("%s is back", s.name)
	m.receive(m.message(s.name, "/resume"))
	s.pauses[len(s.pauses)-1].End = m.today()
}

func (m *matrix) unlink(s *soul, _ *circle) {
	if !s.linked {
		return
	}
	m.note("%s unlinks", s.name)
	m.receive(m.message(s.name, "/unlink"))
	s.linked, s.hand, s.health, s.yes = false, false, false, map[string]bool{}
}

func (m *matrix) erase(s *soul, _ *circle) {
	if !s.linked || m.r.IntN(2) == 0 {
		return
	}
	m.say(s.name, "/delete")
	m.note("%s deletes", s.name)
	m.receive(m.message(s.name, "DELETE"))
	past := append(s.past, s.names...)
	*s = newSoul(s.name)
	s.past = past
}

// typed types a workout of one of the last mornings.
func (m *matrix) typed(s *soul, _ *circle) {
	if !s.linked {
		return
	}
	back := m.r.IntN(3)
	day := time.Now().In(lisbon(m.t)).AddDate(0, 0, -back)
	start := time.Date(day.Year(), day.Month(), day.Day(), 4+m.r.IntN(4), m.r.IntN(60), 0, 0, lisbon(m.t))
	near := slices.ContainsFunc(s.did, func(d *doing) bool { return d.start.Sub(start).Abs() < 3*time.Hour })
	if near || start.After(time.Now().Add(-2*time.Hour)) {
		return
	}
	sport := []store.Sport{store.Run, store.Ride}[m.r.IntN(2)]
	text := fmt.Sprintf("+%dk %s 50min %s at %s", 8+m.r.IntN(4), sport, []string{"today", "yesterday", start.Format("2006-01-02")}[back], start.Format("15:04"))
	m.note("%s types %s", s.name, text)
	answer := m.whole(s.name, text)
	d := &doing{manual: true, title: "✍️none"}
	if !m.fresh(s, d) || d.sport != sport || !d.start.Equal(start) {
		m.fail("not kept as typed: %s, %s", d, answer)
	}
	s.handed = append(s.handed, handing{at: time.Now(), typed: d})
}

// again hands in another device's recording of a workout: it is still one,
// unless it was taken apart from that before.
func (m *matrix) again(s *soul, _ *circle) {
	var may []*doing
	for _, d := range s.latest() {
		if d.other == nil && !d.parted && d.title != "" && !d.manual && time.Since(d.start) < 15*24*time.Hour {
			may = append(may, d)
		}
	}
	if !s.linked || len(may) == 0 {
		return
	}
	d := may[m.r.IntN(len(may))]
	a := m.athlete(s)
	by := store.Actor{Role: store.RoleMember, User: a.User, Athlete: a.ID, Message: fmt.Sprintf("F%d", time.Now().Unix())}
	done, err := m.engine.HandFile(m.t.Context(), by, "other.gpx", trackOf(d), lisbon(m.t))
	m.note("%s hands in another recording of %d", s.name, d.id)
	if err != nil || len(done.Shown) != 1 || done.Shown[0].ID != d.id {
		m.fail("another recording of %s: %+v, %v", d, done, err)
	}
	d.other = &recording{}
	s.handed = append(s.handed, handing{at: time.Now(), of: d})
}

// trackOf is a workout as a GPX file, a point a minute, of somebody who pressed
// the second button later.
func trackOf(d *doing) []byte {
	kind := map[store.Sport]string{store.Run: "running", store.Ride: "cycling"}[d.sport]
	text := `<?xml version="1.0"?><gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Other</name><type>` + kind + `</type><trkseg>`
	for i := range 61 {
		text += fmt.Sprintf(`<trkpt lat="%.6f" lon="-9.14"><ele>10</ele><time>%s</time></trkpt>`,
			38.7+float64(i)*d.metres/60/111_195, d.start.Add(90*time.Second+time.Duration(i)*time.Minute).UTC().Format(time.RFC3339))
	}
	return []byte(text + `</trkseg></trk></gpx>`)
}

// undo takes back what was handed in last, where that was within a day.
func (m *matrix) undo(s *soul, _ *circle) {
	if !s.linked || len(s.handed) == 0 || time.Since(s.handed[len(s.handed)-1].at) > 23*time.Hour {
		return
	}
	last := s.handed[len(s.handed)-1]
	s.handed = s.handed[:len(s.handed)-1]
	m.note("%s takes back what was handed in", s.name)
	m.receive(m.message(s.name, "/undo"))
	if last.typed != nil {
		s.gone(last.typed)
		return
	}
	if apart := last.of.other.apart; apart != nil {
		s.gone(apart)
		last.of.parted = true
	}
	last.of.other = nil
}

// split takes a workout apart that was recorded twice, mostly one that has just
// been hidden. The other recording is hidden where it was.
func (m *matrix) split(s *soul, c *circle) {
	d := m.twofold(s)
	if d == nil {
		m.again(s, c)
		d = m.twofold(s)
	}
	if d == nil {
		return
	}
	n := 1 + slices.Index(s.latest(), d)
	if !d.hidden && m.r.IntN(2) == 0 {
		m.note("%s hides %d, %d", s.name, n, d.id)
		m.say(s.name, fmt.Sprintf("/hide %d", n))
		d.hidden = true
	}
	m.note("%s takes apart %d, %d", s.name, n, d.id)
	answer := m.whole(s.name, fmt.Sprintf("/split %d", n))
	apart := &doing{hidden: d.hidden}
	if !m.fresh(s, apart) {
		m.fail("not taken apart: %s, %s", d, answer)
	}
	d.other.apart = apart
	s.parted = append(s.parted, d)
}

// twofold is one of the last workouts that is told by two recordings.
func (m *matrix) twofold(s *soul) *doing {
	all := s.latest()
	for _, d := range all[:min(9, len(all))] {
		if s.linked && d.other != nil && d.other.apart == nil {
			return d
		}
	}
	return nil
}

// unsplit puts together what was taken apart last: what is hidden of it hides
// both.
func (m *matrix) unsplit(s *soul, _ *circle) {
	if !s.linked || len(s.parted) == 0 {
		return
	}
	d := s.parted[len(s.parted)-1]
	s.parted = s.parted[:len(s.parted)-1]
	m.note("%s puts together %d", s.name, d.id)
	m.receive(m.message(s.name, "/split undo"))
	if d.other == nil || d.other.apart == nil {
		return
	}
	d.hidden = d.hidden || d.other.apart.hidden
	s.gone(d.other.apart)
	d.other.apart = nil
}

// vitals says yes to health, or takes that back.
func (m *matrix) vitals(s *soul, _ *circle) {
	if !s.linked || s.hand {
		return
	}
	if s.health = !s.health; !s.health {
		m.note("%s /health off", s.name)
		m.receive(m.message(s.name, "/health off"))
		return
	}
	m.note("%s /health on", s.name)
	m.say(s.name, "/health on")
	m.say(s.name, "yes")
	m.keep(s.name, store.Steps, m.today(), secretSteps)
	if answer := m.whole(s.name, "/me health"); !strings.Contains(answer, "61,937") {
		m.fail("%s is not told of the own health: %s", s.name, answer)
	}
}
