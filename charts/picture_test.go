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
	for _, s := range samples() {
		p := mustDraw(t, s.draw, 1)
		b, err := p.JPEG()
		if err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if m.Bounds() != p.Image.Rect || m.Bounds().Dx() != 1080 || len(b) > maxJPEG {
			t.Errorf("%s: %v, %d bytes", s.name, m.Bounds(), len(b))
		}
		if d := bits.OnesCount64(likeness(m) ^ likeness(p.Image)); d > 4 {
			t.Errorf("%s: JPEG differs from the picture in %d of 64 steps", s.name, d)
		}
	}
}

// likeness is a difference hash: 8 by 8 signs of the step to the right.
func likeness(m image.Image) uint64 {
	var hash uint64
	b := m.Bounds()
	grey := func(x, y int) (sum int) {
		for j := y * b.Dy() / 8; j < (y+1)*b.Dy()/8; j++ {
			for i := x * b.Dx() / 9; i < (x+1)*b.Dx()/9; i++ {
				sum += int(color.GrayModel.Convert(m.At(i, j)).(color.Gray).Y)
			}
		}
		return sum / (b.Dx() * b.Dy() / 72)
	}
	for y := range 8 {
		for x := range 8 {
			if grey(x, y) > grey(x+1, y)+2 {
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
	p := Picture{Image: m}
	if b, err := p.Thumbnail(); err != nil || len(b) > maxThumbnail {
		t.Errorf("thumbnail of noise: %d bytes, %v", len(b), err)
	}
}

func TestThumbnailIsTinyAndHasTheColours(t *testing.T) {
	for _, s := range samples() {
		p := mustDraw(t, s.draw, 1)
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
			t.Errorf("%s: %v, %d bytes", s.name, size, len(b))
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
				t.Errorf("%s: mean colour %v, want %v", s.name, got, want)
			}
		}
	}
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
		b, err := fontFiles.ReadFile("fonts/" + name + ".ttf")
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

func BenchmarkLeaderboard(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		p, err := board8().Draw()
		if err != nil {
			b.Fatal(err)
		}
		if _, err := p.JPEG(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDaily(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := daily7().Draw(); err != nil {
			b.Fatal(err)
		}
	}
}
