package charts

import (
	"image"
	"sync"
)

// pixels are the images of pictures that were given back: a card has 5.8 MB,
// more than all else that it needs.
var pixels = sync.Pool{New: func() any { return new([]byte) }}

// newImage takes an image from those that were given back, if it is large
// enough. What is on it is left over from before.
func newImage(w, h int) *image.RGBA {
	n := 4 * w * h
	buf := pixels.Get().(*[]byte)
	if cap(*buf) < n {
		*buf = make([]byte, n)
	}
	return &image.RGBA{Pix: (*buf)[:n], Stride: 4 * w, Rect: image.Rect(0, 0, w, h)}
}

// Release gives the picture's pixels back, for the next picture to be drawn
// on. The picture has no image after it; JPEG, Thumbnail and PNG must have
// been called before. A picture that is not released costs memory only.
func (p *Picture) Release() {
	if p.Image == nil {
		return
	}
	buf := p.Image.Pix
	p.Image = nil
	pixels.Put(&buf)
}
