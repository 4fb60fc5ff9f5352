package charts

import (
	"strings"
	"testing"
)

// faults lists what is wrong with the layout of a picture, by its record.
func faults(p Picture) []string {
	var out []string
	high := width * float64(p.Image.Rect.Dy()) / float64(p.Image.Rect.Dx())
	for i, a := range p.Texts {
		if a.Tofu {
			out = append(out, "no font has a sign of "+a.S)
		}
		if a.Size < 28 {
			out = append(out, "too small: "+a.S)
		}
		if a.Box.X < 24 || a.Box.Right() > width-24 || a.Box.Y < 16 || a.Box.Bottom() > high-16 {
			out = append(out, "outside the margin: "+a.S)
		}
		for _, b := range p.Texts[i+1:] {
			if overlap(a.Box, b.Box) {
				out = append(out, a.S+" lies on "+b.S)
			}
		}
		for _, m := range p.Marks {
			if m.Kind == MarkBar && overlap(a.Box, m.Box) {
				out = append(out, a.S+" lies on a bar")
			}
		}
		for _, l := range p.Strokes {
			if crosses(l, a.Box) {
				out = append(out, "a line crosses "+a.S)
				break
			}
		}
	}
	return out
}

// overlap says whether two boxes share more than a pixel's edge.
func overlap(a, b Rect) bool {
	const slack = 1
	return a.X+slack < b.Right() && b.X+slack < a.Right() && a.Y+slack < b.Bottom() && b.Y+slack < a.Bottom()
}

// crosses says whether a piece of a line comes into a box.
func crosses(l Stroke, b Rect) bool {
	b = Rect{b.X - l.Width/2, b.Y - l.Width/2, b.W + l.Width, b.H + l.Width}
	from, to := 0.0, 1.0
	for _, side := range [4][2]float64{
		{l.X0 - l.X1, l.X0 - b.X}, {l.X1 - l.X0, b.Right() - l.X0},
		{l.Y0 - l.Y1, l.Y0 - b.Y}, {l.Y1 - l.Y0, b.Bottom() - l.Y0},
	} {
		switch d, q := side[0], side[1]; {
		case d == 0 && q < 0:
			return false
		case d < 0:
			from = max(from, q/d)
		case d > 0:
			to = min(to, q/d)
		}
	}
	return from < to
}

func TestTextStandsFreeAndInsideTheMargin(t *testing.T) {
	eachSample(t, func(t *testing.T, _ sample, p Picture) {
		for _, f := range faults(p) {
			t.Error(f)
		}
	})
}

func TestTextHasContrastToWhatIsUnderIt(t *testing.T) {
	eachSample(t, func(t *testing.T, _ sample, p Picture) {
		for _, text := range p.Texts {
			if text.Contrast < 4.5 {
				t.Errorf("%q has %.2f:1", text.S, text.Contrast)
			}
		}
	})
}

func TestEveryDiscHasReadableInitials(t *testing.T) {
	for _, dark := range []bool{false, true} {
		th := themeFor(dark)
		for n := range tints {
			if ground, ink := th.tint(n); contrast(ground, ink) < 4.5 {
				t.Errorf("dark %v: tint %d has %.2f:1", dark, n, contrast(ground, ink))
			}
		}
	}
}

func TestEveryIconIsSeenOnItsColour(t *testing.T) {
	icons, err := loadIcons()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []Sport{Run, Ride, Swim, WalkHike, Strength, Other} {
		if len(icons[s.icon()]) == 0 {
			t.Errorf("%s has no icon", s)
		}
		for _, dark := range []bool{false, true} {
			th := themeFor(dark)
			if ground := th.sport(s); contrast(ground, th.inkOn(ground)) < 3 {
				t.Errorf("%s, dark %v: icon has %.2f:1", s, dark, contrast(ground, th.inkOn(ground)))
			}
			if ink := th.inkOn(th.sport(s)); dark && ink != th.inkOn(th.sport(Run)) {
				t.Errorf("%s has another ink than the rest in the dark", s)
			}
		}
	}
}

// Some phones show the middle square of a tall picture only.
func TestMiddleSquareHoldsTitleAndLeader(t *testing.T) {
	eachSample(t, func(t *testing.T, s sample, p Picture) {
		high := float64(p.Image.Rect.Dy())
		if s.tall || s.bare {
			return
		}
		title := p.Texts[1]
		if crop := (high - width) / 2; crop > 0 && (title.Box.Y < crop || title.Box.Bottom() > high-crop) {
			t.Errorf("title %q from %.0f, crop at %.0f", title.S, title.Box.Y, crop)
		}
		if high > tallest {
			t.Errorf("the picture is %.0f high", high)
		}
	})
}

func TestLongTitleShrinksBeforeItIsCut(t *testing.T) {
	l := board8()
	l.Title = "Weekly leaderboard of September"
	title := mustDraw(t, l.draw, 0.2).Texts[1]
	if title.Cut || title.Size >= 72 || title.Size < 54 {
		t.Errorf("title %+v", title)
	}
	l.Title = strings.Repeat("Weekly leaderboard ", 4)
	title = mustDraw(t, l.draw, 0.2).Texts[1]
	if !title.Cut || title.Size != 54 {
		t.Errorf("title %+v", title)
	}
}

func mustDraw(t testing.TB, draw func(float64) (Picture, error), scale float64) Picture {
	t.Helper()
	p, err := draw(scale)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
