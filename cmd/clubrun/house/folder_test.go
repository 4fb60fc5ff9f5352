package house_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"clubrun/cmd/clubrun/house"

	"github.com/rs/zerolog"
)

// guest is the user of the image.
const guest = 65532

// openAs names the folder that this test, in a process of the guest, opens.
const openAs = "CLUBRUN_TEST_FOLDER"

func TestGuestOpensFolder(t *testing.T) {
	folder := os.Getenv(openAs)
	if folder == "" {
		t.Skip("this is the guest's part of another test")
	}
	s := house.Defaults()
	s.Data = folder
	h, err := house.Open(t.Context(), s, house.Outside{Now: time.Now, Secrets: rand.Reader, Log: zerolog.Nop()})
	if err == nil {
		err = h.Close()
	}
	var config *house.ConfigError
	if errors.As(err, &config) {
		fmt.Printf("told: %v\nhint: %s\n", config, config.Hint)
	} else if err != nil {
		fmt.Printf("failed: %v\n", err)
	}
}

// asGuest opens a folder in a process of the guest and returns what it prints.
func asGuest(t *testing.T, folder string) string {
	t.Helper()
	// The binary lies where the guest may not go; its own link leads to it.
	cmd := exec.CommandContext(t.Context(), "/proc/self/exe", "-test.run=^TestGuestOpensFolder$")
	cmd.Env = append(os.Environ(), openAs+"="+folder)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: guest, Gid: guest}}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, out.Bytes())
	}
	return out.String()
}

func TestWhatBelongsToOthersIsToldWithTheLineToType(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can make files of other users")
	}
	own := func(t *testing.T, path string, uid int) {
		if err := os.Chown(path, uid, uid); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name   string
		change func(t *testing.T, folder string)
		hint   string
	}{
		{"folder that others may read", func(t *testing.T, f string) { own(t, f, 0); _ = os.Chmod(f, 0o755) }, "chown -R"},
		{"folder that others may not enter", func(t *testing.T, f string) { own(t, f, 0); _ = os.Chmod(f, 0o700) }, "chown -R"},
		{"database", func(t *testing.T, f string) { own(t, filepath.Join(f, "clubrun.db"), 0) }, "chown -R"},
		{"linked device", func(t *testing.T, f string) { own(t, filepath.Join(f, "whatsapp.db"), 0) }, "chown -R"},
		{"master key", func(t *testing.T, f string) { own(t, filepath.Join(f, "secret.key"), 0) }, "chown -R"},
		{"lock", func(t *testing.T, f string) { own(t, filepath.Join(f, "LOCK"), 0) }, "chown -R"},
		{"files", func(t *testing.T, f string) { _ = os.Mkdir(filepath.Join(f, "files"), 0o700) }, "chown -R"},
		{"no folder", func(t *testing.T, f string) { _ = os.RemoveAll(f); own(t, filepath.Dir(f), 0) }, "install -d"},
	} {
		t.Run(c.name, func(t *testing.T) {
			above, err := os.MkdirTemp("/tmp", "clubrun-folder-")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.RemoveAll(above) })
			_ = os.Chmod(above, 0o755)
			folder := filepath.Join(above, "data")
			if err := os.Mkdir(folder, 0o700); err != nil {
				t.Fatal(err)
			}
			own(t, folder, guest)
			if got := asGuest(t, folder); strings.Contains(got, "told:") || strings.Contains(got, "failed:") {
				t.Fatalf("the guest's own folder: %s", got)
			}
			c.change(t, folder)
			got := asGuest(t, folder)
			if !strings.Contains(got, "not for user 65532:65532") || !strings.Contains(got, "hint: sudo "+c.hint) || !strings.Contains(got, folder) {
				t.Errorf("the guest reads: %s", got)
			}
		})
	}
}
