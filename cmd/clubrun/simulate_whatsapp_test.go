package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"clubrun/bot/whatsapp/whatsapptest"
)

// printed is what a command writes while it runs.
type printed struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (p *printed) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.buf.Write(b)
}

func (p *printed) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.buf.String()
}

func TestSimulateWhatsAppTellsWhatAClientNeeds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var out, errs printed
	code := make(chan int, 1)
	go func() {
		code <- execute(ctx, []string{"simulate", "whatsapp", "--listen", "127.0.0.1:0"}, strings.NewReader(""), &out, &errs)
	}()
	for range 3000 {
		if strings.Contains(out.String(), "Parkside RC") {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	said := out.String()
	for _, want := range []string{"socket   ws://127.0.0.1:", "accounts 70", "Ana      +351910000001", "Tuesday Runners  9 members", "Parkside RC  61 members"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in %s", want, said)
		}
	}
	_, address, _ := strings.Cut(said, "listens on ")
	address, _, _ = strings.Cut(address, "\n")
	resp, err := http.Get("http://" + address + "/_sim/accounts")
	if err != nil {
		t.Fatal(err, errs.String())
	}
	defer func() { _ = resp.Body.Close() }()
	var people []struct{ Name string }
	if err := json.NewDecoder(resp.Body).Decode(&people); err != nil || len(people) != 70 || people[0].Name != "bot" {
		t.Errorf("%d people, %v", len(people), err)
	}
	cancel()
	if got := <-code; got != exitOK || errs.String() != "" {
		t.Errorf("ended with %d: %s", got, errs.String())
	}
}

func TestSimulateWhatsAppRefusesWhatItCannotServe(t *testing.T) {
	for _, args := range [][]string{
		{"--listen", "0.0.0.0:0"},
		{"--listen", "nowhere"},
		{"--assume", "no-such=true"},
		{"--assume", "queue-life=long"},
		{"--log-level", "loud"},
		{"--world", "no-such-file.json"},
		{"stray"},
	} {
		var errs bytes.Buffer
		got := execute(t.Context(), append([]string{"simulate", "whatsapp"}, args...), strings.NewReader(""), io.Discard, &errs)
		if got != exitUsage || !strings.HasPrefix(errs.String(), "clubrun: ") {
			t.Errorf("%v: exit %d, %s", args, got, errs.String())
		}
	}
}

func TestSimulateWhatsAppListsItsAssumptions(t *testing.T) {
	var out bytes.Buffer
	if got := execute(t.Context(), []string{"simulate", "whatsapp", "--assumptions"}, strings.NewReader(""), &out, io.Discard); got != exitOK {
		t.Fatalf("exit %d", got)
	}
	for _, a := range whatsapptest.Assumed() {
		if !strings.Contains(out.String(), "\n"+a.Name+"=") && !strings.HasPrefix(out.String(), a.Name+"=") {
			t.Errorf("%s is not listed", a.Name)
		}
	}
}
