package charts

import (
	"bytes"
	"testing"
)

// What was on a picture must not shine through on the next one.
func TestReleasedPixelsAreDrawnOver(t *testing.T) {
	w := weeks12()
	want := mustDraw(t, w.draw, 0.3)
	dark := w
	dark.Dark = true
	for range 4 {
		p := mustDraw(t, dark.draw, 0.3)
		p.Release()
		if _, err := p.JPEG(); err == nil {
			t.Error("a released picture has an image")
		}
		p.Release()
		got := mustDraw(t, w.draw, 0.3)
		if !bytes.Equal(got.Image.Pix, want.Image.Pix) {
			t.Fatal("the next picture differs")
		}
	}
}
