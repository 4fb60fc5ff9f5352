package bot_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"clubrun/digest"
	"clubrun/digest/gather"
	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
	"clubrun/store/storetest"
)

var histories = flag.Int("histories", 12, "random histories of consent to play")

// doing is a workout as the oracle knows it.
type doing struct {
	id              int64
	start           time.Time
	metres          float64
	sport           store.Sport
	commute, manual bool
	private, hidden bool
}

// soul is somebody as the oracle knows them.
type soul struct {
	name   string
	linked bool
	totals bool            // private workouts count
	out    map[string]bool // kinds that no group sees
	pauses []store.Span
	did    []*doing
	yes    map[string]bool // by group
}

// circle is a group as the oracle knows it.
type circle struct {
	name string
	on   bool            // the bot is in it and was started
	out  map[string]bool // kinds that do not count
	in   map[string]bool // who is in it
}

// matrix plays one history and compares what groups see with the rules in words.
type matrix struct {
	*world
	r       *rand.Rand
	souls   []*soul
	circles []*circle
	told    []string // what happened, for failures
}

const host = "walter" // admin of all groups, who shares nothing

func newMatrix(w *world, seed uint64) *matrix {
	m := &matrix{world: w, r: rand.New(rand.NewPCG(seed, 7))}
	for chat := range w.rosters {
		if err := w.db.LeaveGroup(w.t.Context(), chat); err != nil {
			w.t.Fatal(err)
		}
		delete(w.rosters, chat)
	}
	for _, name := range []string{"quilla", "branko", "xiomara", "yngve"} {
		m.souls = append(m.souls, &soul{name: name, out: map[string]bool{}, yes: map[string]bool{}})
	}
	for _, name := range []string{"North", "South"} {
		c := &circle{name: name, on: true, out: map[string]bool{}, in: map[string]bool{}}
		people := []string{host + "*"}
		for _, s := range m.souls {
			people, c.in[s.name] = append(people, s.name), true
		}
		w.group(name, true, people...)
		m.circles = append(m.circles, c)
	}
	return m
}

func (m *matrix) note(format string, args ...any) {
	m.told = append(m.told, time.Now().Format("Mon 2 15:04 ")+fmt.Sprintf(format, args...))
}

// begin lets everybody be shown in all groups with a few workouts.
func (m *matrix) begin() {
	for _, s := range m.souls {
		for _, act := range []func(*soul, *circle){m.link, m.train, m.join, m.join, m.train} {
			act(s, nil)
			m.settled()
			m.take()
			time.Sleep(2 * time.Hour)
		}
	}
}

// step lets one thing happen; where a digest waits, one by which somebody may
// withdraw from it.
func (m *matrix) step(waits bool) {
	acts := []func(*soul, *circle){
		m.train, m.train, m.train, m.link, m.link, m.join, m.join, m.join, m.join, m.leave, m.hide, m.hide, m.types, m.private, m.pause, m.resume,
		m.unlink, m.erase, m.remove, m.add, m.add, m.power, m.sports, m.promote,
	}
	if waits {
		acts = []func(*soul, *circle){m.hide, m.types, m.private, m.leave, m.unlink, m.erase, m.remove}
	}
	for n := len(m.told); len(m.told) == n; {
		acts[m.r.IntN(len(acts))](m.souls[m.r.IntN(len(m.souls))], m.circles[m.r.IntN(len(m.circles))])
	}
}

// train keeps a workout of an hour that ended just now.
func (m *matrix) train(s *soul, _ *circle) {
	if !s.linked {
		return
	}
	d := &doing{
		start: time.Now().Add(-time.Hour).Truncate(time.Second), metres: float64(8000 + m.r.IntN(6000)), sport: []store.Sport{store.Run, store.Ride}[m.r.IntN(2)],
		commute: m.r.IntN(5) == 0, manual: m.r.IntN(6) == 0, private: m.r.IntN(5) == 0,
	}
	a, err := m.db.AthleteByUser(m.t.Context(), storetest.User(s.name))
	if err != nil {
		m.t.Fatal(err)
	}
	name := "Round the lake"
	if d.commute {
		name = "Commute"
	}
	act := store.Activity{
		Athlete: a.ID, Source: "garmin", External: fmt.Sprint(d.start.Unix()), Name: name, Sport: d.sport, Type: "x", Start: d.start, Local: d.start,
		Elapsed: time.Hour, Timer: time.Hour, Moving: time.Hour, Distance: d.metres, Private: d.private, Manual: d.manual, Race: m.r.IntN(6) == 0,
	}
	raw := store.Raw{Athlete: a.ID, Source: "garmin", Kind: "list", External: act.External, Hash: "h", Body: []byte("{}")}
	if _, err := m.db.Keep(m.t.Context(), raw, []store.Activity{act}); err != nil {
		m.t.Fatal(err)
	}
	all, err := m.db.Activities(m.t.Context(), a.ID, store.Span{Start: act.Day(), End: act.Day() + 1})
	if err != nil {
		m.t.Fatal(err)
	}
	d.id = all[len(all)-1].ID
	s.did = append(s.did, d)
	m.note("%s does %+v", s.name, *d)
}

