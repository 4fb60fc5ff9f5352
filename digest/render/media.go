package render

import (
	"fmt"

	"clubrun/store"
)

// Media encodes the card for a chat: a JPEG with its size, a thumbnail and a
// description for those who do not see it.
func (c Card) Media() (*store.Media, error) {
	data, err := c.Picture.JPEG()
	if err != nil {
		return nil, fmt.Errorf("encode picture: %w", err)
	}
	thumbnail, err := c.Picture.Thumbnail()
	if err != nil {
		return nil, fmt.Errorf("encode thumbnail: %w", err)
	}
	size := c.Picture.Image.Bounds().Size()
	return &store.Media{
		Mime: "image/jpeg", Data: data, Thumbnail: thumbnail,
		Width: size.X, Height: size.Y, Alt: c.Picture.Alt,
	}, nil
}
