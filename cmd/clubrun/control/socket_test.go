package control

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// echo answers with the words.
func echo(_ context.Context, words []string, out Out) Outcome {
	_, _ = io.WriteString(out, strings.Join(words, " "))
	return Outcome{}
}

// serve hears commands in a folder until the test ends.
func serve(t *testing.T, folder string) (end func()) {
	t.Helper()
	l, err := Listen(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- (&Server{Handle: echo}).Run(ctx, l) }()
	end = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(end)
	return end
}

func ask(t *testing.T, folder, word string) string {
	t.Helper()
	conn, err := Dial(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	p := &paper{}
	if _, err := Do(t.Context(), conn, []string{word}, p); err != nil {
		t.Error(err)
	}
	return p.String()
}

func TestTheSocketIsItsOwnersAndGoesWithTheServer(t *testing.T) {
	folder := t.TempDir()
	end := serve(t, folder)
	info, err := os.Stat(filepath.Join(folder, Name))
	if err != nil || info.Mode() != fs.ModeSocket|0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if got := ask(t, folder, "hello"); got != "hello" {
		t.Errorf("%q", got)
	}
	end()
	if _, err := Dial(t.Context(), folder); !errors.Is(err, ErrAbsent) {
		t.Error(err)
	}
	left, _ := os.ReadDir(folder)
	if len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestASocketOfADeadInstanceIsReplaced(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{Name, newName} {
		dead, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(folder, name)})
		if err != nil {
			t.Fatal(err)
		}
		dead.SetUnlinkOnClose(false)
		_ = dead.Close()
	}
	if _, err := Dial(t.Context(), folder); !errors.Is(err, ErrAbsent) {
		t.Errorf("nobody listens: %v", err)
	}
	serve(t, folder)
	if got := ask(t, folder, "alive"); got != "alive" {
		t.Errorf("%q", got)
	}
}

func TestAFileThatIsNoSocketIsKept(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, Name)
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Listen(t.Context(), folder); err == nil || !strings.Contains(err.Error(), "no socket") {
		t.Error(err)
	}
	if text, _ := os.ReadFile(path); string(text) != "mine" {
		t.Error("it was changed")
	}
}

func TestADeepFolderHasASocketToo(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the short cut is Linux's")
	}
	folder := filepath.Join(t.TempDir(), strings.Repeat("deep/", 40))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	serve(t, folder)
	if got := ask(t, folder, "down here"); got != "down here" {
		t.Errorf("%q", got)
	}
}

func TestAPathThatNoAddressHoldsNamesTheWayOut(t *testing.T) {
	err := errTooLong(strings.Repeat("x", 120))
	if !strings.Contains(err.Error(), "symbolic link") || !strings.Contains(err.Error(), "133 bytes") {
		t.Error(err)
	}
}

func TestMoreClientsThanSeatsAllGetTheirAnswer(t *testing.T) {
	folder := t.TempDir()
	serve(t, folder)
	var clients sync.WaitGroup
	for i := range 3 * crowd {
		clients.Go(func() {
			if want := fmt.Sprint("client ", i); ask(t, folder, want) != want {
				t.Errorf("%s got another answer", want)
			}
		})
	}
	clients.Wait()
}