func (m *matrix) link(s *soul, _ *circle) {
	if s.linked {
		return
	}
	storetest.Linked(m.t, m.db, s.name)
	s.linked = true
	m.note("%s links", s.name)
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
	i := m.r.IntN(len(open))
	word := "yes"
	if len(open) > 1 {
		word = fmt.Sprint(i + 1)
	}
	if m.r.IntN(5) == 0 {
		m.note("%s says no", s.name)
		m.receive(m.message(s.name, "no"))
		return
	}
	m.note("%s says yes to %s", s.name, open[i].name)
	m.receive(m.message(s.name, word))
	s.yes[open[i].name] = true
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
	if !s.linked || len(s.did) == 0 {
		return
	}
	n := 1 + m.r.IntN(min(3, len(s.did)))
	d := s.did[len(s.did)-n]
	if d.hidden = !d.hidden; d.hidden {
		m.note("%s hides %d, of %s", s.name, n, d.start)
		m.receive(m.message(s.name, fmt.Sprintf("/hide %d", n)))
		return
	}
	m.note("%s shows %d, of %s", s.name, n, d.start)
	m.receive(m.message(s.name, fmt.Sprintf("/hide undo %d", n)))
}

func kinds() []string { return []string{"run", "ride", "manual", "commute"} }

// toggle switches a kind of workouts.
func (m *matrix) toggle(out map[string]bool) (kind, word string) {
	kind = kinds()[m.r.IntN(4)]
	if out[kind] = !out[kind]; out[kind] {
		return kind, "-" + kind
	}
	return kind, "+" + kind
}

func (m *matrix) types(s *soul, _ *circle) {
	if !s.linked {
		return
	}
	_, word := m.toggle(s.out)
	m.note("%s /types %s", s.name, word)
	m.receive(m.message(s.name, "/types "+word))
}

func (m *matrix) sports(_ *soul, c *circle) {
	if !c.on {
		return
	}
	_, word := m.toggle(c.out)
	m.note("%s /sports %s", c.name, word)
	m.receive(m.message(host+"@"+c.name, "/sports "+word))
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
	s.linked, s.yes = false, map[string]bool{}
}

