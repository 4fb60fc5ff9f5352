package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"clubrun/store"
	"clubrun/store/seal"
)

// dying is set in the process that TestAPanicTellsNoSecret starts.
const dying = "CLUBRUN_TEST_DIES_OF"

func TestAPanicTellsNoSecret(t *testing.T) {
	const canary = "c4nary-pass-1"
	secret := store.Secret(canary)
	key := seal.Key([]byte("c4nary-pass-1-c4nary-pass-1-c4na"))
	deaths := map[string]any{
		"secret": secret, "error": fmt.Errorf("sign in with %v under %v", secret, key), "text": fmt.Sprintf("%+v %#v %s", secret, secret, key),
	}
	if how := os.Getenv(dying); how != "" {
		if err := harden(t.TempDir()); err != nil {
			t.Fatal(err)
		}
		panic(deaths[how])
	}
	for how := range deaths {
		self := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAPanicTellsNoSecret$")
		self.Env = append(os.Environ(), dying+"="+how)
		out, err := self.CombinedOutput()
		if err == nil || !strings.Contains(string(out), "panic") || strings.Contains(string(out), canary) {
			t.Errorf("%s: %v\n%s", how, err, out)
		}
	}
}

func TestNoCoreFileIsWritten(t *testing.T) {
	var before, after syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &before); err != nil {
		t.Fatal(err)
	}
	if err := harden(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &after); err != nil || after.Cur != 0 || after.Max != 0 {
		t.Errorf("limit %+v, was %+v, %v", after, before, err)
	}
}
