package bot_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"clubrun/digest"
	"clubrun/digest/gather"
	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
	"clubrun/store/storetest"
)

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

// look compares all that a group sees with the oracle.
func (m *matrix) look(c *circle) {
	m.t.Helper()
	if g := m.known(c.name); g.Enabled != c.on {
		m.fail("%s: the bot works there: %t", c.name, g.Enabled)
	}
	if !c.on {
		return // nothing is posted, and nobody is answered
	}
	week := store.WeekOf(m.today(), time.Monday)
	m.lookAt(c, week)
	m.lookAt(c, week.Before())
	m.lookAt(c, store.MonthOf(m.today()))
}

// reports are what is told of a period, and what would be told if there were
// nothing but what the group may see.
func (m *matrix) reports(c *circle, span store.Span) (report, clean digest.Report) {
	m.t.Helper()
	in, err := gather.Input(m.t.Context(), m.db, m.known(c.name), span, time.Now(), nil)
	if err != nil {
		m.t.Fatal(err)
	}
	may, all := map[int64]bool{}, map[int64]*soul{}
	for _, s := range m.souls {
		if !s.yes[c.name] {
			continue
		}
		all[m.idOf(s)] = s
		for _, d := range s.did {
			may[d.id] = seen(s, c, d)
		}
	}
	only := in
	only.Members = slices.DeleteFunc(slices.Clone(in.Members), func(a store.Athlete) bool { return all[a.ID] == nil })
	only.Activities = slices.DeleteFunc(slices.Clone(in.Activities), func(a store.Activity) bool { return !may[a.ID] })
	only.Pauses = slices.DeleteFunc(slices.Clone(in.Pauses), func(p store.Pause) bool { return all[p.Athlete] == nil })
	only.Duels = slices.DeleteFunc(slices.Clone(in.Duels), func(d store.Duel) bool { return all[d.From] == nil || all[d.To] == nil })
	only.Cheers = slices.DeleteFunc(slices.Clone(in.Cheers), func(c store.Cheer) bool { return !may[c.Activity] })
	only.Together = slices.DeleteFunc(slices.Clone(in.Together), func(t store.Together) bool { return !may[t.A] || !may[t.B] })
	only.Mentions = slices.DeleteFunc(slices.Clone(in.Mentions), func(n store.Mention) bool { return all[n.Athlete] == nil })
	return digest.Compute(in), digest.Compute(only)
}

// figures is a report as all pictures and texts are made of it, but for how many
// workouts of somebody are left out, which each is told of alone.
func (m *matrix) figures(r digest.Report) string {
	m.t.Helper()
	text, err := json.Marshal(r)
	if err != nil {
		m.t.Fatal(err)
	}
	return leftOut.ReplaceAllString(string(text), `"$1":0`)
}

var leftOut = regexp.MustCompile(`"(Private|Held|Twice|Hidden|Excluded)":[0-9]+`)

// lookAt compares what a group sees of a period with the oracle.
func (m *matrix) lookAt(c *circle, span store.Span) {
	m.t.Helper()
	report, clean := m.reports(c, span)
	l := (*locale.Wording)(nil).For("en", store.Kilometres)
	text, err := (*render.Templates)(nil).Digest(report, l)
	if err != nil {
		m.t.Fatal(err)
	}
	shown := 0
	for _, s := range m.souls {
		if s.yes[c.name] {
			shown++
			m.compare(report, s, c, span)
		}
	}
	if report.Members != shown || len(report.Rows)+len(report.Aside) != shown {
		m.fail("%s in %s: %d are shown, want %d", span, c.name, report.Members, shown)
	}
	figures, want := m.figures(report), m.figures(clean)
	if figures != want {
		at := 0
		for at < len(want) && at < len(figures) && figures[at] == want[at] {
			at++
		}
		m.fail("%s of %s tells\n…%s\nwith nothing else there it would tell\n…%s", span, c.name, around(figures, at), around(want, at))
	}
	m.names(c, span, "the report", figures, false)
	m.names(c, span, "the digest", text.Body, true)
	lines, _ := render.Races(report, 50, l)
	for what, text := range map[string]string{
		"the week": render.SoFar(report, l), "the period": render.Period(report, l), "the goal": render.Goal(report, l), "the prize": render.Prize(report, l),
		"the longer view": render.Longer(report, report, l), "the races": strings.Join(lines, "\n"), "the duels": strings.Join(render.Duels(report, l), "\n"),
	} {
		m.names(c, span, what, text, true)
	}
}

// around is what stands at a place of a text.
func around(text string, at int) string { return text[max(0, at-200):min(len(text), at+300)] }

// compare compares one member's row.
func (m *matrix) compare(report digest.Report, s *soul, c *circle, span store.Span) {
	m.t.Helper()
	workouts, metres := 0, 0.0
	for _, d := range s.did {
		if span.Contains(d.day) && seen(s, c, d) {
			workouts, metres = workouts+1, metres+d.metres
		}
	}
	row, found := report.Own(m.idOf(s))
	paused := s.paused(m.today()) || s.paused(min(span.Last(), m.today()))
	if !found || row.Workouts != workouts || row.Distance-metres > 1e-6 || metres-row.Distance > 1e-6 || row.Paused != paused || paused && row.Rank != 0 {
		m.fail("%s in %s sees of %s %d workouts, %.0f m, paused %t, rank %d; want %d, %.0f, %t", c.name, span, s.name, row.Workouts, row.Distance, row.Paused, row.Rank, workouts, metres, paused)
	}
	if paused && row.Streak == 0 && row.Frozen {
		m.fail("a streak of none is frozen: %+v", row)
	}
	for _, h := range report.Notable {
		for _, d := range s.did {
			if h.Activity == d.id && (!seen(s, c, d) || d.private || paused) {
				m.fail("%s in %s: %+v is told", span, c.name, h)
			}
		}
	}
}

