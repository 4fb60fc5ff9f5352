package charts

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"strings"
	"testing"
)

func TestAnEmptyPictureSaysFactAndInvitation(t *testing.T) {
	e := empty1()
	p := mustDraw(t, e.draw, 0.2)
	fact, invite := find(t, p, e.Fact), find(t, p, e.Invite)
	if fact.Box.Bottom() >= invite.Box.Y || fact.Size <= invite.Size {
		t.Errorf("fact %+v, invitation %+v", fact, invite)
	}
	e.Fact = "🏳"
	e.Fact = strings.TrimSpace(" ")
	if _, err := e.Draw(); !errors.Is(err, ErrEmpty) {
		t.Errorf("without a fact: %v", err)
	}
}

func TestLongWordsOfAnEmptyPictureBreakBetweenWords(t *testing.T) {
	ts, err := newTypesetter()
	if err != nil {
		t.Fatal(err)
	}
	st := style{size: 36, weight: medium}
	const s = "one two three four five six seven eight nine ten eleven twelve"
	got := ts.broken(s, st, 420, 5)
	if len(got) < 2 || strings.Join(got, " ") != s {
		t.Errorf("%q", got)
	}
	for _, line := range got {
		if ts.measure(line, st) > 420 {
			t.Errorf("%q is too wide", line)
		}
	}
	if got = ts.broken(s, st, 420, 2); len(got) != 2 || !strings.HasSuffix(got[1], "…") {
		t.Errorf("%q", got)
	}
}

func TestASheetShowsEveryPictureWithoutOverlap(t *testing.T) {
	var pictures []Picture
	for _, high := range []int{100, 190, 70, 100, 40} {
		pictures = append(pictures, Picture{Image: image.NewRGBA(image.Rect(0, 0, 100, high))})
	}
	m, err := Sheet(append(pictures, Picture{}), 2)
	if err != nil {
		t.Fatal(err)
	}
	if m.Rect.Dx() != 2*sheetWide+3*sheetGap {
		t.Errorf("the sheet is %d wide", m.Rect.Dx())
	}
	dark := 0
	for i := 0; i < len(m.Pix); i += 4 {
		if m.Pix[i] == 0 {
			dark++
		}
	}
	if area := sheetWide * sheetWide * 5; dark < area*98/100 || dark > area {
		t.Errorf("%d of %d pixels are of pictures", dark, area)
	}
	if _, err := Sheet([]Picture{{}}, 3); !errors.Is(err, ErrEmpty) {
		t.Errorf("without a picture: %v", err)
	}
}

func TestASheetOfAllCardsFitsAReadme(t *testing.T) {
	var pictures []Picture
	for _, s := range samples() {
		if s.golden {
			pictures = append(pictures, mustDraw(t, s.draw, 0.5))
		}
	}
	m, err := Sheet(pictures, 5)
	if err != nil {
		t.Fatal(err)
	}
	if *gallery != "" {
		writePNG(t, *gallery+"/sheet.png", m)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 85}); err != nil || b.Len() > 700<<10 {
		t.Errorf("the sheet takes %d bytes, %v", b.Len(), err)
	}
}
