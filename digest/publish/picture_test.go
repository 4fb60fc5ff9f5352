package publish

import (
	"testing"
	"time"

	"github.com/rs/zerolog"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/digest/render"
	"clubrun/store"
)

func TestAPictureThatFailsKeepsNoDigestBack(t *testing.T) {
	panics := func(digest.Report, *locale.Locale) (render.Card, bool, error) { panic("out of paint") }
	if _, drawn, err := attempt(panics, digest.Report{}, nil); err == nil || drawn {
		t.Errorf("a panic gave drawn %v, %v", drawn, err)
	}
	p := &Publisher{Now: time.Now, MessageID: func(key string) string { return key }, Log: zerolog.Nop()}
	d := store.Digest{Group: 1, Week: store.WeekOf(0, time.Monday)}
	owed := p.owed(t.Context(), store.Group{ID: 1}, d, Content{Text: "Week 1", Pictures: []render.Card{{}, {}}})
	if len(owed) != 1 || owed[0].Kind != store.KindText {
		t.Errorf("owed %d messages, want the text alone", len(owed))
	}
}
