package charts

import (
	"bytes"
	"crypto/sha256"
	enc "encoding/hex"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math/bits"
	"math/rand/v2"
	"testing"
)

func TestJPEGIsSmallAndLooksLikeThePicture(t *testing.T) {
	eachSample(t, func(t *testing.T, s sample, p Picture) {
		if !s.golden {
			t.Skip("one of a kind is enough")
		}
		b, err := p.JPEG()
		if err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if m.Bounds() != p.Image.Rect || m.Bounds().Dx() != 1080 || len(b) > maxJPEG {
			t.Errorf("%v, %d bytes", m.Bounds(), len(b))
		}
		if d := bits.OnesCount64(likeness(m) ^ likeness(p.Image)); d > 4 {
			t.Errorf("JPEG differs from the picture in %d of 64 steps", d)
		}
	})
}

// likeness is a difference hash: 8 by 8 signs of the step to the right.
func likeness(m image.Image) uint64 {
	rgba := image.NewRGBA(m.Bounds())
	draw.Draw(rgba, rgba.Rect, m, image.Point{}, draw.Src)
	w, h := rgba.Rect.Dx()/9, rgba.Rect.Dy()/8
	grey := func(x, y int) int {
		p := average(rgba, image.Rect(x*w, y*h, (x+1)*w, (y+1)*h))
		return int(p[0]) + int(p[1]) + int(p[2])
	}
	var hash uint64
	for y := range 8 {
		for x := range 8 {
			if grey(x, y) > grey(x+1, y)+6 {
				hash |= 1 << (8*y + x)
			}
		}
	}
	return hash
}

func TestNoiseStillFitsTheLimits(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	m := image.NewRGBA(image.Rect(0, 0, 1080, 1350))
	for y := 0; y < 1350; y += 18 {
		for x := 0; x < 1080; x += 18 {
			dot := color.RGBA{R: uint8(rnd.Uint32()), G: uint8(rnd.Uint32()), B: uint8(rnd.Uint32()), A: 255}
			draw.Draw(m, image.Rect(x, y, x+18, y+18), image.NewUniform(dot), image.Point{}, draw.Src)
		}
	}
	best, err := shrink(m, 90, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := shrink(m, 90, len(best)*3/4); err != nil || len(b) > len(best)*3/4 {
		t.Errorf("noise of %d bytes shrinks to %d, %v", len(best), len(b), err)
	}
	p := Picture{Image: m}
	if b, err := p.Thumbnail(); err != nil || len(b) > maxThumbnail {
		t.Errorf("thumbnail of noise: %d bytes, %v", len(b), err)
	}
}

func TestThumbnailIsTinyAndHasTheColours(t *testing.T) {
	eachSample(t, func(t *testing.T, _ sample, p Picture) {
		b, err := p.Thumbnail()
		if err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		size := m.Bounds().Size()
		if max(size.X, size.Y) != 72 || len(b) > maxThumbnail {
			t.Errorf("%v, %d bytes", size, len(b))
		}
		small := image.NewRGBA(m.Bounds())
		for y := range size.Y {
			for x := range size.X {
				small.Set(x, y, m.At(x, y))
			}
		}
		got, want := average(small, small.Rect), average(p.Image, p.Image.Rect)
		for i := range got {
			if d := int(got[i]) - int(want[i]); d < -6 || d > 6 {
				t.Errorf("mean colour %v, want %v", got, want)
			}
		}
	})
}

func TestThumbnailKeepsTheShape(t *testing.T) {
	for _, c := range []struct{ w, h, tw, th int }{{1080, 1350, 58, 72}, {1080, 1080, 72, 72}, {1080, 715, 72, 48}, {5, 3, 72, 43}, {9000, 10, 72, 1}} {
		m := reduce(image.NewRGBA(image.Rect(0, 0, c.w, c.h)), 72)
		if got := m.Rect.Size(); got != image.Pt(c.tw, c.th) {
			t.Errorf("%d by %d becomes %v", c.w, c.h, got)
		}
	}
}

func TestPNGIsWithoutLoss(t *testing.T) {
	p := mustDraw(t, daily7().draw, 0.2)
	b, err := p.PNG()
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for y := range p.Image.Rect.Dy() {
		for x := range p.Image.Rect.Dx() {
			if color.RGBAModel.Convert(m.At(x, y)) != p.Image.At(x, y) {
				t.Fatalf("pixel %d, %d differs", x, y)
			}
		}
	}
}

func TestNoPictureIsAnError(t *testing.T) {
	var p Picture
	if _, err := p.JPEG(); err == nil {
		t.Error("JPEG of nothing")
	}
	if _, err := p.Thumbnail(); err == nil {
		t.Error("thumbnail of nothing")
	}
	if _, err := p.PNG(); err == nil {
		t.Error("PNG of nothing")
	}
}

// A font that changes changes every picture, so a change must be meant.
func TestFontsAreTheOnesThatWereChosen(t *testing.T) {
	for name, want := range fontSums {
		b, err := unpacked(name)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(b)
		if got := enc.EncodeToString(sum[:]); got != want {
			t.Errorf("%s has SHA-256 %s", name, got)
		}
	}
	if files, err := fontFiles.ReadDir("fonts"); err != nil || len(files) != len(fontSums) {
		t.Errorf("%d fonts are embedded, %d pinned, %v", len(files), len(fontSums), err)
	}
}
