package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// guestFolder names the folder that another user's process is to look into.
const guestFolder = "GUEST_FOLDER"

func TestGuestLooks(t *testing.T) {
	folder := os.Getenv(guestFolder)
	if folder == "" {
		t.Skip("runs in a process of its own")
	}
	os.Exit(execute(t.Context(), []string{"groups", "--data", folder}, strings.NewReader(""), os.Stdout, os.Stderr))
}

func TestACommandOnSomebodyElsesFilesSaysWhatToType(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can make files of other users")
	}
	const guest = 65532
	above, err := os.MkdirTemp("/tmp", "clubrun-guest-") // where the guest may go
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(above) })
	_ = os.Chmod(above, 0o755) //nolint:gosec // that is the point of it
	data := filepath.Join(above, "data")
	if err := os.CopyFS(data, os.DirFS(used(t))); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".", "clubrun.db", "whatsapp.db", "secret.key", "install.key", "LOCK"} {
		path := filepath.Join(data, name)
		if err := os.Chown(path, guest, guest); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"", "clubrun.db", "LOCK"} {
		if name != "" {
			path := filepath.Join(data, name)
			_ = os.Chmod(path, 0o600)
			_ = os.Chown(path, 0, 0)
		}
		var out bytes.Buffer
		cmd := exec.CommandContext(t.Context(), "/proc/self/exe", "-test.run=^TestGuestLooks$")
		cmd.Env, cmd.Dir = append(os.Environ(), guestFolder+"="+data), "/"
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: guest, Gid: guest}}
		cmd.Stdout, cmd.Stderr = &out, &out
		_ = cmd.Run()
		code, said := cmd.ProcessState.ExitCode(), out.String()
		switch {
		case name == "" && code != exitOK:
			t.Fatalf("the guest's own folder: %d\n%s", code, said)
		case name != "" && (code != exitConfig || !strings.Contains(said, "hint: sudo chown -R 65532:65532 "+data)):
			t.Errorf("%s: %d\n%s", name, code, said)
		}
		if name != "" {
			_ = os.Chown(filepath.Join(data, name), guest, guest)
		}
	}
}

func TestAFullDiskIsToldAsOne(t *testing.T) {
	for _, err := range []error{
		&os.PathError{Op: "write", Path: "LOCK", Err: syscall.ENOSPC},
		&exitError{exitFailure, syscall.ENOSPC},
	} {
		if h := hint(exitFailure, err); !strings.Contains(h, "make room") {
			t.Errorf("%v: %q", err, h)
		}
	}
}
