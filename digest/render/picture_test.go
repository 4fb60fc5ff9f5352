package render

import (
	"bytes"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"clubrun/charts"
	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

func TestPictureShowsWhatTheTextSays(t *testing.T) {
	l := locale.For("en", store.Kilometres)
	for _, metric := range []store.Metric{"", store.ByEffort, store.ByDays, store.ByTime, store.ByDistance, store.ByClimb, store.ByCount} {
		w := eight()
		w.in.Group.Metric = metric
		r := w.report()
		p := pen{l, r}
		card, drawn, err := Picture(r, l)
		if err != nil || !drawn {
			t.Fatal(metric, drawn, err)
		}
		text := Digest(r, l)
		board := p.leaderboard()
		if len(board.Rows) != len(r.Board()) {
			t.Errorf("%s: %d rows drawn, %d on the board", metric, len(board.Rows), len(r.Board()))
		}
		last := -1
		for i, row := range r.Board() {
			if board.Rows[i].Name != row.Name || board.Rows[i].Rank != row.Rank {
				t.Errorf("%s: row %d is %s %d drawn, %s %d on the board", metric, i, board.Rows[i].Name, board.Rows[i].Rank, row.Name, row.Rank)
			}
			at := strings.Index(text, " "+row.Name)
			if at <= last {
				t.Errorf("%s: %s does not come in the order of the picture", metric, row.Name)
			}
			last = at
		}
		if !strings.Contains(text, l.Duration(r.Time)) || !strings.Contains(board.Subtitle, l.Duration(r.Time)) || !strings.Contains(card.Picture.Alt, l.Duration(r.Time)) {
			t.Errorf("%s: text, picture and alt differ in the total", metric)
		}
		if !strings.HasPrefix(card.Caption, "*Weekly leaderboard* 7–13 Sep\n🥇 ") || !strings.Contains(card.Caption, l.Duration(r.Time)) {
			t.Errorf("caption %q", card.Caption)
		}
		for _, row := range board.Rows[:3] {
			if !strings.Contains(card.Caption, row.Name+" "+row.Text) {
				t.Errorf("%s: the caption does not say %s %s: %q", metric, row.Name, row.Text, card.Caption)
			}
		}
	}
}

func TestLegendAddsUpAColour(t *testing.T) {
	w := newWorld("x", "A", "B", "C", "D")
	w.did(1, 0, store.Run, 50, 9)
	w.did(2, 0, store.Ride, 40, 15)
	w.did(3, 0, store.EBike, 45, 15)
	w.did(4, 0, store.Walk, 30, 2)
	got := pen{locale.For("en", store.Kilometres), w.report()}.legend()
	want := []charts.Legend{
		{Sport: charts.Ride, Label: "Ride", Text: "1 h 25"}, {Sport: charts.Run, Label: "Run", Text: "50 min"},
		{Sport: charts.WalkHike, Label: "Walk", Text: "30 min"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestALargeDropIsNotToldUnderAName(t *testing.T) {
	p := pen{locale.For("en", store.Kilometres), digest.Report{}}
	for c, want := range map[float64]string{-0.84: "", -0.2: "20 %", 0.001: "same", 0.31: "31 %", 6: "7×"} {
		if got, _ := p.trend(&c); got != want {
			t.Errorf("a change of %v reads %q, want %q", c, got, want)
		}
	}
	if got, trend := p.trend(nil); got != "" || trend != charts.NoTrend {
		t.Errorf("no change reads %q", got)
	}
}

func TestFewActiveAreNotRanked(t *testing.T) {
	l := locale.For("en", store.Kilometres)
	r := three().report()
	card, drawn, err := Picture(r, l)
	if err != nil || !drawn {
		t.Fatal(drawn, err)
	}
	for _, name := range []string{"Ana", "Gus", "Hana"} {
		if strings.Contains(card.Picture.Alt, name) {
			t.Errorf("the card of a quiet week names %s: %s", name, card.Picture.Alt)
		}
	}
	if _, drawn, _ := Picture(newWorld("x", "Ana").report(), l); drawn {
		t.Error("a week without activity has a picture")
	}
}

// drawings are all pictures of the samples by name.
func drawings(l *locale.Locale) map[string]func() (Card, bool, error) {
	all := map[string]func() (Card, bool, error){}
	for _, s := range Samples() {
		all[s.Name+"-week"] = func() (Card, bool, error) { return Picture(s.Report, l) }
		all[s.Name+"-news"] = func() (Card, bool, error) { return News(s.Report, l) }
		all[s.Name+"-goal"] = func() (Card, bool, error) { return GoalPicture(s.Report, l) }
		all[s.Name+"-weeks"] = func() (Card, bool, error) { return WeeksPicture(s.Report, l) }
	}
	w := eight()
	week := w.report()
	year := digest.Compute(digest.Input{Group: w.in.Group, Span: store.YearOf(week37.Start), Now: w.in.Now, Season: w.in.Season})
	alone := w.in.Alone(1)
	alone.Span = store.YearOf(week37.Start)
	own := digest.Compute(alone)
	alone.Span = store.Span{Start: week37.End - 170, End: week37.End}
	half := digest.Compute(alone)
	pauses := []store.Pause{{Athlete: 1, Span: store.Span{Start: week37.Start - 60, End: week37.Start - 50}}}
	all["own"] = func() (Card, bool, error) { return OwnPicture(week, 2, l) }
	all["own-empty"] = func() (Card, bool, error) {
		r := sampleQuiet()
		return OwnPicture(r, r.Aside[0].Athlete, l)
	}
	all["year"] = func() (Card, bool, error) { return LongerPicture(year, l) }
	all["year-own"] = func() (Card, bool, error) { return YearPicture(own, 1, l) }
	all["streak"] = func() (Card, bool, error) { return StreakPicture(half, 1, l, pauses...) }
	return all
}

// The wall of a year shows the forms of routes, and none of one that is hardly
// longer than what is hidden of its ends.
func TestAYearShowsWhereItLed(t *testing.T) {
	w := eight()
	in := w.in.Alone(1)
	in.Span = store.YearOf(week37.Start)
	year := digest.Compute(in)
	round := func(km float64) Workout {
		way := Workout{Activity: store.Activity{Sport: store.Run}, Hide: "x"}
		for i := range 201 {
			angle, radius := 2*math.Pi*float64(i)/200, km*1000/2/math.Pi/111195
			way.Track = append(way.Track, store.Moment{Seconds: float64(i), Latitude: 0.1 + radius*math.Sin(angle), Longitude: radius * math.Cos(angle)})
		}
		return way
	}
	drawn := func(wall ...Workout) []byte {
		card, ok, err := YearPicture(year, 1, locale.For("en", store.Kilometres), wall...)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		return card.Picture.Image.Pix
	}
	without := drawn()
	if bytes.Equal(without, drawn(round(12), round(20))) {
		t.Error("the routes are not on the picture")
	}
	if !bytes.Equal(without, drawn(round(0.6))) {
		t.Error("a short way is on the picture")
	}
}

var everyLanguage = flag.Bool("every-language", false, "draw every card in every language; the gate does")

// Every card has an alternative text and a caption that say its result, and
// nothing on it is cut or missing, whatever the language and the units.
func TestCardsSayTheirResult(t *testing.T) {
	for _, lang := range locale.Languages() {
		for _, units := range []store.Units{store.Kilometres, store.Miles} {
			if lang != "en" && lang != "de" && !*everyLanguage {
				continue // these two have the shortest and the longest words
			}
			t.Run(lang+"-"+string(units), func(t *testing.T) { everyCard(t, locale.For(lang, units)) })
		}
	}
}

func everyCard(t *testing.T, l *locale.Locale) {
	shown := 0
	for name, draw := range drawings(l) {
		card, drawn, err := draw()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !drawn {
			continue
		}
		shown++
		for _, text := range []string{card.Picture.Alt, card.Caption} {
			if len(text) < 20 || strings.ContainsAny(text, "{}") || strings.Contains(text, "card.") {
				t.Errorf("%s says %q", name, text)
			}
		}
		for _, text := range card.Picture.Texts {
			if text.Tofu || strings.ContainsAny(text.S, "{}") || strings.Contains(text.S, "card.") || text.Cut && !strings.Contains(name, "strange") {
				t.Errorf("%s has %q on it: cut %v, tofu %v", name, text.S, text.Cut, text.Tofu)
			}
		}
		media, err := card.Media()
		if err != nil || len(media.Data) == 0 || media.Alt != card.Picture.Alt || media.Width != 1080 {
			t.Errorf("%s as media: %v", name, err)
		}
		if l.Language() == "en" && l.Units() == store.Kilometres {
			look(t, name, card)
		}
		card.Picture.Release()
	}
	if shown < 15 {
		t.Errorf("%d cards were drawn", shown)
	}
}

func TestNewsAreTheGoalThenTheBestWeek(t *testing.T) {
	l := locale.For("en", store.Kilometres)
	for name, c := range map[string]struct {
		change func(*digest.Report)
		says   string
	}{
		"an ordinary week": {func(r *digest.Report) {}, ""},
		"the best of twelve": {func(r *digest.Report) {
			r.Weeks[11].Best = true
		}, "Our best week of twelve"},
		"eleven weeks": {func(r *digest.Report) { r.Weeks[11].Best = true; r.Weeks = r.Weeks[1:] }, ""},
		"half a week":  {func(r *digest.Report) { r.Weeks[11].Best, r.SoFar, r.Begun = true, true, 4 }, ""},
		"a goal": {func(r *digest.Report) {
			r.Weeks[11].Best = true
			r.Goal.Done, r.Goal.Reached = r.Goal.Target+1, r.Span.Start
		}, "Done in 7 days"},
		"a goal of last week": {func(r *digest.Report) { r.Goal.Done, r.Goal.Reached = r.Goal.Target+1, r.Span.Start-1 }, ""},
	} {
		r := sampleSmall()
		c.change(&r)
		card, drawn, err := News(r, l)
		if err != nil || drawn != (c.says != "") {
			t.Errorf("%s: news %v, %v", name, drawn, err)
			continue
		}
		if !strings.Contains(card.Picture.Alt, c.says) {
			t.Errorf("%s: alt %q", name, card.Picture.Alt)
		}
	}
}

// look writes a picture to the folder RENDER_OUT, to be looked at.
func look(t *testing.T, name string, card Card) {
	t.Helper()
	out := os.Getenv("RENDER_OUT")
	if out == "" {
		return
	}
	png, err := card.Picture.PNG()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(out, name+".png"), png, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Log(name, card.Caption, "|", card.Picture.Alt)
}
