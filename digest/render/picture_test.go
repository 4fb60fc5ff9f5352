package render

import (
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
		if card.Caption != "*Weekly leaderboard* 7–13 Sep" {
			t.Errorf("caption %q", card.Caption)
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

// The pictures of the golden texts can be looked at: set RENDER_OUT to a
// folder.
func TestPicturesCanBeLookedAt(t *testing.T) {
	out := os.Getenv("RENDER_OUT")
	if out == "" {
		t.Skip("RENDER_OUT is not set")
	}
	l := locale.For("en", store.Kilometres)
	for name, w := range map[string]*world{"eight": eight(), "three": three(), "club": club(), "one": one(), "strange": strange(), "running": running()} {
		card, drawn, err := Picture(w.report(), l)
		if err != nil || !drawn {
			t.Fatal(name, drawn, err)
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
}