// tellsSteps finds secretSteps, but not in a figure of which it is a part.
var tellsSteps = regexp.MustCompile(`(^|[^0-9.])61,?937([^0-9.]|\.[^0-9]|\.?$)`)

// names fails where a text names somebody of whom nothing is to be told, a
// workout that is not seen, or health; a text for people leaves out also who
// pauses.
func (m *matrix) names(c *circle, span store.Span, what, text string, people bool) {
	m.t.Helper()
	text = strings.ToLower(text)
	has := func(s string) bool { return strings.Contains(text, strings.ToLower(s)) }
	for _, s := range m.souls {
		paused := people && (s.paused(m.today()) || s.paused(min(span.Last(), m.today())))
		for i, name := range append(append([]string{s.name}, s.past...), s.names...) {
			tells := has(name) && (!s.yes[c.name] || paused || !strings.EqualFold(name, s.shown()))
			if user := i == 0 && s.name != s.shown() && has(storetest.User(s.name)); tells && !user {
				m.fail("%s of %s names %s by %s, who said yes: %t, pauses: %t:\n%s", what, c.name, s.name, name, s.yes[c.name], paused, text)
			}
		}
		if has(phone(s.name)) || people && has(storetest.User(s.name)) {
			m.fail("%s of %s tells the number of %s:\n%s", what, c.name, s.name, text)
		}
		for _, d := range s.did {
			if d.title != "" && has(d.title) && (!seen(s, c, d) || d.private) {
				m.fail("%s of %s tells of %s of %s:\n%s", what, c.name, d, s.name, text)
			}
		}
	}
	if tellsSteps.MatchString(text) {
		m.fail("%s of %s tells health:\n%s", what, c.name, text)
	}
}

// ask asks in a group as its people do, and compares the answer with what is
// told where there is nothing but what the group may see.
func (m *matrix) ask(c *circle) {
	m.t.Helper()
	if !c.on {
		return
	}
	l := (*locale.Wording)(nil).For("en", store.Kilometres)
	week := store.WeekOf(m.today(), time.Monday)
	clean := func(span store.Span) digest.Report {
		_, r := m.reports(c, span)
		return r
	}
	month, year := store.MonthOf(m.today()), store.YearOf(m.today())
	text, want := "", ""
	kind := m.r.IntN(11)
	if (kind == 3 || kind == 4) && m.r.IntN(6) > 0 { // their pictures take long
		kind = 9
	}
	switch kind {
	case 0:
		text, want = "/week", render.SoFar(clean(week), l)
	case 1:
		text, want = "/week last", render.SoFar(clean(week.Before()), l)
	case 2:
		text, want = "/month", render.Period(clean(month), l)
	case 3:
		text, want = "/year", render.Period(clean(year), l)
	case 4:
		text, want = "/stats", render.Longer(clean(month), clean(year), l)
	case 5:
		lines, _ := render.Races(clean(year), 10, l)
		text, want = "/races", strings.Join(lines, "\n")
	case 6:
		text, want = "/prize", render.Prize(clean(week), l)
	case 7:
		if _, err := m.db.Goal(m.t.Context(), m.known(c.name).ID); err == nil {
			text, want = "/goal", render.Goal(clean(week), l)
		}
	case 8:
		m.members(c)
	default:
		m.unmentioned(c)
	}
	if text == "" {
		return
	}
	answer := m.whole(host+"@"+c.name, text)
	if !strings.Contains(answer, want) {
		m.fail("%s in %s:\n%s\nwith nothing else there:\n%s", text, c.name, answer, want)
	}
	m.names(c, week, text, answer, true)
}

// members compares what an admin is told of who is shown.
func (m *matrix) members(c *circle) {
	m.t.Helper()
	answer := m.whole(host+"@"+c.name, "/members")
	for _, s := range m.souls {
		if want := s.yes[c.name] && !s.paused(m.today()); strings.Contains(strings.ToLower(answer), strings.ToLower(s.shown())) != want {
			m.fail("/members of %s tells of %s: want %t:\n%s", c.name, s.name, want, answer)
		}
	}
}

// unmentioned asks for one by name: who is not shown, or pauses, is as unknown
// as somebody who never was.
func (m *matrix) unmentioned(c *circle) {
	m.t.Helper()
	s := m.souls[m.r.IntN(len(m.souls))]
	if s.yes[c.name] && !s.paused(m.today()) {
		return
	}
	m.aloud = true
	defer func() { m.aloud = false }()
	command := []string{"/week ", "/stats ", "/month ", "/year "}[m.r.IntN(4)]
	for _, who := range []string{host + "@" + c.name, "stranger@" + c.name} {
		for as, none := range map[string]string{s.shown(): "nobody", "@" + s.shown(): "@nobody", "@" + storetest.User(s.name): "@lid-nobody"} {
			answer := m.whole(who, command+as)
			time.Sleep(11 * time.Minute)
			want := m.whole(who, command+none)
			time.Sleep(11 * time.Minute)
			if got := strings.ReplaceAll(strings.ToLower(answer), strings.ToLower(strings.TrimPrefix(as, "@")), strings.TrimPrefix(none, "@")); got != strings.ToLower(want) {
				m.fail("%s%s in %s is answered %q, and %q of nobody", command, as, c.name, answer, want)
			}
		}
	}
}
