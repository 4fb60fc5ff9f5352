package main

import (
	"io"
	"strings"
	"testing"
	"time"

	"clubrun/cmd/clubrun/house"

	"github.com/rs/zerolog"
)

// Two bots on one folder would renew each other's keys to Garmin and WhatsApp
// to death: the second ends with a code of its own, before it touches either.
func TestASecondBotOnOneFolderIsRefused(t *testing.T) {
	data := used(t)
	lock, err := house.Lock(data)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	s := house.Defaults()
	s.Data = data
	h, err := house.Open(t.Context(), s, house.Outside{Now: time.Now, Secrets: strings.NewReader(""), Log: zerolog.New(io.Discard)})
	if err == nil {
		_ = h.Close()
		t.Fatal("both hold the folder")
	}
	if code := exitCode(t.Context(), err); code != exitInUse || !strings.Contains(err.Error(), "in use by process") {
		t.Errorf("code %d: %v", code, err)
	}
}