func (m *matrix) erase(s *soul, _ *circle) {
	if !s.linked || m.r.IntN(2) == 0 {
		return
	}
	m.say(s.name, "/delete")
	m.note("%s deletes", s.name)
	m.receive(m.message(s.name, "DELETE"))
	*s = soul{name: s.name, out: map[string]bool{}, yes: map[string]bool{}}
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

// seen says whether a group sees a workout: nothing of who has not said yes,
// nothing hidden, alone or by its kind, nothing private but by the member's
// word, nothing that the group does not count.
func seen(s *soul, c *circle, d *doing) bool {
	for _, kind := range kinds() {
		is := kind == string(d.sport) || kind == "manual" && d.manual || kind == "commute" && d.commute
		if is && (s.out[kind] || c.out[kind]) {
			return false
		}
	}
	return s.yes[c.name] && !d.hidden && (!d.private || s.totals)
}

// look compares what a group sees of a week with the oracle, and returns the
// ids of the workouts that it may see.
func (m *matrix) look(c *circle, week store.Span) {
	m.t.Helper()
	g := m.known(c.name)
	if g.Enabled != c.on {
		m.fail("%s: the bot works there: %t", c.name, g.Enabled)
	}
	if !c.on {
		return // nothing is posted, and nobody is answered
	}
	in, err := gather.Input(m.t.Context(), m.db, g, week, time.Now(), nil)
	if err != nil {
		m.t.Fatal(err)
	}
	report := digest.Compute(in)
	text, err := (*render.Templates)(nil).Digest(report, (*locale.Wording)(nil).For(g.Language, g.Units))
	if err != nil {
		m.t.Fatal(err)
	}
	shown := 0
	for _, s := range m.souls {
		if !s.yes[c.name] {
			continue
		}
		shown++
		m.compare(report, s, c, week)
	}
	if report.Members != shown || len(report.Rows)+len(report.Aside) != shown {
		m.fail("%s in %s: %d are shown, want %d", week, c.name, report.Members, shown)
	}
	figures, err := json.Marshal(report)
	if err != nil {
		m.t.Fatal(err)
	}
	m.names(c, week, "the report", string(figures), false)
	m.names(c, week, "the digest", text.Body, true)
}

// compare compares one member's row.
func (m *matrix) compare(report digest.Report, s *soul, c *circle, week store.Span) {
	m.t.Helper()
	a, err := m.db.AthleteByUser(m.t.Context(), storetest.User(s.name))
	if err != nil {
		m.fail("%s: %v", s.name, err)
	}
	workouts, metres := 0, 0.0
	for _, d := range s.did {
		if week.Contains(store.DayOf(d.start)) && seen(s, c, d) {
			workouts, metres = workouts+1, metres+d.metres
		}
	}
	row, found := report.Own(a.ID)
	paused := s.paused(m.today()) || s.paused(min(week.Last(), m.today()))
	if !found || row.Workouts != workouts || row.Distance != metres || row.Paused != paused || paused && row.Rank != 0 {
		m.fail("%s in %s sees of %s %d workouts, %.0f m, paused %t, rank %d; want %d, %.0f, %t", c.name, week, s.name, row.Workouts, row.Distance, row.Paused, row.Rank, workouts, metres, paused)
	}
	if paused && row.Streak == 0 && row.Frozen {
		m.fail("a streak of none is frozen: %+v", row)
	}
	for _, h := range report.Notable {
		for _, d := range s.did {
			if h.Activity == d.id && (!seen(s, c, d) || d.private || paused) {
				m.fail("%s in %s: %+v is told", week, c.name, h)
			}
		}
	}
}

// names fails where a text names somebody of whom nothing is to be told; a text
// for people leaves out also who pauses.
func (m *matrix) names(c *circle, week store.Span, what, text string, people bool) {
	m.t.Helper()
	for _, s := range m.souls {
		paused := s.paused(m.today()) || s.paused(min(week.Last(), m.today()))
		if (!s.yes[c.name] || people && paused) && strings.Contains(strings.ToLower(text), s.name) {
			m.fail("%s of %s names %s, who said yes: %t, pauses: %t:\n%s", what, c.name, s.name, s.yes[c.name], paused, text)
		}
	}
}

func (m *matrix) fail(format string, args ...any) {
	m.t.Helper()
	m.t.Fatalf("%s\nafter\n%s", fmt.Sprintf(format, args...), strings.Join(m.told, "\n"))
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
			if week.Contains(store.DayOf(d.start)) && seen(s, c, d) {
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
				m.fail("%s is posted with %+v of %s", o.Key, *d, s.name)
			}
		}
		m.names(w.from, store.WeekOf(m.today(), time.Monday), "what is posted", o.Text, false)
	}
}

func (m *matrix) play(steps int) {
	for range steps {
		time.Sleep(time.Hour + time.Duration(m.r.IntN(30*60))*time.Minute)
		var w *waiting
		if c := m.circles[m.r.IntN(2)]; c.on && m.r.IntN(8) == 0 {
			w = m.digest(c)
		}
		m.step(w != nil)
		m.settled()
		m.posted(w)
		week := store.WeekOf(m.today(), time.Monday)
		for _, c := range m.circles {
			m.look(c, week)
			m.look(c, week.Before())
			if c.on && m.r.IntN(8) == 0 {
				m.names(c, week, "/week", m.whole(host+"@"+c.name, "/week"), true)
				m.names(c, week, "/stats", m.whole(host+"@"+c.name, "/stats"), true)
			}
		}
	}
}

// settled waits until what was written is handled, and sends nothing.
func (m *matrix) settled() {
	for range 60 {
		time.Sleep(time.Second)
		if inbox, _, err := m.db.Pending(m.t.Context()); err == nil && inbox == 0 && !m.bot.Busy() {
			return
		}
	}
	m.fail("it is never calm")
}

// whole is all that is answered to a message.
func (w *world) whole(who, text string) (all string) {
	w.receive(w.message(who, text))
	for _, o := range w.take() {
		all += o.Text + "\n"
	}
	return all
}

// Whatever members and admins say in whatever order, a group sees what the rules
// allow: nobody without a yes, nothing hidden, what is private by each one's
// word, who pauses in peace, and who has deleted nowhere.
func TestNobodySeesMoreThanWasAgreedTo(t *testing.T) {
	n := *histories
	if testing.Short() || racing {
		n = min(n, 4)
	}
	for seed := range n {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			play(t, func(w *world) {
				m := newMatrix(w, uint64(seed))
				if seed%2 == 0 {
					m.begin()
				}
				m.play(40)
			})
		})
	}
}
