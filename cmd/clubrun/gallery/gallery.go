// Package gallery writes every picture and every text in every language into
// a folder of pages, to look at while designing or translating them, and makes
// up seasons for previews. All of it is of simulated people; it reads no
// database and no network.
package gallery

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"clubrun/cmd/clubrun/story"
	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
)

// Write writes the gallery into a folder, which it makes where it is missing,
// and returns the page to begin with.
func Write(dir string) (index string, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("gallery: %w", err)
	}
	h, err := past(story.Default())
	if err != nil {
		return "", fmt.Errorf("gallery: %w", err)
	}
	all, err := drawings(h)
	if err != nil {
		return "", fmt.Errorf("gallery: %w", err)
	}
	for i, lang := range locale.Languages() {
		page, err := pageOf(dir, lang, h, all)
		if err != nil {
			return "", fmt.Errorf("gallery in %q: %w", lang, err)
		}
		name := pageName(i, lang)
		if err := writePage(filepath.Join(dir, name), page); err != nil {
			return "", fmt.Errorf("gallery in %q: %w", lang, err)
		}
	}
	return filepath.Join(dir, pageName(0, "")), nil
}

// pageName is the file of a language; the first one is the index.
func pageName(i int, lang string) string {
	if i == 0 {
		return "index.html"
	}
	return lang + ".html"
}

// page is all of one language.
type page struct {
	Language string
	Others   []link
	Cards    []card
	Texts    []text
	Words    []locale.Entry
}

type link struct{ Name, File string }

// card is a picture in a file beside the page.
type card struct{ Name, File, Caption, Alt string }

// text is what is written in a chat.
type text struct{ Name, Body string }

func pageOf(dir, lang string, h history, all []drawing) (p page, err error) {
	p = page{Language: lang, Words: locale.Entries(lang)}
	for i, other := range locale.Languages() {
		p.Others = append(p.Others, link{other, pageName(i, other)})
	}
	l := locale.For(lang, store.Kilometres)
	for _, d := range all {
		made, drawn, err := d.draw(l)
		if err != nil {
			return p, fmt.Errorf("picture %s: %w", d.name, err)
		}
		if !drawn {
			continue
		}
		file := fmt.Sprintf("%s-%s.jpg", lang, d.name)
		if err := keep(filepath.Join(dir, file), made); err != nil {
			return p, err
		}
		p.Cards = append(p.Cards, card{d.name, file, made.Caption, made.Picture.Alt})
	}
	p.Texts, err = texts(lang, h)
	return p, err
}

func keep(path string, c render.Card) error {
	data, err := c.Picture.JPEG()
	if err != nil {
		return fmt.Errorf("encode %s: %w", filepath.Base(path), err)
	}
	return os.WriteFile(path, data, 0o644)
}

func writePage(path string, p page) error {
	var b bytes.Buffer
	if err := layout.Execute(&b, p); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}
