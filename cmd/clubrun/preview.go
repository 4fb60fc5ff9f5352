package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"clubrun/cmd/clubrun/control"
	"clubrun/cmd/clubrun/gallery"
	"clubrun/cmd/clubrun/operate"
	"clubrun/cmd/clubrun/story"
	"clubrun/digest/publish"
	"clubrun/store"

	"github.com/rs/zerolog"
)

// pages is a season that needs no database; it implements publish.Store.
type pages store.Season

// Season returns what of it lies in a span.
func (p pages) Season(_ context.Context, _ int64, span store.Span) (store.Season, error) {
	s := store.Season(p)
	s.Activities = nil
	for _, a := range p.Activities {
		if span.Contains(a.Day()) {
			s.Activities = append(s.Activities, a)
		}
	}
	return s, nil
}

// SaveDigest keeps nothing: pages are only looked at.
func (pages) SaveDigest(context.Context, store.Digest, []store.Outgoing) (bool, error) {
	return false, nil
}

// previewWorld shows the digest of a group of a simulated world. Without a
// week it is the one that the world begins in.
func previewWorld(ctx context.Context, c *operate.Call, out control.Out) error {
	path := c.World
	if path == "default" {
		path = ""
	}
	world, err := loadWorld(path)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	name := cmp.Or(c.Group(), firstGroup(world))
	day := store.DayOf(world.Start)
	if c.Week() != "" {
		if day, err = operate.DayIn(c.Week()); err != nil {
			return err
		}
	}
	week := store.WeekOf(day, time.Monday)
	now, err := lastEvening(week, world.Zone)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	g, season, err := gallery.Season(world, c.Seed, name, now)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	p := &publish.Publisher{Store: pages(season), Now: func() time.Time { return now }, Log: zerolog.Nop()}
	made, err := p.Preview(ctx, g, week)
	if err != nil {
		return err
	}
	return operate.Show(out, c.To, fmt.Sprintf("%s-%s", slug(g.Name), week.Start), made)
}

// lastEvening is six in the evening of a week's last day, where a world is.
func lastEvening(week store.Span, zone string) (time.Time, error) {
	at, err := time.LoadLocation(zone)
	if err != nil {
		return time.Time{}, err
	}
	year, month, day := (week.End - 1).Date()
	return time.Date(year, month, day, 18, 0, 0, 0, at), nil
}

func firstGroup(w story.World) string {
	if len(w.Groups) == 0 {
		return ""
	}
	return w.Groups[0].Name
}

// slug is a name as part of a file's name: its letters and digits, of any
// script.
func slug(name string) string {
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	return cmp.Or(strings.ToLower(strings.Join(strings.FieldsFunc(name, apart), "-")), "group")
}
