package charts

import (
	"slices"
	"testing"
)

func testCanvas(t *testing.T) *canvas {
	t.Helper()
	ts, err := newTypesetter()
	if err != nil {
		t.Fatal(err)
	}
	return newCanvas(ts, lightTheme(), 600, 1)
}

// The stroke of Ł overlaps its stem; filled the wrong way, the overlap is a
// hole.
func TestOverlappingStrokesLeaveNoHole(t *testing.T) {
	c := testCanvas(t)
	st := style{size: 500, weight: semibold, ink: c.theme.ink}
	c.write("Ł", 100, 500, st)
	box := c.texts[0].Box
	inked := func(x, y int) bool { return c.img.RGBAAt(x, y).R < 0x40 }
	stem := int(box.X)
	for !inked(stem, int(box.Y)+10) {
		stem++
	}
	for y := int(box.Y) + 10; y < int(box.Bottom())-10; y++ {
		if !inked(stem+20, y) {
			t.Fatalf("the stem has a hole at %d, %d", stem+20, y)
		}
	}
}

func TestDigitsOfFiguresAreEquallyWide(t *testing.T) {
	c := testCanvas(t)
	st := style{size: 44, weight: display, digits: true}
	for _, s := range []string{"0000", "4444", "7777"} {
		if got, want := c.measure(s, st), c.measure("1111", st); got != want {
			t.Errorf("%s is %v wide, 1111 is %v", s, got, want)
		}
	}
}

func TestTextIsKerned(t *testing.T) {
	c := testCanvas(t)
	st := style{size: 72, weight: display}
	if pair, apart := c.measure("AV", st), c.measure("A", st)+c.measure("V", st); pair >= apart {
		t.Errorf("AV is %v wide, A and V are %v", pair, apart)
	}
}

func TestArabicRunsFromRightToLeftAndJoins(t *testing.T) {
	c := testCanvas(t)
	st := style{size: 72, weight: semibold}
	l := c.shape("محمد 10", st)
	if n := len(l.runs); n < 2 || l.runs[0].Runes.Offset == 0 {
		t.Errorf("%d runs, the first from rune %d", n, l.runs[0].Runes.Offset)
	}
	if joined, apart := c.measure("ححح", st), 3*c.measure("ح", st); joined >= apart {
		t.Errorf("joined letters are %v wide, single ones %v", joined, apart)
	}
}

func TestANameFromRightToLeftDoesNotTurnTheDatesBesideIt(t *testing.T) {
	c := testCanvas(t)
	st := style{size: 30, weight: semibold}
	glyphs := func(s string) (ids []uint32) {
		for _, run := range c.shape(s, st).runs {
			for _, g := range run.Glyphs {
				ids = append(ids, uint32(g.GlyphID))
			}
		}
		return ids
	}
	for _, name := range []string{"السبت نركض معا", "שרה כהן"} {
		got, dates := glyphs(name+" · 7.–13. SEPT."), glyphs("7.–13. SEPT.")
		if len(got) <= len(dates) || !slices.Equal(got[len(got)-len(dates):], dates) {
			t.Errorf("%s: %v does not end in the dates as they stand alone, %v", name, got, dates)
		}
		if first := glyphs(name); !slices.Equal(got[:len(first)], first) {
			t.Errorf("%s: %v does not begin with the name as it stands alone, %v", name, got, first)
		}
	}
}

func TestCapitalsOfSharpS(t *testing.T) {
	if got := capitals("Großer Lauftreff"); got != "GROSSER LAUFTREFF" {
		t.Error(got)
	}
}
