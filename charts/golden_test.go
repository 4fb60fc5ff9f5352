package charts

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
)

func TestPicturesLookAsTheyDid(t *testing.T) {
	for _, s := range samples() {
		if !s.golden {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			p := mustDraw(t, s.draw, 0.5)
			file := filepath.Join("testdata", s.name+".png")
			if *update {
				writePNG(t, file, p.Image)
				return
			}
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, err := png.Decode(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			compare(t, p.Image, want)
		})
	}
}

// compare fails where more than one pixel in ten thousand differs by more than
// 8 levels, and leaves the picture and the differences to look at.
func compare(t *testing.T, got *image.RGBA, want image.Image) {
	t.Helper()
	if got.Rect != want.Bounds() {
		t.Fatalf("size is %v, was %v", got.Rect, want.Bounds())
	}
	diff := image.NewGray(got.Rect)
	far := 0
	for y := range got.Rect.Dy() {
		for x := range got.Rect.Dx() {
			if d := distance(got.RGBAAt(x, y), color.RGBAModel.Convert(want.At(x, y)).(color.RGBA)); d > 8 {
				far++
				diff.SetGray(x, y, color.Gray{Y: 255})
			}
		}
	}
	if 10_000*far <= got.Rect.Dx()*got.Rect.Dy() {
		return
	}
	writePNG(t, filepath.Join(t.ArtifactDir(), "got.png"), got)
	writePNG(t, filepath.Join(t.ArtifactDir(), "diff.png"), diff)
	t.Errorf("%d pixels differ; see %s, or run with -update", far, t.ArtifactDir())
}

func distance(a, b color.RGBA) int {
	d := 0
	for _, v := range [][2]uint8{{a.R, b.R}, {a.G, b.G}, {a.B, b.B}} {
		d = max(d, int(v[0])-int(v[1]), int(v[1])-int(v[0]))
	}
	return d
}

func writePNG(t *testing.T, file string, m image.Image) {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestSameInputSamePixelsFromManyAtOnce(t *testing.T) {
	for _, s := range samples() {
		if !s.golden {
			continue
		}
		want := mustDraw(t, s.draw, 0.3)
		var group sync.WaitGroup
		for range 2 {
			group.Go(func() {
				got, err := s.draw(0.3)
				if err != nil || !bytes.Equal(got.Image.Pix, want.Image.Pix) || !slices.Equal(got.Texts, want.Texts) {
					t.Errorf("%s differs the second time, %v", s.name, err)
				}
			})
		}
		group.Wait()
	}
}
