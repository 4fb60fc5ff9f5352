package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"clubrun/cmd/clubrun/control"
	"clubrun/cmd/clubrun/house"
	"clubrun/store"

	"github.com/rs/zerolog"
)

// command runs a command line and returns its exit code, what it printed and
// what it complained of.
func command(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = execute(t.Context(), args, strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

// opened opens a house on a folder.
func opened(t *testing.T, data string) *house.House {
	t.Helper()
	s := house.Defaults()
	s.Data, s.Zone = data, "Europe/Lisbon"
	h, err := house.Open(t.Context(), s, house.Outside{
		WhatsApp: &http.Client{Transport: offline{}}, Garmin: offline{}, Now: time.Now, Secrets: rand.Reader, Log: zerolog.Nop(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// used makes a data folder as an instance leaves it, with one group.
func used(t *testing.T) string {
	t.Helper()
	data := t.TempDir()
	h := opened(t, data)
	_, err := h.DB.KnowGroup(t.Context(), store.Roster{Chat: "1@g.us", Name: "Tuesday Runners"}, store.Group{Language: "en", Zone: "Europe/Lisbon"})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	return data
}

// hearing runs a house that reaches no network until it is told to stop.
func hearing(t *testing.T, data string) {
	t.Helper()
	h := opened(t, data)
	ctx, stop := context.WithCancel(context.Background())
	var life sync.WaitGroup
	life.Go(func() {
		if err := errors.Join(listening(ctx, h, zerolog.Nop()), h.Close()); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() { stop(); life.Wait() })
	for {
		if _, err := os.Stat(filepath.Join(data, control.Name)); err == nil {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// offline is a network without anybody.
type offline struct{}

func (offline) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New("no network") }

func TestCommandsReachTheRunningInstance(t *testing.T) {
	data := used(t)
	hearing(t, data)
	if code, out, errs := command(t, "status", "--data", data); code != exitOK || !strings.Contains(out, "version    dev\n") || !strings.Contains(out, "whatsapp ") {
		t.Errorf("%d\n%s%s", code, out, errs)
	}
	if code, out, errs := command(t, "groups", "allow", "--data", data, "Tuesday", "Runners"); code != exitOK || !strings.Contains(out, "Tuesday Runners is allowed") {
		t.Errorf("%d\n%s%s", code, out, errs)
	}
	if code, out, _ := command(t, "groups", "-o", "json", "--data", data); code != exitOK || !strings.Contains(out, `"allowed":true`) {
		t.Errorf("%d\n%s", code, out)
	}
	if code, _, errs := command(t, "groups", "allow", "Nobody", "--data", data); code != exitFailure ||
		errs != "clubrun: the bot is in no group called \"Nobody\"\nclubrun: hint: clubrun groups shows those that it is in\n" {
		t.Errorf("%d\n%s", code, errs)
	}
	if code, _, errs := command(t, "digest", "send", "--group", "1", "--week", "x", "--data", data); code != exitUsage {
		t.Errorf("%d\n%s", code, errs)
	}
}

func TestStopWaitsForTheEnd(t *testing.T) {
	data := used(t)
	hearing(t, data)
	code, out, errs := command(t, "stop", "--data", data)
	if code != exitOK || out != "Clubrun is stopping.\nIt has stopped.\n" {
		t.Errorf("%d\n%s%s", code, out, errs)
	}
	if err := house.InUse(data); err != nil {
		t.Error(err)
	}
	if code, _, errs := command(t, "stop", "--data", data); code != exitFailure || !strings.HasPrefix(errs, "clubrun: no clubrun is running on "+data+"\nclubrun: hint: ") {
		t.Errorf("%d\n%s", code, errs)
	}
}

func TestWithoutAnInstanceTheDatabaseIsEnough(t *testing.T) {
	data := used(t)
	for _, args := range [][]string{{"groups"}, {"members"}, {"audit"}, {"jobs"}, {"groups", "allow", "1"}, {"schedule", "--group", "1"},
		{"sync"}, {"list"}, {"list", "--offline", "--missing"}, {"download", "--missing"}} {
		if code, _, errs := command(t, append(args, "--data", data)...); code != exitOK {
			t.Errorf("%v: %d\n%s", args, code, errs)
		}
	}
	pictures := filepath.Join(t.TempDir(), "out")
	code, out, errs := command(t, "digest", "preview", "--group", "Tuesday Runners", "--to", pictures, "--data", data)
	if code != exitOK || !strings.Contains(out, "Nobody is on board") {
		t.Errorf("%d\n%s%s", code, out, errs)
	}
	for _, args := range [][]string{{"status"}, {"stop"}, {"digest", "send", "--group", "1"}} {
		if code, out, errs := command(t, append(args, "--data", data)...); code != exitFailure || out != "" || !strings.Contains(errs, "no clubrun is running on "+data) {
			t.Errorf("%v: %d\n%s%s", args, code, out, errs)
		}
	}
}

func TestAFolderThatIsHeldAndSilentIsInUse(t *testing.T) {
	data := used(t)
	lock, err := house.Lock(data)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	// Two processes never share an account: whatever would ask Garmin is refused,
	// too, before it has asked.
	for _, args := range [][]string{{"groups"}, {"status"}, {"sync"}} {
		if code, _, errs := command(t, append(args, "--data", data)...); code != exitInUse || !strings.Contains(errs, "in use by process") {
			t.Errorf("%v: %d\n%s", args, code, errs)
		}
	}
}

func TestALookMakesNothing(t *testing.T) {
	data := filepath.Join(t.TempDir(), "none")
	for _, args := range [][]string{{"groups"}, {"status"}, {"stop"}} {
		if code, _, errs := command(t, append(args, "--data", data)...); code != exitFailure || !strings.Contains(errs, "hint: ") {
			t.Errorf("%v: %d\n%s", args, code, errs)
		}
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("the folder was made")
	}
}

func TestADatabaseWithoutItsKeyIsNotGivenANewOne(t *testing.T) {
	data := used(t)
	key := filepath.Join(data, "secret.key")
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := command(t, "groups", "--data", data); code != exitWrongKey {
		t.Errorf("%d\n%s", code, errs)
	}
	settings := house.Defaults()
	settings.Data = data
	if _, err := house.MasterKey(settings, rand.Reader); !errors.Is(err, store.ErrWrongKey) {
		t.Errorf("run's key: %v", err)
	}
	if _, err := os.Stat(key); err == nil {
		t.Error("a key was made")
	}
}

func TestADamagedDatabaseOfTheDeviceIsToldAsOne(t *testing.T) {
	data := used(t)
	if err := os.WriteFile(filepath.Join(data, "whatsapp.db"), bytes.Repeat([]byte("no database "), 500), 0o600); err != nil {
		t.Fatal(err)
	}
	s := house.Defaults()
	s.Data = data
	_, err := house.Open(t.Context(), s, house.Outside{Now: time.Now, Secrets: rand.Reader, Log: zerolog.Nop()})
	if code := exitCode(t.Context(), err); code != exitCorrupt || !strings.Contains(hint(code, err), "whatsapp.db") {
		t.Errorf("code %d, hint %q: %v", code, hint(code, err), err)
	}
}

func TestEveryOperatorCommandShowsAnExample(t *testing.T) {
	for _, cmd := range operatorCommands() {
		for _, one := range append(cmd.Commands(), cmd) {
			if !strings.HasPrefix(one.Example, "  clubrun ") || one.Short == "" {
				t.Errorf("%s has no example", one.CommandPath())
			}
		}
		if code, out, _ := command(t, cmd.Name(), "--help"); code != exitOK || !strings.Contains(out, cmd.Example) {
			t.Errorf("%s --help: %d\n%s", cmd.Name(), code, out)
		}
	}
}

func TestTheShellCompletesNames(t *testing.T) {
	data := used(t)
	code, out, _ := command(t, "__complete", "digest", "preview", "--data", data, "--group", "tue")
	if code != exitOK || !strings.HasPrefix(out, "Tuesday Runners\n") {
		t.Errorf("%d\n%s", code, out)
	}
}

func TestPicturesStayInTheirFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "in")
	if err := (terminal{nil, folder}).File("../../out.jpg", []byte("x")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(folder, "out.jpg")); err != nil || info.Mode() != fs.FileMode(0o600) {
		t.Error(info, err)
	}
}
